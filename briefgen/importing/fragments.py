"""Pieces of HTML – in feeds, ninjs and mail – as blocks."""

from typing import Any

from briefgen.importing.article import Block
from briefgen.importing.markup import plain_text, read_blocks
from briefgen.importing.report import UnreadableError


def parse_fragment(text: str) -> tuple[Block, ...]:
    """The blocks of a piece of HTML; raises UnreadableError where lxml is missing."""
    root = _root(text)
    return read_blocks(root) if root is not None else ()


def fragment_text(text: str) -> str:
    """The words of a piece of HTML on one line; text without markup is only tidied."""
    if "<" not in text and "&" not in text:
        return " ".join(text.split())
    root = _root(text)
    return plain_text(root) if root is not None else ""


def _root(text: str) -> Any:
    try:
        from lxml import etree, html
    except ImportError:
        raise UnreadableError(
            "HTML in it needs two more libraries", code="BG607", help="install them with: pip install 'briefgen[html]'"
        ) from None
    try:
        return html.document_fromstring(
            f"<body>{text}</body>".encode(), parser=html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
