"""Merging: two names of one person, topic, story or source become one, in every file that has the other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from briefgen import files
from briefgen.digest import digest
from briefgen.library import edits
from briefgen.library.document import FOLDERS, Document
from briefgen.library.headers import BriefingHeader, RecordHeader
from briefgen.library.mentions import namings_of
from briefgen.library.names import Names, former_ids
from briefgen.model import Kind, Place, Role
from briefgen.problems import BriefgenError, Problem, nearest
from briefgen.text import fold, slug
from briefgen.yamldump import dump
from briefgen.yamltext import Plain

PATHS: Mapping[Kind, tuple[edits.Path, ...]] = {
    "topic": (("topics", "*"),),
    "person": (("people", "*"), ("people", "*", "name"), ("quotes", "*", "speaker")),
    "story": (("story",),),
    "source": (("source",), ("source", "name"), ("source", "agency"), *(("sources", "*", *last) for last in ((), ("name",), ("agency",)))),
}
"""Where the front matter of briefings names a term of each kind."""
_IN_RECORDS: tuple[edits.Path, ...] = (("parent",), ("different_from", "*"))
_SINGLE = ("summary", "sort_name", "parent", "iptc")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: the name that pages show, its id and URL, every name of it (folded), and its record if it has one."""

    name: str
    id: str
    url: str
    names: frozenset[str]
    record: Document | None


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
    chosen, before, after = _sides(documents, names, old, new, kind)
    if before.record and before.record is after.record and fold(old) not in (fold(after.name), after.id):
        # an alias already: what is left is to spell it as the name, in files that a merge cut short did not reach, too
        before = Side(old, "", after.url, frozenset({fold(old)}), None)
    _refuse_nonsense(before, after, names[chosen])
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
            raise _refused(f"{path} was saved while this was going on", "give the same command again: it finishes what is left")
        with files.writing(path):
            if text is None:
                (root / path).unlink()
            else:
                files.write(root / path, text.encode())


# -- which two ------------------------------------------------------------------------------------------------------


def _sides(documents: Sequence[Document], names: Mapping[Kind, Names], old: str, new: str, kind: Kind | None) -> tuple[Kind, Side, Side]:
    kinds = [kind] if kind else list(FOLDERS.values())
    found = [(one, _side(documents, names[one], old), _side(documents, names[one], new)) for one in kinds]
    both = [(one, before, after) for one, before, after in found if before and after]
    if len(both) > 1:
        raise _refused(f"`{old}` and `{new}` are each more than one thing", f"say which: {', '.join(f'--kind {one[0]}' for one in both)}")
    if both:
        return both[0]
    for text, number in ((old, 1), (new, 2)):
        if not any(sides[number] for sides in found):
            near = nearest(text, [name for one in kinds for name in (*names[one].ids, *names[one].terms)])
            raise _refused(
                f"nothing is called `{text}`", f"did you mean `{near}`?" if near else "`briefgen list people` shows what there is"
            )
    raise _refused(f"`{old}` and `{new}` are of different kinds", "only two people, topics, stories or sources are merged")


def _side(documents: Iterable[Document], names: Names, text: str) -> Side | None:
    """What a text names: a record by its name or id, then by an alias, then a name that is only used."""
    wanted, records = fold(text), [(record, _header(record)) for record in names.records.values()]
    by_name = [record for record, header in records if wanted in (fold(header.name), _id(record))]
    by_alias = [record for record, header in records if wanted in (*map(fold, header.aliases), *former_ids(names.kind, header))]
    for record in (*by_name, *by_alias):
        header, identity = _header(record), _id(record)
        known = frozenset((*map(fold, (header.name, identity, *header.aliases)), *former_ids(names.kind, header)))
        return Side(header.name, identity, names.terms[identity].url, known, record)
    spelled = [name for document in documents for name in _names_in(document, names.kind) if fold(name) == wanted]
    term = names.find(text) if spelled else None
    return Side(term.name, term.id, term.url, frozenset({wanted}), None) if term else None


def _names_in(document: Document, kind: Kind) -> Iterator[str]:
    header = document.header
    if isinstance(header, BriefingHeader):
        yield from (naming.name for naming in namings_of(header) if naming.kind == kind)
    elif isinstance(header, RecordHeader) and FOLDERS[document.folder] == kind and header.parent:
        yield header.parent


