"""Feeds: full text of the newest briefings, with ids that survive a changed URL and times that come from content."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from briefgen.config import Config
from briefgen.model import Briefing, Card, Kind, Moment
from briefgen.problems import Problem, nearest
from briefgen.site.archive import Archive
from briefgen.site.dates import timestamp
from briefgen.site.directory import FORMATS, QUERIES
from briefgen.site.page import Page, Sketch
from briefgen.site.parts import Crumb, FeedEntry, Head
from briefgen.site.shows import Feed
from briefgen.text import slug

MOST = 20


def feed_pages(
    archive: Archive, url: str, title: str, cards: Iterable[Card], crumbs: tuple[Crumb, ...] = (), former: Iterable[str] = ()
) -> Iterator[Page]:
    """The feeds that stand under a URL, in every format of the configuration; undated briefings are in no feed.

    They stand under `former` URLs, too: whoever follows a feed there is not led on by a page.
    """
    dated = tuple(archive.briefings[card.id] for card in islice((card for card in cards if card.date), MOST))
    head = Head(title, archive.config.description, crumbs)
    # a saved query has no page of its own
    home = "" if url.startswith(QUERIES) else url
    sketch = Sketch(draw_feed, (head, _host(archive), url, home, archive.config.timezone.key, dated))
    for name in _formats(archive.config):
        for place in (url, *former):
            yield Page(f"{place}{name}", name, sketch)


def feed_urls(config: Config, url: str) -> tuple[str, ...]:
    """The URLs of the feeds that stand under a URL."""
    return tuple(f"{url}{name}" for name in _formats(config))


def _formats(config: Config) -> tuple[str, ...]:
    """The files of the feeds that the configuration asks for."""
    return tuple(FORMATS[form] for form in config.outputs if form in FORMATS)


def query_feeds(config: Config) -> tuple[Crumb, ...]:
    """The feeds that the configuration asks for, by name, in its first format."""
    return tuple(Crumb(query.name, feed_urls(config, _query_url(query.name))[0]) for query in config.feeds if _formats(config))


def _query_url(name: str) -> str:
    return f"{QUERIES}{slug(name)}/"


def query_pages(archive: Archive) -> Iterator[Page]:
    """The feeds that the configuration asks for, under /feeds/: of the briefings that have all of a query's names."""
    for query in archive.config.feeds:
        asked: list[tuple[Kind, tuple[str, ...]]] = [("topic", query.topics), ("person", query.people), ("source", query.sources)]
        kept = [_filed_under(archive, kind, name) for kind, names in asked for name in names]
        cards = (card for card in archive.cards if all(card.id in ids for ids in kept))
        yield from feed_pages(archive, _query_url(query.name), f"{archive.config.title}: {query.name}", cards)


def lost_queries(archive: Archive) -> Iterator[Problem]:
    """The names in the configuration's feeds that nothing on the site has (BG306)."""
    kinds: tuple[Kind, ...] = ("topic", "person", "source")
    for query in archive.config.feeds:
        for kind, key, asked in zip(kinds, ("topics", "people", "sources"), (query.topics, query.people, query.sources), strict=True):
            names = archive.library.names[kind]
            for name in asked:
                if names.find(name) is None:
                    near = nearest(name, [term.name for term in names.terms.values()])
                    cure = f"did you mean `{near}`?" if near else "the feed stays empty until a briefing has it"
                    place = archive.config.at("feeds", query.name, key, name)
                    yield Problem("BG306", place, f"the feed `{query.name}` asks for a {kind} `{name}` that there is not", cure)


def _filed_under(archive: Archive, kind: Kind, name: str) -> set[str]:
    term = archive.library.names[kind].find(name)
    return {card.id for card in archive.filed[kind].get(term.url, ())} if term else set()


def draw_feed(head: Head, host: str, url: str, home: str, zone: str, briefings: tuple[Briefing, ...]) -> Feed:
    """What a feed shows; `home` is the page that it belongs to."""
    entries = tuple(_entry(briefing, host, ZoneInfo(zone)) for briefing in briefings)
    updated = max((entry.updated for entry in entries), key=dt.datetime.fromisoformat, default="1970-01-01T00:00:00+00:00")
    return Feed(head, _tag(host, url), url, home, updated, entries)


def _host(archive: Archive) -> str:
    return urlsplit(archive.config.base_url).hostname or "localhost"


def _tag(host: str, name: str) -> str:
    """A `tag:` URI (RFC 4151) for a name of this site."""
    return f"tag:{host},2025:{quote(name, safe='/')}"


def _entry(briefing: Briefing, host: str, zone: ZoneInfo) -> FeedEntry:
    card = briefing.card
    published = instant(card.date, zone) if card.date else ""
    changes = [briefing.updated, *(correction.date for correction in briefing.corrections)]
    updated = max([published, *(instant(moment, zone) for moment in changes if moment)], key=dt.datetime.fromisoformat)
    return FeedEntry(_tag(host, f"briefings/{card.id}"), briefing, published, updated)


def instant(moment: Moment, zone: ZoneInfo) -> str:
    """A moment in RFC 3339; a day alone begins at midnight in the site's time zone."""
    at = moment.at or dt.datetime.combine(moment.day, dt.time(), zone)
    return timestamp(at.replace(microsecond=0))
