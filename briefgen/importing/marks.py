"""Where quotations stand in a text: every style of quotation marks, nested ones left inside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CLOSING = {"“": "”", "«": "»", "„": "“”", "»": "«", "‘": "’", '"': '"', "'": "'"}
MARK = re.compile(r"[“«„»‘\"']")
_OPENS_AFTER = re.compile(r"[\s(\[—–“‘\"«/-]")
_CLOSES_BEFORE = re.compile(r"[\s.,;:!?)\]—–…”’\"»-]")
LONGEST = 3_000
"""Characters within which a quotation must close; an unclosed mark is not followed further."""

MOST_UNCLOSED = 20
"""So many marks that nothing closes end the search in a paragraph: the time stays linear in its length."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation: `start` and `end` with its marks, `first` and `last` without them; `open` when nothing closes it."""

    start: int
    end: int
    first: int
    last: int
    open: bool = False


def quotations(text: str) -> Iterator[Quoted]:
    """The quotations of one paragraph, outermost only, in reading order.

    >>> [text[q.first : q.last] for text in ("He said “it’s ‘fine’, no?” twice.", "Un « oui » franc.") for q in quotations(text)]
    ['it’s ‘fine’, no?', 'oui']
    """
    position = failures = 0
    while failures < MOST_UNCLOSED and (found := MARK.search(text, position)):
        start = found.start()
        position = start + 1
        if not _opens(text, start):
            continue
        end = _closing(text, start)
        if end:
            first, last = start + 1, end
            while first < last and text[first].isspace():
                first += 1
            while last > first and text[last - 1].isspace():
                last -= 1
            if first < last:
                yield Quoted(start, end + 1, first, last)
            position = end + 1
        elif not text[:start].strip() and text[start] in '“"«„':
            yield Quoted(start, len(text), start + 1, len(text), open=True)
            return
        else:
            failures += 1


def _opens(text: str, start: int) -> bool:
    mark = text[start]
    before, after = text[start - 1 : start], text[start + 1 : start + 2]
    if mark == "»":
        return bool(after.strip()) and (not before or before.isspace())
    if mark in "«„“":
        return bool(after)
    return bool(after.strip()) and (not before or _OPENS_AFTER.match(before) is not None) and not (mark in "'‘" and after.isdigit())


def _closing(text: str, start: int) -> int:
    mark = text[start]
    closing = _CLOSING[mark]
    end = min(len(text), start + LONGEST)
    inner = 0
    for index in range(start + 1, end):
        char = text[index]
        if char == "“" and mark == "“":
            inner += 1
        elif char in closing:
            if inner:
                inner -= 1
            elif mark not in "\"'‘" or _closes(text, index, mark):
                return index
    return 0


def _closes(text: str, index: int, mark: str) -> bool:
    before, after = text[index - 1], text[index + 1 : index + 2]
    if after and not _CLOSES_BEFORE.match(after) and not (mark == '"' and not before.isspace()):
        return False
    return mark == '"' or not before.isspace()
