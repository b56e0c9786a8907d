"""Who is meant by the words beside a verb of saying: a person, a pronoun, an office, or somebody without a name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefgen.importing.discourse import NEAR, subject, topics, without_adverbs
from briefgen.importing.names import alternatives, key, pronoun_of, vocabulary
from briefgen.importing.offices import holder
from briefgen.importing.passages import HIDDEN, Passage, Person
from briefgen.importing.people import PersonMention
from briefgen.importing.speech import FINITE, TELLS


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person by canonical name, or the words for somebody who is not named."""

    person: str = ""
    attributed_to: str = ""


NOBODY = Speaker()
_FUNCTION_WORDS = vocabulary("function words")
_DETERMINERS = vocabulary("determiners")
_MOST_WORDS = 12
_MOST_APPOSITIONS = 5
_AFTER_VERB = 160
_APPOSITION = re.compile(r", [^,]{2,110}$")
_OF_PLACE = re.compile(r" (?:of|from|at) (?:the )?[A-Z][\w'’.-]*(?:(?: and| of| of the)? [A-Z][\w'’.-]*){0,4}$")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)(?: [a-z]+ly)?$")
_PRONOUN = re.compile(r"(?:^|[\s,(])([Hh]e|[Ss]he)$")
_FIRST_PRONOUN = re.compile(r"([Hh]e|[Ss]he)\b")
_OTHER_PRONOUN = re.compile(r"(?:^|[\s,(])(?:it|they|we|i|you|who|which|that|this|what|others?|both|all)$", re.IGNORECASE)
_NO_SUBJECT = re.compile(rf"(?:[,{HIDDEN}]|\b(?:by|after|before|without|of|in|also|while|when|even|not|started|began|to|for|and|or))$")
_FOR_SOMEBODY = re.compile(
    r"\b(?:for|by|against|about|than|between|including|like|from|unlike|alongside|with)"
    r"(?: the| a| an)?(?: [A-Z][\w.'’-]*| former| deputy| vice| acting| chief| prime| [a-z]+er| [a-z]+or| [a-z]+man){0,5} $",
)
_SIGNED = frozenset(("", ",", "."))
_WITH = ", with "
_DEPARTMENT = re.compile(rf"(?:{alternatives('departments')}) $", re.IGNORECASE)
_JOINED = re.compile(r"(?:, [^,]+)?,? (?:and|or|&) (?:[\w.'’-]+ ){0,5}")
_AND_ANOTHER = re.compile(r" and [A-Z]")
_CLAUSE_ENDS = re.compile(
    rf"[;:?!{HIDDEN}](?!\w)|(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z][a-z])\.(?!\w)|\b(?:that|who|which|while|when|as|after|before|adding|noting|saying)\b"
)
_FOR_ANOTHER = re.compile(r"\b(?:for|by|with|to|from|and)(?: [A-Z][\w.'’-]*)* $")
_BESIDE = re.compile(r"(?:, (?:[A-Z][\w.'’-]* ){0,3})?")
_TIME = re.compile(
    r"\s(?:on|during|via|after|before|late|early|last|this|yesterday|today|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:in|at) an?"
    r"|in (?:\d{4}|January|February|March|April|May|June|July|August|September|October|November|December))\b",
)
_CLAUSE_BEGINS = re.compile(
    rf"[,;:–—({HIDDEN}]\s*|\s-+\s|[“\"]|\b(?:that|and|but|while|as|after|before|when|because|with|if|although|though|where|whereas|since"
    r"|until|which|who|whenever|once|unless|how|what)\s",
)
_NO_PHRASE = re.compile(
    r"[()\[\]/=<>|]|^[Aa]n? [\w-]+ [\w-]+s$|\d{3}"
    rf"|\b(?:is|was|are|were|has|had|have|will|would|{FINITE})\b|{HIDDEN}",
)


