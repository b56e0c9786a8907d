"""Whole articles: a raw file in, the briefing out, word for word; one folder a case under `cases/import`."""

from pathlib import Path

import pytest

from tests.worlds import World

CASES = sorted((Path(__file__).parent / "cases" / "import").iterdir())


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_article_becomes_briefing(world: World, case: Path) -> None:
    [raw] = case.glob("in.*")
    ran = world.put({f"in/{raw.name}": raw.read_bytes()}).run("import", f"in/{raw.name}")
    assert ran.code == 0, ran.err
    briefings = [path.read_text() for path in sorted((world.root / "content/briefings").rglob("*.md"))]
    assert "\n".join(briefings) == (case / "out.md").read_text()
