"""`briefgen review`: what is open, and edits on the editor's word alone."""

from tests.worlds import World, text_of

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
