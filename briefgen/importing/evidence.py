"""What speaks for capitalised words naming a person, and what against it: the words themselves, then the words around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefgen.importing import names
from briefgen.importing.capitals import SUFFIXES, Segment, Token
from briefgen.importing.parts import PART_OF_NAME, Part, name_parts
from briefgen.importing.surroundings import after_office, around, goes_on_in_prose

SURE = 2.5
"""A name of several words is a person from here on, a single word from `SURE_ALONE` on."""
SURE_ALONE = 3.0
_NEVER = -20.0
_CALENDAR = names.vocabulary("calendar")
_ACRONYMS = names.vocabulary("acronyms")
_MOST_WORDS = 5
_SHORTEST = 3
_GIVEN_AND_FAMILY = 2
_FAMILY_FIRST_WORDS = 3
_MALCOLM = "x"
_COMPOUND = re.compile(r"-(?:[uae]l|ur|ud)-")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may name a person: where they stand, how strongly they do, and why.

    `words` tell persons apart, as compared: no particles, no generation.
    """

    block: int
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    score: float
    reason: str

    @property
    def start(self) -> int:
        """Where the name begins in its block."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where the name ends in its block."""
        return self.tokens[-1].end


def candidates(block: int, text: str, segment: Segment) -> Iterator[Candidate]:
    """What a segment may name: usually one candidate, or none."""
    several = len(segment.tokens) > 1
    for part in name_parts(segment, after_office=several and after_office(text, segment.start)):
        whole = [token for token in part.tokens if not token.is_particle and token.key not in SUFFIXES]
        if not whole:
            continue
        several = len(whole) > 1
        opens = segment.opens and part.start == segment.start
        score, reason = _of_several(part.tokens, whole, opens=opens) if several else _of_one(whole[0], opens=opens)
        if not several and len(part.tokens) > 1 and names.is_given(whole[0].key):
            score, reason = SURE_ALONE, "a name with a number"
        if score > _NEVER:
            yield Candidate(block, part.tokens, tuple(token.key for token in whole), *_in_context(text, part, whole, score, reason))


def _in_context(text: str, part: Part, whole: list[Token], score: float, reason: str) -> tuple[float, str]:
    several = len(whole) > 1
    for points, why in around(text, part, several=several, plain=several and _begins_plainly(whole[0].key)):
        score += points
        reason = why or reason
    titled = "title" in reason
    if several and titled and score < SURE and _has_one_odd_word(whole) and goes_on_in_prose(text, part.end):
        return SURE, reason
    return score, reason


def _begins_plainly(word: str) -> bool:
    """Whether a word, as the first of several, is hardly anything but the beginning of a name."""
    return names.is_common_given(word) or (word in names.lists().family_first and not names.is_word(word))


def _has_one_odd_word(whole: list[Token]) -> bool:
    """Whether but one word of a name is a word of the language as well, as in `Barber Olsen`."""
    plain = sum(1 for token in whole if not (names.is_word(token.key) or names.is_place(token.key) or names.is_organisation(token.key)))
    return plain >= len(whole) - 1


def _of_several(tokens: tuple[Token, ...], whole: list[Token], *, opens: bool) -> tuple[float, str]:
    keys = [token.key for token in whole]
    if _names_no_person(keys, " ".join(token.key for token in tokens)) or whole[-1].is_initials:
        return _NEVER, ""
    score, reason = _of_first(whole, opens=opens)
    if whole[-1].is_camel:
        score -= 2.0
    if names.is_word(keys[-1]) and not whole[0].is_initials and not names.is_common_given(keys[0]):
        score -= 1.0
    score += sum(2.0 for token in tokens if token.key in SUFFIXES) + sum(1.0 for token in tokens if token.is_particle)
    return score + sum(_of_later(token) for token in whole[1:]), reason


def _names_no_person(keys: list[str], full: str) -> bool:
    known = names.lists()
    if len(keys) > _MOST_WORDS or " ".join(keys[:2]) in known.not_persons or names.is_place(full):
        return True
    if names.is_place(" ".join(keys[-2:])) and not (names.is_common_given(keys[0]) or keys[0] in known.family_first):
        return True
    calendar = _CALENDAR
    if any(key in calendar for key in keys[1:]) or (keys[0] in calendar and not names.is_given(keys[0])):
        return True
    if len(keys) > _GIVEN_AND_FAMILY and names.is_organisation(keys[-1]) and not names.is_common_given(keys[0]):
        return True
    return any(names.is_organisation(key) and not names.looks_like_family(key) for key in keys)


def _of_first(whole: list[Token], *, opens: bool) -> tuple[float, str]:
    first, key = whole[0], whole[0].key
    if key in PART_OF_NAME:
        return 2.0, "a name that is never given without its title"
    if first.is_initials or first.is_caps:
        acronym = key.replace(".", "") in _ACRONYMS or (first.is_caps and names.is_word(whole[-1].key))
        return (_NEVER if acronym else 2.0), "initials before a name"
    ordinary = names.is_word(key)
    if names.is_given(key):
        score = 3.0 if names.is_common_given(key) else 1.0 if ordinary and opens else 1.5
        return score - (1.0 if key in names.lists().organisations else 0.0), "begins with a given name"
    if key in names.lists().family_first and len(whole) <= _FAMILY_FIRST_WORDS and not (ordinary and names.is_word(whole[1].key)):
        return (1.5 if ordinary else 2.5), "begins with a family name that stands first"
    if ordinary or names.is_place(key) or key in names.lists().organisations:
        return -2.0, ""
    return (1.0 if names.looks_like_family(key) or whole[-1].key in names.lists().surnames else 0.5), "reads like a name"


def _of_later(token: Token) -> float:
    if token.is_initials:
        return 1.5
    if token.key in names.lists().organisations or (len(token.key) == 1 and token.key != _MALCOLM):
        return -2.0
    if "-" in token.text and not names.is_word(token.key.rpartition("-")[2]):
        return 2.0
    if names.looks_like_family(token.key):
        return 2.0 if names.is_plainly_family(token.key) else 1.0
    ordinary = names.is_word(token.key) or token.key in names.lists().roles or names.is_place(token.key)
    return -2.0 if ordinary else 0.5


def _of_one(token: Token, *, opens: bool) -> tuple[float, str]:
    known, word = names.lists(), token.key
    if (len(word) < _SHORTEST and word not in known.family_first) or token.is_initials or token.is_caps or token.is_camel:
        return _NEVER, ""
    if word in _CALENDAR or names.is_place(word) or word in known.organisations:
        return -4.0, ""
    if _COMPOUND.search(word):
        return SURE_ALONE, "a compound name"
    joined = word.rpartition("-")[2]
    if (names.is_word(joined) and not names.is_common_given(word)) or word in known.roles:
        return (-2.0 if opens else -1.5), ""
    return _of_name(word)


def _of_name(word: str) -> tuple[float, str]:
    if names.is_plainly_family(word):
        return 3.0, "ends like a family name"
    if word in names.lists().surnames:
        return 1.0, "a family name"
    if word in names.lists().given:
        return 0.0, "a given name"
    return (1.5 if names.looks_like_family(word) else 0.0), "ends like a family name"
