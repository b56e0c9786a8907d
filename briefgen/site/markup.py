"""Text that is HTML already: what briefgen rendered, and bodies with their links in place."""

import re

from markupsafe import Markup, escape

from briefgen.model import Prose
from briefgen.site.addresses import href

# a wide table scrolls by itself, with the keyboard too
_SCROLL = '<div class="scroll" tabindex="0"><table>'
_FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
"""How a formula begins in a spreadsheet, in full width, too."""
_MARKS = re.compile(r"(<img)?\x02(\d+)\x02|\x03(\d+)\x03")


def as_html(text: str) -> Markup:
    """The text marked as safe: every caller has escaped what people wrote."""
    return Markup(text)  # noqa: S704 – the one place where text becomes markup


def prose_html(prose: Prose) -> Markup:
    """The body with the address of each link in place; a link that leads nowhere is text with the class `unresolved`."""
    targets = prose.targets

    def resolved(match: re.Match[str]) -> str:
        image, link, wiki = match.groups()
        if wiki is not None:
            return str(escape(targets[int(wiki)].title))
        address = href(targets[int(link)].url) if targets[int(link)].url else ""
        if image:
            return f'<img src="{address}"' if address else '<img class="unresolved"'
        return f' href="{address}"' if address else ' class="unresolved"'

    html = _MARKS.sub(resolved, str(prose.html)) if targets else str(prose.html)
    if "<table>" in html:
        html = html.replace("<table>", _SCROLL).replace("</table>", "</table></div>")
    return as_html(html)


def csv_cell(value: object) -> Markup:
    r'''A cell of a CSV file; a text that a spreadsheet would take for a formula gets an apostrophe before it.

    >>> print(csv_cell('Say "so"'), csv_cell("=1+1"), csv_cell(" -1 "), csv_cell(0.25))
    "Say ""so""" "'=1+1" "' -1 " 0.25
    '''
    if not isinstance(value, str):
        return as_html(str(value))
    guard = "'" if value.lstrip()[:1] in _FORMULA else ""
    return as_html('"' + guard + value.replace('"', '""') + '"')
