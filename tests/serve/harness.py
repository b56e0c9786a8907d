"""A running `briefgen serve`, asked over its socket as a browser or an attacker would."""

import http.client
import os
import queue
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.worlds import World, command, surroundings

PATIENCE = 20.0
"""Seconds after which something that should have happened has failed to; no test waits for them when all is well."""


@dataclass(frozen=True)
class Response:
    """What came back."""

    status: int
    fields: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Serving:
    """A preview of a world."""

    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)
    _lines: "queue.SimpleQueue[str]" = field(default_factory=queue.SimpleQueue)

    def __post_init__(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()
        self.url = re.search(r"http://\S+", self.wait_for_line("http://"))[0]  # type: ignore[index]  # the line has it
        self.port = int(self.url.rpartition(":")[2].strip("/"))

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with suppress(ValueError):  # it was closed when the preview had ended
            for line in self.process.stdout:
                self.said.append(line)
                self._lines.put(line)

    def wait_for_line(self, part: str) -> str:
        """The next line that it prints with these words."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                line = self._lines.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"never said {part!r}:\n{self.output}") from None
            if part in line:
                return line

    @property
    def output(self) -> str:
        """Everything that it has printed, problems and results."""
        return "".join(self.said)

    def get(self, target: str, method: str = "GET", **fields: str) -> Response:
        """Ask for a target as it is; `if_none_match="x"` becomes the field If-None-Match."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, target, headers={name.replace("_", "-"): text for name, text in fields.items()})
            answer = connection.getresponse()
            return Response(answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def send(self, request: bytes) -> bytes:
        """Send bytes, and return all that comes back until the connection ends."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
            connection.sendall(request)
            with suppress(OSError):  # it has answered and gone before it heard that there is no more
                connection.shutdown(socket.SHUT_WR)
            parts = []
            while part := connection.recv(65536):
                parts.append(part)
            return b"".join(parts)

    def wait_until(self, holds: Callable[[], bool], what: str) -> None:
        """Ask again until something holds."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, f"never came true: {what}\n{self.output}"
            assert self.process.poll() is None, f"the preview ended:\n{self.output}"
            time.sleep(0.01)

    def shows(self, target: str, words: str) -> None:
        """Wait until a page has these words."""
        self.wait_until(lambda: words.encode() in self.get(target).body, f"{words!r} on {target}")

    def interrupt(self) -> int:
        """Press Ctrl-C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@contextmanager
def serving(world: World, *flags: str, port: int = 0, **environment: str) -> Iterator[Serving]:
    """Serve a world until the block ends."""
    words = command("serve", "--port", str(port), *flags)
    process = subprocess.Popen(
        words,
        cwd=world.root,
        env=surroundings(**environment) | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        preview = Serving(process)
        yield preview
        assert "Traceback" not in preview.output, preview.output
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def lines_of(name: str) -> list[str]:
    """The lines of a file of cases beside this one; those that start with `#` say what the next ones are about."""
    path = Path(__file__).parent / name
    return [line for line in path.read_text().split("\n") if line and not line.startswith("# ")]


def descriptors(preview: Serving) -> int:
    """How many files and sockets the preview holds open."""
    return len(os.listdir(f"/proc/{preview.process.pid}/fd"))
