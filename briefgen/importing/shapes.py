"""What a line of a raw article looks like: a sentence, a heading, a name – told by its shape alone."""

import re
from functools import lru_cache

from briefgen.importing.sentences import split_sentences

_NUMBERED = re.compile(r"\d{1,2}[.)] (?=\w)")
_END = re.compile(r"""[.!?…]["'”’»)\]]*$""")
_WORD = re.compile(r"[^\W_]+(?:[-'’.&/][^\W_]+)*")
_SEPARATOR = re.compile(r"[-–—=*_~#•·.⁂\s]{3,}$")
_PARTICLES = frozenset(
    [
        *("da", "de", "del", "della", "den", "der", "des", "di", "dos", "du", "el", "la", "le", "van", "vom", "von", "y", "zu"),
        *("al", "bin", "ibn", "ben", "bint", "binti", "ter", "ten"),
    ]
)
_NAME_WORD = re.compile(r"[^\W\d_a-zß-ÿ][^\W\d_]*(?:[-'’][^\W\d_]+)*\.?$|(?:[^\W\d_]\.)+(?:-?[^\W\d_]\.)*$|[dlDL]['’][^\W\d_]+$")

_REMEMBERED = 500
"""Texts whose words are remembered: each block of an article is asked for them several times."""
_LONGEST = 20_000
"""Characters of a text whose words are remembered: the memory stays flat."""


def is_separator(line: str) -> bool:
    """Whether a line is a drawn rule.

    >>> is_separator("* * *"), is_separator("---"), is_separator("...and then")
    (True, True, False)
    """
    return bool(_SEPARATOR.match(line.strip())) and line.strip() != "..."


def words(text: str) -> tuple[str, ...]:
    """The words of a line, without punctuation around them.

    >>> words("Trump, Putin: a 30-day ‘truce’")
    ('Trump', 'Putin', 'a', '30-day', 'truce')
    """
    return _words(text) if len(text) < _LONGEST else tuple(_WORD.findall(text))


@lru_cache(maxsize=_REMEMBERED)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text))


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does, closing quotation marks allowed.

    >>> ends_sentence("He left.”"), ends_sentence("No guarantees"), ends_sentence("who said:")
    (True, False, False)
    """
    return bool(_END.search(text[-20:]))


def is_upper(text: str) -> bool:
    """Whether the text is set in capitals.

    >>> is_upper("BAHIA COCOA REVIEW"), is_upper("US President"), is_upper("1997")
    (True, False, False)
    """
    return text.upper() == text and any(char.isalpha() and char.lower() != char for char in text)


def is_heading_like(text: str) -> bool:
    """Whether a line could be a headline or sub-heading: short, opens with a capital, does not end as a sentence.

    >>> is_heading_like("Sanctions could spur talks"), is_heading_like("2. Talks"), is_heading_like("He left.")
    (True, True, False)
    """
    text = _NUMBERED.sub("", text)
    stripped = text.strip().lstrip("“\"'‘«([¿¡")
    if not stripped or len(text) > 150 or len(words(text)) > 18 or "\t" in text:
        return False
    if stripped[0].islower() or re.match(r"[A-Z]{1,2}:", stripped) or not any(char.isalpha() for char in stripped):
        return False
    if re.search(r"""[.,;:…]["”’]*$""", text.strip()) or re.search(r"https?://|@\w|[<>{}|]", text):
        return False
    return len(split_sentences(text)) < 2


def is_name(text: str) -> bool:
    """Whether the text could be one person's name: two to five capitalised words, particles allowed.

    >>> is_name("Ola Cichowlas"), is_name("Nikolaus van der Pas"), is_name("J.D. Vance"), is_name("Taipei lights up")
    (True, True, True, False)
    """
    parts = text.split()
    if not 2 <= len(parts) <= 5 or is_upper(text):
        return False
    if parts[-1].casefold() in _PARTICLES:
        return False
    return all(_NAME_WORD.match(part) or part.casefold() in _PARTICLES for part in parts) and bool(_NAME_WORD.match(parts[-1]))


def title_case(text: str) -> str:
    """A label in capitals as a heading; other labels stay as they are.

    >>> title_case("SIGNALS"), title_case("WHY IT MATTERS"), title_case("The News")
    ('Signals', 'Why It Matters', 'The News')
    """
    if not is_upper(text):
        return text
    return " ".join(word[:1] + word[1:].lower() for word in text.split(" "))
