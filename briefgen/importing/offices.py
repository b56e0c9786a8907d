"""The office or role that a text gives a person, before the name or after it."""

import re

from briefgen.importing import names
from briefgen.importing.capitals import FUNCTION_WORDS

_WORDS_BEFORE = re.compile(r"(?:[\w&/.'’-]+ ){1,12}$")
_AFTER = re.compile(r", (?:(?:an?|the|his|her|its|their) )?([^,.;:()“”\"]{3,100})(?=[,.;:]|$)")
_MODIFIERS = frozenset(
    "former ex deputy vice prime foreign chief senior junior acting interim assistant associate executive managing general national security defence defense"
    " finance interior press political military medical chief legal veteran honorary outgoing incoming late newly then world top leading retired special"
    " presidential opposition state party federal regional police central bank vice-chief home health trade energy education economy economics justice labour labor"
    " agriculture transport culture environment social affairs government company team head sanctions lead principal human rights intelligence communications"
    " campaign research financial operating technology information marketing editorial creative".split()
)
_RELATIONS = frozenset(
    "counterpart predecessor successor rival colleague friend ally opponent namesake compatriot countryman man woman boy girl child father mother son daughter husband"
    " wife wives widow widower brother sister uncle aunt nephew niece cousin grandfather grandmother grandson granddaughter stepfather stepson fiance fiancee girlfriend"
    " boyfriend neighbour neighbor lover mr mrs ms miss dr messrs monsieur madame mme mlle herr frau signor signora senor senora suspect victim patient resident"
    " teammate team-mate partner player others".split()
)
_JOINED = re.compile(r"(?:chief|secretary|head|minister|director|chair|member|leader|speaker|house) of (?:the )?[\w-]+ $", re.IGNORECASE)
LONGEST = 90


def office(text: str, start: int, end: int) -> str:
    """The office given with the name at `start` to `end`, as worded; empty where the text gives none.

    >>> office("Former NATO chief Anders Fogh Rasmussen said", 18, 39), office("with Jane Doe, head of the bank, and", 5, 13)
    ('Former NATO chief', 'head of the bank')
    """
    return _before(text[max(0, start - 120) : start]) or _after(text[end : end + 130])


def _before(text: str) -> str:
    found = _WORDS_BEFORE.search(text)
    if not found:
        return ""
    words = found[0].split()
    kept: list[str] = []
    if joined := _JOINED.search(found[0]):
        kept = joined[0].split()
        words = words[: len(words) - len(kept)]
    elif not _is_office(words[-1]):
        return ""
    while words and _continues(words[-1]):
        kept.insert(0, words.pop())
        if kept[0].endswith(("’s", "'s", "s’", "s'")):
            break
    if all(names.key(word) in _RELATIONS for word in kept if _is_role(word)) or (kept and names.key(kept[-1]) in _RELATIONS):
        return ""
    return " ".join(kept)


def _after(text: str) -> str:
    found = _AFTER.match(text)
    if not found:
        return ""
    words = found[1].split()
    if len(words) > 14 or not any(_is_role(word) for word in words[:6]) or words[0][0].isupper() and not _is_role(words[0]):
        return ""
    if {"who", "said", "told", "was", "is", "were", "and", "whose", "which", "has", "had"} & set(words[:4]) or names.key(words[0]) in _RELATIONS:
        return ""
    first_role = next(word for word in words if _is_role(word))
    return found[1].strip() if names.key(first_role) not in _RELATIONS else ""


def _is_role(word: str) -> bool:
    return names.key(word) in names.lists().roles


def _is_office(word: str) -> bool:
    return _is_role(word) and names.key(word).rstrip(".") not in _RELATIONS


def _continues(word: str) -> bool:
    bare = names.key(word)
    if bare in FUNCTION_WORDS or (word[-1] in ".," and len(word) > 3):
        return False
    return word[0].isupper() or bare in _MODIFIERS or _is_role(word) or names.is_place(bare) or bare.endswith(("’s", "'s"))
