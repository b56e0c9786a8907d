"""Bounds: how much markup a text may hold, so that no text takes the parser more than seconds and some hundred megabytes.

A book of a thousand pages stays far below them. Each was measured on texts of 2 MB that hold nothing but the mark in question.
"""

import re
from itertools import islice

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

MOST_LINES = 100_000
MOST_MARKS = 150_000
MOST_OPEN_BRACKETS = 20_000
MOST_TOKENS = 400_000
"""Pieces of block structure: an item of a list is four of them, a cell of a table three."""

_MARK = re.compile(r"[\[\]!*_~`<&\\|^]")
_MARK_OR_QUOTE = re.compile(r"[\[\]!*_~`<&\\|^\"']")
_OPEN_BRACKET = re.compile(r"\[(?=[^\[\]]*+(?:\[|\Z))")
"""One whose next neighbour is another one, or which has none: what is opened here may have to be looked for up to the end."""

_CURE = "split the text, or put it between two lines ``` if it is no Markdown"


class ExcessError(Exception):
    """A text is beyond the bounds: from which line on, counted from 0, what there is too much of, and what to do."""

    def __init__(self, line: int, message: str, help: str = _CURE) -> None:
        super().__init__(message)
        self.line, self.message, self.help = line, message, help


def check_bounds(text: str, *, quotes: bool = False) -> None:
    """Raises ExcessError for a text that nobody should parse; `quotes` counts quotation marks, which a typographer turns."""
    if len(text) < min(MOST_LINES, MOST_MARKS, MOST_OPEN_BRACKETS):
        return
    if text.count("\n") > MOST_LINES:
        raise ExcessError(MOST_LINES, f"more than {MOST_LINES:,} lines")
    for most, pattern, name in (
        (MOST_OPEN_BRACKETS, _OPEN_BRACKET, "brackets `[` that are not closed or hold others"),
        (MOST_MARKS, _MARK_OR_QUOTE if quotes else _MARK, "characters that mark something in Markdown"),
    ):
        beyond = next(islice(pattern.finditer(text), most, None), None)
        if beyond:
            raise ExcessError(text.count("\n", 0, beyond.start()), f"more than {most:,} {name}")


def add_bounds(md: MarkdownIt) -> None:
    """Teach a parser to stop, with ExcessError, at a text whose blocks have more pieces than anybody reads."""
    md.block.ruler.before("table", "bounds", _bounded)


def _bounded(state: StateBlock, line: int, _end: int, _silent: bool) -> bool:
    if len(state.tokens) > MOST_TOKENS:
        raise ExcessError(line, f"more than {MOST_TOKENS:,} lists, items, quotes and paragraphs")
    return False
