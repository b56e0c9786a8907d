"""The standing phrases of news pages: section labels, list labels, agencies, and what is not the article."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from briefgen.text import fold

Reason = Literal["related", "promotion", "navigation", "share", "footer"]

_BOOK = Path(__file__).parent / "phrasebook"
_LONGEST = 200
_PICTOGRAPHS = re.compile(r"^[\s\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]+")
_LEADING = re.compile(r"^[^\w]+")
_RELATED_LINE = re.compile(
    r"[\[(]?\s*(?:read (?:more|also|next|the full story)|also read|see also|related(?: story| stories| article| articles)?"
    r"|more (?:on this|here)|recommended|don['’]t miss)\s*[:|–—-]\s*(?P<title>\S.*?)\s*[\])]?$",
    re.IGNORECASE,
)


def standing(text: str) -> Reason | None:
    """Why a line is not the article, None where it may be. Only short lines are judged: a paragraph is a paragraph.

    >>> standing("Sign up for our newsletter"), standing("Share this"), standing("© 2024 Example Media")
    ('promotion', 'share', 'footer')
    >>> standing("They agreed to share this burden.") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    line = _PICTOGRAPHS.sub("", text).replace("’", "'").strip().strip("|•·*[]()–—- ")
    return next((reason for reason, pattern in _standing() if pattern.fullmatch(line)), None) if line else None


def related_title(text: str) -> str:
    """What a line such as "Read more: …" points to; "" for any other line.

    >>> related_title("READ MORE: Ministers meet in Oslo"), related_title("Read more")
    ('Ministers meet in Oslo', '')
    """
    found = _RELATED_LINE.match(text.strip()) if len(text) <= _LONGEST else None
    return found["title"].strip() if found else ""


def is_section(text: str) -> bool:
    """Whether a line is a label that stands above a section, never a title.

    >>> is_section("The News"), is_section("Why it matters:"), is_section("Talks resume")
    (True, True, False)
    """
    return _label(text) in words_of("sections")


def is_key_point_label(text: str) -> bool:
    """Whether a line announces the key points of an article."""
    return _label(text) in words_of("key_points")


def is_related_label(text: str) -> bool:
    """Whether a line announces links to other articles."""
    return _label(text) in words_of("related")


@cache
def agencies() -> dict[str, str]:
    """News agencies by everything that bylines call them, folded.

    >>> agencies()["afp"]
    'Agence France-Presse'
    """
    rows = (line.partition(": ") for line in entries("agencies"))
    return {fold(name): full for full, _, names in rows for name in names.split(", ")}


@cache
def words_of(page: str) -> frozenset[str]:
    """The words of one page of the phrasebook, one a line there, folded."""
    return frozenset(fold(line) for line in entries(page))


def entries(page: str) -> Iterator[str]:
    """The lines of one page of the phrasebook, without its comments."""
    text = (_BOOK / f"{page}.txt").read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def _standing() -> tuple[tuple[Reason, re.Pattern[str]], ...]:
    found: dict[Reason, list[str]] = {reason: [] for reason in get_args(Reason)}
    for line in entries("standing"):
        for reason, patterns in found.items():
            if line.startswith(f"{reason}: "):
                patterns.append(line.removeprefix(f"{reason}: "))
    return tuple((reason, re.compile("|".join(patterns), re.IGNORECASE)) for reason, patterns in found.items() if patterns)


def _label(text: str) -> str:
    return fold(_LEADING.sub("", text[:_LONGEST]).strip().rstrip(":").strip("*#[]–— ").replace("’", "'"))
