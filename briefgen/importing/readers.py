"""The formats of raw articles: a row here is all that a new one needs besides its reader."""

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import NamedTuple

from briefgen.importing.article import Article
from briefgen.importing.report import UnreadableError, needs_libraries

Read = Callable[[bytes], Iterator[Article]]


class Reader(NamedTuple):
    """Where a reader is – `module:function`, imported when it is needed – and whether it runs in a process of its own."""

    place: str
    apart: bool = False

    def load(self) -> Read:
        """The reader's function, its module imported now; raises UnreadableError where a library is missing."""
        module, _, function = self.place.partition(":")
        try:
            read: Read = getattr(import_module(f"briefgen.importing.{module}"), function)
        except ImportError:
            raise needs_libraries() from None
        return read


READERS: dict[str, Reader] = {
    ".txt": Reader("read_text:read_text"),
    ".text": Reader("read_text:read_text"),
    ".html": Reader("read_html:read_html", apart=True),
    ".htm": Reader("read_html:read_html", apart=True),
    ".xhtml": Reader("read_html:read_html", apart=True),
    ".md": Reader("read_markdown:read_markdown", apart=True),
    ".markdown": Reader("read_markdown:read_markdown", apart=True),
    ".xml": Reader("read_xml:read_xml", apart=True),
    ".atom": Reader("read_xml:read_xml", apart=True),
    ".rss": Reader("read_xml:read_xml", apart=True),
    ".nitf": Reader("read_xml:read_xml", apart=True),
    ".json": Reader("read_ninjs:read_ninjs", apart=True),
    ".eml": Reader("read_mail:read_mail", apart=True),
}


def reader_of(suffix: str, content: bytes) -> Reader:
    """The reader for a file by its suffix; where it has none (standard input), by what the first bytes look like.

    Raises UnreadableError for a suffix that no reader has.
    """
    if suffix in READERS:
        return READERS[suffix]
    if suffix:
        raise UnreadableError(f"`{suffix}` is no format that import reads", help=f"import reads {', '.join(sorted(READERS))}")
    opening = content[:500].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return next((READERS[known] for known, pattern in _SIGNS if re.match(pattern, opening)), READERS[".txt"])


_SIGNS = (
    (".html", rb"<!doctype html|<html|<head|<body"),
    (".xml", rb"<\?xml|<rss|<feed|<nitf"),
    (".json", rb"[\[{]\s*[\"{]"),
    (".eml", rb"(?:from|received|return-path|message-id|mime-version|delivered-to): .*\n"),
)
