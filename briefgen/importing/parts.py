"""The name proper inside a stretch of capitals: titles, nationalities and what else stands before it set apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from briefgen.importing import names
from briefgen.importing.capitals import INITIALS_WITHOUT_DOTS, SUFFIXES, Segment, Token

PART_OF_NAME = frozenset(("mother",))
_ACRONYMS = names.vocabulary("acronyms")
_TRADES = names.vocabulary("trades like surnames")
_SURNAMES_TOO = names.vocabulary("surnames like titles")
_CALENDAR = names.vocabulary("calendar")
_GIVEN_TOO = frozenset(("dean", "earl"))
_GIVEN_AND_FAMILY = 2
_SHORTEST_AGENT = 6
_HYPHENATED_TITLES = ("vice-", "ex-", "co-", "under-")
_OF_AGENTS = ("ist", "er", "or", "man", "woman", "ian")


@dataclass(frozen=True, slots=True)
class Part:
    """A possible name and the title that stands before it."""

    tokens: tuple[Token, ...]
    title: str

    @property
    def start(self) -> int:
        """Where the name begins in its block."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where the name ends in its block."""
        return self.tokens[-1].end


def name_parts(segment: Segment, *, after_office: bool = False) -> Iterator[Part]:
    """The possible names of a segment; an acronym cuts it. `after_office` says that `minister for` or the like precedes it."""
    if len(segment.tokens) == 1:
        [alone] = segment.tokens
        if alone.key not in names.lists().roles and not _is_acronym(alone, first=True):
            yield Part(segment.tokens, "")
        return
    start, title = _after_titles(segment.tokens)
    if after_office and not title:
        start, title = _after_department(segment.tokens)
    rest = list(segment.tokens[start:])
    if len(rest) == 1 and not title and rest[0].key in names.lists().roles:
        return
    piece: list[Token] = []
    for token in _without_tail(_without_origin(rest)):
        if _is_acronym(token, first=not piece):
            yield from _part(piece, title)
            piece, title = [], ""
        else:
            piece.append(token)
    yield from _part(piece, title)


def _part(piece: list[Token], title: str) -> Iterator[Part]:
    if piece:
        yield Part(tuple(piece), title)


def _is_acronym(token: Token, *, first: bool) -> bool:
    if not token.is_caps or token.key in SUFFIXES:
        return False
    return not first or len(token.text) > INITIALS_WITHOUT_DOTS or token.key in _ACRONYMS


def _after_titles(tokens: tuple[Token, ...]) -> tuple[int, str]:
    start, title = 0, ""
    for index, (token, follower) in enumerate(pairwise(tokens)):
        if not _is_title(token) or follower.key in SUFFIXES:
            continue
        if token.key in _GIVEN_TOO and index == 0 and len(tokens) == _GIVEN_AND_FAMILY:
            continue
        is_surname = index > start and token.key in _SURNAMES_TOO and names.is_given(tokens[index - 1].key)
        if not is_surname and not names.is_place(f"{token.key} {follower.key}"):
            start, title = index + 1, token.text
    return start, title


def _is_title(token: Token) -> bool:
    if token.key in PART_OF_NAME or token.key in _TRADES:
        return False
    return token.key in names.lists().roles or token.key.startswith(_HYPHENATED_TITLES)


def _after_department(tokens: tuple[Token, ...]) -> tuple[int, str]:
    """Past `Foreign Affairs` in `minister of Foreign Affairs Ali Alatas`."""
    begins = next((index for index, token in enumerate(tokens) if not _is_no_name(token)), 0)
    return (begins, tokens[begins - 1].text) if 0 < begins < len(tokens) - 1 else (0, "")


def _without_origin(tokens: list[Token]) -> list[Token]:
    """`German Steffi Graf` without the people, `Near East Affairs Robert Smith` without the office: a whole name must be left."""
    start = 0
    for index, token in enumerate(tokens[:-1]):
        if token.is_particle:
            continue
        if names.is_common_given(token.key) or (token.is_initials and not _is_no_name(token)):
            return tokens[index:] if _stand_before(tokens[:index], tokens[-1]) else tokens[start:]
        if index == start and len(tokens) - index > _GIVEN_AND_FAMILY and (names.is_place(token.key) or _is_agent(token)):
            start = index + 1
    return tokens[start:]


def _stand_before(head: list[Token], last: Token) -> bool:
    """Whether the words before a given name are no part of the name."""
    if all(_is_no_name(token) for token in head):
        return True
    if any(names.looks_like_family(token.key) and not _is_no_name(token) for token in head):
        return False
    if len(head) > 1:
        return _is_no_name(head[0])
    return _is_agent(head[0]) or (names.looks_like_family(last.key) and not names.is_word(last.key))


def _is_agent(token: Token) -> bool:
    """Whether an unknown word says what somebody does: `Scientologist`, `Stationmaster`."""
    return token.key.endswith(_OF_AGENTS) and len(token.key) >= _SHORTEST_AGENT and not names.looks_like_family(token.key)


def _is_no_name(token: Token) -> bool:
    if token.is_particle or token.is_caps or token.is_camel:
        return True
    if token.is_initials:
        return token.key.replace(".", "") in _ACRONYMS
    ordinary = names.is_word(token.key) or token.key in names.lists().roles
    return not names.is_common_given(token.key) and (ordinary or names.is_place(token.key) or names.is_organisation(token.key))


def _without_tail(tokens: list[Token]) -> list[Token]:
    """`Ana Silva Monday` and `Ana Silva Speaking` without the word that opens what follows."""
    while len(tokens) > 1 and tokens[-1].key in _CALENDAR:
        tokens = tokens[:-1]
    while sum(not token.is_initials for token in tokens) > _GIVEN_AND_FAMILY and _opens_more(tokens[-1]):
        tokens = tokens[:-1]
    return tokens


def _opens_more(token: Token) -> bool:
    return names.is_word(token.key) and not names.looks_like_family(token.key) and not names.is_organisation(token.key)
