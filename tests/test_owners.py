"""Two sites that name one output folder: one is refused, and one waits for the other; whatever is moved or copied goes on."""

import multiprocessing
import os
import shutil
import subprocess
import threading
import time
from pathlib import Path

import pytest

from briefgen.problems import BriefgenError
from briefgen.site.lock import locked_output
from briefgen.site.update import Way
from tests.faults import in_child
from tests.worlds import World, command, surroundings, text_of, tree


def site(folder: Path, title: str, base_url: str = "") -> World:
    """A site with one briefing that is named after it, and an output folder beside all sites."""
    address = f"base_url: {base_url}\n" if base_url else ""
    world = World(folder).put({"briefgen.yaml": f"title: {title}\noutput: ../www\n{address}"})
    return world.briefing(folder.name, f"News of {title}")


@pytest.mark.parametrize("base_url", ["", "https://desk.example/"])
def test_a_site_does_not_write_into_the_folder_of_another(tmp_path: Path, base_url: str) -> None:
    one, other = site(tmp_path / "one", "One", base_url), site(tmp_path / "other", "Other", base_url and f"{base_url}other/")
    assert one.run("build").code == 0
    before = tree(tmp_path / "www")
    for words in (["build"], ["build", "--fresh"], ["clean"]):
        ran = other.run(*words)
        assert ran.code == 1
        name = f"One ({base_url})" if base_url else "One"
        assert f"error[BG501]: this folder belongs to another site: {name}\n" in ran.err
        assert "= help: name another folder with `output:` or `-o`; if the other site is not needed, empty the folder first" in ran.err
        assert tree(tmp_path / "www") == before
    assert other.run("build", "-o", "../www2").code == 0
    assert one.run("build").code == 0


def test_who_builds_into_a_folder_inside_another_site_is_refused_and_that_site_is_not(tmp_path: Path) -> None:
    one, other = site(tmp_path / "one", "One"), site(tmp_path / "other", "Other")
    assert one.run("build", "-o", "public").code == 0
    assert other.run("build", "-o", "../one/public").code == 1
    one.edit("briefgen.yaml", "title: One", "title: One more")
    shutil.rmtree(one.root / ".briefgen")
    assert one.run("build", "-o", "public").code == 0


@pytest.mark.parametrize("what", ["moved", "copied", "checked out", "restored", "renamed", "another address", "both", "old manifest"])
def test_one_site_goes_on_wherever_it_lies_and_however_it_changes(tmp_path: Path, what: str) -> None:
    one = site(tmp_path / "one", "One", "https://desk.example/")
    assert one.run("build").code == 0
    www = tmp_path / "www"
    backup = shutil.copytree(www, tmp_path / "backup")
    match what:
        case "moved":
            one = World(one.root.rename(tmp_path / "moved"))
        case "copied":
            one = World(shutil.copytree(one.root, tmp_path / "copied"))
        case "checked out":
            one = World(shutil.copytree(one.root, tmp_path / "a1b2", ignore=shutil.ignore_patterns(".briefgen")))
        case "restored":
            one.briefing("later", "Later").run("build")
            shutil.rmtree(www)
            backup.rename(www)
        case "renamed":
            one.edit("briefgen.yaml", "title: One", "title: Renamed")
            shutil.rmtree(one.root / ".briefgen")
        case "another address":
            one.edit("briefgen.yaml", "desk.example", "news.example")
            shutil.rmtree(one.root / ".briefgen")
        case "both":
            one.put({"briefgen.yaml": "title: Renamed\noutput: ../www\n"})
        case "old manifest":
            lines = (www / ".briefgen-manifest").read_text().splitlines(keepends=True)
            (www / ".briefgen-manifest").write_text("".join(lines[1:]))
    one.briefing("new", "New")
    assert one.run("build").code == 0
    assert (www / "2025/03/18/new/index.html").exists()
    first = World(shutil.copytree(one.root, tmp_path / "first/site", ignore=shutil.ignore_patterns(".briefgen")))
    assert first.run("build").code == 0
    assert tree(www) == tree(tmp_path / "first/www")


