"""`briefgen build --profile`: the stages of a build, what each worked on, and that it changes nothing."""

import errno
import multiprocessing
import os
import signal
import time
from collections.abc import Iterable

import pytest

from briefgen.parallel import aside, share
from briefgen.stopwatch import Stopwatch
from tests.worlds import World, tree

LOOKING = ["starting", "looking at the input", "comparing with the last build"]


def rows_of(table: str) -> dict[str, tuple[list[float], str]]:
    """The rows of a printed table: the three figures of each stage, and what it worked on."""
    lines = [line for line in table.splitlines() if line[:1].strip()]
    return {line[:32].strip(): ([float(figure) for figure in line[32:].split()[:3]], line[65:].strip()) for line in lines[1:]}


def test_a_profile_names_every_stage_and_what_it_worked_on(world: World) -> None:
    world.briefing("one", people="[Ann Lee]").briefing("two", "Another")
    ran = world.run("build", "--profile")
    rows = rows_of(ran.err)
    assert [*rows][:3] == LOOKING
    assert rows["reading content"][1] == rows["writing the cache"][1] == "2 files"
    assert rows["assembling the library"][1] == "2 briefings"
    built = ran.out.removeprefix("Built ").partition(" (")[0]
    assert rows["planning pages"][1] == rows["judging pages"][1] == rows["rendering"][1] == built
    assert rows["putting in place"][1] == rows["looking at the output"][1] == f"{len(tree(world.public)) - 1} files"  # less the manifest


def test_the_stages_are_the_whole(world: World) -> None:
    world.briefing("one")
    rows = rows_of(world.run("build", "--profile").err)
    everything = rows.pop("everything")[0]
    sums = [sum(column) for column in zip(*(figures for figures, _ in rows.values()), strict=True)]
    assert sums == pytest.approx(everything, abs=0.001 * len(rows))  # each is rounded to a thousandth
    assert all(figure >= 0 for figures, _ in rows.values() for figure in figures)


def test_a_build_with_nothing_to_do_has_the_stages_of_looking(world: World) -> None:
    world.briefing("one")
    world.run("build")
    assert [*rows_of(world.run("build", "--profile").err)] == [*LOOKING, "everything"]


def test_nobody_is_told_who_does_not_ask_and_no_clock_reaches_the_site(world: World) -> None:
    world.briefing("one")
    assert "rendering" not in world.run("build", "-o", "plain").err
    world.run("build", "-o", "profiled", "--profile", "--fresh")
    assert tree(world.root / "plain") == tree(world.root / "profiled")


def test_the_time_of_worker_processes_is_that_of_the_stage_they_work_for() -> None:
    parent = os.getpid()

    def work(tasks: Iterable[int]) -> int:
        # which process gets which task is chance: each of the others works, whatever it gets
        end = time.process_time() + 0.1
        while os.getpid() != parent and time.process_time() < end:
            pass
        return sum(tasks)

    stopwatch = Stopwatch()
    stopwatch.lap("before", 0, "task")
    share(work, [1, 2, 3], jobs=3, fewest=1)
    stopwatch.lap("shared", 3, "task")
    assert stopwatch.stages[1].took.workers >= 0.15


@pytest.mark.parametrize("jobs", [1, 2])
def test_work_aside_gives_its_result_or_its_fault_as_often_as_asked(jobs: int) -> None:
    with aside(lambda: [os.getpid()], jobs) as made:
        assert made() == made()
        assert (made() == [os.getpid()]) == (jobs == 1)
    with aside(lambda: os.listdir("no such folder"), jobs) as made, pytest.raises(FileNotFoundError, match="no such folder"):
        made()


def test_work_aside_that_nobody_waits_for_ends_with_its_block() -> None:
    with aside(lambda: time.sleep(3600), 2):
        assert len(multiprocessing.active_children()) == 1
    assert multiprocessing.active_children() == []


def test_work_aside_whose_process_cannot_begin_or_is_killed_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    here = os.getpid()
    with aside(lambda: here if os.getpid() == here else os.kill(os.getpid(), signal.SIGKILL), 2) as made:
        assert made() == here

    def full() -> int:
        raise BlockingIOError(errno.EAGAIN, "no more processes")

    monkeypatch.setattr(os, "fork", full)
    with aside(os.getpid, 2) as made:
        assert made() == here
    assert share(sum, [1, 2, 3], jobs=3, fewest=1) == [6]


def test_a_fault_of_ours_in_a_worker_is_raised_with_its_place() -> None:
    def work(numbers: Iterable[int]) -> list[float]:
        return [1 / number if os.getpid() != here else 0 for number in numbers]

    here = os.getpid()
    with aside(lambda: work([0]), 2) as made, pytest.raises(RuntimeError, match=r"in work\n(.|\n)*ZeroDivisionError"):
        made()
