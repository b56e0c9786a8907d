"""Who is named in an article: full names, their short forms and offices, each with a reason and a confidence."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefgen.importing.article import Article, Block
from briefgen.importing.capitals import segments
from briefgen.importing.evidence import SURE, Candidate, candidates
from briefgen.importing.identity import Group, attach, merge
from briefgen.importing.known import Known, KnownPerson
from briefgen.importing.names import is_common_given, is_place, key
from briefgen.importing.neighbours import with_neighbours
from briefgen.importing.offices import office

_CREDIT = re.compile(
    r"\b(?:(?:photo(?:graph)?|image|picture|illustration|video|graphic)s?(?: credits?)?(?: by|:)|credits?:) ?"
    r"(?:[^\W\d_][\w.'’-]*,? ?){1,3}(?:[/|(].{0,60}|, .{0,40})?[\])]?\.?$",
    re.IGNORECASE,
)
"""At the end of a caption: who took the picture is not whom the article is about."""
_READ = {"heading", "paragraph", "item", "quote", "table"}
_ENOUGH = 8
_FAR = 60
_PAIR = re.compile(r"\b([^\W\d_a-z][\w’'-]+) (?:and|&) ([^\W\d_a-z][\w’'-]+) ([^\W\d_a-z][\w’'-]+)")
_CAPITAL_BEFORE = re.compile(r"[^\W\d_a-z][\w’'.-]* $")
_SUPPORT = 1.5
"""A surname that speaks on its own supports the full name."""
_FIRM, _TITLED = -0.5, 5.0
"""One place that shows a firm (`Finch & Partners`) speaks for all places without a title."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a person is named: block and characters, and the words that stand there."""

    block: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class PersonMention:
    """One person of an article; `spans` are all places that name them, `confidence` runs from 0 to 1.

    `surname_only` says that the text never gives the full name; `id` is the site's record, empty without one.
    `candidates` are persons of the site who may be meant, where that is open.
    """

    name: str
    role: str
    forms: tuple[str, ...]
    spans: tuple[Span, ...]
    confidence: float
    reason: str
    surname_only: bool = False
    id: str = ""
    candidates: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How often the text names the person."""
        return len(self.spans)

    @property
    def block(self) -> int:
        """The block in which the person is named first."""
        return self.spans[0].block


def find_people(article: Article, known: Known) -> tuple[PersonMention, ...]:
    """Everybody whom the blocks of the article name, in the order of first mention.

    Persons of the site come first, under any of their aliases; a surname that may be one of several persons is refused.
    """
    found = [candidate for index, block in enumerate(article.blocks) if block.kind in _READ for candidate in _candidates(index, block)]
    groups: dict[tuple[str, ...], list[Candidate]] = defaultdict(list)
    for candidate in found:
        groups[candidate.words].append(candidate)
    records = _by_words(known)
    persons = merge(_full_names(groups, records), records)
    persons += attach(persons, _alone(groups), records, _recorded(known), _shared(article.blocks))
    mentions = [_mention(article.blocks, person, known) for person in persons]
    return tuple(sorted(mentions, key=lambda mention: (mention.spans[0].block, mention.spans[0].start)))


def _candidates(index: int, block: Block) -> list[Candidate]:
    found = [candidate for segment in segments(block.text) for candidate in candidates(index, block.text, segment)]
    credit = _CREDIT.search(block.text)
    return with_neighbours(block.text, [candidate for candidate in found if not credit or candidate.start < credit.start()])


@lru_cache(maxsize=1)
def _by_words(known: Known) -> dict[tuple[str, ...], KnownPerson]:
    """The site's persons by the words of each name; a name of two persons is nobody's."""
    records: dict[tuple[str, ...], KnownPerson] = {}
    taken_twice: set[tuple[str, ...]] = set()
    for person in known.people:
        for name in {person.name, *person.aliases}:
            words = tuple(key(word).rstrip(".") for word in name.replace(",", " ").split())
            if records.setdefault(words, person) != person:
                taken_twice.add(words)
    return {words: person for words, person in records.items() if words not in taken_twice}


@lru_cache(maxsize=1)
def _by_surname(known: Known) -> dict[str, tuple[str, ...]]:
    surnames: dict[str, tuple[str, ...]] = {}
    for person in known.people:
        last = key(person.name.split()[-1]) if person.name.strip() else ""
        surnames[last] = (*surnames.get(last, ()), person.name)
    return surnames


@lru_cache(maxsize=1)
def _recorded(known: Known) -> frozenset[str]:
    return frozenset(key(person.name.split()[-1]) for person in known.people if person.id and " " in person.name.strip())


def _full_names(groups: dict[tuple[str, ...], list[Candidate]], records: dict[tuple[str, ...], KnownPerson]) -> list[Group]:
    alone = {words[0]: max(candidate.score for candidate in group) for words, group in groups.items() if len(words) == 1}
    sure = []
    for words, group in groups.items():
        if len(words) == 1:
            continue
        scores = [candidate.score for candidate in group]
        support = _SUPPORT if max(alone.get(words[0], 0), alone.get(words[-1], 0)) >= _SUPPORT else 0.0
        firm = min(scores) < _FIRM and max(scores) < _TITLED
        if words in records or (max(scores) + support >= SURE and not firm):
            sure.append(Group(words, list(group)))
    return sure


def _shared(blocks: Sequence[Block]) -> frozenset[str]:
    """The surnames that a text gives to two persons at once: `Elias and Jonah Fennimore`."""
    pairs = (
        pair
        for block in blocks
        for pair in _PAIR.finditer(block.text)
        if not _CAPITAL_BEFORE.search(block.text[max(0, pair.start() - _FAR) : pair.start()])
    )
    return frozenset(
        key(last)
        for first, second, last in (pair.groups() for pair in pairs)
        if is_common_given(key(first)) and is_common_given(key(second)) and not is_place(key(first))
    )


def _alone(groups: dict[tuple[str, ...], list[Candidate]]) -> list[Group]:
    return [Group(words, group) for words, group in groups.items() if len(words) == 1]


def _mention(blocks: Sequence[Block], person: Group, known: Known) -> PersonMention:
    members = sorted(person.members, key=lambda candidate: (candidate.block, candidate.start))
    spans = tuple(Span(found.block, found.start, found.end, blocks[found.block].text[found.start : found.end]) for found in members)
    best = max(members, key=lambda candidate: candidate.score)
    surname_only = len(person.words) == 1 and not person.record
    name = person.record.name if person.record else person.name
    reason = f"a person of the site: {best.reason}" if person.record else best.reason
    return PersonMention(
        name=name,
        role=next(
            filter(
                None,
                (office(blocks[span.block].text, span.start, span.end) for span in spans[:_ENOUGH] if blocks[span.block].kind != "heading"),
            ),
            "",
        ),
        forms=tuple(dict.fromkeys(span.text for span in spans)),
        spans=spans,
        confidence=_confidence(best.score, known=person.record is not None, alone=surname_only),
        reason=f"named by surname only, {reason}" if surname_only else reason,
        surname_only=surname_only,
        id=person.record.id if person.record else "",
        candidates=_by_surname(known).get(person.words[0], ()) if surname_only else (),
    )


def _confidence(score: float, *, known: bool, alone: bool) -> float:
    if known:
        return 0.99
    return round(min(0.97, 0.55 + score / 14), 2) if not alone else round(min(0.75, 0.3 + score / 16), 2)
