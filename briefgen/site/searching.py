"""Search: the page, and what it looks through where Pagefind does not – titles, topics and people, in one file a year."""

import json
from collections.abc import Iterator
from itertools import groupby

from briefgen.library.names import header_of
from briefgen.library.urls import path_of
from briefgen.model import Card, Kind
from briefgen.site.archive import Archive
from briefgen.site.directory import SEARCH
from briefgen.site.fileshows import SearchIndex
from briefgen.site.indexes import INDEXES
from briefgen.site.page import Page, Sketch
from briefgen.site.parts import Head
from briefgen.site.shows import SearchPage

Aliases = tuple[tuple[str, tuple[str, ...]], ...]
"""The other names of terms, by URL."""


def search_pages(archive: Archive) -> Iterator[Page]:
    """The page to search on, and its indexes: a new briefing changes the one of its year alone."""
    if archive.config.search == "none":
        return
    years = {year: tuple(cards) for year, cards in groupby(archive.cards, key=_year)}
    indexes = tuple(f"{SEARCH}{year}.json" for year in years)
    yield Page(path_of(SEARCH), "search.html", SearchPage(Head("Search"), indexes))
    aliases = _aliases(archive)
    for path, cards in zip(indexes, years.values(), strict=True):
        yield Page(path, "search.json", Sketch(_index, (cards, aliases)))


def _year(card: Card) -> str:
    return f"{card.date.day.year:04}" if card.date else "undated"


def _aliases(archive: Archive) -> Aliases:
    found = {
        names.terms[identity].url: aliases
        for names in archive.library.names.values()
        for identity, record in names.records.items()
        if (aliases := header_of(record).aliases)
    }
    return tuple(sorted(found.items()))


def _index(cards: tuple[Card, ...], aliases: Aliases) -> SearchIndex:
    """Each briefing as [title, URL, day, …], and for each kind of term the numbers of its terms, which are [name, URL, aliases …]."""
    known = dict(aliases)
    terms: dict[Kind, dict[str, list[str]]] = {kind: {} for kind in INDEXES}
    numbers: dict[Kind, dict[str, int]] = {kind: {} for kind in INDEXES}
    rows = []
    for card in cards:
        row: list[object] = [card.title, card.url, card.date.day.isoformat() if card.date else ""]
        for kind, index in INDEXES.items():
            for term in index.terms(card):
                terms[kind].setdefault(term.url, [term.name, term.url, *known.get(term.url, ())])
                numbers[kind].setdefault(term.url, len(numbers[kind]))
            row.append([numbers[kind][term.url] for term in index.terms(card)])
        rows.append(row)
    whole = {"terms": {kind: list(found.values()) for kind, found in terms.items()}, "briefings": rows}
    return SearchIndex(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))
