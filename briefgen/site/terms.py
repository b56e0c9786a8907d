"""Terms: the lists of topics, people, stories and sources, and a page, slices and feeds for each of them."""

from collections.abc import Iterator
from dataclasses import replace

from briefgen.library.document import FOLDERS, Document
from briefgen.library.names import Names, former_pages, header_of
from briefgen.library.urls import path_of
from briefgen.model import Card, Kind, Term
from briefgen.site.archive import Archive
from briefgen.site.briefings import Quotes, in_order, role_title, roles_of
from briefgen.site.directory import NUMBERS, SECTIONS
from briefgen.site.feeds import feed_pages, feed_urls
from briefgen.site.identities import addresses_of
from briefgen.site.indexes import INDEXES, calendar, counts, day_links, oldest_first, slices, trend
from briefgen.site.letters import alphabetical
from briefgen.site.news import in_the_news, recent
from briefgen.site.page import Page, Pending, Sketch
from briefgen.site.parts import Count, Crumb, Head, Profile, Slice, TermRow
from briefgen.site.quotes import MOST_QUOTES, quote_pages, quotes_from, quotes_url
from briefgen.site.shows import RedirectPage, SlicePage, TermPage, TermsPage


def list_pages(archive: Archive) -> Iterator[Page]:
    """All terms of each kind on one page: topics as a tree, the others by their names."""
    news = recent(archive)
    for folder, kind in FOLDERS.items():
        names = archive.library.names[kind]
        rows = tuple(_row(archive, names, term) for term in _ordered(names))
        yield Page(path_of(SECTIONS[kind]), f"{folder}.html", Sketch(_list, (kind, rows, news)))


def _list(kind: Kind, rows: tuple[tuple[Term, int, str, str, tuple[Card, ...]], ...], news: tuple[Card, ...]) -> TermsPage:
    shown = tuple(TermRow(term, len(cards), depth, summary, key, trend(cards)) for term, depth, summary, key, cards in rows)
    return TermsPage(Head(INDEXES[kind].title), shown, in_the_news(kind, news), tuple(f"{SECTIONS[kind]}{name}" for name in NUMBERS))


def term_pages(archive: Archive) -> Iterator[Page]:
    """For each term its page, its older slices, its quotes and its feeds."""
    for kind in FOLDERS.values():
        names = archive.library.names[kind]
        for term in names.terms.values():
            cards = tuple(archive.filed[kind].get(term.url, ()))
            yield from _pages_of(archive, names, term, cards)


def _pages_of(archive: Archive, names: Names, term: Term, cards: tuple[Card, ...]) -> Iterator[Page]:
    record = names.records.get(term.id)
    origin = record.path if record else ""
    crumbs = (Crumb(INDEXES[term.kind].title, SECTIONS[term.kind]), *(Crumb(above.name, above.url) for above in names.ancestors(term)))
    profile = _profile(archive, names, term, record)
    size, feeds = str(archive.config.page_size), feed_urls(archive.config, term.url)
    quoted, more = _quoted(archive, term)
    yield Page(path_of(term.url), f"{term.kind}.html", Sketch(_term, (profile, crumbs, feeds, size, cards, quoted, more)), origin)
    for url, part in slices(cards, term.url, archive.config.page_size)[1:]:
        older = Head(term.name, "", (*crumbs, Crumb(term.name, term.url)))
        yield Page(path_of(url), "slice.html", SlicePage(older, term.name, term.url, part), origin)
    former = _former(term, record)
    if more:
        yield from quote_pages(archive, term, crumbs, origin)
        for url in former:
            yield Page(path_of(f"{url}quotes/"), "redirect.html", RedirectPage(Head(term.name), more), origin)
    yield from feed_pages(archive, term.url, f"{archive.config.title}: {term.name}", cards, crumbs, former)


def _former(term: Term, record: Document | None) -> tuple[str, ...]:
    """The URLs that the term's page had before, or the pages of those that were merged into it."""
    return tuple(f"{url}/" for url in former_pages(term.kind, header_of(record)))


def _quoted(archive: Archive, term: Term) -> tuple[tuple[Pending[Quotes], ...], str]:
    """The quotes of the newest briefings that quote a person or stand under a topic, and where the rest is, if there is more."""
    quoted = archive.quoted.get(term.url)
    if quoted is None:
        return (), ""
    newest = tuple(archive.quotes[card.id] for card in quoted.cards[:MOST_QUOTES])
    return newest, quotes_url(term) if quoted.quotes > MOST_QUOTES else ""


def _term(  # what a term's page shows beside the term itself
    profile: Profile,
    crumbs: tuple[Crumb, ...],
    feeds: tuple[str, ...],
    size: str,
    cards: tuple[Card, ...],
    quoted: tuple[Quotes, ...],
    more: str,
) -> TermPage:
    term = profile.term
    # what stands above or below a topic is no company that it keeps
    family = {term.url, *(above.url for above in profile.ancestors), *(child.term.url for child in profile.children)}
    days = day_links(cards)
    return TermPage(
        Head(term.name, profile.summary, crumbs, feeds, profile.image.src if profile.image else ""),
        profile,
        _told(term, slices(cards, term.url, int(size))[0][1]),
        len(cards),
        days[-1].day if days else None,
        days[0].day if days else None,
        trend(cards),
        counts(cards, "person", 12, without=family),
        counts(cards, "topic", 12, without=family),
        quotes_from(quoted, term)[:MOST_QUOTES],
        more,
        tuple(month for year in calendar(days) for month in reversed(year.months)),
    )


def _told(term: Term, part: Slice) -> Slice:
    # a story is read from its beginning
    return replace(part, cards=tuple(oldest_first(part.cards))) if term.kind == "story" else part


def _profile(archive: Archive, names: Names, term: Term, record: Document | None) -> Profile:
    header = header_of(record)
    roles = in_order(roles_of(names, term.id))
    path = record.path if record else ""
    return Profile(
        term,
        header.aliases,
        header.summary,
        archive.prose.get(path) if record and record.body.words else None,
        archive.images.get(path),
        addresses_of(header),
        role_title(roles[-1]) if roles else "",
        roles,
        names.ancestors(term),
        _children(archive, names, term),
    )


def _children(archive: Archive, names: Names, term: Term) -> tuple[Count, ...]:
    below = [names.terms[identity] for identity, parent in names.parents.items() if parent == term.id]
    below.sort(key=lambda child: (alphabetical(child.name), child.url))
    return tuple(Count(child, len(archive.filed["topic"].get(child.url, ()))) for child in below)


def _row(archive: Archive, names: Names, term: Term) -> tuple[Term, int, str, str, tuple[Card, ...]]:
    cards = tuple(archive.filed[term.kind].get(term.url, ()))
    summary = header_of(names.records.get(term.id)).summary
    return term, len(names.ancestors(term)), summary, _sort_key(names, term), cards


def _ordered(names: Names) -> list[Term]:
    """A tree in the order of its branches: each topic after its parent; other terms by their sort names."""

    def path(term: Term) -> list[tuple[tuple[str, str], str]]:
        return [(alphabetical(_sort_key(names, above)), above.id) for above in (*names.ancestors(term), term)]

    return sorted(names.terms.values(), key=path)


def _sort_key(names: Names, term: Term) -> str:
    if term.kind != "person":
        return term.name
    given, _, last = term.name.rpartition(" ")
    return header_of(names.records.get(term.id)).sort_name or (f"{last}, {given}" if given else term.name)
