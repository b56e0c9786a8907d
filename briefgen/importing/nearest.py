"""The records of a site that an open review note may mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from briefgen import files
from briefgen.importing.archive import read_people, read_topics
from briefgen.importing.review import OpenNote
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem
from briefgen.text import fold, slug
from briefgen.yamldump import dump

RECORDS = {"people": "content/people", "topics": "content/topics"}
"""The fields whose values may have a record, and where these are."""
_MOST = 6
_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Choice:
    """A name that an editor may choose, and what it is: a role, a record of the site, or a thing that import proposes."""

    name: str
    what: str = ""


def choices(note: OpenNote, records: Sequence[Choice]) -> tuple[Choice, ...]:
    """At most six names for a note: those that import proposed, then the records that share a word with what is open.

    >>> from briefgen.model import ReviewNote
    >>> lee = OpenNote(ReviewNote("people", "Lee is named by surname only"), 1, (), "Lee")
    >>> [choice.name for choice in choices(lee, [Choice("Ann Leeds"), Choice("Bo Lee")])]
    ['Bo Lee']
    """
    known = {fold(record.name): record for record in records}
    found = {fold(name): known.get(fold(name), Choice(name)) for name in note.note.candidates}
    asked = [note.about] if note.about else [*note.note.candidates, *note.now]
    for record in records:
        if any(_is_near(record.name, name) for name in asked):
            found.setdefault(fold(record.name), record)
    return tuple(choice for name, choice in found.items() if name != fold(note.about))[:_MOST]


def read_records(root: Path, field: str) -> tuple[Choice, ...]:
    """The people or topics of a site that have a record; nothing for another field."""
    if field == "people":
        return tuple(Choice(person.name, ", ".join(["record", *person.roles[-1:]])) for person in read_people(root))
    return tuple(Choice(topic.name, "record") for topic in read_topics(root)) if field == "topics" else ()


def create_record(root: Path, field: str, name: str) -> str:
    """Begin a record of a person or topic and give its path; raises BriefgenError where there is a file of its name."""
    path = f"{RECORDS[field]}/{slug(name, 80)}.md"
    try:
        with files.writing(path):
            files.create(root / path, f"---\n{dump({'name': name})}summary:\naliases: []\n---\n\n".encode())
    except FileExistsError:
        cure = "choose it as it is named there, or give another name"
        raise BriefgenError(Problem("BG704", Place(path), "there is a record of this name already", cure)) from None
    return path


def _is_near(name: str, asked: str) -> bool:
    words, others = _words(name), _words(asked)
    return bool(words & others) or SequenceMatcher(None, fold(name), fold(asked), autojunk=False).quick_ratio() > _ALIKE


def _words(name: str) -> frozenset[str]:
    return frozenset(word for word in fold(name).split() if len(word) > 1)
