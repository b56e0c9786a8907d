"""NITF, the News Industry Text Format of the IPTC."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from briefgen.importing.article import Article, Block, Dropped
from briefgen.importing.bylines import parse_byline, with_byline
from briefgen.importing.markup import read_blocks
from briefgen.importing.persons import clean_authors
from briefgen.importing.xmltree import child, name_of, text_of
from briefgen.model import ReviewNote, Source
from briefgen.text import clean


def read_nitf(root: Element, doubt: str) -> Iterator[Article]:
    """The one article of a NITF document."""
    author = next(
        (person for byline in root.iter() if name_of(byline) == "byline" for person in byline if name_of(person) == "person"), None
    )
    parts = {name_of(element): element for element in reversed(list(root.iter()))}
    content = parts.get("body.content", parts.get("body"))
    blocks = read_blocks(content) if content is not None else ()
    tagline = parts.get("tagline")
    dropped = (Dropped("footer", clean(text_of(tagline))),) if tagline is not None and text_of(tagline) else ()
    date = next(
        (norm for name in ("story.date", "date.issue", "date.release") if name in parts and (norm := parts[name].get("norm", ""))), ""
    )
    yield Article(
        _source(parts),
        tuple(Block(block.kind, block.text, block.level) for block in blocks),
        "nitf",
        title=clean(text_of(parts.get("hl1")) or text_of(parts.get("title"))),
        date=date,
        summary=clean(text_of(child(parts["hedline"], "hl2"))) if "hedline" in parts else "",
        topics=tuple(element.get("key", "") for element in root.iter() if name_of(element) == "keyword" and element.get("key")),
        people=tuple(
            dict.fromkeys(clean(text_of(element)) for element in root.iter() if name_of(element) == "person" and element is not author)
        ),
        dropped=dropped,
        review=(ReviewNote("encoding", doubt),) if doubt else (),
    )


def _source(parts: dict[str, Element]) -> Source:
    distributor = clean(text_of(parts.get("distributor")))
    holder = parts["doc.copyright"].get("holder", "") if "doc.copyright" in parts else ""
    source = Source(name=clean(holder) or distributor, agency=distributor)
    if "byline" not in parts:
        return source
    byline = parts["byline"]
    person = child(byline, "person")
    if person is not None:
        return Source(name=source.name, agency=source.agency, authors=clean_authors([text_of(person)]))
    said = parse_byline(text_of(byline))
    return with_byline(source, said) if said else Source(name=source.name, agency=source.agency, authors=clean_authors([text_of(byline)]))
