r"""What briefings add to CommonMark: wikilinks, callouts, task lists, anchors – and marks where links will go.

A link's `href` and an image's `src` are known only when the whole site is, so `html` holds a mark instead:
`\x02n\x02` in the tag of the n-th link, `\x03n\x03` where a wikilink without a label shows its target's title.
"""

import re
from collections.abc import MutableMapping, Sequence
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from briefgen.library.plain import plain_blocks
from briefgen.library.urls import ANCHOR_LENGTH, ANCHOR_PREFIX
from briefgen.model import Link
from briefgen.text import slug

LINK_MARK = "\x02"
TITLE_MARK = "\x03"
_EXTERNAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_CALLOUT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)")
_TASK = re.compile(r"\[([ xX])\] ")
_LONGEST_WIKILINK = 400


def add_marks(md: MarkdownIt) -> None:
    """Teach a parser what briefings add; it then expects `links`, `findings`, `line` and `room` in its environment."""
    md.inline.ruler.before("link", "wikilink", _wikilink)
    md.core.ruler.after("block", "callouts", _callouts)
    for name, rule in (("lines", _lines), ("anchors", _anchors), ("tasks", _tasks), ("aligned", _aligned)):
        md.core.ruler.push(name, rule)
    md.add_render_rule("link_open", _link_open)
    md.add_render_rule("image", _image)
    md.add_render_rule("wikilink", _render_wikilink)
    md.add_render_rule("footnote_block_open", _footnotes)
    md.add_render_rule("footnote_block_close", _end_of_footnotes)


def _footnotes(*_: object) -> str:
    """A section, as the plugin has it, would need a heading."""
    return '<hr class="footnotes-sep">\n<div class="footnotes">\n<ol class="footnotes-list">\n'


def _end_of_footnotes(*_: object) -> str:
    return "</ol>\n</div>\n"


class GrowthError(Exception):
    """A text makes more HTML than its author can have meant."""


def _spend(token: Token, env: MutableMapping[str, Any]) -> None:
    # each use of a reference repeats its address and title: thirty kilobytes can become gigabytes before anyone looks
    env["room"] -= sum(len(str(value)) for value in token.attrs.values())
    if env["room"] < 0:
        raise GrowthError


def _wikilink(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[[", state.pos):
        return False
    end = state.src.find("]]", state.pos + 2, min(state.posMax, state.pos + _LONGEST_WIKILINK))
    inside = state.src[state.pos + 2 : end] if end > 0 else ""
    target, bar, label = inside.partition("|")
    if not target.strip() or "[" in inside or "\n" in inside:
        return False
    if not silent:
        token = state.push("wikilink", "a", 0)
        token.content = label.strip() if bar else ""
        token.meta = {"target": target.strip()}
    state.pos = end + 2
    return True


def _callouts(state: StateCore) -> None:
    for index, token in enumerate(state.tokens):
        if token.type != "blockquote_open" or index + 2 >= len(state.tokens):
            continue
        inline = state.tokens[index + 2]
        match = _CALLOUT.match(inline.content) if inline.type == "inline" else None
        if match:
            kind = match[1].lower()
            token.tag = "aside"
            token.attrs.update({"class": f"callout {kind}", "role": "note", "aria-label": kind.title()})
            inline.content = inline.content[match.end() :]
            _close_callout(state.tokens, index)


def _close_callout(tokens: Sequence[Token], opened: int) -> None:
    for token in tokens[opened + 1 :]:
        if token.type == "blockquote_close" and token.level == tokens[opened].level:
            token.tag = "aside"
            return


def _lines(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.map:
            line = token.map[0]
            for child in token.children or ():
                child.meta["line"] = line
                line += child.type in ("softbreak", "hardbreak")


def _anchors(state: StateCore) -> None:
    taken: set[str] = set()
    numbers: dict[str, int] = {}

    def name_of(text: str) -> str:
        name = base = ANCHOR_PREFIX + slug(text, ANCHOR_LENGTH)
        while name in taken:
            numbers[base] = numbers.get(base, 1) + 1
            name = f"{base}-{numbers[base]}"
        taken.add(name)
        state.env["anchors"].append(name)
        return name

    for index, token in enumerate(state.tokens):
        if token.type == "heading_open":
            token.attrSet("id", name_of("".join(child.content for child in state.tokens[index + 1].children or ())))
        elif token.type == "plain":
            for block in plain_blocks(token):
                if block.tag[0] == "h":
                    block.html = f'<{block.tag} id="{name_of(block.first)}"{block.html[len(block.tag) + 1 :]}'


def _tasks(state: StateCore) -> None:
    for index in range(2, len(state.tokens)):
        token, opened = state.tokens[index], state.tokens[index - 2]
        children = token.children
        if token.type != "inline" or opened.type != "list_item_open" or not children or children[0].type != "text":
            continue
        match = _TASK.match(children[0].content)
        if match:
            opened.attrSet("class", "task")
            box = Token("html_inline", "", 0)
            done = match[1] != " "
            box.content = f'<span class="box" role="img" aria-label="{"done" if done else "open"}">{"☑" if done else "☐"}</span> '
            children[0].content = children[0].content[match.end() :]
            children.insert(0, box)


def _aligned(state: StateCore) -> None:
    # markdown-it writes style= on aligned cells, which a strict Content-Security-Policy blocks
    for token in state.tokens:
        style = token.attrs.pop("style", None) if token.type in ("th_open", "td_open") else None
        if style:
            token.attrSet("class", str(style).replace("text-align:", "align-"))


def _link_open(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
    token = tokens[index]
    _spend(token, env)
    href = str(token.attrs.get("href", ""))
    if _EXTERNAL.match(href):
        return self.renderToken(tokens, index, options, env)
    mark = _mark(env, Link("link", unquote(href), _line(token, env)))
    del token.attrs["href"]
    return f"<a{mark}{self.renderAttrs(token)}>"


def _image(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
    token = tokens[index]
    _spend(token, env)
    src = str(token.attrs.pop("src", ""))
    alt = self.renderInlineAsText(token.children or [], options, env)
    line = _line(token, env)
    if not alt.strip():
        message = f"the image `{unquote(src)}` has no alternative text"
        env["findings"].append(("BG206", line, message, "say what it shows: `![…](…)`", unquote(src)))
    if _EXTERNAL.match(src):
        # the site sends its readers to no other origin unasked
        message = f"the image `{unquote(src)}` is on another site: it is linked, not shown"
        env["findings"].append(("BG203", line, message, "save it beside the briefing", unquote(src)))
        token.attrs = {"href": src}
        return f"<a{self.renderAttrs(token)}>{_escape(alt or src)}</a>"
    mark = _mark(env, Link("image", unquote(src), line))
    token.attrs = {"alt": alt, **{name: value for name, value in token.attrs.items() if name == "title"}}
    return f"<img{mark}{self.renderAttrs(token)}>"


def _render_wikilink(_self: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, env: MutableMapping[str, Any]) -> str:
    token = tokens[index]
    number = len(env["links"])
    mark = _mark(env, Link("wiki", token.meta["target"], _line(token, env)))
    label = _escape(token.content) if token.content else f"{TITLE_MARK}{number}{TITLE_MARK}"
    return f"<a{mark}>{label}</a>"


def _mark(env: MutableMapping[str, Any], link: Link) -> str:
    env["links"].append(link)
    return f"{LINK_MARK}{len(env['links']) - 1}{LINK_MARK}"


def _line(token: Token, env: MutableMapping[str, Any]) -> int:
    return int(env["line"]) + int(token.meta.get("line", 0))


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
