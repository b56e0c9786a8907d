"""Blocks as Markdown that shows what the reader of the raw article saw, whatever characters stand in it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefgen.importing.article import Block

_ANYWHERE = re.compile(r"[\\`*\[<]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|~(?=~)|(?<=~)~")
_AT_START = re.compile(r"(?P<number>\d{1,9})[.)](?=\s|$)|[-+](?=\s|$)|[-=](?=[-= \t]*$)|#(?=#{0,5}(?:\s|$))|>|[:~](?=\s|$)|---|\|")
_DIGITS = re.compile(r"[0-9]{1,9}")
_DEEPEST = 9
"""Lists in lists, beyond which items stand beside each other: nobody reads them, and a build refuses what is nested too deeply."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """An item under which others may stand: where its text begins, and for a numbered one its mark and number."""

    content: str
    mark: str = ""
    number: int = 0


def render_markdown(blocks: Iterable[Block]) -> str:
    r"""The blocks as CommonMark, one blank line between them; lists and quotations stay together, numbers are kept.

    >>> render_markdown((Block("heading", "A # B", 2), Block("paragraph", "1986. *New*"), Block("item", "one"), Block("item", "two")))
    '## A # B\n\n1986\\. \\*New\\*\n\n- one\n- two\n'
    """
    pieces: list[str] = []
    before = ""
    listed: list[_Listed] = []
    for block in blocks:
        if pieces:
            pieces.append(_BETWEEN.get(block.kind, "\n\n") if before == block.kind else "\n\n")
        if block.kind != "item":
            listed.clear()
            # behind a list indented lines would belong to its last item
            pieces.append(_fenced(block) if block.kind == "code" and before == "item" else _RENDER[block.kind](block))
        else:
            del listed[_level(block) + 1 :]
            pieces.append(_item(block, listed))
        before = block.kind
    return "".join(pieces) + "\n" if pieces else ""


def escape(text: str) -> str:
    r"""One line of text in which no character means anything to Markdown.

    >>> escape("# no heading"), escape("- no item"), escape("---"), escape("a_b __init__ 5 < 6 & 7 &copy;")
    ('\\# no heading', '\\- no item', '\\---', 'a_b \\_\\_init\\_\\_ 5 \\< 6 & 7 \\&copy;')
    """
    text = _ANYWHERE.sub(lambda found: "\\" + found[0], text.strip())
    found = _AT_START.match(text)
    if not found:
        return text
    at = found.end("number") if found["number"] else 0
    return f"{text[:at]}\\{text[at:]}"


def _paragraph(block: Block) -> str:
    return "\\\n".join(escape(line) for line in _lines(block.text))


def _heading(block: Block) -> str:
    text = escape(" ".join(block.text.split()))
    # a closing row of # belongs to the mark, not to the text
    return "#" * max(2, min(6, block.level)) + " " + re.sub(r"(?:(?<=\s)|^)(#+)$", r"\\\1", text)


def _item(block: Block, listed: list[_Listed]) -> str:
    """The item under those before it on its way down, of which it takes the place of the last one as deep as itself."""
    before = listed.pop() if len(listed) > _level(block) else None
    indent = listed[-1].content if listed else ""
    digits = _DIGITS.search(block.number)
    number, gap = int(digits[0]) if digits else 0, ""
    if digits:
        follows = before is not None and before.mark and number == before.number + 1
        # another mark begins another list, which counts from its own first number; only one from 1 on may do without a blank line
        mark = before.mark if before and follows else ")" if before and before.mark == "." else "."
        gap = "\n" if not follows and number != 1 and (before or listed) else ""
        opening, text = f"{number}{mark} ", block.text
        listed.append(_Listed(indent + " " * len(opening), mark, number))
    else:
        opening, text = "- ", f"{block.number} {block.text}"
        listed.append(_Listed(indent + "  "))
    return gap + indent + opening + f"\\\n{listed[-1].content}".join(escape(line) for line in _lines(text))


def _level(block: Block) -> int:
    return max(0, min(block.level, _DEEPEST))


def _quote(block: Block) -> str:
    return "> " + "\\\n> ".join(escape(line) for line in _lines(block.text))


def _code(block: Block) -> str:
    return "\n".join(f"    {line}".rstrip() for line in block.text.strip("\n").split("\n"))


def _fenced(block: Block) -> str:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", block.text)), default=0))
    return f"{fence}\n{block.text}\n{fence}"


def _table(block: Block) -> str:
    rows = [[_cell(cell) for cell in row.split("\t")] for row in block.text.split("\n")]
    width = max(len(row) for row in rows)
    rows = [row + [""] * (width - len(row)) for row in rows]
    lines = [rows[0], ["---"] * width, *rows[1:]]
    return "\n".join("| " + " | ".join(row) + " |" for row in lines)


def _cell(text: str) -> str:
    return escape(text).replace("|", "\\|") if text.strip() != "|" else "\\|"


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if line.strip())


_BETWEEN = {"item": "\n", "quote": "\n>\n"}
"""What stands between two blocks of a kind that belong together; between others there is a blank line."""
_RENDER = {"paragraph": _paragraph, "heading": _heading, "quote": _quote, "code": _code, "table": _table}
