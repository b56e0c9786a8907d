"""Amending: a text that was edited takes its place in a site that is planned already, and everything else stays as it is."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from briefgen.library.document import Document
from briefgen.library.headers import BriefingHeader
from briefgen.library.library import Entry, newest_first, rewritten
from briefgen.library.mentions import namings_of
from briefgen.model import Card
from briefgen.problems import Problem
from briefgen.site.archive import Archive, texts_of, with_image
from briefgen.site.briefings import pending_briefing, pending_mentions, pending_quotes
from briefgen.site.directory import FORMATS, Directory
from briefgen.site.exchange import Others, exchanged, others_of
from briefgen.site.indexes import edition_of
from briefgen.site.links import LOST, Atlas
from briefgen.site.page import Page
from briefgen.site.parts import Edition
from briefgen.site.site import Site
from briefgen.text import fold

_WITH_OTHERS = frozenset((*FORMATS.values(), "news-sitemap.xml"))
"""The templates of the pages that show more of several briefings than their cards and quotes."""
_OWN: Mapping[str, Any] = {
    "key_points": (),
    "authors": (),
    "source": None,
    "sources": (),
    "related": (),
    "extra": (),
    "lang": "",
}
"""What of the front matter the briefing's own page and the feeds show, or its card in part; each as if it were not given."""
_SHOWN: Mapping[str, Any] = {"title": "", "summary": "", "why": "", "image": None, "quotes": (), "review": ()}
"""What other pages show as well, at the place where they show the briefing."""


@dataclass(frozen=True, slots=True)
class Amended:
    """A site with another text, and which findings about links went and came with it."""

    site: Site
    lost: tuple[Problem, ...] = ()
    found: tuple[Problem, ...] = ()


def amend(site: Site, found: Iterable[Problem], before: Document, after: Document) -> Amended | None:
    """The site as `plan_site` would plan it with `after` in the place of `before`; None when it must be planned again.

    That is when pages come, go or show a briefing at another place: it has another date, URL or state, names others, or passes
    its neighbour in the order of the day; and when more than the text of a record or a page is another one. The site must be
    without errors, as only these name lines of other files; `found` is what was found in it.
    """
    if not _keeps_its_place(before, after):
        return None
    if any(path == before.path for path, _ in site.library.hidden):
        return Amended(site)
    if after.folder != "briefings":
        return _with_text(site, before, after)
    entries = site.library.entries
    number, entry = next((number, entry) for number, entry in enumerate(entries) if entry.document.path == before.path)
    following = rewritten(entry, after, site.config, site.library.names)
    around = [*entries[max(0, number - 1) : number], following, *entries[number + 1 : number + 2]]
    in_order = all(newest_first(one) < newest_first(other) for one, other in pairwise(around))
    lost = frozenset(problem.place.path for problem in found if problem.code in LOST)
    return _with_briefing(site, lost, entry, following) if in_order else None


def _keeps_its_place(before: Document, after: Document) -> bool:
    """Whether the same pages show it, each at the same place."""
    one, other = before.header, after.header
    if isinstance(one, BriefingHeader) and isinstance(other, BriefingHeader):
        return (
            replace(one, **_OWN, **_SHOWN) == replace(other, **_OWN, **_SHOWN)
            and namings_of(one) == namings_of(other)
            and (len(one.quotes), one.image is None) == (len(other.quotes), other.image is None)
            # the page that leads on from an old URL has the title as it was
            and (one.title == other.title or not one.aliases)
        )
    # pages are described by their first words, and the page of a record shows a text only where there is one
    same = (before.body.anchors, before.body.words > 0) == (after.body.anchors, after.body.words > 0)
    return one == other and same and (before.body.lede == after.body.lede or after.folder != "pages")


def _with_text(site: Site, before: Document, after: Document) -> Amended | None:
    was, now = site.archive.atlas.afresh(), site.archive.atlas.afresh()
    was.resolve(before)
    return _amended(site, [(before, after), (site.archive.prose[before.path], now.resolve(after))], was, now)


