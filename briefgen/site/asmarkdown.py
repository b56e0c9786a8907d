"""The HTML of a body as Markdown again: what briefgen renders is regular, so that a twin reads as the page does."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import unescape

from briefgen.text import one_line

_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)([^<>]*)>|([^<]+|<)")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_VOID = frozenset(("br", "hr", "img", "input", "source"))
_SIGN = re.compile(r"[\\`*_\[\]<>~|]|&(?=#?\w+;)")
_BEGIN = re.compile(r"^(\s*(?=[#+=-])|\s*\d+(?=[.)]))([#+=.)-])", re.MULTILINE)


@dataclass(slots=True)
class _Element:
    """An element, or with the tag "" a text."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: "list[_Element]" = field(default_factory=list)
    text: str = ""

    def has(self, name: str) -> bool:
        return name in self.attributes.get("class", "").split()


def markdown_of(html: str) -> str:
    r"""Markdown that reads as this HTML does; addresses stay as they are.

    >>> markdown_of('<h2 id="s-a">A <em>b</em></h2>\n<ul>\n<li>1 * 2</li>\n<li><a href="x/">c</a></li>\n</ul>')
    '## A *b*\n\n- 1 \\* 2\n- [c](x/)'
    """
    return re.sub(r" +\n", "\n", "\n\n".join(_blocks(_parse(html).inside)))


def escaped(text: str) -> str:
    r"""A text as one line of Markdown in which nothing is markup.

    >>> escaped("# 1 *b* <x>")
    '\\# 1 \\*b\\* \\<x\\>'
    """
    return _escaped(one_line(text))


def _escaped(text: str) -> str:
    return _BEGIN.sub(r"\1\\\2", _SIGN.sub(r"\\\g<0>", text))


def _parse(html: str) -> _Element:
    root = _Element("")
    above = [root]
    for closes, tag, attributes, text in _TAG.findall(html):
        name = tag.lower()
        if text:
            above[-1].inside.append(_Element("", text=unescape(text)))
        elif closes:
            if any(element.tag == name for element in above[1:]):
                while above.pop().tag != name:
                    pass
        else:
            element = _Element(name, {key: unescape(value) for key, value in _ATTRIBUTE.findall(attributes)})
            above[-1].inside.append(element)
            if name not in _VOID:
                above.append(element)
    return root


# -- blocks -------------------------------------------------------------------------------------------------------


def _blocks(elements: Iterable[_Element]) -> list[str]:
    found: list[str] = []
    run: list[_Element] = []
    for element in elements:
        if element.tag in _BLOCKS or element.tag in _AROUND:
            found += _paragraph(run)
            run = []
            found += _BLOCKS[element.tag](element) if element.tag in _BLOCKS else _blocks(element.inside)
        else:
            run.append(element)
    return [*found, *_paragraph(run)]


def _paragraph(run: Sequence[_Element]) -> list[str]:
    text = _inline(run).strip()
    return [text] if text else []


def _heading(element: _Element) -> list[str]:
    return [f"{'#' * int(element.tag[1])} {_inline(element.inside).strip()}"]


def _listing(element: _Element) -> list[str]:
    lines, is_loose = [], False
    for number, item in enumerate((one for one in element.inside if one.tag == "li"), int(element.attributes.get("start", "1") or 1)):
        mark = f"{number}. " if element.tag == "ol" else "- "
        blocks = _blocks(item.inside)
        is_loose = is_loose or any(one.tag == "p" for one in item.inside)
        text = ("\n\n" if any(one.tag == "p" for one in item.inside) else "\n").join(blocks)
        lines.append(mark + text.replace("\n", "\n" + " " * len(mark)))
    return [("\n\n" if is_loose else "\n").join(lines)]


def _quote(element: _Element) -> list[str]:
    inside = "\n\n".join(_blocks(element.inside))
    if element.has("callout"):
        inside = f"[!{element.attributes['class'].split()[-1].upper()}]\n{inside}"
    return ["\n".join(f"> {line}".rstrip() for line in inside.split("\n"))]


def _code(element: _Element) -> list[str]:
    text = _text(element).removesuffix("\n")
    lang = next((name for one in element.inside for name in one.attributes.get("class", "").split() if name.startswith("language-")), "")
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return [f"{fence}{lang.removeprefix('language-')}\n{text}{chr(10) * bool(text)}{fence}"]


def _table(element: _Element) -> list[str]:
    rows = [[_inline(cell.inside).strip().replace("\n", " ") for cell in row] for row in _rows(element)]
    if not rows:
        return []
    signs = {"align-left": ":---", "align-center": ":---:", "align-right": "---:"}
    head = [signs.get(cell.attributes.get("class", ""), "---") for cell in _rows(element)[0]]
    return ["\n".join(f"| {' | '.join(row)} |" for row in (rows[0], head, *rows[1:]))]


def _rows(element: _Element) -> list[list[_Element]]:
    rows = []
    for one in element.inside:
        cells = [cell for cell in one.inside if cell.tag in ("th", "td")]
        rows += [cells] if one.tag == "tr" and cells else _rows(one)
    return rows


def _terms(element: _Element) -> list[str]:
    lines = []
    for one in element.inside:
        if one.tag == "dt":
            lines.append(_inline(one.inside).strip())
        elif one.tag == "dd":
            lines.append(": " + "\n\n".join(_blocks(one.inside)).replace("\n", "\n  "))
    return ["\n".join(lines)]


def _notes(element: _Element) -> list[str]:
    notes = [item for one in element.inside for item in one.inside if item.tag == "li"]
    return [f"[^{number}]: " + "\n\n".join(_blocks(note.inside)).replace("\n", "\n    ") for number, note in enumerate(notes, 1)]


_BLOCKS: dict[str, Callable[[_Element], list[str]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    "p": lambda element: _paragraph(element.inside),
    "ul": _listing,
    "ol": _listing,
    "blockquote": _quote,
    "aside": _quote,
    "pre": _code,
    "table": _table,
    "dl": _terms,
    "div": lambda element: _notes(element) if element.has("footnotes") else _blocks(element.inside),
    "hr": lambda element: [] if element.has("footnotes-sep") else ["---"],
}
_AROUND = frozenset(("section", "figure", "main", "article", "details", "summary", "figcaption"))


# -- text ---------------------------------------------------------------------------------------------------------


def _inline(elements: Iterable[_Element]) -> str:
    return "".join(_shown(element) for element in elements)


def _shown(element: _Element) -> str:  # noqa: PLR0911 – a line for each kind of text
    inside = _inline(element.inside)
    match element.tag:
        case "":
            return _escaped(element.text)
        case "em" | "strong" | "s":
            mark = {"em": "*", "strong": "**", "s": "~~"}[element.tag]
            return f"{mark}{inside}{mark}" if inside.strip() else inside
        case "code":
            text = _text(element)
            fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
            return f"{fence}{' ' * (len(fence) > 1)}{text}{' ' * (len(fence) > 1)}{fence}"
        case "a":
            address = element.attributes.get("href", "")
            address = f"<{address}>" if "(" in address else address
            return "" if element.has("footnote-backref") else f"[{inside}]({address})" if address else inside
        case "img":
            return f"![{_escaped(element.attributes.get('alt', ''))}]({element.attributes.get('src', '')})"
        case "br":
            return "\\"
        case "sup" if element.has("footnote-ref"):
            return f"[^{_text(element).strip('[]').partition(':')[0]}]"
        case "span" if element.has("box"):
            return "[x]" if "☑" in _text(element) else "[ ]"
        case _:
            return inside


def _text(element: _Element) -> str:
    return element.text + "".join(_text(one) for one in element.inside)