def _header(record: Document | None) -> RecordHeader:
    return record.header if record and isinstance(record.header, RecordHeader) else RecordHeader("")


def _id(record: Document) -> str:
    return slug(record.name.rpartition("/")[2])


def _refuse_nonsense(old: Side, new: Side, names: Names) -> None:
    if old.id == new.id:
        raise _refused(f"`{old.name}` and `{new.name}` are one already", "give two different names")
    if any(above.id == old.id for term in (names.terms.get(new.id),) if term for above in names.ancestors(term)):
        raise _refused(f"`{new.name}` stands below `{old.name}`", f"merge `{new.name}` into `{old.name}`, or change `parent` first")
    for one, other in ((old, new), (new, old)):
        if one.record and any(fold(name) in other.names for name in _header(one.record).different_from):
            place = one.record.at("different_from")
            cure = "take it out of `different_from` if that is no longer so"
            raise BriefgenError(Problem("BG213", place, f"`{one.name}` is not `{other.name}`, as this says", cure))


def _refused(message: str, cure: str) -> BriefgenError:
    return BriefgenError(Problem("BG213", Place("content"), message, cure), exit_code=2)


# -- what is written ------------------------------------------------------------------------------------------------


def _others(root: Path, documents: Iterable[Document], kind: Kind, old: Side, new: Side, moved: Mapping[str, str]) -> Iterator[Change]:
    """The files that name the one that goes, or stand below it and move with it (path → old URL)."""
    known = new.names | {fold(new.name)}
    for document in documents:
        paths = _paths(document, kind, old.names)
        if not paths and document.path not in moved:
            continue
        text = _read(root, document.path)
        changed = edits.rename(text, paths, lambda name: fold(name) in old.names, new.name, lambda name: fold(name) in known)
        if document.path in moved:
            changed = edits.add(changed, "redirects", [moved[document.path].strip("/")])
        if changed != text:
            yield Change(document.path, text, changed)


def _paths(document: Document, kind: Kind, names: frozenset[str]) -> tuple[edits.Path, ...]:
    """Where a file names a term of a kind; nothing where it names none of these."""
    header = document.header
    if isinstance(header, RecordHeader):
        is_named = FOLDERS[document.folder] == kind and any(fold(name) in names for name in (header.parent, *header.different_from))
        return _IN_RECORDS if is_named else ()
    return PATHS[kind] if any(fold(name) in names for name in _names_in(document, kind)) else ()


def _record(root: Path, kind: Kind, old: Side, new: Side) -> tuple[Change, list[str]]:
    """The record of the one that stays, with all that the other's has."""
    path = _record_path(kind, new)
    before = _read(root, path)
    text = before if new.record else f"---\n{dump({'name': new.name})}---\n"
    was, now = _header(old.record), _header(new.record)
    names = {fold(name): name for name in (*reversed(was.aliases), old.name) if fold(name) not in new.names | {fold(new.name)}}
    urls = (*((old.url.strip("/"),) if old.url != new.url else ()), *was.redirects)
    text = edits.add(text, "aliases", [*reversed(names.values())])
    text = edits.add(text, "redirects", [url for url in urls if url not in (*now.redirects, new.url.strip("/"))])
    for key in ("same_as", "keywords", "different_from"):
        text = edits.add(text, key, [one for one in getattr(was, key) if one not in getattr(now, key)])
    text = edits.add(text, "roles", [_role(role) for role in was.roles if role not in now.roles])
    lost = []
    for key in _SINGLE:
        value: str = getattr(was, key)
        if value and not getattr(now, key) and not (key == "parent" and fold(value) in new.names):
            text = edits.put(text, key, value)
        elif value not in ("", getattr(now, key)):
            lost.append(f"{key}: {value}")
    for key, table in (("image", _image(was)), ("extra", dict(was.extra))):
        if table and not getattr(now, key):
            text = edits.put(text, key, table)
        elif table and digest(getattr(now, key)) != digest(getattr(was, key)):
            lost.append(f"{key}: {', '.join(table)}")
    body = edits.body_of(_read(root, old.record.path)) if old.record else ""
    return Change(path, before, text if body in edits.body_of(text) else edits.with_text_behind(text, body)), lost


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
