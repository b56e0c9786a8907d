"""What the site already holds: imported texts by digest, people and topics by name."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from briefgen.files import read, walk
from briefgen.importing.frontmatter import FrontMatter, names_of, split, tables_of, text_of, texts_of
from briefgen.importing.known import Known, KnownPerson, KnownTopic
from briefgen.importing.learned import Example, Judge, learn
from briefgen.importing.near import Nearby, sentence_keys
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem, nearest
from briefgen.text import fold
from briefgen.yamltext import YamlError

BRIEFINGS = "content/briefings"


@dataclass(slots=True)
class Archive:
    """The site before the import; `digests` leads from the sha256 of a raw text to its briefing, and grows as the import writes.

    `taken` are the folded paths of all briefings, which no new one may have. `examples` are the briefings with topics, by path.
    """

    digests: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    known: Known = field(default_factory=Known)
    examples: tuple[Example, ...] = ()
    nearby: Nearby = field(default_factory=Nearby)
    _judge: Judge | None = None

    def judge(self, root: Path) -> Judge:
        """What the briefings teach about topics; learned when it is first asked for."""
        if self._judge is None:
            self._judge = learn(self.examples, self.known.topics, root)
        return self._judge


def read_archive(root: Path) -> Archive:
    """The briefings and records below `root`; a file that cannot be read is the build's business, not import's."""
    archive = Archive()
    archive.taken.update(fold(path.relative_to(root).as_posix()) for path in walk(root / BRIEFINGS))
    names: dict[str, str] = {}
    used: dict[str, str] = {}
    examples: list[Example] = []
    for path, front in _front_matters(root / BRIEFINGS):
        table, briefing = front.table, path.relative_to(root).as_posix()
        topics = texts_of(table, "topics")
        people = names_of(table, "people")
        archive.nearby.add(briefing, sentence_keys(front.rest), text_of(table, "date")[:10], text_of(table, "title"), people)
        used |= {fold(topic): topic for topic in topics if fold(topic) not in used}
        if topics:
            examples.append(Example(text_of(table, "title"), front.rest, topics))
        for source in tables_of(table, "sources"):
            if digest := text_of(source, "sha256"):
                archive.digests.setdefault(digest, briefing)
        for name in people:
            if " " in name:
                names.setdefault(fold(name), name)
    persons = tuple(read_people(root))
    recorded = {fold(form) for person in persons for form in (person.name, *person.aliases)}
    past = tuple(KnownPerson("", name) for key, name in sorted(names.items()) if key not in recorded)
    topics_of_site = tuple(read_topics(root))
    named = {fold(form) for topic in topics_of_site for form in (topic.name, *topic.aliases)}
    unrecorded = tuple(KnownTopic("", name) for key, name in sorted(used.items()) if key not in named)
    archive.known = Known(persons + past, topics_of_site + unrecorded)
    archive.examples = tuple(examples)
    return archive


def identity_of(path: str) -> str:
    """What a briefing is called by: its path below `content/briefings` without the suffix.

    >>> identity_of("content/briefings/2025/03/18-talks.md"), identity_of("2025/03/18-talks")
    ('2025/03/18-talks', '2025/03/18-talks')
    """
    return path.removeprefix(f"{BRIEFINGS}/").removesuffix(".md")


def locate_briefing(root: Path, name: str) -> Path:
    """The file of a briefing by its identity or path; raises BriefgenError for one that is not there."""
    folder = root / BRIEFINGS
    path = folder / f"{identity_of(name)}.md"
    if os.path.isfile(path) and path.resolve().is_relative_to(folder.resolve()):
        return path
    known = nearest(identity_of(name), (identity_of(file.relative_to(root).as_posix()) for file in walk(folder)))
    hint = f"did you mean `{known}`?" if known else "`briefgen list pages` shows what there is"
    raise BriefgenError(Problem("BG701", Place(f"{BRIEFINGS}/{identity_of(name)}.md"), "there is no such briefing", hint))


def read_people(root: Path) -> Iterator[KnownPerson]:
    """The people of the site who have a record."""
    for path, front in _front_matters(root / "content/people"):
        table = front.table
        name = text_of(table, "name") or text_of(table, "title") or path.stem
        roles = tuple(title for role in tables_of(table, "roles") if (title := text_of(role, "title")))
        yield KnownPerson(path.stem, name, texts_of(table, "aliases"), roles)


def read_topics(root: Path) -> Iterator[KnownTopic]:
    """The topics of the site that have a record."""
    folder = root / "content/topics"
    for path, front in _front_matters(folder):
        table = front.table
        name = text_of(table, "name") or text_of(table, "title") or path.stem
        yield KnownTopic(path.stem, name, texts_of(table, "aliases"), texts_of(table, "keywords"), text_of(table, "parent"))


def _front_matters(folder: Path) -> Iterator[tuple[Path, FrontMatter]]:
    for path in walk(folder):
        if path.suffix != ".md":
            continue
        try:
            front = split(read(path).decode(errors="replace"))
        except (BriefgenError, YamlError):
            continue
        if front:
            yield path, front
