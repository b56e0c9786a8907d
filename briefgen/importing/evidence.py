"""What speaks for a stretch of capitalised words being a person, and what against it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefgen.importing import names
from briefgen.importing.capitals import SUFFIXES, UPPER, Segment, Token

SURE = 2.5
"""A name of several words is a person from here on."""

_SPEECH = (
    "said|says|told|added|asked|argued|warned|insisted|declined|wrote|noted|explained|replied|recalled|admitted|acknowledged|claimed|stressed|predicted"
    "|commented|observed|remarked|joked|testified|conceded|quipped|tweeted|complained|suggested|promised|vowed|thinks|believes|thought|believed|hopes|hoped"
    "|knows|knew|feels|felt|wants|resigned|retired|died|dies|married|smiled|laughed|was born|was arrested|was sentenced|was convicted|was jailed|pleaded|apologised|apologized"
    "|himself|herself|who|whose"
)
_PERSONAL = re.compile(rf",? (?:(?:also|later|then|has|had|have|once|never|himself|herself) )?(?:{_SPEECH})\b")
_AGE = re.compile(r", (?:aged )?\d{1,2}(?:,|\.(?!\d)|;| and\b|$)|,? aged \d{1,2}\b| \((?:aged )?\d{1,2}\)")
_OF_PLACE = re.compile(rf" \((?:\d+-)?((?:[{UPPER}][\w.'-]* ?){{1,4}})(?: \d+)?\)")
_OF = re.compile(r" of\b| & | and (?:Co|Sons|Company)\b")
_APPOSITION = re.compile(r",? \(?((?:[\w'’/-]+ ){0,7}?)([\w'’-]+)(?=[,.;:)]| (?:of|for|at|in|with|from|who|and|to|on|said)\b)")
_SPOKEN = re.compile(r"\b(?:said|says|added|told|asked|replied|explained|warned|wrote|according to|by|with|whom|named|called|between|between|against|son|daughter) $")
_BEFORE = re.compile(r"([\w'’-]+)(,?) $")
_AGENT = re.compile(r"[a-z]{2,}(?:[^aeiou]er|[ts]or|ist|ian|man|woman)")
_NOT_AGENT = frozenset(
    "after never however other under over former per number river water power paper tower september october november december whether together rather"
    " another order member centre theater center chapter letter border winter summer river cancer dinner corner quarter counter matter master enter offer"
    " remember consider human german roman woman version computer newspaper cover super hyper inner outer upper lower later latter better greater bigger"
    " smaller earlier higher larger longer older younger stronger anti exist persist resist list against christian asian italian russian indian"
    " canadian brazilian belgian egyptian iranian australian austrian hungarian indonesian ukrainian bulgarian romanian".split()
)
_PREPOSITIONS = frozenset(("in", "at", "near", "into", "outside", "inside", "around", "across", "throughout", "via"))
_ACRONYMS = frozenset("us uk un eu nz uae tv pm mp gp fc ac ec pc it id ok la dc uss hms bbc cnn abc cbs nbc cia fbi kgb irs imf nato opec".split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text that may name a person: where, in which words, how strongly, why, and with which office before it."""

    block: int
    tokens: tuple[Token, ...]
    score: float
    reason: str
    title: str
    opens: bool
    surface: str

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(token.key for token in self.tokens)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(token.key for token in self.tokens if not token.is_particle and token.key not in SUFFIXES)


def candidates(block: int, text: str, segment: Segment) -> list[Candidate]:
    """What a segment may name, usually one candidate or none."""
    found = []
    for tokens, title in _parts(segment.tokens):
        if tokens:
            found.append(_weigh(block, text, tokens, title, opens=segment.opens and tokens[0] is segment.tokens[0]))
    return found


def _parts(tokens: Sequence[Token]) -> list[tuple[tuple[Token, ...], str]]:
    """The name proper, after titles, nationalities and acronyms."""
    start = 0
    title = ""
    roles = names.lists().roles
    for index, token in enumerate(tokens[:-1]):
        follower = tokens[index + 1]
        if (token.key in roles or token.key.startswith(("vice-", "ex-", "co-"))) and follower.key not in SUFFIXES and not (
            index - start >= 1 and names.is_given(tokens[start].key) and not names.is_word(tokens[start].key) and follower.key in roles
        ):
            if index > start and token.key in _SURNAMES_TOO and names.is_given(tokens[index - 1].key):
                continue
            start, title = index + 1, token.text
    rest = list(tokens[start:])
    if len(rest) == 1 and not title and rest[0].key in roles:
        return []
    rest = _without_origin(rest)
    out: list[tuple[tuple[Token, ...], str]] = []
    piece: list[Token] = []
    for token in rest:
        if token.is_caps and token.key not in SUFFIXES and not _may_be_initials(token, piece):
            out.append((tuple(piece), title))
            piece, title = [], ""
            continue
        piece.append(token)
    out.append((tuple(piece), title))
    return [(part, office) for part, office in out if part]


_SURNAMES_TOO = frozenset("king pope prince bishop major judge marshal captain dean abbot priest monk baron duke earl lord sister brother father guard winger driver archer bowler hunter".split())


def _may_be_initials(token: Token, before: list[Token]) -> bool:
    return not before and len(token.text) == 2 and token.key not in _ACRONYMS


