"""A draft becomes one new file; no other file is touched."""

from dataclasses import fields
from itertools import count
from pathlib import Path

from briefgen.files import create, writing
from briefgen.importing.archive import BRIEFINGS
from briefgen.importing.draft import Draft
from briefgen.model import Name, Quote, RelatedLink, ReviewNote, Source
from briefgen.text import fold, slug
from briefgen.yamldump import dump
from briefgen.yamltext import Plain

LONGEST_NAME = 80
"""Bytes of a title that become part of a file's name and so of the address; cut between words."""


def write_draft(draft: Draft, body: str, root: Path, taken: set[str]) -> str:
    """Create the briefing's file and give its path relative to `root`, as `free_path` finds it.

    Raises BriefgenError where the system does not let it be written.
    """
    content = render_file(draft, body).encode()
    while True:
        path = free_path(draft, taken)
        try:
            with writing(path):
                create(root / path, content)
        except FileExistsError:  # somebody else was faster
            continue
        return path


def free_path(draft: Draft, taken: set[str]) -> str:
    """Where a briefing belongs, with a number behind it where the name is `taken`, also in other letters of the same; takes it."""
    path = next(path for number in count(1) if fold(path := plan_path(draft, number)) not in taken)
    taken.add(fold(path))
    return path


def plan_path(draft: Draft, number: int = 1) -> str:
    """Where a briefing belongs: by its date and title.

    >>> plan_path(Draft("Talks resume", (), Source(), date="2025-03-18"))
    'content/briefings/2025/03/18-talks-resume.md'
    >>> plan_path(Draft("Talks resume", (), Source()), 2)
    'content/briefings/undated/talks-resume-2.md'
    """
    behind = f"-{number}" if number > 1 else ""
    name = slug(draft.title, LONGEST_NAME) + behind
    if not draft.date:
        return f"{BRIEFINGS}/undated/{name}.md"
    year, month, day = draft.date.split("-")
    return f"{BRIEFINGS}/{year}/{month}/{day}-{name}.md"


def render_file(draft: Draft, body: str) -> str:
    """The whole file: front matter, then the body."""
    table: dict[str, Plain] = {
        "title": draft.title,
        "date": draft.date,
        "summary": draft.summary,
        "key_points": draft.key_points,
        "topics": draft.topics,
        "people": [_person(person) for person in draft.people],
        "sources": [_table(draft.source)],
        "quotes": [_table(quote) for quote in draft.quotes],
        "related": [_table(link) for link in draft.related],
        "lang": draft.lang,
        "review": [_table(note) for note in draft.review],
    }
    return f"---\n{dump(table)}---\n\n{body}"


def _person(person: Name) -> Plain:
    return {"name": person.name, "role": person.role} if person.role else person.name


def _table(value: Source | Quote | RelatedLink | ReviewNote) -> dict[str, Plain]:
    return {field.name: getattr(value, field.name) for field in fields(value)}
