"""A briefing's front matter as import needs it: read leniently."""

from collections.abc import Mapping
from dataclasses import dataclass

from briefgen import yamltext
from briefgen.yamltext import Listing, Plain, Scalar, Table, Tree


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The parsed table, and everything behind the line that ends it."""

    table: Table
    rest: str


def split(text: str) -> FrontMatter | None:
    """The front matter of a file, None where there is none; raises YamlError where it is not readable."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].rstrip() != "---":
        return None
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    if not end:
        return None
    return FrontMatter(yamltext.parse("\n".join(lines[1:end]), 2), "\n".join(lines[end + 1 :]))


def text_of(table: Table, key: str) -> str:
    """The text of a key; "" where it is missing or no text."""
    value = _value(table, key)
    return value.text if isinstance(value, Scalar) else ""


def texts_of(table: Table, key: str) -> tuple[str, ...]:
    """The texts of a key that holds one or a list of them."""
    value = _value(table, key)
    if isinstance(value, Scalar):
        return (value.text,) if value.text else ()
    return tuple(part.text for part in value.items if isinstance(part, Scalar)) if isinstance(value, Listing) else ()


def tables_of(table: Table, key: str) -> tuple[Table, ...]:
    """The tables of a key that holds a list of them."""
    value = _value(table, key)
    return tuple(part for part in value.items if isinstance(part, Table)) if isinstance(value, Listing) else ()


def names_of(table: Table, key: str) -> tuple[str, ...]:
    """The names of a list whose entries are texts or tables with a `name`."""
    return (*texts_of(table, key), *(name for part in tables_of(table, key) if (name := text_of(part, "name"))))


def strings_of(value: Plain) -> Mapping[str, Plain]:
    """A plain mapping, empty where the value is none."""
    return value if isinstance(value, Mapping) else {}


def _value(table: Table, key: str) -> Tree | None:
    return next((value for name, value in table.entries if name.text == key), None)
