"""What import could not be sure of, briefing by briefing, and the edits that an editor tells us to make."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from briefgen import files
from briefgen.forms import read_moment
from briefgen.importing.archive import BRIEFINGS, identity_of, locate_briefing
from briefgen.importing.entries import LISTS, TEXTS, Entries, listed, note_of, renamed, with_entry, with_value, without_notes
from briefgen.importing.frontmatter import entries_of, names_of, split, tables_of, text_of, texts_of
from briefgen.importing.inplace import rewrite
from briefgen.model import Place, ReviewNote, Source
from briefgen.problems import BriefgenError, Problem
from briefgen.schema import UTC
from briefgen.yamltext import Table, YamlError


@dataclass(frozen=True, slots=True)
class OpenNote:
    """A review note as it stands in a file: `line` is its first, `about` the one of several people it means, `now` what the field holds."""

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


def edit_briefing(root: Path, name: str, values: Mapping[str, Sequence[str]], close: Sequence[str] = ()) -> int:
    """Set fields and close the notes about them and about the fields in `close`; gives the number of notes that stay open.

    Nothing else in the file changes. Raises BriefgenError for a briefing that is not there or cannot be written, for a field that
    cannot be set, and for one in `close` without a note.
    """
    shown = locate_briefing(root, name).relative_to(root).as_posix()
    for field, given in values.items():
        _refuse_unknown(field, given, shown)

    def change(entries: Entries, table: Table) -> Entries:
        _refuse_unnoted(close, table, shown)
        for field, given in values.items():
            entries = with_value(entries, field, given)
        return without_notes(entries, lambda note: note.field in {*values, *close})

    return len(tables_of(_edit(root, name, change), "review"))


def settle(root: Path, name: str, settled: OpenNote, values: Sequence[str] | None) -> bool:
    """Close a note: what it is about is right (None), is to be `values` instead, or is to go (no values).

    False where the file does not have the note any more. Raises BriefgenError as `edit_briefing` does.
    """
    field = settled.note.field
    if values is not None and not (field in LISTS and not values):
        _refuse_unknown(field, values, locate_briefing(root, name).relative_to(root).as_posix())
    found: list[ReviewNote] = []

    def change(entries: Entries, table: Table) -> Entries:
        found.extend(note for row in tables_of(table, "review") if (note := note_of(entries_of(row))) == settled.note)
        if not found:
            return entries
        if values is None:
            return without_notes(entries, lambda note: note == settled.note)
        if settled.about:
            return without_notes(renamed(entries, settled.about, values), lambda note: note == settled.note)
        return without_notes(with_value(entries, field, values), lambda note: note.field == field)

    _edit(root, name, change)
    return bool(found)


def add_source(root: Path, name: str, source: Source) -> str:
    """Add a further source to a briefing, on the editor's word; gives its path. Raises BriefgenError as `edit_briefing` does."""
    found = {field.name: getattr(source, field.name) for field in fields(source)}
    row = {name: value if isinstance(value, str) else list(value) for name, value in found.items() if value}

    def change(entries: Entries, _table: Table) -> Entries:
        if "sources" not in entries:  # `source` is short for one
            entries = {"sources" if key == "source" else key: value for key, value in entries.items()}
        return with_entry(entries, "sources", [*listed(entries.get("sources", [])), row])

    _edit(root, name, change)
    return locate_briefing(root, name).relative_to(root).as_posix()


def _edit(root: Path, name: str, change: Callable[[Entries, Table], Entries]) -> Table:
    """Let the front matter of a briefing hold what `change` makes of it; gives what it holds then."""
    path = locate_briefing(root, name)
    shown = path.relative_to(root).as_posix()
    content = files.read(path)
    try:
        text = content.decode()
        front = split(text)
        if front is None:
            raise BriefgenError(Problem("BG102", Place(shown, 1, 1), "no front matter", "start the file with a line `---`"))
        wanted = change(entries_of(front.table), front.table)
        if wanted == entries_of(front.table):
            return front.table
        new = rewrite(text, wanted)
        changed = split(new) if new else None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BriefgenError(Problem("BG109", Place(shown, line), "not UTF-8 text", "save the file as UTF-8")) from None
    except YamlError as fault:
        raise BriefgenError(Problem(fault.code, Place(shown, fault.line, fault.column), fault.message, fault.help)) from None
    if new is None or changed is None:
        cure = "make the change in the file itself"
        raise BriefgenError(Problem("BG105", Place(shown), "its front matter is written in a way that cannot be changed from here", cure))
    _write(path, new, shown)
    return changed.table


def _write(path: Path, text: str, shown: str) -> None:
    with files.writing(shown):
        mode = path.stat().st_mode & 0o7777
        files.write(path, text.encode())
        path.chmod(mode)  # a newsroom's folder may be shared


def _open_notes(table: Table) -> Iterator[OpenNote]:
    people = names_of(table, "people")
    first = next(iter(tables_of(table, "sources")), None)
    for row in tables_of(table, "review"):
        note = note_of(entries_of(row))
        now = people if note.field == "people" else texts_of(table, note.field)
        if note.field in ("source", "agency") and first:
            now = texts_of(first, "name" if note.field == "source" else "agency")
        yield OpenNote(note, row.line, now, _about(note, people))


def _about(note: ReviewNote, people: Iterable[str]) -> str:
    """Whom of the people of a briefing a note means: the longest name that stands in its reason."""
    if note.field != "people":
        return ""
    named = [name for name in people if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", note.reason)]
    return max(named, key=len, default="")


def _refuse_unknown(field: str, given: Sequence[str], shown: str) -> None:
    if field not in (*LISTS, *TEXTS):
        hint = f"one of {', '.join((*TEXTS, *LISTS))}; edit the file for anything else"
        raise BriefgenError(Problem("BG105", Place(shown), f"`{field}` cannot be set from here", hint))
    if field in TEXTS and len(given) != 1:
        raise BriefgenError(Problem("BG105", Place(shown), f"`{field}` holds one value, {len(given)} are given", "give it once"))
    if field == "date" and not _is_day(given[0]):
        raise BriefgenError(Problem("BG108", Place(shown), f"`{given[0]}` is no day", "write it as 2025-03-17"))


def _refuse_unnoted(close: Iterable[str], table: Table, shown: str) -> None:
    noted = list(dict.fromkeys(text_of(row, "field") for row in tables_of(table, "review")))
    for field in close:
        if field not in noted:
            hint = f"there are notes about {', '.join(noted)}" if noted else "nothing is open in this briefing"
            raise BriefgenError(Problem("BG105", Place(shown), f"there is no note about `{field}`", hint))


def _is_day(text: str) -> bool:
    try:
        read_moment(text, UTC)
    except ValueError:
        return False
    return True
