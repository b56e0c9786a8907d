"""Terms: the lists of topics, people, stories and sources, and a page, slices and feeds for each of them."""

from collections.abc import Iterator
from dataclasses import replace

from briefgen.library.document import FOLDERS, Document
from briefgen.library.headers import RecordHeader
from briefgen.library.names import Names
from briefgen.library.urls import path_of
from briefgen.model import Briefing, Card, Kind, Term
from briefgen.site.archive import Archive
from briefgen.site.briefings import role_title, roles_of
from briefgen.site.directory import SECTIONS
from briefgen.site.feeds import feed_pages
from briefgen.site.indexes import INDEXES, calendar, counts, editions, oldest_first, slices, trend, within
from briefgen.site.page import Page, Pending, Sketch
from briefgen.site.parts import Attributed, Count, Crumb, Head, Profile, Slice, TermRow
from briefgen.site.shows import SlicePage, TermPage, TermsPage
from briefgen.text import fold

NEWS = (7, 30, 90)
MOST_QUOTES = 12
TITLES: dict[Kind, str] = {"topic": "Topics", "person": "People", "story": "Stories", "source": "Sources"}


def list_pages(archive: Archive) -> Iterator[Page]:
    """All terms of each kind on one page: topics as a tree, the others by their names."""
    everything = tuple(tuple(within(archive.cards, days)) for days in NEWS)
    for folder, kind in FOLDERS.items():
        names = archive.library.names[kind]
        rows = tuple(_row(archive, names, term) for term in _ordered(names))
        yield Page(path_of(SECTIONS[kind]), f"{folder}.html", Sketch(_list, (kind, rows, everything)))


def _list(kind: Kind, rows: tuple[tuple[Term, int, str, str, tuple[Card, ...]], ...], news: tuple[tuple[Card, ...], ...]) -> TermsPage:
    shown = tuple(TermRow(term, len(cards), depth, summary, key, trend(cards)) for term, depth, summary, key, cards in rows)
    counted = tuple((days, counts(cards, INDEXES[kind], 10)) for days, cards in zip(NEWS, news, strict=True))
    return TermsPage(Head(TITLES[kind]), shown, counted)


def term_pages(archive: Archive) -> Iterator[Page]:
    """For each term its page, its older slices and its feeds."""
    for kind in FOLDERS.values():
        names = archive.library.names[kind]
        said = _said_by(archive) if kind == "person" else {}
        for term in names.terms.values():
            cards = tuple(archive.filed[kind].get(term.url, ()))
            yield from _pages_of(archive, names, term, cards, tuple(said.get(term.url, ())))


def _pages_of(archive: Archive, names: Names, term: Term, cards: tuple[Card, ...], quoted: tuple[Pending, ...]) -> Iterator[Page]:
    record = names.records.get(term.id)
    origin = record.path if record else ""
    crumbs = (Crumb(TITLES[term.kind], SECTIONS[term.kind]), *(Crumb(above.name, above.url) for above in names.ancestors(term)))
    profile = _profile(archive, names, term, record)
    size = str(archive.config.page_size)
    yield Page(path_of(term.url), f"{term.kind}.html", Sketch(_term, (profile, crumbs, size, cards, quoted)), origin)
    for url, part in slices(cards, term.url, archive.config.page_size)[1:]:
        older = Head(term.name, "", (*crumbs, Crumb(term.name, term.url)))
        yield Page(path_of(url), "slice.html", SlicePage(older, term.name, term.url, part), origin)
    yield from feed_pages(archive, term.url, f"{archive.config.title}: {term.name}", cards, crumbs)


def _term(profile: Profile, crumbs: tuple[Crumb, ...], size: str, cards: tuple[Card, ...], quoted: tuple[Briefing, ...]) -> TermPage:
    term = profile.term
    days = [card.date.day for card in cards if card.date]
    said = [Attributed(quote, briefing.card) for briefing in quoted for quote in briefing.quotes if quote.speaker == term]
    return TermPage(
        Head(term.name, profile.summary, crumbs, f"{term.url}feed.xml", profile.image.src if profile.image else ""),
        profile,
        _told(term, slices(cards, term.url, int(size))[0][1]),
        len(cards),
        min(days, default=None),
        max(days, default=None),
        trend(cards),
        counts(cards, INDEXES["person"], 12, without=term),
        counts(cards, INDEXES["topic"], 12, without=term),
        tuple(said[:MOST_QUOTES]),
        tuple(month for year in calendar(editions(cards)) for month in reversed(year.months)),
    )


def _told(term: Term, part: Slice) -> Slice:
    # a story is read from its beginning
    return replace(part, cards=tuple(oldest_first(part.cards))) if term.kind == "story" else part


def _profile(archive: Archive, names: Names, term: Term, record: Document | None) -> Profile:
    header = record.header if record and isinstance(record.header, RecordHeader) else RecordHeader(term.name)
    roles = roles_of(names, term.id)
    path = record.path if record else ""
    return Profile(
        term,
        header.aliases,
        header.summary,
        archive.prose.get(path) if record and record.body.words else None,
        archive.images.get(path),
        header.same_as,
        role_title(roles[-1]) if roles else "",
        roles,
        names.ancestors(term),
        _children(archive, names, term),
    )


def _children(archive: Archive, names: Names, term: Term) -> tuple[Count, ...]:
    below = [names.terms[identity] for identity, parent in names.parents.items() if parent == term.id]
    below.sort(key=lambda child: (fold(child.name), child.url))
    return tuple(Count(child, len(archive.filed["topic"].get(child.url, ()))) for child in below)


def _row(archive: Archive, names: Names, term: Term) -> tuple[Term, int, str, str, tuple[Card, ...]]:
    cards = tuple(archive.filed[term.kind].get(term.url, ()))
    record = names.records.get(term.id)
    summary = record.header.summary if record and isinstance(record.header, RecordHeader) else ""
    return term, len(names.ancestors(term)), summary, _sort_key(names, term), cards


def _ordered(names: Names) -> list[Term]:
    """A tree in the order of its branches: each topic after its parent; other terms by their sort names."""

    def path(term: Term) -> list[tuple[str, str]]:
        return [(fold(_sort_key(names, above)), above.id) for above in (*names.ancestors(term), term)]

    return sorted(names.terms.values(), key=path)


def _sort_key(names: Names, term: Term) -> str:
    if term.kind != "person":
        return term.name
    record = names.records.get(term.id)
    if record and isinstance(record.header, RecordHeader) and record.header.sort_name:
        return record.header.sort_name
    given, _, last = term.name.rpartition(" ")
    return f"{last}, {given}" if given else term.name


def _said_by(archive: Archive) -> dict[str, list[Pending]]:
    """The newest briefings that quote each person, by the person's URL."""
    said: dict[str, list[Pending]] = {}
    names = archive.library.names["person"]
    for card in archive.cards:
        speakers = {quote.speaker for quote in archive.entries[card.id].header.quotes if quote.speaker}
        for url in sorted({term.url for term in map(names.find, speakers) if term}):
            briefings = said.setdefault(url, [])
            if len(briefings) < MOST_QUOTES:
                briefings.append(archive.briefings[card.id])
    return said
