"""The name proper inside a stretch of capitals: titles, nationalities and what else stands before it set apart."""

from collections.abc import Iterator
from dataclasses import dataclass

from briefgen.importing import names
from briefgen.importing.capitals import INITIALS_WITHOUT_DOTS, SUFFIXES, Segment, Token

ACRONYMS = frozenset(
    "us uk un eu nz uae tv pm mp gp fc ac ec pc it id ok la dc uss hms bbc cnn abc cbs nbc cia fbi kgb irs imf fa cc sc".split()
)
_SURNAMES_TOO = frozenset(
    "king pope prince bishop major judge marshal captain dean abbot priest monk baron duke earl lord brother guard winger driver archer bowler hunter"
    " priest rider dancer singer speaker skipper center sheriff walker professor champion son sun man private farmer judge justice head cox chief lock hooker"
    " noble knight squire chancellor forward price general sergeant constable".split()
)
_OF_AGENTS = ("ist", "er", "or", "man", "woman", "ian")
_GIVEN_TOO = frozenset(("dean", "earl"))
_GIVEN_AND_FAMILY = 2
PART_OF_NAME = frozenset(("mother",))


@dataclass(frozen=True, slots=True)
class Part:
    """A possible name and the title that stands before it."""

    tokens: tuple[Token, ...]
    title: str


def name_parts(segment: Segment, *, after_office: bool = False) -> Iterator[Part]:
    """The possible names of a segment; an acronym cuts it. `after_office` says that `minister for` or the like precedes it."""
    start, title = _after_titles(segment.tokens)
    if after_office and not title:
        start, title = _after_department(segment.tokens)
    rest = list(segment.tokens[start:])
    if len(rest) == 1 and not title and rest[0].key in names.lists().roles:
        return
    piece: list[Token] = []
    for token in _without_tail(_without_origin(rest)):
        if token.is_caps and token.key not in SUFFIXES and (piece or len(token.text) > INITIALS_WITHOUT_DOTS or token.key in ACRONYMS):
            yield Part(tuple(piece), title)
            piece, title = [], ""
        else:
            piece.append(token)
    yield Part(tuple(piece), title)


def _after_titles(tokens: tuple[Token, ...]) -> tuple[int, str]:
    roles = names.lists().roles
    start, title = 0, ""
    for index, token in enumerate(tokens[:-1]):
        follower = tokens[index + 1]
        is_title = token.key in roles or token.key.startswith(("vice-", "ex-", "co-", "under-"))
        if not is_title or follower.key in SUFFIXES or token.key in PART_OF_NAME:
            continue
        if token.key in _GIVEN_TOO and index == 0 and len(tokens) == _GIVEN_AND_FAMILY:
            continue
        inside_name = index > start and token.key in _SURNAMES_TOO and names.is_given(tokens[index - 1].key)
        if not inside_name and not names.is_place(" ".join(token.key for token in tokens[index : index + 2])):
            start, title = index + 1, token.text
    return start, title


def _after_department(tokens: tuple[Token, ...]) -> tuple[int, str]:
    """Past `Foreign Affairs` in `minister of Foreign Affairs Ali Alatas`."""
    names_from = next((index for index, token in enumerate(tokens) if not _is_no_name(token)), 0)
    return (names_from, tokens[names_from - 1].text) if 0 < names_from < len(tokens) - 1 else (0, "")


def _without_origin(tokens: list[Token]) -> list[Token]:
    """`German Steffi Graf` without the people, `Near East Affairs Robert Pelletreau` without the office: a whole name must be left."""
    start = 0
    for index, token in enumerate(tokens[:-1]):
        if token.is_particle:
            continue
        if names.is_common_given(token.key) or (token.is_initials and token.key.replace(".", "") not in ACRONYMS):
            return tokens[index:] if index and _stands_before(tokens[:index], tokens[index + 1 :]) else tokens[start:]
        if index == start and len(tokens) - index > 2 and names.is_place(token.key):
            start = index + 1
    return tokens[start:]


def _without_tail(tokens: list[Token]) -> list[Token]:
    """`Bill Clinton Speaking` without the word that opens what follows."""
    while (
        len(tokens) > 2
        and names.is_word(tokens[-1].key)
        and not names.looks_like_family(tokens[-1].key)
        and tokens[-1].key not in names.lists().organisations
    ):
        tokens = tokens[:-1]
    return tokens


def _stands_before(head: list[Token], tail: list[Token]) -> bool:
    if all(_is_no_name(token) for token in head):
        return True
    return (
        len(head) == 1
        and not names.looks_like_family(head[0].key)
        and names.looks_like_family(tail[-1].key)
        and not names.is_word(tail[-1].key)
    )


def _is_no_name(token: Token) -> bool:
    known = names.lists()
    return (
        token.is_particle
        or token.is_caps
        or token.is_initials
        or (
            not names.is_common_given(token.key)
            and (names.is_word(token.key) or names.is_place(token.key) or token.key in known.organisations or token.key in known.roles)
        )
    )
