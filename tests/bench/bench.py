"""How long a site takes to build, side by side: Hugo, Pelican, Eleventy, and briefgen with a theme as small as theirs and with its own.

    python -m tests.bench.bench --n 1000,10000 --runs 5
    python -m tests.bench.bench --n 1000,10000,50000,200000 --runs 1 --peers briefgen,briefgen-default

All build the same briefings in turn (A B C, A B C, …), so that a ratio compares runs made at nearly the same time: seconds say more
about the machine than about the program. Several numbers give one more table, of how cost grows. See `peers.py` for who takes part.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tests.bench.corpus import make_text
from tests.bench.measure import Cost, run
from tests.bench.peers import Peer, prepare, program, version
from tests.bench.tables import Costs, growth, machine, side_by_side

PEERS = "hugo,pelican,eleventy,briefgen,briefgen-default"


def main() -> None:
    """Measure, and print a table for each number of briefings."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--n", default="1000", help="how many briefings; several numbers with commas [1000]")
    options.add_argument("--runs", type=int, default=3, help="how many rounds [3]")
    options.add_argument("--peers", default=PEERS, help=f"who takes part, if installed; ratios are to the first [{PEERS}]")
    options.add_argument("--steps", default=",".join(STEPS), help=f"what is measured [{','.join(STEPS)}]")
    options.add_argument("--work", type=Path, help="a folder to work in, instead of a temporary one")
    given = options.parse_args()
    names = [name for name in given.peers.split(",") if program(name)]
    sys.stdout.write(machine({name: version(name) for name in names if name != "briefgen-default"}) + "\n")
    measured: dict[int, Costs] = {}
    with tempfile.TemporaryDirectory(prefix="briefgen-bench-", ignore_cleanup_errors=True) as temporary:
        for number in map(int, given.n.split(",")):
            work = (given.work or Path(temporary)) / str(number)
            measured[number] = measure([prepare(name, work, range(number)) for name in names], number, given.runs, given.steps.split(","))
            print_lines(side_by_side(measured[number], number))
            shutil.rmtree(work, ignore_errors=True)
    if len(measured) > 1:
        print_lines(growth(measured))


def print_lines(lines: Iterable[str]) -> None:
    """Print lines at once, so that a long run shows what it has."""
    sys.stdout.write("\n".join([*lines, ""]))
    sys.stdout.flush()


def measure(peers: Sequence[Peer], number: int, rounds: int, steps: Sequence[str]) -> Costs:
    """What each step cost each generator in each round. Ends the program when a build did not do its work."""
    costs: dict[tuple[str, str], list[Cost]] = {}
    for turn in range(rounds):
        for step in steps:
            for peer in peers:
                page, words = STEPS[step](peer, number, turn)
                os.sync()
                try:
                    cost = run(peer.command, peer.folder)
                except subprocess.CalledProcessError as error:
                    sys.exit(f"{peer.name}: “{step}” failed\n{error.output}")
                if words not in page.read_text("utf-8"):
                    sys.exit(f"{peer.name}: after “{step}” the page {page} does not show “{words}”")
                costs.setdefault((step, peer.name), []).append(cost)
    return costs


def start_afresh(peer: Peer, number: int, turn: int) -> tuple[Path, str]:
    """Take away what earlier builds left. It is moved, not removed: ext4 creates files more slowly after many were removed."""
    aside = peer.folder.with_name(f"{peer.name}-{turn}-aside")
    aside.mkdir()
    for name in peer.says["clean"]:
        if (peer.folder / name).exists():
            (peer.folder / name).rename(aside / name)
    (text,) = peer.write(range(number - 1, number))
    return peer.page(text), str(text.keys["people"][0])


def edit(peer: Peer, number: int, turn: int) -> tuple[Path, str]:
    """Add a paragraph to a briefing."""
    (text,) = peer.write(range(number // 2, number // 2 + 1))
    path = peer.source(text)
    path.write_text(f"{path.read_text('utf-8')}\nCorrected {turn + 1} times.\n", "utf-8")
    return peer.page(text), f"Corrected {turn + 1} times."


def retitle(peer: Peer, number: int, turn: int) -> tuple[Path, str]:
    """Give a briefing another title."""
    (text,) = peer.write(range(number // 3, number // 3 + 1))
    path, title = peer.source(text), str(text.keys["title"])
    path.write_text(path.read_text("utf-8").replace(title, f"{title} once more {turn + 1}", 1), "utf-8")
    return peer.page(text), f"{title} once more {turn + 1}"


def add(peer: Peer, number: int, turn: int) -> tuple[Path, str]:
    """Write one more briefing."""
    (text,) = peer.write(range(number + turn, number + turn + 1))
    return peer.page(text), str(text.keys["people"][0])


def leave(peer: Peer, number: int, _turn: int) -> tuple[Path, str]:
    """Change nothing; the last briefing is still there."""
    text = make_text(number - 1)
    return peer.page(text), str(text.keys["people"][0])


STEPS: dict[str, Callable[[Peer, int, int], tuple[Path, str]]] = {
    "first build": start_afresh,
    "text edited": edit,
    "title edited": retitle,
    "briefing added": add,
    "nothing changed": leave,
}
"""What happens to a site between two builds; each tells a page that the build must make, and words that must be in it."""


if __name__ == "__main__":
    main()
