"""Schemas: tables of keys that give text its type, once, at the door.

One table serves reading (with the line and column of every fault), suggestions of near keys, the reference in the docs
and the JSON Schema for editors.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from briefgen.model import Place
from briefgen.problems import Problem, Problems, nearest
from briefgen.text import one_line
from briefgen.yamlplain import plain_table
from briefgen.yamltext import Scalar, Table, Tree, YamlError, parse

T = TypeVar("T")
UTC = ZoneInfo("UTC")


_ELSEWHERE = {
    "categories": "topics",
    "description": "summary",
    "excerpt": "summary",
    "expirydate": "expires",
    "languagecode": "lang",
    "lastmod": "updated",
    "modified": "updated",
    "params": "extra",
    "permalink": "slug",
    "publishdate": "publish",
    "series": "story",
    "tags": "topics",
    "title": "name",
    "url": "slug",
}
"""What other generators call a key; it is suggested where a table has it."""


@dataclass(slots=True)
class Sheet:
    """The file that is being read: where faults are reported, the zone of times that name none, the code of a wrong form."""

    path: str
    text: str
    problems: Problems
    zone: ZoneInfo = UTC
    wrong_form: str = "BG105"
    known_before: int = field(init=False)

    def __post_init__(self) -> None:
        self.known_before = len(self.problems.found)

    def fault(self, code: str, at: Tree, message: str, help: str = "", label: str = "") -> None:
        """Report a fault at a piece of YAML."""
        span = len(at.text) + 2 * at.quoted if isinstance(at, Scalar) else 1
        self.fault_at(code, at.line, at.column, message, help, label, span)

    def fault_at(
        self, code: str, line: int, column: int, message: str, help: str = "", label: str = "", span: int = 1, *, word: str = ""
    ) -> None:
        """Report a fault at a line and column, both from 1."""
        excerpt = self.line(line)
        self.problems.add(Problem(code, Place(self.path, line, column), message, help, label, excerpt, span, word))

    def line(self, number: int) -> str:
        """A line of the file, counted from 1; empty where there is none."""
        lines = self.text.split("\n", number)
        return lines[number - 1] if 0 < number <= len(lines) else ""

    @property
    def failed(self) -> bool:
        """Whether an error was found in this file."""
        return any(problem.severity == "error" for problem in self.problems.found[self.known_before :])


@dataclass(frozen=True, slots=True)
class Form(Generic[T]):
    """How one value is written: its name in messages, how it is read (None after a fault), its JSON Schema."""

    name: str
    read: Callable[[Tree, Sheet, str], T | None]
    json: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its form, what it is for, and whether it must be there. `into` is the field that it fills."""

    name: str
    form: Form[Any]
    about: str
    required: bool = False
    into: str = ""


@dataclass(frozen=True, slots=True)
class Schema(Generic[T]):
    """The keys of a table and the frozen value that they make."""

    name: str
    make: Callable[..., T]
    keys: tuple[Key, ...]

    def read(self, table: Table, sheet: Sheet, unknown: str = "BG103") -> T | None:
        """The value, or None when a required key is missing or wrong; every fault of the table is reported."""
        by_name = {key.name: key for key in self.keys}
        values: dict[str, Any] = {}
        blank: dict[str, Scalar] = {}
        faulty: set[str] = set()
        for name, tree in table.entries:
            key = by_name.get(name.text)
            if key is None:
                self._unknown(name, by_name, sheet, unknown)
                continue
            value = None if is_nothing(tree) else key.form.read(tree, sheet, name.text)
            if value is not None and not (value == "" and key.required):
                values[key.into or key.name] = value
            elif is_nothing(tree) or value == "":
                blank[key.name] = name
            else:
                faulty.add(key.name)
        missing = [key for key in self.keys if key.required and (key.into or key.name) not in values]
        for key in missing:
            if key.name not in faulty:
                self._missing(key, blank.get(key.name), table, sheet)
        return None if missing else self.make(**values)

    def _missing(self, key: Key, name: Scalar | None, table: Table, sheet: Sheet) -> None:
        message, cure = f"`{key.name}` is missing or empty", f"add `{key.name}:` – {key.about}"
        if name:
            hides = re.search(r":\s+#", sheet.line(name.line))
            sheet.fault("BG104", name, message, "what follows a `#` is a comment: put quotation marks around the value" if hides else cure)
        else:
            sheet.fault_at("BG104", table.line, table.column, message, cure)

    def _unknown(self, name: Scalar, known: Collection[str], sheet: Sheet, code: str) -> None:
        near = nearest(name.text, known)
        elsewhere = _ELSEWHERE.get(name.text.lower(), "")
        near = near or (elsewhere if elsewhere in known else None)
        label = f"did you mean `{near}`?" if near else ""
        cure = "keys of your own go under `extra:`" if "extra" in known else f"there are {', '.join(f'`{key}`' for key in known)}"
        sheet.fault(code, name, f"unknown key `{one_line(name.text)}`", cure, label)


def parse_table(text: str, sheet: Sheet, first_line: int = 1) -> Table | None:
    """The table of a YAML text, or None after its fault was reported."""
    try:
        return plain_table(text, first_line) or parse(text, first_line)
    except YamlError as fault:
        sheet.fault_at(fault.code, fault.line, fault.column, fault.message, fault.help, span=fault.span)
        return None


def json_schema(schema: Schema[Any]) -> dict[str, Any]:
    """The JSON Schema (draft 7) of a table, for editors that complete and check; a key that need not be there may be left empty."""
    properties = {
        key.name: {**(key.form.json if key.required else _or_nothing(key.form.json)), "description": key.about} for key in schema.keys
    }
    required = [key.name for key in schema.keys if key.required]
    return {"type": "object", "properties": properties, "additionalProperties": False, **({"required": required} if required else {})}


def _or_nothing(form: dict[str, Any]) -> dict[str, Any]:
    """A form that also takes nothing at all, as in `summary:` with nothing behind it.

    >>> _or_nothing({"type": "integer"}), _or_nothing({"enum": ["url"]})
    ({'type': ['integer', 'null']}, {'enum': ['url', None]})
    """
    if "type" in form:
        kinds = form["type"] if isinstance(form["type"], list) else [form["type"]]
        return {**form, "type": [*kinds, "null"]}
    choices = "enum" if "enum" in form else "anyOf"
    return {**form, choices: [*form[choices], None if choices == "enum" else {"type": "null"}]}


def is_nothing(tree: Tree) -> bool:
    """Whether a key was left empty; `""` is an empty text, which is something."""
    return isinstance(tree, Scalar) and not tree.text.strip() and not tree.quoted
