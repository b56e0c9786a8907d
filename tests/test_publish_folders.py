"""Publishing on small folders: what is put in place, what goes, what stays, and what the manifest says meanwhile."""

import fcntl
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from briefgen.config import Config
from briefgen.problems import BriefgenError, show
from briefgen.site.lock import locked, locked_output
from briefgen.site.manifest import NAME, Owner, check_output, check_owner, owner_of, read_manifest, read_owner, write_manifest
from briefgen.site.publish import check_foreign, commit, failed, remove_all, remove_leftovers, stage, staging_folder, staging_path
from briefgen.site.switch import check_switch, is_switch, remove_switch, switch, versions
from tests.worlds import World, tree

DESK = Owner("https://desk.example/", "The desk")


def sha(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def lines(files: Mapping[str, str]) -> str:
    return "site  https://desk.example/  The desk\n" + "".join(f"{sha(text)}  {path}\n" for path, text in sorted(files.items()))


@dataclass(frozen=True)
class Output:
    """A site's root with an output folder, and what is published there."""

    root: Path
    name: str = "public"

    @property
    def folder(self) -> Path:
        return self.root / self.name

    def publish(self, files: Mapping[str, str], unstaged: tuple[str, ...] = ()) -> list[str]:
        """Put these files there, all staged but `unstaged`; the removed paths."""
        return commit(self.staged(files, unstaged), self.folder, {path: sha(text) for path, text in files.items()}, self.listed(), DESK)

    def turn(self, files: Mapping[str, str], unstaged: tuple[str, ...] = ()) -> list[str]:
        """Publish these files at once."""
        return switch(self.staged(files, unstaged), self.folder, {path: sha(text) for path, text in files.items()}, self.listed(), DESK)

    def staged(self, files: Mapping[str, str], unstaged: tuple[str, ...] = ()) -> Path:
        staging = staging_folder(self.root, self.folder)
        for path, text in files.items():
            if path not in unstaged:
                stage(staging / path, text.encode())
        return staging

    def listed(self) -> dict[str, set[str]]:
        return read_manifest(self.folder) or {}

    def put(self, files: Mapping[str, str]) -> None:
        World(self.folder).put(files)

    def files(self) -> dict[str, str]:
        """What is there but the manifest."""
        return {path: content.decode() for path, content in tree(self.folder).items() if path != NAME}

    def manifest(self) -> str:
        return (self.folder / NAME).read_text()


@pytest.fixture
def output(tmp_path: Path) -> Output:
    (tmp_path / "site").mkdir()
    return Output(tmp_path / "site")


SITE = {"index.html": "home", "2025/03/18/call/index.html": "call", "feed.xml": "feed"}


# -- file by file -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("there", [False, True])
def test_a_first_build_is_one_rename_of_a_whole_folder(output: Output, there: bool) -> None:
    deep = Output(output.root, "a/b/public")
    if there:
        deep.folder.mkdir(parents=True)
    inode = []
    staging = deep.staged(SITE)
    inode.append(staging.stat().st_ino)
    assert commit(staging, deep.folder, {path: sha(text) for path, text in SITE.items()}, {}, DESK) == []
    assert deep.folder.stat().st_ino == inode[0]
    assert deep.files() == SITE
    assert deep.manifest() == lines(SITE)
    assert not staging.exists()


def test_what_has_changed_is_put_in_place_and_what_is_gone_is_removed_with_its_empty_folders(output: Output) -> None:
    output.publish(SITE | {"2025/03/19/deal/index.html": "deal", "old.html": "old"})
    kept = (output.folder / "feed.xml").stat()
    new = {"index.html": "new home", "2025/03/18/call/index.html": "call", "feed.xml": "feed", "a/b/index.html": "b"}
    assert output.publish(new, unstaged=("feed.xml", "2025/03/18/call/index.html")) == ["2025/03/19/deal/index.html", "old.html"]
    assert output.files() == new
    assert output.manifest() == lines(new)
    assert (output.folder / "feed.xml").stat().st_ino == kept.st_ino
    assert sorted(path.name for path in (output.folder / "2025/03").iterdir()) == ["18"]


def test_a_build_that_changes_nothing_touches_nothing(output: Output) -> None:
    output.publish(SITE)
    before = (output.folder / NAME).stat()
    assert output.publish(SITE, unstaged=tuple(SITE)) == []
    assert ((output.folder / NAME).stat().st_ino, output.files()) == (before.st_ino, SITE)


def test_a_file_that_is_known_by_another_digest_gets_its_line(output: Output) -> None:
    output.publish(SITE)
    output.put({"feed.xml": "newer", NAME: lines(SITE)})
    output.publish(SITE | {"feed.xml": "newer"}, unstaged=(*SITE, "feed.xml"))
    assert output.manifest() == lines(SITE | {"feed.xml": "newer"})


def test_a_folder_becomes_a_file_and_a_file_a_folder(output: Output) -> None:
    output.publish({"a/b/c.html": "c", "a/b/d.html": "d", "x": "x", "y.html": "y"})
    assert output.publish({"a": "a", "x/z.html": "z", "y.html": "y"}) == ["a/b/c.html", "a/b/d.html", "x"]
    assert output.files() == {"a": "a", "x/z.html": "z", "y.html": "y"}


def test_empty_folders_of_others_give_way_to_a_page(output: Output) -> None:
    output.publish(SITE)
    (output.folder / "about/of/old").mkdir(parents=True)
    output.publish(SITE | {"about": "us"})
    assert output.files() == SITE | {"about": "us"}


@pytest.mark.parametrize(
    ("blocked", "there"),
    [
        ("2025/03/18/call/index.html", set()),
        ("2025/index.html", {"2025/03/18/call/index.html", "zulu/b/index.html"}),
        ("index.html", {"2025/03/18/call/index.html", "zulu/b/index.html", "2025/index.html"}),
        ("feed.xml", {"2025/03/18/call/index.html", "zulu/b/index.html", "2025/index.html", "index.html"}),
    ],
)
def test_pages_come_before_indexes_and_indexes_before_feeds_and_the_manifest_lists_both_until_all_are_there(
    output: Output, blocked: str, there: set[str]
) -> None:
    old = SITE | {"2025/index.html": "year", "zulu/b/index.html": "b", "x/gone.html": "gone"}
    output.publish(old)
    new = {path: f"new {text}" for path, text in old.items() if path != "x/gone.html"}
    (output.folder / blocked).unlink()
    output.put({f"{blocked}/foreign": "a foreign file stands in the way"})
    with pytest.raises(OSError, match=r"irectory"):
        output.publish(new)
    found = output.files()
    assert {path for path in new if found.get(path) == new[path]} == there
    assert "x/gone.html" in found
    assert output.listed() == {path: {sha(text), *({sha(new[path])} if path in new else ())} for path, text in old.items()}


def test_a_page_that_somebody_deleted_is_put_in_place_again(output: Output) -> None:
    output.publish(SITE)
    (output.folder / "feed.xml").unlink()
    assert output.publish(SITE, unstaged=("index.html", "2025/03/18/call/index.html")) == []
    assert output.files() == SITE


def test_what_is_not_briefgen_s_stays_beside_a_first_build(output: Output) -> None:
    output.put({NAME: "", "mine.txt": "mine"})
    assert output.publish(SITE) == []
    assert output.files() == SITE | {"mine.txt": "mine"}


def test_empty_folders_behind_a_symlink_that_gives_way_to_a_page_stay(output: Output) -> None:
    output.publish(SITE)
    (output.root / "elsewhere/empty").mkdir(parents=True)
    (output.folder / "about").symlink_to("../elsewhere")
    output.publish(SITE | {"about": "us"})
    assert output.files() == SITE | {"about": "us"}
    assert (output.root / "elsewhere/empty").is_dir()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no file is always full")
def test_a_full_disk_is_said_with_the_file_that_did_not_fit(output: Output) -> None:
    with pytest.raises(OSError, match="No space") as caught:
        stage("/dev/full", b"x" * 100_000)
    assert caught.value.filename == "/dev/full"
    output.folder.mkdir()
    (output.root / NAME).symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space") as caught:
        write_manifest(output.folder, DESK, [], output.root)
    assert caught.value.filename == str(output.root / NAME)


def test_nothing_is_removed_through_a_symlink_or_in_place_of_something_else(output: Output) -> None:
    output.publish(SITE | {"a/x.html": "x", "b.html": "b", "c.html": "c"})
    World(output.root).put({"elsewhere/x.html": "x", "elsewhere/d.html": "d"})
    (output.folder / "a/x.html").unlink()
    (output.folder / "a").rmdir()
    (output.folder / "a").symlink_to("../elsewhere")
    (output.folder / "b.html").unlink()
    output.put({"b.html/mine": "mine"})
    (output.folder / "c.html").unlink()
    (output.folder / "c.html").symlink_to("../elsewhere")
    assert output.publish(SITE, unstaged=tuple(SITE)) == ["c.html"]
    assert tree(output.root / "elsewhere") == {"x.html": b"x", "d.html": b"d"}
    assert (output.folder / "b.html/mine").read_text() == "mine"
    assert not os.path.lexists(output.folder / "c.html")


def test_a_file_that_has_only_got_another_name_is_not_removed(output: Output) -> None:
    output.publish({"Café.html": "c", "b.html": "b"})
    # where names differ by case, both lead to one file: as hard links do here
    os.link(output.folder / "Café.html", output.folder / "café.html")
    assert output.publish({"café.html": "c", "b.html": "b"}, unstaged=("café.html", "b.html")) == []
    assert output.files()["café.html"] == "c"


def test_names_that_differ_by_case_are_two_files_where_the_system_tells_them_apart(output: Output) -> None:
    output.publish({"Café.html": "c"})
    assert output.publish({"café.html": "d"}) == ["Café.html"]
    assert output.files() == {"café.html": "d"}


# -- whose file is it ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("there", "listed", "planned", "found"),
    [
        ({"a.html": "mine"}, (), ("a.html",), ["public/a.html"]),
        ({"a.html": "ours"}, ("a.html",), ("a.html",), []),
        ({"a.html": "mine"}, (), ("b.html",), []),
        ({"a": "mine"}, (), ("a/b/c.html", "a/b/d.html", "a/e.html"), ["public/a"]),
        ({"a/b": "mine"}, (), ("a/b/c.html", "a/d.html", "a/b/e.html"), ["public/a/b"]),
        ({"a": "ours"}, ("a",), ("a/b/c.html",), []),
        ({"a/mine": "mine", "a/ours": "ours"}, ("a/ours",), ("a",), ["public/a/mine"]),
        ({"a/b/z": "mine", "a/b/y": "mine"}, (), ("a",), ["public/a/b/y"]),
        ({"a/ours": "ours"}, ("a/ours",), ("a",), []),
        ({"a.html/mine": "mine"}, ("a.html",), ("a.html",), ["public/a.html/mine"]),
        ({"b": "mine"}, (), ("a/c.html", "a/d.html", "b/e.html"), ["public/b"]),
        ({"a.html": "mine", "b.html": "mine"}, (), ("a.html", "b.html"), ["public/a.html", "public/b.html"]),
    ],
)
def test_what_is_not_briefgen_s_and_stands_in_the_way_is_found(
    output: Output, there: dict[str, str], listed: tuple[str, ...], planned: tuple[str, ...], found: list[str]
) -> None:
    output.put(there)
    problems = list(check_foreign(output.folder, output.root, dict.fromkeys(planned, ""), {path: {sha("")} for path in listed}))
    assert [problem.place.path for problem in problems] == found


