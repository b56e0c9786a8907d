"""Places: the line and column of what a problem is about, found by reading its file once more when the problem is shown.

Values forget where they stood: a problem keeps the way to one (`Place.key`), and few values ever have a problem.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import unquote

from briefgen import files
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem, Problems
from briefgen.text import clean, one_line
from briefgen.yamltext import Listing, Scalar, Table, Tree, YamlError, parse

MOST_BYTES = 2_000_000
LONGEST_LINE = 20_000
"""In a longer line nobody looks for a word: a mark in it would tell little and, with many problems, take long."""

_ADDRESS = re.compile(r"\]\(\s*<?|\]:\s*<?|\[\[\s*")

Lines = Callable[[str], Sequence[str]]
Header = Callable[[str], "_Step | None"]


def located(problems: Iterable[Problem], root: Path) -> Problems:
    """The problems with their lines and columns, and with the lines themselves, as the files below `root` have them now."""
    lines = cache(lambda path: _lines(root / path))
    header = cache(lambda path: _header(lines(path)))
    return Problems([_located(problem, lines, header) for problem in problems])


def _located(problem: Problem, lines: Lines, header: Header) -> Problem:
    place, span = _found(problem.place, header)
    other = _found(problem.other, header)[0] if problem.other else None
    excerpt = problem.excerpt or _line(place, lines)
    if excerpt in ("", "---"):
        return replace(problem, place=place, other=other)
    if problem.word and not place.column:
        column, span = _column(problem.word, excerpt)
        place = Place(place.path, place.line, column)
    return replace(problem, place=place, other=other, excerpt=excerpt, span=span or problem.span)


def _line(place: Place, lines: Lines) -> str:
    if not place.line:
        return ""
    return next(iter(lines(place.path)[place.line - 1 : place.line]), "")


def _lines(path: Path) -> tuple[str, ...]:
    try:
        content = files.read(path, most=MOST_BYTES) if path.suffix in (".md", ".yaml") else b""
    except BriefgenError:
        return ()  # what is wrong with the file itself is told in words
    return tuple(clean(content.decode("utf-8-sig", errors="replace")).split("\n"))


def _header(lines: Sequence[str]) -> "_Step | None":
    """The front matter of a content file, or the whole of another one."""
    is_content = bool(lines) and lines[0].rstrip() == "---"
    end = next((number for number, line in enumerate(lines) if number and line.rstrip() == "---"), 0) if is_content else len(lines)
    try:
        table = parse("\n".join(lines[int(is_content) : end]), 1 + int(is_content))
    except YamlError:
        return None
    return _Step(table, table)


def _found(place: Place, header: Header) -> tuple[Place, int]:
    """The place with its numbers, and the length of what stands there, 0 where that is not known."""
    top = header(place.path) if place.key and not place.line else None
    found = _at_end(top, place.key) if top else None
    if found is None:
        return place, 0
    span = len(found.text) + 2 * found.quoted if isinstance(found, Scalar) else 1
    return Place(place.path, found.line, found.column), span


class _Step:
    """A piece of YAML on the way to another, and what is meant where the way ends with it."""

    def __init__(self, tree: Tree, meant: Tree) -> None:
        self.tree, self.meant = tree, meant

    @cached_property
    def below(self) -> Mapping[str, "_Step"]:
        """The next steps: by key, in a list by the texts of its entries; of those that are one text the first."""
        return dict(reversed([*_steps(self.tree)]))


def _at_end(top: _Step, way: Sequence[str]) -> Tree | None:
    """What stands at the end of a way of keys and, in lists, of texts; the last piece of it that is there."""
    step = top
    for name in way:
        following = step.below.get(name if isinstance(step.tree, Table) else _bare(name))
        if following is None:
            return None if step is top else step.tree
        step = following
    return step.meant


def _steps(tree: Tree) -> Iterator[tuple[str, _Step]]:
    if isinstance(tree, Table):
        for name, value in tree.entries:
            found = name if _is_empty(value) else value
            yield name.text, _Step(found, found)
    elif isinstance(tree, Listing):
        for item in tree.items:
            values = [value for _, value in item.entries] if isinstance(item, Table) else [item]
            yield from ((_bare(one_line(clean(value.text))), _Step(item, value)) for value in values if isinstance(value, Scalar))


def _bare(text: str) -> str:
    # an old URL is known without its slashes
    return text.strip("/")


def _is_empty(tree: Tree) -> bool:
    return isinstance(tree, Scalar) and not tree.text and not tree.quoted


def _column(word: str, line: str) -> tuple[int, int]:
    """Where a word stands in a line, and its length there: in an address first, which may be written with %20; (0, 0) for nowhere."""
    if len(line) > LONGEST_LINE:
        return 0, 0
    for start in _ADDRESS.finditer(line):
        written = re.match(r"[^\s)>]*", line[start.end() :])
        for said in (written[0] if written else "", line[start.end() : start.end() + len(word)]):
            if said == word or unquote(said) == word:
                return start.end() + 1, len(said)
    at = line.find(word)
    return (at + 1, len(word)) if at >= 0 else (0, 0)
