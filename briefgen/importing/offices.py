"""The office or role that a text gives a person, before the name or after it."""

import re
from collections.abc import Mapping

from briefgen.importing.names import is_place, key, lists, vocabulary

_RELATIONS = vocabulary("relations")
_FUNCTION_WORDS = vocabulary("function words")
_MODIFIERS = vocabulary("modifiers")
_REACH = 120
_WORDS_BEFORE = re.compile(r"(?:[\w&/.'’-]+ ){1,12}$")
_JOINED = re.compile(r"(?:chief|secretary|head|minister|director|chair|member|leader|speaker|house) of (?:the )?[\w-]+ $", re.IGNORECASE)
_AFTER = re.compile(r", (?:(?:an?|the|his|her|its|their) )?([^,.;:()“”\"]{3,100})(?=[,.;:]|$)")
_SET_OFF = re.compile(r", (?!and\b|or\b)[a-z]|[.;]")
"""What stands behind a name that says who was meant; in a list, a further name would."""
_FOLLOWED_BY_NAME = re.compile(r"^(?:[a-z-]+ )+[A-Z]\w+ [A-Z]\w+$")
_MOST_WORDS = 14
_CLAUSE = frozenset(("who", "said", "told", "was", "is", "were", "and", "whose", "which", "has", "had"))
_DEFINITE = re.compile(r"[Tt]he ((?:[\w'’.-]+ ){0,4}?)([\w-]+)")
_POSSESSIVES = ("’s", "'s", "s’", "s'")


def office(text: str, start: int, end: int) -> str:
    """The office given with the name at `start` to `end`, as worded; empty where the text gives none.

    >>> office("Former NATO chief Anders Fogh Rasmussen said", 18, 39), office("with Jane Doe, head of the bank, and", 5, 13)
    ('Former NATO chief', 'head of the bank')
    >>> office("the port's director, Jane Doe, said", 21, 29), office("the director, Jane Doe, and the mayor", 14, 22)
    ("port's director", '')
    """
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    return _before(before) or _after(after) or (_before(before[:-2] + " ") if before.endswith(", ") and _SET_OFF.match(after) else "")


def _before(text: str) -> str:
    found = _WORDS_BEFORE.search(text)
    if not found:
        return ""
    words, kept = found[0].split(), list[str]()
    if joined := _JOINED.search(found[0]):
        kept = joined[0].split()
        words = words[: len(words) - len(kept)]
    elif not _is_role(words[-1]) or _is_relation(words[-1]):
        return ""
    while words and _continues(words[-1]):
        kept.insert(0, words.pop())
        if kept[0].endswith(_POSSESSIVES):
            break
    return "" if _is_relation(kept[-1]) else " ".join(kept)


def _after(text: str) -> str:
    found = _AFTER.match(text)
    words = found[1].split() if found else []
    roles = [word for word in words[:6] if _is_role(word)]
    if not found or not roles or len(words) > _MOST_WORDS or _CLAUSE & set(words[:4]):
        return ""
    if words[0].endswith("ed") or _FOLLOWED_BY_NAME.search(found[1]):
        return ""
    if (words[0][0].isupper() and not _is_role(words[0])) or _is_relation(words[0]) or _is_relation(roles[0]):
        return ""
    return found[1].strip()


def _is_role(word: str) -> bool:
    return key(word) in lists().roles


def _is_relation(word: str) -> bool:
    return key(word).rstrip(".") in _RELATIONS


def _continues(word: str) -> bool:
    bare = key(word)
    if bare in _FUNCTION_WORDS or (word[0].islower() and bare in _RELATIONS) or (word[-1] in ".," and len(word) > len("Lt.")):
        return False
    return word[0].isupper() or _is_role(word) or bare in _MODIFIERS or is_place(bare) or bare.endswith("'s")


def holder(words: str, roles: Mapping[str, frozenset[str]]) -> str:
    """The one person whom `the president` means, by the words of each person's role; empty where it may be several or none.

    >>> holder("The US President", {"Ann Lee": frozenset({"us", "president"}), "Bo Ek": frozenset({"mayor"})})
    'Ann Lee'
    """
    found = _DEFINITE.fullmatch(words)
    if not found or not _is_role(found[2]):
        return ""
    holders = [name for name, role in roles.items() if key(found[2]) in role]
    wanted = {key(word) for word in (*found[1].split(), found[2])}
    return holders[0] if len(holders) == 1 and wanted <= roles[holders[0]] else ""
