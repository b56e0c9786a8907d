"""Ways to make a build fail or die at an exact moment: in a forked process, at the n-th call that changes a file."""

import builtins
import io
import os
import sys
import traceback
from collections.abc import Callable
from typing import Any

CHANGES = ("replace", "rename", "unlink", "rmdir", "mkdir", "link", "symlink", "open", "fsync", "ftruncate", "chmod")
CLEAN_END, OUR_FAULT = 0, 70


def in_child(work: Callable[[], int]) -> int:
    """Run some work in a forked process and return its exit code; an exception that nobody expected is `OUR_FAULT`."""
    sys.stdout.flush()
    child = os.fork()
    if not child:
        code = OUR_FAULT
        try:
            code = work()
        except BaseException:  # noqa: BLE001 – whatever it is, the parent reports it
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def at_change(number: int, act: Callable[[str], None]) -> Callable[[], int]:
    """From now on, call `act` with its path just before the n-th call that changes a file; returns what counts the calls so far.

    There is no way back: this is for processes that end soon.
    """
    calls = [0]

    def counted(change: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **options: Any) -> Any:
            calls[0] += 1
            if calls[0] == number:
                act(os.fsdecode(arguments[0]) if isinstance(arguments[0], str | bytes | os.PathLike) else "")
            return change(*arguments, **options)

        return run

    def opened(path: Any, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        if {*mode} & {*"wax+"} and isinstance(path, str | bytes | os.PathLike):
            return creating(path, mode, *arguments, **options)
        return plain(path, mode, *arguments, **options)

    plain = io.open
    creating = counted(plain)
    for name in CHANGES:
        setattr(os, name, counted(getattr(os, name)))
    io.open = builtins.open = opened  # type: ignore[assignment]  # narrower than what it stands for, and enough
    return lambda: calls[0]


def changes_of(work: Callable[[], object]) -> int:
    """How many calls change a file while this work is done, in a process of its own."""
    here, there = os.pipe()

    def count() -> int:
        counted = at_change(0, lambda _: None)
        work()
        os.write(there, str(counted()).encode())
        return CLEAN_END

    assert in_child(count) == CLEAN_END
    os.close(there)
    with os.fdopen(here) as pipe:
        return int(pipe.read())
