"""Text that is HTML already: what briefgen rendered, and bodies with their links in place."""

import re

from markupsafe import Markup, escape

from briefgen.imagesize import Picture
from briefgen.model import Image, Prose
from briefgen.site.addresses import href
from briefgen.site.asmarkdown import escaped
from briefgen.site.pictures import WIDTHS, WORTH
from briefgen.text import one_line

# a wide table scrolls by itself, with the keyboard too
_SCROLL = '<div class="scroll" tabindex="0"><table>'
_SIZES = "(min-width: 44rem) 42rem, 100vw"
"""How wide a picture in the text is shown; on a small screen as wide as that."""
_FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
"""How a formula begins in a spreadsheet, in full width, too."""
_MARKS = re.compile(r"(<img)?\x02(\d+)\x02|\x03(\d+)\x03")


def as_html(text: str) -> Markup:
    """The text marked as safe: every caller has escaped what people wrote."""
    return Markup(text)  # noqa: S704 – the one place where text becomes markup


def prose_html(prose: Prose) -> Markup:
    """The body with the address of each link in place; a link that leads nowhere is text with the class `unresolved`.

    >>> print(prose_html(Prose("<p>A</p><table></table>", (), "")))
    <p>A</p><div class="scroll" tabindex="0"><table></table></div>
    """
    targets = prose.targets

    def resolved(match: re.Match[str]) -> str:
        image, link, wiki = match.groups()
        if wiki is not None:
            return str(escape(targets[int(wiki)].title))
        address = href(targets[int(link)].url) if targets[int(link)].url else ""
        if image:
            return f'<img {source(address, targets[int(link)].picture)} loading="lazy"' if address else '<img class="unresolved"'
        return f' href="{address}"' if address else ' class="unresolved"'

    html = _MARKS.sub(resolved, str(prose.html)) if targets else str(prose.html)
    if "<table>" in html:
        html = html.replace("<table>", _SCROLL).replace("</table>", "</table></div>")
    return as_html(html)


def source(address: str, picture: Picture | None, shown: int = 0) -> str:
    """The attributes of `<img>` that say which picture to load; it is `shown` so many pixels square, or as wide as the text.

    >>> source("https://a.example/b.jpg", Picture(1680, 1000, (("https://a.example/c.jpg", 672), ("https://a.example/d.jpg", 1344))))
    ... # doctest: +NORMALIZE_WHITESPACE
    'src="https://a.example/d.jpg" srcset="https://a.example/c.jpg 672w, https://a.example/d.jpg 1344w"
    sizes="(min-width: 44rem) 42rem, 100vw" width="1680" height="1000"'
    >>> source("a.png", Picture(320, 200)), source("a.png", None, 56)
    ('src="a.png" width="320" height="200"', 'src="a.png" width="56" height="56"')
    >>> source("a.png", Picture(500, 500, (("https://a.example/b.jpg", 112),)), 56)
    'src="https://a.example/b.jpg" width="56" height="56"'
    >>> source("https://a.example/b.jpg", Picture(1679, 9, (("https://a.example/c.jpg", 672),)))
    ... # doctest: +NORMALIZE_WHITESPACE
    'src="https://a.example/b.jpg" srcset="https://a.example/c.jpg 672w, https://a.example/b.jpg 1679w"
    sizes="(min-width: 44rem) 42rem, 100vw" width="1679" height="9"'
    >>> source("a.jpg", Picture(1500, 9, (("https://a.example/c.jpg", 672), ("https://a.example/d.jpg", 1344))))
    ... # doctest: +NORMALIZE_WHITESPACE
    'src="a.jpg" srcset="https://a.example/c.jpg 672w, https://a.example/d.jpg 1344w, a.jpg 1500w"
    sizes="(min-width: 44rem) 42rem, 100vw" width="1500" height="9"'
    """
    choice: list[tuple[str, int]] = [(href(url), width) for url, width in picture.smaller] if picture else []
    if shown:
        return f'src="{choice[0][0] if choice else address}" width="{shown}" height="{shown}"'
    if picture is None:
        return f'src="{address}"'
    if picture.width < WIDTHS[-1] * WORTH:
        choice.append((address, picture.width))
    size = f'width="{picture.width}" height="{picture.height}"'
    if len(choice) < 2:
        return f'src="{address}" {size}'
    return f'src="{choice[-1][0]}" srcset="{", ".join(f"{url} {width}w" for url, width in choice)}" sizes="{_SIZES}" {size}'


def img(image: Image, shown: int = 0) -> Markup:
    """`<img>` for a picture with all that it needs: smaller ones, width and height, alternative text.

    >>> print(img(Image("https://a.example/b.png", 'A "map" <x>', picture=Picture(320, 200))))
    <img src="https://a.example/b.png" width="320" height="200" alt="A &#34;map&#34; &lt;x&gt;">
    >>> print(img(Image("https://a.example/b.png", "A map", picture=Picture(320, 200)), 56))
    <img src="https://a.example/b.png" width="56" height="56" alt="A map">
    """
    return as_html(f'<img {source(href(image.src), image.picture, shown)} alt="{escape(image.alt)}">')


def plain(value: object) -> Markup:
    """A text as a file without markup has it: on one line, and as it was before it was escaped for HTML.

    >>> plain("a  <b>"), plain(Markup("Q&amp;A"))
    (Markup('a <b>'), Markup('Q&A'))
    """
    return as_html(one_line(value.unescape() if isinstance(value, Markup) else str(value)))


def markdown_text(value: object) -> Markup:
    r"""A text as a part of a Markdown file, in which nothing of it is markup.

    >>> print(markdown_text("*1* < 2"))
    \*1\* \< 2
    """
    return as_html(escaped(plain(value)))


def csv_cell(value: object) -> Markup:
    r'''A cell of a CSV file; a text that a spreadsheet would take for a formula gets an apostrophe before it.

    >>> print(csv_cell('Say "so"'), csv_cell("=1+1"), csv_cell(" -1 "), csv_cell(0.25))
    "Say ""so""" "'=1+1" "' -1 " 0.25
    '''
    if not isinstance(value, str):
        return as_html(str(value))
    text = str(value)  # of an address that is markup already, the letters
    guard = "'" if text.lstrip()[:1] in _FORMULA else ""
    return as_html('"' + guard + text.replace('"', '""') + '"')
