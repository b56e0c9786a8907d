"""Who is meant by the words beside a verb of saying: a person, a pronoun, an office, or somebody without a name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefgen.importing import names
from briefgen.importing.passages import HIDDEN, Passage, Person
from briefgen.importing.people import PersonMention
from briefgen.importing.speech import FINITE, TELLS


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person by canonical name, or the words for somebody who is not named."""

    person: str = ""
    attributed_to: str = ""


NOBODY = Speaker()
_TAIL = re.compile(
    r"(?:[ ,]+(?:has|have|had|also|later|then|again|once|repeatedly|previously|recently|earlier|reportedly|already|even|simply|just|himself|herself|[a-z]+ly))*[ ,]*$"
)
_APPOSITION = re.compile(r", [^,]{2,110}$")
_LINKED = re.compile(r"\b(?:for|by|with|to|from|against|about|than|and|or|of|between|including|like)(?: the)? $|& $|, $")
_PRONOUN = re.compile(r"(?:^|[\s,(])([Hh]e|[Ss]he)$")
_OTHER_PRONOUN = re.compile(
    r"(?:^|[\s,(])(?:[Ii]t|[Tt]hey|[Ww]e|I|[Yy]ou|[Ww]ho|[Ww]hich|[Tt]hat|[Tt]his|[Ww]hat|[Oo]thers?|[Bb]oth|[Aa]ll)$"
)
_BOUNDARY = re.compile(
    rf"[,;:–—({HIDDEN}]\s*|\s-+\s|\b(?:that|and|but|while|as|after|before|when|because|with|if|although|though|where|whereas|since|until|which|who|whenever|once|unless|how|what)\s|[“\"]"
)
_DEFINITE = re.compile(r"[Tt]he ((?:[\w'’.-]+ ){0,4}?)([\w-]+)$")
_TIMES = re.compile(
    r"(?:\s+(?:on|in|at|during|via|after|before|late|early|last|this|yesterday|today|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b.*)$"
)
_FRONT = re.compile(
    rf"(?:(?:But|And|Yet|So|Meanwhile|However|Still|Also|Then|Later|Earlier|Nevertheless)\b,? )?(?:(?:In|On|At|After|Before|During|Asked|As|While|When|Speaking|For|With|Earlier|Last|Since|Following|Despite)\b[^,{HIDDEN}]{{1,90}}, )?"
)
_TITLES_ONLY = re.compile(r"(?:(?:[A-Z][\w.'’-]*|former|deputy|vice|acting|the|The|[a-z]+|of|for),? )*$")
_VERBISH = re.compile(rf"\b(?:is|was|are|were|has|had|have|will|would|{FINITE})\b")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)(?: [a-z]+ly)?$")
MOST_WORDS = 12
_NO_PHRASE = re.compile(r"[()\[\]/=<>|]|^[Aa]n? [\w-]+ [\w-]+s$|\d{3}")
_FOR_SOMEBODY = re.compile(
    r"(?<!inister )(?<!ecretary )(?<!ommissioner )(?<!irector )(?<!mbassador )\b(?:for|by|against|about|than|between|including|like|from|unlike|alongside|with)"
    r"(?: the| a| an)?(?: [A-Z][\w.'’-]*| former| deputy| vice| acting| chief| prime| [a-z]+er| [a-z]+or| [a-z]+man){0,5} $"
)
_JOINED = re.compile(r"(?:, [^,]+)?,? (?:and|or|&) (?:[\w.'’-]+ ){0,5}")
_OF_PLACE = re.compile(r" (?:of|from|at) (?:the )?[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,4}$")


