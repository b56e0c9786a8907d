"""Whom each sentence of a paragraph is about: what a `he` or `she` in the next sentence can mean."""

import re
from collections.abc import Mapping

from briefgen.importing.offices import holder
from briefgen.importing.passages import HIDDEN, Passage
from briefgen.importing.speech import ADVERB, ANOTHER_CLAUSE, FINITE, TELLS

Roles = Mapping[str, frozenset[str]]
NEAR = 300
"""Characters before a verb in which its subject is looked for."""

_SMALL_TALK = r"(?:But|And|Yet|So|Meanwhile|However|Still|Also|Then|Later|Earlier|Nevertheless)\b,? "
_FRONTED = r"(?:In|On|At|After|Before|During|As|While|When|For|With|Earlier|Last|Since|Despite|Asked|[A-Z][a-z]+ing)\b"
_FRONT = re.compile(rf"(?:{_SMALL_TALK})?(?:{_FRONTED}[^,{HIDDEN}]{{1,90}}, )?")
_TITLES = re.compile(r"(?:[\w.'’-]+,? ){0,10}")
_NO_TITLE = re.compile(rf"\b(?:is|was|are|were|has|had|have|will|would|for|by|to|with|and|from|in|on|at|after|{FINITE})\b")
_OFFICE = re.compile(r"(The (?:[\w'’.-]+ ){0,3}?[\w-]+) (?:is|was|has|had|will|would|[a-z]+(?:s|ed)|said|told|already|also)\b")
_HE_OR_SHE = re.compile(r"(?:He|She)\b")
_PRONOUN = re.compile(r"(?:He|She|His|Her)\b")
_TRAILING_ADVERBS = re.compile(rf"(?:[ ,]{{1,2}}{ADVERB})*[ ,]*$")
_SHORT_LEAD = 70
_INVERTED = re.compile(rf"[,{HIDDEN}] (?:said|says|added|adds|wrote|writes|warned|explained) ")
_CONTRAST = re.compile(rf", {ANOTHER_CLAUSE}")


def topics(here: Passage, before: str, roles: Roles) -> tuple[list[str], str]:
    """For each sentence the person whom the sentence before it was about, and whom the last one was about; empty where unclear."""
    found, topic = [], before
    ends = (*here.starts[1:], len(here.text))
    for start, end in zip(here.starts, ends, strict=True):
        found.append(topic)
        topic = _topic_after(here, start, end, topic, roles)
    return found, topic


def subject(here: Passage, start: int, roles: Roles) -> str:
    """The person with whom a sentence plainly begins, by name or by office."""
    if _HE_OR_SHE.match(here.masked, start):
        return ""  # whoever is named behind it is not whom the sentence is about
    end = here.sentence(start)[1]
    front = _FRONT.match(here.masked, start, end)
    for begin in dict.fromkeys((start, front.end() if front else start)):
        for person in here.named(begin, min(end, begin + _SHORT_LEAD))[:1]:
            lead = here.masked[begin : person.start]
            joined = here.masked.startswith((" and ", " or "), person.end)
            if not here.is_owner(person) and not joined and _TITLES.fullmatch(lead) and not _NO_TITLE.search(lead):
                return person.name
        office = _OFFICE.match(here.masked, begin, begin + 80)
        if office and (name := holder(office[1], roles)):
            return name
    return ""


def without_adverbs(here: Passage, start: int, verb: int) -> int:
    """Where the subject ends that stands before a verb: small words and commas between them are passed over."""
    begin = max(start, verb - NEAR)
    return begin + len(_TRAILING_ADVERBS.sub("", here.masked[begin:verb]))


def _topic_after(here: Passage, start: int, end: int, topic: str, roles: Roles) -> str:
    if name := subject(here, start, roles):
        return "" if _turns_to_another(here, start, end, name) else name
    if _PRONOUN.match(here.masked, start, end):
        return topic
    if (inverted := _INVERTED.search(here.masked, start, end)) and (name := _subject_behind(here, inverted.end(), end)):
        return name
    inside = {person.name for person in here.named(start, end)}
    for verb in TELLS.finditer(here.masked, start, end) if inside else ():
        person = here.ends_with_person(without_adverbs(here, start, verb.start()))
        if person and not here.is_owner(person):
            return person.name
    quotes = HIDDEN in here.masked[start:end]
    return topic if inside == {topic} or (quotes and not inside) else ""


def _turns_to_another(here: Passage, start: int, end: int, name: str) -> bool:
    """Whether a sentence that begins with one person goes on with what another says: `X said …, while Y warned …`."""
    contrast = _CONTRAST.search(here.masked, start, end)
    for verb in TELLS.finditer(here.masked, contrast.end(), end) if contrast else ():
        person = here.ends_with_person(without_adverbs(here, start, verb.start()))
        if person and person.name != name:
            return True
    return False


def _subject_behind(here: Passage, start: int, end: int) -> str:
    """The person behind `said`, with whose name, or an office before it, the clause ends."""
    for person in here.named(start, end)[:1]:
        lead = here.masked[start : person.start]
        closed = here.masked[person.end : person.end + 1] in (".", ",", "")
        if closed and not here.is_owner(person) and _TITLES.fullmatch(lead) and not _NO_TITLE.search(lead):
            return person.name
    return ""
