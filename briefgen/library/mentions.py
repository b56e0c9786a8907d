"""Mentions: the one table of who and what each briefing names, as what, and on whose word. Every index is a view of it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from briefgen.library.document import Document
from briefgen.library.headers import BriefingHeader, sources_of
from briefgen.library.names import Names
from briefgen.model import Card, Kind, Place, Source, Term

Part = Literal["about", "named", "quoted", "part", "publisher", "agency"]
"""What a record is to a briefing: its topic, a person in it, the speaker of a quote, its story, who published it, who wrote it."""


class Naming(NamedTuple):
    """A name as the front matter of a briefing has it: under which key, as what, and who is the source of that, where one alone is."""

    kind: Kind
    key: str
    name: str
    role: Part
    weight: int = 0
    source: str = ""


class Mention(NamedTuple):
    """One briefing names one record: a row of the table. `briefing` is an identity, `date` its day, `source` as in `Naming`.

    A named tuple like `Naming`: there are some ten of each a briefing, and a frozen dataclass takes four times as long to make.
    """

    briefing: str
    date: dt.date | None
    record: Term
    kind: Kind
    role: Part
    weight: int
    source: str


def namings_of(header: BriefingHeader) -> tuple[Naming, ...]:
    """Every name that a briefing uses, in the order in which pages show them; people with a greater weight come first."""
    sources = sources_of(header)
    source = sources[0].name or sources[0].agency if len(sources) == 1 else ""
    people = sorted(header.people, key=lambda person: -person.weight) if len(header.people) > 1 else header.people
    namings = [Naming("topic", "topics", topic, "about", 0, source) for topic in header.topics]
    namings += [Naming("person", "people", person.name, "named", person.weight, source) for person in people]
    namings += [Naming("person", "quotes", quote.speaker, "quoted", 0, quote.source or source) for quote in header.quotes if quote.speaker]
    if header.story:
        namings.append(Naming("story", "story", header.story, "part", 0, source))
    for number, one in enumerate(sources):
        namings += _origins(one, "source" if header.source and not number else "sources")
    return tuple(namings)


def _origins(source: Source, key: str) -> Iterator[Naming]:
    if source.name:
        yield Naming("source", key, source.name, "publisher", 0, source.name)
    if source.agency:
        yield Naming("source", key, source.agency, "agency", 0, source.name or source.agency)


def mentions_of(card: Card, namings: Iterable[Naming], names: Mapping[Kind, Names]) -> Iterator[Mention]:
    """The rows of one briefing: each name, alias or id as the record that it means."""
    day = card.date.day if card.date else None
    for kind, _, name, role, weight, source in namings:
        record = names[kind].find(name)
        if record is not None:
            yield Mention(card.id, day, record, kind, role, weight, source)


def locate(kind: Kind, document: Document, name: str) -> Place:
    """Where a briefing uses a name of a kind first."""
    header = document.header
    namings = namings_of(header) if isinstance(header, BriefingHeader) else ()
    return next((document.at(one.key, name) for one in namings if (one.kind, one.name) == (kind, name)), document.at())
