"""What planning costs a briefing when every index has something to do: processor time, in microseconds.

    python -m tests.bench.planning --n 1000,10000

The briefings of `corpus.py` get a story, two quotes and two sources, one of them by way of an agency; six topics have others below, and
two hundred people have aliases and dated roles. Each stage is run three times, without the garbage collector, and the least counts.
"""

import argparse
import datetime as dt
import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from briefgen.config import load_config
from briefgen.library.library import assemble
from briefgen.library.load import documents_of, load_content
from briefgen.library.show import Show
from briefgen.problems import Problems
from briefgen.site.archive import survey
from briefgen.site.pictures import Gallery
from briefgen.site.plan import plan_pages
from briefgen.tree import read_tree
from tests.bench.corpus import FIRST, LAST, make_text

Result = TypeVar("Result")
NOW = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
ROLES = "[{title: Mayor, to: 2025-01-31}, {title: Minister, org: Norland, from: 2025-02-01}]"


def main() -> None:
    """Measure, and print a row for each number of briefings."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--n", default="1000", help="how many briefings; several numbers with commas [1000]")
    given = options.parse_args()
    sys.stdout.write("| briefings | pages | assembling the library | filing by record | planning the pages | naming what they show |\n")
    sys.stdout.write("|---:|---:|---:|---:|---:|---:|\n")
    for number in map(int, given.n.split(",")):
        with tempfile.TemporaryDirectory(prefix="briefgen-planning-") as folder:
            write_site(Path(folder), number)
            sys.stdout.write(row(Path(folder), number) + "\n")
            sys.stdout.flush()


def write_site(root: Path, number: int) -> None:
    """A site in which every index has something to do."""
    for folder in ("briefings", "people", "topics"):
        (root / "content" / folder).mkdir(parents=True)
    (root / "briefgen.yaml").write_text("title: Briefs\nbase_url: https://briefs.example/\nfeeds: [{name: Ports, topics: [Local]}]\n")
    for kind in ["Local", "National", "Rural", "Public", "Private", "Coastal"]:
        for thing in ["berths", "pumps", "schools", "turbines", "clinics", "signals"]:
            (root / f"content/topics/{kind}-{thing}.md").write_text(f"---\nname: {kind} {thing}\nparent: {kind}\n---\n")
    for first in FIRST.split():
        for last in LAST.split()[:8]:
            header = f"name: {first} {last}\naliases: [{first[0]}. {first} {last}]\nroles: {ROLES}\n"
            (root / f"content/people/{first}-{last}.md").write_text(f"---\n{header}---\n", "utf-8")
    for place in range(number):
        text = make_text(place)
        said = [{"text": f"We said so in {place}.", "speaker": person} for person in text.keys["people"]]
        sources = [{"name": text.keys["source"], "agency": "Lowmoor Wire"}, {"name": f"Gazette {place % 40}"}]
        keys = {**text.keys, "story": f"Story {place % max(1, number // 20)}", "sources": sources, "quotes": said}
        header = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in keys.items() if key != "source")
        path = root / f"content/briefings/{text.name}.md"
        path.write_text(f"---\ndate: {text.date:%Y-%m-%dT%H:%M:%SZ}\n{header}---\n\nWords.\n", "utf-8")


def row(root: Path, number: int) -> str:
    """One row of the table."""
    problems = Problems()
    config = load_config(root, problems)
    documents = documents_of(load_content(read_tree(root), config, "", problems, keep=False), problems)
    gc.disable()
    library, assembling = least(lambda: assemble(documents, config, Show(NOW), Problems()))
    archive, filing = least(lambda: survey(library, config, Gallery(Path(), {}), frozenset(), Problems()))
    pages, planning = least(lambda: plan_pages(archive))
    _, naming = least(lambda: [page.key for page in pages])
    gc.enable()
    figures = " | ".join(f"{seconds / number * 1e6:.1f}" for seconds in (assembling, filing, planning, naming))
    return f"| {number:,} | {len(pages):,} | {figures} |"


def least(work: Callable[[], Result]) -> tuple[Result, float]:
    """What the work gives, and the least processor time of three runs."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        result = work()
        times.append(time.process_time() - begun)
    return result, min(times)


if __name__ == "__main__":
    main()
