"""Which lines of a pasted text open with the mark of a list: a bullet, a pictograph, the number or letter of an enumeration."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from briefgen.importing.dates import opens_with_month
from briefgen.importing.shapes import ends_sentence, is_separator

_SIGN = re.compile(
    r"[ \t]*(?P<mark>[-*+•·‣⁃◦▪▫●○■□▶▸►▷➤➢➔➜➡→✓✔✗✘◆◇❖★☆☐☑∙\uf0a7\uf0b7\uf0d8]\ufe0f?|[–—o](?= ))(?P<gap>[ \t\u00a0]*)(?P<text>\S.*)"
)
_PICTOGRAPH = r"[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff][\ufe0f\u200d\U0001f3fb-\U0001f3ff]*"
_PICTURE = re.compile(rf"[ \t]*(?P<mark>(?:{_PICTOGRAPH}){{1,4}})[ \t\u00a0]*(?P<text>[^\W_].*|[\"“‘«'(].*)")
_NUMBER = re.compile(
    r"[ \t]*(?:(?P<mark>(?P<open>[(\[]?)(?P<value>\d{1,2}|[A-Za-z]|[ivxlc]{2,5}|[IVXLC]{2,5})(?P<close>\.\)|[.)\]]))"
    r"(?:[ \t\u00a0]+|(?<=\))(?=[^\W\d_a-z]))|(?P<keycap>\d)\ufe0f?\u20e3[ \t\u00a0]*)(?P<text>\S.*)"
)
_NEEDS_GAP = frozenset("-*+→➔➜➡★☆")
_IN_TEXT = frozenset("*+→–—o")
"""Marks that also stand in running text: one line of them is no list."""
_SPEECH = re.compile(
    r"[,!?…] ?[–—] ?[^\W\d_A-Z]|[ ,!?][–—](?=[^\W\d_A-Z])|[,!?…] (?:a dit|dit|répond|demande|lance)\b|-(?:t-)?(?:il|elle|ils|elles)\b"
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_FULL = 0.6
"""Which part of the widest line one has at least where a machine broke it."""


@dataclass(frozen=True, slots=True)
class Point:
    """A line of a list without its mark; `number` is that of an enumeration as it was written, `indent` its column."""

    text: str
    number: str = ""
    indent: int = 0


@dataclass(frozen=True, slots=True)
class _Count:
    """The number of a line, as one way of counting reads it: which way, and how far it has come."""

    at: int
    style: str
    value: int


def find_points(lines: Sequence[str], width: int = 0) -> dict[int, Point]:
    """The lines of lists, by their place in `lines`; `width` is the column at which a machine wrapped the text, 0 for none.

    A number counts only where the next line of the list has the next one, a dash only where no one speaks behind it.

    >>> find_points(["1. FC Köln won."]), find_points(["(a) Grain", "(b) Coal"])[1]
    ({}, Point(text='Coal', number='(b)', indent=0))
    """
    signs = _signs(lines)
    pictures = {at: found for at, line in enumerate(lines) if at not in signs and (found := _PICTURE.match(line))}
    points = {**_pictured(lines, pictures), **dict(_plain(lines, signs))}
    return {**points, **_numbered(lines, points, width)}


def _signs(lines: Sequence[str]) -> dict[int, re.Match[str]]:
    found = {at: sign for at, line in enumerate(lines) if (sign := _SIGN.match(line)) and not is_separator(line)}
    return {at: sign for at, sign in found.items() if sign["gap"] or sign["mark"] not in _NEEDS_GAP}


def _plain(lines: Sequence[str], signs: dict[int, re.Match[str]]) -> Iterator[tuple[int, Point]]:
    """Lines behind a sign that is nothing but a bullet."""
    times = Counter(sign["mark"] for sign in signs.values())
    for run in _runs(lines, signs):
        spoken = any(signs[at]["mark"] in "-–—" and _SPEECH.search(signs[at]["text"]) for at in run)
        asked = any(signs[at]["mark"] in "–—" and signs[at]["text"].endswith("?") for at in run[:-1])
        for at in run:
            mark = signs[at]["mark"]
            if mark == "o" and (len(signs[at]["gap"]) < 2 or len(times) < 2):  # the second level of a word processor
                continue
            if not (mark in "-–—" and (spoken or asked)) and (times[mark] > 1 or mark not in _IN_TEXT):
                yield at, Point(signs[at]["text"].rstrip(), indent=signs[at].start("mark"))


def _pictured(lines: Sequence[str], pictures: dict[int, re.Match[str]]) -> dict[int, Point]:
    """Lines behind a pictograph: one that comes back is a bullet; where they differ from line to line they say something, and stay."""
    times = Counter(picture["mark"] for picture in pictures.values())
    points = {}
    for run in _runs(lines, pictures):
        marks = [pictures[at]["mark"] for at in run]
        labelled = (
            len(run) > 2 and marks[0] not in marks[1:] and len(set(marks[1:])) == 1
        )  # the first line is a label with a mark of its own
        differ = len(set(marks)) > 1 and not labelled
        for at in run[labelled:]:
            if differ or times[pictures[at]["mark"]] > 1:
                text = lines[at].strip() if differ else pictures[at]["text"].rstrip()
                points[at] = Point(text, indent=pictures[at].start("mark"))
    return points


def _runs(lines: Sequence[str], found: dict[int, re.Match[str]]) -> Iterator[list[int]]:
    """The places of lines that follow one another, or stand with nothing but blank or deeper lines between them."""
    run: list[int] = []
    for at in found:
        if run and any(_indent(line) <= _indent(lines[run[0]]) for line in lines[run[-1] + 1 : at] if line.strip()):
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _numbered(lines: Sequence[str], points: dict[int, Point], width: int) -> dict[int, Point]:
    found = {at: number for at, line in enumerate(lines) if (number := _NUMBER.match(line)) and not opens_with_month(number["text"])}
    found = {at: number for at, number in found.items() if at - 1 in found or not _runs_on(lines, at, width)}
    counts = sorted((count for at, number in found.items() for count in _counts(at, number)), key=lambda count: (count.style, count.at))
    listed = {
        at for _, group in groupby(counts, key=lambda count: count.style) for at in _listed(list(group), lines, {*found, *points}, width)
    }
    return {at: _point(found[at]) for at in sorted(listed)}


def _runs_on(lines: Sequence[str], at: int, width: int) -> bool:
    """Whether a machine broke the sentence before: the number belongs to it."""
    before = lines[at - 1] if at else ""
    return 0 < width * _FULL < len(before) and not ends_sentence(before) and before[-1] not in ":;"


def _point(number: re.Match[str]) -> Point:
    mark = number["mark"] or f"{number['keycap']}."
    return Point(number["text"].rstrip(), mark, number.start("mark") if number["mark"] else number.start("keycap"))


def _counts(at: int, number: re.Match[str]) -> Iterator[_Count]:
    """The ways in which a number can be read: `i` is the ninth letter or the first Roman number. A capital with a stop is an initial."""
    value = number["value"] or number["keycap"]
    marks = f"{number['open']}{number['close']}" if number["mark"] else "keycap"
    if value.isdigit():
        yield _Count(at, f"1{marks}", int(value))
        return
    case = "A" if value.isupper() else "a"
    if len(value) == 1 and (case == "a" or marks != "."):
        yield _Count(at, f"{case}{marks}", ord(value.lower()) - ord("a") + 1)
    if all(letter in _ROMAN for letter in value.lower()):
        yield _Count(at, f"{case}{marks} roman", _roman(value.lower()))


def _roman(letters: str) -> int:
    """What Roman letters count.

    >>> _roman("iv"), _roman("xii")
    (4, 12)
    """
    values = [_ROMAN[letter] for letter in letters]
    return sum(-value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True))


def _listed(counts: list[_Count], lines: Sequence[str], marked: set[int], width: int) -> Iterator[int]:
    """The places of the lines that count one after the other, from one on; a list may go on behind a paragraph."""
    last = 0
    run: list[_Count] = []
    for count in [*counts, _Count(len(lines), "", 0)]:
        if run and _adjoin(run[-1].at, count.at, lines, marked, width) and count.value > 0:
            run.append(count)
            continue
        values = [other.value for other in run]
        first = values[0] if values else 0
        if run and values == list(range(first, first + len(run))) and ((first == 1 and len(run) > 1) or (last and first == last + 1)):
            last = values[-1]
            yield from (other.at for other in run)
        run = [count]


def _adjoin(at: int, following: int, lines: Sequence[str], marked: set[int], width: int) -> bool:
    """Whether nothing stands between two lines of a list but blank lines, deeper ones, and what the first goes on with."""
    full, begun = width > 0, False
    for place in range(at + 1, following):
        line = lines[place]
        full = full and bool(line.strip()) and (begun or len(lines[at]) > width * _FULL)
        begun = True
        if line.strip() and place not in marked and not full and _indent(line) <= _indent(lines[at]):
            return False
    return True


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def with_levels(points: Sequence[Point]) -> list[int]:
    """How deep each line of one list stands, from 0.

    >>> with_levels([Point("a"), Point("b", indent=4), Point("c", indent=4), Point("d")])
    [0, 1, 1, 0]
    """
    columns: list[int] = []
    levels = []
    for point in points:
        while columns and point.indent < columns[-1]:
            columns.pop()
        if not columns or point.indent > columns[-1] + 1:
            columns.append(point.indent)
        levels.append(len(columns) - 1)
    return levels