def test_symlinks_in_the_way_are_not_briefgen_s_whatever_they_lead_to(output: Output) -> None:
    output.put({"real/ours.html": "ours", "folder/ours": "ours"})
    (output.folder / "link").symlink_to("real")
    (output.folder / "broken").symlink_to("nowhere")
    (output.folder / "folder/link").symlink_to("../real")
    planned = dict.fromkeys(["link", "broken", "folder", "link/ours.html"], "")
    problems = list(check_foreign(output.folder, output.root, planned, {"real/ours.html": set(), "folder/ours": set()}))
    assert sorted({problem.place.path for problem in problems}) == [
        "public/broken",
        "public/folder/link",
        "public/link",
        "public/link/ours.html",
    ]
    assert show(problems[0]).splitlines() == [
        "error[BG502]: this is not briefgen's and stands where a page must go",
        "  --> public/link",
        "   = help: move it away, or give the page another URL",
    ]


def test_a_file_that_is_there_as_planned_but_in_no_manifest_is_a_foreign_one(output: Output) -> None:
    output.put({"a.html": "a"})
    assert [problem.place.path for problem in check_foreign(output.folder, output.root, {"a.html": sha("a")}, {})] == ["public/a.html"]
    assert list(check_foreign(output.folder, output.root, {"a.html": sha("a")}, {"a.html": {sha("a")}})) == []


