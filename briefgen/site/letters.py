"""Letters: the order of names, lists by their first letter, and monograms."""

import unicodedata
from collections.abc import Iterable
from itertools import groupby

from briefgen.site.parts import TermRow
from briefgen.text import fold

_RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"))


def alphabetical(name: str) -> tuple[str, str]:
    """What names are sorted by: their letters without accents, as `by_letter` files them, and then with them.

    >>> sorted(["Zola", "Øre", "Ångström", "Bo", "Abel"], key=alphabetical)
    ['Abel', 'Ångström', 'Bo', 'Zola', 'Øre']
    """
    folded = fold(name)
    if folded.isascii():
        return folded, folded
    return "".join(char for char in unicodedata.normalize("NFD", folded) if not unicodedata.combining(char)), folded


def by_letter(rows: Iterable[TermRow]) -> list[tuple[str, list[TermRow]]]:
    """The rows under the letters that their sort keys begin with, in the order of the rows; accents make no letter of their own."""
    filed: dict[str, list[TermRow]] = {}
    for letter, group in groupby(rows, key=lambda row: _letter(row.sort_key or row.term.name)):
        filed.setdefault(letter, []).extend(group)
    return list(filed.items())


def initials(name: str) -> str:
    """The monogram of a name: the first letters of its first and last word.

    >>> initials("Maria van der Meer"), initials("Plato"), initials("")
    ('MM', 'P', '')
    """
    parts = [part[0] for part in name.replace("-", " ").split() if part[0].isalnum()]
    return "".join((*parts[:1], *parts[1:][-1:])).upper()


def direction(lang: str) -> str:
    """How a language is written, by the scripts of those that are written from the right.

    >>> direction("ar-EG"), direction("az-Arab"), direction("de")
    ('rtl', 'rtl', 'ltr')
    """
    tags = lang.lower().split("-")
    return "rtl" if tags[0] in _RIGHT_TO_LEFT or "arab" in tags or "hebr" in tags else "ltr"


def _letter(text: str) -> str:
    first = unicodedata.normalize("NFD", text.lstrip() or "#")[0].upper()
    return first if first.isalpha() else "#"
