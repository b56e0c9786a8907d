"""What commands have in common: colours, quiet, days, and words that can be pasted."""

import re
import shlex
from pathlib import Path

import pytest

from briefgen import files
from briefgen.problems import BriefgenError
from tests.worlds import World, run, text_of, tree

BROKEN = text_of("The deal", "soon", topics="Energy")


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "0"}, False), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def test_colours_are_as_the_environment_asks(world: World, environment: dict[str, str], *, coloured: bool) -> None:
    world.put({"content/briefings/a.md": BROKEN})
    ran = world.run("check", **{"NO_COLOR": "", **environment})
    assert ("\x1b[31m" in ran.out) == coloured


def test_the_help_lists_the_commands_as_they_are_used_each_in_a_whole_sentence(tmp_path: Path) -> None:
    listed = run(tmp_path, "--help").out.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in listed][:5] == ["init", "new", "import", "review", "build"]
    assert [line for line in listed if line.endswith("...") or not line.endswith(".")] == []


def test_the_next_steps_can_be_pasted(tmp_path: Path) -> None:
    ran = run(tmp_path, "init", "Anna's McKay desk")
    first = next(line for line in ran.out.splitlines() if line.startswith("  cd "))
    assert shlex.split(first) == ["cd", "Anna's McKay desk"]
    assert "title: Anna's McKay desk\n" in (tmp_path / "Anna's McKay desk/briefgen.yaml").read_text()


@pytest.mark.parametrize(("folder", "title"), [("iran-IAEA_talks", "Iran IAEA talks"), ("McKay", "McKay")])
def test_a_site_is_titled_as_its_folder_is_named(tmp_path: Path, folder: str, title: str) -> None:
    ran = run(tmp_path, "init", "-q", folder)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert f"title: {title}\n" in (tmp_path / folder / "briefgen.yaml").read_text()


def test_today_is_the_day_in_the_zone_of_the_site(world: World) -> None:
    world.put({"briefgen.yaml": "timezone: Pacific/Auckland\n", "a.txt": "The ferry is late.\n"})
    late = {"SOURCE_DATE_EPOCH": "1742299200"}  # noon in Greenwich on 18 March 2025
    assert world.run("new", "briefing", "Late", **late).out == "content/briefings/2025/03/19-late.md\n"
    assert world.run("new", "briefing", "Later", "--date", "today", **late).out == "content/briefings/2025/03/19-later.md\n"
    assert world.run("import", "a.txt", "--date", "today", **late).out.startswith("content/briefings/2025/03/19-")


def test_a_title_needs_no_quotes_and_a_draft_is_called_one(world: World) -> None:
    assert world.run("new", "person", "Lucian", "Abbeyfield").out == "content/people/lucian-abbeyfield.md\n"
    assert "name: Lucian Abbeyfield\n" in (world.root / "content/people/lucian-abbeyfield.md").read_text()
    assert "A draft" in world.run("new", "briefing", "Late").err
    assert world.run("new", "topic", "Ferries").err == ""


@pytest.mark.parametrize("day", ["20250318", "2025-W12-2", "18 March", "2025-02-30"])
@pytest.mark.parametrize("command", [["new", "briefing", "A", "--date"], ["import", "a.txt", "--date"]])
def test_no_command_takes_for_a_day_what_front_matter_does_not(world: World, command: list[str], day: str) -> None:
    before = tree(world.put({"a.txt": "The ferry is late.\n"}).root)
    ran = world.run(*command, day)
    assert (ran.code, f"`{day}` is no day" in ran.err) == (2, True)
    assert tree(world.root) == before


def test_files_that_are_not_listed_are_counted_once_each(world: World) -> None:
    world.put({"content/briefings/a.md": BROKEN})
    assert world.run("list", "briefings").err == "1 file has errors and is not listed; `briefgen check` shows the errors.\n"
    world.put({"content/briefings/b.md": BROKEN})
    assert world.run("list", "briefings").err == "2 files have errors and are not listed; `briefgen check` shows the errors.\n"


def test_a_name_cannot_steer_the_terminal_as_an_annotation_either(world: World) -> None:
    ran = world.put({"content/briefings/a\x1b[31mb.md": BROKEN}).run("check", "--format", "github")
    assert "::error file=content/briefings/a" in ran.out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", ran.out)


def test_only_an_import_is_told_of_standard_input(world: World) -> None:
    assert "- for standard input" in world.run("import", "/dev/null").err
    with pytest.raises(BriefgenError) as refused:
        files.read(Path("/dev/null"))
    assert [problem.help for problem in refused.value.problems] == ["put a plain file in its place"]