# -- the folder aside ---------------------------------------------------------------------------------------------


def test_staging_is_an_empty_folder_of_its_own_for_each_output(output: Output) -> None:
    first, second = staging_folder(output.root, output.folder), staging_folder(output.root, output.root / "other/deep")
    assert first != second
    assert first.parent == second.parent == output.root / ".briefgen"
    stage(first / "left/over.html", b"left")
    (second / "link").symlink_to(output.root)
    second.rename(second.with_name("moved"))
    second.symlink_to(output.root)
    assert staging_path(output.root, output.folder) == first
    assert tree(staging_folder(output.root, output.folder)) == {}
    assert tree(staging_folder(output.root, output.root / "other/deep")) == {}
    assert output.root.is_dir()


@pytest.mark.skipif(not os.path.isdir("/dev/shm"), reason="there is no second file system")  # noqa: S108 – a file system, not a place to keep anything
def test_staging_is_in_the_file_system_of_the_output(output: Output, tmp_path_factory: pytest.TempPathFactory) -> None:
    if os.stat("/dev/shm").st_dev == output.root.stat().st_dev:  # noqa: S108 – as above
        pytest.skip("there is no second file system")
    other = Path("/dev/shm") / tmp_path_factory.mktemp("x").name / str(os.getpid())  # noqa: S108 – as above
    try:
        staging = staging_folder(output.root, other / "public")
        assert staging.stat().st_dev != output.root.stat().st_dev
        assert staging.name.startswith(".briefgen-staging-")
        staging.rmdir()
        (other / "real").mkdir(parents=True)
        output.folder.symlink_to(other / "real")
        assert staging_path(output.root, output.folder).parent == output.root / ".briefgen"  # it gives way to a whole new one
        output.put({"x": "x"})
        assert staging_path(output.root, output.folder).parent == output.folder  # it is filled
    finally:
        remove_leftovers(other)


