"""Merging: two names of one person, topic, story or source become one, in every file that has the other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from briefgen import files
from briefgen.digest import digest
from briefgen.library.document import FOLDERS, Document
from briefgen.library.frontmatter import cut, line_break
from briefgen.library.headers import RecordHeader
from briefgen.library.inplace import rewrite
from briefgen.library.names import Names, header_of
from briefgen.library.renaming import Entries, Renaming, added, renamed
from briefgen.library.renaming import Path as KeyPath
from briefgen.library.sides import Side, find_sides, names_in, refuse_nonsense, refused
from briefgen.model import Kind, Place, Role
from briefgen.problems import BriefgenError, Problem
from briefgen.text import clean, fold
from briefgen.yamldump import dump
from briefgen.yamltext import Plain, YamlError, entries_of, parse

PATHS: Mapping[Kind, tuple[KeyPath, ...]] = {
    "topic": (("topics", "*"),),
    "person": (("people", "*"), ("people", "*", "name"), ("quotes", "*", "speaker")),
    "story": (("story",),),
    "source": (("source",), ("source", "name"), ("source", "agency"), *(("sources", "*", *last) for last in ((), ("name",), ("agency",)))),
}
"""Where the front matter of briefings names a term of each kind."""
_IN_RECORDS: tuple[KeyPath, ...] = (("parent",), ("different_from", "*"))
_SINGLE = ("summary", "sort_name", "parent", "iptc")


class Change(NamedTuple):
    """The whole text of a file as it was read, and as it is to be: None for one that goes."""

    path: str
    before: str
    after: str | None


@dataclass(frozen=True, slots=True)
class Merge:
    """What is to be done, in this order. `lost` had no place left."""

    old: Side
    new: Side
    changes: tuple[Change, ...]
    lost: tuple[str, ...]


def plan_merge(root: Path, documents: Sequence[Document], names: Mapping[Kind, Names], old: str, new: str, kind: Kind | None) -> Merge:
    """How the term that `old` names becomes the one that `new` names; nothing is written.

    Raises BriefgenError (BG213) where that would make no sense, or it is not clear what is meant.
    """
    chosen, before, after = find_sides(documents, names, old, new, kind)
    if before.record and before.record is after.record and fold(old) not in (fold(after.name), after.id):
        # an alias already: what is left is to spell it as the name, in files that a merge cut short did not reach, too
        before = Side(old, "", after.url, frozenset({fold(old)}), None)
    refuse_nonsense(before, after, names[chosen])
    below = [term for term in names[chosen].terms.values() if before.id in {above.id for above in names[chosen].ancestors(term)}]
    moved = {names[chosen].records[term.id].path: term.url for term in below}
    changes = [*_others(root, [one for one in documents if one not in (before.record, after.record)], chosen, before, after, moved)]
    record, lost = _record(root, chosen, before, after)
    if record.after != record.before:
        # a record that goes is the last: until then the same command, given again, finds everything that it needs
        changes.insert(len(changes) if before.record else 0, record)
    gone = [Change(before.record.path, _read(root, before.record.path), None)] if before.record else []
    return Merge(before, after, (*changes, *gone), tuple(lost))


def write_merge(root: Path, merge: Merge) -> None:
    """Do it: each file is old or new, never half; what was cut short is finished by the same merge again.

    Raises BriefgenError (BG213) for a file that somebody has saved since it was read: their words stay.
    """
    for path, before, text in merge.changes:
        if _read(root, path) != before:
            raise refused(f"{path} was saved while this was going on", "give the same command again: it finishes what is left")
        with files.writing(path):
            if text is None:
                (root / path).unlink()
            else:
                files.write(root / path, text.encode())


# -- what is written ------------------------------------------------------------------------------------------------


def _others(root: Path, documents: Iterable[Document], kind: Kind, old: Side, new: Side, moved: Mapping[str, str]) -> Iterator[Change]:
    """The files that name the one that goes, or stand below it and move with it (path → old URL)."""
    known = new.names | {fold(new.name)}
    renaming = Renaming(new.name, lambda name: fold(name) in old.names, lambda name: fold(name) in known)
    for document in documents:
        paths = _paths(document, kind, old.names)
        if not paths and document.path not in moved:
            continue
        text = _read(root, document.path)
        entries = renamed(_entries(document.path, text), paths, renaming)
        if document.path in moved:
            entries = added(entries, "redirects", [moved[document.path].strip("/")])
        changed = _rewritten(document.path, text, entries)
        if changed != text:
            yield Change(document.path, text, changed)


def _paths(document: Document, kind: Kind, names: frozenset[str]) -> tuple[KeyPath, ...]:
    """Where a file names a term of a kind; nothing where it names none of these."""
    header = document.header
    if isinstance(header, RecordHeader):
        is_named = FOLDERS[document.folder] == kind and any(fold(name) in names for name in (header.parent, *header.different_from))
        return _IN_RECORDS if is_named else ()
    return PATHS[kind] if any(fold(name) in names for name in names_in(document, kind)) else ()


def _record(root: Path, kind: Kind, old: Side, new: Side) -> tuple[Change, list[str]]:
    """The record of the one that stays, with all that the other's has."""
    path = _record_path(kind, new)
    before = _read(root, path)
    text = before if new.record else f"---\n{dump({'name': new.name})}---\n"
    entries, lost = _with_all_of(_entries(path, text), old, new)
    changed = _rewritten(path, text, entries)
    body = _body(_read(root, old.record.path)) if old.record else ""
    if body not in _body(changed):
        changed = f"{changed.rstrip()}{line_break(changed) * 2}{body}{line_break(changed)}"
    return Change(path, before, changed), lost


