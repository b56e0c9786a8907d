"""Pieces of HTML – in feeds, ninjs and mail – as blocks."""

from typing import Any

from briefgen.importing.article import Block
from briefgen.importing.htmltree import parse_html
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
        return parse_html(f"<body>{text}</body>")
    except UnreadableError as fault:
        if fault.code in ("BG601", "BG604"):
            return None
        raise
