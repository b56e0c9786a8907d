"""Amending: a briefing whose text was edited takes its place in a site that is planned already, and everything else stays as it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from briefgen.library.document import Document
from briefgen.library.headers import BriefingHeader
from briefgen.library.urls import path_of
from briefgen.problems import Problem
from briefgen.site.briefings import pending_briefing
from briefgen.site.directory import FORMATS
from briefgen.site.page import Page, Pending, Sketch
from briefgen.site.site import Site
from briefgen.text import minutes

Value = TypeVar("Value")
_FEEDS = frozenset(FORMATS.values())
_OWN: Mapping[str, Any] = {
    "key_points": (),
    "authors": (),
    "source": None,
    "sources": (),
    "corrections": (),
    "related": (),
    "review": (),
    "extra": (),
    "lang": "",
}
"""What of the front matter only the briefing's own page and the feeds show, or its card shows in part; each as if it were not given."""


@dataclass(frozen=True, slots=True)
class Amended:
    """A site with another text, and which findings about links went and came with it."""

    site: Site
    lost: tuple[Problem, ...]
    found: tuple[Problem, ...]


def amend(site: Site, before: Document, after: Document) -> Amended | None:
    """The site as `plan_site` would plan it with `after` in the place of `before`; None when more changes than the text of a briefing.

    The site must be without errors, as only these name lines of the front matter of other files.
    That is when most of the front matter differs, or headings, minutes, pictures or the briefings that are linked to: other pages
    show them.
    """
    if not _is_shown_alike(before, after):
        return None
    if any(path == before.path for path, _ in site.library.hidden):
        return Amended(site, (), ())
    was, now = site.archive.atlas.afresh(), site.archive.atlas.afresh()
    was.resolve(before)
    new = now.resolve(after)
    if was.copies != now.copies or was.smaller != now.smaller or was.backlinks.keys() != now.backlinks.keys():
        return None
    number, entry = next((number, entry) for number, entry in enumerate(site.library.entries) if entry.document.path == before.path)
    assert isinstance(after.header, BriefingHeader)  # noqa: S101 – as it was seen above
    known = replace(site.archive.entries[entry.card.id], document=after, header=after.header)
    following = replace(entry, document=after, header=after.header)
    library = replace(site.library, entries=_with(site.library.entries, {number: following}))
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


def _is_shown_alike(before: Document, after: Document) -> bool:
    """Whether everything that other pages show of a briefing is the same, and all that was found in it and is kept."""
    return (
        isinstance(before.header, BriefingHeader)
        and isinstance(after.header, BriefingHeader)
        and (before.path, before.card, before.body.anchors) == (after.path, after.card, after.body.anchors)
        and replace(before.header, **_OWN) == replace(after.header, **_OWN)
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