def _with_all_of(entries: Entries, old: Side, new: Side) -> tuple[Entries, list[str]]:
    """The entries of the record that stays with those of the other's, and what has no place there."""
    was, now = header_of(old.record), header_of(new.record)
    names = {fold(name): name for name in (*reversed(was.aliases), old.name) if fold(name) not in new.names | {fold(new.name)}}
    urls = (*((old.url.strip("/"),) if old.url != new.url else ()), *was.redirects)
    entries = added(entries, "aliases", [*reversed(names.values())])
    entries = added(entries, "redirects", [url for url in urls if url not in (*now.redirects, new.url.strip("/"))])
    for key in ("same_as", "keywords", "different_from"):
        entries = added(entries, key, [one for one in getattr(was, key) if one not in getattr(now, key)])
    entries = added(entries, "roles", [_role(role) for role in was.roles if role not in now.roles])
    lost = []
    for key in _SINGLE:
        value: str = getattr(was, key)
        if value and not getattr(now, key) and not (key == "parent" and fold(value) in new.names):
            entries = {**entries, key: value}
        elif value not in ("", getattr(now, key)):
            lost.append(f"{key}: {value}")
    for key, table in (("image", _image(was)), ("extra", dict(was.extra))):
        if table and not getattr(now, key):
            entries = {**entries, key: table}
        elif table and digest(getattr(now, key)) != digest(getattr(was, key)):
            lost.append(f"{key}: {', '.join(table)}")
    return entries, lost


def _entries(path: str, text: str) -> Entries:
    parts = cut(text)
    try:
        return entries_of(parse(clean(parts.yaml))) if parts else {}
    except YamlError:
        raise _unfit(path) from None  # it was read a moment ago


def _rewritten(path: str, text: str, entries: Entries) -> str:
    changed = rewrite(text, entries)
    if changed is None:
        raise _unfit(path)
    return changed


def _unfit(path: str) -> BriefgenError:
    cure = "change the names in the file itself, then give the same command again"
    return BriefgenError(Problem("BG213", Place(path), "its front matter is written in a way that cannot be changed from here", cure))


def _body(text: str) -> str:
    parts = cut(text)
    return parts.body.strip() if parts else ""


def _record_path(kind: Kind, side: Side) -> str:
    folder = next(folder for folder, one in FOLDERS.items() if one == kind)
    return side.record.path if side.record else f"content/{folder}/{side.id}.md"


def _role(role: Role) -> dict[str, Plain]:
    since, until = (day.isoformat() if day else "" for day in (role.since, role.until))
    return {key: value for key, value in (("title", role.title), ("org", role.org), ("from", since), ("to", until)) if value}


def _image(header: RecordHeader) -> dict[str, Plain]:
    image = header.image
    return {"src": image.src, "alt": image.alt, **({"credit": image.credit} if image.credit else {})} if image else {}


def _read(root: Path, path: str) -> str:
    try:
        return files.read(root / path).decode()
    except BriefgenError:
        if (root / path).exists():
            raise
        return ""
