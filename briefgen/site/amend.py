"""Amending: a briefing whose text was edited takes its place in a site that is planned already, and everything else stays as it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from briefgen.library.document import Document
from briefgen.library.headers import BriefingHeader
from briefgen.library.urls import path_of
from briefgen.problems import Problem
from briefgen.site.briefings import pending_briefing
from briefgen.site.feeds import FORMATS
from briefgen.site.page import Page, Pending, Sketch
from briefgen.site.site import Site
from briefgen.text import minutes

Value = TypeVar("Value")
_FEEDS = frozenset(FORMATS.values())


@dataclass(frozen=True, slots=True)
class Amended:
    """A site with another text, and which findings about links went and came with it."""

    site: Site
    lost: tuple[Problem, ...]
    found: tuple[Problem, ...]


def amend(site: Site, before: Document, after: Document) -> Amended | None:
    """The site as `plan_site` would plan it with `after` in the place of `before`; None when more changes than the text of a briefing.

    That is when the front matter differs, or headings, minutes, pictures or the briefings that are linked to: other pages show them.
    """
    if not _differs_in_text_alone(before, after):
        return None
    if any(path == before.path for path, _ in site.library.hidden):
        return Amended(site, (), ())
    was, now = site.archive.atlas.afresh(), site.archive.atlas.afresh()
    was.resolve(before)
    new = now.resolve(after)
    if was.copies != now.copies or was.backlinks.keys() != now.backlinks.keys():
        return None
    number, entry = next((number, entry) for number, entry in enumerate(site.library.entries) if entry.document.path == before.path)
    known = replace(site.archive.entries[entry.card.id], document=after)
    library = replace(site.library, entries=_with(site.library.entries, {number: replace(entry, document=after)}))
    pending = pending_briefing(known, new, library.names)
    archive = replace(
        site.archive,
        library=library,
        entries={**site.archive.entries, entry.card.id: known},
        briefings={**site.archive.briefings, entry.card.id: pending},
    )
    pages = _with(site.pages, dict(_rewritten(site.pages, path_of(entry.card.url), site.archive.briefings[entry.card.id], pending)))
    return Amended(replace(site, library=library, archive=archive, pages=pages), tuple(was.problems.found), tuple(now.problems.found))


def _with(values: tuple[Value, ...], others: Mapping[int, Value]) -> tuple[Value, ...]:
    changed = list(values)
    for number, value in others.items():
        changed[number] = value
    return tuple(changed)


def _differs_in_text_alone(before: Document, after: Document) -> bool:
    return (
        isinstance(after.header, BriefingHeader)
        and (before.path, before.header, before.lines, before.body.anchors) == (after.path, after.header, after.lines, after.body.anchors)
        and minutes(before.body.words) == minutes(after.body.words)
    )


def _rewritten(pages: tuple[Page, ...], path: str, old: Pending, new: Pending) -> Iterator[tuple[int, Page]]:
    """The pages that show a briefing, with their numbers: its own, and feeds."""
    for number, page in enumerate(pages):
        if (page.path == path or page.template in _FEEDS) and isinstance(page.content, Sketch):
            given = tuple(_instead(value, old, new) for value in page.content.given)
            if any(one is not other for one, other in zip(given, page.content.given, strict=True)):
                yield number, replace(page, content=replace(page.content, given=given))


def _instead(value: object, old: Pending, new: Pending) -> object:
    if value is old:
        return new
    if type(value) is tuple and any(part is old for part in value):
        return tuple(new if part is old else part for part in value)
    return value
