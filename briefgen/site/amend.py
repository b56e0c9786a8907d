"""Amending: a text that was edited takes its place in a site that is planned already, and everything else stays as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from briefgen.library.document import FOLDERS, Document
from briefgen.library.headers import BriefingHeader, PageHeader
from briefgen.library.library import Library
from briefgen.model import Briefing, Prose
from briefgen.problems import Problem
from briefgen.site.archive import Archive, briefing_of
from briefgen.site.pages import description_of
from briefgen.site.shows import BriefingPage, Feed, HomePage, Page, TermPage, TextPage
from briefgen.site.site import Site
from briefgen.text import minutes


@dataclass(frozen=True, slots=True)
class Amended:
    """A site with another text, and which findings about links went and came with it."""

    site: Site
    lost: tuple[Problem, ...]
    found: tuple[Problem, ...]


def amend(site: Site, before: Document, after: Document) -> Amended | None:
    """The site as `plan_site` would plan it with `after` in the place of `before`; None when more changes than the text of a page.

    That is when the front matter differs, or headings, minutes, pictures or the briefings that are linked to: other pages show them.
    """
    if not _differs_in_text_alone(before, after):
        return None
    if any(path == before.path for path, _ in site.library.hidden):
        return Amended(site, (), ())
    was, now = site.archive.atlas.afresh(), site.archive.atlas.afresh()
    old, new = was.resolve(before), now.resolve(after)
    if was.copies != now.copies or was.backlinks.keys() != now.backlinks.keys():
        return None
    library = _with_document(site.library, after)
    archive, shown = _with_prose(replace(site.archive, library=library), after, old, new)
    pages = tuple(_rewritten(page, shown, after) for page in site.pages)
    amended = replace(site, library=library, archive=archive, pages=pages)
    return Amended(amended, tuple(was.problems.found), tuple(now.problems.found))


def _differs_in_text_alone(before: Document, after: Document) -> bool:
    return (
        (before.path, before.header, before.lines, before.body.anchors) == (after.path, after.header, after.lines, after.body.anchors)
        and minutes(before.body.words) == minutes(after.body.words)
        and bool(before.body.words) == bool(after.body.words)
    )


def _with_document(library: Library, after: Document) -> Library:
    path = after.path
    if isinstance(after.header, BriefingHeader):
        entries = tuple(replace(entry, document=after) if entry.document.path == path else entry for entry in library.entries)
        return replace(library, entries=entries)
    if after.folder in FOLDERS:
        kind = FOLDERS[after.folder]
        names = library.names[kind]
        records = {identity: after if record.path == path else record for identity, record in names.records.items()}
        return replace(library, names={**library.names, kind: replace(names, records=records)})
    pages = tuple((after, header, url) if document.path == path else (document, header, url) for document, header, url in library.pages)
    return replace(library, pages=pages, home=after if library.home and library.home.path == path else library.home)


_Shown = tuple[Briefing | Prose, Briefing | Prose]
"""A value as pages show it, and what they are to show instead."""


def _with_prose(archive: Archive, after: Document, old: Prose, new: Prose) -> tuple[Archive, _Shown]:
    entry = next((entry for entry in archive.library.entries if entry.document is after), None)
    if entry is None:
        shown = archive.prose.get(after.path, old)
        return replace(archive, prose={**archive.prose, after.path: new}), (shown, new)
    known = archive.briefings[entry.card.id]
    briefing = briefing_of(replace(entry, card=known.card), new, archive.library.names)
    briefings: Mapping[str, Briefing] = {**archive.briefings, known.card.id: briefing}
    return replace(archive, briefings=briefings), (known, briefing)


def _rewritten(page: Page, shown: _Shown, after: Document) -> Page:
    old, new = shown
    match page.shows, new:
        case BriefingPage() as shows, Briefing() if shows.briefing is old:
            head = replace(shows.head, description=description_of(new))
            return replace(page, shows=replace(shows, head=head, briefing=new))
        case Feed() as shows, Briefing() if any(entry.briefing is old for entry in shows.entries):
            entries = tuple(replace(entry, briefing=new) if entry.briefing is old else entry for entry in shows.entries)
            return replace(page, shows=replace(shows, entries=entries))
        case TermPage() as shows, Prose() if shows.profile.text is old:
            return replace(page, shows=replace(shows, profile=replace(shows.profile, text=new)))
        case TextPage() as shows, Prose() if shows.text is old and isinstance(after.header, PageHeader):
            head = replace(shows.head, description=after.header.summary or after.body.lede)
            return replace(page, shows=replace(shows, head=head, text=new))
        case HomePage() as shows, Prose() if shows.text is old:
            return replace(page, shows=replace(shows, text=new))
    return page
