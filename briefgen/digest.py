"""Digests: the short names of contents, by which a build knows what it has already done."""

import base64
import dataclasses
import hashlib
import json
from functools import cache
from typing import Any

SHORT = 15


def digest_bytes(content: bytes) -> str:
    """120 bits of BLAKE2b as 20 URL-safe characters."""
    return base64.urlsafe_b64encode(hashlib.blake2b(content, digest_size=SHORT).digest()).decode()


def digest_of(*values: object) -> str:
    """The digest of several values, most of which have a digest of their own or are tuples of such: a cheap `digest`."""
    return digest_bytes("\x1e".join([_mark(value) for value in values]).encode())


def _mark(value: Any) -> str:
    if value is None or type(value) is str:
        return value or ""
    if type(value) is tuple:
        return "\x1f".join([_mark(part) for part in value]) + "\x1d"
    own = getattr(value, "digest", None)
    return own if type(own) is str else digest(value)


def digest(value: object) -> str:
    """The digest of a frozen value: equal values have equal digests, on every machine and in every process.

    A value that has a `digest` of its own (a Card, a Body) stands for itself by it, which makes this a Merkle tree.
    Takes None, bool, int, float, str, tuples, dicts with string keys, dates, and dataclasses of these.
    """
    return digest_bytes(json.dumps(value, default=_parts, ensure_ascii=True, separators=(",", ":")).encode())


def _parts(value: Any) -> object:
    own = getattr(value, "digest", None)
    if isinstance(own, str):
        return {"": own}
    kind = type(value)
    if dataclasses.is_dataclass(kind):
        return [kind.__name__, *[getattr(value, name) for name in _names(kind)]]
    isoformat = getattr(value, "isoformat", None)
    if isoformat is not None:
        return [kind.__name__, isoformat()]
    raise TypeError(f"a page shows a {kind.__name__}, which has no digest")


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))
