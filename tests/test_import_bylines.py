"""Bylines: a line in, who wrote it out, line by line."""

from pathlib import Path

import pytest

from briefgen.importing.bylines import Byline, parse_byline
from tests.casefiles import Case, read_cases
from tests.worlds import World

CASES = read_cases(Path(__file__).parent / "cases" / "bylines")


@pytest.mark.parametrize("case", CASES, ids=[case["line"] for case in CASES])
def test_byline_of(case: Case) -> None:
    expected = None if case.get("none") else Byline(tuple(case.get("authors", ())), case.get("agency", ""), case.get("outlet", ""))
    assert parse_byline(case["line"]) == expected


@pytest.mark.parametrize(
    "byline", ["By Our Shipping Correspondent", "From our own correspondent", "Staff and agencies", "Agencies in Vessel Point"]
)
def test_a_desk_is_nobody_and_no_text(world: World, byline: str) -> None:
    raw = f"Lock at Vessel Point to close\n{byline}\nThe lock at Vessel Point closes for a week, the board said.\nIt opens on Friday.\n"
    ran = world.put({"in.txt": raw}).run("import", "-v", "in.txt")
    assert f"dropped (byline, line 2): {byline}" in ran.err
    briefing = (world.root / "content/briefings/undated/lock-at-vessel-point-to-close.md").read_text()
    assert byline not in briefing
    assert "authors" not in briefing
    assert "people:" not in briefing
