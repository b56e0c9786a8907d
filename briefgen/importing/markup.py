"""Trees of markup – HTML, XHTML in a feed, trafilatura's XML – as blocks in reading order."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from briefgen.importing.article import Block
from briefgen.text import clean, one_line

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SAME = {"item": "li", "quote": "blockquote", "lb": "br", "row": "tr", "cell": "td", "hl2": "h2", "head": "h2"}
_BREAKING = frozenset(
    [
        *("p", "div", "section", "article", "main", "aside", "header", "footer", "nav", "ul", "ol", "li", "dl", "dt", "dd"),
        *("blockquote", "pre", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "figure", "figcaption"),
        *("address", "details", "summary", "hr", "form", "fieldset", "center", "body", "html", "body.content", "block"),
        *("media", "h1", "h2", "h3", "h4", "h5", "h6"),
    ]
)
_SILENT = frozenset(
    [
        *("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "applet", "button", "input", "select"),
        *("textarea", "head", "option", "title", "link", "meta", "base", "audio", "video", "canvas", "map"),
    ]
)
_DEEPEST = 300


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, the element that it stands in, and which part of its characters are links."""

    block: Block
    element: Any
    linked: float


@dataclass(slots=True)
class _Walk:
    """The blocks so far; the words of the one that is being read, how many of their characters are links, and where it stands.

    `counts` has the next number of each list around it, `number` that of the item whose first words are still to come.
    """

    placed: list[Placed] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    linked: int = 0
    in_link: bool = False
    path: list[Any] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    number: str = ""


def read_blocks(root: Any) -> tuple[Block, ...]:
    """The blocks of an element (ElementTree's or lxml's); scripts, forms and what else nobody reads are left out."""
    return tuple(placed.block for placed in read_placed(root))


def read_placed(root: Any) -> tuple[Placed, ...]:
    """The blocks of an element as `read_blocks` gives them, each with its place."""
    walk = _Walk(path=[root])
    _visit(root, walk, "paragraph", 0, 0)
    _end(walk, "paragraph", 0)
    return tuple(walk.placed)


def plain_text(root: Any) -> str:
    """The words of an element on one line."""
    return one_line(" ".join(block.text for block in read_blocks(root)))


def _visit(element: Any, walk: _Walk, kind: str, level: int, depth: int) -> None:
    tag = _name(element)
    if tag in _SILENT or depth > _DEEPEST:
        return
    if tag == "br":
        walk.words.append("\n")
        return
    if tag in ("table", "pre", "code") and _whole(element, walk, tag, kind, level):
        return
    inner, inner_level = _kind(tag, kind, level)
    breaks, in_link = tag in _BREAKING, walk.in_link
    if breaks:
        _end(walk, kind, level)
        walk.path.append(element)
        _count(element, tag, walk)
    walk.in_link = in_link or tag == "a"
    if text := element.text:
        _say(walk, text)
    for child in element:
        _visit(child, walk, inner, inner_level, depth + 1)
        if text := child.tail:
            _say(walk, text)
    walk.in_link = in_link
    if breaks:
        _end(walk, inner, inner_level)
        walk.path.pop()
        if tag in ("ul", "ol"):
            walk.counts.pop()


def _count(element: Any, tag: str, walk: _Walk) -> None:
    """Note the number that an item has in its list; in one without numbers it has none."""
    if tag in ("ul", "ol"):
        start = element.get("start") or "1"
        walk.counts.append(int(start) if tag == "ol" and re.fullmatch(r"[0-9]{1,8}", start) else 1 if tag == "ol" else 0)
    elif tag == "li":
        number = walk.counts[-1] if walk.counts else 0
        walk.number = f"{number}." if number else ""
        if number:
            walk.counts[-1] += 1


def _name(element: Any) -> str:
    name = _local(element.tag)
    if name == "list":
        return "ol" if element.get("rend") == "ol" else "ul"
    if name == "head" and element.get("rend"):
        return str(element.get("rend")) if element.get("rend") in _HEADINGS else "h2"
    return _SAME.get(name, name)


@lru_cache(1_000)
def _local(tag: Any) -> str:
    # a comment or a processing instruction has a function for its tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else "script"


def _kind(tag: str, kind: str, level: int) -> tuple[str, int]:
    if tag in _HEADINGS:
        return "heading", _HEADINGS[tag]
    if tag == "li":
        return "item", level + 1 if kind == "item" else 0
    if tag in ("dt", "dd"):
        return "paragraph", 0
    if tag == "blockquote":
        return "quote", 0
    return kind, level


def _say(walk: _Walk, text: str) -> None:
    if not walk.words and text.isspace():
        return  # between two elements, where no block has begun
    # the only line breaks that count are those of `br`; other blanks are taken together when the block ends
    walk.words.append(text.replace("\n", " ").replace("\r", " "))
    if walk.in_link:
        walk.linked += len(text.strip())


def _end(walk: _Walk, kind: str, level: int) -> None:
    """Close the block that is being read, if any; two line breaks in a row are a paragraph's end."""
    if not walk.words:
        return
    text, linked = "".join(walk.words), walk.linked
    walk.words.clear()
    walk.linked = 0
    if text.isspace():
        return
    share = min(1.0, linked / len(one_line(text)))
    text = clean(text)
    for part in re.split(r"\n\s*\n", text) if "\n" in text else (text,):
        shown = "\n".join(line for each in part.split("\n") if (line := one_line(each)))
        if shown:
            shown = one_line(shown) if kind == "heading" else shown
            block = Block(kind, shown, level, number=walk.number if kind == "item" else "")  # type: ignore[arg-type]  # `kind` is one of Block's, told by the tag
            walk.number = "" if kind == "item" else walk.number
            walk.placed.append(Placed(block, walk.path[-1], share))


def _whole(element: Any, walk: _Walk, tag: str, kind: str, level: int) -> bool:
    """A table or a listing is one block; False where it is only layout or a word among others."""
    if tag == "table":
        rows = [[plain_text(cell) for cell in row if _name(cell) in ("td", "th")] for row in element.iter() if _name(row) == "tr"]
        rows = [row for row in rows if any(row)]
        if len(rows) < 2 or max(map(len, rows)) < 2 or any(len(cell) > 300 for row in rows for cell in row):
            return False
        _end(walk, kind, level)
        walk.placed.append(Placed(Block("table", "\n".join("\t".join(row) for row in rows)), element, 0.0))
        return True
    text = clean("".join(element.itertext())).strip("\n")
    if tag == "code" and "\n" not in text:
        return False
    _end(walk, kind, level)
    if text.strip():
        walk.placed.append(Placed(Block("code", text), element, 0.0))
    return True