def _with_briefing(site: Site, lost: Container[str], entry: Entry, following: Entry) -> Amended | None:
    archive, names = site.archive, site.library.names
    was, now = archive.atlas.afresh(), archive.atlas.afresh()
    renamed = _stand(entry) != _stand(following)
    if renamed:
        now = replace(now, directory=Directory(exchanged(site.library, others_of([(entry, following)])), site.config))
    with_image(entry, was)
    was.resolve(entry.document)
    shown, new = archive.entries[entry.card.id], with_image(following, now)
    new = replace(new, card=shown.card) if new.card == shown.card else new
    prose = now.resolve(new.document)
    pending = pending_briefing(new, prose, names)
    pairs: list[tuple[object, object]] = [(entry, following), (shown, new), (shown.card, new.card)]
    pairs += [(archive.prose[new.document.path], prose), (archive.briefings[new.card.id], pending)]
    if archive.quotes.get(new.card.id):
        pairs.append((archive.quotes[new.card.id], pending_quotes(new, names)))
    if archive.mentions:
        pairs.append((archive.mentions[new.card.id], pending_mentions(new, names)))
    pairs += [(day, _with_card(day, shown.card, new.card)) for day in archive.days if new.card.date and day.day == new.card.date.day]
    if renamed:
        pairs += [(archive.atlas, now.afresh()), *_pointing(archive, lost, entry, new.card, was, now)]
    own = new.card.url if new.card is shown.card and entry.header.quotes == new.header.quotes and not renamed else ""
    return _amended(site, pairs, was, now, own)


def _stand(entry: Entry) -> tuple[str, tuple[str, ...]]:
    """What links know of a briefing beside its URL."""
    return entry.card.title, entry.document.body.anchors


def _with_card(day: Edition, card: Card, other: Card) -> Edition:
    return day if card is other else edition_of(day.day, [other if one is card else one for one in day.cards])


def _pointing(archive: Archive, lost: Container[str], to: Entry, card: Card, was: Atlas, now: Atlas) -> Iterator[tuple[object, object]]:
    """What links to a briefing, may do so by its new title, or leads nowhere – with its links as they were, and as they are now."""
    by, name = {one.id for one in archive.backlinks.get(card.id, ())}, fold(card.title)
    for entry in archive.library.entries:
        document = entry.document
        if entry is not to and (entry.card.id in by or document.path in lost or _names(document, name)):
            was.resolve(document)
            shown = archive.entries[entry.card.id]
            prose = now.resolve(document)
            yield archive.prose[document.path], prose
            yield archive.briefings[entry.card.id], pending_briefing(shown, prose, archive.library.names)
    for document in texts_of(archive.library):
        if document.body.links:
            was.resolve(document)
            yield archive.prose[document.path], now.resolve(document)


def _names(document: Document, name: str) -> bool:
    return any(link.kind == "wiki" and fold(link.target.partition("#")[0]) == name for link in document.body.links)


def _amended(site: Site, pairs: Iterable[tuple[object, object]], was: Atlas, now: Atlas, own: str = "") -> Amended | None:
    """The site with the second of each pair for the first; `own` is the URL of the briefing where its card and quotes are the same."""
    if (was.copies, was.smaller) != (now.copies, now.smaller) or _linked(was) != _linked(now):
        return None
    others = others_of(pairs)
    archive, library = site.archive, exchanged(site.library, others)
    if own:
        entries, briefings = exchanged(archive.entries, others), exchanged(archive.briefings, others)
        archive = replace(archive, library=library, entries=entries, briefings=briefings, prose=exchanged(archive.prose, others))
    else:
        archive = exchanged(archive, {**others, id(site.library): library})
    shown = (not own or page.path.startswith(own) or page.template in _WITH_OTHERS for page in site.pages)
    pages = tuple(_with(page, others) if may_show else page for page, may_show in zip(site.pages, shown, strict=True))
    return Amended(replace(site, library=library, archive=archive, pages=pages), tuple(was.problems), tuple(now.problems))


def _linked(atlas: Atlas) -> set[tuple[str, str]]:
    return {(to, by) for to, ids in atlas.backlinks.items() for by in ids}


def _with(page: Page, others: Others) -> Page:
    content = exchanged(page.content, others)
    return page if content is page.content else replace(page, content=content)
