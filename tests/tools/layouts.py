"""Writes the layout of every kind of page into tests/cases/layout: run `python -m tests.tools.layouts`, then read the difference."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.browsing import KINDS, launched, opened, served
from tests.gallery import gallery
from tests.layout import layout
from tests.worlds import REPOSITORY, World

FOLDER = REPOSITORY / "tests" / "cases" / "layout"


def layouts(folder: Path) -> Iterator[tuple[str, str]]:
    """The name and the layout of each kind of page, of a gallery that is built in a folder."""
    world = gallery(World(folder))
    world.build("served/north")
    with served(folder / "served") as address, launched() as browser, opened(browser) as page:
        for kind, url in KINDS.items():
            page.set_viewport_size({"width": 1280, "height": 800})
            page.goto(f"{address}north/{url}")
            page.wait_for_load_state("networkidle")
            yield kind.replace(" ", "-"), layout(page)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        for name, text in layouts(Path(made)):
            (FOLDER / f"{name}.txt").write_text(text)
