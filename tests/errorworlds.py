"""Bad worlds: for each code a tiny site with that fault, what it means, and what briefgen says of it."""

import errno
import fcntl
import os
import shlex
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from briefgen.preview import watch
from briefgen.problems import BriefgenError, show
from briefgen.rules import RULES
from briefgen.site.lock import locked
from tests.worlds import World

FOLDER = Path(__file__).parent / "errors"


@dataclass(frozen=True)
class BadWorld:
    """One folder of `errors/`: `about` says what the fault is and how to cure it, `commands` provoke it."""

    folder: Path
    code: str
    about: str
    commands: tuple[str, ...]

    @property
    def expected(self) -> str:
        """What the last command says."""
        return (self.folder / "expected.txt").read_text()

    @property
    def title(self) -> str:
        """What the code is about."""
        return RULES[self.code].about


def bad_worlds() -> list[BadWorld]:
    """All of them, by code."""
    return [_read(folder) for folder in sorted(FOLDER.iterdir()) if folder.name.startswith("BG")]


def _read(folder: Path) -> BadWorld:
    about, _, commands = (folder / "about.md").read_text().partition("\n\n")
    return BadWorld(folder, folder.name.partition("-")[0], about, tuple(line.strip() for line in commands.splitlines() if line.strip()))


def said_in(bad: BadWorld, root: Path) -> str:
    """What the last command says in the bad world, which is made at `root`."""
    world = World(root)
    shutil.copytree(FOLDER / "base", root)
    for part in ("site", "then"):
        if part == "then" and len(bad.commands) > 1:
            _said(world, bad.commands[0])
        if (bad.folder / part).is_dir():
            shutil.copytree(bad.folder / part, root, dirs_exist_ok=True)
    if bad.code in PROVOKED:
        return PROVOKED[bad.code](world)
    with SURROUNDINGS.get(bad.code, _as_it_is)(world):
        return _said(world, bad.commands[-1])


def _said(world: World, command: str) -> str:
    ran = world.run(*shlex.split(command)[1:])
    return ran.out + ran.err


# -- what files alone cannot bring about --------------------------------------------------------------------------


@contextmanager
def _as_it_is(_world: World) -> Iterator[None]:
    yield


@contextmanager
def _with_a_huge_file(world: World) -> Iterator[None]:
    world.put({"inbox/archive.txt": "Ministers agreed in principle on Wednesday.\n" * 250_000})
    yield


@contextmanager
def _without_the_libraries(world: World) -> Iterator[None]:
    # a module in the working folder is found before the one that is installed
    world.put({"lxml.py": "raise ImportError", "trafilatura.py": "raise ImportError"})
    yield


def _while_another_build_runs(world: World) -> str:
    world.put({".briefgen/lock": "4242\n"})
    with (world.root / ".briefgen/lock").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        try:
            with locked(world.root, patience=0):
                return ""
        except BriefgenError as error:
            return show(error.problems[0]) + "\n"


def _without_file_events(_world: World) -> str:
    return show(watch._no_events(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))) + "\n"  # noqa: SLF001 – its limit belongs to the machine


@contextmanager
def _with_a_folder_for_a_cache(world: World) -> Iterator[None]:
    (world.root / ".briefgen/documents.json").mkdir(parents=True)
    yield


SURROUNDINGS: dict[str, Callable[[World], AbstractContextManager[None]]] = {
    "BG506": _with_a_folder_for_a_cache,
    "BG603": _with_a_huge_file,
    "BG607": _without_the_libraries,
}
PROVOKED: dict[str, Callable[[World], str]] = {"BG505": _while_another_build_runs, "BG705": _without_file_events}
