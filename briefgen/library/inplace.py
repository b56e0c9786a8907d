"""Front matter edited in place: what is to change changes, and every other character of the file stays."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefgen.library.brackets import Change, UnfitError, change_in_brackets, change_table_in_brackets, plain_of, steps
from briefgen.library.frontmatter import cut, line_break
from briefgen.yamldump import dump, dump_inline, without_empty
from briefgen.yamltext import Plain, YamlError, entries_of, loader, parse

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def rewrite(text: str, wanted: Mapping[str, Plain]) -> str | None:
    r"""The text of a file with the front matter that is wanted; None where the editor's YAML does not let it be changed.

    >>> rewrite("---\ntitle: 'A'  # ours\ntopics:\n- Fire\n# soon\n- Water\n---\nBody\n", {"title": "B", "topics": ["Water"]})
    "---\ntitle: 'B'  # ours\ntopics:\n# soon\n- Water\n---\nBody\n"
    >>> rewrite("---\ntopics: [ Fire,  'Water' ] # so\n---\n", {"topics": ["Air", "Water", "Earth"]})
    "---\ntopics: [ Air,  'Water', Earth ] # so\n---\n"
    """
    import yaml

    parts = cut(text)
    if parts is None:
        return None
    try:
        if entries_of(parse(parts.yaml)) == wanted:
            return text
        page = _Page(parts.header, line_break(parts.opening))
        changes = page.table(yaml.compose(parts.header, Loader=loader()), wanted, len(parts.header))
        new = parts._replace(header=_changed(parts.header, changes))
        read = entries_of(parse(new.yaml))
    except (UnfitError, YamlError, yaml.YAMLError):
        return None
    # whatever an editor's YAML looks like: what is written reads as what was meant, or it is not written
    return "".join(new) if cut("".join(new)) == new and without_empty(read) == without_empty(wanted) else None


def _changed(text: str, changes: Iterator[Change]) -> str:
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

    def table(self, node: Any, wanted: Mapping[str, Plain], limit: int) -> Iterator[Change]:
        """The changes that make a mapping, which ends before `limit`, hold what is wanted."""
        if node is None or node.id != "mapping":
            raise UnfitError
        if node.flow_style:
            yield from change_table_in_brackets(node, wanted)
            return
        starts = [key.start_mark.index for key, _ in node.value]
        column = node.start_mark.column
        limits = [*(self._line_start(start) for start in starts[1:]), limit]
        ends = {key.value: self._end(key.start_mark.index, until, column) for (key, _), until in zip(node.value, limits, strict=True)}
        for (key, value), start in zip(node.value, starts, strict=True):
            if key.value not in wanted:
                yield Change(self._own_line(start), ends[key.value], "")
            elif plain_of(value) != wanted[key.value]:
                yield from self._entry(key, value, wanted[key.value], ends[key.value])
        before = ""
        for name in wanted:
            if name not in ends and before:
                yield Change(ends[before], ends[before], self._entry_text(name, wanted[name], column, first=False))
            elif name not in ends:
                yield Change(starts[0], starts[0], self._entry_text(name, wanted[name], column) + self.newline + " " * column)
            else:
                before = name

    def _entry(self, key: Any, value: Any, wanted: Plain, end: int) -> Iterator[Change]:
        start, lines = key.start_mark.index, self._entry_text(key.value, wanted, key.start_mark.column)
        try:
            yield from list(self._value(value, wanted, end))
        except UnfitError:
            if value.id == "scalar" and not value.style and not value.value:  # what stands behind the colon can only be a comment
                line = re.split(r"[\r\n]", self.text[start:end], maxsplit=1)[0]
                yield Change(start + len(line), start + len(line), self.newline + lines.partition(self.newline)[2])
            else:
                yield Change(start, end, lines + self.newline)

    def _value(self, node: Any, wanted: Plain, limit: int) -> Iterator[Change]:
        is_block = node.style in ("|", ">") if node.id == "scalar" else isinstance(wanted, str) and not node.flow_style
        if is_block:
            raise UnfitError
        if node.id == "scalar" and isinstance(wanted, str):
            plain = dump({"k": wanted})[3:].rstrip("\n")
            text = plain if not node.style and len(plain.splitlines()) == 1 else dump_inline(wanted, node.style)
            yield Change(node.start_mark.index, node.end_mark.index, " " * (node.start_mark.index == node.end_mark.index) + text)
        elif node.id != "scalar" and node.flow_style:
            yield from change_in_brackets(node, wanted)
        elif isinstance(wanted, Mapping):
            yield from self.table(node, wanted, limit)
        elif node.id == "scalar" and node.value and all(isinstance(part, str) for part in wanted):
            yield Change(node.start_mark.index, node.end_mark.index, dump_inline(wanted))
        else:
            yield from self._listing(node, wanted, limit)

    def _listing(self, node: Any, wanted: Sequence[Plain], limit: int) -> Iterator[Change]:
        if node.id != "sequence":
            raise UnfitError
        column, dashes = node.start_mark.column, self._dashes(node)
        ends = [self._end(dash, until, column) for dash, until in zip(dashes, [*map(self._line_start, dashes[1:]), limit], strict=True)]
        for step, i1, i2, j1, j2 in steps([plain_of(item) for item in node.value], wanted):
            if step == "equal":
                continue
            for at, item in zip(range(i1, i2), wanted[j1:j2], strict=False):
                yield from self._item(node.value[at], dashes[at], ends[at], item, column)
            for at in range(i1 + j2 - j1, i2):
                yield Change(self._own_line(dashes[at]), ends[at], "")
            if new := wanted[j1 + i2 - i1 : j2]:
                at = ends[i2 - 1] if i2 else self._own_line(dashes[0])
                yield Change(at, at, "".join(" " * column + self._item_text(item, column) + self.newline for item in new))

    def _item(self, node: Any, dash: int, end: int, wanted: Plain, column: int) -> Iterator[Change]:
        try:
            yield from list(self._value(node, wanted, end))
        except UnfitError:
            yield Change(dash, end, self._item_text(wanted, column) + self.newline)

    def _dashes(self, node: Any) -> list[int]:
        """Where each item of a block sequence begins."""
        found = [node.start_mark.index]
        for before, item in zip(node.value, node.value[1:], strict=False):
            between = re.finditer(
                rf"(?<![^\r\n]) {{{node.start_mark.column}}}(-)(?=\s)", self.text[before.start_mark.index : item.start_mark.index]
            )
            dashes = [before.start_mark.index + dash.start(1) for dash in between]
            if not dashes:
                raise UnfitError
            found.append(dashes[-1])
        return found

    def _end(self, start: int, limit: int, column: int) -> int:
        """Where something that starts there ends: blank lines and comments before what follows belong to what follows."""
        end = start
        for line in _LINE.finditer(self.text, start, limit):
            bare = line[0].lstrip(" ")
            if bare.strip() and not (bare.startswith("#") and len(line[0]) - len(bare) <= column):
                end = line.end()
        return min(end, limit)

    def _line_start(self, at: int) -> int:
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def _own_line(self, at: int) -> int:
        start = self._line_start(at)
        if self.text[start:at].strip(" "):
            raise UnfitError
        return start

    def _entry_text(self, key: str, value: Plain, column: int, *, first: bool = True) -> str:
        indented = self._indented(dump({key: value}), column)
        return indented if first else " " * column + indented + self.newline

    def _item_text(self, item: Plain, column: int) -> str:
        return self._indented(dump({"k": [item]}).partition("\n")[2], column)

    def _indented(self, text: str, column: int) -> str:
        return (self.newline + " " * column).join(text.rstrip("\n").split("\n"))