def test_the_title_of_another_site_steers_no_terminal(tmp_path: Path) -> None:
    one, other = site(tmp_path / "one", "One"), site(tmp_path / "other", "Other")
    assert one.run("build").code == 0
    manifest = tmp_path / "www/.briefgen-manifest"
    manifest.write_text(manifest.read_text().replace("One", "\x1b[31mOne\x07"))
    ran = other.run("build")
    assert ran.code == 1
    assert "\x1b" not in ran.err
    assert "\x07" not in ran.err


def test_copies_of_one_site_that_build_into_one_folder_at_once_make_one_site(tmp_path: Path) -> None:
    one = site(tmp_path / "0", "One")
    copies = [one, *(World(shutil.copytree(one.root, tmp_path / str(number))) for number in range(1, 5))]
    for words in (["build"], ["build", "--fresh"], ["build", "--atomic", "-o", "../turned"]):
        running = [
            subprocess.Popen(command(*words), cwd=copy.root, env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for copy in copies
        ]
        ended = [(process.communicate(timeout=120)[1], process.returncode) for process in running]
        assert ended == [(ended[0][0], 0)] * len(copies), ended
    alone = World(shutil.copytree(one.root, tmp_path / "alone/site", ignore=shutil.ignore_patterns(".briefgen")))
    assert alone.run("build").code == 0
    assert tree(tmp_path / "www") == tree(tmp_path / "turned") == tree(tmp_path / "alone/www")
    assert sorted(path.name for path in (tmp_path / "www").iterdir() if path.name.startswith(".")) == [".briefgen-manifest", ".nojekyll"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_copy_of_a_site_writes_while_pages_are_planned_is_put_right(tmp_path: Path, jobs: int) -> None:
    one = site(tmp_path / "one", "One").put({"content/pages/about.md": text_of("About", "", "Us.")})
    one.build("../www")
    copy = World(tmp_path / "copy").put(tree(one.root) | {"content/pages/about.md": text_of("About", "", "Others.")})

    def meanwhile(stage: str, _count: int, _of: str) -> None:
        if stage == "planning pages":
            for looking in multiprocessing.active_children():
                looking.join()
            assert copy.build("../www").changed

    one.briefing("two", "More")
    one.build("../www", way=Way(jobs, lap=meanwhile))
    one.build("../clean")
    assert tree(tmp_path / "www") == tree(tmp_path / "clean")


def test_who_must_wait_for_an_output_folder_too_long_is_told(tmp_path: Path) -> None:
    output = tmp_path / "new/www"
    with locked_output(output, tmp_path):

        def other() -> int:
            try:
                with locked_output(output, tmp_path, patience=0.1):
                    return 1
            except BriefgenError as error:
                return int([(problem.code, problem.place.path) for problem in error.problems] != [("BG505", "new/www")])

        assert in_child(other) == 0
    assert os.listdir(tmp_path) == []


def test_what_a_copy_of_a_site_that_is_killed_writes_while_pages_are_planned_is_put_right(tmp_path: Path) -> None:
    one = site(tmp_path / "one", "One").put({"content/pages/about.md": text_of("About", "", "Us.")})
    one.build("../www")
    copy = World(tmp_path / "copy").put(tree(one.root) | {"content/pages/about.md": text_of("About", "", "Others.")})
    begun, go_on = tmp_path / "begun", tmp_path / "go on"

    def waits_and_dies() -> int:
        replace = os.replace

        def replaced(old: object, new: object) -> None:
            if str(new).endswith("about/index.html"):
                begun.touch()
                while not go_on.exists():
                    time.sleep(0.01)
                replace(str(old), str(new))
                os._exit(9)
            replace(str(old), str(new))

        os.replace = replaced  # type: ignore[assignment]  # as much of it as is used
        copy.build("../www")
        return 0

    def meanwhile(stage: str, _count: int, _of: str) -> None:
        if stage == "planning pages":
            for looking in multiprocessing.active_children():
                looking.join()
            go_on.touch()
            killed.join()

    killed = threading.Thread(target=in_child, args=[waits_and_dies])
    killed.start()
    while not begun.exists():
        time.sleep(0.01)
    one.briefing("two", "More")
    one.build("../www", way=Way(2, lap=meanwhile))
    one.build("../clean")
    assert tree(tmp_path / "www") == tree(tmp_path / "clean")
