"""`briefgen review`: what is open, and edits on the editor's word alone."""

import os
import pty
import subprocess
from pathlib import Path

from tests.worlds import World, command, run, surroundings, text_of, tree

NOTES = """
- field: date
  reason: 'not in the text; days named: Tuesday'
- field: people
  reason: Almgren is named by surname only
  text: Almgren said so.
  candidates: [Bo Almgren, Ida Almgren]"""


def open_world(world: World) -> World:
    header = text_of("Talks", "", "Almgren said so.", people="  [Almgren]  # as typed", review=NOTES, extra="{ours: yes}")
    return world.put({"content/briefings/undated/talks.md": header})


def test_open_notes_are_listed_with_what_they_rest_on_and_what_to_do(world: World) -> None:
    ran = open_world(world).run("review")
    assert ran.out.splitlines()[:7] == [
        "undated/talks – Talks",
        "  date: not in the text; days named: Tuesday",
        "    → briefgen review undated/talks --set date=… or --close date",
        "  people: Almgren is named by surname only",
        "    “Almgren said so.”",
        "    perhaps Bo Almgren, Ida Almgren",
        "    → briefgen review undated/talks --set people=… or --close people",
    ]
    assert ran.err == "2 notes open in 1 briefing\n"


def test_setting_a_field_closes_its_notes_and_changes_nothing_else(world: World) -> None:
    before = (open_world(world).root / "content/briefings/undated/talks.md").read_text()
    ran = world.run("review", "undated/talks", "--set", "date=2025-03-18")
    after = (world.root / "content/briefings/undated/talks.md").read_text()
    assert ran.err == "undated/talks: 1 note open\n"
    changed = [line for line in after.splitlines() if line.rstrip() not in [old.rstrip() for old in before.splitlines()]]
    assert changed == ["date: '2025-03-18'", "  candidates:", "  - Bo Almgren", "  - Ida Almgren"]
    assert "people:   [Almgren]  # as typed" in after


def test_the_last_note_takes_the_key_with_it(world: World) -> None:
    open_world(world).run("review", "undated/talks", "--set", "people=Bo Almgren", "--close", "date")
    text = (world.root / "content/briefings/undated/talks.md").read_text()
    assert "review" not in text
    assert "people:\n- Bo Almgren\n" in text
    assert text.endswith("---\n\nAlmgren said so.\n")


def test_a_source_is_set_inside_the_first_source(world: World) -> None:
    world.put({"content/briefings/a.md": text_of("A", sources="\n- origin: a.txt", review="\n- {field: source, reason: not named}")})
    world.run("review", "a", "--set", "source=Point Press")
    assert "sources:\n- name: Point Press\n  origin: a.txt\n" in (world.root / "content/briefings/a.md").read_text()


def test_what_cannot_be_set_is_refused_with_the_reason(world: World) -> None:
    before = (open_world(world).root / "content/briefings/undated/talks.md").read_text()
    for arguments, said in (
        (["undated/talks", "--set", "date=Tuesday"], "`Tuesday` is no day"),
        (["undated/talks", "--set", "date=20250318"], "`20250318` is no day"),
        (["undated/talks", "--set", "layout=x"], "`layout` cannot be set from here"),
        (["undated/talk", "--close", "date"], "did you mean `undated/talks`?"),
        (["../../briefgen", "--close", "date"], "there is no such briefing"),
        (["--close", "date"], "no briefing is named"),
        (["undated/talks", "--set", "date"], "no FIELD=VALUE"),
    ):
        ran = world.run("review", *arguments)
        assert ran.code != 0
        assert said in ran.err
    assert (world.root / "content/briefings/undated/talks.md").read_text() == before


def test_elsewhere_than_in_a_site_there_is_nothing_to_review(tmp_path: Path) -> None:
    ran = run(tmp_path, "review")
    assert (ran.code, "error[BG301]" in ran.err) == (1, True)


def test_closing_what_has_no_note_says_what_has_one(world: World) -> None:
    before = tree(open_world(world).root)
    ran = world.run("review", "undated/talks", "--set", "date=2025-03-18", "--close", "topics")
    assert (ran.code, "there is no note about `topics`" in ran.err, "there are notes about date, people" in ran.err) == (1, True, True)
    assert tree(world.root) == before


def at_terminal(world: World, *answers: str) -> str:
    """What `briefgen review` shows on a terminal on which these lines are typed."""
    here, there = pty.openpty()
    with subprocess.Popen(
        command("review"), cwd=world.root, env=surroundings(), stdin=there, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as ran:
        os.close(there)
        os.write(here, "".join(f"{answer}\n" for answer in answers).encode())
        said = ran.communicate(timeout=60)[0].decode()
    os.close(here)
    return said


def test_on_a_terminal_an_answer_is_the_whole_list(world: World) -> None:
    said = at_terminal(open_world(world), "", "Bo Almgren; Ida Almgren")
    assert "people (the whole list, as in `one; another`, `ok` as it stands" in said
    text = (world.root / "content/briefings/undated/talks.md").read_text()
    assert "people:\n- Bo Almgren\n- Ida Almgren\n" in text
    assert "field: date" in text
    assert "field: people" not in text


def test_on_a_terminal_two_notes_about_a_field_are_one_question(world: World) -> None:
    header = text_of("Talks", "", "Words.", review="\n- {field: people, reason: who is Lee}\n- {field: people, reason: who is Ek}")
    said = at_terminal(world.put({"content/briefings/a.md": header}), "ok")
    assert said.count("Enter for later") == 1
    assert "review" not in (world.root / "content/briefings/a.md").read_text()