class Subjects:
    """Resolves the subjects of one article, paragraph after paragraph."""

    def __init__(self, people: Sequence[PersonMention]) -> None:
        self._roles = {person.name: frozenset(key(word) for word in person.role.split()) for person in people}
        self._surnames = {key(person.name.split()[-1]) for person in people}
        self._pronouns: dict[str, str] = {}
        self._topics: list[str] = []
        self._topic = ""

    def read(self, here: Passage) -> None:
        """Go on to the next paragraph."""
        self._topics, self._topic = topics(here, self._topic, self._roles)

    def forget(self) -> None:
        """Pass a heading: no pronoun reaches across it."""
        self._topic = ""

    def before_verb(self, here: Passage, start: int, verb: int) -> Speaker:
        """The subject that ends right before a finite verb; NOBODY where it is unclear."""
        start = max(start, verb - NEAR)
        end = without_adverbs(here, start, verb)
        phrase = here.masked[start:end]
        if _PASSIVE.search(phrase):
            return NOBODY
        if person := _person_before(here, start, end):
            return _unless_for_another(here, start, person)
        if pronoun := _PRONOUN.search(phrase):
            return self._pronoun(here, end, pronoun[1])
        if _OTHER_PRONOUN.search(phrase):
            return NOBODY
        begins = [boundary.end() for boundary in _CLAUSE_BEGINS.finditer(phrase) if boundary.end() < len(phrase)]
        return self._worded(phrase[begins[-1] if begins else 0 :])

    def after_verb(self, here: Passage, start: int) -> Speaker:
        """The subject that follows a verb, as in `said X`."""
        rest = here.masked[start : start + _AFTER_VERB]
        if pronoun := _FIRST_PRONOUN.match(rest):
            return self._pronoun(here, start, pronoun[1])
        limit = _CLAUSE_ENDS.search(rest)
        rest = rest[: limit.start()] if limit else rest
        words = rest.partition(",")[0]
        for person in here.named(start, start + len(rest))[:1]:
            front = here.masked[start : person.start]
            if _BESIDE.fullmatch(front[len(words) :]) and not here.is_owner(person) and not _FOR_ANOTHER.search(front):
                return NOBODY if _AND_ANOTHER.match(here.masked, person.end) else Speaker(person.name)
        return self._worded(_TIME.split(words, maxsplit=1)[0])

    def signature(self, here: Passage, start: int) -> Speaker | None:
        """The person whose name stands at `start`, as after the dash of `“…” – X`."""
        persons = here.named(start, start + 1)
        return Speaker(persons[0].name) if persons and here.masked[persons[0].end :][:1] in _SIGNED else None

    def adjacent(self, here: Passage, start: int, verb: int) -> Speaker | None:
        """The subject right before a participle, `X saying` or `one soldier telling`; None after a comma."""
        start = max(start, verb - NEAR)
        phrase = here.masked[start:verb].rstrip()
        if not phrase or _NO_SUBJECT.search(phrase) or _PASSIVE.search(phrase):
            return None
        end = start + len(phrase)
        found = self.before_verb(here, max(start, here.masked.rfind(_WITH, start, end) + len(_WITH)), end)
        unnamed = found.attributed_to.partition(" ")[0]
        return None if unnamed and key(unnamed) not in _DETERMINERS else found

    def of_sentence(self, here: Passage, start: int) -> Speaker | None:
        """The first words of a sentence, where they are plainly a person."""
        if name := subject(here, start, self._roles):
            return Speaker(name)
        pronoun = _FIRST_PRONOUN.match(here.masked, start)
        return self._pronoun(here, start, pronoun[1]) if pronoun else None

    def teller(self, here: Passage, start: int, end: int) -> Speaker:
        """Whose words a sentence reports, without a quotation of its own: `X said it was late`."""
        verb = TELLS.search(here.masked, start, end)
        return self.before_verb(here, start, verb.start()) if verb else NOBODY

    def _pronoun(self, here: Passage, position: int, pronoun: str) -> Speaker:
        """Whom `he` means: the person of the sentence before or the only one named before it in its own; never both."""
        start, _ = here.sentence(position)
        name = self._topics[here.number(position)]
        inside = {person.name for person in here.named(start, position)}
        if inside:
            name = next(iter(inside)) if len(inside) == 1 and (not name or name in inside) else ""
        pronoun = pronoun.lower()
        if not name or pronoun_of(key(name.split()[0])) not in {pronoun, ""} or self._pronouns.setdefault(name, pronoun) != pronoun:
            return NOBODY
        return Speaker(name)

    def _worded(self, words: str) -> Speaker:
        """The words for somebody without a name, where they read like one."""
        words = words.strip(" ,")
        if name := holder(words, self._roles):
            return Speaker(name)
        if key(words) in self._surnames:
            return NOBODY
        return Speaker(attributed_to=words) if _reads_like_somebody(words) else NOBODY


def _reads_like_somebody(words: str) -> bool:
    """Whether words can stand for somebody: short, without a verb, beginning with a determiner, a capital or a plural."""
    parts = [key(word) for word in words.split()]
    if not parts or len(parts) > _MOST_WORDS or _NO_PHRASE.search(words) or parts[-1] in _FUNCTION_WORDS - _DETERMINERS:
        return False
    if parts[0] in _DETERMINERS:
        return True
    return parts[0] not in _FUNCTION_WORDS and (words[0].isupper() or parts[0].endswith("s"))


def _person_before(here: Passage, start: int, end: int) -> Person | None:
    """The person whose name ends at `end`, or before a place or an apposition that does."""
    for _ in range(_MOST_APPOSITIONS):
        if person := here.ends_with_person(end):
            return person
        place = _OF_PLACE.search(here.masked, start, end)
        beside = place if place and here.ends_with_person(place.start()) else _APPOSITION.search(here.masked, start, end)
        if not beside:
            return None
        end = beside.start()
    return None


def _unless_for_another(here: Passage, start: int, person: Person) -> Speaker:
    """The person, unless the words before make somebody else the subject: `a spokesman for X`, `Y and X`."""
    front = here.masked[start : person.start]
    aside = _FOR_SOMEBODY.search(front)
    if aside and not _DEPARTMENT.search(front[: aside.start()]):
        return NOBODY
    others = here.named(start, person.start)
    return NOBODY if others and _JOINED.fullmatch(here.masked, others[-1].end, person.start) else Speaker(person.name)
