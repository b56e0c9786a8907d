"""Plain text, as it is pasted or comes over the wire."""

from collections.abc import Iterator

from briefgen.importing.article import Article
from briefgen.importing.encodings import decode
from briefgen.importing.layout import parse_layout
from briefgen.model import ReviewNote, Source
from briefgen.text import clean


def read_text(content: bytes) -> Iterator[Article]:
    """The one article of a plain text; a guessed encoding is noted."""
    text, doubt = decode(content)
    review = (ReviewNote("encoding", doubt),) if doubt else ()
    yield Article(Source(), parse_layout(clean(text)), "text", review=review)
