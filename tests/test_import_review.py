"""`briefgen review`: what is open, and edits on the editor's word alone."""

import json
from pathlib import Path

from tests.worlds import World, run, text_of, tree

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
    assert ran.out.splitlines() == [
        "undated/talks – Talks",
        "  date: not in the text; days named: Tuesday",
        "  people: Almgren is named by surname only",
        "    | Almgren said so.",
        "    perhaps Bo Almgren, Ida Almgren",
        "  → briefgen review undated/talks --set FIELD=VALUE, or --close FIELD",
        "",
    ]
    assert ran.err == "2 notes open in 1 briefing\n"


def test_open_notes_are_lines_of_json_or_annotations_too(world: World) -> None:
    found = [json.loads(line) for line in open_world(world).run("review", "--format", "json").out.splitlines()]
    assert [(note["briefing"], note["line"], note["field"]) for note in found] == [
        ("undated/talks", 5, "date"),
        ("undated/talks", 7, "people"),
    ]
    assert (found[1]["candidates"], found[1]["now"]) == (["Bo Almgren", "Ida Almgren"], ["Almgren"])
    said = world.run("review", "--format", "github").out
    assert "::warning file=content/briefings/undated/talks.md,line=5,col=1,title=BG112::date: not in the text" in said


def test_setting_a_field_closes_its_notes_and_changes_nothing_else(world: World) -> None:
    before = (open_world(world).root / "content/briefings/undated/talks.md").read_text()
    ran = world.run("review", "undated/talks", "--set", "date=2025-03-18")
    after = (world.root / "content/briefings/undated/talks.md").read_text()
    assert ran.err == "undated/talks: 1 note open\n"
    note = "- field: date\n  reason: 'not in the text; days named: Tuesday'\n"
    assert after == before.replace(note, "").replace("title: Talks\n", "title: Talks\ndate: '2025-03-18'\n")


def test_the_last_note_takes_the_key_with_it(world: World) -> None:
    open_world(world).run("review", "undated/talks", "--set", "people=Bo Almgren", "--close", "date")
    text = (world.root / "content/briefings/undated/talks.md").read_text()
    assert text == "---\ntitle: Talks\npeople:   [Bo Almgren]  # as typed\nextra: {ours: yes}\n---\n\nAlmgren said so.\n"


def test_the_end_of_an_embargo_is_set_and_closes_its_note(world: World) -> None:
    raw = "EMBARGOED until noon on Friday\nLock at Vessel Point to close\nThe lock at Vessel Point closes for a week, the board said.\n"
    assert world.put({"in.txt": raw}).run("import", "in.txt").code == 0
    name = "undated/lock-at-vessel-point-to-close"
    assert "  publish: the text is under embargo" in world.run("review", name).out
    assert world.run("review", name, "--set", "publish=noon on Friday").code == 1
    assert world.run("review", name, "--set", "publish=2031-03-14T12:00").code == 0
    header = (world.root / f"content/briefings/{name}.md").read_text()
    assert "publish: 2031-03-14T12:00\n" in header
    assert "field: publish" not in header


def test_a_source_is_set_inside_the_first_source(world: World) -> None:
    world.put({"content/briefings/a.md": text_of("A", sources="\n- origin: a.txt", review="\n- {field: source, reason: not named}")})
    world.run("review", "a", "--set", "source=Point Press")
    assert "sources: \n- name: Point Press\n  origin: a.txt\n---" in (world.root / "content/briefings/a.md").read_text()


def test_setting_people_keeps_the_roles_that_they_have(world: World) -> None:
    world.put(
        {"content/briefings/a.md": text_of("A", people="\n- {name: Bo Ek, role: mayor}\n- Ida Ek", review="\n- {field: people, reason: x}")}
    )
    world.run("review", "a", "--set", "people=Bo Ek", "--set", "people=Eva Ek")
    assert "people: \n- {name: Bo Ek, role: mayor}\n- Eva Ek\n---" in (world.root / "content/briefings/a.md").read_text()


def test_values_of_a_list_stand_apart_by_semicolons_or_come_one_by_one(world: World) -> None:
    world.put({"content/briefings/a.md": text_of("A", review="\n- {field: topics, reason: x}")})
    world.run("review", "a", "--set", "topics=Ferries; Ports, docks and canals", "--set", "topics=Halden")
    assert "topics:\n- Ferries\n- Ports, docks and canals\n- Halden\n" in (world.root / "content/briefings/a.md").read_text()


def test_what_cannot_be_set_is_refused_with_the_reason(world: World) -> None:
    before = (open_world(world).root / "content/briefings/undated/talks.md").read_text()
    for arguments, said in (
        (["undated/talks", "--set", "date=Tuesday"], "`Tuesday` is no day"),
        (["undated/talks", "--set", "date=20250318"], "`20250318` is no day"),
        (["undated/talks", "--set", "layout=x"], "`layout` cannot be set from here"),
        (["undated/talk", "--close", "date"], "did you mean `undated/talks`?"),
        (["undated/talk"], "did you mean `undated/talks`?"),
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


def test_a_file_that_is_not_utf8_is_not_touched(world: World) -> None:
    header = text_of("Caf\xe9", review="\n- {field: title, reason: derived}").encode("latin-1")
    before = tree(world.put({"content/briefings/a.md": header}).root)
    ran = world.run("review", "a", "--close", "title")
    assert (ran.code, "error[BG109]: not UTF-8 text" in ran.err, tree(world.root) == before) == (1, True, True)


def test_the_mode_of_a_file_stays(world: World) -> None:
    path = open_world(world).root / "content/briefings/undated/talks.md"
    path.chmod(0o664)
    world.run("review", "undated/talks", "--close", "date")
    assert path.stat().st_mode & 0o777 == 0o664
