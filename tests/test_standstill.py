"""A build in which nothing moved ends early; one in which something moved never does, whatever the clocks say."""

import os
import shutil
from collections.abc import Callable
from typing import Any

import pytest

from briefgen.site.update import Way
from tests.faults import in_child
from tests.worlds import CONFIG, World, text_of, tree


def when_opened(name: str, act: Callable[[], object]) -> None:
    """From now on in this process, do something just before a file of this name is opened."""
    plain = os.open

    def opened(path: Any, *arguments: Any, **options: Any) -> int:
        if os.fsdecode(path).endswith(name):
            act()
        return plain(path, *arguments, **options)

    os.open = opened


def stop_the_clock(path: str) -> None:
    """From now on in this process, all changes of a file fall within one tick of its file system's clock."""
    plain = os.stat
    now = plain(path)

    def looked_at(asked: Any, *arguments: Any, **options: Any) -> os.stat_result:
        return now if asked == path or os.fspath(asked) == path else plain(asked, *arguments, **options)

    os.stat = looked_at  # type: ignore[assignment]  # a function for a function


def test_a_file_that_is_saved_again_in_the_tick_in_which_it_was_read_is_read_again(world: World) -> None:
    world.briefing("call", "The call").briefing("zulu", "The last")
    path = world.root / "content/briefings/call.md"

    def work() -> int:
        stop_the_clock(str(path))
        when_opened("zulu.md", lambda: path.write_text(text_of("The wall")))
        world.build()
        assert "The call" in world.page("2025/03/18/call/")
        world.build()
        return int("The wall" not in world.page("2025/03/18/call/"))

    assert in_child(work) == 0


@pytest.mark.parametrize("seconds", [0, 1, 4_000_000_000])
def test_a_time_that_lies_hides_no_change(world: World, seconds: int) -> None:
    for number in range(3):
        world.briefing(f"b{number}", f"Title {number}")
    for path in (world.root / "content/briefings").iterdir():
        os.utime(path, (seconds, seconds))  # all are equal: 1970, or the next century
    world.build()
    path = world.root / "content/briefings/b1.md"
    path.write_text(text_of("Titel 1"))  # as long as before
    os.utime(path, (seconds, seconds))
    assert "2025/03/18/b1/index.html" in world.build().changed
    assert "Titel 1" in world.page("2025/03/18/b1/")
    before = tree(world.public)
    assert world.build().rebuilt == ()
    assert tree(world.public) == before


@pytest.mark.parametrize(
    "kept", [".briefgen/documents.json", ".briefgen/ledger-*.json", ".briefgen/ledger-*.last", ".briefgen/bodies/*.pack"]
)
def test_a_pipe_where_briefgen_keeps_what_it_remembers_makes_no_build_wait(world: World, kept: str) -> None:
    world.briefing("call", "The call").build()
    (path,) = world.root.glob(kept)
    path.unlink()
    os.mkfifo(path)
    world.briefing("call", "The wall")
    assert world.run("build").code == 0
    assert "The wall" in world.page("2025/03/18/call/")


def test_a_pipe_for_a_manifest_is_told(world: World) -> None:
    world.briefing("call").build()
    (world.public / ".briefgen-manifest").unlink()
    os.mkfifo(world.public / ".briefgen-manifest")
    ran = world.run("build")
    assert (ran.code, "not a regular file\n  --> public/.briefgen-manifest" in ran.err) == (3, True)


def test_that_the_cache_could_not_be_saved_is_said_once(world: World) -> None:
    world.put({"briefgen.yaml": CONFIG, ".briefgen/documents.json/in-the-way": ""}).briefing("call")
    assert world.found() == ["BG506"]
    shutil.rmtree(world.root / ".briefgen/documents.json")
    assert world.attempt(way=Way(strict=True))[1] == []
