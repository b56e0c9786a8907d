"""What is known about a single word of a name: given name, family name, place, ordinary word, role, organisation.

The lists under `lists/` are read once, at the first question; `lists/SOURCES.md` says where each comes from.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september"
    " october november december jan feb mar apr jun jul aug sept sep oct nov dec christmas easter ramadan".split()
)
_MORE_OFTEN_A_WORD = frozenset(
    "will may april june august art faith hope grace angel summer autumn dawn joy justice prince king major duke earl price chase royal sterling star"
    " destiny liberty sunny early young long christian rich north west precious queen princess lord baron marshal judge deacon bishop pope general forest"
    " river rivers stone storm sky rain snow winter spring ocean lake crystal diamond honor honour mercy charity patience prudence unity harmony melody"
    " chance tanner usher penny happy bright true golden silver green brown black white gray grey blue case ace cash rocky stormy lucky merry easter noel"
    " wolf lion tiger hawk eagle phoenix raven van von min man ming tall low field wells reef media real trinity miracle promise genesis heaven haven"
    " red mission so do see in my to be by or us no son sun sea the de la le".split()
)
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss", "ð": "d", "þ": "th", "’": "'", "ʼ": "'"})
_ENDINGS = (("s", ""), ("es", ""), ("d", ""), ("ed", ""), ("ing", ""), ("ing", "e"), ("ly", ""), ("ies", "y"), ("er", ""), ("er", "e"))
_FAMILY = re.compile(
    r"(?:mc|o')[a-z]{3,}|mac[bcdfghklmnpqrstvwxz][a-z]{3,}|"
    r"[a-z]{2,}(?:[oe]v|[oe]va|[aeo]?ev|[aeo]eva|i[jy]?n|ina|sk[iy]y?|sky[iy]?|ska[jy]a|enko|chuk|vich|vych|wicz|vic|ević|ovic|evic"
    r"|opoul[oau]s?|idis|akis|akos|oglu|zadeh|shvili|adze|dze|[iy]an|escu|eanu|sson|ss?en|nen|lainen|berg|stein|feld|baum|"
    r"[dlkrstz]man|mann|inger|[aeo]ll?i|ett?i|ini|ino|ucci|azzi|[aeiou]nd?ez|ándo|[^aeiou]ez|eira|eiro|ard|aert|aerts|mans)"
)

_PLAINLY_FAMILY = re.compile(r"[a-z]{2,}(?:skyy?|sk[iy]i|enko|chuk|v[iy]ch|wicz|ovic|evic|shvili|oglu|zadeh|opoulos|escu|inen|sson)")


@dataclass(frozen=True, slots=True)
class Lists:
    """All word lists, each in the form of `key`."""

    given: frozenset[str]
    spellings: frozenset[str]
    surnames: frozenset[str]
    family_first: frozenset[str]
    places: frozenset[str]
    words: frozenset[str]
    roles: frozenset[str]
    organisations: frozenset[str]
    not_persons: frozenset[str]


@lru_cache(maxsize=1)
def lists() -> Lists:
    """The lists of the package, read from the disk once."""
    organisations = _read_lines("organisations.txt")
    spellings = frozenset(_read_words("spellings.txt"))
    return Lists(
        given=spellings.union(_read_words("given.txt")),
        spellings=spellings,
        surnames=frozenset(_read_words("surnames.txt")),
        family_first=frozenset(_read_words("family_first.txt")),
        places=frozenset(_read_lines("places.txt")) | frozenset(_read_lines("peoples.txt")),
        words=frozenset(_read_words("words.txt")),
        roles=frozenset(_read_words("roles.txt")),
        organisations=frozenset(word for line in organisations if not line.startswith("=") for word in line.split()),
        not_persons=frozenset(line.removeprefix("= ") for line in organisations if line.startswith("=")),
    )


def _read_lines(name: str) -> list[str]:
    text = (Path(__file__).parent / "lists" / name).read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def _read_words(name: str) -> list[str]:
    return [word for line in _read_lines(name) for word in line.split()]


@lru_cache(maxsize=50_000)
def key(word: str) -> str:
    """The form in which names are compared: lower case, Latin letters without accents, a straight apostrophe.

    >>> key("Ševčenko"), key("N’Golo"), key("Ødegård")
    ('sevcenko', "n'golo", 'odegard')
    """
    if word.isascii():
        return word.lower()
    return "".join(char for char in unicodedata.normalize("NFD", word.lower().translate(_LETTERS)) if not unicodedata.combining(char))


@lru_cache(maxsize=50_000)
def is_word(word: str) -> bool:
    """Whether it is an ordinary English word, in any form.

    >>> is_word("parties"), is_word("said"), is_word("putin")
    (True, True, False)
    """
    known = lists().words
    return word in known or any(
        word.endswith(ending) and len(word) - len(ending) > 2 and word.removesuffix(ending) + instead in known
        for ending, instead in _ENDINGS
    )


@lru_cache(maxsize=50_000)
def is_given(word: str) -> bool:
    """Whether it is a given name in any tradition; of a hyphenated name the first part counts.

    >>> is_given("yevgeny"), is_given("jean-claude"), is_given("tuesday")
    (True, True, False)
    """
    known = lists().given
    return word in known or ("-" in word and word.partition("-")[0] in known)


@lru_cache(maxsize=50_000)
def is_common_given(word: str) -> bool:
    """Whether a given name that is a word or a place as well is, with a capital, nearly always a name.

    >>> is_common_given("mark"), is_common_given("may")
    (True, False)
    """
    return is_given(word) and word not in _MORE_OFTEN_A_WORD and (word in lists().spellings or not is_place(word))


@lru_cache(maxsize=50_000)
def looks_like_family(word: str) -> bool:
    """Whether a word is a family name, or ends or begins as family names do.

    >>> looks_like_family("mcgillicuddy"), looks_like_family("zelenskyy"), looks_like_family("brussels")
    (True, True, False)
    """
    known = lists()
    return word in known.surnames or word in known.given or _FAMILY.fullmatch(word) is not None


@lru_cache(maxsize=50_000)
def is_plainly_family(word: str) -> bool:
    """Whether a word ends as hardly anything but a family name does.

    >>> is_plainly_family("zelenskyy"), is_plainly_family("tennessee")
    (True, False)
    """
    return _PLAINLY_FAMILY.fullmatch(word) is not None


@lru_cache(maxsize=50_000)
def is_place(words: str) -> bool:
    """Whether the words name a country, a city, or the people or language of a country."""
    return words in lists().places
