"""What import could not be sure of, briefing by briefing, and the edits that an editor tells us to make."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from briefgen import files
from briefgen.forms import read_moment
from briefgen.importing.archive import BRIEFINGS, identity_of, locate_briefing
from briefgen.importing.frontmatter import FrontMatter, plain, replace_entry, split, strings_of, tables_of, text_of, texts_of
from briefgen.model import Place, ReviewNote, Source
from briefgen.problems import BriefgenError, Problem
from briefgen.schema import UTC
from briefgen.yamltext import Plain, YamlError

LISTS = ("topics", "people", "key_points")
TEXTS = ("title", "date", "summary", "lang", "source", "agency")


@dataclass(frozen=True, slots=True)
class OpenBriefing:
    """A briefing with open notes; `name` is its identity, the path below `content/briefings` without suffix."""

    name: str
    path: str
    title: str
    notes: tuple[ReviewNote, ...]


def find_open(root: Path, names: Sequence[str] = ()) -> Iterator[OpenBriefing]:
    """Every briefing with open notes, by path; with `names` only those. One that cannot be read is the build's business."""
    wanted = {identity_of(name) for name in names}
    for path in files.walk(root / BRIEFINGS):
        name = path.relative_to(root / BRIEFINGS).with_suffix("").as_posix()
        if path.suffix != ".md" or (wanted and name not in wanted):
            continue
        try:
            front = _read(path)
        except (BriefgenError, YamlError):
            continue
        if notes := _notes(front):
            yield OpenBriefing(name, path.relative_to(root).as_posix(), text_of(front.table, "title"), notes)


def edit_briefing(root: Path, name: str, values: Mapping[str, Sequence[str]], close: Sequence[str] = ()) -> tuple[ReviewNote, ...]:
    """Set fields and close the notes about them and about the fields in `close`; gives the notes that stay open.

    Nothing else in the file changes. Raises BriefgenError for a briefing that is not there or cannot be written, for a field that
    cannot be set, and for one in `close` without a note.
    """
    path = locate_briefing(root, name)
    shown = path.relative_to(root).as_posix()
    for field, given in values.items():
        _refuse_unknown(field, given, shown)
    try:
        front = _read(path)
        _refuse_unnoted(close, _notes(front), shown)
        for field, given in values.items():
            front = _changed(front, *_entry(front, field, given))
        closed = {*values, *close}
        front = _changed(front, "review", [_row(note) for note in _notes(front) if note.field not in closed])
    except YamlError as fault:
        raise BriefgenError(Problem(fault.code, Place(shown, fault.line, fault.column), fault.message, fault.help)) from None
    _write(path, front, shown)
    return _notes(front)


def add_source(root: Path, name: str, source: Source) -> str:
    """Add a further source to a briefing, on the editor's word; gives its path. Raises BriefgenError as `edit_briefing` does."""
    path = locate_briefing(root, name)
    shown = path.relative_to(root).as_posix()
    try:
        front = _read(path)
        rows = [plain(table) for table in tables_of(front.table, "sources")]
        front = _changed(front, "sources", [*rows, {field.name: getattr(source, field.name) for field in fields(source)}])
    except YamlError as fault:
        raise BriefgenError(Problem(fault.code, Place(shown, fault.line, fault.column), fault.message, fault.help)) from None
    _write(path, front, shown)
    return shown


def _read(path: Path) -> FrontMatter:
    front = split(files.read(path).decode("utf-8-sig", errors="replace"))
    if front is None:
        raise BriefgenError(Problem("BG102", Place(str(path), 1, 1), "no front matter", "start the file with a line `---`"))
    return front


def _write(path: Path, front: FrontMatter, shown: str) -> None:
    with files.writing(shown):
        files.write(path, "\n".join(["---", *front.lines, front.rest]).encode())


def _changed(front: FrontMatter, key: str, value: Plain) -> FrontMatter:
    changed = split(replace_entry(front, key, value))
    return changed or front


def _refuse_unknown(field: str, given: Sequence[str], shown: str) -> None:
    if field not in (*LISTS, *TEXTS):
        hint = f"one of {', '.join((*TEXTS, *LISTS))}; edit the file for anything else"
        raise BriefgenError(Problem("BG105", Place(shown), f"`{field}` cannot be set from here", hint))
    if field in TEXTS and len(given) > 1:
        raise BriefgenError(Problem("BG105", Place(shown), f"`{field}` holds one value, {len(given)} are given", "give it once"))
    if field == "date" and not _is_day(given[0]):
        raise BriefgenError(Problem("BG108", Place(shown), f"`{given[0]}` is no day", "write it as 2025-03-17"))


def _refuse_unnoted(close: Iterable[str], notes: Iterable[ReviewNote], shown: str) -> None:
    noted = list(dict.fromkeys(note.field for note in notes))
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


def _entry(front: FrontMatter, field: str, given: Sequence[str]) -> tuple[str, Plain]:
    """The top-level entry that a field lives in, and what it is to hold."""
    if field in LISTS:
        return field, list(given)
    if field not in ("source", "agency"):
        return field, given[0]
    key = "name" if field == "source" else "agency"
    first, *others = [strings_of(plain(table)) for table in tables_of(front.table, "sources")] or [{}]
    return "sources", [{key: given[0], **{name: value for name, value in first.items() if name != key}}, *others]


def _notes(front: FrontMatter) -> tuple[ReviewNote, ...]:
    return tuple(
        ReviewNote(text_of(row, "field"), text_of(row, "reason"), text_of(row, "text"), texts_of(row, "candidates"))
        for row in tables_of(front.table, "review")
    )


def _row(note: ReviewNote) -> Plain:
    return {"field": note.field, "reason": note.reason, "text": note.text, "candidates": note.candidates}
