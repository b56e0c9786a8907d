"""Bodies at rest: rendered HTML lies in packs beside the cache and is read when a page shows it.

A build that renders three pages reads three bodies, and a worker that rendered a body need not send it to anybody.
"""

import os
import sys
import tempfile
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from zlib import crc32

from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem

FOLDER = Path(".briefgen/bodies")
_TURN = threading.Lock()
_SMALL = 4_000_000
"""Bytes of a pack to whose end a few bodies may be added."""
MOST_PACKS = 8
"""More than these are joined into one, and so is what is mostly dead."""


class DamagedError(BriefgenError):
    """A body is not what was put to rest: the cache must be made anew."""

    def __init__(self, pack: str) -> None:
        super().__init__(Problem("BG506", Place(pack), "the cache is damaged", "build with --fresh"))


@dataclass(frozen=True, slots=True)
class Stored:
    """A body in a pack; its text is `str()` of it, which raises DamagedError when it is not there as it was written.

    The checksum is against damage, which a digest would tell no better in ten times the time.
    """

    pack: str
    offset: int
    length: int
    checksum: int

    def __str__(self) -> str:
        try:
            content = self._read()
            if crc32(content) != self.checksum:
                _HANDLES.pop(self.pack, None)  # another file may have that name now; a thread may still be reading this one
                content = self._read()
        except OSError as error:
            raise DamagedError(self.pack) from error
        if crc32(content) != self.checksum:
            raise DamagedError(self.pack)
        return content.decode()

    def _read(self) -> bytes:
        return _read(_opened(self.pack), self.length, self.offset)

    def __repr__(self) -> str:
        return repr(str(self))


_HANDLES: dict[str, int] = {}
"""Packs that were opened, and stay it: one that another build has joined with others is readable for who knows it."""


def _opened(pack: str) -> int:
    if pack not in _HANDLES:
        _HANDLES[pack] = os.open(pack, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    return _HANDLES[pack]


def _read(handle: int, length: int, offset: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(handle, length, offset)
    with _TURN:  # Windows reads where the handle stands, and threads share it
        os.lseek(handle, offset, os.SEEK_SET)
        return os.read(handle, length)


def hold_open(stored: Iterable[Stored]) -> None:
    """Open the packs of these bodies, so that they stay readable after another build has removed them."""
    for pack in sorted({body.pack for body in stored}):
        _opened(pack)


class Pack:
    """A pack that is written body by body, so that none of them waits in memory; where they are `few`, at the end of a small one."""

    def __init__(self, root: Path, *, few: bool = False) -> None:
        """The file is opened when there is something to put into it."""
        self._folder, self._few, self._handle, self._name = root / FOLDER, few, -1, ""

    def put(self, body: str) -> Stored | None:
        """The body at rest; None when it cannot be written: then it must stay where it is."""
        content = body.encode()
        try:
            if self._handle < 0:
                self._open()
            # at once: what waits in a buffer may find the disk full when nobody has the body any more
            written = os.write(self._handle, content)
            # another process may have added to it as well
            offset = os.lseek(self._handle, 0, os.SEEK_CUR) - written
        except OSError:
            return None
        return Stored(self._name, offset, written, crc32(content)) if written == len(content) else None

    def _open(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._name = _smallest(self._folder) if self._few else ""
        if self._name:
            more = os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
            self._handle = os.open(self._name, os.O_WRONLY | more)
        else:
            self._handle, self._name = tempfile.mkstemp(suffix=".pack", dir=self._folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._handle >= 0:
            os.close(self._handle)


def _smallest(folder: Path) -> str:
    """A pack to which more can be added; none where there is none yet, or all are large."""
    with os.scandir(folder) as found:
        packs = [entry for entry in found if entry.name.endswith(".pack") and entry.is_file(follow_symlinks=False)]
    sizes = sorted((entry.stat().st_size, entry.path) for entry in packs)
    return sizes[0][1] if sizes and sizes[0][0] < _SMALL else ""


def is_worn(stored: Iterable[Stored]) -> bool:
    """Whether the packs should be joined: they are many, or hold more dead bodies than living ones."""
    living: dict[str, int] = {}
    for body in stored:
        living[body.pack] = living.get(body.pack, 0) + body.length
    held = sum(os.stat(pack).st_size for pack in living)
    return len(living) > MOST_PACKS or held > 2 * sum(living.values()) + 100_000


def held(root: Path) -> int:
    """How many bytes all packs have that can be looked at."""
    total = 0
    for pack in (root / FOLDER).glob("*.pack"):
        with suppress(OSError):
            total += pack.stat().st_size
    return total


def remove_others(root: Path, stored: Iterable[Stored]) -> None:
    """Remove the packs in which none of these bodies lies; who needs one after all renders its bodies anew."""
    living = {os.path.basename(pack) for pack in {body.pack for body in stored}}
    for path in sorted((root / FOLDER).glob("*.pack")):
        if path.name not in living:
            with suppress(OSError):  # Windows removes no file that is open; the next build does
                path.unlink()


def encoded(stored: Stored) -> list[Any]:
    """What the cache keeps of it."""
    return [os.path.basename(stored.pack), stored.offset, stored.length, stored.checksum]


def decoded(folder: str, row: Any) -> Stored:
    """What the cache kept of a body in the folder of packs; raises ValueError or TypeError for what no build wrote."""
    name, offset, length, checksum = row
    if not name.endswith(".pack") or "/" in name or os.sep in name:
        raise ValueError("not a pack")
    return Stored(sys.intern(f"{folder}/{name}"), int(offset), int(length), int(checksum))
