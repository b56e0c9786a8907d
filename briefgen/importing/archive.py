"""What the site already holds: imported texts by digest, people and topics by name."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from briefgen import yamltext
from briefgen.files import read, walk
from briefgen.importing.known import Known, KnownPerson, KnownTopic
from briefgen.problems import BriefgenError
from briefgen.text import fold
from briefgen.yamltext import Listing, Scalar, Table, Tree, YamlError

BRIEFINGS = "content/briefings"


@dataclass(slots=True)
class Archive:
    """The site before the import; `digests` leads from the sha256 of a raw text to its briefing, and grows as the import writes."""

    digests: dict[str, str] = field(default_factory=dict)
    known: Known = field(default_factory=Known)


def read_archive(root: Path) -> Archive:
    """The briefings and records below `root`; a file that cannot be read is the build's business, not import's."""
    archive = Archive()
    names: dict[str, str] = {}
    for path, table in _front_matters(root / BRIEFINGS):
        briefing = path.relative_to(root).as_posix()
        for source in _tables(table, "sources"):
            if digest := _text(source, "sha256"):
                archive.digests.setdefault(digest, briefing)
        for name in _names(table, "people"):
            if " " in name:
                names.setdefault(fold(name), name)
    people = tuple(_people(root))
    recorded = {fold(form) for person in people for form in (person.name, *person.aliases)}
    past = tuple(KnownPerson("", name) for key, name in sorted(names.items()) if key not in recorded)
    archive.known = Known(people + past, tuple(_topics(root)))
    return archive


def _people(root: Path) -> Iterator[KnownPerson]:
    for path, table in _front_matters(root / "content/people"):
        name = _text(table, "name") or _text(table, "title") or path.stem
        roles = tuple(title for role in _tables(table, "roles") if (title := _text(role, "title")))
        yield KnownPerson(path.stem, name, _texts(table, "aliases"), roles)


def _topics(root: Path) -> Iterator[KnownTopic]:
    folder = root / "content/topics"
    for path, table in _front_matters(folder):
        name = _text(table, "name") or _text(table, "title") or path.stem
        yield KnownTopic(path.stem, name, _texts(table, "aliases"), _texts(table, "keywords"), _text(table, "parent"))


def _front_matters(folder: Path) -> Iterator[tuple[Path, Table]]:
    for path in walk(folder):
        if path.suffix != ".md":
            continue
        try:
            text = read(path).decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
            if text.startswith("---\n") and (end := text.find("\n---", 3)) > 0:
                yield path, yamltext.parse(text[4 : end + 1], 2)
        except (BriefgenError, YamlError):
            continue


def _get(table: Table, key: str) -> Tree | None:
    return next((value for name, value in table.entries if name.text == key), None)


def _text(table: Table, key: str) -> str:
    value = _get(table, key)
    return value.text if isinstance(value, Scalar) else ""


def _texts(table: Table, key: str) -> tuple[str, ...]:
    value = _get(table, key)
    if isinstance(value, Scalar):
        return (value.text,) if value.text else ()
    return tuple(part.text for part in value.items if isinstance(part, Scalar)) if isinstance(value, Listing) else ()


def _tables(table: Table, key: str) -> tuple[Table, ...]:
    value = _get(table, key)
    return tuple(part for part in value.items if isinstance(part, Table)) if isinstance(value, Listing) else ()


def _names(table: Table, key: str) -> tuple[str, ...]:
    return (*_texts(table, key), *(name for part in _tables(table, key) if (name := _text(part, "name"))))
