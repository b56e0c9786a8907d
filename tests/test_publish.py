"""The output folder: only what is in its manifest is briefgen's, and whatever became of it, a build makes it right."""

import os
import shutil
import socket
from pathlib import Path

import pytest

from briefgen.journal import write_piece
from tests.worlds import World, tree

ABOUT = "---\ntitle: About\n---\n\nWho we are.\n"


@pytest.fixture
def desk(world: World) -> World:
    """A site with a briefing, a topic and a page, built."""
    world.briefing("call", "The call", topics="[Energy]").put({"content/pages/about.md": ABOUT, "static/logo.svg": "<svg/>"})
    world.build()
    return world


def clean_build(world: World) -> dict[str, bytes]:
    """What the output is when it is built for the first time."""
    fresh = World(world.root.with_name("fresh"))
    shutil.rmtree(fresh.root, ignore_errors=True)
    shutil.copytree(world.root, fresh.root, symlinks=True, ignore=shutil.ignore_patterns("public", ".public.*", ".briefgen"))
    fresh.build()
    return tree(fresh.public)


# -- folders that are not safe ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "output", [".", "..", "content", "content/briefings", "static", "templates/x", "themes", ".briefgen", ".git/x", "/", "~"]
)
def test_an_output_folder_that_is_or_holds_the_site_or_a_home_is_refused(
    world: World, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(world.root.parent / "home"))
    (world.root.parent / "home").mkdir()
    world.briefing("call")
    before = tree(world.root.parent)
    report, problems = world.attempt(os.path.expanduser(output))
    assert report is None
    assert [problem.code for problem in problems] == ["BG501"]
    assert tree(world.root.parent) == before


def test_a_symlink_to_such_a_folder_is_refused(world: World) -> None:
    world.briefing("call")
    world.public.symlink_to("content")
    assert world.found() == ["BG501"]


def test_a_folder_with_files_and_no_manifest_is_refused(world: World) -> None:
    world.briefing("call").put({"public/thesis.doc": "years of work"})
    assert world.found() == ["BG501"]
    assert tree(world.public) == {"thesis.doc": b"years of work"}


def test_a_file_where_the_output_folder_must_go_is_refused(world: World) -> None:
    assert world.briefing("call").put({"public": "notes"}).found() == ["BG501"]


def test_an_empty_folder_and_a_symlink_to_one_are_filled(desk: World) -> None:
    for name in ("empty", "elsewhere"):
        (desk.root.parent / name).mkdir()
    (desk.root / "linked").symlink_to(desk.root.parent / "elsewhere")
    desk.build("../empty")
    desk.build("linked")
    assert (desk.root / "linked").is_symlink()
    assert tree(desk.root.parent / "empty") == tree(desk.root.parent / "elsewhere") == tree(desk.public)


# -- files that are not ours --------------------------------------------------------------------------------------


def test_foreign_files_stay_whatever_is_built_and_removed(desk: World) -> None:
    foreign = {".git/HEAD": "ref", "CNAME": "desk.example", ".well-known/x": "y", "notes.txt": "mine", "2025/03/18/call/mine.txt": "mine"}
    desk.put({f"public/{name}": text for name, text in foreign.items()})
    (desk.root / "content/briefings/call.md").unlink()
    desk.build()
    left = tree(desk.public)
    assert {name: left[name].decode() for name in foreign} == foreign
    assert "2025/03/18/call/index.html" not in left
    shutil.rmtree(desk.root / ".briefgen")
    before = tree(desk.root)
    assert desk.run("clean", "--dry-run").out.splitlines()[:-1] == sorted(set(left) - {*foreign, ".briefgen-manifest"})
    assert tree(desk.root) == before
    assert desk.run("clean").code == 0
    assert set(tree(desk.public)) == {*foreign, ".briefgen-manifest"}
    desk.build()
    assert desk.run("clean").code == 0