class Subjects:
    """Resolves the subjects of one article, sentence by sentence: `topic` is whom the sentence before was about."""

    def __init__(self, people: Sequence[PersonMention]) -> None:
        self._roles = {person.name: {names.key(word) for word in person.role.split()} for person in people}
        self._pronouns: dict[str, str] = {}
        self._topics: list[str] = []
        self._topic = ""

    def forget(self) -> None:
        self._topic = ""

    def read(self, here: Passage) -> None:
        """Find out for each sentence of a paragraph whom the sentences before it were about."""
        self._topics, topic = [], self._topic
        for index, start in enumerate(here.starts):
            self._topics.append(topic)
            end = here.starts[index + 1] if index + 1 < len(here.starts) else len(here.text)
            topic = self._topic_after(here, start, end, topic)
        self._after = topic

    def leave(self, here: Passage) -> None:
        self._topic = self._after

    def before_verb(self, here: Passage, start: int, verb: int) -> Speaker | None:
        """The subject that ends right before a finite verb; None where there is none, NOBODY where it stays unclear."""
        end = start + len(_TAIL.sub("", here.masked[start:verb]))
        if _PASSIVE.search(here.masked[start:end]):
            return NOBODY
        for _ in range(3):
            person = here.ends_with_person(end)
            if person:
                return self._named(here, start, person)
            if (place := _OF_PLACE.search(here.masked, start, end)) and here.ends_with_person(place.start()):
                end = place.start()
                continue
            apposition = _APPOSITION.search(here.masked, start, end)
            if not apposition or not here.ends_with_person(apposition.start()):
                break
            end = apposition.start()
        phrase = here.masked[start:end]
        if pronoun := _PRONOUN.search(phrase):
            return self._pronoun(here, end, pronoun[1].lower())
        if _OTHER_PRONOUN.search(phrase):
            return NOBODY
        return self._unnamed(here, start, end)

    def after_verb(self, here: Passage, start: int) -> Speaker:
        """The subject that follows a verb, as in `said X`."""
        rest = here.masked[start : start + 160]
        if pronoun := re.match(r"(he|she)\b", rest):
            return self._pronoun(here, start, pronoun[1])
        limit = re.search(rf"[.;:?!{HIDDEN}](?!\w)|\b(?:that|who|which|while|when|as|after|before|adding|noting|saying)\b", rest)
        end = start + (limit.start() if limit else len(rest))
        comma = here.masked.find(",", start, end)
        first = next((person for person in here.persons if start <= person.start < end), None)
        if (
            first
            and (comma < 0 or first.start < comma + 3)
            and not _owned(here, first)
            and not re.search(r"\b(?:for|by|with|to|from|and)(?: [A-Z][\w.'’-]*)* $", here.masked[start : first.start])
        ):
            return NOBODY if re.match(r" and [A-Z]", here.masked[first.end :]) else Speaker(first.name)
        words = _TIMES.sub("", here.masked[start : comma if comma > 0 else end]).strip()
        return _worded(words, self)

    def adjacent(self, here: Passage, start: int, verb: int) -> Speaker | None:
        """The subject right before a participle, `X saying` or `one soldier telling`, None after a comma."""
        end = start + len(here.masked[start:verb].rstrip())
        if (
            here.masked[end - 1 : end] in {",", HIDDEN, ""}
            or _PASSIVE.search(here.masked[start:end])
            or re.search(
                r"\b(?:by|after|before|without|of|in|also|while|when|even|not|was|were|started|began|to|for|and|or)$",
                here.masked[start:end],
            )
        ):
            return None
        return self.before_verb(here, start, end)

    def of_sentence(self, here: Passage, start: int) -> Speaker | None:
        """The first words of a sentence, where they are plainly a person."""
        name = self._subject(here, start)
        if name:
            return Speaker(name)
        if pronoun := re.match(r"(He|She)\b", here.masked[start:]):
            return self._pronoun(here, start, pronoun[1].lower())
        return None

    def opening_speaker(self, here: Passage) -> Speaker:
        """Who speaks after a paragraph that ends in a colon."""
        verbs = list(TELLS.finditer(here.masked, here.starts[-1]))
        if not verbs:
            return NOBODY
        return self.before_verb(here, here.starts[-1], verbs[0].start()) or NOBODY

    def teller(self, here: Passage, start: int) -> Speaker | None:
        """Whose words the sentence before reports, without a quotation: `X said it was late. “…”`."""
        before, _ = here.sentence(start - 1)
        verb = TELLS.search(here.masked, before, start)
        found = self.before_verb(here, before, verb.start()) if verb else None
        return found if found and found.person else None

    def _named(self, here: Passage, start: int, person: Person) -> Speaker:
        """The person, unless the words before make somebody else the subject: `a spokesman for X`, `Y and X`."""
        front = here.masked[start : person.start]
        if _FOR_SOMEBODY.search(front) or any(
            other.end < person.start and _JOINED.fullmatch(here.masked[other.end : person.start]) for other in here.persons
        ):
            return NOBODY
        return Speaker(person.name)

    def _pronoun(self, here: Passage, position: int, pronoun: str) -> Speaker:
        from bisect import bisect_right

        start, _ = here.sentence(position)
        index = bisect_right(here.starts, position) - 1
        name = self._topics[index] if index < len(self._topics) else ""
        inside = {person.name for person in here.persons if start <= person.start < position}
        if inside:
            name = next(iter(inside)) if len(inside) == 1 and (not name or name in inside) else ""
        if not name or self._pronouns.setdefault(name, pronoun) != pronoun:
            return NOBODY
        return Speaker(name)

    def _unnamed(self, here: Passage, start: int, end: int) -> Speaker:
        begin = start
        for boundary in _BOUNDARY.finditer(here.masked, start, end):
            if boundary.end() < end:
                begin = boundary.end()
        return _worded(here.masked[begin:end].strip(), self)

    def office(self, words: str) -> str:
        """The one person whose role is meant by `the president`, else nothing."""
        found = _DEFINITE.fullmatch(words)
        if not found:
            return ""
        wanted = {names.key(word) for word in (*found[1].split(), found[2])}
        if names.key(found[2]) not in names.lists().roles:
            return ""
        holders = [name for name, role in self._roles.items() if names.key(found[2]) in role]
        return holders[0] if len(holders) == 1 and wanted <= self._roles[holders[0]] else ""

    def _topic_after(self, here: Passage, start: int, end: int, topic: str) -> str:
        subject = self._subject(here, start)
        if subject:
            return subject
        if re.match(r"(?:He|She|His|Her)\b", here.masked[start:end]):
            return topic
        inside = {person.name for person in here.persons if start <= person.start < end}
        for verb in TELLS.finditer(here.masked, start, end) if inside else ():
            person = here.ends_with_person(start + len(_TAIL.sub("", here.masked[start : verb.start()])))
            if person and not _owned(here, person):
                return person.name
        if here.masked[start:end].strip().strip(HIDDEN + " .,").startswith(("he ", "she ")):
            return topic
        if not inside and HIDDEN in here.masked[start:end]:
            return topic
        return topic if inside == {topic} else ""

    def _subject(self, here: Passage, start: int) -> str:
        front = _FRONT.match(here.masked, start)
        begin = front.end() if front else start
        for at in (start, begin):
            person = next((person for person in here.persons if person.start >= at), None)
            if person and not _owned(here, person):
                lead = here.masked[at : person.start]
                after = here.masked[person.end : person.end + 5]
                if (
                    len(lead) < 70
                    and _TITLES_ONLY.fullmatch(lead)
                    and not _VERBISH.search(lead)
                    and not re.search(r"\b(?:for|by|to|with|and|from|in|on|at|after)\b", lead)
                    and not after.startswith((" and ", " or "))
                ):
                    return person.name
            match = re.match(
                r"(The (?:[\w'’.-]+ ){0,3}?[\w-]+) (?:is|was|has|had|will|would|[a-z]+(?:s|ed)|said|told|already|also)\b",
                here.masked[at : at + 80],
            )
            if match and (holder := self.office(match[1])):
                return holder
        return ""


def _owned(here: Passage, person: Person) -> bool:
    return here.text[person.end : person.end + 2] in {"’s", "'s"} or (
        here.text[person.end : person.end + 1] in {"’", "'"} and here.text[person.end - 1] == "s"
    )


def _worded(words: str, subjects: Subjects) -> Speaker:
    """The words for somebody without a name, where they read like one."""
    words = words.strip(" ,")
    if holder := subjects.office(words):
        return Speaker(holder)
    if _NO_PHRASE.search(words):
        return NOBODY
    if not words or HIDDEN in words or len(words.split()) > MOST_WORDS:
        return NOBODY
    first = words.split()[0]
    if not (
        first[0].isupper()
        or first in {"a", "an", "the", "one", "two", "three", "some", "several", "many", "another", "his", "her", "its", "their"}
        or re.match(r"[a-z]+s\b", first)
    ):
        return NOBODY
    if re.match(r"(?:He|She|It|They|We|I|You|But|And|This|That|There|What|In|On|At)\b", words) or _VERBISH.search(words):
        return NOBODY
    return Speaker(attributed_to=words)
