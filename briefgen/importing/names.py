"""What is known about a single word of a name: given name, family name, place, ordinary word, role, organisation.

The lists under `lists/` are read at the first question; `lists/SOURCES.md` says where each comes from.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_LISTS = Path(__file__).parent / "lists"
_REMEMBERED = 50_000
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss", "ð": "d", "þ": "th", "’": "'", "ʼ": "'", "ʻ": "'"},
)
_ENDINGS = (("s", ""), ("es", ""), ("d", ""), ("ed", ""), ("ing", ""), ("ing", "e"), ("ly", ""), ("ies", "y"), ("er", ""), ("er", "e"))
_SHORTEST_STEM = 3
_FAMILY = re.compile(
    r"(?:mc|o')[a-z]{3,}|mac[bcdfghklmnpqrstvwxz][a-z]{3,}|"
    r"[a-z'-]{2,}(?:[oe]v|[oe]va|[aeo]?ev|[aeo]eva|i[jy]?n|ina|sk[iy]y?|sky[iy]?|ska[jy]a|enko|chuk|vich|vych|wicz|vic|ovic|evic"
    r"|opoul[oau]s?|idis|akis|akos|oglu|zadeh|shvili|adze|dze|[iy]an|escu|eanu|sson|ss?en|nen|lainen|berg|stein|feld|baum"
    r"|[dlkrstz]man|mann|inger|qvist|quist|kvist|strom|[aeo]ll?i|ett?i|ini|ino|ucci|azzi|[aeiou]nd?ez|[^aeiou]ez|eira|eiro|ard|aert|aerts|mans)",
)
_PLAINLY_FAMILY = re.compile(r"[a-z'-]{2,}(?:skyy?|sk[iy]i|enko|chuk|v[iy]ch|wicz|ovic|evic|shvili|oglu|zadeh|opoulos|escu|inen|sson)")


@dataclass(frozen=True, slots=True)
class Lists:
    """All word lists, each in the form of `key`.

    `frequent` are those given names that are hardly anything else, `men` and `women` those that hardly anybody of the other sex has.
    """

    given: frozenset[str]
    frequent: frozenset[str]
    men: frozenset[str]
    women: frozenset[str]
    surnames: frozenset[str]
    family_first: frozenset[str]
    places: frozenset[str]
    words: frozenset[str]
    roles: frozenset[str]
    organisations: frozenset[str]
    not_persons: frozenset[str]


@cache
def lists() -> Lists:
    """The lists of the package, read from the disk once."""
    organisations = _read_lines("organisations.txt")
    spellings = frozenset(_read_words("spellings.txt"))
    men, women = frozenset(_read_words("men.txt")), frozenset(_read_words("women.txt"))
    return Lists(
        given=spellings.union(_read_words("given.txt")),
        frequent=spellings | men | women,
        men=men,
        women=women,
        surnames=frozenset(_read_words("surnames.txt")),
        family_first=frozenset(_read_words("family_first.txt")),
        places=frozenset(_read_lines("places.txt") + _read_lines("peoples.txt")),
        words=frozenset(_read_words("words.txt")),
        roles=frozenset(_read_words("roles.txt")),
        organisations=frozenset(word for line in organisations if line[0] != "=" for word in line.split()),
        not_persons=frozenset(line.removeprefix("= ") for line in organisations if line[0] == "="),
    )


@cache
def vocabulary(section: str) -> frozenset[str]:
    """The words of one section of `lists/grammar.txt`."""
    return _grammar()[section]


def alternatives(section: str) -> str:
    """The words of a section as alternatives of a regular expression, longer ones first."""
    return "|".join(sorted(map(re.escape, vocabulary(section)), key=lambda word: (-len(word), word)))


@cache
def _grammar() -> dict[str, frozenset[str]]:
    sections: dict[str, list[str]] = {}
    name = ""
    for line in _read_lines("grammar.txt"):
        if line.startswith("["):
            name = line[1:-1]
        sections.setdefault(name, []).extend(line.split() if line[0] != "[" else ())
    return {name: frozenset(words) for name, words in sections.items()}


def _read_lines(name: str) -> list[str]:
    return [line for line in (_LISTS / name).read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]


def _read_words(name: str) -> list[str]:
    return " ".join(_read_lines(name)).split()


@lru_cache(maxsize=_REMEMBERED)
def key(word: str) -> str:
    """The form in which names are compared: lower case, Latin letters without accents, a straight apostrophe.

    >>> key("Ševčenko"), key("N’Golo"), key("Ødegård")
    ('sevcenko', "n'golo", 'odegard')
    """
    if word.isascii():
        return word.lower()
    return "".join(char for char in unicodedata.normalize("NFD", word.lower().translate(_LETTERS)) if not unicodedata.combining(char))


@lru_cache(maxsize=_REMEMBERED)
def is_word(word: str) -> bool:
    """Whether it is an ordinary English word, in any form.

    >>> is_word("parties"), is_word("said"), is_word("putin")
    (True, True, False)
    """
    known = lists().words
    return word in known or any(stem in known for stem in stems(word))


def stems(word: str) -> Iterator[str]:
    """The ground forms that a word may come from; `words.txt` leaves out what comes from another.

    >>> list(stems("parties"))
    ['partie', 'parti', 'party']
    """
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            yield word.removesuffix(ending) + instead


@lru_cache(maxsize=_REMEMBERED)
def is_given(word: str) -> bool:
    """Whether it is a given name in any tradition; of a hyphenated name the first part counts.

    >>> is_given("yevgeny"), is_given("jean-claude"), is_given("parliament")
    (True, True, False)
    """
    known = lists().given
    return word in known or ("-" in word and word.partition("-")[0] in known)


@lru_cache(maxsize=_REMEMBERED)
def is_common_given(word: str) -> bool:
    """Whether a given name, standing first with a capital, is nearly always a name – not a word or a place.

    >>> is_common_given("mark"), is_common_given("may")
    (True, False)
    """
    if not is_given(word) or word in vocabulary("never first") or word in vocabulary("seldom names"):
        return False
    return word in lists().frequent or word in vocabulary("words but names") or not (is_word(word) or is_place(word))


@lru_cache(maxsize=_REMEMBERED)
def looks_like_family(word: str) -> bool:
    """Whether a word is a name of somebody's, or ends or begins as family names do.

    >>> looks_like_family("mcgillicuddy"), looks_like_family("zelenskyy"), looks_like_family("brussels")
    (True, True, False)
    """
    known = lists()
    return word in known.surnames or word in known.given or ends_like_family(word)


def ends_like_family(word: str) -> bool:
    """Whether a word ends or begins as family names do; `surnames.txt` leaves these out."""
    return _FAMILY.fullmatch(word) is not None


@lru_cache(maxsize=_REMEMBERED)
def is_plainly_family(word: str) -> bool:
    """Whether a word ends as hardly anything but a family name does.

    >>> is_plainly_family("zelenskyy"), is_plainly_family("tennessee")
    (True, False)
    """
    return _PLAINLY_FAMILY.fullmatch(word) is not None


@lru_cache(maxsize=_REMEMBERED)
def is_place(words: str) -> bool:
    """Whether the words name a country, a city, or the people or language of a country, one or many of them.

    >>> is_place("berlin"), is_place("germans"), is_place("merkel")
    (True, True, False)
    """
    known = lists().places
    return words in known or (words.endswith("s") and words[:-1] in known)


@lru_cache(maxsize=_REMEMBERED)
def is_organisation(word: str) -> bool:
    """Whether a word, or its singular, makes what it stands in an organisation, an event or a thing."""
    known = lists().organisations
    return word in known or (word.endswith("s") and word[:-1] in known)


def pronoun_of(given: str) -> str:
    """`he` or `she` where a given name tells, else nothing.

    >>> pronoun_of("james"), pronoun_of("mary"), pronoun_of("kim")
    ('he', 'she', '')
    """
    known = lists()
    return "he" if given in known.men else "she" if given in known.women else ""
