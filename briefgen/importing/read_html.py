"""Saved web pages: trafilatura finds the article, the page's own declarations say what it is."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from briefgen.importing.article import Article, Block, Dropped
from briefgen.importing.body import find_body
from briefgen.importing.declared import read_declared
from briefgen.importing.encodings import declared_in_markup, decode
from briefgen.importing.head import with_credit_line
from briefgen.importing.htmltree import parse_html
from briefgen.importing.page import Page, read_page
from briefgen.importing.phrases import standing
from briefgen.importing.writers import shown_authors
from briefgen.model import ReviewNote, Source

_HEAD = 10


def read_html(content: bytes) -> Iterator[Article]:
    """The one article of a page. Raises UnreadableError where the libraries for HTML are missing or the page is none."""
    text, doubt = decode(content, declared_in_markup(content))
    root = parse_html(text)
    declared = read_declared(root)
    drop_unseen(root)
    keep_signatures(root)
    page = read_page(root, declared.title)
    blocks, note = find_body(root, page, declared)
    notes = [ReviewNote(field, why) for field, why in (("encoding", doubt), ("date", declared.date_doubt)) if why]
    article = Article(
        Source(name=declared.publisher, authors=declared.authors, url=declared.url),
        blocks,
        "html",
        title=declared.title,
        date=declared.date,
        lang=declared.lang,
        dropped=tuple(_left_out(page, blocks)),
        review=(*notes, note) if note else tuple(notes),
    )
    yield _with_shown_byline(article, page)


def drop_unseen(root: Any) -> None:
    """Take out what nobody sees and what has been read by now: the finding of the article is faster without it."""
    from lxml import etree

    etree.strip_elements(root, "script", "style", "svg", "link", "meta", with_tail=False)


def keep_signatures(root: Any) -> None:
    """Make the footer of a block quotation text: it says whose words these are, where any other footer is furniture."""
    for footer in root.iterfind(".//blockquote//footer"):
        footer.tag = "p"


def _left_out(page: Page, blocks: tuple[Block, ...]) -> Iterator[Dropped]:
    """The lines of a page that its article is without; one that stands there more often than in the article is a duplicate."""
    kept = Counter(page.key(block.text) for block in blocks)
    known = frozenset(kept)
    others: list[tuple[str, str]] = []
    for block in page.whole:
        key = page.key(block.text)
        if kept[key]:
            kept[key] -= 1
        else:
            others.append((key, block.text))
    # a block of the article that is no line of the page holds several of them
    joined = Counter(_held("\n".join(kept.elements()), (key for key, _ in others)))
    for key, line in others:
        if joined[key]:
            joined[key] -= 1
        else:
            yield Dropped(standing(line) or ("duplicate" if key in known else "outside"), line)


def _held(text: str, keys: Iterable[str]) -> Iterator[str]:
    """The keys that a text holds, each as often as it does; a letter of it belongs to one of them."""
    for key in sorted(keys, key=len, reverse=True):
        if key in text:
            text = text.replace(key, "\n", 1)
            yield key


def _with_shown_byline(article: Article, page: Page) -> Article:
    """Author and day of the lines between headline and text, where the page declares none."""
    if article.source.authors and article.date:
        return article
    near = page.around_title(article.title, _HEAD)
    for block in near:
        article = with_credit_line(article, block.text) or article
    authors = article.source.authors or shown_authors(tuple(placed.block for placed in page.placed), near)
    return replace(article, source=replace(article.source, authors=authors))
