"""Outlines: what a site looks at in every briefing. The whole header is looked at where the briefing itself is shown, and only there."""

import datetime as dt
from collections.abc import Sequence
from sys import intern
from typing import Any, NamedTuple

from briefgen.codec import decode
from briefgen.library.headers import BriefingHeader, sources_of
from briefgen.library.urls import last_part
from briefgen.model import Image, Moment, Name


class Outline(NamedTuple):
    """As much of a briefing's front matter as decides where it stands, who finds it, and what its card shows.

    `id` is its identity, `last` the last part of its URL; `notes`, `quotes` and `corrections` are counted. `people` stand by their
    weight, `speakers` are those of quotes, `sources` publishers and agencies; `origins` has one name a source, that of the agency
    where there is one.
    A named tuple, which takes a fifth of a frozen dataclass's time to make: a build makes one for each briefing that there is.
    """

    id: str
    last: str
    title: str
    date: Moment | None
    summary: str
    topics: Sequence[str]
    people: Sequence[str]
    sources: Sequence[str]
    origins: Sequence[str]
    # what most briefings are without stands last: the cache leaves it out
    story: str = ""
    weight: int = 0
    why: str = ""
    speakers: Sequence[str] = ()
    quotes: int = 0
    notes: int = 0
    corrections: int = 0
    aliases: Sequence[str] = ()
    draft: bool = False
    image: Image | None = None
    updated: Moment | None = None
    publish: Moment | None = None
    expires: Moment | None = None


def outline_of(header: BriefingHeader, name: str) -> Outline:
    """The outline of a briefing in the file `name`."""
    sources = sources_of(header)
    return Outline(
        id=header.id or name,
        last=last_part(name, header),
        title=header.title,
        date=header.date,
        updated=header.updated,
        publish=header.publish,
        expires=header.expires,
        draft=header.draft,
        summary=header.summary,
        why=header.why,
        weight=header.weight,
        image=header.image,
        notes=len(header.review),
        quotes=len(header.quotes),
        corrections=len(header.corrections),
        story=header.story,
        aliases=header.aliases,
        topics=_kept(header.topics),
        people=_kept([person.name for person in sorted(header.people, key=_weight)]),
        speakers=_kept([quote.speaker for quote in header.quotes if quote.speaker]),
        sources=_kept([name for source in sources for name in (source.name, source.agency) if name]),
        origins=_kept([source.agency or source.name for source in sources if source.agency or source.name]),
    )


def _weight(person: Name) -> int:
    return -person.weight


def _kept(names: Sequence[str]) -> Sequence[str]:
    """The names as they are kept: each of them once, however many briefings have it."""
    return tuple(map(intern, names))


def encode_outline(outline: Outline) -> list[Any]:
    """The outline as JSON can have it, without what is as by default at its end; moments are pairs."""
    row: list[Any] = list(outline)
    while row[-1] == _DEFAULTS[len(row) - 1]:
        row.pop()
    return [(one.day, one.at) if isinstance(one, Moment) else one for one in row]


def decode_outline(row: list[Any], name: str) -> Outline:
    """The outline of the briefing `name` that `encode_outline` was given; raises ValueError or TypeError for anything else."""
    row[:_TITLE] = [name if one == name else one for one in row[:_TITLE]]  # mostly it is one text
    row[_DATE] = row[_DATE] and _moment(*row[_DATE])
    row[_NAMES] = [*map(_kept, row[_NAMES])]
    if len(row) > _IMAGE:
        image, *moments = row[_IMAGE:]
        row[_IMAGE:] = [image and decode(Image, image), *(moment and _moment(*moment) for moment in moments)]
    return Outline(*row)


def _moment(day: str, at: str | None) -> Moment:
    return Moment(dt.date.fromisoformat(day), dt.datetime.fromisoformat(at) if at else None)


_NEEDED = object()
_DEFAULTS = [Outline._field_defaults.get(name, _NEEDED) for name in Outline._fields]
_NAMES = slice(Outline._fields.index("topics"), Outline._fields.index("origins") + 1)
_TITLE, _DATE, _IMAGE = (Outline._fields.index(name) for name in ("title", "date", "image"))
