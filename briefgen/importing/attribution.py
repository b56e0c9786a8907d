"""Who says a quotation: the words before and after it, its sentence, and what the sentences before were about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefgen.importing.marks import Quoted
from briefgen.importing.passages import HIDDEN, Passage
from briefgen.importing.people import PersonMention
from briefgen.importing.speech import FINITE, PARTICIPLES
from briefgen.importing.subjects import NOBODY, Speaker, Subjects

__all__ = ["NOBODY", "Speaker", "Talk"]

_ADVERBS = r"(?:(?:has|have|had|also|later|then|again|once|repeatedly|previously|recently|earlier|reportedly|already|even|simply|just|who|himself|herself|[a-z]+ly) )*"
_VERB = re.compile(rf"(?<![\w'’-])(?:{FINITE}|{PARTICIPLES})(?![\w'’-])")
_SAID_FIRST = re.compile(rf"[,.]?\s*(?:{FINITE})(?= )(?! (?:that|it|they|we|I)\b)")
_SUBJECT_FIRST = re.compile(rf",?\s*([^{HIDDEN};.:?!]{{1,140}}?) {_ADVERBS}(?:{FINITE}|was quoted(?: by [^,]{{2,60}})? as saying)\b")
_ACCORDING_AFTER = re.compile(r",? (?:according to|in the words of) ")
_ACCORDING_BEFORE = re.compile(r"\b(?:[Aa]ccording to|[Ii]n the words of) ([^,]{2,80}), ")
_TRAILING = re.compile(rf", ([^,;:{HIDDEN}]{{2,90}}?) {_ADVERBS}(?:{FINITE})\b[^{HIDDEN}]*$")
_QUOTED_AS = re.compile(r"\bquot(?:ed|es|ing) ([^,]{2,80}?) as (?:saying|telling)\b[^,.]*$")
_WAS_QUOTED = re.compile(r"([^,;:]{2,80}?) (?:was|is|were) quoted(?: by [^,]{2,60}?)? as (?:saying|telling)\b[^,.]*$")
_CALLED_AT = re.compile(
    r"\b(?:titled|entitled|called|named|headlined|known as|so-called|dubbed|nicknamed|labelled|labeled|branded|termed|motto|slogan|word|words|term|phrase|song|album|film|movie|book|novel|play|programme|program|show|series|article|headline|magazine|newspaper)(?:,| the| a)? ?$"
)
_NO_SPEECH = re.compile(
    r"\b(?:called|calls|calling) (?:for|on|off|up|upon|in)\b|\breferred to as\b|\bnoted (?:for|that the)\b|\bpraying\b|\bnothing\b"
)
_LOWER_OPEN = re.compile(r"[,:]\s*$|^\s*$")


class Talk:
    """What has been said so far in an article: who spoke last, and whom the latest sentence was about."""

    def __init__(self, people: Sequence[PersonMention]) -> None:
        self._subjects = Subjects(people)
        self._last: Speaker = NOBODY
        self._last_end = -1
        self._carried: Speaker = NOBODY

    def turn(self) -> None:
        """A heading or a table: nothing said before it reaches beyond it."""
        self._carried = NOBODY
        self._subjects.forget()

    def open(self, here: Passage) -> None:
        """A new paragraph begins."""
        self._last, self._last_end = NOBODY, -1
        self._subjects.read(here)

    def close(self, here: Passage) -> None:
        """The paragraph ends: who spoke last in it may go on in the next, if that is nothing but speech."""
        colon = here.masked.rstrip().endswith(":")
        self._carried = self._subjects.opening_speaker(here) if colon else self._last
        self._subjects.leave(here)

    def speaker(self, here: Passage, quoted: Quoted, *, title: bool = False) -> Speaker:
        """Who says it; NOBODY where the text does not make it plain. What reads like a `title` is spoken only where a verb follows it."""
        if title:
            return self._after(here, quoted, 0, 0) or NOBODY
        start, end = here.sentence(quoted.start)
        speaker = None
        for rule in (self._after, self._before, self._trailing, self._according, self._going_on):
            told = rule(here, quoted, start, end)
            speaker = speaker if told is None else told
            if speaker is not None and (speaker.person or rule != self._before):
                break
        self._last, self._last_end = speaker or NOBODY, quoted.end
        return speaker or NOBODY

    def _after(self, here: Passage, quoted: Quoted, start: int, end: int) -> Speaker | None:
        """`“…,” said X` and `“…,” X said`."""
        final = here.text[quoted.first : quoted.last].rstrip("’'”\"»)]")[-1:] or "."
        rest = here.masked[quoted.end : quoted.end + 200]
        if (final not in ",?!…—–-." and not rest.startswith(",")) or (final == "." and not re.match(rf"[,.]?\s*(?:{FINITE}) ", rest)):
            return None
        if said := _SAID_FIRST.match(rest):
            return self._subjects.after_verb(here, quoted.end + said.end() + 1)
        if subject := _SUBJECT_FIRST.match(rest):
            return self._subjects.before_verb(here, quoted.end + subject.start(1), quoted.end + subject.end(1))
        return None

    def _before(self, here: Passage, quoted: Quoted, start: int, end: int) -> Speaker | None:
        """`X said that “…”`, `X said: “…”`, `saying it was “…”`, `According to X, “…”`."""
        head = here.masked[start : quoted.start]
        if _CALLED_AT.search(head) and not head.rstrip().endswith((":", ",")):
            return NOBODY
        if quoting := _QUOTED_AS.search(head) or _WAS_QUOTED.search(head):
            return self._subjects.before_verb(here, start + quoting.start(1), start + quoting.end(1))
        verbs = [verb for verb in _VERB.finditer(head) if not _NO_SPEECH.match(head, verb.start()) and not _asks(verb, head)]
        if not verbs:
            according = _ACCORDING_BEFORE.search(head)
            return self._subjects.before_verb(here, start + according.start(1), start + according.end(1)) if according else None
        for verb in reversed(verbs):
            speaker = self._of_verb(here, start, start + verb.start(), participle=verb[0].endswith("ing"))
            if speaker is not None:
                return speaker
        return None

    def _of_verb(self, here: Passage, start: int, verb: int, *, participle: bool) -> Speaker | None:
        if participle:
            adjacent = self._subjects.adjacent(here, start, verb)
            return (
                adjacent
                if adjacent
                else None
                if here.masked[start:verb].rstrip().endswith(("who was", "was", "were"))
                else self._main(here, start, verb)
            )
        return self._subjects.before_verb(here, start, verb)

    def _main(self, here: Passage, start: int, verb: int) -> Speaker | None:
        """The subject of the sentence, for `…, saying`: of its verb of saying, else its first words."""
        earlier = [found for found in _VERB.finditer(here.masked, start, verb) if not found[0].endswith("ing")]
        return None if earlier else self._subjects.of_sentence(here, start)

    def _trailing(self, here: Passage, quoted: Quoted, start: int, end: int) -> Speaker | None:
        """`… “…” …, X said.`"""
        found = _TRAILING.search(here.masked[quoted.end : end])
        return self._subjects.before_verb(here, quoted.end + found.start(1), quoted.end + found.end(1)) if found else None

    def _according(self, here: Passage, quoted: Quoted, start: int, end: int) -> Speaker | None:
        """`“…”, according to X`."""
        found = _ACCORDING_AFTER.match(here.masked, quoted.end)
        return self._subjects.after_verb(here, found.end()) if found else None

    def _going_on(self, here: Passage, quoted: Quoted, start: int, end: int) -> Speaker | None:
        """A sentence that is nothing but speech: whoever spoke before goes on."""
        if here.masked[start : quoted.start].strip() or here.masked[quoted.end : end].strip(" .,"):
            return None
        if start == 0:
            return self._carried if self._carried.person else None
        if self._last_end >= 0:
            between = here.masked[self._last_end : quoted.start]
            return self._last if between.count(".") + between.count("!") <= 1 else None
        return self._subjects.teller(here, start)


def _asks(verb: re.Match[str], head: str) -> bool:
    """An indirect question, in whose words a quotation is not the asker's."""
    return verb[0].startswith("ask") and not head.rstrip().endswith((",", ":"))
