"""What a command costs: wall time, processor time, and the most memory that it and its children held at once."""

import os
import resource
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, seconds of processors, bytes of memory."""

    wall: float
    cpu: float
    memory: int


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command in a folder. Raises CalledProcessError, with what it wrote, when it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        peak = 0
        while process.poll() is None:
            peak = max(peak, resident(process.pid))
            time.sleep(0.02)
        wall = time.perf_counter() - begun
        written = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, written)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak or after.ru_maxrss * 1024)


def resident(process: int) -> int:
    """Resident memory of a process and all its children; where there is no /proc, nothing."""
    total, family = 0, [process]
    while family:
        one = family.pop()
        try:
            total += int(Path(f"/proc/{one}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
            family += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
        except (OSError, ValueError, IndexError):
            continue
    return total
