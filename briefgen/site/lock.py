"""Locks: one build at a time for a site, and for an output folder. The system takes them back when holder and workers are gone, however."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from briefgen import files
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem

PATIENCE = 60.0
"""Seconds that a build waits for another one."""


@contextmanager
def locked(root: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of the site at `root`; raises BriefgenError (BG505) when another build keeps it for too long."""
    path = root / ".briefgen" / "lock"
    try:
        path.parent.mkdir(exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    except OSError as error:
        if path.parent.exists() and not path.parent.is_dir():
            message = "this is a file, and briefgen keeps what it remembers in a folder of this name"
            raise BriefgenError(Problem("BG504", Place(".briefgen"), message, "move the file away")) from error
        cure = "check the folder and its permissions"
        raise BriefgenError(Problem("BG504", Place(".briefgen/lock"), f"cannot write: {error.strerror}", cure)) from error
    try:
        if not _take(handle, patience):
            raise _held(handle)
        with suppress(OSError):  # the lock is taken; what follows is for people
            os.ftruncate(handle, 0)
            os.write(handle, f"{os.getpid()}\n".encode())
            for leftover in path.parent.glob(".*.tmp"):  # of a build that was killed while it wrote what it remembers
                leftover.unlink(missing_ok=True)
        yield
    finally:
        os.close(handle)


@contextmanager
def locked_output(output: Path, root: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of an output folder, which other sites and copies of this one may write to; BriefgenError (BG505) as above.

    The lock is on the folder itself, so that nothing lies in it that is no page. A folder that is not there is made, and
    goes again if nothing is put into it.
    """
    missing = [folder for folder in (output, *output.parents) if not os.path.lexists(folder)]
    handle = _lock_folder(output, root, patience)
    try:
        yield
    finally:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
        if handle is not None:
            os.close(handle)


def _lock_folder(output: Path, root: Path, patience: float) -> int | None:
    """The handle by which a folder is held; None where the system does not open folders, or `--atomic` lost what it led to."""
    while True:
        if not output.is_symlink():
            output.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(output, os.O_RDONLY)
        except OSError:
            return None
        taken = _take(handle, patience)
        if taken and _is_still(handle, output):
            return handle
        os.close(handle)
        if not taken:
            message = "another build is writing to this folder"
            cure = "wait for it to end, or name another folder with `output:` or `-o`"
            raise BriefgenError(Problem("BG505", Place(files.shown(output, root)), message, cure))


def _is_still(handle: int, output: Path) -> bool:
    # while this build waited, the other one may have put a whole new folder in its place, or taken an empty one away
    try:
        return os.path.samestat(os.fstat(handle), os.stat(output))
    except FileNotFoundError:
        return False


def _take(handle: int, patience: float) -> bool:
    """Lock what is open, or tell that another process keeps it for too long."""
    try:
        import fcntl
    except ImportError:  # Windows: its file system keeps two builds from renaming one file at once
        return True
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        except OSError:  # a network file system that knows no locks: who builds there must build alone
            return True
        else:
            return True


def _held(handle: int) -> BriefgenError:
    holder = os.read(handle, 100).decode(errors="replace").strip()
    who = f"process {holder}" if holder.isdigit() else "another process"
    return BriefgenError(Problem("BG505", Place(".briefgen/lock"), f"another build is running ({who})", "wait for it to end, or stop it"))
