"""Who says a quotation: the words after it and before it, its sentence, and what was said before."""

import re
from collections.abc import Sequence

from briefgen.importing.marks import Quoted
from briefgen.importing.names import alternatives
from briefgen.importing.passages import HIDDEN, Passage
from briefgen.importing.people import PersonMention
from briefgen.importing.speech import ADVERB, ANOTHER_CLAUSE, FINITE, SPEAKS
from briefgen.importing.subjects import NOBODY, Speaker, Subjects

_AFTER = 200
_CLOSERS = "’'”\"»)]"
_PAUSE = ",?!…—–-"
_SAID_FIRST = re.compile(rf"[,.]?\s*(?:{FINITE}) (?!(?:that|it|they|we|I)\b)")
_ABBREVIATION = r"(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.|(?<=\b[A-Z][a-z][a-z])\."
_SUBJECT_FIRST = re.compile(
    rf",?+\s*+(?!{ANOTHER_CLAUSE})"
    rf"((?:[^{HIDDEN};.:?!]|{_ABBREVIATION}){{1,140}}?) (?:{ADVERB} )*(?:{FINITE}|was quoted(?: by [^,]{{2,60}})? as saying)\b",
)
_TRAILING = re.compile(rf", (?!{ANOTHER_CLAUSE})([^,;:{HIDDEN}]{{2,90}}?) (?:{ADVERB} )*(?:{FINITE})\b[^{HIDDEN}]*$")
_ACCORDING_AFTER = re.compile(r",? (?:according to|in the words of) ")
_ACCORDING_BEFORE = re.compile(r"\b(?:according to|in the words of) ([^,]{2,80}), ", re.IGNORECASE)
_QUOTED_AS = re.compile(r"\bquot(?:ed|es|ing) ([^,]{2,80}?) as (?:saying|telling)\b[^,.]*$")
_WAS_QUOTED = re.compile(r"([^,;:]{2,80}?) (?:was|is|were) quoted(?: by [^,]{2,60}?)? as (?:saying|telling)\b[^,.]*$")
_OF_A_WORK = re.compile(rf"\b(?:known as|{alternatives('works')})(?:,| the| a)? ?$")
_NO_SPEECH = re.compile(r"(?:called|calls|calling) (?:for|on|off|up|upon|in)\b|referred to as\b|noted (?:for|that the)\b")
_SIGNED = re.compile(r"[.,]?\s*[-–—]{1,2} ?")
_BRACKETS = re.compile(r"\([^()]{0,40}\)\)?|\(\(")
_SHUT = (",", ":")