def _without_origin(tokens: list[Token]) -> list[Token]:
    """`German Steffi Graf` without the people, as long as a whole name is left."""
    for size in (3, 2, 1):
        plain = [token for token in tokens if not token.is_particle]
        if len(plain) - size >= 2 and names.is_place(" ".join(token.key for token in plain[:size])) and (
            size > 1 or not names.is_given(plain[0].key) or names.is_given(plain[1].key)
        ):
            return tokens[tokens.index(plain[size]) :]
    plain = tokens
    if len(plain) >= 3 and plain[0].is_initials and plain[0].key.replace(".", "") in _ACRONYMS:
        return tokens[1:]
    return tokens


def _weigh(block: int, text: str, tokens: tuple[Token, ...], title: str, *, opens: bool) -> Candidate:
    start, end = tokens[0].start, tokens[-1].end
    before, after = text[max(0, start - 40) : start], text[end : end + 100]
    if after[:2] in {"'s", "’s"}:
        after = ""
    whole = [token for token in tokens if not token.is_particle and token.key not in SUFFIXES]
    score, reason = _of_words(tokens, whole, opens=opens)
    for points, why in _around(before, after, title):
        score += points
        if points > 0:
            reason = why
    return Candidate(block, tokens, score, reason, title, opens, text[start:end])


def _of_words(tokens: tuple[Token, ...], whole: list[Token], *, opens: bool) -> tuple[float, str]:
    known = names.lists()
    keys = [token.key for token in whole]
    joined = " ".join(keys)
    if not keys or joined in known.not_persons or " ".join(keys[:2]) in known.not_persons or names.is_place(" ".join(token.key for token in tokens)):
        return -9.0, ""
    if any(key in names.CALENDAR for key in keys[1:]) or (keys[0] in names.CALENDAR and not names.is_given(keys[0])):
        return -9.0, ""
    if any(key in known.organisations and not names.looks_like_family(key) for key in keys) or len(keys) > 5:
        return -9.0, ""
    score, reason = _of_first(whole, opens=opens)
    score += sum(2.0 for token in tokens if token.key in SUFFIXES) + sum(1.0 for token in tokens if token.is_particle)
    for index, token in enumerate(whole[1:], 1):
        score += _of_later(token, last=index == len(whole) - 1)
    return score, reason


def _of_first(whole: list[Token], *, opens: bool) -> tuple[float, str]:
    first = whole[0]
    known = names.lists()
    if first.is_initials:
        return (-9.0 if first.key.replace(".", "") in _ACRONYMS or whole[-1].is_initials else 2.0), "initials before a name"
    if first.is_caps:
        return 1.0, "initials before a name"
    ordinary, place = names.is_word(first.key), names.is_place(first.key)
    if names.is_given(first.key):
        score = 2.0 if ordinary or place else 3.0
        if first.key in known.organisations:
            score -= 1.0
        return score - (0.5 if ordinary and opens else 0.0), "begins with a given name"
    if first.key in known.family_first and len(whole) in {2, 3} and not ordinary:
        return 2.5, "begins with a family name that stands first"
    if ordinary or first.key in known.organisations:
        return -2.0, ""
    if place:
        return -2.0, ""
    return (1.0 if names.looks_like_family(first.key) else 0.5), "reads like a name"


def _of_later(token: Token, *, last: bool) -> float:
    known = names.lists()
    if token.is_initials:
        return 1.5 if not last else -1.0
    family = names.looks_like_family(token.key)
    score = 0.0
    if token.key in known.organisations:
        score -= 2.0
    elif family:
        score += 1.0
    elif "-" in token.text and token.text.rpartition("-")[2].islower():
        score += 2.0
    elif names.is_word(token.key) or token.key in known.roles:
        score -= 2.5
    elif names.is_place(token.key):
        score -= 2.0
    else:
        score += 0.5
    return score


def _around(before: str, after: str, title: str) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = []
    if title:
        found.append((4.0, f"named with the title “{title}”"))
    previous = _BEFORE.search(before)
    word = previous[1] if previous else ""
    if word and not title:
        found.append(_of_word_before(word, comma=bool(previous and previous[2])))
    if _AGE.match(after):
        found.append((3.5, "given with an age"))
    if _PERSONAL.match(after):
        found.append((1.5, "speaks or acts as a person"))
    if (place := _OF_PLACE.match(after)) and names.is_place(names.key(place[1])):
        found.append((1.5, "given with a country"))
    if _OF.match(after):
        found.append((-1.5, ""))
    if not title and _has_office(after):
        found.append((2.5, "given with an office"))
    if _SPOKEN.search(before):
        found.append((1.0, "speaks or acts as a person"))
    return found


def _of_word_before(word: str, *, comma: bool) -> tuple[float, str]:
    if comma:
        return 0.0, ""
    if word in names.lists().roles:
        return 3.0, f"named with the title “{word}”"
    if _AGENT.fullmatch(word) and word not in _NOT_AGENT:
        return 1.5, f"named with the title “{word}”"
    if word in _PREPOSITIONS:
        return -2.0, ""
    if word in {"the", "The", "a", "an"}:
        return -2.5, ""
    return 0.0, ""


def _has_office(after: str) -> bool:
    if not after.startswith((", ", " (")):
        return False
    roles = names.lists().roles
    match = re.match(r",? \(?([^,.;()]{3,70})", after)
    if not match or match[1][0].isupper():
        return False
    words = match[1].split()
    return any(word in roles for word in words[:6]) and not any(word in {"who", "said", "told", "was", "is", "were"} for word in words[:3])
