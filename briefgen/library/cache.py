"""The cache of content: what parsing each file gave, as JSON; thrown away whole when it is not of this program's making.

A file's row has two parts: what every build looks at, of which all are one text, and the header, which is read when it is shown.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from sys import intern

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
Row = tuple[bytes, bytes]
"""How the cache has a file: what every build looks at, and the header."""


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
        for piece in read_pieces(root / CACHE):
            kept, firsts, *headers = piece.split(b"\n")
            if kept != version.encode():
                return {}
            known.update((read.path, read) for read in _decoded(root, firsts, headers))
    except (OSError, ValueError, TypeError, KeyError, IndexError, RecursionError, AttributeError, OverflowError):
        return {}
    return known


def write_cache(root: Path, version: str, reads: Iterable[Read], *, more: bool) -> None:
    """Keep what was read, or where there is `more` in the cache add what was read now; raises OSError when that cannot be done."""
    reads = list(reads)
    if not more or not add_piece(root / CACHE, _piece(version, [read.row for read in reads if read.row])):
        rows = (read.row or encode_read(read) for read in reads)
        write_piece(root / CACHE, _piece(version, [row for row in rows if row]))


def _piece(version: str, rows: Sequence[Row]) -> bytes:
    return b"\n".join([version.encode(), _joined(rows), *(header for _, header in rows)])


def _joined(rows: Sequence[Row]) -> bytes:
    return b"[%b]" % b",".join([first for first, _ in rows])


def resting(read: Read, document: Document, html: Stored) -> Read:
    """What a file gave, with its body at rest, and its row; the header is kept as the row has it, which takes less room."""
    row = _row(read, document, html)
    document = replace(document, written=row[1], body=replace(document.body, html=html))
    return replace(read, document=document, row=row)


def encode_read(read: Read) -> Row | None:
    """The row of a file whose body is at rest; none for any other, which is read again."""
    document = read.document
    return _row(read, document, document.body.html) if document and isinstance(document.body.html, Stored) else None


def _row(read: Read, document: Document, html: Stored) -> Row:
    body = document.body
    outline = encode_outline(document.outline) if document.outline else None
    first = (
        (read.path, read.stamp, read.digest, read.problems),
        (document.folder, document.name, document.digest, document.card, outline),
        (encoded(html), body.links, body.anchors, body.lede, body.words, body.digest),
    )
    header = document.written
    return _JSON.encode(first).encode(), header if isinstance(header, bytes) else _JSON.encode(header).encode()


def decode_rows(root: Path, rows: Sequence[Row]) -> Iterator[Read]:
    """What these rows hold, as it was read now."""
    reads = _decoded(root, _joined(rows), [header for _, header in rows])
    return (replace(read, row=row) for read, row in zip(reads, rows, strict=True))


def _decoded(root: Path, firsts: bytes, headers: Iterable[bytes]) -> Iterator[Read]:
    packs = str(root / FOLDER)
    # one text is parsed in two thirds of the time that its parts take
    for (known, stand, rest), header in zip(json.loads(firsts), headers, strict=True):
        path, (size, modified, changed, inode), name, found = known
        folder, below, digest, card, outline = stand
        html, links, anchors, lede, words, mark = rest
        links = decode(tuple[Link, ...], links) if links else ()
        body = Body(decoded(packs, html), links, tuple(anchors), lede, words, mark)
        document = Document(path, intern(folder), below, header, body, digest, card, outline and decode_outline(outline, below))
        yield Read(path, (size, modified, changed, inode), name, document, decode(tuple[Problem, ...], found) if found else ())
