"""An article as import hands it on: one raw news text, what it says of itself, and what was left out of it."""

from dataclasses import dataclass
from typing import Literal

from briefgen.model import RelatedLink, ReviewNote, Source


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of an article in reading order; `line` is its first line in the raw file, from 1 (0: unknown).

    `level` is that of a heading, or how deep an item stands in its list, from 0; `number` is the item's, as written.
    """

    kind: Literal["paragraph", "heading", "item", "quote", "code", "table"]
    text: str
    level: int = 0
    line: int = 0
    number: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Text of a raw article that is not the article, and why it was left out.

    A `mark` is for the program that the text was written for; what stands `outside` is on the page but not in the text, and not known
    to be anything else.
    """

    reason: Literal[
        "related", "promotion", "navigation", "share", "byline", "dateline", "footer", "duplicate", "label", "header", "mark", "outside"
    ]
    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """One raw news text as it came in: what it says of itself (`source`, `title`, …) and its blocks.

    A reader fills what the format declares; `structure` then finds the rest in the blocks. Empty means "not said",
    never a guess. `date` is an ISO day or time as declared.
    """

    source: Source
    blocks: tuple[Block, ...]
    format: str
    title: str = ""
    date: str = ""
    summary: str = ""
    lang: str = ""
    key_points: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    related: tuple[RelatedLink, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    review: tuple[ReviewNote, ...] = ()
