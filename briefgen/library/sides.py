"""The two sides of a merge: which terms are meant, and whether one of them can become the other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefgen.library.document import FOLDERS, Document
from briefgen.library.headers import BriefingHeader, RecordHeader
from briefgen.library.mentions import namings_of
from briefgen.library.names import Names, former_ids, header_of
from briefgen.model import Kind, Place
from briefgen.problems import BriefgenError, Problem, nearest
from briefgen.text import fold, slug


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: the name that pages show, its id and URL, every name of it (folded), and its record if it has one."""

    name: str
    id: str
    url: str
    names: frozenset[str]
    record: Document | None


def find_sides(
    documents: Sequence[Document], names: Mapping[Kind, Names], old: str, new: str, kind: Kind | None
) -> tuple[Kind, Side, Side]:
    """The kind of both terms and the two; raises BriefgenError (BG213) where it is not clear which are meant."""
    kinds = [kind] if kind else list(FOLDERS.values())
    found = [(one, _side(documents, names[one], old), _side(documents, names[one], new)) for one in kinds]
    both = [(one, before, after) for one, before, after in found if before and after]
    if len(both) > 1:
        raise refused(f"`{old}` and `{new}` are each more than one thing", f"say which: {', '.join(f'--kind {one[0]}' for one in both)}")
    if both:
        return both[0]
    for text, number in ((old, 1), (new, 2)):
        if not any(sides[number] for sides in found):
            near = nearest(text, [name for one in kinds for name in (*names[one].ids, *names[one].terms)])
            raise refused(
                f"nothing is called `{text}`", f"did you mean `{near}`?" if near else "`briefgen list people` shows what there is"
            )
    raise refused(f"`{old}` and `{new}` are of different kinds", "only two people, topics, stories or sources are merged")


def _side(documents: Iterable[Document], names: Names, text: str) -> Side | None:
    """What a text names: a record by its name or id, then by an alias, then a name that is only used."""
    wanted, records = fold(text), [(record, header_of(record)) for record in names.records.values()]
    by_name = [record for record, header in records if wanted in (fold(header.name), _id(record))]
    by_alias = [record for record, header in records if wanted in (*map(fold, header.aliases), *former_ids(names.kind, header))]
    for record in (*by_name, *by_alias):
        header, identity = header_of(record), _id(record)
        known = frozenset((*map(fold, (header.name, identity, *header.aliases)), *former_ids(names.kind, header)))
        return Side(header.name, identity, names.terms[identity].url, known, record)
    spelled = [name for document in documents for name in names_in(document, names.kind) if fold(name) == wanted]
    term = names.find(text) if spelled else None
    return Side(term.name, term.id, term.url, frozenset({wanted}), None) if term else None


def names_in(document: Document, kind: Kind) -> Iterator[str]:
    """The names of a kind that a file uses, in its order."""
    header = document.header
    if isinstance(header, BriefingHeader):
        yield from (naming.name for naming in namings_of(header) if naming.kind == kind)
    elif isinstance(header, RecordHeader) and FOLDERS[document.folder] == kind and header.parent:
        yield header.parent


def _id(record: Document) -> str:
    return slug(record.name.rpartition("/")[2])


def refuse_nonsense(old: Side, new: Side, names: Names) -> None:
    """Raise BriefgenError (BG213) where one cannot become the other."""
    if old.id == new.id:
        raise refused(f"`{old.name}` and `{new.name}` are one already", "give two different names")
    if any(above.id == old.id for term in (names.terms.get(new.id),) if term for above in names.ancestors(term)):
        raise refused(f"`{new.name}` stands below `{old.name}`", f"merge `{new.name}` into `{old.name}`, or change `parent` first")
    for one, other in ((old, new), (new, old)):
        if one.record and any(fold(name) in other.names for name in header_of(one.record).different_from):
            place = one.record.at("different_from")
            cure = "take it out of `different_from` if that is no longer so"
            raise BriefgenError(Problem("BG213", place, f"`{one.name}` is not `{other.name}`, as this says", cure))


def refused(message: str, cure: str) -> BriefgenError:
    """The error for a merge that is not done."""
    return BriefgenError(Problem("BG213", Place("content"), message, cure), exit_code=2)
