"""What the system refuses to write is said with its place, exit code 3; what was written before stays and is told."""

import errno
import os
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.faults import in_child
from tests.test_import_files import ARTICLE
from tests.test_import_review import open_world
from tests.worlds import Ran, World, command, run, surroundings, tree


def run_where_nothing_fits(world: World, *arguments: str) -> Ran:
    """Run `briefgen` where no file may have a byte, as on a disk that is full; also root must obey."""
    line = f"ulimit -f 0; exec {shlex.join(command(*arguments))}"
    ended = subprocess.run(["/bin/sh", "-c", line], cwd=world.root, env=surroundings(), capture_output=True, check=False)
    return Ran(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def test_an_import_that_cannot_write_tells_what_it_wrote_before(world: World) -> None:
    early = ARTICLE.replace("2025", "2024").replace("Harbour", "Market")
    world.put({"in/a.txt": early, "in/b.txt": ARTICLE, "content/briefings/2025": "a file where a folder must be"})
    ran = world.run("import", "in")
    assert (ran.code, ran.out) == (3, "content/briefings/2024/03/12-market-to-close-for-a-week.md\n")
    assert "error[BG504]: cannot write: Not a directory\n  --> content/briefings/2025/03/12-harbour-to-close-for-a-week.md\n" in ran.err
    assert "Imported 1 article" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [["review", "undated/talks", "--set", "date=2025-03-18"], ["import", "in/b.txt", "--into", "undated/talks"], ["new", "page", "A"]],
)
def test_a_file_that_cannot_be_written_is_left_as_it_is(world: World, arguments: list[str]) -> None:
    before = tree(open_world(world).put({"in/b.txt": ARTICLE}).root)
    ran = run_where_nothing_fits(world, *arguments)
    assert (ran.code, "error[BG504]: cannot write" in ran.err, "Traceback" in ran.err) == (3, True, False)
    assert tree(world.root) == before


def test_a_site_that_cannot_be_begun_names_its_folder(tmp_path: Path) -> None:
    ran = run(tmp_path, "init", "/dev/null/desk")
    assert ran.code == 3
    assert "  --> /dev/null/desk\n" in ran.err


def test_what_cannot_be_read_is_the_fault_of_the_surroundings_for_every_command(world: World) -> None:
    (world.root / "content").symlink_to("content")
    codes = {name: world.run(*name.split()).code for name in ("check", "build", "list pages")}
    assert set(codes.values()) == {3}, codes


def test_a_page_that_cannot_be_replaced_is_named_and_not_the_file_that_was_made_for_it(world: World) -> None:
    world.briefing("call").build()
    world.briefing("call", "Another title")
    before = tree(world.public)

    def work() -> int:
        plain = os.replace

        def refuse(source: str, target: str) -> None:
            if str(target).endswith(".html"):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(source), None, str(target))
            plain(source, target)

        os.replace = refuse  # type: ignore[assignment]  # narrower than what it stands for, and enough
        report, (problem, *_) = world.attempt()
        assert report is None
        return int((problem.code, problem.place.path) != ("BG504", "public/2025/03/18/call/index.html"))

    assert in_child(work) == 0
    assert {name for name, content in tree(world.public).items() if before[name] != content} == {".briefgen-manifest"}


def test_paths_that_cannot_be_read_are_named_from_the_site(world: World) -> None:
    world.briefing("call").put({"public/.briefgen-manifest/x": "a folder where a file must be"})
    ran = world.run("build")
    assert ran.code == 3
    assert "error[BG701]: cannot read: Is a directory\n  --> public/.briefgen-manifest\n" in ran.err
