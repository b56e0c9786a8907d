"""Names: which record a name means. Any alias leads to the one record; a name without a record is a term, too."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from briefgen.library.document import Document
from briefgen.library.headers import RecordHeader
from briefgen.model import Kind, Place, Term
from briefgen.problems import Problem, Problems
from briefgen.text import fold, slug

ROOTS: Mapping[Kind, str] = {"topic": "topics/", "person": "people/", "story": "stories/", "source": "sources/"}


@dataclass(frozen=True, slots=True)
class Use:
    """A name where a file uses it. `locate` finds the place, which is asked for when there is something to say of it."""

    name: str
    document: Document
    locate: Callable[[Document, str], Place]

    @property
    def path(self) -> str:
        """The file."""
        return self.document.path

    @property
    def place(self) -> Place:
        """Where the file says it."""
        return self.locate(self.document, self.name)


@dataclass(frozen=True, slots=True)
class Used:
    """The names of one kind that briefings use: how often each, and where first in the order of the files."""

    times: Counter[str]
    first: Mapping[str, Document]
    locate: Callable[[Document, str], Place]

    def use(self, name: str) -> Use:
        """The first use of a name."""
        return Use(name, self.first[name], self.locate)


@dataclass(frozen=True, slots=True)
class Names:
    """All terms of one kind. `terms` and `records` are by id, `ids` by folded name."""

    kind: Kind
    terms: Mapping[str, Term]
    records: Mapping[str, Document]
    ids: Mapping[str, str]
    parents: Mapping[str, str]
    found: dict[str, Term | None] = field(default_factory=dict, compare=False, repr=False)
    """What `find` has found, by the name as it was written: the same names come again and again."""

    def find(self, name: str) -> Term | None:
        """The term that a name, an alias or an id means."""
        try:
            return self.found[name]
        except KeyError:
            term = self.found[name] = self.terms.get(self.ids.get(fold(name), ""))
            return term

    def meant(self, names: Iterable[str]) -> list[Term]:
        """The terms that these names mean, one for each that means one."""
        found = self.found
        return [term for name in names if (term := found[name] if name in found else self.find(name))]

    def ancestors(self, term: Term) -> tuple[Term, ...]:
        """The topics above a topic, from the top."""
        above: list[Term] = []
        while parent := self.parents.get(term.id):
            term = self.terms[parent]
            above.append(term)
        return tuple(reversed(above))


def register(kind: Kind, records: Iterable[Document], used: Used, problems: Problems) -> Names:
    """The terms of one kind from their records and from the names that briefings use.

    Reports a name or alias that belongs to two records (BG201), two names with one URL (BG202), a topic under itself (BG211).
    """
    by_id, ids = _from_records(records, problems)
    for identity, document in by_id.items():
        for former in former_ids(kind, header_of(document)):
            ids.setdefault(former, identity)
    shown = {identity: header_of(document).name for identity, document in by_id.items()}
    first_use: dict[str, Use] = {}
    for name, use in _unrecorded(used, [*_parents_named(by_id)], ids):
        identity = slug(name)
        other = first_use.get(identity) or (Use(shown[identity], by_id[identity], _under("name")) if identity in by_id else None)
        if other is None:
            shown[identity], first_use[identity] = name, use
        else:
            problems.add(_same_url(kind, identity, use, other))
        ids[fold(name)] = identity
    parents = _parents(by_id, ids, problems)
    terms = {identity: Term(kind, identity, name, _url(kind, identity, parents)) for identity, name in sorted(shown.items())}
    return Names(kind, terms, by_id, ids, parents)


def header_of(record: Document | None) -> RecordHeader:
    """What the record of a term says; nothing where there is none."""
    if record is None:
        return _NOTHING_SAID
    assert isinstance(record.header, RecordHeader), record.path  # noqa: S101 – files in these folders have no other
    return record.header


_NOTHING_SAID = RecordHeader("")


def former_ids(kind: Kind, header: RecordHeader) -> tuple[str, ...]:
    """The ids of the records that one has taken in: the last parts of the old pages of its kind which lead to it."""
    return tuple(fold(url.rpartition("/")[2]) for url in former_pages(kind, header))


def former_pages(kind: Kind, header: RecordHeader) -> tuple[str, ...]:
    """The old URLs of a record that are those of a page of its kind, not of a file.

    >>> former_pages("person", RecordHeader("Ann Lee", redirects=("people/al", "mayor", "people/al.html")))
    ('people/al',)
    """
    return tuple(url for url in header.redirects if url.startswith(ROOTS[kind]) and "." not in url.rpartition("/")[2])


def _from_records(records: Iterable[Document], problems: Problems) -> tuple[dict[str, Document], dict[str, str]]:
    by_id: dict[str, Document] = {}
    ids: dict[str, str] = {}
    for document in sorted(records, key=lambda record: record.path):
        header, identity = header_of(document), slug(document.name.rpartition("/")[2])
        if identity in by_id:
            message, other = f"`{identity}` is the id of two records", Place(by_id[identity].path)
            problems.add(Problem("BG207", Place(document.path), message, "rename one of the two files", other=other))
            continue
        by_id[identity] = document
        for key, name in (("name", identity), ("name", header.name), *(("aliases", alias) for alias in header.aliases)):
            taken = ids.setdefault(fold(name), identity)
            if taken != identity:
                candidates = [other for other in by_id.values() if fold(name) in _names_of(other)]
                message = f"`{name}` could be {' or '.join(header_of(other).name for other in candidates)}"
                cure = "keep it in one of the two; write `Name (who)` where they are really different"
                problems.add(Problem("BG201", document.at(key, name), message, cure, other=_place_of(name, by_id[taken])))
    return by_id, ids


def _names_of(record: Document) -> set[str]:
    header = header_of(record)
    return {fold(name) for name in (slug(record.name.rpartition("/")[2]), header.name, *header.aliases)}


def _place_of(name: str, record: Document) -> Place:
    """Where a record says that it has this name."""
    alias = next((alias for alias in header_of(record).aliases if fold(alias) == fold(name)), "")
    return record.at("aliases", alias) if alias else record.at("name")


def _parents_named(by_id: Mapping[str, Document]) -> Iterator[Use]:
    for document in by_id.values():
        parent = header_of(document).parent
        if parent:
            yield Use(parent, document, _under("parent"))


def _under(key: str) -> Callable[[Document, str], Place]:
    return lambda document, name: document.at(key, name)


def _unrecorded(used: Used, parents: Sequence[Use], ids: Mapping[str, str]) -> Iterator[tuple[str, Use]]:
    # of several spellings that fold to one, the commonest is shown
    times = used.times + Counter(use.name for use in parents)
    by_name: dict[str, list[str]] = {}
    for spelling in times:
        folded = fold(spelling)
        if folded not in ids:
            by_name.setdefault(folded, []).append(spelling)
    for folded in sorted(by_name):
        spellings = by_name[folded]
        commonest = min(spellings, key=lambda spelling: (-times[spelling], spelling))
        uses = [used.use(spelling) for spelling in spellings if spelling in used.first]
        yield commonest, min((*uses, *(use for use in parents if use.name in spellings)), key=_path)


def _path(use: Use) -> str:
    return use.document.path


def _same_url(kind: Kind, identity: str, use: Use, other: Use) -> Problem:
    message = f"`{use.name}` and `{other.name}` both want {ROOTS[kind]}{identity}/"
    folder = ROOTS[kind].strip("/")
    cure = f"use one spelling, or give one of them a record of its own: content/{folder}/another-id.md with `name: {use.name}`"
    return Problem("BG202", use.place, message, cure, other=other.place)


def _parents(by_id: Mapping[str, Document], ids: Mapping[str, str], problems: Problems) -> dict[str, str]:
    parents = {identity: ids[fold(header_of(document).parent)] for identity, document in by_id.items() if header_of(document).parent}
    for identity in sorted(parents):
        seen, above = {identity}, parents.get(identity)
        while above and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above:
            document = by_id[identity]
            message = f"`{header_of(document).name}` stands below itself: {' → '.join(sorted(seen))}"
            problems.add(Problem("BG211", document.at("parent"), message, "take out one `parent`"))
            del parents[identity]
    return parents


def _url(kind: Kind, identity: str, parents: Mapping[str, str]) -> str:
    parts = [identity]
    while above := parents.get(parts[0]):
        parts.insert(0, above)
    return ROOTS[kind] + "".join(f"{part}/" for part in parts)
