"""XML of every kind that brings articles: the root element says which reader it is for."""

from collections.abc import Iterator

from briefgen.importing.article import Article
from briefgen.importing.read_feed import read_feed
from briefgen.importing.read_nitf import read_nitf
from briefgen.importing.report import UnreadableError
from briefgen.importing.xmltree import name_of, parse_xml

_KINDS = {"feed": read_feed, "rss": read_feed, "rdf": read_feed, "nitf": read_nitf}


def read_xml(content: bytes) -> Iterator[Article]:
    """The articles of an Atom or RSS feed or of a NITF document."""
    root, doubt = parse_xml(content)
    read = _KINDS.get(name_of(root))
    if read is None:
        raise UnreadableError(f"`<{name_of(root)[:40]}>` is no feed and no NITF", help="import reads Atom, RSS and NITF")
    return read(root, doubt)
