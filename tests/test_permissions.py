"""Folders and files that may not be read or written are said with their place, leave the site as it was, and are forgotten by nobody."""

import ctypes
import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.worlds import Ran, World, command, surroundings, tree

_CAPBSET_DROP, _DAC_OVERRIDE, _DAC_READ_SEARCH = 24, 1, 2

pytestmark = pytest.mark.skipif(os.geteuid() == 0 and not Path("/proc/self/status").exists(), reason="here nothing is forbidden to root")


def _obey() -> None:
    """Let permissions hold for this process also when it is root's."""
    if os.geteuid() == 0:
        for capability in (_DAC_OVERRIDE, _DAC_READ_SEARCH):
            assert ctypes.CDLL(None).prctl(_CAPBSET_DROP, capability, 0, 0, 0) == 0


def run(world: World, *arguments: str) -> Ran:
    words = command(*arguments)
    ended = subprocess.run(words, cwd=world.root, env=surroundings(), capture_output=True, check=False, preexec_fn=_obey)
    return Ran(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


@pytest.fixture
def desk(world: World) -> Iterator[World]:
    """A site that was built, and of which a briefing was changed and another removed since."""
    world.briefing("call", "The call").briefing("vote", "The vote", "2024-05-06").put({"static/a.css": "x"})
    assert run(world, "build").code == 0
    world.briefing("call", "Another call")
    (world.root / "content/briefings/vote.md").unlink()
    yield world
    _open(world.root)


def _open(folder: Path) -> None:
    folder.chmod(0o755)
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            _open(path)
        elif not path.is_symlink():
            path.chmod(0o644)


NOT_READ = [
    ("content", 0, "content"),
    ("content/briefings", 0, "content/briefings"),
    ("content/briefings", 0o444, "content/briefings/call.md"),
    ("content/briefings/call.md", 0, "content/briefings/call.md"),
    ("static", 0o444, "static/a.css"),
    ("briefgen.yaml", 0, "briefgen.yaml"),
    ("public", 0, "public/.briefgen-manifest"),
    ("public/.briefgen-manifest", 0, "public/.briefgen-manifest"),
]
NOT_WRITTEN = [
    (".briefgen", 0, ".briefgen/lock"),
    (".briefgen", 0o555, ".briefgen/staging-"),
    ("public", 0o555, "public/.briefgen-manifest"),
    ("public/2025/03/18/call", 0o555, "public/2025/03/18/call/index.html"),
    ("public/2025", 0, "public/2025/03/18/call"),
    ("public/2024", 0, "public/2024/"),
]


@pytest.mark.parametrize(
    ("name", "mode", "place", "code"), [*((*row, "BG701") for row in NOT_READ), *((*row, "BG504") for row in NOT_WRITTEN)]
)
def test_what_may_not_be_touched_is_named_and_built_when_it_may(desk: World, name: str, mode: int, place: str, code: str) -> None:
    (desk.root / name).chmod(mode)
    ran = run(desk, "build")
    (desk.root / name).chmod(0o755 if stat.S_ISDIR((desk.root / name).stat().st_mode) else 0o644)
    assert (ran.code, ran.out, "Traceback" in ran.err) == (3, "", False)
    assert f"error[{code}]: cannot {'read' if code == 'BG701' else 'write'}: Permission denied\n  --> {place}" in ran.err
    assert run(desk, "build").code == 0
    left = tree(desk.public)
    assert run(desk, "build", "--fresh", "-o", "other").code == 0
    assert left == tree(desk.root / "other")


@pytest.mark.parametrize("name", [".briefgen/bodies", ".briefgen/documents.json"])
def test_a_cache_that_may_not_be_read_costs_time_only(desk: World, name: str) -> None:
    (desk.root / name).chmod(0)
    ran = run(desk, "build")
    assert (ran.code, "Traceback" in ran.err) == (0, False)
    assert "Another call" in desk.page("2025/03/18/call/")


def test_clean_forgets_no_page_that_it_may_not_remove(desk: World) -> None:
    (desk.public / "2025").chmod(0)
    ran = run(desk, "clean")
    (desk.public / "2025").chmod(0o755)
    assert (ran.code, ran.out, "Traceback" in ran.err) == (3, "", False)
    assert "error[BG504]: cannot write: Permission denied\n  --> public/2025/" in ran.err
    assert run(desk, "clean").code == 0
    assert not desk.public.exists()


def test_a_folder_that_may_not_be_read_does_not_keep_the_others_from_being_imported(world: World) -> None:
    for name in ("a/one", "b/two", "c/three"):
        world.put({f"in/{name}.txt": f"Ferry {name[2:]} is back\n\nFerry number {name[2:]} runs again.\n"})
    (world.root / "in/b").chmod(0)
    ran = run(world, "import", "in")
    (world.root / "in/b").chmod(0o755)
    assert ran.code == 3
    assert "error[BG701]: cannot read: Permission denied\n  --> in/b\n" in ran.err
    assert len(ran.out.splitlines()) == 2
