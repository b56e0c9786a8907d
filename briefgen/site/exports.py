"""Exports: what a site gives to programs where its configuration asks for it – citations, Markdown, tables, news, language models."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from briefgen.config import Config
from briefgen.library.mentions import Mention
from briefgen.model import Briefing, Card
from briefgen.site.addresses import absolute
from briefgen.site.archive import Archive
from briefgen.site.asmarkdown import markdown_of
from briefgen.site.briefings import Mentioned
from briefgen.site.citing import Citation, render_bibtex, render_csl, render_ris
from briefgen.site.directory import BESIDE, FILES
from briefgen.site.feeds import instant
from briefgen.site.fileshows import LlmsPage, NewsSitemap, TwinPage, Verbatim
from briefgen.site.indexes import counts, within
from briefgen.site.markup import csv_cell, prose_html
from briefgen.site.page import Page, Sketch
from briefgen.site.parts import Head
from briefgen.site.schemas import describe_mentions

EXPORTS = ("verbatim.txt", "briefing.md", "llms.txt", "news-sitemap.xml")
"""The templates of all that."""
_CITED: dict[str, Callable[[Citation], str]] = {"bibtex": render_bibtex, "ris": render_ris, "csl": render_csl}
NEWEST = 40
MOST_NEWS = 1_000
"""So many addresses a sitemap for news may have."""
COLUMNS = ("date", "briefing", "title", "url", "kind", "role", "record", "name", "record_url", "weight", "source")


def export_pages(archive: Archive) -> Iterator[Page]:
    """The files that `outputs` names beside the feeds."""
    outputs = archive.config.outputs
    beside = [form for form in outputs if form in BESIDE]
    for identity, pending in archive.briefings.items() if beside else ():
        entry = archive.entries[identity]
        for form in beside:
            cited = (form, *_cited_with(archive.config), pending)
            sketch = Sketch(draw_twin, (pending,)) if form == "markdown" else Sketch(draw_citation, cited)
            template = "briefing.md" if form == "markdown" else "verbatim.txt"
            yield Page(f"{entry.card.url}{BESIDE[form]}", template, sketch, entry.document.path)
    for form, plan in _WHOLE.items():
        if form in outputs:
            yield from plan(archive)


def _cited_with(config: Config) -> tuple[str, str, str, str]:
    return config.base_url, config.title, config.publisher or config.title, config.lang


def draw_citation(form: str, base_url: str, site: str, publisher: str, lang: str, briefing: Briefing) -> Verbatim:
    """How a briefing is cited, in one of the forms."""
    card = briefing.card
    topics = tuple(topic.name for topic in card.topics)
    day = card.date.day if card.date else None
    url, lang = absolute(card, base_url), briefing.lang or lang
    return Verbatim(_CITED[form](Citation(card.id, card.title, briefing.authors, publisher, site, day, url, card.summary, topics, lang)))


def draw_twin(briefing: Briefing) -> TwinPage:
    """What the Markdown of a briefing is made of."""
    return TwinPage(Head(briefing.card.title, briefing.card.summary), briefing, markdown_of(str(prose_html(briefing.body))))


# -- the whole site -----------------------------------------------------------------------------------------------


def _llms(archive: Archive) -> Iterator[Page]:
    config = archive.config
    head, twin = Head(config.title, config.description), BESIDE["markdown"] if "markdown" in config.outputs else ""
    yield Page("llms.txt", "llms.txt", Sketch(_llms_page, (head, tuple(within(archive.cards, 365)), twin)))


def _llms_page(head: Head, cards: tuple[Card, ...], twin: str) -> LlmsPage:
    return LlmsPage(head, cards[:NEWEST], counts(cards, "topic", 30), counts(cards, "person", 30), counts(cards, "story", 30), twin)


def _news(archive: Archive) -> Iterator[Page]:
    config = archive.config
    if config.base_url:
        dated = [card for card in archive.cards if card.date]
        first = dated[0].date.day - timedelta(days=1) if dated and dated[0].date else None
        newest = [archive.briefings[card.id] for card in dated if first and card.date and card.date.day >= first][:MOST_NEWS]
        yield Page("news-sitemap.xml", "news-sitemap.xml", Sketch(draw_news, (config.lang, config.timezone.key, tuple(newest))))


def draw_news(lang: str, zone: str, briefings: tuple[Briefing, ...]) -> NewsSitemap:
    """What the news sitemap lists."""
    return NewsSitemap(tuple(_news_row(one.card, one.lang or lang, ZoneInfo(zone)) for one in briefings))


def _news_row(card: Card, lang: str, zone: ZoneInfo) -> tuple[str, str, str, str]:
    lang = lang.lower()
    if lang not in ("zh-cn", "zh-tw"):  # of Chinese it knows two, of others what two or three letters tell
        lang = lang.partition("-")[0]
    return card.url, card.title, instant(card.date, zone) if card.date else "", lang


def _mentions(archive: Archive) -> Iterator[Page]:
    given = (archive.config.base_url, tuple(archive.mentions.values()))
    for name, draw in zip(FILES["mentions"], (_csv, _jsonl), strict=False):
        yield Page(name, "verbatim.txt", Sketch(draw, given))
    yield Page(FILES["mentions"][2], "verbatim.txt", Verbatim(describe_mentions(archive.config.title)))


def _rows(base_url: str, mentions: Iterable[Mentioned]) -> Iterator[tuple[str | int, ...]]:
    for card, found in mentions:
        url = absolute(card, base_url) or card.url
        for one in found:
            yield _row(one, card, url, absolute(one.record, base_url) or one.record.url)


def _row(one: Mention, card: Card, url: str, record_url: str) -> tuple[str | int, ...]:
    day = one.date.isoformat() if one.date else ""
    return day, one.briefing, card.title, url, one.kind, one.role, one.record.id, one.record.name, record_url, one.weight, one.source


def _csv(base_url: str, mentions: tuple[Mentioned, ...]) -> Verbatim:
    rows = (COLUMNS, *_rows(base_url, mentions))
    return Verbatim("".join(",".join(str(csv_cell(cell)) for cell in row) + "\r\n" for row in rows))


def _jsonl(base_url: str, mentions: tuple[Mentioned, ...]) -> Verbatim:
    rows = (dict(zip(COLUMNS, row, strict=True)) for row in _rows(base_url, mentions))
    return Verbatim("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


_WHOLE: dict[str, Callable[[Archive], Iterator[Page]]] = {"llms": _llms, "news": _news, "mentions": _mentions}
