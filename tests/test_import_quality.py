"""The quality gate of import: the labelled articles of `import_quality`, imported in one run, and a floor under each figure.

It guards against steps back and is no measure of quality: the articles are few, and everybody who changes import has read them.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from briefgen.importing.report import Options
from briefgen.importing.run import import_articles
from briefgen.yamltext import Listing, Scalar, Table, Tree, parse
from tests.worlds import World

FOLDER = Path(__file__).parent / "import_quality"
LABELS = ".expect.yaml"


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation and to whom it is given: a person, words of the text, or nobody."""

    text: str
    speaker: str
    attributed_to: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What an article holds: by its labels, or by the briefing that was made of it. What is not there is empty."""

    title: str
    date: str
    authors: tuple[str, ...]
    source: str
    agency: str
    people: tuple[str, ...]
    quotes: tuple[Said, ...]
    headings: tuple[str, ...]
    key_points: tuple[str, ...]
    related: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """One article: what its labels say, what was found, the fields with a review note, and the briefing's text."""

    name: str
    expected: Facts
    dropped: tuple[str, ...]
    found: Facts
    noted: frozenset[str]
    body: str


class Point(NamedTuple):
    """One thing that is right, or wrong in these words."""

    right: bool
    words: str


class Gate(NamedTuple):
    """A figure: the share of its points that are right, and the floor under it."""

    measure: Callable[[Judged], Iterator[Point]]
    floor: float


def test_no_figure_of_import_falls_below_its_floor(world: World) -> None:
    articles = import_labelled(world.root)
    points = {name: [(article.name, point) for article in articles for point in gate.measure(article)] for name, gate in GATES.items()}
    # a figure of nothing is 0: where nobody is found any more, precision is not perfect
    figures = {name: sum(point.right for _, point in found) / max(1, len(found)) for name, found in points.items()}
    below = [name for name, figure in figures.items() if figure < GATES[name].floor]
    table = [f"{figure:.4f}  floor {GATES[name].floor:.2f}  {name} ({len(points[name])})" for name, figure in figures.items()]
    wrong = [f"{article}: {name}: {point.words}" for name, found in points.items() for article, point in found if not point.right]
    assert not below, "\n".join([f"below the floor: {', '.join(below)}", "", *table, "", *sorted(wrong)])


def import_labelled(root: Path) -> list[Judged]:
    """Every labelled article, imported into a site without anything that it could learn from."""
    names = [path.name.removesuffix(LABELS) for path in sorted(FOLDER.glob(f"*{LABELS}"))]
    files = [str(path) for name in names for path in FOLDER.glob(f"{name}.*") if not path.name.endswith(LABELS)]
    report = import_articles(files, root, Options(), jobs=1)
    assert (report.exit_code, [article for article in report.articles if article.status != "written"]) == (0, [])
    labels = [(name, label) for name in names for label in _labels(parse((FOLDER / f"{name}{LABELS}").read_text(encoding="utf-8")))]
    assert [Path(article.origin).stem for article in report.articles] == [name for name, _ in labels]
    return [_judged(name, label, root / article.path) for (name, label), article in zip(labels, report.articles, strict=True)]


def _labels(table: Table) -> list[Tree]:
    """The mappings of a file: one, or under `articles` one for each article of a feed."""
    return list(_items(table, "articles")) or [table]


def _judged(name: str, label: Tree, path: Path) -> Judged:
    header, body = path.read_text(encoding="utf-8").removeprefix("---\n").split("\n---\n", 1)
    table = parse(header)
    source = _items(table, "sources")[0]
    headings = tuple(_shown(line.lstrip("#")) for line in body.split("\n") if re.match("#+ ", line))
    found = _facts(table, source, headings)
    noted = frozenset(_text(note, "field") for note in _items(table, "review"))
    expected = _facts(label, label, _texts(label, "headings"))
    return Judged(f"{name} ({found.title[:30]})", expected, _texts(label, "dropped"), found, noted, _shown(body))


def _facts(table: Tree, source: Tree, headings: tuple[str, ...]) -> Facts:
    return Facts(
        _text(table, "title"),
        _text(table, "date"),
        _texts(source, "authors"),
        _text(source, "source") or _text(source, "name"),
        _text(source, "agency"),
        _texts(table, "people"),
        tuple(Said(_text(quote, "text"), _text(quote, "speaker"), _text(quote, "attributed_to")) for quote in _items(table, "quotes")),
        tuple(heading.casefold() for heading in headings),
        _texts(table, "key_points"),
        _texts(table, "related"),
    )


def _shown(markdown: str) -> str:
    """A text of the body as its reader sees it, in one line."""
    return " ".join(re.sub(r"\\([^\w\s])", r"\1", markdown.replace("\\\n", "\n")).split())


def _items(tree: Tree, key: str) -> tuple[Tree, ...]:
    value = _value(tree, key)
    return value.items if isinstance(value, Listing) else ()


