"""Briefings as pages show them beyond their cards: names with their pages, quotes with the role on the day."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from briefgen.digest import digest_bytes, digest_of
from briefgen.library.headers import BriefingHeader, sources_of
from briefgen.library.library import Entry
from briefgen.library.mentions import Mention, mentions_of, namings_of
from briefgen.library.names import Names, header_of
from briefgen.model import Briefing, Card, Kind, Moment, Named, Prose, Quote, Role, Said, Source
from briefgen.site.page import Pending
from briefgen.site.parts import Attributed

Quotes = tuple[Attributed, ...]
"""What was said in one briefing."""
Mentioned = tuple[Card, tuple[Mention, ...]]
"""A briefing's card, and its rows in the table of mentions."""


def pending_briefing(entry: Entry, body: Prose, names: Mapping[Kind, Names]) -> Pending[Briefing]:
    """A briefing as its own page and the feeds show it, made when one of them is looked at."""
    return Pending((entry, body, names), _digest, _briefing)


def _briefing(entry: Entry, body: Prose, names: Mapping[Kind, Names], digest: str) -> Briefing:
    header, card = entry.header, entry.card
    shown = (
        body,
        entry.document.body.lede,
        header.key_points,
        tuple(_people(header, card, names["person"])),
        tuple(_said(header, names["person"])),
        tuple(_sources(header, names["source"])),
        header.authors,
        header.updated,
        header.corrections,
        header.related,
        header.review,
        header.lang,
        header.extra,
        entry.document.path,
    )
    return Briefing(card, *shown, digest=digest)


def pending_quotes(entry: Entry, names: Mapping[Kind, Names]) -> Pending[Quotes]:
    """The quotes of a briefing as other pages show them: whatever its text becomes, these stay as they are."""
    return Pending((entry, None, names), _digest, _quotes)


def _quotes(entry: Entry, _body: None, names: Mapping[Kind, Names], _digest: str) -> Quotes:
    return tuple(Attributed(said, entry.card) for said in _said(entry.header, names["person"]))


def pending_mentions(entry: Entry, names: Mapping[Kind, Names]) -> Pending[Mentioned]:
    """The rows of a briefing in the table of mentions, with its card."""
    return Pending((entry, None, names), _digest, _mentioned)


def _mentioned(entry: Entry, _body: None, names: Mapping[Kind, Names], _digest: str) -> Mentioned:
    return entry.card, tuple(mentions_of(entry.card, namings_of(entry.header), names))


def _digest(entry: Entry, body: Prose | None, names: Mapping[Kind, Names]) -> str:
    """Stands for everything that these look at: the card, the file, its links, what each name means, the roles on its day."""
    people, document = names["person"], entry.document
    meant = "\x1f".join([term.url for term in entry.terms])
    known = [person.id for person in entry.card.people if person.id in people.records]
    held = [f"{identity}\x1f{role}" for identity in known if (role := _role_on(people, identity, entry.card.date))]
    text = (document.body.lede, body.digest) if body else ()
    return digest_of(entry.card.digest, document.path, document.digest, *text, meant, *held)


def _sources(header: BriefingHeader, names: Names) -> Iterator[Source]:
    """Where it is from, by the names that their pages have."""
    for source in sources_of(header):
        publisher, agency = names.find(source.name), names.find(source.agency)
        name, of = publisher.name if publisher else "", agency.name if agency else ""
        yield source if (source.name, source.agency) == (name, of) else replace(source, name=name, agency=of)


def _people(header: BriefingHeader, card: Card, names: Names) -> Iterator[Named]:
    given = _given_roles(header, names)
    for person in card.people:
        yield Named(person, given.get(person.id) or _role_on(names, person.id, header.date))


def _given_roles(header: BriefingHeader, names: Names) -> dict[str, str]:
    return {term.id: person.role for person in header.people if (term := names.find(person.name))}


def _said(header: BriefingHeader, names: Names) -> Iterator[Said]:
    seen: dict[str, int] = {}
    given = _given_roles(header, names)
    for quote in header.quotes:
        speaker = names.find(quote.speaker) if quote.speaker else None
        role = (given.get(speaker.id) or _role_on(names, speaker.id, header.date)) if speaker else ""
        yield Said(_fragment(quote, seen), quote.text, speaker, quote.attributed_to, role, quote.source)


def _fragment(quote: Quote, seen: dict[str, int]) -> str:
    # from the words alone, so that it stays when quotes are added, sorted or given another speaker
    name = f"q-{digest_bytes(quote.text.encode())[:8]}"
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"


def _role_on(names: Names, identity: str, moment: Moment | None) -> str:
    roles = roles_of(names, identity)
    if not roles:
        return ""
    valid = [role for role in roles if moment and (role.since or moment.day) <= moment.day <= (role.until or moment.day)]
    return role_title(in_order(valid)[-1]) if valid else ""


def roles_of(names: Names, identity: str) -> tuple[Role, ...]:
    """The roles of a person's record, empty where there is none."""
    return header_of(names.records.get(identity)).roles


def in_order(roles: Iterable[Role]) -> tuple[Role, ...]:
    """Roles by the day on which they begin, those without one first; a record may list them as they came to be known."""
    return tuple(sorted(roles, key=lambda role: role.since or dt.date.min))


def role_title(role: Role) -> str:
    """A role in words.

    >>> role_title(Role("President", "France"))
    'President, France'
    """
    return f"{role.title}, {role.org}" if role.org else role.title
