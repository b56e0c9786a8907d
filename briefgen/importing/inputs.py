"""The raw files of an import, in order: files, everything below folders, standard input."""

import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from briefgen.files import MOST_BYTES, read, walk
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem, Problems

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class RawFile:
    """Bytes as they came in; `origin` is the name under which a briefing remembers them."""

    origin: str
    suffix: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The digest of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def read_inputs(paths: Iterable[str], readable: frozenset[str], problems: Problems) -> Iterator[RawFile]:
    """Every raw file that the paths name; one that cannot be read is a problem, and the others go on.

    In a folder only files whose suffix is `readable` are taken; a file that is named is always taken.
    """
    for name in paths:
        try:
            yield from _read_path(name, readable)
        except BriefgenError as error:
            problems.extend(error.problems)


def _read_path(name: str, readable: frozenset[str]) -> Iterator[RawFile]:
    if name == STANDARD_INPUT:
        content = sys.stdin.buffer.read(MOST_BYTES + 1)
        _refuse_large("standard input", content)
        yield RawFile("", "", content)
        return
    path = Path(name)
    if not path.is_dir():
        content = read(path, MOST_BYTES + 1)
        _refuse_large(name, content)
        yield RawFile(path.name, path.suffix.lower(), content)
        return
    found = [file for file in walk(path) if file.suffix.lower() in readable]
    if not found:
        raise BriefgenError(
            Problem("BG604", Place(name), "no raw article in this folder", help=f"import reads {', '.join(sorted(readable))}")
        )
    for file in found:
        content = read(file, MOST_BYTES + 1)
        _refuse_large(str(file), content)
        yield RawFile(file.relative_to(path).as_posix(), file.suffix.lower(), content)


def _refuse_large(name: str, content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise BriefgenError(
            Problem("BG603", Place(name), f"larger than {MOST_BYTES // 1_000_000} MB", help="split it into one file an article")
        )
