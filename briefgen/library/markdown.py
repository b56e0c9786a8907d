"""Markdown becomes a Body: HTML with marks for its links, its anchors, its first paragraph, its number of words."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from briefgen.config import MarkdownSettings
from briefgen.digest import digest, digest_of
from briefgen.library.bounds import ExcessError, add_bounds, check_bounds
from briefgen.library.marks import GrowthError, add_marks
from briefgen.library.plain import add_plain_blocks, plain_blocks
from briefgen.model import Body
from briefgen.text import one_line, words

DEEPEST = 100
MOST_GROWTH = 20
ALWAYS_ALLOWED = 1_000_000
LEDE = 300

_FOOTNOTE = re.compile(r"\[\^([^\]]+)\]:")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_ALLOWED_SCHEMES = {"http", "https", "mailto"}


class Report(Protocol):
    """Where findings about the text go: code, line, column, sentence, what to do, the word in the line that it is about."""

    def fault_at(self, code: str, line: int, column: int, message: str, help: str = "", *, word: str = "") -> None:
        """Take one finding."""


def render_markdown(text: str, first_line: int, settings: MarkdownSettings, report: Report) -> Body:
    """The body that a Markdown text makes, as `clean` leaves it; `first_line` is where it starts in its file.

    Reports BG205, and gives an empty body, when the text is beyond the bounds of `bounds`, nests deeper than `DEEPEST` or
    makes more HTML than `MOST_GROWTH` times its own size (and more than 1 MB); reports images without alternative text.
    Nothing is dropped unsaid.
    """
    md = parser(settings)
    room = max(ALWAYS_ALLOWED, MOST_GROWTH * len(text))
    env: dict[str, Any] = {"links": [], "findings": [], "anchors": [], "line": first_line, "room": room}
    try:
        check_bounds(text, quotes=settings.typographer)
        tokens = md.parse(text, env)
    except ExcessError as excess:
        report.fault_at("BG205", env["line"] + excess.line, 0, excess.message, excess.help)
        return EMPTY
    deepest = max(tokens, key=_level, default=None)
    if deepest and deepest.level >= DEEPEST - 1:
        line = env["line"] + (deepest.map[0] if deepest.map else 0)
        report.fault_at("BG205", line, 0, f"nested deeper than {DEEPEST // 2} levels", "use fewer levels of lists and quotes")
        return EMPTY
    try:
        html = md.renderer.render(tokens, md.options, env)
    except GrowthError:
        html = ""
    if len(html) > room or env["room"] < 0:
        message = f"{len(text):,} characters become more than {room:,} of HTML"
        report.fault_at("BG205", first_line, 0, message, "shorten the targets of reference links")
        return EMPTY
    _report_unused_footnotes(env, text, first_line)
    for code, line, message, cure, word in env["findings"]:
        report.fault_at(code, line, 0, message, cure, word=word)
    return _body(html, tokens, env)


def _report_unused_footnotes(env: dict[str, Any], text: str, first_line: int) -> None:
    unused = [label.removeprefix(":") for label, number in env.get("footnotes", {}).get("refs", {}).items() if number < 0]
    if unused:
        lines = {found[1]: number for number, line in enumerate(text.split("\n")) if (found := _FOOTNOTE.search(line))}
        for name in unused:
            line = first_line + lines.get(name, 0)
            cure = "it is not shown; refer to it, or delete it"
            env["findings"].append(("BG212", line, f"nothing refers to the footnote `[^{name}]`", cure, f"[^{name}]"))


def _body(html: str, tokens: Sequence[Token], env: dict[str, Any]) -> Body:
    links, anchors = tuple(env["links"]), tuple(env["anchors"])
    count = words("\n".join([text for token in tokens for text in _texts(token)]))
    mark = digest_of(html, anchors, str(count), digest(links) if links else None)
    return Body(html, links, anchors, _shortened(one_line(_lede(tokens))), count, mark)


def _texts(token: Token) -> Sequence[str]:
    """What a reader reads in a token: a text for each paragraph, heading, item or cell."""
    if token.type == "plain":
        # with its markup, which stands at words and makes none
        return [text for block in plain_blocks(token) for text in block.marked]
    if token.type != "inline":
        return ()
    read = [child for child in token.children or () if child.type != "html_inline"]
    return ("".join(child.content or (" " if child.type.endswith("break") else "") for child in read),)


def _lede(tokens: Sequence[Token]) -> str:
    for index, token in enumerate(tokens):
        if token.type == "plain":
            found = next((block for block in plain_blocks(token) if block.tag == "p"), None)
            if found:
                return found.first
        elif token.tag == "p" and not token.level:
            return _texts(tokens[index + 1])[0]
    return ""


def _shortened(text: str) -> str:
    return text if len(text) <= LEDE else text[:LEDE].rpartition(" ")[0] + "…"


def _level(token: Token) -> int:
    return token.level


@cache
def parser(settings: MarkdownSettings) -> MarkdownIt:
    """The one parser for these settings; without its rule `plain` it makes the same of a text, more slowly."""
    options = {"html": settings.raw_html, "typographer": settings.typographer, "maxNesting": DEEPEST, "linkify": False}
    md = MarkdownIt("js-default", options)
    md.validateLink = _is_allowed  # type: ignore[method-assign]  # the parser's own seam for this
    md.disable("normalize")  # `clean` has done that
    md.use(footnote_plugin).use(deflist_plugin).use(add_marks).use(add_bounds)
    if settings.typographer:
        # it changes text after it has been parsed
        md.enable(["replacements", "smartquotes"])
    else:
        md.use(add_plain_blocks)
    return md


def _is_allowed(url: str) -> bool:
    scheme = _SCHEME.match(re.sub(r"[\x00-\x20]", "", url))
    return scheme is None or scheme[1].lower() in _ALLOWED_SCHEMES


EMPTY = Body("", (), (), "", 0, digest(""))
