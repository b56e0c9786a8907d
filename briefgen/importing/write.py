"""A draft becomes one new file; no other file is touched."""

from dataclasses import fields
from pathlib import Path

from briefgen.files import create, writing
from briefgen.importing.archive import BRIEFINGS
from briefgen.importing.draft import Draft
from briefgen.importing.render import render_markdown
from briefgen.model import Name, Quote, RelatedLink, ReviewNote, Source
from briefgen.text import slug
from briefgen.yamldump import dump
from briefgen.yamltext import Plain

_MOST_NAMESAKES = 10_000


def write_draft(draft: Draft, root: Path) -> str:
    """Create the briefing's file and give its path relative to `root`; a taken name gets a number behind it.

    Raises BriefgenError where the system does not let it be written.
    """
    content = render_file(draft).encode()
    for number in range(1, _MOST_NAMESAKES):
        path = plan_path(draft, number)
        try:
            with writing(path):
                create(root / path, content)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(plan_path(draft))


def plan_path(draft: Draft, number: int = 1) -> str:
    """Where a briefing belongs: by its date and title.

    >>> plan_path(Draft("Talks resume", (), Source(), date="2025-03-18"))
    'content/briefings/2025/03/18-talks-resume.md'
    >>> plan_path(Draft("Talks resume", (), Source()), 2)
    'content/briefings/undated/talks-resume-2.md'
    """
    behind = f"-{number}" if number > 1 else ""
    # a name may have 255 bytes; the day, the number and the suffix need some of them
    name = slug(draft.title, 190) + behind
    if not draft.date:
        return f"{BRIEFINGS}/undated/{name}.md"
    year, month, day = draft.date.split("-")
    return f"{BRIEFINGS}/{year}/{month}/{day}-{name}.md"


def render_file(draft: Draft) -> str:
    """The whole file: front matter, then the blocks as Markdown."""
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
    return f"---\n{dump(table)}---\n\n{render_markdown(draft.blocks)}"


def _person(person: Name) -> Plain:
    return {"name": person.name, "role": person.role} if person.role else person.name


def _table(value: Source | Quote | RelatedLink | ReviewNote) -> dict[str, Plain]:
    return {field.name: getattr(value, field.name) for field in fields(value)}
