"""Frozen values as plain JSON and back, by their own type annotations: what a cache may hold and no more; and its seal."""

import dataclasses
import datetime as dt
import types
from collections.abc import Callable
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from briefgen.digest import digest_bytes

T = TypeVar("T")
Decoder = Callable[[Any], Any]
Leaves = tuple[tuple[type, Decoder], ...]


def encode(value: Any) -> Any:
    """What stands in JSON for a value that JSON does not know: of a dataclass the table of those fields that are not as by default.

    >>> encode(dt.date(2025, 3, 18))
    '2025-03-18'
    """
    kind: Any = type(value)
    if dataclasses.is_dataclass(kind):
        return {name: part for name, default in _defaults(cast("Any", kind)) if (part := getattr(value, name)) != default}
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    raise TypeError(f"{kind.__name__} is not data")


def decode(kind: type[T], row: Any, leaves: Leaves = ()) -> T:
    """The value that JSON was made of with `encode`; raises ValueError or TypeError for a row that is not of that kind.

    `leaves` say how rows of some types are read, where these were not encoded here.
    """
    reader: Decoder = _decoder(cast("Any", kind), leaves)
    value: T = reader(row)
    return value


def seal(content: bytes) -> bytes:
    """The content below a line with its digest, by which damage is noticed."""
    return digest_bytes(content).encode() + b"\n" + content


def unseal(sealed: bytes) -> bytes:
    """The content that was sealed; raises ValueError when it is no longer what it was.

    >>> unseal(seal(b"kept"))
    b'kept'
    """
    mark, _, content = sealed.partition(b"\n")
    if mark != digest_bytes(content).encode():
        raise ValueError("damaged")
    return content


@cache
def _defaults(kind: Any) -> list[tuple[str, Any]]:
    return [(field.name, field.default) for field in dataclasses.fields(kind)]


@cache
def _decoder(kind: Any, leaves: Leaves) -> Decoder:
    for leaf, read in leaves:
        if kind is leaf:
            return read
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _sequence(arguments, leaves)
    if origin in (Union, types.UnionType):
        return _either(arguments, leaves)
    if dataclasses.is_dataclass(kind):
        return _record(kind, leaves)
    if kind in (dt.date, dt.datetime):
        from_text: Decoder = kind.fromisoformat
        return from_text
    return _exactly(str if origin is Literal else kind)


def _exactly(kind: type) -> Decoder:
    def read(row: Any) -> Any:
        if type(row) is not kind:
            raise TypeError(f"{row!r} is not {kind.__name__}")
        return row

    return read


def _sequence(arguments: tuple[Any, ...], leaves: Leaves) -> Decoder:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        each = _decoder(arguments[0], leaves)
        return lambda row: tuple([each(part) for part in row]) if row else ()
    parts = tuple(_decoder(argument, leaves) for argument in arguments)
    return lambda row: tuple([part(value) for part, value in zip(parts, row, strict=True)])


def _either(arguments: tuple[Any, ...], leaves: Leaves) -> Decoder:
    # the unions of the model are `X | None` and `str | tuple[str, ...]`
    choices = tuple(argument for argument in arguments if argument is not type(None))
    if len(choices) == 1:
        only = _decoder(choices[0], leaves)
        return lambda row: None if row is None else only(row)
    listed = next(_decoder(choice, leaves) for choice in choices if get_origin(choice) is tuple)
    return lambda row: listed(row) if isinstance(row, list) else _exactly(str)(row)


def _record(kind: Any, leaves: Leaves) -> Decoder:
    hints = get_type_hints(kind)
    fields = {field.name: _decoder(hints[field.name], leaves) for field in dataclasses.fields(kind)}

    def read(row: Any) -> Any:
        try:
            return kind(**{name: fields[name](value) for name, value in row.items()})
        except (KeyError, AttributeError) as error:
            raise ValueError(f"not a {kind.__name__}") from error

    return read
