"""Where the system has no fork, no locks, no links or no limits, everything is done all the same, only more slowly."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefgen import files
from tests.faults import in_child
from tests.test_import_files import ARTICLE
from tests.worlds import Ran, World, surroundings, tree

WITHOUT = """
import os, signal, sys
for name in "fork forkpty pread pwrite getppid sched_getaffinity O_NONBLOCK O_NOFOLLOW mkfifo geteuid getuid".split():
    if hasattr(os, name):
        delattr(os, name)
for name in ("pthread_sigmask", "SIGXFSZ", "SIGPIPE", "SIGALRM"):
    delattr(signal, name)
for name in ("fcntl", "resource", "termios", "pwd", "grp"):
    sys.modules[name] = None
def open_no_folder(path, flags, *arguments, open=os.open, **options):
    if os.path.isdir(path):
        raise PermissionError(13, "Permission denied", path)
    return open(path, flags, *arguments, **options)
os.open = open_no_folder
"""
ALL_MODULES = """
import importlib, pkgutil, briefgen
for module in pkgutil.walk_packages(briefgen.__path__, "briefgen."):
    if module.name != "briefgen.__main__":
        importlib.import_module(module.name)
"""


def run_elsewhere(folder: Path, program: str, *arguments: str) -> Ran:
    """Run a program where Python has no more than on a system without fork, locks and signals' masks."""
    words = [sys.executable, "-c", WITHOUT + program, *arguments]
    ended = subprocess.run(words, cwd=folder, env=surroundings(), capture_output=True, text=True, check=False)
    return Ran(ended.returncode, ended.stdout, ended.stderr)


def test_every_module_can_be_imported(tmp_path: Path) -> None:
    assert run_elsewhere(tmp_path, ALL_MODULES) == Ran(0, "", "")


def test_a_site_is_imported_built_changed_and_removed(world: World) -> None:
    command = "import briefgen.cli; briefgen.cli.main()"
    for number in range(130):  # enough for several processes, if there were any
        world.briefing(f"b{number}", f"Title {number}", f"2025-03-{1 + number % 28:02}", topics="[Energy]")
    world.put({"in/a.txt": ARTICLE, "in/b.html": f"<html><body><h1>Port</h1><p>{ARTICLE}</p></body></html>"})
    assert len(run_elsewhere(world.root, command, "import", "in").out.splitlines()) == 2
    for words in (["build", "-j", "2"], ["build", "-j", "2"], ["build", "--atomic", "-o", "turned"]):
        ran = run_elsewhere(world.root, command, *words)
        assert (ran.code, "Traceback" in ran.err) == (0, False), ran
        world.briefing("b7", f"Changed by {len(words)}", "2025-03-08")
        (world.root / "content/briefings/b9.md").unlink(missing_ok=True)
    assert run_elsewhere(world.root, command, "build").code == 0
    here = World(world.root.with_name("here")).put({name: text for name, text in tree(world.root).items() if is_source(name)})
    here.build()
    assert tree(world.public) == tree(here.public)
    assert run_elsewhere(world.root, command, "check").code == 0
    assert run_elsewhere(world.root, command, "clean").code == 0
    assert not world.public.exists()


def is_source(name: str) -> bool:
    return name.startswith("content/") or name == "briefgen.yaml"


@pytest.mark.parametrize("reason", [errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS])
def test_where_there_are_no_links_a_new_file_is_still_made_whole_or_not_at_all(tmp_path: Path, reason: int) -> None:
    path = tmp_path / "a.md"

    def work() -> int:
        os.link = refusing(reason)
        files.create(path, b"whole")
        try:
            files.create(path, b"other")
        except FileExistsError:
            pass
        else:
            return 1
        os.replace = os.rename = refusing(errno.EIO)
        try:
            files.create(tmp_path / "b.md", b"whole")
        except OSError as error:
            return int(error.errno != errno.EIO)
        return 1

    assert in_child(work) == 0
    assert tree(tmp_path) == {"a.md": b"whole"}
    assert path.stat().st_mode & 0o777 == 0o666 & ~current_mask()


def refusing(reason: int) -> Callable[..., Any]:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(reason, os.strerror(reason))

    return refuse


def current_mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize("reason", [errno.ENOLCK, errno.EOPNOTSUPP, errno.EBADF])
def test_where_there_are_no_locks_a_site_is_built_all_the_same(world: World, reason: int) -> None:
    world.briefing("call")

    def work() -> int:
        import fcntl

        fcntl.flock = refusing(reason)
        world.build()
        return 0

    assert in_child(work) == 0
    assert "A briefing" in world.page("2025/03/18/call/")
