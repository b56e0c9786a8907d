"""A paragraph made ready for the question who speaks: its quotations hidden, its sentences and persons marked."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from briefgen.importing.marks import Quoted, quotations

HIDDEN = "\x02"
"""Stands for every character of a quotation, so that offsets hold and nothing inside is taken for the reporter's words."""
REACH = 600
"""Characters before a place in which the beginning of its sentence is looked for: a sentence without end stays cheap."""

_REACH_AFTER = 3_500
_END = re.compile(rf"(?<=[.!?…{HIDDEN}])[)\]’”»]*\s+(?=[A-ZÀ-Þ“\"«‘'(\[{HIDDEN}])")
_ABBREVIATED = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Sen|Rep|Gov|Rev|St|Jr|Sr|Maj|Brig|Adm|Hon|No|vs|Inc|Corp|Co|Ltd)|\b[A-Z]\.[A-Z])\.$",
)
_FINAL = ".!?…"


@dataclass(frozen=True, slots=True)
class Person:
    """A person named at some place of the paragraph."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph: as written, with hidden quotations, where its sentences begin, who is named where."""

    text: str
    masked: str
    quotes: tuple[Quoted, ...]
    starts: tuple[int, ...]
    persons: tuple[Person, ...]
    _ends: dict[int, Person]

    def number(self, position: int) -> int:
        """Which sentence a position is in, from 0."""
        return bisect_right(self.starts, position) - 1

    def sentence(self, position: int) -> tuple[int, int]:
        """The sentence around a position, from where to where, cut where it has no end."""
        index = self.number(position)
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
        return max(self.starts[index], position - REACH), min(end, position + _REACH_AFTER)

    def named(self, start: int, end: int) -> Sequence[Person]:
        """Who is named from `start` to before `end`, in order."""
        return self.persons[
            bisect_left(self.persons, start, key=lambda person: person.start) : bisect_left(
                self.persons, end, key=lambda person: person.start
            )
        ]

    def ends_with_person(self, end: int) -> Person | None:
        """Who is named by the words that end at `end`."""
        return self._ends.get(end)

    def is_owner(self, person: Person) -> bool:
        """Whether a possessive follows the name: `Lee’s lawyer` is not about Lee."""
        after = self.text[person.end : person.end + 2]
        return after in {"’s", "'s"} or (after[:1] in {"’", "'"} and self.text[person.end - 1] == "s")


def passage(text: str, persons: tuple[Person, ...]) -> Passage:
    """The paragraph with its quotations hidden and its sentences found."""
    quotes = tuple(quotations(text))
    pieces, position = [], 0
    for quote in quotes:
        pieces += [text[position : quote.start], HIDDEN * (quote.end - quote.start)]
        position = quote.end
    masked = "".join([*pieces, text[position:]])
    return Passage(text, masked, quotes, tuple(_starts(text, masked, quotes)), persons, {person.end: person for person in persons})


def _starts(text: str, masked: str, quotes: tuple[Quoted, ...]) -> list[int]:
    last_of = {quote.end: text[quote.last - 1] for quote in quotes}
    starts = [0]
    for end in _END.finditer(masked):
        before = end.start()
        if masked[before - 1] == HIDDEN and last_of.get(before, "") not in _FINAL:
            continue
        if not _ABBREVIATED.search(masked[max(0, before - 8) : before]):
            starts.append(end.end())
    return starts
