"""Trees of markup – HTML, XHTML in a feed, trafilatura's XML – as blocks in reading order."""

import re
from dataclasses import dataclass, field
from typing import Any

from briefgen.importing.article import Block
from briefgen.text import clean, one_line

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SAME = {"list": "ul", "item": "li", "quote": "blockquote", "lb": "br", "row": "tr", "cell": "td", "hl2": "h2", "head": "h2"}
_BREAKING = frozenset(
    [
        *("p", "div", "section", "article", "main", "aside", "header", "footer", "nav", "ul", "ol", "li", "dl", "dt", "dd"),
        *(
            "blockquote",
            "pre",
            "table",
            "thead",
            "tbody",
            "tfoot",
            "tr",
            "td",
            "th",
            "caption",
            "figure",
            "figcaption",
            "address",
            "details",
        ),
        *(
            "summary",
            "hr",
            "form",
            "fieldset",
            "center",
            "body",
            "html",
            "body.content",
            "block",
            "media",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
        ),
    ]
)
_SILENT = frozenset(
    [
        *("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "applet", "button", "input", "select"),
        *("textarea", "head", "option", "title", "link", "meta", "base", "audio", "video", "canvas", "map"),
    ]
)
_DEEPEST = 200
_BLANKS = re.compile(r"\s+")


@dataclass(slots=True)
class _Walk:
    """The blocks so far, and the words of the one that is being read."""

    blocks: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def read_blocks(root: Any) -> tuple[Block, ...]:
    """The blocks of an element (ElementTree's or lxml's); scripts, forms and what else nobody reads are left out."""
    walk = _Walk()
    _visit(root, walk, "paragraph", 0, 0)
    _end(walk, "paragraph", 0)
    return tuple(walk.blocks)


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
    breaks = tag in _BREAKING
    if breaks:
        _end(walk, kind, level)
    _say(walk, element.text)
    for child in element:
        _visit(child, walk, inner, inner_level, depth + 1)
        _say(walk, child.tail)
    if breaks:
        _end(walk, inner, inner_level)


def _name(element: Any) -> str:
    tag = element.tag
    if not isinstance(tag, str):
        return "script"  # a comment or a processing instruction
    name = tag.rpartition("}")[2].lower()
    if name == "head" and element.get("rend"):
        return str(element.get("rend")) if element.get("rend") in _HEADINGS else "h2"
    return _SAME.get(name, name)


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


def _say(walk: _Walk, text: str | None) -> None:
    if text:
        walk.words.append(_BLANKS.sub(" ", text))


def _end(walk: _Walk, kind: str, level: int) -> None:
    """Close the block that is being read; two line breaks in a row are a paragraph's end."""
    text = "".join(walk.words)
    walk.words.clear()
    if not text.strip():
        return
    text = clean(text)
    for part in re.split(r"\n\s*\n", text):
        lines = [one_line(line) for line in part.split("\n")]
        shown = "\n".join(line for line in lines if line)
        if shown:
            shown = one_line(shown) if kind == "heading" else shown
            walk.blocks.append(Block(kind, shown, level))  # type: ignore[arg-type]  # `kind` is one of Block's, told by the tag


def _whole(element: Any, walk: _Walk, tag: str, kind: str, level: int) -> bool:
    """A table or a listing is one block; False where it is only layout or a word among others."""
    if tag == "table":
        rows = [[plain_text(cell) for cell in row if _name(cell) in ("td", "th")] for row in element.iter() if _name(row) == "tr"]
        rows = [row for row in rows if any(row)]
        if len(rows) < 2 or max(map(len, rows)) < 2 or any(len(cell) > 300 for row in rows for cell in row):
            return False
        _end(walk, kind, level)
        walk.blocks.append(Block("table", "\n".join("\t".join(row) for row in rows)))
        return True
    text = clean("".join(element.itertext())).strip("\n")
    if tag == "code" and "\n" not in text:
        return False
    _end(walk, kind, level)
    if text.strip():
        walk.blocks.append(Block("code", text))
    return True


def count_words(blocks: tuple[Block, ...]) -> int:
    """How many words stand in the blocks."""
    return sum(len(block.text.split()) for block in blocks)
