"""Stamps: what the file system says of a file, by which most files need not be read again."""

import os

Stamp = tuple[int, int, int, int]
"""Size, modification and change in nanoseconds, inode."""
NO_STAMP: Stamp = (0, 0, 2**62, 0)
"""A stamp that no file has, for one that would not be looked at."""
SETTLED = 2_000_000_000
"""Nanoseconds after which a file system gives another time to another change of a file; FAT is the coarsest."""


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file that was looked at."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def youngest_of(stamp: Stamp) -> int:
    """When the file was last touched. Its own time can be set by anybody, that of its change by nobody."""
    return max(stamp[1], stamp[2])


def is_settled(stamp: Stamp, now: int) -> bool:
    """Whether a change after `now` (nanoseconds) must give another stamp; a file as young as the clock's tick can change unseen."""
    return youngest_of(stamp) < now - SETTLED
