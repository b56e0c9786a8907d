"""What front matter can say, typed: one frozen value for each kind of file."""

from dataclasses import dataclass

from briefgen.forms import Extra
from briefgen.model import Correction, Image, Moment, Name, Quote, RelatedLink, ReviewNote, Role, Source


@dataclass(frozen=True, slots=True)
class BriefingHeader:
    """The front matter of a briefing."""

    title: str
    date: Moment | None = None
    updated: Moment | None = None
    publish: Moment | None = None
    expires: Moment | None = None
    draft: bool = False
    summary: str = ""
    why: str = ""
    key_points: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    people: tuple[Name, ...] = ()
    story: str = ""
    sources: tuple[Source, ...] = ()
    source: Source | None = None
    quotes: tuple[Quote, ...] = ()
    id: str = ""
    slug: str = ""
    aliases: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    weight: int = 0
    lang: str = ""
    image: Image | None = None
    corrections: tuple[Correction, ...] = ()
    related: tuple[RelatedLink, ...] = ()
    review: tuple[ReviewNote, ...] = ()
    extra: Extra = ()


@dataclass(frozen=True, slots=True)
class RecordHeader:
    """The front matter of a topic, person, story or source."""

    name: str
    aliases: tuple[str, ...] = ()
    summary: str = ""
    image: Image | None = None
    same_as: tuple[str, ...] = ()
    different_from: tuple[str, ...] = ()
    redirects: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    sort_name: str = ""
    parent: str = ""
    keywords: tuple[str, ...] = ()
    iptc: str = ""
    extra: Extra = ()


@dataclass(frozen=True, slots=True)
class PageHeader:
    """The front matter of a page of `content/pages` and of `content/index.md`."""

    title: str
    summary: str = ""
    nav: int | None = None
    slug: str = ""
    aliases: tuple[str, ...] = ()
    draft: bool = False
    updated: Moment | None = None
    image: Image | None = None
    extra: Extra = ()


Header = BriefingHeader | RecordHeader | PageHeader


def sources_of(header: BriefingHeader) -> tuple[Source, ...]:
    """Where a briefing is from."""
    return (header.source, *header.sources) if header.source else header.sources