def test_leftovers_go_whatever_they_are_and_nothing_behind_them(output: Output) -> None:
    World(output.root).put({"keep/me": "kept", "file": "x", "folder/in/it": "x"})
    (output.root / "link").symlink_to("keep")
    for name in ("file", "folder", "link", "nothing"):
        remove_leftovers(output.root / name)
    assert tree(output.root) == {"keep/me": b"kept"}


# -- all of it goes -----------------------------------------------------------------------------------------------


def test_cleaning_removes_what_is_briefgen_s_and_the_folder(output: Output) -> None:
    output.publish(SITE)
    assert remove_all(output.folder, output.listed()) == sorted(SITE)
    assert not output.folder.exists()
    assert remove_all(output.folder, {}) == []
    output.folder.mkdir()
    assert remove_all(output.folder, {}) == []
    assert not output.folder.exists()


def test_cleaning_leaves_what_is_not_briefgen_s_in_an_output_folder(output: Output) -> None:
    output.publish(SITE)
    output.put({"2025/mine.txt": "mine"})
    assert remove_all(output.folder, output.listed()) == sorted(SITE)
    assert tree(output.folder) == {NAME: b"", "2025/mine.txt": b"mine"}


def test_cleaning_a_symlink_empties_the_folder_that_it_leads_to(output: Output) -> None:
    (output.root / "real").mkdir()
    output.folder.symlink_to("real")
    World(output.folder).put({"a.html": "a", NAME: lines({"a.html": "a"})})
    assert remove_all(output.folder, output.listed()) == ["a.html"]
    assert (tree(output.root / "real"), output.folder.is_symlink()) == ({}, True)


# -- the manifest -------------------------------------------------------------------------------------------------