class Talk:
    """What has been said so far in an article: who spoke last, and whom the latest sentence was about."""

    def __init__(self, people: Sequence[PersonMention]) -> None:
        self._subjects = Subjects(people)
        self._last = NOBODY
        self._last_end = -1
        self._carried = NOBODY

    def turn(self) -> None:
        """A heading, a table, a long stretch without speech: nothing said before it reaches beyond it."""
        self._carried = NOBODY
        self._subjects.forget()

    def open(self, here: Passage) -> None:
        """A new paragraph begins."""
        self._last, self._last_end = NOBODY, -1
        self._subjects.read(here)

    def close(self, here: Passage) -> None:
        """The paragraph ends: who spoke last in it may go on in the next, if that is nothing but speech."""
        announces = here.masked.rstrip().endswith(":")
        self._carried = self._subjects.teller(here, here.starts[-1], len(here.text)) if announces else self._last

    def speaker(self, here: Passage, quoted: Quoted, *, title: bool) -> Speaker:
        """Who says it; NOBODY where the text does not make it plain. What reads like a title is said only where a verb follows."""
        start, end = here.sentence(quoted.start)
        if self._last_end >= start and _SAID_FIRST.match(here.masked, self._last_end, quoted.start):
            self._last_end = quoted.end  # `“…,” said X, “…”`
            return self._last
        speaker = self._after(here, quoted)
        if title and not speaker:
            return NOBODY
        speaker = speaker or self._in_sentence(here, quoted, start, end) or self._going_on(here, quoted, start, end)
        self._last, self._last_end = speaker, quoted.end
        return speaker

    def _in_sentence(self, here: Passage, quoted: Quoted, start: int, end: int) -> Speaker | None:
        """What the rest of the sentence says; where no person speaks before the quotation, its end has the word."""
        before = self._before(here, quoted, start)
        if before and before.person:
            return before
        return self._trailing(here, quoted, end) or self._according(here, quoted) or before

    def _after(self, here: Passage, quoted: Quoted) -> Speaker | None:
        """`“…,” said X`, `“…,” X said`, `“…” – X`."""
        if signed := _SIGNED.match(here.masked, quoted.end):
            return self._subjects.signature(here, signed.end())
        final = here.text[quoted.first : quoted.last].rstrip(_CLOSERS)[-1:]
        rest = here.masked[quoted.end : quoted.end + _AFTER]
        said = _SAID_FIRST.match(rest)
        if final not in _PAUSE and not rest.startswith(",") and not (said and final == "."):
            return None
        if said:
            return self._subjects.after_verb(here, quoted.end + said.end())
        found = _SUBJECT_FIRST.match(rest)
        return self._subjects.before_verb(here, quoted.end + found.start(1), quoted.end + found.end(1)) if found else None

    def _before(self, here: Passage, quoted: Quoted, start: int) -> Speaker | None:
        """`X said that “…”`, `X said: “…”`, `saying it was “…”`, `According to X, “…”`."""
        head = here.masked[start : quoted.start]
        shut = head.rstrip().endswith(_SHUT)
        if _OF_A_WORK.search(head) and not shut:
            return NOBODY
        quoting = (_QUOTED_AS.search(head) or _WAS_QUOTED.search(head)) if "quot" in head else None
        if quoting:
            return self._subjects.before_verb(here, start + quoting.start(1), start + quoting.end(1))
        verbs = [verb for verb in SPEAKS.finditer(head) if not _NO_SPEECH.match(head, verb.start())]
        # an indirect question: what is quoted in it is not the asker's
        verbs = [verb for verb in verbs if shut or not verb[0].startswith("ask")]
        for verb in reversed(verbs):
            speaker = self._of_verb(here, start, start + verb.start(), verb[0], alone=len(verbs) == 1)
            if speaker is not None:
                return speaker
        according = None if verbs else _ACCORDING_BEFORE.search(head)
        return self._subjects.before_verb(here, start + according.start(1), start + according.end(1)) if according else None

    def _of_verb(self, here: Passage, start: int, position: int, verb: str, *, alone: bool) -> Speaker | None:
        if not verb.endswith("ing"):
            return self._subjects.before_verb(here, start, position)
        beside = self._subjects.adjacent(here, start, position)
        return beside or (self._subjects.of_sentence(here, start) if alone else None)

    def _trailing(self, here: Passage, quoted: Quoted, end: int) -> Speaker | None:
        """Trailing: `… “…” …, X said.`."""
        found = _TRAILING.search(here.masked[quoted.end : end])
        return self._subjects.before_verb(here, quoted.end + found.start(1), quoted.end + found.end(1)) if found else None

    def _according(self, here: Passage, quoted: Quoted) -> Speaker | None:
        """`“…”, according to X`."""
        found = _ACCORDING_AFTER.match(here.masked, quoted.end)
        return self._subjects.after_verb(here, found.end()) if found else None

    def _going_on(self, here: Passage, quoted: Quoted, start: int, end: int) -> Speaker:
        """A sentence that is nothing but speech: whoever spoke before goes on."""
        if here.masked[start : quoted.start].strip() or _BRACKETS.sub("", here.masked[quoted.end : end]).strip(" .,"):
            return NOBODY
        if start == 0:
            return self._carried if self._carried.person else NOBODY
        if self._last_end >= 0:
            between = here.masked[self._last_end : quoted.start]
            return self._last if between.count(".") + between.count("!") <= 1 else NOBODY
        teller = self._subjects.teller(here, here.sentence(start - 1)[0], start)
        return teller if teller.person else NOBODY
