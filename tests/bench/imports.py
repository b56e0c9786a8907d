"""What an import of many texts costs: `python -m tests.bench.imports 1000 10000`."""

import re
import sys
import tempfile
from pathlib import Path

from tests.bench.corpus import make_text
from tests.bench.measure import Cost, run

SITE = "title: Desk\nbase_url: https://desk.example/\n"


def main(sizes: list[int]) -> None:
    """Print a line for each size: the first import, and the same once more, when everything is there already."""
    sys.stdout.write("| texts | import, s | processor, s | ms a text | memory, MB | again, s |\n|---|---|---|---|---|---|\n")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            first, again = measure(Path(folder), size)
        row = (
            f"{size:,}",
            f"{first.wall:.1f}",
            f"{first.cpu:.1f}",
            f"{first.cpu / size * 1000:.1f}",
            f"{first.memory / 1e6:.0f}",
            f"{again.wall:.1f}",
        )
        sys.stdout.write(f"| {' | '.join(row)} |\n")
        sys.stdout.flush()


def measure(folder: Path, size: int) -> tuple[Cost, Cost]:
    """Write that many raw texts, then import them twice into a site without briefings."""
    (folder / "briefgen.yaml").write_text(SITE, "utf-8")
    (folder / "in").mkdir()
    for number in range(size):
        (folder / f"in/{number:06}.txt").write_text(raw_text(number), "utf-8")
    command = [sys.executable, "-m", "briefgen", "import", "-q", "in"]
    return run(command, folder), run(command, folder)


def raw_text(number: int) -> str:
    """A news text as it is pasted: headline, byline, day, a paragraph a line."""
    text = make_text(number)
    body = re.sub(r"\n{2,}", "\n\n", re.sub(r"[*_`#>|\[\]]|^- |\(https?:[^)]*\)", "", text.body, flags=re.MULTILINE))
    return f"{text.keys['title']}\n\nBy {text.keys['authors'][0]}\n{text.date:%d %B %Y}\n\n{body}\n"


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1_000, 10_000])
