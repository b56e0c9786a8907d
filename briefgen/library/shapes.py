r"""The shapes of plain blocks: prose, headings, lists, quotes, tables and code in which no other rule of Markdown has anything to do.

What is recognised here means to the parser what it seems to mean, because of these facts about markdown-it's rules:

* text: nothing inline begins but at ``\ ` * _ ~ ^ [ ] ! & <`` or the end of a line; at `!` only before `[`, at `&` only an entity;
* emphasis: a run of `*` after a space and before something else can only open; after a letter or digit and before punctuation, or
  after something else and before a space, it can only close; so runs without others inside pair as they stand;
* code: one backtick closes what one backtick opened; without `*` and brackets inside, no other rule sees it;
* links: a label without markup and an address that is in its normal form already become what they are;
* words: marks stand before or behind something else than a space, so there are as many with them as without;
* lines: each begins as no other block can begin, so the block ends at the empty line behind it;
* what follows: a definition (`:` or `~`) would make the paragraph its term; indented text or one more item would join the list.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from markdown_it.common.utils import escapeHtml, mdTrim

_NO_ENTITY = r"&(?![#\w]*;)"
# possessive: text inside repeated inline pieces that could be cut in more than one way would be tried in all of them
_TEXT = rf"(?:[^\n\t\x1e\\`*_~^\[\]!&<]++|!(?!\[)|{_NO_ENTITY})++"
_EMPHASIS = "|".join(
    rf"(?<![^ \n]){mark}(?=\S){_TEXT}(?:(?<=\S){mark}(?![^ \n])|(?<=[^\W_]){mark}(?=[.,;:!?)…—”’\"']))" for mark in (r"\*\*", r"\*")
)
_CODE = r"(?<!`)`(?=\S)[^\n\t\x1e`*\[\]]++(?<=\S)`(?!`)"
_ADDRESS = (
    r"https?://[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){1,5}"
    rf"(?:[/?\#](?:[A-Za-z0-9/._~+=,:@?\#-]|%[0-9A-Fa-f]{{2}}|{_NO_ENTITY})*+)?"
)
_INLINE = rf"(?:{_TEXT}|{_EMPHASIS}|{_CODE}|\[(?=\S){_TEXT}(?<=\S)\]\({_ADDRESS}\))+(?<=\S)"
_LINE = rf"(?=[^\W\d_]|\d+[^\d.)]|[\"'“‘„«(—–…$€£]|\*|\[|`){_INLINE}"
_ITEM = rf"(?:[*+-]|\d{{1,9}}\.) {_LINE}"

_LINES = rf"(?>{_LINE}(?:\n{_LINE})*)"

_PARAGRAPHS = re.compile(rf"{_LINES}(?:\n\n+{_LINES})*(?=\n\n+(?![\s:~])|\n*\Z)")
_HEADING = re.compile(rf"(\#{{1,6}}) +(?=\S)({_INLINE})(?<!\#)(?=\n(?![ \t]*[|:-])|\Z)")
_LIST = re.compile(rf"{_ITEM}(?:\n *{_ITEM})*(?=\n\n+(?![\s:~*+-]|\d+[.)])|\n*\Z)")
_QUOTE = re.compile(rf"> {_LINE}(?:\n> {_LINE})*(?=\n\n|\n*\Z)")
_TABLE = re.compile(r"\|[^\n]*\|\n\|[ :|-]+\|(?:\n\|[^\n]*\|)*(?=\n\n|\n*\Z)")
_FENCE = re.compile(r"```([A-Za-z0-9+#-]*)\n((?:(?! {0,3}```)[^\n]*\n)*)```(?=\n|\Z)")

_BREAKS = re.compile(r"\n\n+")
_CELL = re.compile(_INLINE)
_DELIMITER = re.compile(r"(:?)-+(:?)")
_MARKER = re.compile(r"^( *)(\S+) (.*)", re.MULTILINE)
_ALIGNED = {("", ""): "", (":", ""): ' class="align-left"', ("", ":"): ' class="align-right"', (":", ":"): ' class="align-center"'}
_DEEPEST = 10


class Cut(NamedTuple):
    """A block that was recognised, or paragraphs in a row: tag, texts with their markup, and how their HTML becomes its own.

    There is a text for each paragraph, item or cell; every mark in it belongs to a pair, every `[` to a link.
    """

    tag: str
    texts: Sequence[str]
    draw: Callable[[Sequence[str]], str]


def recognised(text: str, at: int) -> tuple[Cut, int] | None:
    """The plain block that begins at a place in a text, and where it ends; None for any other block."""
    for shape, cut in _SHAPES:
        match = shape.match(text, at)
        if match:
            made = cut(match)
            return (made, match.end()) if made else None
    return None


def _paragraphs(match: re.Match[str]) -> Cut:
    return Cut("p", _BREAKS.split(match[0]), _drawn_paragraphs)


def _drawn_paragraphs(html: Sequence[str]) -> str:
    return "<p>" + "</p>\n<p>".join(html) + "</p>\n"


def _heading(match: re.Match[str]) -> Cut:
    tag = f"h{len(match[1])}"
    return Cut(tag, (match[2],), lambda html: f"<{tag}>{html[0]}</{tag}>\n")


def _quote(match: re.Match[str]) -> Cut:
    return Cut("blockquote", (match[0][2:].replace("\n> ", "\n"),), lambda html: f"<blockquote>\n<p>{html[0]}</p>\n</blockquote>\n")


def _fence(match: re.Match[str]) -> Cut:
    language = f' class="language-{match[1]}"' if match[1] else ""
    html = f"<pre><code{language}>{escapeHtml(match[2])}</code></pre>\n"
    return Cut("pre", (), lambda _: html)


class _List(NamedTuple):
    """A list that is open: the column of its markers, their kind, its tag, the column in which its last item's text begins."""

    column: int
    kind: str
    tag: str
    inside: int


