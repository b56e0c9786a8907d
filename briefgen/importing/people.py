"""Who is named in an article: full names, their short forms and offices, each with a reason and a confidence."""

from collections import defaultdict
from dataclasses import dataclass

from briefgen.importing.capitals import segments
from briefgen.importing.evidence import SURE, SURE_ALONE, Candidate, candidates
from briefgen.importing.known import Known
from briefgen.model import Article


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
    """

    name: str
    role: str
    forms: tuple[str, ...]
    spans: tuple[Span, ...]
    confidence: float
    reason: str
    surname_only: bool = False
    id: str = ""

    @property
    def count(self) -> int:
        return len(self.spans)

    @property
    def block(self) -> int:
        return self.spans[0].block


def find_people(article: Article, known: Known) -> tuple[PersonMention, ...]:
    """Everybody whom the blocks of the article name, in the order of first mention."""
    found = [
        candidate
        for index, block in enumerate(article.blocks)
        for segment in segments(block.text)
        for candidate in candidates(index, block.text, segment)
    ]
    groups: dict[tuple[str, ...], list[Candidate]] = defaultdict(list)
    for candidate in found:
        groups[candidate.words].append(candidate)
    alone = {words[0]: max(c.score for c in group) for words, group in groups.items() if len(words) == 1}
    full = {
        words: group
        for words, group in groups.items()
        if len(words) > 1 and max(c.score for c in group) + (1.5 if alone.get(words[-1], 0) >= 1.5 else 0) >= SURE
    }
    persons: list[tuple[tuple[str, ...], list[Candidate]]] = []
    for words, group in sorted(full.items(), key=lambda entry: -len(entry[0])):
        for other, members in persons:
            if _same(words, other):
                members.extend(group)
                break
        else:
            persons.append((words, list(group)))
    by_word: dict[str, list[int]] = defaultdict(list)
    for index, (words, _) in enumerate(persons):
        for word in set(words):
            by_word[word].append(index)
    for words, group in groups.items():
        if len(words) != 1:
            continue
        owners = by_word.get(words[0], [])
        last = [index for index in owners if persons[index][0][-1] == words[0]] or owners
        if len(last) == 1:
            persons[last[0]][1].extend(group)
        elif not owners and max(c.score for c in group) >= SURE_ALONE:
            persons.append((words, list(group)))
    out = []
    for words, members in persons:
        members.sort(key=lambda c: (c.block, c.tokens[0].start))
        longest = next(c for c in members if c.words == words)
        spans = tuple(Span(c.block, c.start, c.end, article.blocks[c.block].text[c.start : c.end]) for c in members)
        out.append(
            PersonMention(
                article.blocks[longest.block].text[longest.start : longest.end],
                longest.title,
                tuple(dict.fromkeys(s.text for s in spans)),
                spans,
                0.9,
                longest.reason,
                len(words) == 1,
            )
        )
    return tuple(sorted(out, key=lambda p: (p.spans[0].block, p.spans[0].start)))


def _same(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if words[-1] != other[-1]:
        return False
    return words[0] == other[0] or (len(words[0].replace(".", "")) == 1 and other[0].startswith(words[0][0]))
