"""Signs of a person in the words before and after a name: titles, ages, offices, verbs, kin – and signs of a thing."""

import re

from briefgen.importing import names
from briefgen.importing.capitals import UPPER
from briefgen.importing.parts import Part

Sign = tuple[float, str]
_BEFORE, _AFTER, _OFFICE_REACH = 40, 100, 90
_NO_SIGN: Sign = (0.0, "")
_TALK_WITH = names.vocabulary("talk with")
_KIN = names.vocabulary("kin")
_GOVERNMENTS = names.vocabulary("governments")
_THINGS_BEFORE = names.vocabulary("things before")
_NO_AGENTS = names.vocabulary("no agents")
_AT = names.vocabulary("at a place")
_FUNCTION_WORDS = names.vocabulary("function words")
_ARTICLES = names.vocabulary("articles")
_THINGS = names.vocabulary("things")
_ACTS = re.compile(
    rf" (?:(?:also|later|then|has|had|have|once|never|himself|herself) )?"
    rf"(?:{names.alternatives('acts of persons')}|was (?:born|arrested|sentenced|convicted|jailed))\b|, who(?:se)?\b",
)
_AGE = re.compile(r", (?:aged )?\d{1,2}(?:,|\.(?!\d)|;| and\b|$)|,? aged \d{1,2}\b| \((?:aged )?\d{1,2}\)(?! \d)")
_OF_COUNTRY = re.compile(rf" \((?:\d+-)?((?:[{UPPER}][\w.'-]* ?){{1,4}})(?: \d+)?\)")
_OF = re.compile(rf" of\b(?! (?:[{UPPER}][\w'-]+|the United|the Czech|the Netherlands))")
_FIRM = re.compile(rf" & [{UPPER}]| and (?:Co|Sons|Company)\b|,? (?:Inc|Ltd|Corp|Co|LLC|LLP|PLC|plc|AG|SA|NV)\b")
_SHORT_FORM = re.compile(r" \(([A-Z]{2,6})\)")
_NEXT_WORD = re.compile(r"(?:['’]s)? ([a-z]+)\b")
_PLACE_BEFORE = re.compile(rf"\b(?:{names.alternatives('places of')}) of $")
_OFFICE = re.compile(r"(?:, | \()([a-z][^,.;()]{3,70})")
_OFFICE_BEFORE = re.compile(r"(?:\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)|[’'])s?(?: [\w’'-]+){1,4}, $")
_OFFICE_OF = re.compile(r"\b([a-z-]+) (?:of|for|at)(?: [\w.’'-]+){1,5}, $")
_AGENT = re.compile(r"[a-z]{2,}(?:[^aeiou]er|[ts]or|ist|ian|man|woman)")
_ENDS = frozenset((",", ".", ";", ":", ""))
_IN_PROSE = re.compile(r",? (?:[a-z]|\d)|['’]s [a-z]|[.,;:]")
_DEPARTMENT = re.compile(rf"\b(?:{names.alternatives('departments')}) (?:for|of)(?: the)? $", re.IGNORECASE)
_OF_DEPARTMENT = (" for ", " of ", " for the ", " of the ")
_DIGIT_SOON = re.compile(r"[ (,]{1,4}\d| (?:not|run|lbw|b|c|st)\b")
_MINUTE = re.compile(r" \(?\d{1,3}(?:st|nd|rd|th)\b|,? \(?\d{1,3}(?:st|nd|rd|th)? min| \d{1,3}(?:, \d{1,3})*\)")
_BOWLING = re.compile(r" \d+(?:\.\d)?-\d+-\d+-\d+")
_BATTING = re.compile(r" (?:not out|run out|lbw|b|c|st) (?:[A-Z\d]|b |and b |\()| not out\b")
_BOWLED_BY = re.compile(r"(?:^|[ )])(?:b|c|st|lbw) $")
_RUNS = re.compile(r" (?:\d|b |$)|$")


def around(text: str, part: Part, *, several: bool, plain: bool) -> list[Sign]:
    """What the words around a name say, as points and a reason; `plain` says that it begins with a plain given name."""
    before, after = text[max(0, part.start - _BEFORE) : part.start], text[part.end : part.end + _AFTER]
    word, comma = _last_word(before)
    if part.title:
        found = [(4.0, f"named with the title “{part.title}”")]
    elif comma and (office := _OFFICE_OF.search(text, max(0, part.start - _OFFICE_REACH), part.start)) and office[1] in names.lists().roles:
        found = [(2.5, f"named with the title “{office[1]}”")]
    elif comma and not (after[:1] in _ENDS and _OFFICE_BEFORE.search(before)):
        found = []
    else:
        found = [_of_word_before(word, before, after, plain=plain)]
    found += _of_things(after, text[part.start], plain=plain)
    if _ACTS.match(after):
        found.append((1.5, "speaks or acts as a person"))
    elif word in _TALK_WITH:
        found.append((1.0, "speaks or acts as a person"))
    if not several and word in _KIN:
        found.append((3.0 if comma else 1.5, "named as family"))
    if word == "the" and _next_word(after) in _GOVERNMENTS:
        found.append((5.5, "gives a government its name"))
    return found + _of_details(after, titled=bool(part.title), several=several) + _in_table(before, after)


