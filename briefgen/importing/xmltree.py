"""XML as a tree, without anything that XML can do to its reader: entities, external files, endless depth."""

import re
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from briefgen.importing.encodings import declared_in_markup, decode
from briefgen.importing.report import UnreadableError
from briefgen.text import clean

DEEPEST = 100
MOST_ELEMENTS = 200_000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def parse_xml(content: bytes) -> tuple[Element, str]:
    """The root element – tags as `namespace}name` – and why the encoding was guessed ("" where it was not).

    Raises UnreadableError with the line: not well-formed, an entity declared, too deep, too many elements.
    """
    text, doubt = decode(content, declared_in_markup(content))
    builder, parser = TreeBuilder(), expat.ParserCreate(encoding="utf-8", namespace_separator="}")
    depth = count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > DEEPEST or count > MOST_ELEMENTS:
            what = f"nested deeper than {DEEPEST} levels" if depth > DEEPEST else f"more than {MOST_ELEMENTS:,} elements"
            raise UnreadableError(what, line=parser.CurrentLineNumber, help="this is no feed or article that a reader could show")
        builder.start(tag, {name.rpartition("}")[2]: value for name, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag)

    def refuse(*_: Any) -> None:
        raise UnreadableError(
            "an XML entity is declared, which import does not read", line=parser.CurrentLineNumber, help="remove the DOCTYPE"
        )

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = lambda *_: 0
    try:
        # the declaration names the encoding of the bytes, which are text by now
        parser.Parse(_DECLARATION.sub("", clean(text)).encode(), True)
    except expat.ExpatError as error:
        raise UnreadableError(f"not well-formed XML: {expat.errors.messages.get(error.code, 'unreadable')}", line=error.lineno) from None
    return builder.close(), doubt


def name_of(element: Element) -> str:
    """The local name of an element, in small letters."""
    return element.tag.rpartition("}")[2].lower()


def child(element: Element, *names: str) -> Element | None:
    """The first child with one of these names, by the order of the names; Media RSS is another language."""
    for name in names:
        for part in element:
            if name_of(part) == name and "search.yahoo.com/mrss" not in part.tag:
                return part
    return None


def text_of(element: Element | None) -> str:
    """All text of an element on one line."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
