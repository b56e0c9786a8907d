"""HTML as a tree, whole or not at all."""

from typing import Any

from briefgen.importing.report import UnreadableError, needs_libraries

DEEPEST = 255
"""Levels of elements that libxml2 reads; it leaves out everything behind the first one that is deeper."""


def parse_html(markup: bytes) -> Any:
    """The lxml tree of a page or a piece of one, in UTF-8.

    Raises UnreadableError where lxml is missing, where there is nothing to read, and where elements are nested too deeply.
    """
    try:
        from lxml import etree, html
    except ImportError:
        raise needs_libraries() from None
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
    return root