def test_a_manifest_names_each_file_with_its_digests_and_nothing_outside(output: Output) -> None:
    good = f"{sha('1')}  a/b.html\n{sha('2')}  a/b.html\n{sha('3')}  é 1.html\n"
    names = ("../x", "/etc/passwd", "a/../x", "a//b", "./a", "a\\b", NAME, "")
    bad = "".join(f"{sha('4')}  {name}\n" for name in names) + f"{'g' * 64}  c\n{sha('5')} d\n {sha('6')}  e\n{sha('7')[1:]}  f\n"
    output.put({NAME: bad + good + bad})
    assert read_manifest(output.folder) == {"a/b.html": {sha("1"), sha("2")}, "é 1.html": {sha("3")}}


def test_a_manifest_that_is_not_there_is_none_and_one_that_is_a_folder_is_an_error(output: Output) -> None:
    assert read_manifest(output.folder) is None
    output.put({f"{NAME}/x": "x"})
    with pytest.raises(BriefgenError) as caught:
        read_manifest(output.folder)
    assert caught.value.problems[0].place.path.endswith(NAME)


def test_the_same_site_has_the_same_manifest_and_it_stays(output: Output) -> None:
    output.folder.mkdir()
    aside = staging_folder(output.root, output.folder)
    write_manifest(output.folder, DESK, [(sha("2"), "b"), (sha("1"), "b"), (sha("3"), "a"), (sha("3"), "a")], aside)
    assert output.manifest() == lines({}) + f"{sha('3')}  a\n" + "".join(f"{digest}  b\n" for digest in sorted([sha("1"), sha("2")]))
    before = (output.folder / NAME).stat().st_ino
    write_manifest(output.folder, DESK, [(sha("3"), "a"), (sha("1"), "b"), (sha("2"), "b")], aside)
    assert (output.folder / NAME).stat().st_ino == before
    assert list(aside.iterdir()) == []


@pytest.mark.parametrize(
    ("first", "owner"),
    [
        ("site  https://desk.example/  The desk", DESK),
        ("site  -  The  desk é", Owner("", "The  desk é")),
        ("site  -  ", Owner("", "")),
        (f"{sha('1')}  a.html", None),
        ("site https://desk.example/ The desk", None),
        (" site  -  The desk", None),
        ("", None),
    ],
)
def test_the_first_line_of_a_manifest_says_whose_the_folder_is(output: Output, first: str, owner: Owner | None) -> None:
    assert read_owner(output.folder) is None
    output.put({NAME: f"{first}\n{sha('2')}  site  -  b.html\n"})
    assert read_owner(output.folder) == owner
    assert set(output.listed()) == {"site  -  b.html", *(["a.html"] if "a.html" in first else [])}


def test_a_manifest_that_is_no_text_does_no_harm(output: Output) -> None:
    World(output.folder).put({NAME: b"site  -  \xff\n" + sha("a").encode() + b"  \xff.html\n"})
    assert read_owner(output.folder) == Owner("", "\ufffd")
    assert output.listed() == {"\ufffd.html": {sha("a")}}


def test_a_site_without_an_address_writes_its_title_alone(output: Output) -> None:
    output.folder.mkdir()
    nameless = owner_of(Config(title=" The\n desk "))
    write_manifest(output.folder, nameless, [], staging_folder(output.root, output.folder))
    assert (output.manifest(), read_owner(output.folder)) == ("site  -  The desk\n", nameless)


@pytest.mark.parametrize(
    ("mine", "other", "one"),
    [
        (DESK, DESK, True),
        (DESK, Owner("https://other.example/", "The desk"), True),
        (DESK, Owner("https://desk.example/", "Another"), True),
        (DESK, Owner("https://other.example/", "Another"), False),
        (Owner("", "The desk"), Owner("", "Another"), False),
        (Owner("", "The desk"), Owner("", "The desk"), True),
    ],
)
def test_the_folder_of_another_site_is_left_alone(output: Output, mine: Owner, other: Owner, one: bool) -> None:
    outside = output.root.parent / "outside"
    check_owner(outside, output.root, mine, lambda: False)
    for folder in (outside, output.folder):
        folder.mkdir()
        write_manifest(folder, other, [], output.root)
    check_owner(output.folder, output.root, mine, lambda: False)
    check_owner(outside, output.root, mine, lambda: True)
    if one:
        check_owner(outside, output.root, mine, lambda: False)
        return
    with pytest.raises(BriefgenError) as caught:
        check_owner(outside, output.root, mine, lambda: False)
    said = "Another (https://other.example/)" if other.base_url else "Another"
    assert show(caught.value.problems[0]).splitlines() == [
        f"error[BG501]: this folder belongs to another site: {said}",
        f"  --> {outside}",
        "   = help: name another folder with `output:` or `-o`; if the other site is not needed, empty the folder first",
    ]


