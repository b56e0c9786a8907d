"""What a command costs: wall time, processor time, and the most memory that it and its children held at once."""

import os
import re
import resource
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

_OFTEN = 0.02
_HIGHER = 1.03


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, seconds of processors, bytes of memory.

    `memory` counts once what several processes share, `resident` counts it once for each. Where the system does not tell
    them apart, both are the same.
    """

    wall: float
    cpu: float
    memory: int
    resident: int


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command in a folder. Raises CalledProcessError, with what it wrote, when it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    # a pipe that nobody reads meanwhile would stop a command that has much to say
    with TemporaryFile("w+") as said, subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT, text=True) as process:
        memory = held = 0
        while process.poll() is None:
            now = resident(process.pid)
            if now > _HIGHER * held:
                # to ask what is shared costs the measured time; it is done only where there is more than before
                memory = max(memory, proportional(process.pid) or now)
            held = max(held, now)
            time.sleep(_OFTEN)
        wall = time.perf_counter() - begun
        said.seek(0)
        written = said.read()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, written)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    held = held or after.ru_maxrss * 1024
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, memory or held, held)


def resident(process: int) -> int:
    """Resident memory of a process and all its children; where there is no /proc, nothing."""
    total = 0
    for one in _family(process):
        try:
            total += int(Path(f"/proc/{one}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, ValueError, IndexError):
            continue
    return total


def proportional(process: int) -> int:
    """Memory of a process and all its children, in which what n of them share counts n times an n-th; where nobody knows, nothing."""
    total = 0
    for one in _family(process):
        try:
            found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{one}/smaps_rollup").read_text(), re.MULTILINE)
        except OSError:
            continue
        total += int(found[1]) * 1024 if found else 0
    return total


def _family(process: int) -> Iterator[int]:
    family = [process]
    while family:
        one = family.pop()
        yield one
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                family += map(int, (task / "children").read_text().split())
        except (OSError, ValueError):
            continue
