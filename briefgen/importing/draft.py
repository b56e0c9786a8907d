"""A briefing before it is a file: what stands in its front matter, and its blocks."""

from dataclasses import dataclass

from briefgen.importing.article import Block
from briefgen.model import Name, Quote, RelatedLink, ReviewNote, Source


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that import found or was told; `date` is an ISO day or empty."""

    title: str
    blocks: tuple[Block, ...]
    source: Source
    date: str = ""
    summary: str = ""
    key_points: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    people: tuple[Name, ...] = ()
    quotes: tuple[Quote, ...] = ()
    related: tuple[RelatedLink, ...] = ()
    lang: str = ""
    review: tuple[ReviewNote, ...] = ()
