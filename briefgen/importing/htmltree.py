"""HTML as a tree, whole or not at all."""

import re
from typing import Any

from briefgen.importing.report import UnreadableError, needs_libraries

DEEPEST = 255
"""Levels of elements that libxml2 reads; it leaves out everything behind the first one that is deeper."""
_NOTHING = re.compile(rb"<(?=[!sS])(?:!(?:---?>|\[CDATA\[)|script\b[^<>]*/>)", re.IGNORECASE)
_TEXT = frozenset(
    [
        *("b", "big", "blockquote", "br", "center", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("hr", "i", "img", "li", "menu", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup", "table", "u", "ul"),
    ]
)


def parse_html(text: str) -> Any:
    """The lxml tree of a page or a piece of one, in which nothing hides text that a browser shows.

    Raises UnreadableError where lxml is missing, where there is nothing to read, and where elements are nested too deeply.
    """
    try:
        from lxml import etree, html
    except ImportError:
        raise needs_libraries() from None
    # browsers close these at once; libxml2 would read on to the next end tag or comment and lose the text between
    markup = _NOTHING.sub(b"", text.encode()).replace(b"]]>", b"").replace(b"--!>", b"-->")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    # the lookup that lxml.html comes with is asked, in Python, each time that an element is looked at
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    try:
        root = html.document_fromstring(markup, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise UnreadableError(f"no web page: {error}", code="BG604" if "empty" in str(error).lower() else "BG601") from None
    if len(parser.error_log.filter_types([etree.ErrorTypes.ERR_RESOURCE_LIMIT])):
        hint = "save the article alone, without the page around it"
        raise UnreadableError(f"elements are nested deeper than {DEEPEST} levels", code="BG603", help=hint)
    for drawing in list(root.iter("svg", "math")):
        _end_drawing(drawing)
    return root


def _end_drawing(drawing: Any) -> None:
    """Put what is no drawing behind it: browsers end one at the first element of text, libxml2 only at its end tag."""
    first = next((element for element in drawing.iterdescendants() if element.tag in _TEXT), None)
    parent = drawing.getparent()
    if first is None or parent is None:
        return
    outside = [first, *first.itersiblings()]
    branch = first.getparent()
    while branch is not drawing:
        outside += branch.itersiblings()
        branch = branch.getparent()
    outside[-1].tail = f"{outside[-1].tail or ''}{drawing.tail or ''}"
    drawing.tail = None
    for place, element in enumerate(outside, parent.index(drawing) + 1):
        parent.insert(place, element)
