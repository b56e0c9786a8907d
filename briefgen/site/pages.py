"""The home page, the briefings, the texts: one page each, and the redirects that lead to them."""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache

from briefgen.library.names import header_of
from briefgen.library.urls import UNDATED, day_url, month_url, path_of, year_url
from briefgen.model import Briefing, Card, Prose
from briefgen.site.archive import Archive, neighbours
from briefgen.site.directory import redirect_path
from briefgen.site.feeds import feed_pages, feed_urls, query_feeds
from briefgen.site.identities import Identities, identities_of
from briefgen.site.indexes import counts, oldest_first, within
from briefgen.site.page import Page, Sketch
from briefgen.site.parts import Crumb, Edition, Head, StoryBox
from briefgen.site.related import related
from briefgen.site.shows import BriefingPage, HomePage, PlainPage, RedirectPage, TextPage

HOME_DAYS = 7
NEWS_DAYS = 30


def home_pages(archive: Archive) -> Iterator[Page]:
    """The home page, and the feeds of the site."""
    config, home = archive.config, archive.library.home
    head = Head(config.title, config.description, feeds=feed_urls(config, ""))
    text = archive.prose[home.path] if home else None
    news = tuple(within(archive.cards, NEWS_DAYS))
    given = (head, text, archive.days[: HOME_DAYS + 1], news, query_feeds(config))
    yield Page("index.html", "home.html", Sketch(_home, given), home.path if home else "")
    yield from feed_pages(archive, "", config.title, archive.cards)


def _home(head: Head, text: Prose | None, days: tuple[Edition, ...], news: tuple[Card, ...], feeds: tuple[Crumb, ...]) -> HomePage:
    people, topics = counts(news, "person", 12), counts(news, "topic", 12)
    return HomePage(head, text, days[0] if days else None, days[1:], people, topics, feeds)


def briefing_pages(archive: Archive) -> Iterator[Page]:
    """A page for each briefing."""
    around = neighbours([card for card in archive.cards if card.date])
    background = related(archive.cards)
    boxes, known = _story_boxes(archive), identities_of(archive)
    for card in archive.cards:
        newer, older = around.get(card.id, (None, None))
        same_as = tuple((term.url, known[term.url]) for term in (*card.topics, *card.people) if term.url in known) if known else ()
        beside = (boxes.get(card.id), newer, older, background[card.id], archive.backlinks.get(card.id, ()), same_as)
        given = (archive.briefings[card.id], *beside)
        yield Page(path_of(card.url), "briefing.html", Sketch(draw_briefing, given), archive.entries[card.id].document.path)


def draw_briefing(  # what a briefing's page shows beside the briefing itself
    briefing: Briefing,
    story: StoryBox | None,
    newer: Card | None,
    older: Card | None,
    background: tuple[Card, ...],
    backlinks: tuple[Card, ...],
    same_as: Identities,
) -> BriefingPage:
    """What the page of a briefing shows."""
    card = briefing.card
    description = card.summary or (briefing.key_points[0] if briefing.key_points else briefing.lede)
    head = Head(card.title, description, _date_crumbs(card), image=card.image.src if card.image else "")
    return BriefingPage(head, briefing, story, newer, older, background, backlinks, same_as)


def _date_crumbs(card: Card) -> tuple[Crumb, ...]:
    return _day_crumbs(card.date.day) if card.date else (Crumb("Undated", UNDATED),)


@lru_cache(1_000)
def _day_crumbs(day: dt.date) -> tuple[Crumb, ...]:
    return (Crumb(f"{day.year:04}", year_url(day)), Crumb(f"{day.month:02}", month_url(day)), Crumb(f"{day.day:02}", day_url(day)))


def _story_boxes(archive: Archive) -> dict[str, StoryBox]:
    boxes = {}
    for filed in archive.filed["story"].values():
        parts = oldest_first(filed)
        for number, card in enumerate(parts):
            before = parts[number - 1] if number else None
            after = parts[number + 1] if number + 1 < len(parts) else None
            if card.story:
                boxes[card.id] = StoryBox(card.story, number + 1, len(parts), before, after)
    return boxes


def text_pages(archive: Archive) -> Iterator[Page]:
    """The pages of `content/pages`."""
    for document, header, url in archive.library.pages:
        image = archive.images.get(document.path)
        head = Head(header.title, header.summary or document.body.lede, image=image.src if image else "")
        yield Page(path_of(url), "page.html", TextPage(head, archive.prose[document.path]), document.path)


def redirect_pages(archive: Archive) -> Iterator[Page]:
    """A page for each old URL, which leads to the new one."""
    for entry in archive.library.entries:
        yield from _redirects(entry.outline.aliases, entry.card.url, entry.card.title, entry.document.path)
    for document, header, url in archive.library.pages:
        yield from _redirects(header.aliases, url, header.title, document.path)
    for names in archive.library.names.values():
        for identity, record in names.records.items():
            term = names.terms[identity]
            yield from _redirects(header_of(record).redirects, term.url, term.name, record.path)


def _redirects(aliases: Iterable[str], url: str, title: str, origin: str) -> Iterator[Page]:
    for alias in aliases:
        yield Page(redirect_path(alias), "redirect.html", RedirectPage(Head(title), url), origin)


def not_found_page(_archive: Archive) -> Iterator[Page]:
    """What a web server shows for a URL that is not there."""
    yield Page("404.html", "404.html", PlainPage(Head("Not found")))
