"""Readers that parse foreign markup work in a process of their own, with limits on memory and time."""

import math
import multiprocessing
import os
import signal
import time
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Self

from briefgen.importing.article import Article
from briefgen.importing.limits import SECONDS, limit_memory, over_memory, over_time, set_limit
from briefgen.importing.readers import Reader
from briefgen.importing.report import UnreadableError
from briefgen.signals import follow_parent, uninterrupted

_GRACE = 0.5
_FAILED = 1
"""The exit code of a child that an exception ended."""
_OUT_OF_TIME = getattr(signal, "SIGXCPU", 0)
_PATIENCE = 5
"""How many times as long the clock may run: the child counts its time of the processor, of which a busy machine gives it a part."""


class Apart:
    """One child process at most, started when it is needed, replaced when it was over a limit."""

    def __init__(self) -> None:
        self._child: tuple[BaseProcess, Connection] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def read(self, reader: Reader, content: bytes) -> tuple[Article, ...]:
        """What the reader makes of the bytes; raises UnreadableError for its refusals and for a limit passed."""
        _, pipe = self._child = self._child or _start()
        try:
            pipe.send((reader, content))
            if not pipe.poll(SECONDS * _PATIENCE):
                raise self._over(late=True)
            answer: tuple[Article, ...] | UnreadableError = pipe.recv()
        except (EOFError, OSError):
            raise self._over(late=False) from None
        if isinstance(answer, UnreadableError):
            raise answer
        return answer

    def _over(self, *, late: bool) -> UnreadableError:
        """Why the child did not answer: it was over its time, by the clock or the processor's, or its memory, or it failed."""
        ended = self._end()
        if ended == _FAILED and not late:
            return UnreadableError(
                "reading it failed, by a fault of briefgen", help="report it with the file; plain text can be pasted instead"
            )
        return over_time() if late or ended == -_OUT_OF_TIME else over_memory()

    def _end(self) -> int | None:
        """Take the child away; gives its exit code, where it ended of itself, as a child that is out of time or memory does."""
        if not self._child:
            return 0
        (process, pipe), self._child = self._child, None
        pipe.close()
        process.join(_GRACE)
        process.kill()
        process.join()
        return process.exitcode


def _start() -> tuple[BaseProcess, Connection]:
    """A child that shares what this process has loaded; where there is no fork it loads what it needs itself."""
    context: Any = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there,), daemon=True)
    with uninterrupted():  # a process that begins must know first how it is to end
        process.start()
    there.close()
    return process, here


def _serve(pipe: Connection) -> None:
    """The child: read one request after the other until nobody asks any more."""
    follow_parent()
    _keep_only(pipe)
    limit_memory()
    while True:
        try:
            reader, content = pipe.recv()
        except (EOFError, OSError):
            return
        # also when nobody waits for it any more, it ends
        set_limit("RLIMIT_CPU", math.ceil(time.process_time() + SECONDS))
        pipe.send(_answer(reader, content))


def _keep_only(pipe: Connection) -> None:
    """Close what the parent has open, or nobody would notice that it is gone; what libraries print is for nobody."""
    silence = os.open(os.devnull, os.O_RDWR)
    for standard in {0, 1, 2} - {pipe.fileno()}:
        os.dup2(silence, standard)
    if hasattr(os, "fork"):
        os.closerange(3, pipe.fileno())  # not what /dev/fd lists: not every container has it
        os.closerange(max(3, pipe.fileno() + 1), os.sysconf("SC_OPEN_MAX"))


def _answer(reader: Reader, content: bytes) -> tuple[Article, ...] | UnreadableError:
    try:
        return tuple(reader.load()(content))
    except UnreadableError as fault:
        return fault
    except RecursionError:
        return UnreadableError("nested too deeply", code="BG603")
    except MemoryError:
        return over_memory()
