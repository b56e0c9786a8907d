"""Readers that parse foreign markup work in a process of their own, with limits on memory and time."""

import json
import math
import os
import selectors
import signal
import struct
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Self

from briefgen.codec import decode, encode
from briefgen.importing.article import Article
from briefgen.importing.limits import MEGABYTES, SECONDS, over_memory, over_time, set_limit
from briefgen.importing.report import UnreadableError

_GRACE = 0.5
_FAILED = 1
"""The exit code of a child that an exception ended."""
_OUT_OF_TIME = getattr(signal, "SIGXCPU", 0)
_PATIENCE = 5
"""How many times as long the clock may run: the child counts its time of the processor, of which a busy machine gives it a part."""
_LENGTH = struct.Struct("!II")
_START = "import sys; sys.path[:0] = [sys.argv[1]]; from briefgen.importing.apart import serve; serve()"


class Apart:
    """One child process at most, started when it is needed, replaced when it was over a limit."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def read(self, place: str, content: bytes) -> tuple[Article, ...]:
        """What the reader at `place` makes of the bytes; raises UnreadableError for its refusals and for a limit passed."""
        child = self._child or self._start()
        until = time.monotonic() + SECONDS * _PATIENCE
        try:
            _send(child.stdin, place.encode(), content)
            answer = json.loads(_received(child.stdout, until))
        except (BrokenPipeError, EOFError, TimeoutError) as error:
            raise self._over(late=isinstance(error, TimeoutError)) from None
        if "refused" in answer:
            message, code, line, hint = answer["refused"]
            raise UnreadableError(message, code=code, line=line, help=hint)
        return decode(tuple[Article, ...], answer["articles"])

    def _over(self, *, late: bool) -> UnreadableError:
        """Why the child did not answer: it was over its time, by the clock or the processor's, or its memory, or it failed."""
        ended = self._end()
        if ended == _FAILED and not late:
            return UnreadableError(
                "reading it failed, by a fault of briefgen", help="report it with the file; plain text can be pasted instead"
            )
        return over_time() if late or ended == -_OUT_OF_TIME else over_memory()

    def _start(self) -> subprocess.Popen[bytes]:
        package = str(Path(__file__).parents[2])
        self._child = subprocess.Popen(
            [sys.executable, "-c", _START, package], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        return self._child

    def _end(self) -> int:
        """Take the child away; gives its exit code, where it ended of itself, as a child that is out of time or memory does."""
        child, self._child = self._child, None
        if not child:
            return 0
        for pipe in (child.stdin, child.stdout):
            if pipe:
                with suppress(BrokenPipeError):  # for what it did not read
                    pipe.close()
        with suppress(subprocess.TimeoutExpired):
            return child.wait(_GRACE)
        child.kill()
        return child.wait()


def serve() -> None:
    """The child: read one request after the other from standard input until it ends."""
    set_limit("RLIMIT_AS", MEGABYTES << 20)
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # what a library prints must not mix with the answers
    os.dup2(2, 1)
    while header := requests.read(_LENGTH.size):
        named, sized = _LENGTH.unpack(header)
        place, content = requests.read(named).decode(), requests.read(sized)
        # also when nobody waits for it any more, it ends
        set_limit("RLIMIT_CPU", math.ceil(time.process_time() + SECONDS))
        answers.write(_answer(place, content))
        answers.flush()


def _answer(place: str, content: bytes) -> bytes:
    from briefgen.importing.readers import Reader

    try:
        made = {"articles": encode(tuple(Reader(place).load()(content)))}
    except UnreadableError as fault:
        made = {"refused": [fault.message, fault.code, fault.line, fault.help]}
    except RecursionError:
        made = {"refused": ["nested too deeply", "BG603", 0, ""]}
    except MemoryError:
        made = {"refused": [over_memory().message, "BG603", 0, ""]}
    answer = json.dumps(made).encode()
    return struct.pack("!I", len(answer)) + answer


def _send(pipe: IO[bytes] | None, place: bytes, content: bytes) -> None:
    assert pipe is not None  # noqa: S101 -- opened by _start
    pipe.write(_LENGTH.pack(len(place), len(content)) + place)
    pipe.write(content)
    pipe.flush()


def _received(pipe: IO[bytes] | None, until: float) -> bytes:
    assert pipe is not None  # noqa: S101 -- opened by _start
    (length,) = struct.unpack("!I", _exactly(pipe, 4, until))
    return _exactly(pipe, length, until)


def _exactly(pipe: IO[bytes], length: int, until: float) -> bytes:
    """That many bytes; raises TimeoutError when they are not there in time, EOFError when the child is gone."""
    parts: list[bytes] = []
    with selectors.DefaultSelector() as ready:
        ready.register(pipe, selectors.EVENT_READ)
        while length:
            if not ready.select(max(0.0, until - time.monotonic())):
                raise TimeoutError
            part = os.read(pipe.fileno(), min(length, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            length -= len(part)
    return b"".join(parts)
