"""Files: reading with bounds, writing whole or not at all, walking in one order."""

import errno
import io
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem
from briefgen.stamps import NO_STAMP, Stamp, stamp_of
from briefgen.text import printable

MOST_BYTES = 10_000_000
MOST_COPIED = 100_000_000
"""Bytes of a file that is published as it is; a larger one is refused."""


def refuse(error: BriefgenError) -> None:
    """Let a folder that cannot be read end the walk."""
    raise error


def walk(folder: Path, within: Path | None = None, closed: Callable[[BriefgenError], None] = refuse) -> Iterator[Path]:
    """Every regular file below `folder` in the order of its path; hidden files and editors' backups are passed over.

    A symlink is followed only to a file inside `within` (default: `folder`), never to a folder. `closed` is told of a
    folder that cannot be read.
    """
    return (folder / seen.path for seen in look(folder, within or folder, closed=closed) if seen.stamp)


class Seen(NamedTuple):
    """What stands in a folder: its path, with slashes; and its stamp, None for what is not followed."""

    path: str
    stamp: Stamp | None


def look(folder: Path, within: Path, name: str = "", closed: Callable[[BriefgenError], None] = refuse) -> list[Seen]:
    """What `walk` gives, and what it does not follow – symlinks, pipes, sockets, devices –, each with its stamp.

    `name` stands before their paths. No `Path` is made: it would cost more than the system's answer.
    """
    seen: list[Seen] = []
    _look(str(folder), name, os.path.realpath(within), closed, seen)
    return seen


def _look(folder: str, below: str, within: str, closed: Callable[[BriefgenError], None], seen: list[Seen]) -> None:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=_name)
    except FileNotFoundError:
        return
    except OSError as error:
        closed(unreadable(Path(folder), error))
        return
    for entry in entries:
        name = entry.name
        if is_hidden(name):
            continue
        if entry.is_dir(follow_symlinks=False):
            _look(entry.path, f"{below}{name}/", within, closed, seen)
        else:
            seen.append(Seen(below + name, _stamp(entry, within)))


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _stamp(entry: os.DirEntry[str], within: str) -> Stamp | None:
    path = entry.path
    if entry.is_symlink():
        path = os.path.realpath(path)  # unlike Path.resolve, it survives a circle of symlinks
        if not Path(path).is_relative_to(within):
            return None
    try:
        status = os.stat(path)
    except OSError:
        # one that went away just now, or is not for us, is told of by who reads it
        return None if entry.is_symlink() else NO_STAMP
    return stamp_of(status) if stat.S_ISREG(status.st_mode) else None


def is_hidden(name: str) -> bool:
    """Whether a file is an editor's or a system's own: `.x`, `x~`, `#x#`, `x.swp`, vim's 4913.

    >>> is_hidden(".DS_Store"), is_hidden("a.md~"), is_hidden("a.md")
    (True, True, False)
    """
    return name.startswith((".", "#")) or name.endswith(("~", ".swp", ".swx", ".tmp", ".bak", ".orig")) or name == "4913"


def shown(path: Path, root: Path) -> str:
    """A path as messages name it: from the site's root where it is inside."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def has_plain_name(path: str) -> bool:
    r"""Whether every system can keep a path of the site, and a line of text can name it.

    >>> has_plain_name("a b/é.png"), has_plain_name("a\nb.png"), has_plain_name("a\\b"), has_plain_name("a\udcff")
    (True, False, False, False)
    """
    if "\\" in path:
        return False
    return path.isprintable() if path.isascii() else printable(path) == path and "\t" not in path and "\n" not in path


def odd_name(path: str) -> Problem:
    """The error for a file whose name cannot be published."""
    message = "the name of this file holds a control character, a backslash, or what is not UTF-8"
    return Problem("BG109", Place(path), message, help="rename the file")


def read(path: str | Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a regular file; anything else, and more than `most` bytes, is refused with the reason."""
    try:
        with _opened(path) as file:
            # beyond `most` nothing is read: what a file holds may be more than there is memory for
            content = file.readall() if os.fstat(file.fileno()).st_size <= most else None
    except SpecialFileError as error:
        raise BriefgenError(Problem("BG701", Place(str(path)), "not a regular file", "put a plain file in its place")) from error
    except OSError as error:
        raise unreadable(path, error) from error
    if content is None or len(content) > most:
        raise BriefgenError(Problem("BG110", Place(str(path)), f"larger than {most // 1_000_000} MB", help="split it into smaller files"))
    return content


class SpecialFileError(OSError):
    """What stands at a path is no regular file."""


def opened(path: str | Path) -> BinaryIO:
    """A regular file, open for reading; anything else is an OSError, also a pipe, for which others would wait for ever."""
    return io.BufferedReader(_opened(path))


def _opened(path: str | Path) -> io.FileIO:
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        raise SpecialFileError(errno.EINVAL, "not a regular file", str(path))
    return io.FileIO(handle, "rb")


def read_own(path: Path) -> bytes:
    """The bytes of a file that briefgen keeps for itself, however many; raises OSError for what is no regular file."""
    with opened(path) as file:
        return file.read()


def write(path: Path, content: bytes) -> None:
    """Put a whole file in place, or leave what was there: a temporary sibling, then one rename."""
    with _sibling(path, content) as temporary:
        temporary.replace(path)


def create(path: Path, content: bytes) -> None:
    """Write a new file whole; raises FileExistsError, and leaves the other file alone, when the name is taken."""
    with _sibling(path, content) as temporary:
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:  # FAT and some network folders have no links
            _take_name(path, temporary)


def _take_name(path: Path, temporary: Path) -> None:
    # whoever creates the empty file has the name; a rename then fills it, so that it is never there in part
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    try:
        temporary.replace(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


@contextmanager
def named(path: str | Path) -> Iterator[None]:
    """Give the file's name to what the system says against writing within: who writes to an open file is told a reason only."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(path)
        raise


@contextmanager
def writing(place: str) -> Iterator[None]:
    """What the system says against writing within becomes an error at `place`; a name that is taken stays FileExistsError."""
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        cure = "check the folder and its permissions"
        raise BriefgenError(Problem("BG504", Place(place), f"cannot write: {error.strerror or error}", cure)) from error


@contextmanager
def _sibling(path: Path, content: bytes) -> Iterator[Path]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        # it is not the name of the new file that is taken: a file stands where its folder must be
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path.parent)) from error
    handle, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def unreadable(path: str | Path, error: OSError) -> BriefgenError:
    """The error for a path that the system would not give."""
    return BriefgenError(
        Problem("BG701", Place(str(path)), f"cannot read: {error.strerror or error}", help="check the path and its permissions")
    )


def _umask() -> int:
    # the only way to read the mask is to set it
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
