"""Who said what: the quotes of a person and on a topic, newest first, each with its place in its briefing."""

from collections.abc import Iterable, Iterator

from briefgen.library.urls import path_of
from briefgen.model import Term
from briefgen.site.archive import Archive
from briefgen.site.indexes import slices
from briefgen.site.page import Page, Sketch
from briefgen.site.parts import Attributed, Crumb, Head
from briefgen.site.shows import QuotesPage

MOST_QUOTES = 12
"""Quotes on the page of a person or topic; where there are more, all stand on pages of their own."""


def quotes_url(term: Term) -> str:
    """The URL of all quotes of a person or on a topic."""
    return f"{term.url}quotes/"


def quote_pages(archive: Archive, term: Term, crumbs: tuple[Crumb, ...], origin: str) -> Iterator[Page]:
    """All quotes of a person or on a topic, where its own page does not hold them all."""
    quoted = archive.quoted.get(term.url)
    if quoted is None or quoted.quotes <= MOST_QUOTES:
        return
    head = Head(term.name, "", (*crumbs, Crumb(term.name, term.url)))
    for url, part in slices(quoted.cards, quotes_url(term), archive.config.page_size):
        found = tuple(archive.quotes[card.id] for card in part.cards)
        yield Page(path_of(url), "quotes.html", Sketch(_quotes, (head, term, part.older, part.newer, found)), origin)


def _quotes(head: Head, term: Term, older: str, newer: str, found: tuple[tuple[Attributed, ...], ...]) -> QuotesPage:
    return QuotesPage(head, term, quotes_from(found, term), older, newer)


def quotes_from(found: Iterable[tuple[Attributed, ...]], term: Term) -> tuple[Attributed, ...]:
    """Of the quotes of several briefings those of a person, or for a topic all."""
    return tuple(quote for quotes in found for quote in quotes if term.kind != "person" or quote.said.speaker == term)
