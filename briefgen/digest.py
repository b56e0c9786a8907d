"""Digests: the short names of contents, by which a build knows what it has already done."""

import dataclasses
import hashlib
import json
from binascii import b2a_base64
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from operator import attrgetter
from types import MemberDescriptorType
from typing import Any

SHORT = 15
LENGTH = 20
"""Characters of a digest, of `SHORT` bytes."""


def digest_bytes(content: bytes) -> str:
    """120 bits of BLAKE2b as 20 URL-safe characters."""
    return b2a_base64(hashlib.blake2b(content, digest_size=SHORT).digest(), newline=False).translate(_URL_SAFE).decode()


_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def digest_of(*values: object) -> str:
    """The digest of several frozen values, most of which have a digest of their own or are tuples of such: a cheap `digest`.

    Texts in them are as `clean` leaves them: what separates the parts is in none.
    """
    return digest_bytes(_marks(values).encode())


def _marks(values: tuple[Any, ...]) -> str:
    if values and type(values[0]) in _DIGESTED:
        with suppress(AttributeError):  # where all have digests, which is the rule, none is asked for its type
            return "\x1f".join([value.digest for value in values]) + "\x1d"
    return "\x1f".join([value if type(value) is str else _mark(value) for value in values]) + "\x1d"


def _mark(value: Any) -> str:
    kind: Any = type(value)
    return _marker(kind)(value)


@cache
def _marker(kind: Any) -> Callable[[Any], str]:
    """What stands for a value of this type in the text that is digested."""
    if kind is tuple:
        return _marks
    if isinstance(getattr(kind, "digest", None), _HELD):
        _DIGESTED.add(kind)
        return attrgetter("digest")
    name = kind.__name__
    if dataclasses.is_dataclass(kind):
        fields = [field.name for field in dataclasses.fields(kind)]
        return lambda value: name + _marks(tuple([getattr(value, field) for field in fields]))
    if hasattr(kind, "isoformat"):
        return lambda value: str(value.isoformat())
    return repr if kind in (int, float, bool, type(None)) else digest


_DIGESTED: set[type] = set()
"""The types that were seen to have a digest of their own."""


def digest(value: object) -> str:
    """The digest of a frozen value: equal values have equal digests, on every machine and in every process.

    A value that has a `digest` of its own (a Card, a Body) stands for itself by it, which makes this a Merkle tree.
    Takes None, bool, int, float, str, tuples, dicts with string keys, dates, and dataclasses of these.
    """
    return digest_bytes(_JSON.encode(value).encode())


def _parts(value: Any) -> object:
    kind: Any = type(value)
    return _form(kind)(value)


@cache
def _form(kind: Any) -> Callable[[Any], object]:
    """How a value of this type is taken apart; found once, because a build takes hundreds of thousands apart."""
    name = kind.__name__
    if isinstance(getattr(kind, "digest", None), _HELD):
        return lambda value: {"": value.digest}
    if dataclasses.is_dataclass(kind):
        fields = [field.name for field in dataclasses.fields(kind)]
        return lambda value: [name, *[getattr(value, field) for field in fields]]
    if hasattr(kind, "isoformat"):
        return lambda value: [name, value.isoformat()]
    raise TypeError(f"a page shows a {name}, which has no digest")


_HELD = (property, MemberDescriptorType)
"""What a class says of an attribute that its values have: computed, or in a slot."""

_JSON = json.JSONEncoder(default=_parts, separators=(",", ":"), check_circular=False)