def after_office(text: str, start: int) -> bool:
    """Whether `minister for` or the like stands right before.

    >>> after_office("the minister for Education Ana Silva", 17), after_office("a letter for Ana Silva", 13)
    (True, False)
    """
    before = text[max(0, start - _BEFORE) : start]
    return before.endswith(_OF_DEPARTMENT) and _DEPARTMENT.search(before) is not None


def goes_on_in_prose(text: str, end: int) -> bool:
    """Whether a sentence goes on after a name, not a headline in capitals."""
    return _IN_PROSE.match(text, end) is not None


def _last_word(before: str) -> tuple[str, bool]:
    """The word before a name, empty where something else than a blank stands between, and whether a comma follows it."""
    if not before.endswith(" "):
        return "", False
    words = before[:-1]
    bare = words.removesuffix(",")
    return bare.rpartition(" ")[2], bare != words


def _of_word_before(word: str, before: str, after: str, *, plain: bool) -> Sign:
    if word == "of" and _PLACE_BEFORE.search(before):
        return -4.0, ""
    if word in _THINGS_BEFORE:
        return (-1.5 if plain else -3.0), ""
    if word in names.lists().roles:
        return 3.0, f"named with the title “{word}”"
    if _AGENT.fullmatch(word) and word not in _NO_AGENTS:
        return 1.5, f"named with the title “{word}”"
    if word in _AT:
        return (-0.5 if plain else -2.0), ""
    return _of_article(after, plain=plain) if word in _ARTICLES else _NO_SIGN


def _of_article(after: str, *, plain: bool) -> Sign:
    """`the Ana Silva case` is about a person; `the Ana Silva sank` and `aboard the Ana Silva.` are not."""
    stands_alone = after[:1] in _ENDS or _next_word(after) in _FUNCTION_WORDS
    return ((-2.0 if stands_alone else -1.0) if plain else -2.5), ""


def _of_things(after: str, initial: str, *, plain: bool) -> list[Sign]:
    found = []
    if _FIRM.match(after) or _is_abbreviated(after, initial):
        found.append((-4.0, ""))
    if _OF.match(after):
        found.append((-0.5 if plain else -1.5, ""))
    if _next_word(after) in _THINGS:
        found.append((-1.5 if plain else -3.0, ""))
    return found


def _next_word(after: str) -> str:
    found = _NEXT_WORD.match(after)
    return found[1] if found else ""


def _is_abbreviated(after: str, initial: str) -> bool:
    """Whether initials in brackets follow, as they do after organisations: `Caixa Federal (CF)`."""
    found = _SHORT_FORM.match(after)
    return found is not None and found[1][0] == initial and not names.is_place(found[1].lower())


def _of_details(after: str, *, titled: bool, several: bool) -> list[Sign]:
    """An age, a country or an office behind the name."""
    if not after.startswith((",", " (", " aged ")):
        return []
    found = []
    if _AGE.match(after):
        found.append((3.5, "given with an age"))
    if several and (country := _OF_COUNTRY.match(after)) and names.is_place(names.key(country[1])):
        found.append((1.5, "given with a country"))
    if not titled and _has_office(after):
        found.append((2.5, "given with an office"))
    return found


def _has_office(after: str) -> bool:
    found = _OFFICE.match(after)
    words = found[1].split() if found else []
    return any(word in names.lists().roles for word in words[:6]) and not {"who", "said", "told", "was", "is", "were"} & set(words[:3])


def _in_table(before: str, after: str) -> list[Sign]:
    """What the lines of sports results say: a scorer with his minute, a batsman with his runs."""
    bowled = before.endswith((" b ", " c ", " st ", "lbw ")) and _BOWLED_BY.search(before) and _RUNS.match(after)
    figures = _DIGIT_SOON.match(after) and (_MINUTE.match(after) or _BOWLING.match(after) or _BATTING.match(after))
    return [(3.0, "stands in a table of results")] if bowled or figures else []
