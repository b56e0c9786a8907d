"""What one article may take: seconds of the processor and memory, beyond which it is refused with the reason."""

import mmap
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefgen.importing.report import UnreadableError

SECONDS = 8.0
MEGABYTES = 480
_BEYOND = 400
"""Megabytes that reading an article or thinking about it may take on top of what the process has."""


def over_time() -> UnreadableError:
    """The error for an article that takes too long."""
    return UnreadableError(
        f"reading it takes more than {SECONDS:.0f} seconds", code="BG603", help="save the article alone, without the page around it"
    )


def over_memory() -> UnreadableError:
    """The error for an article that takes too much memory."""
    return UnreadableError(
        f"reading it takes more than {MEGABYTES} MB of memory", code="BG603", help="save the article alone, without the page around it"
    )


@contextmanager
def bounded(seconds: float = SECONDS) -> Iterator[None]:
    """Let what is done within be refused (UnreadableError) when it takes more than that of the processor, or too much memory.

    Where the system cannot tell, nothing is refused: Windows has no such clock, and memory is counted on Linux alone.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_signal: int, _frame: object) -> None:
        raise over_time()

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    memory = limit_memory()
    try:
        yield
    except MemoryError:
        raise over_memory() from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        set_limit("RLIMIT_AS", memory)


def set_limit(what: str, most: int | None) -> int | None:
    """Set a limit of this process, and give what it was; None where there is none to set."""
    try:
        import resource
    except ImportError:
        return None
    number = getattr(resource, what)
    before, hard = resource.getrlimit(number)
    if most is not None:
        resource.setrlimit(number, (most, hard))
    return before


def limit_memory() -> int | None:
    """Let this process take only so much more memory than it has, and give the limit that it had; None where memory is not counted."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (OSError, ValueError):
        return None
    return set_limit("RLIMIT_AS", pages * mmap.PAGESIZE + (_BEYOND << 20))
