"""What the site already knows when an article comes in: its people and topics, from records and from past briefings."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person of the site: `id` of the record (empty without one), canonical `name`, other `aliases`, `roles` as titles."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownTopic:
    """A topic of the site with the words that point to it; `parent` is the id of the wider topic, empty at the top."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    parent: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """People and topics that come before any guess of the recognisers.

    Compared by identity, so that what is derived from it is derived once for all articles of an import.
    """

    people: tuple[KnownPerson, ...] = ()
    topics: tuple[KnownTopic, ...] = ()


NOTHING_KNOWN = Known()
