"""Problems: every finding about what a person wrote, with its place, a sentence, and what to do.

BriefgenError            what a command cannot go on from; carries problems and the exit code
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

from briefgen.model import Place
from briefgen.rules import RULES, SURROUNDINGS, Severity
from briefgen.text import printable

Format = Literal["text", "json", "github"]
ExitCode = Literal[0, 1, 2, 3]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `excerpt` is the line it stands in, `span` how many characters of it, `label` the word beside them.

    `word` is to be found in the line where the column is not known; `other` is the place of what this is in conflict with.
    """

    code: str
    place: Place
    message: str
    help: str = ""
    label: str = ""
    excerpt: str = ""
    span: int = 1
    word: str = ""
    other: Place | None = None

    @property
    def severity(self) -> Severity:
        """As `rules.RULES` has it."""
        return RULES[self.code].severity


@dataclass(slots=True)
class Problems:
    """What a run has found so far; grows while a command works and is shown whole at its end."""

    found: list[Problem] = field(default_factory=list)

    def __iter__(self) -> Iterator[Problem]:
        """By place, each once."""
        return iter(sorted(dict.fromkeys(self.found), key=_by_place))

    def add(self, problem: Problem) -> None:
        """One more finding."""
        self.found.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """All findings of another collection."""
        self.found.extend(problems)

    @property
    def errors(self) -> int:
        """How many different errors there are."""
        return sum(problem.severity == "error" for problem in dict.fromkeys(self.found))

    @property
    def warnings(self) -> int:
        """How many different warnings there are."""
        return sum(problem.severity == "warning" for problem in dict.fromkeys(self.found))


class BriefgenError(Exception):
    """A command cannot go on: the problems say why, and with which exit code, unless one is given."""

    def __init__(self, *problems: Problem, exit_code: ExitCode = 0) -> None:
        super().__init__(*(f"{problem.place.path}:{problem.place.line}: {problem.message}" for problem in problems))
        self.problems = problems
        self.exit_code = exit_code or exit_code_of(problems) or 1


def exit_code_of(problems: Iterable[Problem]) -> ExitCode:
    """0 without an error, 3 where the surroundings are at fault, also beside the content, 1 where the content alone is.

    >>> exit_code_of([Problem("BG602", Place("a"), "already there")]), exit_code_of([Problem("BG701", Place("a"), "cannot read")])
    (0, 3)
    """
    errors = {problem.code for problem in problems if problem.severity == "error"}
    return 3 if errors & SURROUNDINGS else 1 if errors else 0


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, None when none is near.

    >>> nearest("sumary", ["title", "summary"])
    'summary'
    """
    by_fold = {other.casefold(): other for other in known}
    matches = get_close_matches(word.casefold(), sorted(by_fold), n=1, cutoff=0.75)
    return by_fold[matches[0]] if matches else None


def show(problem: Problem, form: Format = "text") -> str:
    """The problem as a person, a program or GitHub reads it; nothing in it can steer a terminal."""
    return {"text": _as_text, "json": _as_json, "github": _as_annotation}[form](problem)


def _as_text(problem: Problem) -> str:
    place, lines = problem.place, [f"{problem.severity}[{problem.code}]: {printable(problem.message)}"]
    lines.append(f"  --> {shown_place(place)}")
    if problem.excerpt and place.line:
        lines += _underlined(problem)
    elif problem.label:
        lines.append(f"   = {printable(problem.label)}")
    if problem.other:
        lines.append(f"   = also: {shown_place(problem.other)}")
    if problem.help:
        lines.append(f"   = help: {printable(problem.help)}")
    return "\n".join(lines)


def shown_place(place: Place) -> str:
    """A place as editors and terminals know it: `path:line:column`, as far as it is known."""
    return ":".join([printable(place.path), *(str(number) for number in (place.line, place.column) if number)])


def _underlined(problem: Problem) -> Iterator[str]:
    place, number = problem.place, str(problem.place.line)
    # a very long line is shown around the place, so that the mark stands under what it means
    start = max(0, place.column - 61) if len(problem.excerpt) > 120 else 0
    shown = printable(problem.excerpt[start : start + 120]).replace("\t", " ")
    before = printable(problem.excerpt[start : max(0, place.column - 1)]).replace("\t", " ")
    mark = "^" * max(1, min(problem.span, len(shown) - len(before)))
    margin = " " * len(number)
    yield f"{margin} |"
    yield f"{number} | {shown.rstrip()}"
    under = " ".join([" " * len(before) + mark] * bool(place.column) + [printable(problem.label)] * bool(problem.label))
    if under:
        yield f"{margin} | {under}"


def _as_json(problem: Problem) -> str:
    place, other = problem.place, problem.other
    return json.dumps(
        {
            "code": problem.code,
            "severity": problem.severity,
            "path": place.path,
            "line": place.line,
            "column": place.column,
            "message": problem.message,
            "label": problem.label,
            "help": problem.help,
            "also": {"path": other.path, "line": other.line, "column": other.column} if other else None,
        }
    )


def _as_annotation(problem: Problem) -> str:
    place = problem.place
    also = f"also: {shown_place(problem.other)}" if problem.other else ""
    said = ". ".join(part for part in (problem.message, problem.label, also, problem.help) if part)
    where = f"file={_escaped(printable(place.path), ',:')},line={max(1, place.line)},col={max(1, place.column)}"
    return f"::{problem.severity} {where},title={problem.code}::{_escaped(printable(said))}"


def _escaped(text: str, also: str = "") -> str:
    for char in "%\r\n" + also:
        text = text.replace(char, f"%{ord(char):02X}")
    return text


def _by_place(problem: Problem) -> tuple[str, int, int, str, str]:
    return (problem.place.path, problem.place.line, problem.place.column, problem.code, problem.message)
