"""Edits of briefings at the editor's word: fields set, notes closed, sources added; nothing else in the file changes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from briefgen import files
from briefgen.config import Config
from briefgen.forms import read_moment
from briefgen.importing.archive import locate_briefing
from briefgen.importing.entries import (
    LISTS,
    TEXTS,
    note_of,
    renamed,
    sources_of,
    spoken,
    with_entry,
    with_sources,
    with_value,
    without_notes,
)
from briefgen.importing.frontmatter import split, tables_of, text_of
from briefgen.importing.review import OpenNote
from briefgen.library.document import parse_document
from briefgen.library.headers import BriefingHeader
from briefgen.library.inplace import rewrite
from briefgen.library.renaming import Entries, listed
from briefgen.library.urls import briefing_url
from briefgen.model import Place, ReviewNote, Source
from briefgen.problems import BriefgenError, Problem
from briefgen.schema import UTC
from briefgen.yamltext import Table, YamlError, entries_of


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
    if values is not None and not (field in LISTS and not values) and not (settled.about and field == "quotes"):
        _refuse_unknown(field, values, locate_briefing(root, name).relative_to(root).as_posix())
    found: list[ReviewNote] = []

    def change(entries: Entries, table: Table) -> Entries:
        found.extend(note for row in tables_of(table, "review") if (note := note_of(entries_of(row))) == settled.note)
        if not found:
            return entries
        if values is None:
            return without_notes(entries, lambda note: note == settled.note)
        if field == "quotes":
            return without_notes(spoken(entries, settled.about, " ".join(values)), lambda note: note == settled.note)
        if settled.about:
            return without_notes(renamed(entries, settled.about, values), lambda note: note == settled.note)
        return without_notes(with_value(entries, field, values), lambda note: note.field == field)

    _edit(root, name, change)
    return bool(found)


def add_source(root: Path, name: str, source: Source) -> str:
    """Add a further source to a briefing, on the editor's word; gives its path. Raises BriefgenError as `edit_briefing` does."""
    found = {field.name: getattr(source, field.name) for field in fields(source)}
    row = {name: value if isinstance(value, str) else list(value) for name, value in found.items() if value}
    _edit(root, name, lambda entries, _: with_sources(entries, [row]))
    return locate_briefing(root, name).relative_to(root).as_posix()


def merge(root: Path, config: Config, name: str, into: str) -> str:
    """Make the sources of a briefing further sources of another one, and let its URLs lead there; gives the path of the other.

    The briefing is taken away. Raises BriefgenError as `edit_briefing` does, where both are one briefing, and where one has
    errors; nothing is taken away then.
    """
    path, other = locate_briefing(root, name), locate_briefing(root, into)
    shown, gone = other.relative_to(root).as_posix(), path.relative_to(root).as_posix()
    if path == other:
        raise BriefgenError(Problem("BG105", Place(shown), "a briefing is no source of itself", "name another one"))
    rows = sources_of(entries_of(_front_of(path, gone)[1]))
    (url, former), (stays, known) = (_urls(root, one, config) for one in (gone, shown))
    new = [old for old in (url, *former) if old not in (stays, *known)]

    def change(entries: Entries, _: Table) -> Entries:
        entries = with_sources(entries, rows)
        return with_entry(entries, "aliases", [*listed(entries.get("aliases", [])), *new]) if new else entries

    _edit(root, into, change)
    with files.writing(gone):
        path.unlink()
    return shown


def _urls(root: Path, path: str, config: Config) -> tuple[str, tuple[str, ...]]:
    """The URL of a briefing and the old ones that lead to it, as `aliases` writes them; raises BriefgenError where it has errors."""
    document, problems = parse_document(path, files.read(root / path), config.markdown, config.timezone)
    if document is None or not isinstance(document.header, BriefingHeader):
        raise BriefgenError(*(problem for problem in problems if problem.severity == "error"))
    return briefing_url(document.name, document.header, config).strip("/"), document.header.aliases


def _edit(root: Path, name: str, change: Callable[[Entries, Table], Entries]) -> Table:
    """Let the front matter of a briefing hold what `change` makes of it; gives what it holds then."""
    path = locate_briefing(root, name)
    shown = path.relative_to(root).as_posix()
    text, table = _front_of(path, shown)
    wanted = change(entries_of(table), table)
    if wanted == entries_of(table):
        return table
    new = rewrite(text, wanted)
    changed = split(new) if new else None
    if new is None or changed is None:
        cure = "make the change in the file itself"
        raise BriefgenError(Problem("BG105", Place(shown), "its front matter is written in a way that cannot be changed from here", cure))
    _write(path, new, shown)
    return changed.table


def _front_of(path: Path, shown: str) -> tuple[str, Table]:
    """The text of a briefing and its front matter; raises BriefgenError where it has none that can be read."""
    content = files.read(path)
    try:
        text = content.decode()
        front = split(text)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BriefgenError(Problem("BG109", Place(shown, line), "not UTF-8 text", "save the file as UTF-8")) from None
    except YamlError as fault:
        raise BriefgenError(Problem(fault.code, Place(shown, fault.line, fault.column), fault.message, fault.help)) from None
    if front is None:
        raise BriefgenError(Problem("BG102", Place(shown, 1, 1), "no front matter", "start the file with a line `---`"))
    return text, front.table


def _write(path: Path, text: str, shown: str) -> None:
    with files.writing(shown):
        mode = path.stat().st_mode & 0o7777
        files.write(path, text.encode())
        path.chmod(mode)  # a newsroom's folder may be shared


def _refuse_unknown(field: str, given: Sequence[str], shown: str) -> None:
    if field not in (*LISTS, *TEXTS):
        hint = f"one of {', '.join((*TEXTS, *LISTS))}; edit the file for anything else"
        raise BriefgenError(Problem("BG105", Place(shown), f"`{field}` cannot be set from here", hint))
    if field in TEXTS and len(given) != 1:
        raise BriefgenError(Problem("BG105", Place(shown), f"`{field}` holds one value, {len(given)} are given", "give it once"))
    if field in ("date", "publish") and not _is_moment(given[0]):
        hint = "write it as 2025-03-17" + (", or with a time: 2025-03-17T09:30" if field == "publish" else "")
        raise BriefgenError(Problem("BG108", Place(shown), f"`{given[0]}` is no day", hint))


def _refuse_unnoted(close: Iterable[str], table: Table, shown: str) -> None:
    noted = list(dict.fromkeys(text_of(row, "field") for row in tables_of(table, "review")))
    for field in close:
        if field not in noted:
            hint = f"there are notes about {', '.join(noted)}" if noted else "nothing is open in this briefing"
            raise BriefgenError(Problem("BG105", Place(shown), f"there is no note about `{field}`", hint))


def _is_moment(text: str) -> bool:
    try:
        read_moment(text, UTC)
    except ValueError:
        return False
    return True
