"""A terminal of eighty columns, and somebody who types answers when a program asks."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
from collections.abc import Iterable
from pathlib import Path

from tests.worlds import Ran, command, surroundings

END_OF_FILE, INTERRUPT = "\x04", "\x03"
_PATIENCE = 30
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


def at_terminal(folder: Path, arguments: Iterable[str], answers: Iterable[str | bytes], prompt: str = "> ", **environment: str) -> Ran:
    """Run `briefgen` on a terminal; each answer is typed when the prompt stands there, and needs its own end of line."""
    here, there = pty.openpty()
    fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    waiting, said = iter(answers), ""
    answer: str | bytes = ""
    with subprocess.Popen(
        command(*arguments),
        cwd=folder,
        env=surroundings(TERM="xterm", **environment),
        stdin=there,
        stdout=there,
        stderr=there,
        start_new_session=True,
        preexec_fn=_take_terminal,  # noqa: PLW1509 -- there are no threads here
    ) as ran:
        os.close(there)
        try:
            while part := _read(here, said, interrupting=answer == INTERRUPT):
                said += part.replace("\r\n", "\n")
                if colourless(said).endswith(f"\n{prompt}"):
                    answer = next(waiting)
                    os.write(here, answer if isinstance(answer, bytes) else answer.encode())
            code = ran.wait(_PATIENCE)
        finally:
            ran.kill()
            os.close(here)
    assert next(waiting, None) is None, f"fewer questions than answers:\n{said}"
    return Ran(code, said, "")


def colourless(said: str) -> str:
    """What a terminal was told, without what colours it and hides its cursor."""
    return _COLOURS.sub("", said)


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _read(here: int, said: str, *, interrupting: bool) -> str:
    ready, _, _ = select.select([here], [], [], 2 if interrupting else _PATIENCE)
    if interrupting and not ready:
        # what comes between the prompt and the reading of a line is noticed with the next key only; people press twice
        os.write(here, INTERRUPT.encode())
        ready, _, _ = select.select([here], [], [], _PATIENCE)
    assert ready, f"nothing was said any more after {said[-200:]!r}"
    try:
        return os.read(here, 65536).decode(errors="replace")
    except OSError:  # the program has gone, and its terminal with it
        return ""
