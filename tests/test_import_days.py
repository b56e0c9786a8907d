"""When an article came out, where its text says so relatively: seen from the day that the editor gives, and only then."""

from pathlib import Path

import pytest

from tests.casefiles import Case, read_cases
from tests.worlds import World

CASES = read_cases(Path(__file__).parent / "cases" / "days")


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_day_of_publication(world: World, case: Case) -> None:
    told = ["--date", str(case["date"])] if case["date"] else []
    ran = world.put({"in/new.txt": case["text"]}).run("import", *told, "in/new.txt")
    assert ran.code == 0, ran.err
    [briefing] = (world.root / "content/briefings").rglob("*.md")
    header, body = briefing.read_text(encoding="utf-8").removeprefix("---\n").split("\n---\n", 1)
    lines = [line.strip() for line in header.split("\n")]
    assert [line for line in lines if line.startswith("published:")] == [f"published: '{case['published']}'"] * bool(case["published"])
    assert not any(line in body for line in ("18:30", "18h30", "am Freitag"))
