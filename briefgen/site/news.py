"""In the news: who and what is mentioned most over the last days of the archive's own time, as pages and as numbers."""

import datetime as dt
from collections.abc import Iterator, Sequence

from briefgen.model import Card, Kind
from briefgen.site.archive import Archive
from briefgen.site.directory import NUMBERS, SECTIONS
from briefgen.site.indexes import INDEXES, counts, within
from briefgen.site.page import Page, Sketch
from briefgen.site.parts import Count, Head, NewsTerm, NewsWindow, Trend
from briefgen.site.shows import NewsPage

WINDOWS = (7, 30, 90)
WEEKS = 13
MOST = 10


def news_pages(archive: Archive) -> Iterator[Page]:
    """The numbers behind each list of terms, as CSV and as JSON."""
    cards = recent(archive)
    for kind, index in INDEXES.items():
        sketch = Sketch(_page, (Head(index.title), kind, cards))
        for name in NUMBERS:
            yield Page(f"{SECTIONS[kind]}{name}", name, sketch)


def _page(head: Head, kind: Kind, cards: tuple[Card, ...]) -> NewsPage:
    return NewsPage(head, in_the_news(kind, cards))


def recent(archive: Archive) -> tuple[Card, ...]:
    """The cards that `in_the_news` looks at, newest first: those of the last weeks before the newest briefing."""
    return tuple(within(archive.cards, 7 * WEEKS))


def in_the_news(kind: Kind, cards: Sequence[Card]) -> tuple[NewsWindow, ...]:
    """The terms that are mentioned most in each window, which ends with the day of the newest card; none where nothing is mentioned."""
    if not cards or cards[0].date is None:
        return ()
    until = cards[0].date.day
    windows = (_window(kind, cards, until, days) for days in WINDOWS)
    return tuple(window for window in windows if window.terms)


def _window(kind: Kind, cards: Sequence[Card], until: dt.date, days: int) -> NewsWindow:
    inside = within(cards, days)
    terms = tuple(_term(kind, count, len(inside), cards, until) for count in counts(inside, kind, MOST))
    return NewsWindow(days, _before(until, days - 1), until, len(inside), terms)


def _term(kind: Kind, count: Count, total: int, cards: Sequence[Card], until: dt.date) -> NewsTerm:
    weeks = [0] * WEEKS
    for card in cards:
        if card.date and any(term.url == count.term.url for term in INDEXES[kind].terms(card)):
            weeks[WEEKS - 1 - (until - card.date.day).days // 7] += 1
    begun = tuple((_before(until, 7 * (WEEKS - number) - 1), held) for number, held in enumerate(weeks))
    return NewsTerm(count.term, count.briefings, round(count.briefings / total, 4), Trend(begun))


def _before(day: dt.date, days: int) -> dt.date:
    # the calendar of dates has a first day
    return dt.date.fromordinal(max(1, day.toordinal() - days))
