"""A title for an article that has none: its first sentence, shortened by deletion alone."""

import re

from briefgen.importing.article import Article
from briefgen.importing.dates import without_opening
from briefgen.importing.phrases import words_of
from briefgen.importing.sentences import split_sentences
from briefgen.importing.shapes import ends_sentence, words

_OPENING = 2_000
_LONG = 100
"""Characters from which on a title is shortened."""
_LONGEST = 110
"""Characters that a title has at most."""
_SHORTEST = 30
_SHORTEST_BEFORE_PLACE = 60
_FEWEST_WORDS = 3
_SAID = r"(?:said|says|say|told|reported|reports|wrote|announced|according to|confirmed|added)"
_ATTRIBUTION = re.compile(
    rf",\s(?:(?:[^,.“”\"]{{1,60}}\s{_SAID})|(?:{_SAID}\s[^,.“”\"]{{1,60}}))(?:\s(?:on|in|at|late|early)\s[^,.“”\"]{{1,40}})?$"
)
_CLAUSE = re.compile(
    r",? (?:and that|while|although|though|whereas|after|before|as|amid|because|despite|when|in a (?:move|bid|sign|step)) |, but (?=[a-z])"
    r"|;| [–—] |, (?:which|who|where|and|\w+ing) |,"
)
_ASIDE = re.compile(
    r" \([^()]*\)|, (?:who|which|whose|where) [^,“”\"«»;]{3,120},(?= [a-z])|\b(?:his|her|their) (?:[A-Z]\w+ )?counterpart,? (?=[A-Z])"
)
_PLACE_OR_TIME = re.compile(r",? (?:in|on|at|during|since|until) (?=the |a |an |[A-Z\d])")
_OPEN = {"“": "”", "(": ")", "«": "»", "[": "]"}


def derive_title(article: Article, roles: tuple[tuple[str, str], ...] = ()) -> tuple[str, str]:
    """Words of the first sentence that says something, some left out, and that sentence; "Untitled" for an article without a word.

    `roles` are (role, name) pairs: a role that stands before its name is left out.
    """
    prose = [block for block in article.blocks if block.kind in ("paragraph", "quote", "item")]
    told = [block for block in prose if ends_sentence(block.text)]
    openings = [_first_sentence(block.text[:_OPENING]) for block in (*told, *prose, *article.blocks)]
    # `Good morning.` opens a newsletter
    for fewest in (_FEWEST_WORDS, 1):
        for sentence in openings:
            if len(words(title := shorten(sentence, roles))) >= fewest:
                return title, sentence
    return "Untitled", ""


def shorten(sentence: str, roles: tuple[tuple[str, str], ...] = ()) -> str:
    """The sentence without attribution, roles and side clauses, until it is short enough for a headline.

    >>> shorten("Prime Minister Jane Roe has agreed to talks, her office said.", (("Prime Minister", "Jane Roe"),))
    'Jane Roe has agreed to talks'
    """
    title = _ATTRIBUTION.sub("", sentence.rstrip(" .:;,"))
    for role, name in roles:
        # with the role goes what stands before it: "French President", "US Secretary of State"
        title = re.sub(rf"(?:[^\W\d_a-z][\w.’'-]*\s){{0,3}}{re.escape(role)} {re.escape(name)}", name, title)
    for shortened in (_without_asides, _cut_at_clause, _cut_before_place, _cut_at_word):
        if len(title) > _LONG:
            title = shortened(title)
    return title.rstrip(" .:;,–—-")


def _first_sentence(paragraph: str) -> str:
    return next(iter(split_sentences(without_opening(paragraph))), "")


def _without_asides(title: str) -> str:
    return _ASIDE.sub("", title)


def _cut_at_clause(title: str) -> str:
    return _cut(title, _CLAUSE, _SHORTEST)


def _cut_before_place(title: str) -> str:
    """A sentence that says where or when it happened, without it: the rest is still whole."""
    return _cut(title, _PLACE_OR_TIME, _SHORTEST_BEFORE_PLACE)


def _cut_at_word(title: str) -> str:
    """The first words, up to one that says something, and the sign that others follow."""
    if len(title) <= _LONGEST:
        return title
    *kept, _ = title[:_LONG].split(" ") if " " in title[:_LONG] else (title[:_LONG], "")
    while len(kept) > 1 and (kept[-1].strip(",;:–—-").casefold() in words_of("function_words") or not _is_closed(" ".join(kept))):
        kept.pop()
    return " ".join(kept).rstrip(" .:;,–—-") + "…"


def _cut(title: str, boundary: re.Pattern[str], shortest: int) -> str:
    """The longest part of the title before such a boundary that is short enough and leaves no mark open; all of it, where there is none."""
    ends = [found.start() for found in boundary.finditer(title, shortest, _LONGEST + 40) if found.start() <= _LONGEST]
    return next((title[:end] for end in reversed(ends) if _is_closed(title[:end])), title)


def _is_closed(text: str) -> bool:
    return all(text.count(one) == text.count(other) for one, other in _OPEN.items()) and text.count('"') % 2 == 0
