"""What stands in the head of a web page: JSON-LD and `meta`, as tables of text."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from briefgen.text import clean, one_line

Thing = dict[str, Any]

_ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report|Review|NewsStory)$", re.IGNORECASE)


def all_things(root: Any) -> list[Thing]:
    """Every object of the JSON-LD of a page, the ones inside others included; what is no JSON is passed over."""
    scripts = [script for script in root.iter("script") if "ld+json" in (script.get("type") or "").lower()]
    return [thing for script in scripts for thing in _things(_parsed(script.text_content()))]


def articles(things: list[Thing]) -> Iterator[Thing]:
    """The objects of JSON-LD that describe an article, the ones with a headline first."""
    found = [thing for thing in things if any(_ARTICLE_TYPES.search(kind) for kind in _kinds(thing))]
    yield from sorted(found, key=lambda thing: not (thing.get("headline") and thing.get("datePublished")))


def _parsed(text: str) -> Any:
    stripped = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>)\s*$", "", text or "").strip().rstrip(";")
    for candidate in (
        stripped,
        re.sub(r"[\x00-\x1f]+", " ", stripped),
        re.sub(r",\s*([}\]])", r"\1", re.sub(r"[\x00-\x1f]+", " ", stripped)),
    ):
        try:
            return json.loads(candidate)
        except (ValueError, RecursionError):
            continue
    return None


def _things(value: Any, depth: int = 0) -> Iterator[Thing]:
    if depth > 6:
        return
    if isinstance(value, list):
        for part in value:
            yield from _things(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart"):
            if isinstance(value.get(key), (list, dict)):
                yield from _things(value[key], depth + 1)


def _kinds(thing: Thing) -> list[str]:
    kind = thing.get("@type")
    return [part for part in (kind if isinstance(kind, list) else [kind]) if isinstance(part, str)]


def meta_of(root: Any) -> dict[str, str]:
    """What the `meta` elements of a page say, the first of each name."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = meta_name(element)
        content = text_of(element.get("content"))
        if name and content:
            found.setdefault(name, content)
    return found


def meta_name(element: Any) -> str:
    """The name that a `meta` element goes by, in small letters."""
    return (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()


def text_of(value: Any) -> str:
    """A declared text on one line; entities that were escaped twice are read."""
    if isinstance(value, list):
        value = next((part for part in value if isinstance(part, str)), "")
    return one_line(clean(html.unescape(value))) if isinstance(value, str) else ""


def name_of(value: Any) -> str:
    """The first name that a thing, a text, or a list of them gives."""
    return next(iter(names_of(value)), "")


def names_of(value: Any) -> list[str]:
    """The names that a thing, a text, or a list of them gives."""
    if isinstance(value, list):
        return [name for part in value for name in names_of(part)]
    if isinstance(value, dict):
        return names_of(value.get("name"))
    return [text_of(value)] if text_of(value) else []


def resolved(thing: Any, by_id: dict[str, Thing]) -> Any:
    """What a reference such as `{"@id": "#jane"}` leads to."""
    return by_id.get(str(thing.get("@id")), thing) if isinstance(thing, dict) and not thing.get("name") else thing
