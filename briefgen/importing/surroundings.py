"""Signs of a person in the words before and after a name: titles, ages, offices, verbs, kin – and signs of a thing."""

import re

from briefgen.importing import names
from briefgen.importing.capitals import UPPER
from briefgen.importing.parts import Part

Sign = tuple[float, str]
_BEFORE, _AFTER = 40, 100
_TITLE, _AGE_GIVEN, _OFFICE_GIVEN, _GOVERNMENT_NAMED = 4.0, 3.5, 2.5, 5.5
_NO_SIGN: Sign = (0.0, "")
_ACTS = re.compile(
    rf" (?:(?:also|later|then|has|had|have|once|never|himself|herself) )?"
    rf"(?:{names.alternatives('acts of persons')}|was (?:born|arrested|sentenced|convicted|jailed))\b|, who(?:se)?\b",
)
_AGE = re.compile(r", (?:aged )?\d{1,2}(?:,|\.(?!\d)|;| and\b|$)|,? aged \d{1,2}\b| \((?:aged )?\d{1,2}\)(?! \d)")
_OF_COUNTRY = re.compile(rf" \((?:\d+-)?((?:[{UPPER}][\w.'-]* ?){{1,4}})(?: \d+)?\)")
_OF = re.compile(rf" of\b(?! (?:[{UPPER}][\w'-]+|the United|the Czech|the Netherlands))")
_FIRM = re.compile(rf" & [{UPPER}]| and (?:Co|Sons|Company)\b|,? (?:Inc|Ltd|Corp|Co|LLC|LLP|PLC|plc|AG|SA|NV)\b")
_SHORT_FORM = re.compile(r" \(([A-Z]{2,6})\)")
_THING_AFTER = re.compile(rf"(?:['’]s)? (?:{names.alternatives('things')}|{names.alternatives('goods')})\b")
_THING_BEFORE = re.compile(rf"\b(?:{names.alternatives('things before')}) $")
_PLACE_BEFORE = re.compile(rf"\b(?:{names.alternatives('places of')}) of $")
_OFFICE = re.compile(r"(?:, | \()([a-z][^,.;()]{3,70})")
_TALKS_WITH = re.compile(
    r"\b(?:said|says|added|told|asked|replied|explained|warned|wrote|according to|with|whom|named|called|against|son|daughter),? $"
)
_KIN = re.compile(rf"\b(?:{names.alternatives('kin')})(,?) $")
_GOVERNMENT = re.compile(rf" (?:{names.alternatives('governments')})\b")
_WORD_BEFORE = re.compile(r"([\w'’-]+)(,?) $")
_OFFICE_BEFORE = re.compile(r"(?:\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)|[’'])s?(?: [\w’'-]+){1,4}, $")
_ENDS = frozenset((",", ".", ";", ":", ""))
_AGENT = re.compile(r"[a-z]{2,}(?:[^aeiou]er|[ts]or|ist|ian|man|woman)")
_AT = frozenset(("in", "at", "near", "into", "outside", "inside", "around", "across", "throughout", "via"))
_ARTICLES = frozenset(("the", "The", "a", "an"))
_IN_PROSE = re.compile(r",? (?:[a-z]|\d)|['’]s [a-z]|[.,;:]")
_DEPARTMENT = re.compile(rf"\b(?:{names.alternatives('departments')}) (?:for|of)(?: the)? $", re.IGNORECASE)
_MINUTE = re.compile(r" \(?\d{1,3}(?:st|nd|rd|th)\b|,? \(?\d{1,3}(?:st|nd|rd|th)? min| \d{1,3}(?:, \d{1,3})*\)")
_BOWLING = re.compile(r" \d+(?:\.\d)?-\d+-\d+-\d+")
_BATTING = re.compile(r" (?:not out|run out|lbw|b|c|st) (?:[A-Z\d]|b |and b |\()| not out\b")
_BOWLED_BY = re.compile(r"(?:^|[ )])(?:b|c|st|lbw) $")
_RUNS = re.compile(r" (?:\d|b |$)|$")