@pytest.mark.parametrize("there", ["notes/index.html", "notes", "notes/index.html/deep.txt"])
def test_a_foreign_file_where_a_page_must_go_is_an_error_before_anything_is_written(desk: World, there: str) -> None:
    desk.put({f"public/{there}": "mine", "content/pages/notes.md": ABOUT})
    before = tree(desk.public)
    assert desk.found() == ["BG502"]
    assert tree(desk.public) == before


def test_a_symlink_in_the_output_is_never_followed(desk: World) -> None:
    elsewhere = desk.root.parent / "elsewhere"
    shutil.copytree(desk.public / "topics", elsewhere)
    shutil.rmtree(desk.public / "topics")
    (desk.public / "topics").symlink_to(elsewhere)
    before = tree(elsewhere)
    desk.edit("content/briefings/call.md", "The call", "The long call")
    assert set(desk.found()) == {"BG502"}
    (desk.root / "content/briefings/call.md").unlink()
    desk.attempt()
    assert tree(elsewhere) == before


@pytest.mark.parametrize("line", ["../content/briefings/call.md", "/etc/hostname", "a/../../content/pages/about.md", ".briefgen-manifest"])
def test_a_manifest_that_somebody_edited_removes_nothing_outside(desk: World, line: str) -> None:
    manifest = desk.public / ".briefgen-manifest"
    manifest.write_text(manifest.read_text() + f"{'0' * 64}  {line}\n")
    before = tree(desk.root / "content")
    desk.build()
    desk.run("clean")
    assert tree(desk.root / "content") == before
    assert Path("/etc/hostname").exists()


# -- files that changed places ------------------------------------------------------------------------------------


def test_an_edited_page_is_put_right_with_a_warning(desk: World) -> None:
    before = tree(desk.public)
    desk.put({"public/about/index.html": "edited"})
    report, problems = desk.attempt()
    assert report is not None
    assert report.rebuilt == (("about/index.html", "not what was written"),)
    assert [(problem.code, problem.place.path) for problem in problems] == [("BG503", "public/about/index.html")]
    assert tree(desk.public) == before


@pytest.mark.parametrize("swap", ["file", "symlink", "empty folders"])
def test_a_page_that_became_something_else_is_put_right(desk: World, swap: str) -> None:
    before = tree(desk.public)
    page = desk.public / "about/index.html"
    page.unlink()
    if swap == "symlink":
        page.symlink_to(desk.root / "content/pages/about.md")
    elif swap == "empty folders":
        (page / "a/b").mkdir(parents=True)
    desk.build()
    assert tree(desk.public) == before
    assert (desk.root / "content/pages/about.md").read_text() == ABOUT


def test_a_folder_becomes_a_file_and_a_file_a_folder(desk: World) -> None:
    desk.put({"static/data": "a file", "static/shelf/a.txt": "a", "static/shelf/b/c.txt": "c"})
    desk.build()
    (desk.root / "static/data").unlink()
    shutil.rmtree(desk.root / "static/shelf")
    desk.put({"static/data/a.txt": "now a folder", "static/shelf": "now a file"})
    desk.build()
    assert tree(desk.public) == clean_build(desk)


def test_a_name_that_changes_in_case_or_unicode_form_only(desk: World) -> None:
    desk.put({"static/Logo.PNG": "1", "static/cafe\u0301.txt": "2"})
    desk.build()
    (desk.root / "static/Logo.PNG").rename(desk.root / "static/logo.png")
    (desk.root / "static/cafe\u0301.txt").rename(desk.root / "static/caf\u00e9.txt")
    desk.build()
    assert tree(desk.public) == clean_build(desk)


def test_a_page_and_a_static_file_that_want_one_path_are_an_error(desk: World) -> None:
    assert desk.put({"static/About/index.html": "mine"}).found() == ["BG202"]


# -- two outputs, lost and restored ones --------------------------------------------------------------------------


def test_two_output_folders_and_two_addresses_in_turn_stay_apart(desk: World) -> None:
    one = tree(desk.public)
    desk.build("other", base_url="https://other.example/deep/")
    other = tree(desk.root / "other")
    for _ in range(2):
        assert desk.build().changed == ()
        assert desk.build("other", base_url="https://other.example/deep/").changed == ()
    assert tree(desk.public) == one
    assert tree(desk.root / "other") == other
    assert desk.build(base_url="https://other.example/deep/").changed
    assert tree(desk.public) == other
    desk.build()
    assert tree(desk.public) == one


