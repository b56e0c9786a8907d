"""What a preview holds out: browsers that ask all the time while files are saved, and what it holds of memory and files meanwhile.

    python -m tests.bench.soak --clients 50 --seconds 60 --edits 10      many browsers
    python -m tests.bench.soak --clients 4 --seconds 1800 --edits 1      a long morning

Each text says its version in its title and at its end, and the page shows the title and the end of it: a page that shows two is mixed.
Titles, topics, stylesheets, errors and files that come and go are among the edits. Ends with 1 when an answer was wrong.
"""

import argparse
import http.client
import re
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.corpus import make_text, write_corpus
from tests.bench.measure import resident
from tests.bench.peers import HERE
from tests.serve.harness import Serving, descriptors, serving
from tests.worlds import World

EDITED = 40
"""How many of the briefings are edited; only their pages are asked for, so that each is often asked for while it changes."""
VERSION = re.compile(r"<(?:title|p)>Version (\d+)(?: ·|</p>)")
"""The version that a page says in its title and at the end of its text, and not those of other briefings in it."""


@dataclass
class Seen:
    """What the browsers saw."""

    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def main() -> None:
    """Serve, ask, edit, and print what came of it."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--n", type=int, default=1000, help="how many briefings [1000]")
    options.add_argument("--clients", type=int, default=50, help="how many browsers ask, each without a pause of more than 50 ms [50]")
    options.add_argument("--seconds", type=float, default=60, help="how long [60]")
    options.add_argument("--edits", type=float, default=10, help="how many saves a second [10]")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="briefgen-soak-", ignore_cleanup_errors=True) as folder:
        world = World(Path(folder))
        shutil.copytree(HERE / "briefgen-default", world.root, dirs_exist_ok=True)
        write_corpus(world.root / "content/briefings", range(given.n), "briefgen")
        for number in range(EDITED):
            save_version(world, number, 0)
        with serving(world) as preview:
            sys.exit(soak(world, preview, given.clients, given.seconds, given.edits))


def soak(world: World, preview: Serving, clients: int, length: float, edits: float) -> int:
    """Let browsers ask for so long, and save so often a second; the exit code."""
    stop, seen = threading.Event(), Seen()
    threads = [threading.Thread(target=ask, args=(preview.port, number, stop, seen), daemon=True) for number in range(clients)]
    threads += [threading.Thread(target=listen, args=(preview.port, stop), daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    begun, told = time.monotonic(), 0.0
    held: list[tuple[float, float, int]] = []
    for number in range(1, int(length * edits) + 1):
        EDITS[number % len(EDITS)](world, number)
        if time.monotonic() >= told:
            held.append((time.monotonic() - begun, resident(preview.process.pid) / 1e6, descriptors(preview)))
            told = time.monotonic() + length / 20
        time.sleep(max(0.0, begun + number / edits - time.monotonic()))
    stop.set()
    for thread in threads:
        thread.join(5)
    sys.stdout.write("\n".join([*report(seen, held), ""]))
    code = preview.interrupt()
    sys.stdout.write(f"ended by Ctrl-C with {code}\n")
    return 1 if seen.faults or code else 0


def save_version(world: World, number: int, version: int) -> None:
    """Write another version of a briefing."""
    text = make_text(number)
    topics = "".join(f"  - {topic}\n" for topic in text.keys["topics"])
    header = f"---\ntitle: Version {version}\ndate: {text.date:%Y-%m-%dT%H:%M:%SZ}\ntopics:\n{topics}---\n"
    world.put({f"content/briefings/{text.name}.md": f"{header}\n{text.body}\n\nVersion {version}\n"})


def other_version(world: World, number: int) -> None:
    """Save a briefing with another title and another end."""
    save_version(world, number % EDITED, number)


def come_and_go(world: World, number: int) -> None:
    """Write a briefing, or take away the last that was written so."""
    path = world.root / "content/briefings/new.md"
    if path.exists():
        path.unlink()
    else:
        world.briefing("new", f"New {number}", f"2026-01-0{number % 9 + 1}", topics=f"[New {number % 7}]")


def break_and_mend(world: World, number: int) -> None:
    """Write a text that is broken, and at the next turn one that is not."""
    path = world.root / "content/briefings/broken.md"
    if path.exists():
        path.unlink()
    else:
        world.put({"content/briefings/broken.md": f"---\ntitle: [Broken {number}\n---\n"})


def restyle(world: World, number: int) -> None:
    """Save a stylesheet."""
    world.put({"static/own.css": f"h1 {{ margin: {number}px }}\n"})


EDITS: list[Callable[[World, int], None]] = [*[other_version] * 17, come_and_go, restyle, break_and_mend]
"""What is saved, in turn."""


def ask(port: int, number: int, stop: threading.Event, seen: Seen) -> None:
    """Ask for one page after the other over one connection, as browsers do, until told to stop."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while not stop.wait(0.05):
        number = (number + 7) % EDITED
        text = make_text(number)
        begun = time.perf_counter()
        try:
            connection.request("GET", f"/{text.date:%Y/%m/%d}/{text.name}/")
            answer = connection.getresponse()
            page = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            seen.faults.append(repr(error))
            connection.close()
            continue
        seen.seconds.append(time.perf_counter() - begun)
        versions = VERSION.findall(page)
        if answer.status != 200 or len(versions) != 2 or len({*versions}) != 1 or not page.rstrip().endswith("</html>"):
            seen.faults.append(f"{answer.status}, versions {versions}, {len(page)} characters")
    connection.close()


def listen(port: int, stop: threading.Event) -> None:
    """Follow the events, as a page does."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/-/events")
        events = connection.getresponse()
        while not stop.is_set() and events.readline():
            pass
    connection.close()


def report(seen: Seen, held: list[tuple[float, float, int]]) -> Iterator[str]:
    """What was seen and what was held."""
    ordered = sorted(seen.seconds)
    median, most = statistics.median(ordered) * 1000, ordered[len(ordered) * 99 // 100] * 1000
    yield f"{len(ordered):,} answers, {len(seen.faults)} faults; median {median:.0f} ms, 99 of 100 below {most:.0f} ms"
    yield from seen.faults[:10]
    yield "\n| after, s | memory, MB | open files |\n|---:|---:|---:|"
    for after, memory, files in held:
        yield f"| {after:.0f} | {memory:.0f} | {files} |"


if __name__ == "__main__":
    main()
