"""Markdown with or without front matter: Hugo, Jekyll, Pelican, clippings of Obsidian."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count, zip_longest
from typing import TYPE_CHECKING, Any

from briefgen.importing.article import Article, Block, Dropped
from briefgen.importing.encodings import decode
from briefgen.importing.metadata import parse_metadata
from briefgen.importing.persons import clean_authors
from briefgen.model import ReviewNote, Source
from briefgen.text import clean, one_line, web_address

if TYPE_CHECKING:
    from markdown_it.token import Token

_Token = tuple["Token", "Token | None"]
_WIKILINK = re.compile(r"!?\[\[(?:[^\]|]*\|)?([^\]|]+)\]\]")
_TEMPLATE = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
_UNSEEN = re.compile(
    r"<!--\s*(?:more|excerpt|truncate)\s*-->"
    r"|\{\{[<%]\s*/?\s*\w[^{}\n]*[>%]\}\}"  # Hugo's shortcodes
    r"|\{%-?\s*(?:include|link|post_url|highlight|endhighlight)\b[^%\n]*-?%\}"
    r"|(?<=\s)\^[\w-]+$|^%%[^\n]*%%$|!\[\[[^\]\n]*\]\]|(?<=^> )\[!\w+\][+-]?[ \t]*",  # Obsidian's marks, comments, embeds and callouts
    re.MULTILINE,
)
_HIGHLIGHT = re.compile(r"==(?=\S)([^=\n]+)(?<=\S)==")
_COLLECTIONS = frozenset(["clippings", "clipping", "news", "post", "posts", "blog"])


def read_markdown(content: bytes) -> Iterator[Article]:
    """The one article of a Markdown file; front matter that cannot be read is noted and shown as text."""
    found, doubt = decode(content)
    text = clean(found)
    notes = [ReviewNote("encoding", doubt)] if doubt else []
    table, body, fault = parse_metadata(text)
    if fault:
        notes.append(ReviewNote("body", f"the front matter could not be read and stands in the text: {fault}"))
    above = text.count("\n") - body.count("\n")
    given = {key.casefold(): value for key, value in table.items()}
    address = _first(given, "source", "url", "link", "canonical_url", "original_url")
    url = web_address(address)
    yield Article(
        Source(
            name=_first(given, "publisher", "site", "sitename", "publication") or ("" if url else address),
            authors=clean_authors(_texts(given, "author", "authors", "byline")),
            url=url,
            retrieved=_first(given, "created", "clipped", "retrieved") if "published" in given else "",
        ),
        tuple(replace(block, line=block.line and above + block.line) for block in parse_blocks(_seen(body) if table else body)),
        "markdown",
        title=_first(given, "title", "headline"),
        date=_first(given, "published", "date", "pubdate", "created"),
        summary=_first(given, "description", "summary", "excerpt"),
        lang=_first(given, "lang", "language"),
        topics=tuple(
            topic for topic in _texts(given, "tags", "topics", "keywords", "category", "categories") if topic.casefold() not in _COLLECTIONS
        ),
        dropped=tuple(_unseen(body, above)) if table else (),
        review=tuple(notes),
    )


def _unseen(body: str, above: int) -> Iterator[Dropped]:
    """The marks that nobody is shown, each once, with the line of the file in which it stands; `above` are the lines above the body."""
    lines: dict[str, int] = {}
    for mark in _UNSEEN.finditer(body):
        lines.setdefault(mark[0], above + body.count("\n", 0, mark.start()) + 1)
    return (Dropped("mark", mark, line) for mark, line in lines.items())


def _seen(text: str) -> str:
    """The text without what the program that it was written for shows nobody, or shows as something else."""
    return _HIGHLIGHT.sub(r"\1", _UNSEEN.sub("", text))


def parse_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of Markdown as a reader would see them, without emphasis, addresses and images."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("js-default", {"linkify": False, "typographer": False})
    blocks: list[Block] = []
    quotes, rows = 0, list[list[str]]()
    for (token, inline), (depth, number) in _with_lists(_with_inline(parser.parse(_TEMPLATE.sub("", _WIKILINK.sub(r"\1", text))))):
        line = token.map[0] + 1 if token.map else 0
        quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type == "heading_open":
            blocks.append(Block("heading", one_line(_words(inline)), int(token.tag[1]), line))
        elif token.type == "paragraph_open" and (words := _words(inline)):
            blocks.append(Block("item" if depth else "quote" if quotes else "paragraph", words, max(0, depth - 1), line, number))
        elif token.type in ("fence", "code_block"):
            blocks.append(Block("code", token.content.rstrip("\n"), line=line))
        elif token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            rows[-1].append(_words(inline).replace("\t", " "))
        elif token.type == "table_close":
            blocks.append(Block("table", "\n".join("\t".join(row) for row in rows)))
            rows.clear()
    return tuple(block for block in blocks if block.text.strip())


def _with_inline(tokens: list["Token"]) -> Iterator[_Token]:
    for token, following in zip_longest(tokens, tokens[1:]):
        yield token, following if following is not None and following.type == "inline" else None


def _with_lists(tokens: Iterable[_Token]) -> Iterator[tuple[_Token, tuple[int, str]]]:
    """The tokens with the number of lists that they stand in and, where a numbered item's first paragraph opens, its number."""
    lists: list[Iterator[int] | None] = []
    number = ""
    for token, inline in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            start = token.attrGet("start")
            lists.append(count(1 if start is None else int(start)) if token.type == "ordered_list_open" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            number = f"{next(counted)}." if (counted := lists[-1]) else ""
        yield (token, inline), (len(lists), number)
        if token.type == "paragraph_open":
            number = ""


def _words(inline: "Token | None") -> str:
    parts = []
    for token in (inline.children or []) if inline else []:
        if token.type in ("text", "code_inline", "html_inline"):
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak":
            parts.append("\n")
    return "\n".join(one_line(line) for line in clean("".join(parts)).split("\n")).strip()


def _texts(given: Mapping[str, Any], *keys: str) -> list[str]:
    values: list[Any] = []
    for key in keys:
        value = given.get(key)
        values += value if isinstance(value, list) else [value]
    return [one_line(_WIKILINK.sub(r"\1", clean(text))) for text in _strings(values) if text.strip()]


def _strings(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, dict):
            yield str(value.get("name") or "")
        elif value is not None and not isinstance(value, (list, bool)):
            yield str(value)


def _first(given: Mapping[str, Any], *keys: str) -> str:
    return next(iter(_texts(given, *keys)), "")
