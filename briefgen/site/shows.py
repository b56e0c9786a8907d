"""What each kind of page shows: frozen values, and all that its template may see beside the site's own settings.

The fields of a value below are the names that its template finds; their digests are the page's dependencies.
"""

import datetime as dt
from dataclasses import dataclass

from briefgen.model import Briefing, Card, Prose, Term
from briefgen.site.parts import (
    Attributed,
    Corrected,
    Count,
    Crumb,
    DayLink,
    Edition,
    FeedEntry,
    Head,
    MonthLink,
    NewsWindow,
    Profile,
    Slice,
    StoryBox,
    TermRow,
    Trend,
    YearLink,
)

CONTEXT = 1
"""The version of what templates find. A further name leaves it as it is; one that goes, or means something else, raises it."""


@dataclass(frozen=True, slots=True)
class BriefingPage:
    """A briefing. Template `briefing.html`; `same_as` holds (URL, addresses elsewhere) of the records that it names."""

    head: Head
    briefing: Briefing
    story: StoryBox | None
    newer: Card | None
    older: Card | None
    related: tuple[Card, ...]
    backlinks: tuple[Card, ...]
    same_as: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class HomePage:
    """The latest edition, the days before it, who and what is in the news, the feeds of the configuration. Template `home.html`."""

    head: Head
    text: Prose | None
    edition: Edition | None
    before: tuple[Edition, ...]
    people: tuple[Count, ...]
    topics: tuple[Count, ...]
    feeds: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True)
class EditionPage:
    """One day. Template `edition.html`."""

    head: Head
    edition: Edition
    newer: DayLink | None
    older: DayLink | None
    people: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class MonthPage:
    """One month, its days in order. Template `month.html`."""

    head: Head
    month: MonthLink
    editions: tuple[Edition, ...]
    newer: MonthLink | None
    older: MonthLink | None


@dataclass(frozen=True, slots=True)
class YearPage:
    """One year as a calendar. Template `year.html`."""

    head: Head
    year: YearLink
    newer: YearLink | None
    older: YearLink | None


@dataclass(frozen=True, slots=True)
class DatesPage:
    """Every year, month and day of the archive. Template `dates.html`."""

    head: Head
    years: tuple[YearLink, ...]
    undated: int


@dataclass(frozen=True, slots=True)
class TermsPage:
    """All terms of one kind. Templates `topics.html`, `people.html`, `stories.html`, `sources.html`.

    `in_the_news` holds 7, 30 and 90 days of the archive's own time; `numbers` are the URLs of the same as CSV and JSON.
    """

    head: Head
    rows: tuple[TermRow, ...]
    in_the_news: tuple[NewsWindow, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewsPage:
    """The numbers of who or what is in the news. Templates `in-the-news.csv` and `in-the-news.json`."""

    head: Head
    in_the_news: tuple[NewsWindow, ...]


@dataclass(frozen=True, slots=True)
class TermPage:
    """A topic, person, story or source, first slice. Templates `topic.html`, `person.html`, `story.html`, `source.html`.

    `quotes` holds the newest; where there are more, `more_quotes` is the URL of all of them.
    """

    head: Head
    profile: Profile
    slice: Slice
    briefings: int
    first: dt.date | None
    last: dt.date | None
    trend: Trend
    people: tuple[Count, ...]
    topics: tuple[Count, ...]
    quotes: tuple[Attributed, ...]
    more_quotes: str
    history: tuple[MonthLink, ...]


@dataclass(frozen=True, slots=True)
class QuotesPage:
    """Everything that a person said, or that was said on a topic. Template `quotes.html`; `older` and `newer` are URLs."""

    head: Head
    term: Term
    quotes: tuple[Attributed, ...]
    older: str
    newer: str


@dataclass(frozen=True, slots=True)
class SlicePage:
    """An older slice of a term, or of what has no date. Template `slice.html`."""

    head: Head
    title: str
    url: str
    slice: Slice


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page of `content/pages`. Template `page.html`."""

    head: Head
    text: Prose


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Search. Template `search.html`; `indexes` are the URLs of what it looks through, newest year first."""

    head: Head
    indexes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """Everything that was put right, newest first. Template `corrections.html`."""

    head: Head
    corrections: tuple[Corrected, ...]


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page that shows nothing of the content: 404. Template `404.html`."""

    head: Head


@dataclass(frozen=True, slots=True)
class RedirectPage:
    """Leads from an old URL to the present one. Template `redirect.html`."""

    head: Head
    target: str


@dataclass(frozen=True, slots=True)
class Feed:
    """Full text of the newest briefings. Templates `feed.xml` (Atom) and `feed.json` (JSON Feed).

    It stands under `url`; `home` is the URL of the page that it goes with.
    """

    head: Head
    id: str
    url: str
    home: str
    updated: str
    entries: tuple[FeedEntry, ...]


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Every page that a search engine should know, with the day of its last change where it has one. `sitemap.xml`."""

    urls: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Headers:
    """`_headers`, for hosts that take the headers of their answers from it: the path of the site on its host. `headers.txt`."""

    path: str


@dataclass(frozen=True, slots=True)
class Robots:
    """`robots.txt`: names the sitemap where the site has a base URL, and that of the news where it has one."""

    sitemap: str
    news: str
