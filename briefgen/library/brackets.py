"""What stands in YAML between brackets, changed in place: spaces, comments and quotation marks stay."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from briefgen.yamldump import dump_inline
from briefgen.yamltext import Plain


class Change(NamedTuple):
    """The characters from `start` to `end` become `text`."""

    start: int
    end: int
    text: str


class UnfitError(Exception):
    """A value that has to be written anew, together with what it stands in."""


def change_in_brackets(node: Any, wanted: Plain) -> list[Change]:
    """The changes that make a value between brackets, or inside of them, hold what is wanted."""
    try:
        if node.id == "mapping" and isinstance(wanted, Mapping):
            return list(change_table_in_brackets(node, wanted))
        if node.id == "sequence" and not isinstance(wanted, str | Mapping):
            return list(_list_in_brackets(node, wanted))
    except UnfitError:
        pass  # it is small: all of it is written anew
    return [Change(*_span(node), dump_inline(wanted, node.style if node.id == "scalar" else None))]


def change_table_in_brackets(node: Any, wanted: Mapping[str, Plain]) -> Iterator[Change]:
    """The changes that make a table between brackets hold what is wanted; raises UnfitError where little of it stays."""
    spans = [(_span(key)[0], _span(value)[1]) for key, value in node.value]
    for step, i1, i2, j1, j2 in steps([key.value for key, _ in node.value], list(wanted)):
        if step == "equal":
            changed = [(value, wanted[key.value]) for key, value in node.value[i1:i2] if plain_of(value) != wanted[key.value]]
            for value, new in changed:
                yield from change_in_brackets(value, new)
        else:
            yield _exchanged(spans, i1, i2, [dump_inline({name: wanted[name]})[1:-1] for name in list(wanted)[j1:j2]])


def _list_in_brackets(node: Any, wanted: Sequence[Plain]) -> Iterator[Change]:
    spans = [_span(item) for item in node.value]
    for step, i1, i2, j1, j2 in steps([plain_of(item) for item in node.value], wanted):
        both = 0 if step == "equal" else min(i2 - i1, j2 - j1)
        for item, new in zip(node.value[i1 : i1 + both], wanted[j1 : j1 + both], strict=True):
            yield from change_in_brackets(item, new)
        if i2 - i1 != j2 - j1:
            yield _exchanged(spans, i1 + both, i2, [dump_inline(new) for new in wanted[j1 + both : j2]])


def _exchanged(spans: Sequence[tuple[int, int]], first: int, behind: int, new: Sequence[str]) -> Change:
    """The change of what stands in brackets by which the entries from `first` up to `behind` give way to new ones."""
    if not spans or (not new and behind - first == len(spans)):
        raise UnfitError
    if new and first < behind:
        return Change(spans[first][0], spans[behind - 1][1], ", ".join(new))
    if new and first:
        return Change(spans[first - 1][1], spans[first - 1][1], "".join(f", {entry}" for entry in new))
    if new:
        return Change(spans[0][0], spans[0][0], "".join(f"{entry}, " for entry in new))
    return Change(spans[first][0], spans[behind][0], "") if behind < len(spans) else Change(spans[first - 1][1], spans[-1][1], "")


def steps(before: Sequence[Plain], wanted: Sequence[Plain]) -> Iterable[tuple[str, int, int, int, int]]:
    """How one list becomes the other, in the words of `SequenceMatcher.get_opcodes`."""
    return SequenceMatcher(None, [*map(json.dumps, before)], [*map(json.dumps, wanted)], autojunk=False).get_opcodes()


def _span(node: Any) -> tuple[int, int]:
    start, end = node.start_mark.index, node.end_mark.index
    if start == end:
        raise UnfitError  # nothing was typed, and nobody knows where
    return start, end


def plain_of(node: Any) -> Plain:
    """A node of PyYAML as strings, lists and mappings."""
    if node.id == "scalar":
        return str(node.value)
    if node.id == "sequence":
        return [plain_of(item) for item in node.value]
    return {key.value: plain_of(value) for key, value in node.value}
