"""Edits: changes to front matter that leave every other byte of the file as it is, comments and order included."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefgen.yamldump import dump
from briefgen.yamltext import Plain

_FRONT = re.compile(r"\A\ufeff?---[ \t]*(?:\r\n|\n|\r)(.*?)(?<=[\r\n])---[ \t]*(?=[\r\n]|\Z)", re.DOTALL)
_BREAK = re.compile(r"\r\n|\n|\r")

Path = tuple[str, ...]
"""The way to values in front matter: keys, and `*` for each entry of a list; a text where a list may stand is its only entry."""


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    end: int
    text: str


def rename(text: str, paths: Sequence[Path], means: Callable[[str], bool], name: str, is_name: Callable[[str], bool]) -> str:
    """The file with `name` at these paths wherever a value `means` what is renamed.

    In a list that has another entry which `is_name` already, a plain entry is taken out instead of being doubled.
    """
    while change := next(_renamings(text, paths, means, name, is_name), None):
        text = _applied(text, change)
    return text


def add(text: str, key: str, values: Sequence[Plain]) -> str:
    """The file with further values in the list of a key; one that holds nothing yet is begun."""
    if not values:
        return text
    value = _value(_root(text), key)
    if value is None or value.id == "mapping" or not value.value:
        return put(text, key, list(values))
    if value.id == "scalar":
        start, end = _span(text, value)
        return _applied(text, _Change(start, end, f"[{text[start:end].rstrip()}, {_flow(values)}]"))
    if value.flow_style:
        at = _span(text, value.value[-1])[1]
        return _applied(text, _Change(at, at, f", {_flow(values)}"))
    at = _line_end(text, _last_leaf_end(text, value))
    column = value.start_mark.column
    lines = [" " * column + line for line in dump({"k": list(values)}).split("\n")[1:-1]]
    return _applied(text, _Change(at, at, "".join(f"{_break(text)}{line}" for line in lines)))


def put(text: str, key: str, value: Plain) -> str:
    """The file with a key that it does not have, as the last one; one that holds nothing gets the value where it stands."""
    empty = next((entry for entry in _entries(_root(text)) if entry[0].value == key), None)
    lines = dump({key: value}).rstrip("\n").split("\n")
    if empty is not None:
        start, end = _span(text, empty[0])[0], max(_span(text, empty[0])[1] + 1, _span(text, empty[1])[1])
        return _applied(text, _Change(start, end, _break(text).join(lines)))
    at = _match(text).end(1)
    return _applied(text, _Change(at, at, "".join(f"{line}{_break(text)}" for line in lines)))


def body_of(text: str) -> str:
    """What stands behind the front matter, without blank lines around it."""
    return text[_match(text).end() :].strip()


def with_text_behind(text: str, more: str) -> str:
    """The file with a further text at its end."""
    return f"{text.rstrip()}{_break(text) * 2}{more}{_break(text)}" if more else text


# -- finding --------------------------------------------------------------------------------------------------------


def _renamings(
    text: str, paths: Sequence[Path], means: Callable[[str], bool], name: str, is_name: Callable[[str], bool]
) -> Iterator[_Change]:
    for path in paths:
        for value, listing in _at(_root(text), path, None):
            if value.id != "scalar" or not means(value.value) or value.value == name:
                continue
            if listing is not None and any(other is not value and is_name(_named(other)) for other in listing.value):
                yield _without(text, listing, listing.value.index(value))
            else:
                start, end = _span(text, value)
                behind = _break(text) if text[start:end].endswith(("\n", "\r")) else ""
                yield _Change(start, end, _spelled(name, value.style) + behind)


def _at(value: Any, path: Path, listing: Any) -> Iterator[tuple[Any, Any]]:
    """The values at a path, each with the list that it is a plain entry of."""
    if not path:
        yield value, listing
    elif path[0] == "*":
        for part in value.value if value.id == "sequence" else [value]:
            yield from _at(part, path[1:], value if value.id == "sequence" else None)
    elif value.id == "mapping":
        for key, part in _entries(value):
            if key.value == path[0]:
                yield from _at(part, path[1:], None)


def _named(value: Any) -> str:
    if value.id == "mapping":
        return next((part.value for key, part in _entries(value) if key.value == "name" and part.id == "scalar"), "")
    return str(value.value) if value.id == "scalar" else ""


def _without(text: str, listing: Any, number: int) -> _Change:
    """Take one plain entry out of a list that has others."""
    entries = listing.value
    start, end = _span(text, entries[number])
    if not listing.flow_style:
        begin = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
        found = _BREAK.search(text, _line_end(text, end))
        return _Change(begin, found.end() if found else len(text), "")
    if number + 1 < len(entries):
        return _Change(start, _span(text, entries[number + 1])[0], "")
    return _Change(_span(text, entries[number - 1])[1], end, "")


def _last_leaf_end(text: str, value: Any) -> int:
    while value.id != "scalar" and value.value and not value.flow_style:
        value = value.value[-1][1] if value.id == "mapping" else value.value[-1]
    end = _span(text, value)[1]
    return len(text[:end].rstrip("\r\n")) if value.id == "scalar" else end


# -- places in the text ---------------------------------------------------------------------------------------------


def _match(text: str) -> re.Match[str]:
    found = _FRONT.match(text)
    assert found, "a file without front matter is not edited"  # noqa: S101 – it has been read with it
    return found


def _root(text: str) -> Any:
    import yaml

    # the reader in Python gives every piece its place in the text, which the one in C does not
    return yaml.compose(_match(text)[1], Loader=yaml.BaseLoader) or yaml.MappingNode("", [])


def _entries(mapping: Any) -> list[tuple[Any, Any]]:
    return list(mapping.value) if mapping.id == "mapping" else []


def _value(root: Any, key: str) -> Any:
    return next((value for name, value in _entries(root) if name.value == key), None)


def _span(text: str, value: Any) -> tuple[int, int]:
    begin = _match(text).start(1)
    return begin + value.start_mark.index, begin + value.end_mark.index


def _line_end(text: str, at: int) -> int:
    found = _BREAK.search(text, at)
    return found.start() if found else len(text)


def _break(text: str) -> str:
    found = _BREAK.search(text)
    return found[0] if found else "\n"


def _applied(text: str, change: _Change) -> str:
    return text[: change.start] + change.text + text[change.end :]


# -- spelling -------------------------------------------------------------------------------------------------------


def _spelled(name: str, style: str | None = None) -> str:
    """A name as YAML that stays what it is inside of a list in brackets, too."""
    if style == '"':
        return json.dumps(name, ensure_ascii=False)
    spelled = dump({"k": name}).partition(": ")[2].rstrip("\n")
    if style == "'" or (not spelled.startswith(("'", '"')) and re.search(r"[,\[\]{}]", spelled)):
        return "'" + name.replace("'", "''") + "'"
    return spelled


def _flow(values: Sequence[Plain]) -> str:
    return ", ".join(_flow_value(value) for value in values)


def _flow_value(value: Plain) -> str:
    if isinstance(value, str):
        return _spelled(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow_value(part)}" for key, part in value.items() if part) + "}"
    return f"[{_flow(value)}]"
