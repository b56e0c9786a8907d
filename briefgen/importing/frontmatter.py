"""A briefing's front matter as import needs it: read leniently, edited entry by entry, everything else left as it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from briefgen import yamltext
from briefgen.yamltext import Listing, Plain, Scalar, Table, Tree

ORDER = ("title", "date", "summary", "key_points", "topics", "people", "sources", "quotes", "related", "lang", "review")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The parsed table, its lines as they stand in the file, and everything behind them."""

    table: Table
    lines: tuple[str, ...]
    rest: str


def split(text: str) -> FrontMatter | None:
    """The front matter of a file, None where there is none; raises YamlError where it is not readable."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    if not end:
        return None
    return FrontMatter(yamltext.parse("\n".join(lines[1:end]), 2), tuple(lines[1:end]), "\n".join(lines[end:]))


def replace_entry(front: FrontMatter, key: str, value: Plain) -> str:
    """The text of the file with one entry changed, added in its usual place, or (for an empty value) taken out."""
    new = yamltext.dump({key: value}).rstrip("\n").split("\n") if value else []
    starts = [(name.text, name.line - 2) for name, _ in front.table.entries]
    lines = list(front.lines)
    for at, (name, start) in enumerate(starts):
        if name == key:
            end = starts[at + 1][1] if at + 1 < len(starts) else len(lines)
            lines[start:end] = new
            break
    else:
        behind = ORDER[ORDER.index(key) + 1 :] if key in ORDER else ()
        place = next((start for name, start in starts if name in behind), len(lines))
        lines[place:place] = new
    return "\n".join(["---", *lines, front.rest])


def plain(tree: Tree) -> Plain:
    """The tree as strings, lists and mappings."""
    if isinstance(tree, Scalar):
        return tree.text
    if isinstance(tree, Listing):
        return [plain(part) for part in tree.items]
    return {key.text: plain(value) for key, value in tree.entries}


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
