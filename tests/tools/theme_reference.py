"""Writes the reference of docs/themes.md – what each template finds – and the list of a version's names, from the types themselves.

python -m tests.tools.theme_reference
"""

import datetime as dt
import re
import types
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cached_property
from typing import Any

from briefgen.site import environment, fileshows, shows
from briefgen.site.view import SiteView
from tests.worlds import REPOSITORY

DOCUMENT = REPOSITORY / "docs" / "themes.md"
LIST = REPOSITORY / "tests" / "cases" / "theme" / f"context-{shows.CONTEXT}.txt"
"""Every name that templates have found since this version began. Lines are added here; one that must go makes it another version."""
BEGIN, END = "<!-- made from the types: begin -->\n", "<!-- made from the types: end -->\n"
_TEMPLATES = re.compile(r"`([\w.]+\.(?:html|xml|json|txt|md))`")


def reference() -> str:
    """Markdown for every template and every value that one can show."""
    pages, values = _pages(), _values()
    said = f"This is version {shows.CONTEXT} of what templates find.\n"
    return "\n".join((said, *(_page(kind) for kind in pages), "### Values\n", *(_value(kind) for kind in values)))


def context() -> list[str]:
    """A line for each name that templates find, with its type, sorted."""
    return sorted(f"{kind.__name__}.{name}: {_type(what)}" for kind in (*_pages(), *_values()) for name, what in _names(kind))


def _pages() -> list[type[Any]]:
    return [kind for module in (shows, fileshows) for kind in _kinds(module) if _TEMPLATES.search(kind.__doc__ or "")]


def _values() -> list[type[Any]]:
    pages = _pages()
    return [SiteView, environment.PageView, *(kind for kind in _reached(pages) if kind not in pages)]


def _kinds(module: types.ModuleType) -> Iterator[type[Any]]:
    for kind in vars(module).values():
        if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.__name__:
            yield kind


def _reached(kinds: list[type[Any]]) -> list[type[Any]]:
    """The dataclasses that fields of these lead to, in the order in which they are met."""
    found: list[type[Any]] = []
    waiting = list(kinds)
    while waiting:
        kind = waiting.pop(0)
        for part in (part for _, what in _names(kind) for part in _parts(what)):
            if is_dataclass(part) and isinstance(part, type) and part not in found:
                found.append(part)
                waiting.append(part)
    return found


def _parts(kind: Any) -> Iterator[Any]:
    yield kind
    for part in typing.get_args(kind):
        yield from _parts(part)


def _page(kind: type[Any]) -> str:
    doc = " ".join((kind.__doc__ or "").split())
    names = ", ".join(f"`{name}`" for name in _TEMPLATES.findall(doc))
    return f"### {names}\n\n{doc}\n\n{_fields(kind)}"


def _value(kind: type[Any]) -> str:
    return f"#### {kind.__name__}\n\n{' '.join((kind.__doc__ or '').split())}\n\n{_fields(kind)}"


def _fields(kind: type[Any]) -> str:
    rows = "".join(f"| `{name}` | {_type(what)} |\n" for name, what in _names(kind))
    return f"| name | is |\n|---|---|\n{rows}"


def _names(kind: type[Any]) -> Iterator[tuple[str, Any]]:
    yield from ((field.name, field.type) for field in fields(kind) if not field.name.startswith("_"))
    for name, value in vars(kind).items():
        if isinstance(value, cached_property):
            yield name, typing.get_type_hints(value.func)["return"]


def _type(kind: Any) -> str:
    if is_dataclass(kind):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"  # type: ignore[union-attr]  # the fields hold classes, not values
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        return f"list of {_type(parts[0])}" if parts[-1] is Ellipsis else f"({', '.join(map(_type, parts))})"
    if origin in (types.UnionType, typing.Union):
        return " or ".join("nothing" if part is type(None) else _type(part) for part in parts)
    if origin is typing.Literal:
        return " or ".join(f'"{part}"' for part in parts)
    return {str: "text", int: "number", bool: "yes or no", dt.date: "date", dt.datetime: "time"}.get(
        kind, getattr(kind, "__name__", str(kind))
    )


def with_reference(document: str) -> str:
    """The document with its reference made anew."""
    before, _, rest = document.partition(BEGIN)
    return before + BEGIN + "\n" + reference() + "\n" + END + rest.partition(END)[2]


if __name__ == "__main__":
    DOCUMENT.write_text(with_reference(DOCUMENT.read_text()))
    before = LIST.read_text().splitlines() if LIST.exists() else []
    LIST.write_text("\n".join(sorted({*before, *context()})) + "\n")