@pytest.mark.parametrize(
    ("arguments", "place", "cure"),
    [
        ([], "briefgen.yaml", "-C DIR"),
        (["-C", "nowhere"], "nowhere/briefgen.yaml", "-C DIR"),
        (["-c", "x.yaml"], "x.yaml", "after `-c`"),
        (["-C", "nowhere", "-c", "x.yaml"], "x.yaml", "after `-c`"),
    ],
)
@pytest.mark.parametrize("command", ["check", "serve", "new page A"])
def test_a_configuration_that_is_not_there_is_named_as_it_was_given(
    tmp_path: Path, command: str, arguments: list[str], place: str, cure: str
) -> None:
    ran = run(tmp_path, *command.split(), *arguments)
    assert (ran.code, "error[BG301]" in ran.out + ran.err) == (1, True)
    assert f"  --> {place}\n" in ran.out + ran.err
    assert cure in ran.out + ran.err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("image: foo.png", "`image` must be a table with `src` and `alt`, not `foo.png`"),
        ("image: foo.png", "write `src: …` and the other keys one a line, indented; there are `src`, `alt`, `credit`"),
        ("weight: heavy", "write it in digits, as in `weight: 10`"),
        ("draft: maybe", "write `draft: true` or `draft: false`"),
    ],
)
def test_a_value_of_another_form_is_told_how_to_write_it(world: World, line: str, said: str) -> None:
    world.put({"content/briefings/a.md": f"---\ntitle: A\n{line}\n---\n"})
    assert said in world.run("check").out


def test_a_word_of_few_is_told_which_was_meant(world: World) -> None:
    assert "did you mean `file`?" in world.put({"briefgen.yaml": "links: files\n"}).run("check").out
    assert "write `url`, or leave the key out" in world.put({"briefgen.yaml": "links: relative\n"}).run("check").out


@pytest.mark.parametrize("now", ["9999-12-31T23:59:59Z", "0001-01-01"])
def test_a_time_that_another_zone_cannot_tell_is_wrong_usage(world: World, now: str) -> None:
    world.put({"briefgen.yaml": "title: Desk\ntimezone: Asia/Tokyo\n"})
    for ran in (world.run("build", "--now", now), world.run("build", SOURCE_DATE_EPOCH="253402300799")):
        assert (ran.code, "must be in the years 2 to 9998" in ran.err, "Traceback" in ran.err) == (2, True, False)


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        (["briefgen", "sch"], {"schema"}),
        (["briefgen", "new", "s"], {"story", "source"}),
        (["briefgen", "build", "--at"], {"--atomic"}),
        (["briefgen", "terms", ""], {"merge"}),
    ],
)
def test_a_shell_completes_commands_options_and_choices(tmp_path: Path, words: list[str], completed: set[str]) -> None:
    asked = {"_BRIEFGEN_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    assert {line.partition(",")[2] for line in run(tmp_path, **asked).out.splitlines()} == completed


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_lines_that_a_shell_needs_are_printed(tmp_path: Path, shell: str) -> None:
    ran = run(tmp_path, _BRIEFGEN_COMPLETE=f"{shell}_source")
    assert "_BRIEFGEN_COMPLETE" in ran.out
    assert ran.err == ""


def test_no_more_pages_have_changed_than_there_are(tmp_path: Path) -> None:
    run(tmp_path, "init", "-q", "desk")
    first = re.search(r"Built (\d+) pages \((\d+) changed\)", run(tmp_path / "desk", "build").out)
    assert first
    assert first[1] == first[2]


@pytest.mark.parametrize(
    "command",
    [
        ["import", "LONG"],
        ["import", "a.txt", "--into", "LONG"],
        ["import", "--from", "hugo", "LONG"],
        ["review", "LONG"],
        ["build", "-o", "LONG"],
        ["build", "--atomic", "-o", "LONG/x"],
        ["build", "-c", "named.yaml"],
        ["check", "-c", "themed.yaml"],
        ["clean", "-o", "LONG"],
    ],
)
def test_a_name_that_no_file_can_have_is_told_and_changes_nothing(world: World, command: list[str]) -> None:
    long = "n" * 300
    world.put({"a.txt": "The ferry is late.\n", "named.yaml": f"output: {long}\n", "themed.yaml": f"theme: {long}\n"})
    before = tree(world.root)
    ran = world.run(*(word.replace("LONG", long) for word in command))
    assert (ran.code in (1, 3), "error[BG" in ran.err + ran.out, "Traceback" in ran.err) == (True, True, False), ran
    assert {name: content for name, content in tree(world.root).items() if not name.startswith(".briefgen/")} == before
