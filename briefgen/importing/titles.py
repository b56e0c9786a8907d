"""A title for an article that has none: its first sentence, shortened by deletion alone."""

import re

from briefgen.importing.article import Article
from briefgen.importing.dates import without_opening
from briefgen.importing.sentences import split_sentences
from briefgen.importing.shapes import ends_sentence, words

_OPENING = 2_000
_LONGEST = 110
_SHORTEST = 30
_HARD_LIMIT = 160
_FEWEST_WORDS = 3
_SAID = r"(?:said|says|say|told|reported|reports|wrote|announced|according to|confirmed|added)"
_ATTRIBUTION = re.compile(
    rf",\s(?:(?:[^,.“”\"]{{1,60}}\s{_SAID})|(?:{_SAID}\s[^,.“”\"]{{1,60}}))(?:\s(?:on|in|at|late|early)\s[^,.“”\"]{{1,40}})?$"
)
_CLAUSE = re.compile(
    r",? (?:and that|while|although|though|whereas|after|before|as|amid|because|despite|when|in a (?:move|bid|sign|step)) |,? but (?=[a-z])"
    r"|;| [–—] |, (?:which|who|where|and|\w+ing) |,"
)
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
    if len(title) > _LONGEST:
        title = _cut_at_clause(title)
    return title.rstrip(" .:;,–—-")


def _first_sentence(paragraph: str) -> str:
    return next(iter(split_sentences(without_opening(paragraph))), "")


def _cut_at_clause(title: str) -> str:
    cuts = [found.start() for found in _CLAUSE.finditer(title) if found.start() >= _SHORTEST and _is_closed(title[: found.start()])]
    if short := [cut for cut in cuts if cut <= _LONGEST] or [cut for cut in cuts[:1] if cut <= _HARD_LIMIT]:
        return title[: short[-1]]
    if len(title) <= _HARD_LIMIT:
        return title
    whole = title[:_HARD_LIMIT].rpartition(" ")[0] or title[:_HARD_LIMIT]
    return whole if _is_closed(whole) else whole.rpartition("“")[0].strip() or whole


def _is_closed(text: str) -> bool:
    return all(text.count(one) == text.count(other) for one, other in _OPEN.items()) and text.count('"') % 2 == 0
