"""Identities: by which addresses the rest of the world knows a record – Wikidata, IPTC media topics, pages of its own."""

import re

from briefgen.library.headers import RecordHeader
from briefgen.library.names import header_of
from briefgen.site.addresses import host
from briefgen.site.archive import Archive

_MEDIA_TOPIC = "http://cv.iptc.org/newscodes/mediatopic/"
_IPTC = re.compile(r"(?:medtop:|https?://cv\.iptc\.org/newscodes/mediatopic/)?(\d{8})")
_WIKIDATA = re.compile(r"https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/(Q\d+)")

Identities = tuple[tuple[str, tuple[str, ...]], ...]
"""Terms by URL, with the addresses that mean the same."""


def addresses_of(header: RecordHeader) -> tuple[str, ...]:
    """The addresses of a record elsewhere, that of its IPTC media topic among them."""
    topic = media_topic(header.iptc)
    return (*header.same_as, topic) if topic and topic not in header.same_as else header.same_as


def media_topic(text: str) -> str:
    """The address of an IPTC media topic, however it is written; empty for what is none.

    >>> media_topic("medtop:20000209"), media_topic("20000209") == media_topic("http://cv.iptc.org/newscodes/mediatopic/20000209")
    ('http://cv.iptc.org/newscodes/mediatopic/20000209', True)
    >>> media_topic("energy")
    ''
    """
    found = _IPTC.fullmatch(text.strip())
    return f"{_MEDIA_TOPIC}{found[1]}" if found else ""


def authority(address: str) -> str:
    """Who knows something under an address, and as what.

    >>> authority("https://www.wikidata.org/wiki/Q42"), authority(media_topic("medtop:20000209")), authority("https://www.example.org/a")
    ('Wikidata Q42', 'IPTC 20000209', 'example.org')
    """
    wikidata, iptc = _WIKIDATA.match(address), _IPTC.fullmatch(address)
    if wikidata:
        return f"Wikidata {wikidata[1]}"
    return f"IPTC {iptc[1]}" if iptc else host(address)


def identities_of(archive: Archive) -> dict[str, tuple[str, ...]]:
    """The addresses of every record that has some, by the URL of its page."""
    return {
        names.terms[identity].url: found
        for names in archive.library.names.values()
        for identity, record in names.records.items()
        if (found := addresses_of(header_of(record)))
    }
