"""In the news: who and what is mentioned most over the last days of the archive's own time, as pages and as numbers."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    weeks = _weeks(kind, cards, until)
    windows = (_window(kind, cards, until, days, weeks) for days in WINDOWS)
    return tuple(window for window in windows if window.terms)


def _weeks(kind: Kind, cards: Iterable[Card], until: dt.date) -> dict[str, list[int]]:
    """In how many of the cards each term occurs, by its URL, in each week up to that day."""
    weeks: dict[str, list[int]] = defaultdict(lambda: [0] * WEEKS)
    for card in cards:
        if card.date:
            week = WEEKS - 1 - (until - card.date.day).days // 7
            for url in {term.url for term in INDEXES[kind].terms(card)}:
                weeks[url][week] += 1
    return weeks


def _window(kind: Kind, cards: Sequence[Card], until: dt.date, days: int, weeks: Mapping[str, list[int]]) -> NewsWindow:
    inside = within(cards, days)
    terms = tuple(_term(count, len(inside), weeks[count.term.url], until) for count in counts(inside, kind, MOST))
    return NewsWindow(days, _before(until, days - 1), until, len(inside), terms)


def _term(count: Count, total: int, weeks: Iterable[int], until: dt.date) -> NewsTerm:
    begun = tuple((_before(until, 7 * (WEEKS - number) - 1), held) for number, held in enumerate(weeks))
    return NewsTerm(count.term, count.briefings, round(count.briefings / total, 4), Trend(begun))


def _before(day: dt.date, days: int) -> dt.date:
    # the calendar of dates has a first day
    return dt.date.fromordinal(max(1, day.toordinal() - days))
