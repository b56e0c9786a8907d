r"""The short way for plain blocks: running text, headings, simple bullet lists and quotes become HTML in one step.

Most of what a briefing holds is prose in which no rule of Markdown has anything to do, and finding that out rule by rule and line by
line is most of what a build costs. Here one expression for each shape of block proves it at once. The short way is a rule of the
parser's own chains: it takes the blocks at the top of a text before the parser looks at its lines, and, from the first block on that
takes the long way, each block that no other block holds. What it does not recognise takes the long way, and so does all that is in doubt.

What it makes equals what the long way makes, byte for byte, because of these facts about markdown-it's rules:

* text: nothing inline begins but at ``\ ` * _ ~ ^ [ ] ! & <`` or the end of a line; at `!` only before `[`, at `&` only an entity;
* emphasis: a run of `*` after a space and before something else can only open; after a letter or digit and before punctuation, or
  after something else and before a space, it can only close; so runs without others inside pair as they stand;
* links: a label without markup and an address that is in its normal form already become what they are;
* lines: each begins as no other block can begin, so the block ends at the empty line behind it;
* what follows: a definition (`:` or `~`) would make the paragraph its term; indented text or one more bullet would join the list.
"""

import re
from collections.abc import Callable, MutableMapping, Sequence
from typing import Any, cast

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

_NO_ENTITY = r"&(?![#\w]*;)"
# possessive: text inside repeated inline pieces that could be cut in more than one way would be tried in all of them
_TEXT = rf"(?:[^\n\t\\`*_~^\[\]!&<]++|!(?!\[)|{_NO_ENTITY})++"
_EMPHASIS = "|".join(
    rf"(?<![^ \n]){mark}(?=\S){_TEXT}(?:(?<=\S){mark}(?![^ \n])|(?<=[^\W_]){mark}(?=[.,;:!?)…—”’\"']))" for mark in (r"\*\*", r"\*")
)
_ADDRESS = (
    r"https?://[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){1,5}"
    rf"(?:[/?\#](?:[A-Za-z0-9/._~+=,:@?\#-]|%[0-9A-Fa-f]{{2}}|{_NO_ENTITY})*+)?"
)
_INLINE = rf"(?:{_TEXT}|{_EMPHASIS}|\[{_TEXT}\]\({_ADDRESS}\))+(?<=\S)"
_LINE = rf"(?=[^\W\d_]|\d+[^\d.)]|[\"'“‘„«(—–…$€£]|\*|\[){_INLINE}"

_PARAGRAPH = re.compile(rf"{_LINE}(?:\n{_LINE})*(?=\n\n+(?![\s:~])|\n*\Z)")
_HEADING = re.compile(rf"(\#{{1,6}}) +(?=\S)({_INLINE})(?<!\#)(?=\n(?![ \t]*[|:-])|\Z)")
_BULLETS = re.compile(rf"([*+-]) {_LINE}(?:\n\1 {_LINE})*(?=\n\n+(?![\s:~*+-])|\n*\Z)")
_QUOTE = re.compile(rf"> {_LINE}(?:\n> {_LINE})*(?=\n\n|\n*\Z)")

_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


def add_plain_blocks(md: MarkdownIt) -> None:
    """Teach a parser the short way; its tokens are of the type `plain` and hold finished HTML."""
    md.core.ruler.before("block", "plain", _plain_top)
    md.block.ruler.before("table", "plain", _plain_block)
    md.add_render_rule("plain", _render)


def plain_texts(token: Token) -> Sequence[str]:
    """The texts of a plain block without its markup: of a list one for each of its points, else one."""
    return cast("Sequence[str]", token.meta["texts"])


def _plain_top(state: StateCore) -> None:
    at = _end_of_breaks(state.src, 0)
    while found := _plain_at(state.src, at):
        token, end = found
        state.tokens.append(token)
        at = _end_of_breaks(state.src, end)
    # the lines of the tokens to come count from where the rest begins
    state.env["line"] += state.src.count("\n", 0, at)
    state.src = state.src[at:]


def _end_of_breaks(text: str, at: int) -> int:
    while text.startswith("\n", at):
        at += 1
    return at


def _plain_block(state: StateBlock, line: int, _end: int, _silent: bool) -> bool:
    found = None if state.level else _plain_at(state.src, state.bMarks[line])
    if found:
        token, end = found
        state.tokens.append(token)
        state.line = line + 1 + state.src.count("\n", state.bMarks[line], end)
    return found is not None


def _plain_at(text: str, at: int) -> tuple[Token, int] | None:
    for shape, make in _SHAPES:
        match = shape.match(text, at)
        if match:
            return make(match), match.end()
    return None


def _paragraph(match: re.Match[str]) -> Token:
    return _token("p", _html(match[0]), [match[0]])


def _heading(match: re.Match[str]) -> Token:
    return _token(f"h{len(match[1])}", _html(match[2]), [match[2]])


def _bullets(match: re.Match[str]) -> Token:
    points = [line[2:] for line in match[0].split("\n")]
    inside = _html("\n".join(points)).replace("\n", "</li>\n<li>")
    return _token("ul", f"\n<li>{inside}</li>\n", points)


def _quote(match: re.Match[str]) -> Token:
    text = match[0][2:].replace("\n> ", "\n")
    return _token("blockquote", f"\n<p>{_html(text)}</p>\n", [text])


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Token]], ...] = (
    (_PARAGRAPH, _paragraph),
    (_HEADING, _heading),
    (_BULLETS, _bullets),
    (_QUOTE, _quote),
)


def _token(tag: str, html: str, texts: Sequence[str]) -> Token:
    return Token("plain", tag, 0, content=html, meta={"texts": [_without_markup(text) for text in texts]})


def _html(text: str) -> str:
    # a shape has recognised the text: every `*` in it belongs to emphasis that is closed, every `[` to a link
    html = escapeHtml(text)
    if "*" in html:
        html = _emphasised(_emphasised(html, "**", "strong"), "*", "em")
    return _LINK.sub(r'<a href="\2">\1</a>', html) if "[" in html else html


def _emphasised(html: str, mark: str, tag: str) -> str:
    parts = html.split(mark)
    parts[1::2] = [f"<{tag}>{part}</{tag}>" for part in parts[1::2]]
    return "".join(parts)


def _without_markup(text: str) -> str:
    text = text.replace("*", "")
    return _LINK.sub(r"\1", text) if "[" in text else text


def _render(self: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: MutableMapping[str, Any]) -> str:
    token = tokens[index]
    return f"<{token.tag}{self.renderAttrs(token)}>{token.content}</{token.tag}>\n"
