"""Front matter edited in place: what is to change changes, and every other character of the file stays."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from briefgen.importing.frontmatter import entries_of, split
from briefgen.yamldump import dump
from briefgen.yamltext import Plain, YamlError, loader

_BREAK = r"(?:\r\n|\r|\n)"
_OPENING = re.compile(rf"\ufeff?---[^\S\r\n]*({_BREAK})")
_CLOSING = re.compile(rf"(?:\A|(?<=[\r\n]))---[^\S\r\n]*(?:{_BREAK}|\Z)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


class _Change(NamedTuple):
    """The characters from `start` to `end` become `text`."""

    start: int
    end: int
    text: str


class _UnfitError(Exception):
    """A value that has to be written anew, together with its key."""


def rewrite(text: str, wanted: Mapping[str, Plain]) -> str | None:
    r"""The text of a file with the front matter that is wanted; None where the editor's YAML does not let it be changed.

    >>> rewrite("---\ntitle: A  # ours\ntopics:\n- Fire\n# soon\n- Water\n---\nBody\n", {"title": "B", "topics": ["Water"]})
    '---\ntitle: B  # ours\ntopics:\n# soon\n- Water\n---\nBody\n'
    """
    import yaml

    opening = _OPENING.match(text)
    closing = opening and _CLOSING.search(text, opening.end())
    if not opening or not closing:
        return None
    inner = text[opening.end() : closing.start()]
    try:
        changes = _Page(inner, opening[1]).table(yaml.compose(inner, Loader=loader()), wanted, len(inner))
        new = text[: opening.end()] + _changed(inner, changes) + text[closing.start() :]
        front = split(new)
    except (_UnfitError, YamlError, yaml.YAMLError):
        return None
    # whatever an editor's YAML looks like: what is written reads as what was meant, or it is not written
    return new if front and entries_of(front.table) == wanted else None


def _changed(text: str, changes: Iterator[_Change]) -> str:
    pieces, at = [], 0
    for change in sorted(changes, key=lambda change: change.start):
        pieces += [text[at : change.start], change.text]
        at = max(at, change.end)
    return "".join([*pieces, text[at:]])


@dataclass(frozen=True, slots=True)
class _Page:
    """The YAML as it stands, from which the changes are read; `newline` is how its lines end."""

    text: str
    newline: str

    def table(self, node: Any, wanted: Mapping[str, Plain], limit: int) -> Iterator[_Change]:
        """The changes that make a block mapping, which ends before `limit`, hold what is wanted."""
        if node is None or node.id != "mapping" or node.flow_style:
            raise _UnfitError
        starts = [key.start_mark.index for key, _ in node.value]
        column = node.start_mark.column
        limits = [*(self._line_start(start) for start in starts[1:]), limit]
        ends = {key.value: self._end(key.start_mark.index, until, column) for (key, _), until in zip(node.value, limits, strict=True)}
        for (key, value), start in zip(node.value, starts, strict=True):
            if key.value not in wanted:
                yield _Change(self._own_line(start), ends[key.value], "")
            elif _plain(value) != wanted[key.value]:
                yield from self._entry(key, value, wanted[key.value], ends[key.value])
        before = ""
        for name in wanted:
            if name not in ends and before:
                yield _Change(ends[before], ends[before], self._entry_text(name, wanted[name], column, first=False))
            elif name not in ends:
                yield _Change(starts[0], starts[0], self._entry_text(name, wanted[name], column) + self.newline + " " * column)
            else:
                before = name

    def _entry(self, key: Any, value: Any, wanted: Plain, end: int) -> Iterator[_Change]:
        try:
            yield from list(self._value(value, wanted, end))
        except _UnfitError:
            start = key.start_mark.index
            yield _Change(start, end, self._entry_text(key.value, wanted, key.start_mark.column) + self.newline)

    def _value(self, node: Any, wanted: Plain, limit: int) -> Iterator[_Change]:
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(wanted, str):
            if node.id != "scalar" or node.style in ("|", ">"):
                raise _UnfitError
            yield _Change(start, end, " " * (start == end) + dump({"k": wanted})[3:].rstrip("\n"))
        elif node.id != "scalar" and node.flow_style:
            yield _Change(start, end, _flow(wanted))
        elif isinstance(wanted, Mapping):
            yield from self.table(node, wanted, limit)
        else:
            yield from self._listing(node, wanted, limit)

    def _listing(self, node: Any, wanted: Sequence[Plain], limit: int) -> Iterator[_Change]:
        if node.id != "sequence":
            raise _UnfitError
        column, dashes = node.start_mark.column, self._dashes(node)
        ends = [self._end(dash, until, column) for dash, until in zip(dashes, [*map(self._line_start, dashes[1:]), limit], strict=True)]
        steps = SequenceMatcher(
            None, [json.dumps(_plain(item)) for item in node.value], [json.dumps(item) for item in wanted], autojunk=False
        )
        for step, i1, i2, j1, j2 in steps.get_opcodes():
            if step == "equal":
                continue
            for at, item in zip(range(i1, i2), wanted[j1:j2], strict=False):
                yield from self._item(node.value[at], dashes[at], ends[at], item, column)
            for at in range(i1 + j2 - j1, i2):
                yield _Change(self._own_line(dashes[at]), ends[at], "")
            if new := wanted[j1 + i2 - i1 : j2]:
                at = ends[i2 - 1] if i2 else self._own_line(dashes[0])
                yield _Change(at, at, "".join(" " * column + self._item_text(item, column) + self.newline for item in new))

    def _item(self, node: Any, dash: int, end: int, wanted: Plain, column: int) -> Iterator[_Change]:
        try:
            yield from list(self._value(node, wanted, end))
        except _UnfitError:
            yield _Change(dash, end, self._item_text(wanted, column) + self.newline)

    def _dashes(self, node: Any) -> list[int]:
        """Where each item of a block sequence begins."""
        found = [node.start_mark.index]
        for before, item in zip(node.value, node.value[1:], strict=False):
            between = re.finditer(
                rf"(?<![^\r\n]) {{{node.start_mark.column}}}(-)(?=\s)", self.text[before.start_mark.index : item.start_mark.index]
            )
            dashes = [before.start_mark.index + dash.start(1) for dash in between]
            if not dashes:
                raise _UnfitError
            found.append(dashes[-1])
        return found

    def _end(self, start: int, limit: int, column: int) -> int:
        """Where something that starts there ends: blank lines and comments before what follows belong to what follows."""
        end, kept = start, False
        for line in _LINE.finditer(self.text, start, limit):
            bare = line[0].lstrip(" ")
            if not kept or not (not bare.strip() or (bare.startswith("#") and len(line[0]) - len(bare) <= column)):
                end, kept = line.end(), True
        return min(end, limit)

    def _line_start(self, at: int) -> int:
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def _own_line(self, at: int) -> int:
        start = self._line_start(at)
        if self.text[start:at].strip(" "):
            raise _UnfitError
        return start

    def _entry_text(self, key: str, value: Plain, column: int, *, first: bool = True) -> str:
        indented = self._indented(dump({key: value}), column)
        return indented if first else " " * column + indented + self.newline

    def _item_text(self, item: Plain, column: int) -> str:
        return self._indented(dump({"k": [item]}).partition("\n")[2], column)

    def _indented(self, text: str, column: int) -> str:
        return (self.newline + " " * column).join(text.rstrip("\n").split("\n"))


def _plain(node: Any) -> Plain:
    if node.id == "scalar":
        return str(node.value)
    if node.id == "sequence":
        return [_plain(item) for item in node.value]
    return {key.value: _plain(value) for key, value in node.value}


def _flow(value: Plain) -> str:
    import yaml

    text: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**9)
    return text.strip()
