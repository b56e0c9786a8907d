"""Indexes: groupings of cards, cut into slices that stay as they are, and counted."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, takewhile

from briefgen.library.library import Entry
from briefgen.library.names import Names
from briefgen.library.urls import day_url, month_url, slice_url, year_url
from briefgen.model import Card, Kind, Term
from briefgen.site.parts import Count, DayLink, Edition, MonthLink, Slice, Trend, YearLink


@dataclass(frozen=True, slots=True)
class Index:
    """A grouping of cards: its title, and the terms that a card is filed under."""

    title: str
    terms: Callable[[Card], tuple[Term, ...]]


INDEXES: dict[Kind, Index] = {
    "topic": Index("Topics", lambda card: card.topics),
    "person": Index("People", lambda card: card.people),
    "story": Index("Stories", lambda card: (card.story,) if card.story else ()),
    "source": Index("Sources", lambda card: card.sources),
}
"""What cards are filed under; a further row is a further index, with a template of its name."""


Filed = Mapping[Kind, Mapping[str, Sequence[Card]]]
"""What names a record: cards newest first, by kind and by the URL of the term."""


Above = Mapping[str, tuple[Term, ...]]
"""The topics above a topic, by its id; nothing for one at the top."""


def file_cards(cards: Sequence[Card], above: Above) -> Filed:
    """The cards by what they are filed under; a briefing of a topic is one of the topics above it, too."""
    filed: dict[Kind, dict[str, list[Card]]] = {}
    for kind, index in INDEXES.items():
        shelves: dict[str, list[Card]] = defaultdict(list)
        for card in cards:
            terms = index.terms(card)
            for url in _with_those_above(terms, above) if above and kind == "topic" else [term.url for term in terms]:
                shelves[url].append(card)
        filed[kind] = dict(shelves)
    return filed


def _with_those_above(topics: Iterable[Term], above: Above) -> Iterable[str]:
    return dict.fromkeys(url for topic in topics for url in (topic.url, *(higher.url for higher in above.get(topic.id, ()))))


@dataclass(slots=True)
class Quoted:
    """The briefings that hold words of a person, or of anybody on a topic; newest first, with the number of quotes."""

    cards: list[Card] = field(default_factory=list)
    quotes: int = 0


def file_quotes(entries: Iterable[Entry], people: Names, above: Above) -> dict[str, Quoted]:
    """Quotes by the URL of their speaker and of the topics of their briefing, those above them included."""
    filed: dict[str, Quoted] = {}
    for entry in entries:
        quotes = entry.outline.quotes
        if not quotes:
            continue
        on: dict[str, int] = {}
        for topic in entry.card.topics:
            on[topic.url] = quotes
            for higher in above.get(topic.id, ()):
                on[higher.url] = quotes
        for speaker in people.meant(entry.outline.speakers):
            on[speaker.url] = on.get(speaker.url, 0) + 1
        for url, number in on.items():
            quoted = filed.get(url)
            if quoted is None:
                quoted = filed[url] = Quoted()
            quoted.cards.append(entry.card)
            quoted.quotes += number
    return filed


def slices(cards: Sequence[Card], url: str, size: int) -> list[tuple[str, Slice]]:
    """The slices of an index, newest first, with their URLs.

    The first holds the newest one to two slices' worth; the older ones are numbered from the oldest, so that a new card
    changes the first alone.
    """
    older = max(0, len(cards) // size - 1)
    first = len(cards) - older * size
    urls = [url, *(slice_url(url, number) for number in range(older, 0, -1))]
    parts = [cards[:first], *(cards[first + n * size : first + (n + 1) * size] for n in range(older))]
    return [
        (here, Slice(tuple(part), older=urls[n + 1] if n + 1 < len(urls) else "", newer=urls[n - 1] if n else ""))
        for n, (here, part) in enumerate(zip(urls, parts, strict=True))
    ]


def counts(cards: Iterable[Card], kind: Kind, most: int, without: Container[str] = ()) -> tuple[Count, ...]:
    """The terms that occur most in these cards, each with the number of cards; equals in the order of their names.

    `without` holds the URLs of terms that are not asked for.
    """
    terms_of = INDEXES[kind].terms
    found = [term for card in cards for term in terms_of(card)]
    # by URL: hashing a text is cheaper than hashing a Term
    terms = {term.url: term for term in found}
    asked = ((url, number) for url, number in Counter([term.url for term in found]).items() if url not in without)
    ordered = sorted(asked, key=lambda pair: (-pair[1], terms[pair[0]].name.casefold(), pair[0]))
    return tuple(Count(terms[url], number) for url, number in ordered[:most])


def within(cards: Sequence[Card], days: int) -> Sequence[Card]:
    """The cards of that many days up to the newest, in the archive's own time; the cards stand newest first, undated ones last."""
    newest = cards[0].date if cards else None
    if newest is None:
        return ()
    return list(takewhile(lambda card: card.date is not None and (newest.day - card.date.day).days < days, cards))


def trend(cards: Sequence[Card]) -> Trend:
    """Cards a month over the twelve months up to the newest; the cards stand newest first, undated ones last."""
    newest = cards[0].date if cards else None
    if newest is None:
        return Trend(())
    months = [newest.day.replace(day=1)]
    while len(months) < 12 and months[-1] > dt.date(1, 1, 1):
        months.append((months[-1] - dt.timedelta(days=1)).replace(day=1))
    counted = Counter((day.year, day.month) for day in takewhile(months[-1].__le__, _days(cards)))
    return Trend(tuple((month, counted[month.year, month.month]) for month in reversed(months)))


def oldest_first(cards: Sequence[Card]) -> list[Card]:
    """Cards that stand newest first in the order in which things happened: by day, each day in the order of its edition."""
    days = [list(group) for _, group in groupby(cards, key=lambda card: card.date.day if card.date else None)]
    return [card for day in reversed(days) for card in day]


def editions(cards: Iterable[Card]) -> list[Edition]:
    """The days of the cards, newest first, each with its cards; in the library these stand in the order of their edition."""
    dated = [card for card in cards if card.date]
    return [edition_of(day, list(group)) for day, group in groupby(dated, key=_day)]


def edition_of(day: dt.date, cards: Sequence[Card]) -> Edition:
    """The edition of a day from its cards in their order."""
    return Edition(day, day_url(day), tuple(cards), sum(card.minutes for card in cards))


def _day(card: Card) -> dt.date:
    assert card.date is not None  # noqa: S101 – only dated cards come here
    return card.date.day


def day_links(cards: Iterable[Card]) -> list[DayLink]:
    """The days of cards that stand newest first, each with the number of its cards."""
    return [DayLink(day, day_url(day), number) for day, number in Counter(_days(cards)).items()]


def _days(cards: Iterable[Card]) -> Iterator[dt.date]:
    return (card.date.day for card in cards if card.date)


def calendar(links: Iterable[DayLink]) -> tuple[YearLink, ...]:
    """The years of days that stand newest first, in the same order, with their months and days in that of the calendar."""
    years = []
    for _, of_year in groupby(links, key=lambda link: link.day.year):
        months = tuple(_month(list(group)) for _, group in groupby(reversed(list(of_year)), key=lambda link: link.day.month))
        first = months[0].first.replace(month=1)
        years.append(YearLink(first, year_url(first), sum(month.briefings for month in months), months))
    return tuple(years)


def _month(days: list[DayLink]) -> MonthLink:
    first = days[0].day.replace(day=1)
    return MonthLink(first, month_url(first), sum(day.briefings for day in days), tuple(days))
