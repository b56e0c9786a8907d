"""Amending: a briefing whose text was edited takes its place in a site that is planned already, and everything else stays as it is."""

from dataclasses import dataclass, replace

from briefgen.library.document import Document
from briefgen.library.headers import BriefingHeader
from briefgen.problems import Problem
from briefgen.site.briefings import pending_briefing
from briefgen.site.page import Page, Pending, Sketch
from briefgen.site.site import Site
from briefgen.text import minutes


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
    entry = next(entry for entry in site.library.entries if entry.document.path == before.path)
    known = site.archive.entries[entry.card.id]
    pending = pending_briefing(replace(known, document=after), new, site.library.names)
    entries = tuple(replace(each, document=after) if each is entry else each for each in site.library.entries)
    library = replace(site.library, entries=entries)
    archive = replace(
        site.archive,
        library=library,
        entries={**site.archive.entries, known.card.id: replace(known, document=after)},
        briefings={**site.archive.briefings, known.card.id: pending},
    )
    old_pending = site.archive.briefings[known.card.id]
    pages = tuple(_rewritten(page, old_pending, pending) for page in site.pages)
    return Amended(replace(site, library=library, archive=archive, pages=pages), tuple(was.problems.found), tuple(now.problems.found))


def _differs_in_text_alone(before: Document, after: Document) -> bool:
    return (
        isinstance(after.header, BriefingHeader)
        and (before.path, before.header, before.lines, before.body.anchors) == (after.path, after.header, after.lines, after.body.anchors)
        and minutes(before.body.words) == minutes(after.body.words)
    )


def _rewritten(page: Page, old: Pending, new: Pending) -> Page:
    content = page.content
    if not isinstance(content, Sketch):
        return page
    given = tuple(_instead(value, old, new) for value in content.given)
    same = all(one is other for one, other in zip(given, content.given, strict=True))
    return page if same else replace(page, content=replace(content, given=given))


def _instead(value: object, old: Pending, new: Pending) -> object:
    if value is old:
        return new
    if type(value) is tuple and any(part is old for part in value):
        return tuple(new if part is old else part for part in value)
    return value
