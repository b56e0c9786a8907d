"""A journal: a file of pieces, each with a checksum, so that little has to be written where little has changed.

A piece that was added says what is different from those before it. One that was cut short ends what can be read: whoever
keeps a journal can do without it, and better still with an older state.
"""

import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from briefgen import files

ROOM = 4
"""What was added may have the first piece's length divided by this; then it is time to write all of it anew."""


def read_pieces(path: Path) -> list[bytes]:
    """The pieces, the oldest first, up to one that is damaged; raises OSError or, where there is none, ValueError."""
    pieces = [*_pieces(files.read_own(path))]
    if not pieces:
        raise ValueError("damaged")
    return pieces


def _pieces(content: bytes) -> Iterator[bytes]:
    place = 0
    while place < len(content):
        head, found, _ = content[place : place + 40].partition(b"\n")
        mark, _, length = head.partition(b" ")
        place += len(head) + 1
        piece = content[place : place + int(length)] if found and length.isdigit() else b""
        if not piece or _checksum(piece) != mark:
            return
        yield piece
        place += len(piece)


def write_piece(path: Path, content: bytes) -> None:
    """Let a piece be the whole journal; raises OSError when that cannot be done."""
    files.write(path, _sealed(content))


def add_piece(path: Path, content: bytes) -> bool:
    """Add a piece where there is room for it, and none before it was cut short; gives whether that was so."""
    try:
        with open(_writable(path), "r+b") as file:
            end = os.fstat(file.fileno()).st_size
            first = _first_length(file, end)
            if (end + len(content) - first) * ROOM > first:
                return False
            file.write(_sealed(content))
            return True
    except (OSError, ValueError, IndexError):
        return False


def _first_length(file: BinaryIO, end: int) -> int:
    """The length of the first piece, with the file at its end; raises ValueError where a piece does not end with the file."""
    lengths, place = [], 0
    while place < end:
        lengths.append(int(file.readline(40).split(b" ")[1]))
        place = file.seek(max(1, lengths[-1]), os.SEEK_CUR)
    if place > end:
        raise ValueError("cut short")
    return lengths[0]


def _writable(path: Path) -> int:
    return os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))


def _sealed(content: bytes) -> bytes:
    return b"%b %d\n%b" % (_checksum(content), len(content), content)


def _checksum(content: bytes) -> bytes:
    # against damage, which a digest would tell no better in three times the time
    return b"%08x" % zlib.crc32(content)
