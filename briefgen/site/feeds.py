"""Feeds: full text of the newest briefings, with ids that survive a changed URL and times that come from content."""

import datetime as dt
from collections.abc import Iterable, Iterator
from urllib.parse import quote, urlsplit

from briefgen.library.urls import percent
from briefgen.model import Briefing, Card, Moment
from briefgen.site.archive import Archive
from briefgen.site.shows import Crumb, Feed, FeedEntry, Head, Page

MOST = 20
FORMATS = {"atom": "feed.xml", "json": "feed.json"}
"""By the name in `outputs`; a further row is a further format, with a template of its name."""


def feed_pages(archive: Archive, url: str, title: str, cards: Iterable[Card], crumbs: tuple[Crumb, ...] = ()) -> Iterator[Page]:
    """The feeds that stand under a URL, in every format of the configuration; undated briefings are in no feed."""
    dated = [card for card in cards if card.date][:MOST]
    entries = tuple(_entry(archive, archive.briefings[card.id]) for card in dated)
    updated = max((entry.updated for entry in entries), key=dt.datetime.fromisoformat, default="1970-01-01T00:00:00+00:00")
    for name in (FORMATS[form] for form in archive.config.outputs):
        head = Head(title, archive.config.description, crumbs)
        yield Page(f"{url}{name}", name, Feed(head, tag(archive, url), url, updated, entries))


def tag(archive: Archive, name: str) -> str:
    """A `tag:` URI (RFC 4151) for a name of this site."""
    host = urlsplit(archive.config.base_url).hostname or "localhost"
    return f"tag:{host},2025:{quote(name, safe='/')}"


def _entry(archive: Archive, briefing: Briefing) -> FeedEntry:
    card = briefing.card
    published = instant(card.date, archive) if card.date else ""
    changes = [briefing.updated, *(correction.date for correction in briefing.corrections)]
    updated = max([published, *(instant(moment, archive) for moment in changes if moment)], key=dt.datetime.fromisoformat)
    return FeedEntry(tag(archive, f"briefings/{card.id}"), briefing, published, updated)


def instant(moment: Moment, archive: Archive) -> str:
    """A moment in RFC 3339; a day alone begins at midnight in the site's time zone."""
    at = moment.at or dt.datetime.combine(moment.day, dt.time(), archive.config.timezone)
    return at.isoformat(timespec="seconds")


def absolute(archive: Archive, url: str) -> str:
    """The URL with the site's address in front, or as it is where the site has none."""
    return percent(f"{archive.config.base_url}{url}") if archive.config.base_url else url