def _list(match: re.Match[str]) -> Cut | None:
    """A list whose items stand exactly below each other, or below the text of the item that holds them."""
    texts, before = [], []
    lists: list[_List] = []
    for indent, marker, text in _MARKER.findall(match[0]):
        column, kind = len(indent), marker.lstrip("0123456789")
        closed = ""
        while lists and column < lists[-1].column:
            closed += f"</li>\n</{lists.pop().tag}>\n"
        if lists and (column, kind) == (lists[-1].column, lists[-1].kind):
            before.append(f"{closed}</li>\n<li>")
            lists[-1] = lists[-1]._replace(inside=column + len(marker) + 1)
        elif closed or column != (lists[-1].inside if lists else 0) or marker not in ("-", "*", "+", "1.") or len(lists) > _DEEPEST:
            return None
        else:
            lists.append(_List(column, kind, "ol" if kind == "." else "ul", column + len(marker) + 1))
            before.append(f"{'' if column == 0 else chr(10)}<{lists[-1].tag}>\n<li>")
        texts.append(text)
    after = "".join(f"</li>\n</{one.tag}>\n" for one in reversed(lists))
    return Cut(lists[0].tag, texts, lambda html: "".join([part for pair in zip(before, html, strict=True) for part in pair]) + after)


def _table(match: re.Match[str]) -> Cut | None:
    first, second, *rest = [[mdTrim(cell) for cell in line[1:-1].split("|")] for line in match[0].split("\n")]
    sides = [_DELIMITER.fullmatch(cell) for cell in second]
    cells = [cell for row in (first, *rest) for cell in row]
    if (
        {len(row) for row in (first, *rest)} != {len(sides)}
        or not all(sides)
        or not all(not cell or _CELL.fullmatch(cell) for cell in cells)
    ):
        return None
    classes = [_ALIGNED[side[1], side[2]] for side in sides if side]
    return Cut("table", cells, partial(_drawn_table, classes))


def _drawn_table(classes: Sequence[str], html: Sequence[str]) -> str:
    rows = [html[at : at + len(classes)] for at in range(0, len(html), len(classes))]
    head, *body = [
        "<tr>\n" + "".join(f"<{tag}{side}>{cell}</{tag}>\n" for side, cell in zip(classes, row, strict=True)) + "</tr>\n"
        for tag, row in zip(["th", *["td"] * len(rows)], rows, strict=False)
    ]
    inside = f"<tbody>\n{''.join(body)}</tbody>\n" if body else ""
    return f"<table>\n<thead>\n{head}</thead>\n{inside}</table>\n"


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Cut | None]], ...] = (
    (_PARAGRAPHS, _paragraphs),
    (_HEADING, _heading),
    (_LIST, _list),
    (_QUOTE, _quote),
    (_TABLE, _table),
    (_FENCE, _fence),
)
