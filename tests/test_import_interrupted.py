"""Whoever stops an import leaves no process behind, also none that was reading foreign markup."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.worlds import World, command, surroundings

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are found in /proc")
SLOW = "<p>" + "<a " * 300_000
QUICK = "<html><body><h1>Pier {0} closes</h1><p>Pier {0} is closed for repairs, the harbour said.</p></body></html>"


def alive(mark: str) -> list[int]:
    """The processes that were started with a mark in their environment."""
    return sorted(number for number in _numbers() if f"MARK={mark}".encode() in _surroundings_of(number).split(b"\0"))


def _numbers() -> Iterator[int]:
    return (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())


def _surroundings_of(number: int) -> bytes:
    try:
        return Path(f"/proc/{number}/environ").read_bytes()
    except OSError:  # it ended meanwhile, or is another's
        return b""


def until(is_so: Callable[[], bool]) -> None:
    for _ in range(400):
        if is_so():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come to that")


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_import_that_is_stopped_waits_for_its_readers(world: World, stop: signal.Signals, code: int) -> None:
    world.put({f"in/{number:02}.html": QUICK.format(number) for number in range(70)})
    world.put({f"in/{number}-slow.html": SLOW for number in range(70, 75)})
    mark = uuid.uuid4().hex
    with subprocess.Popen(
        command("import", "in"),
        cwd=world.root,
        env=surroundings(MARK=mark),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as ran:
        until(lambda: len(alive(mark)) > min(2, os.cpu_count() or 1) + 1)
        ran.send_signal(stop)
        ran.wait(30)
        left = alive(mark)
    assert (ran.returncode, left) == (code, [])
