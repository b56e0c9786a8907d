"""What is wrong is said with its place, in a sentence, with what to do; each code has a world that proves it."""

import json
import re
from pathlib import Path

import pytest

from briefgen.rules import RULES
from tests.errorworlds import BadWorld, bad_worlds, said_in
from tests.worlds import REPOSITORY, World, text_of

WORLDS = bad_worlds()


@pytest.mark.parametrize("bad", WORLDS, ids=lambda bad: bad.folder.name)
def test_a_bad_world_is_told_in_these_words(bad: BadWorld, tmp_path: Path) -> None:
    said = said_in(bad, tmp_path / "site")
    assert said == bad.expected
    assert f"[{bad.code}]" in said
    assert set(re.findall(r"\[(BG\d+)\]", said)) == {bad.code}
    assert "Traceback" not in said
    assert str(tmp_path) not in said


def test_every_code_that_can_be_said_has_a_world() -> None:
    sources = "".join(path.read_text() for path in (REPOSITORY / "briefgen").rglob("*.py") if path.name != "rules.py")
    assert sorted({*re.findall(r"\bBG\d{3}\b", sources)}) == [bad.code for bad in WORLDS]


def test_every_code_that_can_be_said_has_a_rule() -> None:
    assert {bad.code for bad in WORLDS} <= RULES.keys()


BROKEN = text_of("The deal", "soon", topics="Energy")


def test_all_faults_of_all_files_are_shown_in_one_run_in_the_order_of_their_places(world: World) -> None:
    for name in "cab":
        world.put({f"content/briefings/{name}.md": BROKEN})
    ran = world.run("build")
    assert ran.code == 1
    assert re.findall(r"--> (.*)", ran.err) == [f"content/briefings/{name}.md:{place}" for name in "abc" for place in ("3:7", "4:9")]
    assert ran.err.endswith("Nothing was built: 6 errors.\n")
    assert not world.public.exists()


def test_problems_are_json_for_programs(world: World) -> None:
    ran = world.put({"content/briefings/a.md": BROKEN}).run("build", "--format", "json")
    said = [json.loads(line) for line in ran.err.splitlines() if line.startswith("{")]
    assert [(one["code"], one["severity"], one["path"], one["line"], one["column"]) for one in said] == [
        ("BG108", "error", "content/briefings/a.md", 3, 7),
        ("BG105", "error", "content/briefings/a.md", 4, 9),
    ]


def test_problems_are_annotations_for_github(world: World) -> None:
    ran = world.put({"content/briefings/a,b.md": BROKEN}).run("check", "--format", "github")
    assert "::error file=content/briefings/a%2Cb.md,line=3,col=7,title=BG108::" in ran.out


def test_a_warning_is_an_error_where_the_run_is_strict(world: World) -> None:
    world.briefing("a", sumary="x")
    assert world.run("build").code == 0
    before = world.page("")
    world.edit("content/briefings/a.md", "A briefing", "Another title")
    ran = world.run("build", "--strict")
    assert (ran.code, "warning[BG103]" in ran.err) == (1, True)
    assert world.page("") == before
    assert (world.run("check").code, world.run("check", "--strict").code) == (0, 1)


def test_open_review_notes_are_counted_and_stop_a_strict_build_only(world: World) -> None:
    world.briefing("a", review="[{field: people, reason: who is it}]")
    ran = world.run("build")
    assert (ran.code, ran.err) == (0, "")
    assert "1 briefing has open review notes" in ran.out
    ran = world.run("build", "--strict")
    assert (ran.code, "BG112" in ran.err) == (1, True)


def test_the_last_line_of_a_build_counts_what_is_not_shown(world: World) -> None:
    world.briefing("shown").briefing("one", draft="true").briefing("two", draft="true")
    world.briefing("later", date="2031-05-01").briefing("over", expires="2025-06-01")
    told = " · not shown: 2 drafts, 1 expired, 1 future\n"
    assert world.run("build").out.endswith(told)
    assert world.run("build").out.endswith(told), "also where nothing was to be done"
    world.edit("content/briefings/shown.md", "Words.", "Other words.")
    assert world.run("build").out.endswith(told), "also where a text was edited"
    assert "not shown" not in world.run("build", "--drafts", "--future", "--now", "2025-05-01").out


def test_what_a_file_holds_cannot_steer_a_terminal(world: World) -> None:
    world.briefing("a", body="[x](\x1b[31m.md) [[\x9b31m]] [y](\u202e.md)", mood="\u202eevil")
    ran = world.run("check")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", ran.out + ran.err)


def test_a_long_line_is_shown_around_the_fault(world: World) -> None:
    world.put({"content/briefings/a.md": f"---\ntitle: A\nextra: {{words: {'many ' * 100}, list: [{{}}]}}\n---\n"})
    ran = world.run("check")
    lines = ran.out.splitlines()
    assert max(map(len, lines)) < 200
    marked = next(number for number, line in enumerate(lines) if "^" in line)
    assert lines[marked - 1][lines[marked].index("^")] == "{"
