"""The words of briefgen: frozen values that every room speaks, with no behaviour beyond themselves."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, Protocol

from briefgen.imagesize import Picture

Kind = Literal["topic", "person", "story", "source"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the user's files something stands; line and column count from 1, 0 means the whole file.

    `key` is the way to a value in YAML, where its line is still to be found: keys, and in a list the text of an entry.
    """

    path: str
    line: int = 0
    column: int = 0
    key: tuple[str, ...] = ()


# -- where a briefing is from -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RelatedLink:
    """What the source pointed to: schema.org `relatedLink`."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Who published an article – never the input file, which is only its `origin`."""

    name: str = ""
    agency: str = ""
    authors: tuple[str, ...] = ()
    title: str = ""
    angle: str = ""
    url: str = ""
    published: str = ""
    retrieved: str = ""
    origin: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class ReviewNote:
    """What import could not be sure of: the front-matter `field`, why, the words it rests on, and what it may be."""

    field: str
    reason: str
    text: str = ""
    candidates: tuple[str, ...] = ()


# -- what the front matter says -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moment:
    """A calendar day of the site's time zone, with the instant where a time was given."""

    day: dt.date
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A person as a briefing names them: any alias or id, with the role that this briefing gives."""

    name: str
    role: str = ""
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """Words and who said them: `speaker` is a person, `attributed_to` an office, organisation or somebody unnamed."""

    text: str
    speaker: str = ""
    attributed_to: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture beside a briefing or in `static/`; `alt` says what it shows. `picture` is there where its size could be read."""

    src: str
    alt: str
    credit: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong in a briefing, put right on a day."""

    date: Moment
    text: str


@dataclass(frozen=True, slots=True)
class Role:
    """An office somebody held; `since` and `until` are days, None where open."""

    title: str
    org: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


# -- what the library knows ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """A link, wikilink or image in a body, in the order of the text; `line` counts from the top of the file."""

    kind: Literal["link", "wiki", "image"]
    target: str
    line: int


class Html(Protocol):
    """HTML, in memory or at rest on disk; `str()` gives it."""

    def __str__(self) -> str:
        """The text."""


@dataclass(frozen=True, slots=True)
class Body:
    """Rendered Markdown. Each of `links` has a mark in `html`, which is replaced when a page is rendered.

    `html` is text or gives it as `str()`; `lede` is the plain text of the first paragraph, `words` the number of words;
    `digest` stands for all of it.
    """

    html: Html
    links: tuple[Link, ...]
    anchors: tuple[str, ...]
    lede: str
    words: int
    digest: str


@dataclass(frozen=True, slots=True)
class Term:
    """A topic, person, story or source as other pages name it: the id, the name, and the URL of its page."""

    kind: Kind
    id: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link of a body leads: `url` is from the site's root or absolute, empty when it leads nowhere."""

    url: str
    title: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Prose:
    """A body with its links resolved: `targets[n]` belongs to the n-th mark in `str(html)`."""

    html: Html
    targets: tuple[Target, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Card:
    """What other pages may show of a briefing; nothing of it derives from the body but the minutes it takes to read.

    `independent` counts the sources that do not repeat each other: distinct agencies, and publishers that name none.
    """

    id: str
    title: str
    url: str
    date: Moment | None
    summary: str
    why: str
    topics: tuple[Term, ...]
    people: tuple[Term, ...]
    story: Term | None
    sources: tuple[Term, ...]
    independent: int
    minutes: int
    weight: int
    image: Image | None
    notes: int
    state: Literal["", "draft", "future", "expired"]
    digest: str


@dataclass(frozen=True, slots=True)
class Said:
    """A quote as a page shows it: the speaker's page, the role on the day, a fragment id that stays the same."""

    id: str
    text: str
    speaker: Term | None
    attributed_to: str
    role: str
    source: str


@dataclass(frozen=True, slots=True)
class Named:
    """A person in a briefing, with the role that the briefing gives or that was theirs on its day."""

    person: Term
    role: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """One item that we publish: a Card, and what only its own page and the feeds show."""

    card: Card
    body: Prose
    lede: str
    key_points: tuple[str, ...]
    people: tuple[Named, ...]
    quotes: tuple[Said, ...]
    sources: tuple[Source, ...]
    authors: tuple[str, ...]
    updated: Moment | None
    corrections: tuple[Correction, ...]
    related: tuple[RelatedLink, ...]
    review: tuple[ReviewNote, ...]
    lang: str
    extra: tuple[tuple[str, str | tuple[str, ...]], ...]
    origin: str
    digest: str