HOLDS = "this folder is or holds the site itself"


@pytest.mark.parametrize(
    ("where", "message"),
    [
        (".", HOLDS),
        ("..", HOLDS),
        ("/", HOLDS),
        *((f"{name}{below}", f"this folder is or lies in the site's {name}/")
          for name in ("content", "templates", "themes", "static", ".briefgen", ".git") for below in ("", "/a/b")),
        ("../home", "this folder is a home folder or the whole disk"),
        ("file", "this is a file, not a folder"),
        ("full", f"this folder is not empty and has no {NAME}: it is not an output folder of briefgen"),
        ("to-full", f"this folder is not empty and has no {NAME}: it is not an output folder of briefgen"),
    ],
)  # fmt: skip
def test_a_folder_that_is_not_for_output_is_refused(output: Output, monkeypatch: pytest.MonkeyPatch, where: str, message: str) -> None:
    World(output.root).put({"../home/x": "x", "file": "x", "full/x": "x"})
    (output.root / "to-full").symlink_to("full")
    monkeypatch.setenv("HOME", str(output.root.parent / "home"))
    with pytest.raises(BriefgenError) as caught:
        check_output(output.root / where, output.root)
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("BG501", message)
    assert problem.help == "name another folder with `output:` or `-o`; a new one will be made"
    assert problem.place.path.endswith(where.strip("./"))