def around(text: str, part: Part, *, several: bool, plain: bool) -> list[Sign]:
    """What the words around a name say, as points and a reason; `plain` says that it begins with a plain given name."""
    before, after = text[max(0, part.start - _BEFORE) : part.start], text[part.end : part.end + _AFTER]
    found = [
        (_TITLE, f"named with the title “{part.title}”") if part.title else _of_word_before(before, plain=plain, set_off=after[:1] in _ENDS)
    ]
    found += _of_things(after, text[part.start], plain=plain)
    if _AGE.match(after):
        found.append((_AGE_GIVEN, "given with an age"))
    if _ACTS.match(after) or _TALKS_WITH.search(before):
        found.append((1.5 if _ACTS.match(after) else 1.0, "speaks or acts as a person"))
    if several and (country := _OF_COUNTRY.match(after)) and names.is_place(names.key(country[1])):
        found.append((1.5, "given with a country"))
    if not part.title and _has_office(after):
        found.append((_OFFICE_GIVEN, "given with an office"))
    if not several and (kin := _KIN.search(before)):
        found.append((3.0 if kin[1] else 1.5, "named as family"))
    if before.endswith("the ") and _GOVERNMENT.match(after):
        found.append((_GOVERNMENT_NAMED, "gives a government its name"))
    return found + _in_table(before, after)


def after_office(text: str, start: int) -> bool:
    """Whether `minister for` or the like stands right before.

    >>> after_office("the minister for Education Ana Silva", 17), after_office("a letter for Ana Silva", 13)
    (True, False)
    """
    return _DEPARTMENT.search(text, max(0, start - _BEFORE), start) is not None


def goes_on_in_prose(text: str, end: int) -> bool:
    """Whether a sentence goes on after a name, not a headline in capitals."""
    return _IN_PROSE.match(text, end) is not None


def _of_word_before(before: str, *, plain: bool, set_off: bool) -> Sign:
    found = _WORD_BEFORE.search(before)
    if not found:
        return _NO_SIGN
    if _PLACE_BEFORE.search(before):
        return -4.0, ""
    if _THING_BEFORE.search(before):
        return (-1.5 if plain else -3.0), ""
    apart = found[2] and not (set_off and _OFFICE_BEFORE.search(before))
    return _NO_SIGN if apart else _of_word(found[1], plain=plain)


def _of_word(word: str, *, plain: bool) -> Sign:
    if word in names.lists().roles:
        return 3.0, f"named with the title “{word}”"
    if _AGENT.fullmatch(word) and word not in names.vocabulary("no agents"):
        return 1.5, f"named with the title “{word}”"
    if word in _AT:
        return (-0.5 if plain else -2.0), ""
    return (-1.0 if plain else -2.5, "") if word in _ARTICLES else _NO_SIGN


def _of_things(after: str, initial: str, *, plain: bool) -> list[Sign]:
    found = []
    if _FIRM.match(after) or _is_abbreviated(after, initial):
        found.append((-4.0, ""))
    if _OF.match(after):
        found.append((-0.5 if plain else -1.5, ""))
    if _THING_AFTER.match(after):
        found.append((-1.5 if plain else -3.0, ""))
    return found


def _is_abbreviated(after: str, initial: str) -> bool:
    """Whether initials in brackets follow, as they do after organisations: `Caixa Federal (CF)`."""
    found = _SHORT_FORM.match(after)
    return found is not None and found[1][0] == initial and not names.is_place(found[1].lower())


def _has_office(after: str) -> bool:
    found = _OFFICE.match(after)
    if not found:
        return False
    words = found[1].split()
    return any(word in names.lists().roles for word in words[:6]) and not {"who", "said", "told", "was", "is", "were"} & set(words[:3])


def _in_table(before: str, after: str) -> list[Sign]:
    """What the lines of sports results say: a scorer with his minute, a batsman with his runs."""
    bowled = _BOWLED_BY.search(before) and _RUNS.match(after)
    if bowled or _MINUTE.match(after) or _BOWLING.match(after) or _BATTING.match(after):
        return [(3.0, "stands in a table of results")]
    return []
