"""Text that is HTML already: what briefgen rendered, and bodies with their links in place."""

import re

from markupsafe import Markup, escape

from briefgen.model import Prose
from briefgen.site.addresses import href

# a wide table scrolls by itself, with the keyboard too
_SCROLL = '<div class="scroll" tabindex="0"><table>'
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
