"""How a pasted text is laid out: which lines belong together, which are bullets, which are columns."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby, pairwise

from briefgen.importing.article import Block
from briefgen.importing.bullets import Point, find_points, with_levels
from briefgen.importing.dates import parse_dateline
from briefgen.importing.shapes import ends_sentence, is_separator

_WIDEST_WRAP = 132
_FULL = 0.6
_APART = 2
_COLUMNS = re.compile(r"\S(?: {3,}|\t+ *)\S")
_INDENT = re.compile(r"[ \t\u00a0\u3000]+")

Line = tuple[int, str]


def parse_layout(text: str) -> tuple[Block, ...]:
    r"""The blocks of a plain text: one a line, or lines joined where the text was wrapped by a machine.

    >>> [block.text for block in parse_layout("One.\nTwo.")]
    ['One.', 'Two.']
    >>> [block.text for block in parse_layout("The talks were held in the old town hall and they\nlasted for two days.\n\nThen all left.")]
    ['The talks were held in the old town hall and they lasted for two days.', 'Then all left.']
    """
    lines = list(_lines(text.expandtabs(8)))
    width = _wrap_width([line for _, line in lines])
    points = {lines[at][0]: point for at, point in find_points([line for _, line in lines], width).items()}
    groups = list(_groups(lines))
    # after two spaces a word did not fit that would have fitted after one; only where paragraphs stand apart it cannot begin one
    wrap = width - 1 if width and sum(len(group) > 1 for group in groups) > _APART else width
    blocks: list[Block] = []
    for group in groups:
        blocks += _columns(group) or _group_blocks(group, wrap, points)
    return tuple(_levelled(blocks, points))


def _lines(text: str) -> Iterator[Line]:
    """The numbered lines; of blank ones in a row only the first."""
    blank = True
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.rstrip()
        if stripped or not blank:
            yield number, stripped
        blank = not stripped


def _groups(lines: list[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if line[1].strip():
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _wrap_width(lines: list[str]) -> int:
    """The column at which a machine wrapped the text; 0 where nothing says that one did."""
    full = [line for line in lines if line.strip()]
    if len(full) < 2 or any(len(line) > _WIDEST_WRAP for line in full):
        return 0
    pairs = [(one, other) for one, other in pairwise(lines) if one.strip() and other.strip()]
    broken = sum(other[0].islower() and not ends_sentence(one) and len(one) > 25 for one, other in pairs)
    return max(map(len, full)) if broken >= max(1, len(pairs) * 0.15) else 0


def _columns(group: list[Line]) -> list[Block]:
    """A table set with spaces stays as it was set."""
    aligned = sum(bool(_COLUMNS.search(line)) for _, line in group)
    if len(group) < 2 or aligned < 2 or aligned < len(group) * 0.6:
        return []
    indent = min(len(line) - len(line.lstrip()) for _, line in group)
    return [Block("code", "\n".join(line[indent:] for _, line in group), line=group[0][0])]


def _group_blocks(group: list[Line], width: int, points: Mapping[int, Point]) -> Iterator[Block]:
    indents = [bool(_INDENT.match(line)) for _, line in group]
    marked = width > 0 and 0 < sum(indents[1:]) < len(group) - 1
    held: list[str] = []
    start, item, before = 0, None, ""
    for (number, line), indented in zip(group, indents, strict=True):
        point = points.get(number)
        begun = len(held) > 1 or (len(held) == 1 and parse_dateline(held[0]) is not None)
        if (
            held
            and not point
            and (_hangs(line, item) or _continues(before, line, width, opens=marked and indented and not item, begun=begun))
        ):
            held.append(line.strip())
        else:
            if held:
                yield _block(held, start, item)
            held, start, item = [point.text if point else line.strip()], number, point
        before = line
    yield _block(held, start, item)


def _hangs(line: str, item: Point | None) -> bool:
    """Whether a line stands deeper than the bullet above it: the writer's own wrapping."""
    return item is not None and len(line) - len(line.lstrip()) > item.indent + 1


def _continues(before: str, line: str, width: int, *, opens: bool, begun: bool) -> bool:
    """Whether a machine broke the line before: it was full, or a sentence runs on, in small letters or in a paragraph that has `begun`."""
    text = line.strip()
    if not width or opens or is_separator(text) or is_separator(before):
        return False
    if (text[0].islower() and not ends_sentence(before)) or before.rpartition(" ")[2] in _NEVER_LAST:
        return True
    # the first word would not have fitted: the break was not the writer's
    full = (begun and not ends_sentence(before)) or len(before) + 1 + len(text.split()[0]) > width
    return full and len(before) > width * _FULL


_NEVER_LAST = frozenset(["and", "of", "or", "the"])
"""Words after which nobody ends a line on purpose, in any language; in German many a headline ends with `an`."""


def _block(lines: list[str], number: int, item: Point | None) -> Block:
    text = lines[0]
    for line in lines[1:]:
        text += line if re.search(r"\w-$", text) and line[0].islower() else " " + line
    return Block("item", text, line=number, number=item.number) if item else Block("paragraph", text, line=number)


def _levelled(blocks: list[Block], points: Mapping[int, Point]) -> Iterator[Block]:
    """The blocks, items as deep as they were indented."""
    for is_list, run in groupby(blocks, key=lambda block: block.kind == "item"):
        listed = list(run)
        levels = with_levels([points[block.line] for block in listed]) if is_list else []
        yield from (replace(block, level=level) for block, level in zip(listed, levels, strict=True)) if is_list else listed
