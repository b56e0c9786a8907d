"""Exchange: other values in the place of some, wherever a frozen value holds them; all the rest stays the very same object."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from operator import is_not
from typing import Any, TypeVar

from briefgen.config import Config
from briefgen.library.document import Document
from briefgen.library.library import Entry
from briefgen.model import Card, Image, Prose, Term
from briefgen.site.links import Atlas
from briefgen.site.page import Pending, Sketch
from briefgen.site.parts import Count, Crumb, DayLink, Head, MonthLink, YearLink

Value = TypeVar("Value")
Others = Mapping[int, Any]
"""What comes in the place of a value, by the identity of that value."""

_WHOLE: frozenset[type] = frozenset(
    (type(None), bool, int, str, dt.date, Atlas, Card, Config, Document, Entry, Image, Pending, Prose, Term, Count, Crumb, DayLink, Head)
) | {MonthLink, YearLink}
"""What is exchanged as a whole or not at all: looking into these would find nothing, and take longer."""


def others_of(pairs: Iterable[tuple[object, object]]) -> Others:
    """The second of each pair, for the place of the first; who asks must hold the first as long as this is used."""
    return {id(one): other for one, other in pairs if one is not other}


def exchanged(value: Value, others: Others) -> Value:
    """The value with the others in it; the value itself, where it holds nothing of what they stand for.

    Values in values are reached through tuples, lists, dicts and dataclasses.
    """
    if id(value) in others:
        return others[id(value)]  # type: ignore[no-any-return]  # what it stands for tells its type
    kind: Any = type(value)
    look = _INSIDE.get(kind) or (_whole if kind in _WHOLE or not dataclasses.is_dataclass(kind) else _record)
    return look(value, others)  # type: ignore[no-any-return]  # as it looks into it


# A site holds hundreds of thousands of values: where it can be, they are looked at without a step of Python for each.


def _whole(value: Any, _others: Others) -> Any:
    return value


def _row(row: Any, others: Others) -> Any:
    if not _WHOLE.issuperset(map(type, row)):
        parts = [others.get(id(part), part) if type(part) in _WHOLE else exchanged(part, others) for part in row]
        return type(row)(parts) if any(map(is_not, parts, row)) else row
    return row if others.keys().isdisjoint(map(id, row)) else type(row)(map(others.get, map(id, row), row))


def _table(table: dict[Any, Any], others: Others) -> dict[Any, Any]:
    before = [*table.values()]
    after = _row(before, others)
    return table if after is before else dict(zip(table, after, strict=True))


def _sketch(sketch: Sketch, others: Others) -> Sketch:
    given = _row(sketch.given, others)
    return sketch if given is sketch.given else Sketch(sketch.draw, given)


def _record(record: Any, others: Others) -> Any:
    kind: Any = type(record)
    names = _fields(kind)
    before = [getattr(record, name) for name in names]
    after = _row(before, others)
    return record if after is before else dataclasses.replace(record, **dict(zip(names, after, strict=True)))


_INSIDE: Mapping[type, Callable[[Any, Others], Any]] = {tuple: _row, list: _row, dict: _table, Sketch: _sketch}


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))
