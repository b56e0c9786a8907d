"""Saved web pages: trafilatura finds the article, the page's own declarations say what it is."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise
from typing import Any

from briefgen.importing.article import Article, Block, Dropped
from briefgen.importing.declared import Declared, read_declared
from briefgen.importing.encodings import declared_in_markup, decode
from briefgen.importing.head import with_credit_line
from briefgen.importing.markup import count_words, plain_text, read_blocks
from briefgen.importing.persons import clean_authors
from briefgen.importing.phrases import standing
from briefgen.importing.report import UnreadableError
from briefgen.model import ReviewNote, Source
from briefgen.text import fold

_NOTHING = re.compile(r"<!---?>|<!\[CDATA\[|\]\]>|<script\b[^<>]*/>", re.IGNORECASE)
_LITTLE = 0.2
_HALF = 0.5
_MOST = 0.65
_HARDLY = 0.25
_PARTLY = 0.5
_FEWEST = 40


def read_html(content: bytes) -> Iterator[Article]:
    """The one article of a page. Raises UnreadableError where the libraries for HTML are missing or the page is none."""
    text, doubt = decode(content, declared_in_markup(content))
    root = parse_page(text)
    declared = read_declared(root)
    whole = _whole(root)
    blocks, note = _body(root, whole, text, declared)
    notes = [ReviewNote("encoding", doubt)] if doubt else []
    blocks = _with_headings(blocks, whole)
    shown = "\n".join(block.text for block in blocks)
    left_out = tuple(line for line in dict.fromkeys(block.text for block in whole) if line not in shown)
    article = Article(
        Source(name=declared.publisher, authors=declared.authors, url=declared.url),
        blocks,
        "html",
        title=declared.title,
        date=declared.date,
        lang=declared.lang,
        dropped=tuple(Dropped(standing(line) or "navigation", line) for line in left_out),
        review=(*notes, note) if note else tuple(notes),
    )
    yield _with_shown_byline(article, whole)


def parse_page(text: str) -> Any:
    """The lxml tree of a page."""
    # browsers close these at once; libxml2 would read on to the next end tag or comment and lose the text between
    text = _NOTHING.sub("", text).replace("--!>", "-->")
    try:
        from lxml import etree, html
    except ImportError:
        raise UnreadableError(
            "reading web pages needs two more libraries", code="BG607", help="install them with: pip install 'briefgen[html]'"
        ) from None
    try:
        root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise UnreadableError(f"no web page: {error}", code="BG604" if "empty" in str(error).lower() else "BG601") from None
    return root


def _with_headings(blocks: tuple[Block, ...], whole: tuple[Block, ...]) -> tuple[Block, ...]:
    """The article with the headings that stand in the page between two of its blocks."""
    before = {following.text: block for block, following in pairwise(whole) if block.kind == "heading" and following.kind != "heading"}
    shown = {block.text for block in blocks}
    found: list[Block] = []
    for block in blocks:
        heading = before.get(block.text)
        if heading and found and block.kind != "heading" and heading.text not in shown:
            found.append(heading)
        found.append(block)
    return tuple(found)


def _with_shown_byline(article: Article, whole: tuple[Block, ...]) -> Article:
    """Author and day of the lines between headline and text, where the page declares none."""
    if article.source.authors and article.date:
        return article
    texts = [block.text for block in whole]
    start = next((at + 1 for at, text in enumerate(texts) if fold(text) == fold(article.title)), len(texts))
    shown = {block.text for block in article.blocks}
    end = next((at for at, text in enumerate(texts) if at >= start and text in shown), start)
    for text in texts[start : min(end, start + 8)]:
        article = with_credit_line(article, text) or article
        if not article.source.authors and re.match(r"by\b", text, re.IGNORECASE):
            article = replace(article, source=replace(article.source, authors=clean_authors([text], shown=True)))
    return article


def _whole(root: Any) -> tuple[Block, ...]:
    body = root.find("body")
    return read_blocks(body if body is not None else root)


def _body(root: Any, whole: tuple[Block, ...], text: str, declared: Declared) -> tuple[tuple[Block, ...], ReviewNote | None]:
    """The blocks of the article, and a note where they may not be all of it or more than it."""
    prose = sum(len(block.text.split()) for block in whole if len(block.text.split()) > 12)
    found = _extracted(text, fast=True)
    if count_words(found) < _LITTLE * prose:
        # trafilatura's other extractors cost half as much again; on news pages they find less of the article
        found = max(found, _extracted(text, fast=False), key=count_words)
    if len(declared.text.split()) > max(2 * _FEWEST, _HALF * count_words(found)) and _shared(declared.text, found) < _HALF:
        blocks = tuple(Block("paragraph", part.strip()) for part in re.split(r"\n+|(?<=[.!?”]) {2,}", declared.text) if part.strip())
        return blocks, ReviewNote("body", "what the page shows is not the text that it declares; the declared text was taken")
    if found and _told(declared.description, found) < _PARTLY and (other := _prose(root, declared.description)):
        return other, ReviewNote(
            "body", "the article was found by its description; check where it begins and ends", declared.description[:200]
        )
    if not found or (count_words(found) < _FEWEST and count_words(whole) < 3 * _FEWEST):
        return whole, ReviewNote(
            "body", "the article could not be told from the page around it; all of its text was taken"
        ) if whole else None
    if count_words(found) < max(2 * _FEWEST, _MOST * prose):
        reason = f"the page has {prose:,} words in paragraphs, the article as it was found {count_words(found):,}"
        return found, ReviewNote("body", reason, found[0].text[:200])
    return found, None


def _shared(text: str, blocks: tuple[Block, ...]) -> float:
    """Which part of a text's words, four in a row, stands in the blocks."""
    wanted = _fours(text)
    return len(wanted & _fours(" ".join(block.text for block in blocks))) / len(wanted) if wanted else 1.0


def _fours(text: str) -> set[tuple[str, ...]]:
    words = fold(text).split()
    return {tuple(words[at : at + 4]) for at in range(len(words) - 3)}


def _told(description: str, blocks: tuple[Block, ...]) -> float:
    """Which part of a description's longer words stands in the blocks; 1 where there are too few to tell."""
    telling = {word for word in fold(description).split() if len(word) > 4}
    words = set(fold(" ".join(block.text for block in blocks)).split())
    return len(telling & words) / len(telling) if len(telling) > 4 else 1.0


def _prose(root: Any, description: str) -> tuple[Block, ...]:
    """The blocks of the element with most paragraphs that holds what the description tells of."""
    for blocks in _containers(root):
        if _told(description, blocks) > 1 - _HARDLY:
            return blocks
    return ()


def _containers(root: Any) -> Iterator[tuple[Block, ...]]:
    """The blocks of the elements that hold most paragraphs, at one or two levels."""
    weights: dict[Any, int] = {}
    for paragraph in root.iter("p"):
        words = len(plain_text(paragraph).split())
        for element in islice(paragraph.iterancestors(), 2):
            weights[element] = weights.get(element, 0) + words
    for element in sorted(weights, key=lambda element: -weights[element])[:8]:
        if weights[element] >= 3 * _FEWEST:
            yield read_blocks(element)


def _extracted(text: str, *, fast: bool) -> tuple[Block, ...]:
    try:
        from trafilatura import bare_extraction
    except ImportError:
        raise UnreadableError(
            "reading web pages needs two more libraries", code="BG607", help="install them with: pip install 'briefgen[html]'"
        ) from None
    document = bare_extraction(text, include_comments=False, include_tables=True, fast=fast)
    body = getattr(document, "body", None)
    return read_blocks(body) if body is not None else ()
