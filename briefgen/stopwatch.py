"""A stopwatch for the stages of a command: what each took, and what it worked on."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass

Lap = Callable[[str, int, str], None]
"""Says that a stage is over: its name, on how many it worked, and of what, in the singular."""


def unmeasured(_stage: str, _count: int, _of: str) -> None:
    """The lap of a command that nobody measures."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Seconds: by the clock, of this process's processor time, and of that of the worker processes which have ended."""

    wall: float
    own: float
    workers: float


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage that is over."""

    name: str
    count: int
    of: str
    took: Reading


class Stopwatch:
    """Runs from when it is made; the time since the last lap belongs to the stage which a lap names, so that nothing is left out.

    The processor time of Python's own start belongs to the first stage.
    """

    def __init__(self) -> None:
        """Start it."""
        self.stages: list[Stage] = []
        self._last = Reading(time.perf_counter(), 0.0, 0.0)

    def lap(self, stage: str, count: int, of: str) -> None:
        """Note that a stage is over, which began when the one before it ended."""
        spent = os.times()  # workers count from when they have been waited for, which `parallel` does before it returns
        now = Reading(time.perf_counter(), time.process_time(), spent.children_user + spent.children_system)
        self.stages.append(Stage(stage, count, of, _between(self._last, now)))
        self._last = now


def _between(first: Reading, second: Reading) -> Reading:
    return Reading(second.wall - first.wall, second.own - first.own, second.workers - first.workers)


def render_stages(stages: Iterable[Stage]) -> Iterator[str]:
    """The lines of a table of stages, with the sum of them all.

    >>> build = [Stage("reading content", 1200, "file", Reading(0.5, 0.25, 0.31)), Stage("rendering", 1, "page", Reading(0.25, 0.125, 0))]
    >>> for line in render_stages(build):
    ...     print(line)
    stage                              seconds  processor    workers  worked on
    reading content                      0.500      0.250      0.310  1,200 files
    rendering                            0.250      0.125      0.000  1 page
    everything                           0.750      0.375      0.310
    """
    yield f"{'stage':<32}{'seconds':>10} {'processor':>10} {'workers':>10}  worked on"
    total = Reading(0.0, 0.0, 0.0)
    for stage in stages:
        yield _row(stage.name, stage.took, f"{stage.count:,} {stage.of}{'' if stage.count == 1 else 's'}")
        total = Reading(*(one + more for one, more in zip(astuple(total), astuple(stage.took), strict=True)))
    yield _row("everything", total, "").rstrip()


def _row(name: str, took: Reading, worked_on: str) -> str:
    return f"{name:<32}{took.wall:>10.3f} {took.own:>10.3f} {took.workers:>10.3f}  {worked_on}"
