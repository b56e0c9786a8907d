"""The cache of content: what parsing each file gave, as JSON; thrown away whole when it is not of this program's making.

A piece has a line with the version, one with what tells whether each file is still the same, and for each file one with what every
build looks at and one with the header, which is read when it is shown.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple

from briefgen.codec import decode, encode
from briefgen.journal import add_piece, read_pieces, write_piece
from briefgen.library.bodies import FOLDER, Stored, decoded, encoded
from briefgen.library.document import Document
from briefgen.library.outline import decode_outline, encode_outline
from briefgen.model import Body, Link
from briefgen.problems import Problem
from briefgen.stamps import Stamp

CACHE = Path(".briefgen/documents.json")
_JSON = json.JSONEncoder(default=encode, ensure_ascii=False, check_circular=False, separators=(",", ":"))
_DAMAGE = (OSError, ValueError, TypeError, KeyError, IndexError, RecursionError, AttributeError, OverflowError)


class Row(NamedTuple):
    """How the cache has a file: what tells whether it is the same, what every build looks at, the header."""

    known: bytes
    first: bytes
    header: bytes


class Kept(NamedTuple):
    """What the cache holds of a file, the two parts of its document not read yet."""

    stamp: Stamp
    digest: str
    first: bytes
    header: bytes


@dataclass(frozen=True, slots=True)
class Read:
    """What one content file gave: its document unless it has an error, what was found in it, and how to know it again.

    `row` is how the cache will have it, where it was read now and can be kept.
    """

    path: str
    stamp: Stamp
    digest: str
    document: Document | None
    problems: tuple[Problem, ...]
    row: Row | None = field(default=None, compare=False)


def read_cache(root: Path, version: str) -> dict[str, Read]:
    """What the cache holds, by path; nothing when it is lost, damaged or of another version."""
    known: dict[str, Read] = {}
    try:
        for piece in _pieces(root, version):
            known.update((read.path, read) for read in _decoded(root, *piece))
    except _DAMAGE:
        return {}
    return known


def read_kept(root: Path, version: str) -> dict[str, Kept]:
    """The same as it is held, for who looks at few files; `decode_kept` reads one."""
    kept: dict[str, Kept] = {}
    try:
        for known, firsts, headers in _pieces(root, version):
            for (path, size, modified, changed, inode, digest), first, header in zip(json.loads(known), firsts, headers, strict=True):
                kept[path] = Kept((size, modified, changed, inode), digest, first, header)
    except _DAMAGE:
        return {}
    return kept


def decode_kept(root: Path, path: str, kept: Kept) -> Read:
    """What the cache holds of one file; raises ValueError when that is damaged."""
    try:
        (read,) = _decoded(root, _listed([_known(path, kept.stamp, kept.digest)]), [kept.first], [kept.header])
    except _DAMAGE as error:
        raise ValueError("damaged") from error
    return read


def _pieces(root: Path, version: str) -> Iterator[tuple[bytes, list[bytes], list[bytes]]]:
    for piece in read_pieces(root / CACHE):
        mark, known, *lines = piece.split(b"\n")
        if mark != version.encode():
            raise ValueError("of another version")
        yield known, lines[: len(lines) // 2], lines[len(lines) // 2 :]


def write_cache(root: Path, version: str, reads: Iterable[Read], *, more: bool) -> None:
    """Keep what was read, or where there is `more` in the cache add what was read now; raises OSError when that cannot be done."""
    reads = list(reads)
    if not more or not add_piece(root / CACHE, _piece(version, [read.row for read in reads if read.row])):
        rows = (read.row or encode_read(read) for read in reads)
        write_piece(root / CACHE, _piece(version, [row for row in rows if row]))


def add_rows(root: Path, version: str, kept: Mapping[str, Kept], rows: Mapping[str, Row]) -> None:
    """Keep these rows, by path, beside the others that are kept; raises OSError when that cannot be done."""
    if not add_piece(root / CACHE, _piece(version, [*rows.values()])):
        others = (Row(_known(path, one.stamp, one.digest), one.first, one.header) for path, one in kept.items() if path not in rows)
        write_piece(root / CACHE, _piece(version, [*others, *rows.values()]))


def _piece(version: str, rows: Sequence[Row]) -> bytes:
    return b"\n".join([version.encode(), _listed(row.known for row in rows), *(row.first for row in rows), *(row.header for row in rows)])


def _listed(parts: Iterable[bytes]) -> bytes:
    return b"[%b]" % b",".join(parts)


def resting(read: Read, document: Document, html: Stored) -> Read:
    """What a file gave, with its body at rest, and its row; the header is kept as the row has it, which takes less room."""
    row = _row(read, document, html)
    document = replace(document, written=row.header, body=replace(document.body, html=html))
    return replace(read, document=document, row=row)


def encode_read(read: Read) -> Row | None:
    """The row of a file whose body is at rest; none for any other, which is read again."""
    document = read.document
    return _row(read, document, document.body.html) if document and isinstance(document.body.html, Stored) else None


def _row(read: Read, document: Document, html: Stored) -> Row:
    body = document.body
    outline = encode_outline(document.outline) if document.outline else None
    first = (
        (document.folder, document.name, document.digest, document.card, outline, read.problems),
        (encoded(html), body.links, body.anchors, body.lede, body.words, body.digest),
    )
    header = document.written if isinstance(document.written, bytes) else _JSON.encode(document.written).encode()
    return Row(_known(read.path, read.stamp, read.digest), _JSON.encode(first).encode(), header)


def _known(path: str, stamp: Stamp, digest: str) -> bytes:
    return _JSON.encode((path, *stamp, digest)).encode()


def decode_rows(root: Path, rows: Sequence[Row]) -> Iterator[Read]:
    """What these rows hold, as it was read now."""
    reads = _decoded(root, _listed(row.known for row in rows), [row.first for row in rows], [row.header for row in rows])
    return (replace(read, row=row) for read, row in zip(reads, rows, strict=True))


def _decoded(root: Path, known: bytes, firsts: Sequence[bytes], headers: Sequence[bytes]) -> Iterator[Read]:
    packs = str(root / FOLDER)
    for told, (stand, rest), header in zip(json.loads(known), _parsed(firsts), headers, strict=True):
        path, size, modified, changed, inode, name = told
        folder, below, digest, card, outline, found = stand
        html, links, anchors, lede, words, mark = rest
        links = decode(tuple[Link, ...], links) if links else ()
        body = Body(decoded(packs, html), links, tuple(anchors), lede, words, mark)
        document = Document(path, intern(folder), below, header, body, digest, card, outline and decode_outline(outline, below))
        yield Read(path, (size, modified, changed, inode), name, document, decode(tuple[Problem, ...], found) if found else ())


def _parsed(rows: Sequence[bytes]) -> Iterator[Any]:
    # one text is parsed in two thirds of the time that its parts take, but all of it at once takes much memory
    for first in range(0, len(rows), _TOGETHER):
        yield from json.loads(_listed(rows[first : first + _TOGETHER]))


_TOGETHER = 500
"""Rows of the cache that are parsed at once."""
