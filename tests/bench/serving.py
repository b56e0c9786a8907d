"""How long a saved file takes to be seen in a browser: Hugo's server, and briefgen's preview with both themes.

    python -m tests.bench.serving --n 100,1000,10000 --rounds 5

All serve the same briefings at once, and each save is made for one after the other, so that a ratio compares moments that are
close to each other. What is measured is the time from the end of saving until the page has the new words, asked for over one
connection again and again.
"""

import argparse
import datetime as dt
import http.client
import os
import re
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.corpus import make_text
from tests.bench.measure import resident
from tests.bench.peers import Peer, prepare, program

PATIENCE = 120.0
"""Seconds after which a save that is not seen ends the program."""
PAUSE = 0.01
"""Seconds between two requests."""
REST = 1.5
"""Seconds between two saves, in which a server may do what it has put off."""


@dataclass(frozen=True)
class Server:
    """A generator that serves its site."""

    peer: Peer
    process: subprocess.Popen[bytes]
    port: int

    def seen(self, path: str, words: str) -> float:
        """Seconds until the page at a path has these words."""
        begun = time.perf_counter()
        while words not in self._page(path):
            if time.perf_counter() - begun > PATIENCE:
                sys.exit(f"{self.peer.name}: “{words}” is not on {path}")
            time.sleep(PAUSE)
        return time.perf_counter() - begun

    def _page(self, path: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            return connection.getresponse().read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):  # it does not listen yet, or the file was just being replaced
            return ""
        finally:
            connection.close()

    def source(self, number: int) -> Path:
        """The file of a briefing."""
        return self.peer.folder / str(self.peer.says["content"]) / f"{make_text(number).name}.md"

    def path(self, number: int) -> str:
        """Where the page of a briefing is served."""
        text = make_text(number)
        day = {"year": f"{text.date:%Y}", "month": f"{text.date:%m}", "day": f"{text.date:%d}"}
        return urlpath(str(self.peer.says["url"])).format(slug=text.name, **day)


def urlpath(url: str) -> str:
    """The path of an address with a port still to be named."""
    return re.sub(r"^https?://[^/]*", "", url)


Save = Callable[[Path, str], None]


def in_place(path: Path, text: str) -> None:
    """Write over the file, as nano and Python do."""
    path.write_text(text, "utf-8")


def by_renaming(path: Path, text: str) -> None:
    """Write aside and rename, as VS Code's atomic saving, Sublime and rsync do."""
    aside = path.with_name(f".{path.name}.tmp")
    aside.write_text(text, "utf-8")
    aside.replace(path)


def as_vim(path: Path, text: str) -> None:
    """Rename to a backup, write anew, remove the backup."""
    backup = path.with_name(f"{path.name}~")
    path.rename(backup)
    path.write_text(text, "utf-8")
    backup.unlink()


def with_body(text: str, mark: str) -> str:
    """Another last paragraph."""
    return f"{text.partition(chr(10) + 'Mark ')[0].rstrip()}\n\nMark {mark}.\n"


def with_title(text: str, mark: str) -> str:
    """Another title."""
    return re.sub(r"^title: .*$", f'title: "Titled {mark}"', text, count=1, flags=re.MULTILINE)


def with_topic(text: str, mark: str) -> str:
    """Another first topic."""
    return re.sub(r"^topics:\n  - .*$", f'topics:\n  - "Named {mark}"', text, count=1, flags=re.MULTILINE)


SAVES: Mapping[str, tuple[Save, Callable[[str, str], str]]] = {
    "text, in place": (in_place, with_body),
    "text, aside and renamed": (by_renaming, with_body),
    "text, as vim": (as_vim, with_body),
    "title, in place": (in_place, with_title),
    "title, as vim": (as_vim, with_title),
    "topic, in place": (in_place, with_topic),
}
"""How a briefing is saved, and what is another one in it."""
NEW = "a new briefing"


def main() -> None:
    """Measure, and print a table for each number of briefings."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--n", default="1000", help="how many briefings; several numbers with commas [1000]")
    options.add_argument("--rounds", type=int, default=5, help="how many saves of each kind [5]")
    options.add_argument("--peers", default="hugo,briefgen,briefgen-default", help="who takes part; ratios are to the first")
    given = options.parse_args()
    names = [name for name in given.peers.split(",") if program(name)]
    for number in map(int, given.n.split(",")):
        with tempfile.TemporaryDirectory(prefix="briefgen-serving-", ignore_cleanup_errors=True) as work, ExitStack() as stack:
            peers = [prepare(name, Path(work), range(number)) for name in names]
            servers = [stack.enter_context(serving(peer, 18100 + place)) for place, peer in enumerate(peers)]
            seconds = measure(servers, number, given.rounds)
            sys.stdout.write("\n".join([*table(servers, seconds, number), ""]))
            sys.stdout.flush()


@contextmanager
def serving(peer: Peer, port: int) -> Iterator[Server]:
    """Serve a site until the block ends."""
    words = re.sub(r"\{[A-Z]+\}", program(peer.name).replace("\\", r"\\"), str(peer.says["serve"]).replace("{PORT}", str(port)))
    process = subprocess.Popen(shlex.split(words), cwd=peer.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        server = Server(peer, process, port)
        server.seen(server.path(0), "(0)")
        yield server
    finally:
        process.kill()
        process.wait()


def measure(servers: Sequence[Server], number: int, rounds: int) -> Mapping[tuple[str, str], Sequence[float]]:
    """Seconds of each save until it is seen, by kind of save and generator."""
    seconds: dict[tuple[str, str], list[float]] = {}
    for turn in range(rounds):
        for place, (kind, (save, change)) in enumerate(SAVES.items()):
            for server in servers:
                which, mark = (turn * 37 + place * 11) % number, f"{turn}x{place}x{os.getpid()}"
                source = server.source(which)
                save(source, change(source.read_text("utf-8"), mark))
                seconds.setdefault((kind, server.peer.name), []).append(server.seen(server.path(which), mark))
                time.sleep(REST)
        for server in servers:
            server.peer.write(range(number + turn, number + turn + 1))
            seconds.setdefault((NEW, server.peer.name), []).append(server.seen(server.path(number + turn), f"({number + turn})"))
            time.sleep(REST)
    return seconds


def table(servers: Sequence[Server], seconds: Mapping[tuple[str, str], Sequence[float]], number: int) -> Iterator[str]:
    """Medians and the worst, and the median of the ratios to the first generator save by save."""
    first = servers[0].peer.name
    memory = ", ".join(f"{server.peer.name} {resident(server.process.pid) / 1e6:.0f}" for server in servers)
    day = f"{dt.datetime.now(tz=dt.UTC):%Y-%m-%d}"
    yield f"\n{number:,} briefings · {day} · {os.cpu_count()} cores · memory in MB: {memory} · × is to {first}\n"
    yield "| what is saved | generator | median, ms | worst, ms | × |"
    yield "|---|---|---:|---:|---:|"
    for kind in (*SAVES, NEW):
        for server in servers:
            own, other = seconds[kind, server.peer.name], seconds[kind, first]
            ratio = statistics.median(one / two for one, two in zip(own, other, strict=True))
            yield f"| {kind} | {server.peer.name} | {statistics.median(own) * 1000:.0f} | {max(own) * 1000:.0f} | {ratio:.3f} |"


if __name__ == "__main__":
    main()
