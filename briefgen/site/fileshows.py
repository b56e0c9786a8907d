"""What files for programs show: search, citations, what language models read, news, and tables."""

from dataclasses import dataclass

from briefgen.model import Briefing, Card
from briefgen.site.parts import Count, Edition, Head


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """The titles, topics and people of one year's briefings, for `search.js`. Template `search.json`; `json` is all of it."""

    json: str


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A file that is text and nothing else: a citation, a table. Template `verbatim.txt`."""

    text: str


@dataclass(frozen=True, slots=True)
class TwinPage:
    """A briefing as Markdown, for programs. Template `briefing.md`; `body` is Markdown."""

    head: Head
    briefing: Briefing
    body: str


@dataclass(frozen=True, slots=True)
class LlmsPage:
    """What the site is and where its newest briefings are, for language models. Template `llms.txt`.

    `twin` is the end of a briefing's address: `index.md` where there are twins in Markdown.
    """

    head: Head
    cards: tuple[Card, ...]
    topics: tuple[Count, ...]
    people: tuple[Count, ...]
    stories: tuple[Count, ...]
    twin: str


@dataclass(frozen=True, slots=True)
class NewsSitemap:
    """The briefings of the archive's last two days, as news search wants them: (URL, title, time, language). `news-sitemap.xml`."""

    entries: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class EmailPage:
    """An edition as a message. Templates `email.html` and `email.txt`, whose first line is the subject.

    `level` says how much fits: 0 everything, 1 no key points, 2 titles alone.
    """

    head: Head
    edition: Edition
    briefings: tuple[Briefing, ...]
    level: int
