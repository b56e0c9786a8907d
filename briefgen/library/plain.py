r"""The short way for plain blocks: prose, headings, lists, quotes, tables and code become HTML in one step.

Most of what a briefing holds is prose in which no rule of Markdown has anything to do, and finding that out rule by rule and line by
line is most of what a build costs. Here one expression for each shape of block proves it at once. The short way is a rule of the
parser's own chains: it takes the blocks at the top of a text before the parser looks at its lines, and, from the first block on that
takes the long way, each run of blocks that no other block holds. What it does not recognise takes the long way, and so does all that
is in doubt.
What it makes equals what the long way makes, byte for byte; `shapes.py` says why.
"""

import re
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from briefgen.library.shapes import Cut, recognised

_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_BETWEEN = "\x1e"
"""Stands between the texts of a run of blocks; no shape takes a text that holds it."""


@dataclass(slots=True)
class PlainBlock:
    """A block that took the short way, or paragraphs in a row: tag, texts with their markup, HTML."""

    tag: str
    marked: Sequence[str]
    html: str

    @property
    def first(self) -> str:
        """The first of its texts, as a reader reads it."""
        text = self.marked[0].replace("*", "").replace("`", "")
        return _LINK.sub(r"\1", text) if "[" in text else text


def add_plain_blocks(md: MarkdownIt) -> None:
    """Teach a parser the short way; its tokens are of the type `plain`, and each stands for a run of blocks."""
    md.core.ruler.before("block", "plain", _plain_top)
    md.block.ruler.before("table", "plain", _plain_blocks)
    md.add_render_rule("plain", _render)


def plain_blocks(token: Token) -> Sequence[PlainBlock]:
    """The blocks that a token of the type `plain` stands for."""
    return cast("Sequence[PlainBlock]", token.meta["blocks"])


def _plain_top(state: StateCore) -> None:
    token, end = _run(state.src, _end_of_breaks(state.src, 0))
    if token:
        state.tokens.append(token)
    end = _end_of_breaks(state.src, end)
    # the lines of the tokens to come count from where the rest begins
    state.env["line"] += state.src.count("\n", 0, end)
    state.src = state.src[end:]


def _plain_blocks(state: StateBlock, line: int, _end: int, _silent: bool) -> bool:
    if state.level:
        return False
    token, end = _run(state.src, state.bMarks[line])
    if token:
        state.tokens.append(token)
        state.line = line + 1 + state.src.count("\n", state.bMarks[line], end)
    return token is not None


def _end_of_breaks(text: str, at: int) -> int:
    while text.startswith("\n", at):
        at += 1
    return at


def _run(text: str, at: int) -> tuple[Token | None, int]:
    """One token for all plain blocks from a place on, and where the last of them ends."""
    cuts, end = [], at
    while found := recognised(text, at):
        cut, end = found
        cuts.append(cut)
        at = _end_of_breaks(text, end)
    return (Token("plain", "", 0, meta={"blocks": _drawn(cuts)}), end) if cuts else (None, at)


def _drawn(cuts: Sequence[Cut]) -> list[PlainBlock]:
    # what is done to a text is done to all of them at once: a call for each would cost more than the work
    whole = _BETWEEN.join([text for cut in cuts for text in cut.texts])
    html = _html(whole).split(_BETWEEN)
    blocks, at = [], 0
    for tag, texts, draw in cuts:
        end = at + len(texts)
        blocks.append(PlainBlock(tag, texts, draw(html[at:end])))
        at = end
    return blocks


def _html(text: str) -> str:
    # a shape has recognised the text: every mark in it belongs to a pair, every `[` to a link
    html = escapeHtml(text)
    for mark, tag in (("`", "code"), ("**", "strong"), ("*", "em")):
        if mark in html:
            parts = html.split(mark)
            parts[1::2] = [f"<{tag}>{part}</{tag}>" for part in parts[1::2]]
            html = "".join(parts)
    return _LINK.sub(r'<a href="\2">\1</a>', html) if "[" in html else html


def _render(_self: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: MutableMapping[str, Any]) -> str:
    return "".join([block.html for block in plain_blocks(tokens[index])])
