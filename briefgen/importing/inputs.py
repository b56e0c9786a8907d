"""The raw files of an import, in order: files, everything below folders, standard input."""

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from briefgen.files import MOST_BYTES, read, shown, walk
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem, Problems

STANDARD_INPUT = "-"
_STANDARD_INPUT = "standard input"


class Input(NamedTuple):
    """A file, and the name under which a briefing remembers it; without a name it is standard input."""

    origin: str
    path: Path


@dataclass(frozen=True, slots=True)
class RawFile:
    """Bytes as they came in; `origin` is the name under which a briefing remembers them, `place` the path that messages give."""

    origin: str
    place: str
    suffix: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The digest of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def find_inputs(paths: Iterable[str], readable: frozenset[str], problems: Problems) -> Iterator[Input]:
    """Everything that the paths name; one that holds nothing is a problem, and the others go on.

    In a folder only files whose suffix is `readable` are taken; a file that is named is always taken.
    """
    for name in paths:
        try:
            yield from [Input("", Path())] if name == STANDARD_INPUT else _files(Path(name), readable, problems)
        except BriefgenError as error:
            problems.extend(error.problems)


def read_input(found: Input, root: Path) -> RawFile:
    """The raw file; raises BriefgenError where it cannot be read. `root` is the site, from which messages name what lies in it."""
    origin, path = found
    content = _read(path) if origin else _read_standard_input()
    return RawFile(origin, _place(path, root) if origin else _STANDARD_INPUT, path.suffix.lower(), content)


def _place(path: Path, root: Path) -> str:
    """A path as messages name it: from the root of the site where it is inside, else as it was given."""
    whole = Path(os.path.abspath(path))
    return shown(whole, root) if whole.is_relative_to(root) else str(path)


def _files(path: Path, readable: frozenset[str], problems: Problems) -> list[Input]:
    """The files that a path names, each with its origin: below a folder the path inside it, else the file's name."""
    # unlike those of Path, these functions bear a name that is too long; reading it says so
    if not os.path.isdir(path):
        return [Input(path.name, path)]
    closed: list[BriefgenError] = []
    found = [Input(file.relative_to(path).as_posix(), file) for file in walk(path, closed=closed.append) if file.suffix.lower() in readable]
    for error in closed:
        problems.extend(error.problems)
    if not found and not closed:
        formats = ", ".join(sorted(readable))
        raise BriefgenError(Problem("BG604", Place(str(path)), "no raw article in this folder", help=f"import reads {formats}"))
    return found


def _read(path: Path) -> bytes:
    if os.path.exists(path) and not os.path.isfile(path):
        hint = "give a file, a folder, or - for standard input"
        raise BriefgenError(Problem("BG701", Place(str(path)), "not a regular file", hint))
    try:
        return read(path)
    except BriefgenError as error:
        if error.problems[0].code == "BG110":
            raise _too_large(str(path)) from None
        raise


def _read_standard_input() -> bytes:
    content = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _too_large(_STANDARD_INPUT)
    return content


def _too_large(name: str) -> BriefgenError:
    hint = "split it into one file an article"
    return BriefgenError(Problem("BG603", Place(name), f"larger than {MOST_BYTES // 1_000_000} MB", hint))
