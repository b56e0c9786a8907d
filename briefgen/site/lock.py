"""The lock: one build at a time for a site. The system gives it back when its holder dies, however that happens."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

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
            raise BriefgenError(Problem("BG504", Place(".briefgen"), message, "move the file away"), exit_code=3) from error
        cure = "check the folder and its permissions"
        raise BriefgenError(Problem("BG504", Place(".briefgen/lock"), f"cannot write: {error.strerror}", cure), exit_code=3) from error
    try:
        _take(handle, path, patience)
        with suppress(OSError):  # the lock is taken; what follows is for people
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
            for leftover in path.parent.glob(".*.tmp"):  # of a build that was killed while it wrote what it remembers
                leftover.unlink(missing_ok=True)
        yield
    finally:
        os.close(handle)


def _take(handle: int, path: Path, patience: float) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: its file system keeps two builds from renaming one file at once
        return
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise _held(path) from None
            time.sleep(0.05)
        else:
            return


def _held(path: Path) -> BriefgenError:
    try:
        holder = path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        holder = ""
    who = f"process {holder}" if holder.isdigit() else "another process"
    return BriefgenError(
        Problem("BG505", Place(".briefgen/lock"), f"another build is running ({who})", "wait for it to end, or stop it"), exit_code=3
    )
