"""What pages are made of: links, counts, days, slices and profiles, as frozen values."""

import datetime as dt
from dataclasses import dataclass

from briefgen.digest import digest_of
from briefgen.model import Briefing, Card, Correction, Image, Prose, Role, Said, Term


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way from the home page to a page."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself: title, one-sentence description, where it stands, the URLs of the feeds that follow it."""

    title: str
    description: str = ""
    crumbs: tuple[Crumb, ...] = ()
    feeds: tuple[str, ...] = ()
    image: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A term and in how many briefings it occurs."""

    term: Term
    briefings: int

    @property
    def digest(self) -> str:
        """Stands for the term and the number."""
        return f"{self.term.url} {self.term.id}\x1c{self.term.name}\x1c{self.briefings}"


@dataclass(frozen=True, slots=True)
class DayLink:
    """A day that has an edition."""

    day: dt.date
    url: str
    briefings: int


@dataclass(frozen=True, slots=True)
class MonthLink:
    """A month that has briefings, with its days."""

    first: dt.date
    url: str
    briefings: int
    days: tuple[DayLink, ...] = ()

    @property
    def digest(self) -> str:
        """Stands for the month and all of its days."""
        days = "\x1c".join([f"{link.day.day} {link.url} {link.briefings}" for link in self.days])
        return f"{self.first} {self.url} {self.briefings}\x1c{days}"


@dataclass(frozen=True, slots=True)
class YearLink:
    """A year that has briefings, with its months."""

    first: dt.date
    url: str
    briefings: int
    months: tuple[MonthLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """All briefings of one day in their order: by weight, then time, then title."""

    day: dt.date
    url: str
    cards: tuple[Card, ...]
    minutes: int

    @property
    def digest(self) -> str:
        """Stands for all of its cards."""
        return digest_of(self.url, self.cards)


@dataclass(frozen=True, slots=True)
class StoryBox:
    """Where a briefing stands in its story: part 3 of 7, with its neighbours there."""

    story: Term
    part: int
    parts: int
    before: Card | None
    after: Card | None


@dataclass(frozen=True, slots=True)
class Trend:
    """Briefings a month or a week, oldest first: (its first day, how many); the last holds the newest briefing."""

    counts: tuple[tuple[dt.date, int], ...]

    @property
    def digest(self) -> str:
        """Stands for all of the counts."""
        return " ".join([f"{first} {number}" for first, number in self.counts])


@dataclass(frozen=True, slots=True)
class NewsTerm:
    """A term in the news: in how many briefings of the window, as a share of all of them (0 to 1), and its briefings a week."""

    term: Term
    briefings: int
    share: float
    weeks: Trend


@dataclass(frozen=True, slots=True)
class NewsWindow:
    """Who or what is mentioned most from one day until another, and how many briefings there are in all."""

    days: int
    since: dt.date
    until: dt.date
    briefings: int
    terms: tuple[NewsTerm, ...]


@dataclass(frozen=True, slots=True)
class TermRow:
    """One line of a list of terms; `depth` is how far a topic stands below the top of its tree."""

    term: Term
    briefings: int
    depth: int
    summary: str
    sort_key: str
    trend: Trend


@dataclass(frozen=True, slots=True)
class Profile:
    """A record as its page shows it; `role` is the latest known, `ancestors` and `children` are a topic's."""

    term: Term
    aliases: tuple[str, ...]
    summary: str
    text: Prose | None
    image: Image | None
    same_as: tuple[str, ...]
    role: str
    roles: tuple[Role, ...]
    ancestors: tuple[Term, ...]
    children: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Slice:
    """One page worth of an index, newest first; `older` and `newer` are the neighbouring slices' URLs, or empty."""

    cards: tuple[Card, ...]
    older: str
    newer: str

    @property
    def digest(self) -> str:
        """Stands for all of its cards."""
        return digest_of(self.older, self.newer, self.cards)


@dataclass(frozen=True, slots=True)
class Attributed:
    """A quote outside its briefing, with the card that it comes from."""

    said: Said
    card: Card


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction outside its briefing, with the card of what was put right."""

    correction: Correction
    card: Card


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A briefing in a feed: a `tag:` id that survives a changed URL; `published` and `updated` in RFC 3339."""

    id: str
    briefing: Briefing
    published: str
    updated: str

    @property
    def digest(self) -> str:
        """Stands for the whole of the briefing."""
        return f"{self.id} {self.published} {self.updated} {self.briefing.digest}"
