"""What import could not be sure of, briefing by briefing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefgen import files
from briefgen.importing.archive import BRIEFINGS, identity_of, locate_briefing
from briefgen.importing.entries import is_open, note_of
from briefgen.importing.frontmatter import names_of, split, tables_of, text_of, texts_of
from briefgen.model import ReviewNote
from briefgen.problems import BriefgenError
from briefgen.yamltext import Table, YamlError, entries_of

_LONGEST = 400
"""Characters of a note's text that one wants to read."""


@dataclass(frozen=True, slots=True)
class OpenNote:
    """A review note as it stands in a file: `line` is its first, `now` what the field holds.

    `about` is the one of several people, or of several quotations, that it means.
    """

    note: ReviewNote
    line: int
    now: tuple[str, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class OpenBriefing:
    """A briefing with open notes; `name` is its identity, the path below `content/briefings` without suffix."""

    name: str
    path: str
    title: str
    notes: tuple[OpenNote, ...]


def find_open(root: Path, names: Sequence[str] = ()) -> Iterator[OpenBriefing]:
    """Every briefing with open notes, by path; with `names` those alone. One that cannot be read is the build's business.

    Raises BriefgenError for a name that no briefing has.
    """
    wanted = {locate_briefing(root, name) for name in names}
    for path in files.walk(root / BRIEFINGS):
        if path.suffix != ".md" or (wanted and path not in wanted):
            continue
        try:
            front = split(files.read(path).decode(errors="replace"))
        except (BriefgenError, YamlError):
            continue
        if front and (notes := tuple(_open_notes(front.table))):
            shown = path.relative_to(root).as_posix()
            yield OpenBriefing(identity_of(shown), shown, text_of(front.table, "title"), notes)


def _open_notes(table: Table) -> Iterator[OpenNote]:
    people = names_of(table, "people")
    first = next(iter(tables_of(table, "sources")), None)
    for row in tables_of(table, "review"):
        note = note_of(entries_of(row))
        now = people if note.field == "people" else texts_of(table, note.field)
        if note.field in ("source", "agency") and first:
            now = texts_of(first, "name" if note.field == "source" else "agency")
        yield OpenNote(note, row.line, now, _about(note, table))


def _about(note: ReviewNote, table: Table) -> str:
    """Whom of its people a note means, by the longest name in its reason, or which quotation, by the words that it rests on."""
    if note.field == "people":
        people = names_of(table, "people")
        return max((name for name in people if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", note.reason)), key=len, default="")
    if note.field == "quotes":
        quotes = (entries_of(quote) for quote in tables_of(table, "quotes"))
        return next((str(quote["text"]) for quote in quotes if is_open(quote, note.text)), "")
    return ""


def excerpt(open_note: OpenNote) -> str:
    """What a note rests on, of a long text as much as one wants to read around what it is about."""
    text, middle = open_note.note.text, _LONGEST // 2
    start = max(0, min(text.find(open_note.about) - middle, len(text) - _LONGEST))
    return "… " * bool(start) + text[start : start + _LONGEST] + " …" * (start + _LONGEST < len(text))