def test_an_output_that_was_deleted_restored_or_copied_is_made_right(desk: World) -> None:
    backup = desk.root.parent / "backup"
    shutil.copytree(desk.public, backup)
    shutil.rmtree(desk.public)
    desk.build()
    assert tree(desk.public) == clean_build(desk)
    desk.edit("content/pages/about.md", "Who", "What")
    (desk.root / "content/briefings/call.md").unlink()
    desk.build()
    shutil.rmtree(desk.public)
    shutil.copytree(backup, desk.public)  # an older site, with its own manifest
    desk.build()
    assert tree(desk.public) == clean_build(desk)
    moved = World(desk.root.rename(desk.root.with_name("moved")))
    assert moved.build().changed == ()


@pytest.mark.parametrize("damage", ["lost", "empty", "cut", "garbage", "changed", "folders", "another version", "deep"])
def test_a_cache_that_is_lost_old_damaged_or_hostile_costs_time_only(desk: World, damage: str) -> None:
    expected = tree(desk.public)
    cache = desk.root / ".briefgen"
    for path in [*cache.glob("*.json")]:
        content = path.read_bytes()
        if damage == "folders":
            path.unlink()
            path.mkdir()
            continue
        changed = {
            "lost": None,
            "empty": b"",
            "cut": content[: len(content) // 2],
            "garbage": os.urandom(2000),
            "changed": content.replace(b"The call", b"The wall").replace(b"Energy", b"Enermy"),
            "another version": b'{"version":"1","form":"0","documents":[],"built":{}}',
            "deep": b"[" * 100_000,
        }[damage]
        path.unlink() if changed is None else path.write_bytes(changed)
    desk.build()
    assert tree(desk.public) == expected
    desk.edit("content/briefings/call.md", "The call", "The long call")
    desk.build()
    assert tree(desk.public) == clean_build(desk)


@pytest.mark.parametrize("row", ["null", "9" * 6000, "[" * 100_000, '["k", "p", "s", Infinity, 1, 2, 3]', '["k", "p", 5, "x"]', "[]", "{}"])
def test_a_ledger_that_somebody_wrote_and_sealed_costs_time_only(desk: World, row: str) -> None:
    expected = tree(desk.public)
    for path in (desk.root / ".briefgen").glob("ledger-*"):
        write_piece(path, f'{{"form": "3", "settings": ["a", "b", "c"], "built": {{"index.html": {row}}}}}'.encode())
    desk.build()
    assert tree(desk.public) == expected


def test_symlinks_in_the_cache_folder_lead_briefgen_nowhere(desk: World) -> None:
    precious = desk.root / "content/pages/about.md"
    for name in ["lock", "documents.json", *(path.name for path in (desk.root / ".briefgen").glob("ledger-*"))]:
        (desk.root / ".briefgen" / name).unlink(missing_ok=True)
        (desk.root / ".briefgen" / name).symlink_to(precious)
    report, problems = desk.attempt()
    assert precious.read_text() == ABOUT
    assert report is not None or [problem.code for problem in problems] == ["BG504"]


# -- what is no plain file in content/ and static/ ----------------------------------------------------------------


def test_symlinks_lead_to_files_of_the_site_only(desk: World) -> None:
    secret = desk.root.parent / "secret.txt"
    secret.write_text("S3CR3T")
    (desk.root / "content/briefings/leak.md").symlink_to(secret)
    (desk.root / "static/leak.txt").symlink_to(secret)
    (desk.root / "static/folder").symlink_to("/etc")
    (desk.root / "static/loop").symlink_to("loop")
    (desk.root / "content/briefings/round").symlink_to(".")
    (desk.root / "static/again.svg").symlink_to("logo.svg")
    (desk.root / "templates").mkdir()
    (desk.root / "templates/entry.html").symlink_to(secret)
    desk.build()
    assert (desk.public / "again.svg").read_text() == "<svg/>"
    assert not (desk.public / "again.svg").is_symlink()
    assert not any(b"S3CR3T" in content for content in tree(desk.public).values())
    assert not {"leak.txt", "folder", "loop"} & {name.split("/")[0] for name in tree(desk.public)}


def test_pipes_sockets_and_folders_that_look_like_files_are_passed_over(desk: World) -> None:
    expected = tree(desk.public)
    os.mkfifo(desk.root / "content/briefings/pipe.md")
    os.mkfifo(desk.root / "static/pipe")
    (desk.root / "content/briefings/folder.md").mkdir()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(os.path.relpath(desk.root / "static/door"))
        desk.build()
    assert tree(desk.public) == expected


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_an_error_with_its_name(desk: World) -> None:
    for name in ("content/briefings/call.md", "static/logo.svg"):
        (desk.root / name).chmod(0)
    assert desk.found() == ["BG701", "BG701"]


@pytest.mark.parametrize("name", [b"bad\xff.md", b"line\nbreak.md", b"back\\slash.md", b"esc\x1b[31m.md"])
@pytest.mark.parametrize("folder", ["content/briefings", "static"])
def test_a_name_that_no_page_could_have_is_an_error_that_names_the_file(desk: World, folder: str, name: bytes) -> None:
    path = os.path.join(os.fsencode(desk.root / folder), name)
    with open(path, "wb") as file:
        file.write(b"---\ntitle: Odd\ndate: 2025-03-18\n---\n")
    ran = desk.run("build")
    assert ran.code == 1
    assert "error[BG109]" in ran.err
    assert "Traceback" not in ran.err
    assert "\x1b" not in ran.err


def test_hidden_files_and_backups_of_editors_are_no_content(desk: World) -> None:
    expected = tree(desk.public)
    names = [".#call.md", "call.md~", ".call.md.swp", "#call.md#", "4913", ".DS_Store", "call.md.tmp"]
    desk.put({f"content/briefings/{name}": "not front matter" for name in names})
    desk.put({f"static/{name}": "x" for name in names})
    desk.build()
    assert tree(desk.public) == expected


# -- publishing at once -------------------------------------------------------------------------------------------


def test_an_atomic_build_turns_a_symlink_between_two_whole_folders(world: World) -> None:
    world.briefing("call", "The call", topics="[Energy]").put({"content/pages/about.md": ABOUT})
    assert world.run("build", "--atomic").code == 0
    first = world.public.resolve()
    old = tree(world.public)
    assert old == clean_build(world)
    world.edit("content/pages/about.md", "Who", "What")
    assert world.run("build", "--atomic").code == 0
    assert world.public.resolve() != first
    assert tree(first) == old  # who still reads from it is not disturbed
    assert tree(world.public) == clean_build(world)
    world.build()  # an ordinary build works in the folder that the symlink leads to
    assert world.public.is_symlink()
    assert world.run("clean").code == 0
    assert sorted(path.name for path in world.root.iterdir()) == ["briefgen.yaml", "content"]


def test_an_atomic_build_that_has_nothing_to_do_changes_nothing(world: World) -> None:
    world.briefing("call")
    assert world.run("build", "--atomic").code == 0
    assert "(0 changed)" in world.run("build", "--atomic").out


@pytest.mark.parametrize("where", ["public", ".public.1"])
def test_an_atomic_build_refuses_foreign_files_and_plain_folders(world: World, where: str) -> None:
    world.briefing("call")
    world.run("build", *(["--atomic"] if where != "public" else []))
    world.put({f"{where}/CNAME": "desk.example"})
    before = tree(world.root)
    ran = world.run("build", "--atomic")
    assert ran.code == 1
    assert ("BG501" if where == "public" else "BG502") in ran.err
    assert {name: content for name, content in tree(world.root).items() if not name.startswith(".briefgen/")} == {
        name: content for name, content in before.items() if not name.startswith(".briefgen/")
    }
