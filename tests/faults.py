"""Ways to make a build fail or die at an exact moment: in a forked process, at the n-th call that touches a file."""

import builtins
import io
import os
import sys
import traceback
from collections.abc import Callable
from typing import Any

CHANGES = ("replace", "rename", "unlink", "rmdir", "mkdir", "link", "symlink", "write", "fsync", "ftruncate", "chmod")
CLEAN_END, OUR_FAULT = 0, 70
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT

Act = Callable[[str], None]


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


class Calls:
    """Counts calls that touch files, and acts just before the n-th of them, or with `lasting` before that and each that follows."""

    def __init__(self, number: int, act: Act, *, lasting: bool = False) -> None:
        self.number, self.act, self.lasting, self.made = number, act, lasting, 0

    def one(self, path: object) -> None:
        """Count a call; `path` is what it is about, where it says so and not by a number."""
        self.made += 1
        if self.made == self.number or (self.lasting and self.made > self.number > 0):
            self.act(os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else "")


def at_call(calls: Calls, reading: str = "") -> None:
    """From now on, count every call that changes a file, and those that open one to read it whose path begins with `reading`.

    There is no way back: this is for processes that end soon. What is written to a file fails where Python hands it to
    the system: when a buffer is full, flushed or closed.
    """

    def counted(change: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **options: Any) -> Any:
            calls.one(arguments[0])
            return change(*arguments, **options)

        return run

    def is_read(path: Any) -> bool:
        return reading != "" and os.fsdecode(path).startswith(reading)

    def opened(path: Any, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        writes = {*mode} & {*"wax+"}
        if not isinstance(path, int) and (writes or is_read(path)):
            calls.one(path)
        return _writer(calls, path, mode) if writes and "+" not in mode else plain(path, mode, *arguments, **options)

    def open_handle(path: Any, flags: int, *arguments: Any, **options: Any) -> int:
        if flags & WRITING or is_read(path):
            calls.one(path)
        return plain_handle(path, flags, *arguments, **options)

    plain, plain_handle = io.open, os.open
    for name in CHANGES:
        setattr(os, name, counted(getattr(os, name)))
    os.open = open_handle
    io.open = builtins.open = opened  # type: ignore[assignment]  # narrower than what it stands for, and enough


def _writer(calls: Calls, path: Any, mode: str) -> Any:
    """A file that counts what is handed to the system of what is written to it."""

    class Raw(io.FileIO):
        def write(self, content: Any) -> int:
            calls.one(self.fileno())
            return super().write(content)

    file = io.BufferedWriter(Raw(path, mode.replace("b", "").replace("t", "")))
    return file if "b" in mode else io.TextIOWrapper(file, encoding="utf-8")


def calls_of(work: Callable[[], object], reading: str = "") -> int:
    """How many calls touch a file while this work is done, in a process of its own."""
    here, there = os.pipe()
    write = os.write

    def count() -> int:
        calls = Calls(0, lambda _: None)
        at_call(calls, reading)
        work()
        write(there, str(calls.made).encode())
        return CLEAN_END

    assert in_child(count) == CLEAN_END
    os.close(there)
    with os.fdopen(here) as pipe:
        return int(pipe.read())
