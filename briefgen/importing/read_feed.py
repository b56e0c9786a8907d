"""Atom and RSS: every entry of a feed is an article."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from briefgen.importing.accounts import unread
from briefgen.importing.article import Article, Block, Dropped
from briefgen.importing.fragments import fragment_text, parse_fragment
from briefgen.importing.markup import read_blocks
from briefgen.importing.persons import clean_authors
from briefgen.importing.report import UnreadableError
from briefgen.importing.xmltree import child, name_of, text_of
from briefgen.model import ReviewNote, Source
from briefgen.text import clean, one_line, web_address


def read_feed(root: Element, doubt: str) -> Iterator[Article]:
    """One article an entry, in the order of the feed; an entry without text comes as an article without blocks."""
    channel = child(root, "channel") if child(root, "channel") is not None else root
    publisher = _publisher(channel if channel is not None else root)
    lang = next((value for name, value in root.attrib.items() if name == "lang"), "") or text_of(
        child(channel if channel is not None else root, "language")
    )
    for entry in root.iter():
        if name_of(entry) in ("item", "entry"):
            yield _of_feed(_article(entry, publisher, one_line(lang)[:20], doubt), entry, root, publisher)


def _of_feed(article: Article, entry: Element, root: Element, publisher: str) -> Article:
    """The article with the address that its feed makes whole, and with the feed's authors where it names none of its own."""
    authors = article.source.authors
    if not authors and child(entry, "author", "creator") is None:
        authors = _authors(root, publisher)
    return replace(article, source=replace(article.source, url=article.source.url or _url(entry, root), authors=authors))


def _publisher(channel: Element) -> str:
    """The feed's title; where it begins with the feed's author, that is whose feed it is."""
    title = fragment_text(text_of(child(channel, "title")))
    author = child(channel, "author")
    name = text_of(child(author, "name")) if author is not None else ""
    return name if name and title.startswith(name) else title


def _article(entry: Element, publisher: str, lang: str, doubt: str) -> Article:
    title = _title(entry)
    blocks, brief, dropped = _blocks(entry)
    notes = [ReviewNote("encoding", doubt)] if doubt else []
    if brief:
        notes.append(ReviewNote("body", "the feed gives only a summary of the article"))
    url = _url(entry)
    origin = child(entry, "source")
    named = fragment_text(text_of(child(origin, "title")) or text_of(origin)) if origin is not None else ""
    source = Source(name=named or publisher, authors=_authors(entry, publisher), url=url)
    date = text_of(child(entry, "published", "pubdate", "date", "issued", "updated", "modified"))
    topics = tuple(one_line(part.get("label") or part.get("term") or text_of(part)) for part in entry if name_of(part) == "category")
    article = Article(source, blocks, "feed", title=title, date=clean(date), lang=lang, topics=topics, dropped=dropped, review=tuple(notes))
    words = "\n".join([title, url, *(block.text for block in blocks)])
    return replace(article, source=replace(source, sha256=hashlib.sha256(words.encode()).hexdigest()))


def _title(entry: Element) -> str:
    title = child(entry, "title")
    if title is None:
        return ""
    if title.get("type") == "xhtml":
        return one_line(text_of(title))
    shown = "".join(title.itertext())
    return one_line(clean(shown if title.get("type", "text") == "text" and "<" not in shown and "&" not in shown else fragment_text(shown)))


def _blocks(entry: Element) -> tuple[tuple[Block, ...], bool, tuple[Dropped, ...]]:
    """The entry's text, whether it is only the summary, and what the summary says beside the text."""
    whole = child(entry, "encoded", "content")
    short = child(entry, "description", "summary")
    if whole is not None and (blocks := _read(whole)):
        teaser: tuple[Block, ...] = ()
        with suppress(UnreadableError):  # the text is all that is needed
            teaser = _read(short) if short is not None else ()
        return blocks, False, tuple(unread("duplicate", [block.text for block in teaser], blocks))
    blocks = _read(short) if short is not None else ()
    brief = whole is not None or sum(len(block.text.split()) for block in blocks) < 60
    return blocks, bool(blocks) and brief, ()


def _read(element: Element) -> tuple[Block, ...]:
    if len(element):
        return read_blocks(element)
    text = "".join(element.itertext())
    is_plain = element.get("type") in ("text", "text/plain") or not ("<" in text or "&" in text)
    return _paragraphs(text) if is_plain else parse_fragment(text)


def _paragraphs(text: str) -> tuple[Block, ...]:
    return tuple(Block("paragraph", one_line(part)) for part in re.split(r"\n\s*\n", clean(text)) if part.strip())


def _authors(entry: Element, publisher: str) -> tuple[str, ...]:
    names = []
    for part in entry:
        if name_of(part) in ("author", "creator"):
            name = child(part, "name")
            said = text_of(name if name is not None else part)
            # RSS 2.0 writes the address first: "jane@example.org (Jane Roe)"
            named = re.search(r"\S+@\S+\s*\((.+)\)", said)
            names.append(named[1] if named else said)
    return clean_authors(names, publisher)


def _url(entry: Element, root: Element | None = None) -> str:
    """Where the article stands on the web; `root` gives the address that others are relative to."""
    links = [part for part in entry if name_of(part) == "link"]
    hrefs = [part.get("href") or text_of(part) for part in links if part.get("rel", "alternate") == "alternate"]
    guid = child(entry, "guid")
    if guid is not None and guid.get("isPermaLink") != "false":
        hrefs.append(text_of(guid))
    base = _joined(root.get("base", ""), entry.get("base", "")) if root is not None else ""
    return next((url for href in hrefs if href and (url := web_address(_joined(base, href)))), "")


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return ""