@pytest.mark.parametrize("where", ["new", "a/new", "empty", "ours", "contents", "../new", "../home/new", "to-new"])
def test_a_folder_that_is_nobody_s_or_an_output_already_is_taken(output: Output, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    World(output.root).put({"../home/x": "x", f"ours/{NAME}": "", "ours/x": "x"})
    (output.root / "empty").mkdir()
    (output.root / "to-new").symlink_to("new")
    monkeypatch.setenv("HOME", str(output.root.parent / "home"))
    check_output(output.root / where, output.root)


def test_what_the_system_refuses_is_said_with_the_file_and_a_cure(output: Output) -> None:
    full = failed(OSError(28, "No space left on device", str(output.folder / "a.html")), output.folder, output.root)
    assert (full.exit_code, show(full.problems[0]).splitlines()) == (
        3,
        [
            "error[BG504]: cannot write: No space left on device",
            "  --> public/a.html",
            "   = help: make room and build again; the site is as it was, or whole",
        ],
    )
    denied = failed(PermissionError(13, "Permission denied"), output.folder, output.root).problems[0]
    assert (denied.place.path, denied.help) == ("public", "check the folder and its permissions; the site is as it was, or whole")
    quota = failed(OSError(122, "Disk quota exceeded", os.fsencode(output.folder / "é")), output.folder, output.root).problems[0]
    assert (quota.place.path, quota.help[:9]) == ("public/é", "make room")
    assert failed(OSError("torn"), output.folder, output.root).problems[0].message == "cannot write: torn"


# -- all at once --------------------------------------------------------------------------------------------------


def test_each_build_turns_the_output_to_the_other_whole_folder(output: Output) -> None:
    deep = Output(output.root, "a/b/public")
    one, two = versions(deep.folder)
    assert deep.turn(SITE) == []
    assert (deep.folder.readlink(), is_switch(deep.folder), deep.files(), deep.manifest()) == (Path(one.name), True, SITE, lines(SITE))
    new = SITE | {"index.html": "new home", "new.html": "new"}
    del new["feed.xml"]
    assert deep.turn(new, unstaged=("2025/03/18/call/index.html",)) == ["feed.xml"]
    assert (deep.folder.readlink(), deep.files(), deep.manifest()) == (Path(two.name), new, lines(new))
    assert os.path.samefile(one / "2025/03/18/call/index.html", two / "2025/03/18/call/index.html")
    assert {path for path in tree(one) if path != NAME} == set(SITE)  # who still reads from it finds it whole
    assert deep.turn(SITE) == ["new.html"]
    assert (deep.folder.readlink(), deep.files()) == (Path(one.name), SITE)
    assert sorted(path.name for path in deep.folder.parent.iterdir()) == [one.name, two.name, "public"]
    assert list((output.root / ".briefgen").iterdir()) == []


def test_where_the_system_has_no_hard_links_files_are_copied(output: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    output.turn(SITE)

    def refused(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refused)
    output.turn(SITE, unstaged=tuple(SITE))
    assert output.files() == SITE
    assert (output.folder / "feed.xml").stat().st_nlink == 1


def test_only_a_symlink_between_two_folders_can_be_turned(output: Output) -> None:
    check_switch(output.folder, output.root)
    assert not is_switch(output.folder)
    output.put({"mine": "mine"})
    with pytest.raises(BriefgenError) as caught:
        check_switch(output.folder, output.root)
    assert show(caught.value.problems[0]).splitlines() == [
        "error[BG501]: `--atomic` turns a symlink, and this is a folder",
        "  --> public",
        "   = help: run `briefgen clean` first, or name another folder with `-o`",
    ]
    (output.folder / "mine").unlink()
    check_switch(output.folder, output.root)
    output.turn(SITE)
    assert output.files() == SITE
    output.folder.unlink()
    output.folder.symlink_to("elsewhere")
    assert not is_switch(output.folder)
    with pytest.raises(BriefgenError):
        check_switch(output.folder, output.root)


def test_foreign_files_in_either_folder_are_told_and_nothing_is_removed(output: Output) -> None:
    output.turn(SITE)
    output.turn(SITE)
    one, two = versions(output.folder)
    check_switch(output.folder, output.root)
    World(one).put({"2025/mine": "mine", "also": "mine"})
    (two / "link").symlink_to("2025")
    before = tree(output.root)
    for act in (check_switch, lambda folder, root: remove_switch(folder, root, {})):
        with pytest.raises(BriefgenError) as caught:
            act(output.folder, output.root)
        assert [problem.place.path for problem in caught.value.problems] == [".public.1/also", ".public.1/2025/mine", ".public.2/link"]
    assert show(caught.value.problems[0]).splitlines() == [
        "error[BG502]: this is not briefgen's, and `--atomic` replaces the whole folder",
        "  --> .public.1/also",
        "   = help: keep it in static/, or build without `--atomic`",
    ]
    assert tree(output.root) == before


def test_cleaning_removes_the_symlink_and_both_folders(output: Output) -> None:
    output.turn(SITE)
    assert remove_switch(output.folder, output.root, output.listed()) == sorted(SITE)  # there is one folder only
    output.turn(SITE)
    output.turn(SITE)
    remove_switch(output.folder, output.root, output.listed())
    assert tree(output.root) == {}


# -- one build at a time ------------------------------------------------------------------------------------------


def test_while_one_holds_the_lock_another_is_told_who(output: Output) -> None:
    with locked(output.root), pytest.raises(BriefgenError) as caught, locked(output.root, patience=0):
        pass
    assert (caught.value.exit_code, show(caught.value.problems[0]).splitlines()) == (
        3,
        [
            f"error[BG505]: another build is running (process {os.getpid()})",
            "  --> .briefgen/lock",
            "   = help: wait for it to end, or stop it",
        ],
    )
    with locked(output.root, patience=0):  # it is free again
        assert (output.root / ".briefgen/lock").read_text() == f"{os.getpid()}\n"


def test_who_holds_the_lock_need_not_have_said_so(output: Output) -> None:
    with locked(output.root):
        for written in (b"", b"not a number", b"\xff\xfe"):
            (output.root / ".briefgen/lock").write_bytes(written)
            with pytest.raises(BriefgenError) as caught, locked(output.root, patience=0):
                pass
            assert caught.value.problems[0].message == "another build is running (another process)"


def test_the_lock_says_its_holder_only_and_sweeps_up_after_a_build_that_was_killed(output: Output) -> None:
    World(output.root).put(
        {".briefgen/lock": "a long line of an older one\n", ".briefgen/.x.tmp": "half", ".briefgen/documents.json": "kept"}
    )
    with locked(output.root):
        assert tree(output.root / ".briefgen") == {"lock": f"{os.getpid()}\n".encode(), "documents.json": b"kept"}


def test_a_folder_for_the_lock_that_cannot_be_is_an_error(output: Output) -> None:
    (output.root / ".briefgen").write_text("mine")
    with pytest.raises(BriefgenError) as caught, locked(output.root):
        pass
    assert (caught.value.exit_code, show(caught.value.problems[0]).splitlines()) == (
        3,
        [
            "error[BG504]: this is a file, and briefgen keeps what it remembers in a folder of this name",
            "  --> .briefgen",
            "   = help: move the file away",
        ],
    )
    (output.root / ".briefgen").unlink()
    (output.root / ".briefgen/lock").mkdir(parents=True)
    with pytest.raises(BriefgenError) as caught, locked(output.root):
        pass
    assert (caught.value.exit_code, show(caught.value.problems[0]).splitlines()) == (
        3,
        ["error[BG504]: cannot write: Is a directory", "  --> .briefgen/lock", "   = help: check the folder and its permissions"],
    )


def test_the_lock_is_never_taken_through_a_symlink(output: Output) -> None:
    World(output.root).put({"thesis.doc": "years of work", ".briefgen/x": ""})
    (output.root / ".briefgen/lock").symlink_to("../thesis.doc")
    with pytest.raises(BriefgenError), locked(output.root):
        pass
    assert (output.root / "thesis.doc").read_text() == "years of work"


def test_while_one_writes_to_an_output_folder_another_waits_for_it(output: Output) -> None:
    output.put({"x": "x"})
    with locked_output(output.folder, output.root), pytest.raises(BriefgenError) as caught, locked_output(output.folder, output.root, 0):
        pass
    assert (caught.value.exit_code, show(caught.value.problems[0]).splitlines()) == (
        3,
        [
            "error[BG505]: another build is writing to this folder",
            "  --> public",
            "   = help: wait for it to end, or name another folder with `output:` or `-o`",
        ],
    )
    with locked_output(output.folder, output.root, 0):  # it is free again
        assert tree(output.folder) == {"x": b"x"}


def test_a_folder_that_was_made_to_be_locked_goes_again_unless_something_is_put_into_it(output: Output) -> None:
    deep = output.root / "a/b/public"
    with locked_output(deep, output.root):
        assert deep.is_dir()
    assert list(output.root.iterdir()) == []
    with locked_output(deep, output.root):
        World(deep).put({"index.html": "home"})
    assert tree(output.root) == {"a/b/public/index.html": b"home"}
    output.folder.mkdir()
    with locked_output(output.folder, output.root):
        pass
    assert output.folder.is_dir()


def test_a_symlink_that_leads_nowhere_any_more_is_no_folder_to_be_locked(output: Output) -> None:
    output.folder.symlink_to("nowhere")
    with locked_output(output.folder, output.root):
        pass
    assert output.folder.is_symlink()
    assert not output.folder.exists()


@pytest.mark.parametrize("anew", [True, False])
def test_a_folder_that_went_while_a_build_waited_for_it_is_locked_anew(output: Output, monkeypatch: pytest.MonkeyPatch, anew: bool) -> None:
    output.put({"x": "x"})
    holder = locked_output(output.folder, output.root)
    holder.__enter__()

    def meanwhile(seconds: float) -> None:
        assert 0 <= seconds < 60
        output.folder.rename(output.root / "old")
        if anew:
            output.folder.mkdir()
        holder.__exit__(None, None, None)

    monkeypatch.setattr(time, "sleep", meanwhile)
    with locked_output(output.folder, output.root, 60):
        assert output.folder.is_dir()
        with pytest.raises(BriefgenError), locked_output(output.folder, output.root, -1):
            pass


def test_where_the_system_knows_no_locks_a_build_goes_on(output: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> None:
        raise OSError(37, "No locks available")

    with locked(output.root), locked_output(output.folder, output.root):
        with monkeypatch.context() as patched:
            patched.setattr(fcntl, "flock", unknown)
            with locked(output.root, 0), locked_output(output.folder, output.root, 0):
                pass
        with monkeypatch.context() as patched:
            patched.setitem(sys.modules, "fcntl", None)
            with locked(output.root, 0), locked_output(output.folder, output.root, 0):
                pass
