"""IPTC ninjs, versions 1 to 3: news as JSON."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from briefgen.importing.accounts import unread
from briefgen.importing.article import Article, Block, Dropped
from briefgen.importing.bylines import parse_byline, with_byline
from briefgen.importing.encodings import decode
from briefgen.importing.fragments import fragment_text, parse_fragment
from briefgen.importing.layout import parse_layout
from briefgen.importing.persons import clean_authors
from briefgen.importing.report import UnreadableError
from briefgen.model import ReviewNote, Source
from briefgen.text import clean, one_line, web_address

_DATES = ("contentcreated", "firstcreated", "firstpublished", "versioncreated", "contentmodified")


def read_ninjs(content: bytes) -> Iterator[Article]:
    """The articles of a ninjs file: one object, a list of them, or a list under `items`."""
    text, doubt = decode(content)
    try:
        told = json.loads(clean(text))
    except json.JSONDecodeError as error:
        raise UnreadableError(f"not readable as JSON: {error.msg}", line=error.lineno) from None
    except (ValueError, RecursionError):
        raise UnreadableError("not readable as JSON: numbers too long or nested too deeply") from None
    found = [thing for thing in _things(told) if _is_ninjs(thing)]
    if not found:
        raise UnreadableError("JSON, but no ninjs article: none with a headline and a body", help="import reads IPTC ninjs 1 to 3")
    for thing in found:
        yield _article(thing, doubt)


def _things(told: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(told, dict):
        items = told.get("items") if isinstance(told.get("items"), list) else None
        yield from _things(items) if items is not None else iter([told])
    elif isinstance(told, list):
        yield from (thing for thing in told if isinstance(thing, dict))


def _is_ninjs(thing: Mapping[str, Any]) -> bool:
    return any(key in thing for key in ("uri", "headline", "headlines")) and any(key.startswith("bod") for key in thing)


def _article(thing: Mapping[str, Any], doubt: str) -> Article:
    publisher = next(iter(_values(thing, "infosource", "infosources", key="name")), "")
    source = Source(name=publisher, agency=publisher, url=_url(thing))
    bylines = _values(thing, "byline", "bylines", key="value")
    for text in bylines:
        said = parse_byline(text) or parse_byline(f"By {text}")
        if said:
            source = with_byline(source, said)
    if bylines and not source.authors:
        source = Source(name=source.name, agency=source.agency, url=source.url, authors=clean_authors(bylines, publisher))
    blocks, dropped = _blocks(thing)
    return Article(
        source,
        blocks,
        "ninjs",
        title=next(iter(_values(thing, "headline", "headlines", "title", key="value")), ""),
        date=next((date for key in _DATES if (date := _text(thing.get(key)))), ""),
        summary=next(iter(_values(thing, "description_text", "descriptions", key="value")), ""),
        lang=_text(thing.get("language"))[:20],
        topics=tuple(_values(thing, "subject", "subjects", key="name")),
        people=tuple(_values(thing, "person", "people", "persons", key="name")),
        dropped=dropped,
        review=(ReviewNote("encoding", doubt),) if doubt else (),
    )


def _blocks(thing: Mapping[str, Any]) -> tuple[tuple[Block, ...], tuple[Dropped, ...]]:
    """The main body, as HTML where there is HTML, and what its other versions say beside it."""
    bodies = [body for body in _list(thing.get("bodies")) if isinstance(body, dict)]
    main = [body for body in bodies if body.get("role", "main") == "main"] or bodies
    markup = [value for key in ("body_html", "body_xhtml") if isinstance(value := thing.get(key), str)]
    markup += [value for body in main if "html" in str(body.get("contenttype")) and isinstance(value := body.get("value"), str)]
    texts = [value for value in (thing.get("body_text"), *(body.get("value") for body in main)) if isinstance(value, str)]
    texts = [clean(text) for text in texts if text not in markup]
    for text in markup:
        if blocks := parse_fragment(text):
            others = [block.text for one in markup if one != text for block in parse_fragment(one)]
            return blocks, tuple(unread("duplicate", [*others, *(line for one in texts for line in one.split("\n"))], blocks))
    for text in texts:
        if blocks := parse_layout(text):
            return blocks, tuple(unread("duplicate", [line for one in texts if one != text for line in one.split("\n")], blocks))
    return (), ()


def _values(thing: Mapping[str, Any], *keys: str, key: str) -> list[str]:
    """The texts under one of the keys, which hold a text, a list of texts, or tables with a `key` or `name`."""
    found: list[str] = []
    for name in keys:
        # of several headlines or descriptions the main one
        for value in sorted(_list(thing.get(name)), key=lambda value: not isinstance(value, dict) or value.get("role") != "main"):
            given = (value.get(key) or value.get("name") or value.get("value")) if isinstance(value, dict) else value
            found += [text for text in [_text(given)] if text]
    return found


def _list(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    return one_line(clean(fragment_text(value) if "<" in value else value)) if isinstance(value, str) else ""


def _url(thing: Mapping[str, Any]) -> str:
    for key in ("url", "canonical", "uri"):
        if url := web_address(_text(thing.get(key))):
            return url
    return ""
