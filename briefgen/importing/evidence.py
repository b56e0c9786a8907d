"""What speaks for capitalised words naming a person, and what against it: the words themselves and the words around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefgen.importing import names
from briefgen.importing.capitals import SUFFIXES, UPPER, Segment, Token
from briefgen.importing.parts import ACRONYMS, PART_OF_NAME, Part, name_parts

SURE = 2.5
"""A name of several words is a person from here on, a single word from `SURE_ALONE` on."""
SURE_ALONE = 3.0
NEVER = -20.0

_SPEECH = (
    "said|says|told|added|asked|argued|warned|insisted|declined|wrote|noted|explained|replied|recalled|admitted|acknowledged|claimed|stressed|predicted"
    "|commented|observed|remarked|joked|testified|conceded|quipped|tweeted|complained|suggested|promised|vowed|thinks|believes|thought|believed|hopes|hoped"
    "|knows|knew|feels|felt|wants|resigned|retired|died|dies|married|smiled|laughed|was born|was arrested|was sentenced|was convicted|was jailed|pleaded"
    "|apologised|apologized|himself|herself|who|whose"
)
_PERSONAL = re.compile(rf",? (?:(?:also|later|then|has|had|have|once|never|himself|herself) )?(?:{_SPEECH})\b")
_AGE = re.compile(r", (?:aged )?\d{1,2}(?:,|\.(?!\d)|;| and\b|$)|,? aged \d{1,2}\b| \((?:aged )?\d{1,2}\)(?! \d)")
_OF_PLACE = re.compile(rf" \((?:\d+-)?((?:[{UPPER}][\w.'-]* ?){{1,4}})(?: \d+)?\)")
_OF = re.compile(rf" of\b(?! (?:[{UPPER}][\w'-]+|the United|the Czech|the Netherlands))")
_FIRM = re.compile(rf" & [{UPPER}]| and (?:Co|Sons|Company)\b|,? (?:Inc|Ltd|Corp|Co|LLC|LLP|PLC|plc|AG|SA|NV)\b")
_SHORT = re.compile(r" \(([A-Z]{2,6})\)")
_THINGS = (
    "newspaper|daily|weekly|magazine|newspapers|tabloid|broadcaster|airport|stadium|street|road|river|district|province|county|region|village|town|city|island"
    "|airline|group|company|firm|shares|index|stock|bank|sedan|party|prison|hospital|college|university|festival|museum|hotel|restaurant|brand|ship|vessel"
    "|tanker|ferry|network|website|app|agency|movement|militia|club|team|league|award|prize|trophy|cup"
)
_THING_AFTER = re.compile(rf" (?:{_THINGS})\b")
_THING_BEFORE = re.compile(
    r"\b(?:newspaper|daily|weekly|magazine|tabloid|broadcaster|airline|airlines|conglomerate|operator|chain|agency|website|journal|retailer|insurer|brewer|subsidiary"
    r"|giant|film|movie|novel|album|musical|opera|ship|vessel|tanker|ferry|village|town|city|province|district|stadium|airport|hotel|restaurant|network|carmaker"
    r"|automaker|maker|manufacturer|producer of|company|firm|group|bank|club|unit|rapper's) $"
)
_OFFICE = re.compile(r"(?:, | \()([a-z][^,.;()]{3,70})")
_SPEAKING_OF = re.compile(
    r"\b(?:said|says|added|told|asked|replied|explained|warned|wrote|according to|with|whom|named|called|against|son|daughter),? $"
)
_MINUTE = re.compile(r" \(?\d{1,3}(?:st|nd|rd|th)\b|,? \(?\d{1,3}(?:st|nd|rd|th)? min| \d{1,3}(?:, \d{1,3})*\)")
_BOWLING = re.compile(r" \d+(?:\.\d)?-\d+-\d+-\d+")
_BATTING = re.compile(r" (?:not out|run out|lbw|b|c|st) (?:[A-Z\d]|b |and b |\()| not out\b")
_OUT = re.compile(r"(?:^|[ )])(?:b|c|st|lbw) $")
_RUNS = re.compile(r" (?:\d|b |$)|$")
_AFTER_OFFICE = re.compile(
    r"\b(?:[Mm]inister|[Ss]ecretary|[Uu]ndersecretary|[Cc]ommissioner|[Dd]irector|[Hh]ead|[Cc]hancellor) (?:for|of)(?: the)? $"
)
_CAMEL = re.compile(r"^(?!(?:Mac|Mc|De|Di|Da|Du|La|Le|Lo|Fitz|Van|Von|El|Al|Ah|San|St|O|Mali|Ma|Ja|Jo|Ke|De)[A-Z][a-z])[A-Z][a-z]+[A-Z]")
SHORTEST = 3
_IN_PROSE = re.compile(r",? (?:[a-z]|\d)|['’]s [a-z]|[.,;:]")
_KIN = re.compile(r"\b(?:child|son|daughter|wife|husband|brother|sister|mother|father|baby|girl|boy),? $")
_GOVERNMENT = re.compile(r" (?:government|administration|cabinet|regime|presidency|camp|team's lawyer)\b")
_BEFORE = re.compile(r"([\w'’-]+)(,?) $")
_AGENT = re.compile(r"[a-z]{2,}(?:[^aeiou]er|[ts]or|ist|ian|man|woman)")
_NO_AGENT = frozenset(
    "after never however other under over former per number river water power paper tower september october november december whether together rather"
    " another order member centre theater center chapter letter border winter summer cancer dinner corner quarter counter matter master enter offer"
    " remember consider computer newspaper cover super hyper inner outer upper lower later latter better greater bigger smaller earlier higher larger"
    " longer older younger stronger exist persist resist list against fewer further ever sister-in-law".split()
)
_AT = frozenset(("in", "at", "near", "into", "outside", "inside", "around", "across", "throughout", "via"))


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
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end


def candidates(block: int, text: str, segment: Segment) -> Iterator[Candidate]:
    """What a segment may name: usually one candidate, or none."""
    for part in name_parts(segment, after_office=_AFTER_OFFICE.search(text, max(0, segment.start - 40), segment.start) is not None):
        whole = [token for token in part.tokens if not token.is_particle and token.key not in SUFFIXES]
        if not whole:
            continue
        opens = segment.opens and part.tokens[0] is segment.tokens[0]
        several = len(whole) > 1
        score, reason = _of_several(part.tokens, whole, opens=opens) if several else _of_one(whole[0], opens=opens)
        if score <= NEVER:
            continue
        plain = several and names.is_common_given(whole[0].key)
        for points, why in _around(text, part, several=several, plain=plain):
            score += points
            reason = why or reason
        if several and score < SURE and "title" in reason and _one_odd_word(whole) and _IN_PROSE.match(text, part.tokens[-1].end):
            score = SURE
        yield Candidate(block, part.tokens, tuple(token.key for token in whole), score, reason)


def _of_several(tokens: tuple[Token, ...], whole: list[Token], *, opens: bool) -> tuple[float, str]:
    known = names.lists()
    keys = [token.key for token in whole]
    if (
        " ".join(keys[:2]) in known.not_persons
        or names.is_place(" ".join(token.key for token in tokens))
        or names.is_place(" ".join(keys[-2:]))
    ):
        return NEVER, ""
    if any(key in names.CALENDAR for key in keys[1:]) or (keys[0] in names.CALENDAR and not names.is_given(keys[0])):
        return NEVER, ""
    if len(keys) > 2 and names.is_organisation(keys[-1]) and not names.is_common_given(keys[0]):
        return NEVER, ""
    if any(names.is_organisation(key) and not names.looks_like_family(key) for key in keys) or len(keys) > 5 or whole[-1].is_initials:
        return NEVER, ""
    score, reason = _of_first(whole, opens=opens)
    if _CAMEL.search("".join(token.text for token in whole[-1:])):
        score -= 2.0
    if names.is_word(keys[-1]) and not whole[0].is_initials and not names.is_common_given(keys[0]):
        score -= 1.0
    score += sum(2.0 for token in tokens if token.key in SUFFIXES) + sum(1.0 for token in tokens if token.is_particle)
    return score + sum(_of_later(token) for token in whole[1:]), reason


def _of_first(whole: list[Token], *, opens: bool) -> tuple[float, str]:
    first = whole[0]
    known = names.lists()
    if first.key in PART_OF_NAME:
        return 2.0, "a name that is never given without its title"
    if first.is_initials or first.is_caps:
        return (NEVER if first.key.replace(".", "") in ACRONYMS else 2.0), "initials before a name"
    ordinary, place = names.is_word(first.key), names.is_place(first.key)
    if names.is_given(first.key):
        score = 3.0 if names.is_common_given(first.key) else 1.5
        return score - (1.0 if first.key in known.organisations else 0.0) - (
            0.5 if ordinary and opens and score < SURE else 0.0
        ), "begins with a given name"
    if first.key in known.family_first and len(whole) <= 3 and not (ordinary and names.is_word(whole[1].key)):
        return (1.5 if ordinary else 2.5), "begins with a family name that stands first"
    if ordinary or place or first.key in known.organisations:
        return -2.0, ""
    return (1.0 if names.looks_like_family(first.key) or whole[-1].key in known.surnames else 0.5), "reads like a name"


def _of_later(token: Token) -> float:
    known = names.lists()
    if token.is_initials:
        return 1.5
    if token.key in known.organisations:
        return -2.0
    if names.looks_like_family(token.key):
        return 1.0
    if "-" in token.text and token.text.rpartition("-")[2].islower():
        return 2.0
    if names.is_word(token.key) or token.key in known.roles:
        return -2.0
    return -2.0 if names.is_place(token.key) else 0.5


def _of_one(token: Token, *, opens: bool) -> tuple[float, str]:
    known = names.lists()
    word = token.key
    if len(word) < SHORTEST or token.is_initials or token.is_caps or _CAMEL.search(token.text):
        return NEVER, ""
    if word in names.CALENDAR or names.is_place(word) or word in known.organisations:
        return -4.0, ""
    if re.search(r"-[uae]l-|-ur-|-ud-", word):
        return SURE_ALONE, "a compound name"
    if names.is_word(word) or word in known.roles:
        return (-2.0 if opens else -1.5), ""
    if word in known.surnames:
        return 1.0, "a family name"
    if word in known.given:
        return 0.0, "a given name"
    if names.is_plainly_family(word):
        return 2.0, "ends like a family name"
    return (1.5 if names.looks_like_family(word) else 0.0), "ends like a family name"


def _around(text: str, part: Part, *, several: bool, plain: bool) -> list[tuple[float, str]]:
    start, end, title = part.tokens[0].start, part.tokens[-1].end, part.title
    before, after = text[max(0, start - 40) : start], text[end : end + 100]
    found = [(4.0, f"named with the title “{title}”")] if title else [_of_word_before(before, plain=plain)]
    if _AGE.match(after):
        found.append((3.5, "given with an age"))
    if _PERSONAL.match(after):
        found.append((1.5, "speaks or acts as a person"))
    if (place := _OF_PLACE.match(after)) and names.is_place(names.key(place[1])):
        found.append((1.5 if several else 0.0, "given with a country"))
    if _FIRM.match(after) or _short_for(after, text[start:end]):
        found.append((-4.0, ""))
    if _OF.match(after):
        found.append((-0.5 if plain else -1.5, ""))
    if _THING_AFTER.match(after):
        found.append((-1.5 if plain else -3.0, ""))
    if not title and _has_office(after):
        found.append((2.5, "given with an office"))
    if not several and _KIN.search(before):
        found.append((1.5 if before[-2:] != ", " else 3.0, "named as family"))
    if _GOVERNMENT.match(after) and before.endswith("the "):
        found.append((5.5, "gives a government its name"))
    if _SPEAKING_OF.search(before):
        found.append((1.0, "speaks or acts as a person"))
    return found + _in_table(text, start, end)


def _in_table(text: str, start: int, end: int) -> list[tuple[float, str]]:
    """What the lines of sports results say: a scorer with his minute, a batsman with his runs."""
    after = text[end : end + 30]
    if (
        _MINUTE.match(after)
        or _BOWLING.match(after)
        or _BATTING.match(after)
        or (_OUT.search(text[max(0, start - 8) : start]) and _RUNS.match(after))
    ):
        return [(3.0, "stands in a table of results")]
    return []


def _one_odd_word(whole: list[Token]) -> bool:
    """Whether but one word of a name is a word of the language as well, as in `Barber Conable`."""
    plain = [token for token in whole if not (names.is_word(token.key) or names.is_place(token.key) or names.is_organisation(token.key))]
    return len(plain) >= len(whole) - 1 > 0


def _short_for(after: str, name: str) -> bool:
    """Whether initials in brackets follow, as they do after organisations: `Casa de Cambio (CDC)`."""
    found = _SHORT.match(after)
    return found is not None and found[1][0] == name[0] and not names.is_place(found[1].lower())


def _of_word_before(before: str, *, plain: bool) -> tuple[float, str]:
    previous = _BEFORE.search(before)
    if not previous or previous[2]:
        return 0.0, ""
    if _THING_BEFORE.search(before):
        return (-1.5 if plain else -3.0), ""
    word = previous[1]
    if word in names.lists().roles:
        return 3.0, f"named with the title “{word}”"
    if _AGENT.fullmatch(word) and word not in _NO_AGENT:
        return 1.5, f"named with the title “{word}”"
    if word in _AT:
        return (-0.5 if plain else -2.0), ""
    return (-1.0 if plain else -2.5, "") if word in {"the", "The", "a", "an"} else (0.0, "")


def _has_office(after: str) -> bool:
    found = _OFFICE.match(after)
    if not found:
        return False
    words = found[1].split()
    return any(word in names.lists().roles for word in words[:6]) and not {"who", "said", "told", "was", "is", "were"} & set(words[:3])