def _texts(tree: Tree, key: str) -> tuple[str, ...]:
    """A list of texts; of a table in it, the name or title."""
    return tuple(piece.text if isinstance(piece, Scalar) else _text(piece, "name") or _text(piece, "title") for piece in _items(tree, key))


def _text(tree: Tree, key: str) -> str:
    value = _value(tree, key)
    return value.text if isinstance(value, Scalar) and (value.quoted or value.text != "null") else ""


def _value(tree: Tree, key: str) -> Tree | None:
    return next((value for name, value in tree.entries if name.text == key), None) if isinstance(tree, Table) else None


def _title(article: Judged) -> Iterator[Point]:
    found, expected = article.found.title, article.expected.title
    yield Point(found == expected if expected else "title" in article.noted, f"{found!r} is not {expected or 'noted as derived'!r}")


def _date_right(article: Judged) -> Iterator[Point]:
    if article.expected.date:
        yield _same(article.found.date, article.expected.date)


def _date_open(article: Judged) -> Iterator[Point]:
    if not article.expected.date:
        yield _same(article.found.date, "")


def _authors(article: Judged) -> Iterator[Point]:
    """With the names of both sides as points, the share that is right is F1."""
    yield from _each(article.found.authors, article.expected.authors, "invented")
    yield from _each(article.expected.authors, article.found.authors, "missing")


def _people_precision(article: Judged) -> Iterator[Point]:
    return _each(article.found.people, article.expected.people, "nobody of this name")


def _people_recall(article: Judged) -> Iterator[Point]:
    return _each(article.expected.people, article.found.people, "missing")


def _quotes_found(article: Judged) -> Iterator[Point]:
    return _each(tuple(quote.text for quote in article.expected.quotes), tuple(quote.text for quote in article.found.quotes), "missing")


def _speaker_precision(article: Judged) -> Iterator[Point]:
    return _each(_speakers(article.found), _speakers(article.expected), "not the speaker")


def _speaker_recall(article: Judged) -> Iterator[Point]:
    return _each(_speakers(article.expected), _speakers(article.found), "missing")


def _speakers(facts: Facts) -> tuple[str, ...]:
    return tuple(f"{quote.speaker}: {quote.text}" for quote in facts.quotes if quote.speaker)


def _attributed(article: Judged) -> Iterator[Point]:
    return _each(_attributions(article.expected), _attributions(article.found), "missing")


def _attributions(facts: Facts) -> tuple[str, ...]:
    return tuple(f"{quote.attributed_to}: {quote.text}" for quote in facts.quotes if quote.attributed_to)


def _key_points(article: Judged) -> Iterator[Point]:
    """Those that the text gives; chosen ones are right where a note says that they were chosen."""
    chosen = "key_points" in article.noted and not article.expected.key_points
    yield _same(() if chosen else article.found.key_points, article.expected.key_points)


def _dropped(article: Judged) -> Iterator[Point]:
    yield from (Point(words not in article.body, f"in the body: {words}") for words in article.dropped)


def _whole(field: str) -> Callable[[Judged], Iterator[Point]]:
    """The measure of a field that is right as a whole or not at all."""
    value = attrgetter(field)
    return lambda article: iter([_same(value(article.found), value(article.expected))])


def _same(found: object, expected: object) -> Point:
    return Point(found == expected, f"{found!r} is not {expected!r}")


def _each(ours: tuple[str, ...], theirs: tuple[str, ...], fault: str) -> Iterator[Point]:
    """A point for each of ours, right where theirs has it as well; what stands twice needs two."""
    missing = Counter(ours) - Counter(theirs)
    yield from (Point(False, f"{fault}: {text}") for text in missing.elements())
    yield from (Point(True, text) for text in (Counter(ours) - missing).elements())


# A floor is never lowered silently: who lowers one says in the commit what was given up, and for what. Where a figure rises, it is raised.
GATES = {
    "title right": Gate(_title, 1.00),
    "date right": Gate(_date_right, 1.00),
    "date left open where there is none": Gate(_date_open, 1.00),
    "authors F1": Gate(_authors, 0.98),
    "source right": Gate(_whole("source"), 1.00),
    "agency right": Gate(_whole("agency"), 1.00),
    "people precision": Gate(_people_precision, 0.98),
    "people recall": Gate(_people_recall, 0.99),
    "quotes found": Gate(_quotes_found, 1.00),
    "quotes: speaker precision": Gate(_speaker_precision, 1.00),
    "quotes: speaker recall": Gate(_speaker_recall, 1.00),
    "quotes: attribution right": Gate(_attributed, 0.77),
    "headings right": Gate(_whole("headings"), 1.00),
    "key points right": Gate(_key_points, 1.00),
    "related right": Gate(_whole("related"), 0.98),
    "dropped text out of the body": Gate(_dropped, 1.00),
}
