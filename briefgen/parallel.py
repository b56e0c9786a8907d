"""Work shared between forked processes, which are gone when the call returns, whatever happened."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem

Task = TypeVar("Task")
Result = TypeVar("Result")


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def share(work: Callable[[Sequence[Task]], Result], tasks: Sequence[Task], jobs: int, fewest: int) -> list[Result]:
    """What `work` makes of each share of the tasks, in the order of the shares; how they are cut must not matter to the caller.

    One process does all of it where fork is missing or a share would hold fewer than `fewest` tasks. Raises what `work` raises.
    """
    jobs = min(jobs, len(tasks) // max(1, fewest))
    if jobs < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return [work(tasks)] if tasks else []
    fork = multiprocessing.get_context("fork")
    running: list[tuple[BaseProcess, Connection]] = []
    try:
        for number in range(jobs):
            here, there = fork.Pipe(duplex=False)
            process: BaseProcess = fork.Process(target=_work, args=(work, tasks[number::jobs], there), daemon=True)
            process.start()
            there.close()
            running.append((process, here))
        return [_received(process, pipe) for process, pipe in running]
    finally:
        for process, pipe in running:
            pipe.close()
            process.terminate()
            process.join()


def is_orphan(parent: int) -> bool:
    """Whether the process that forked this one is gone; a worker then has nobody to work for."""
    return os.getppid() != parent


def _work(work: Callable[[Sequence[Task]], Result], tasks: Sequence[Task], pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to all; the parent ends the others
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        pipe.send((True, work(tasks)))
    except BriefgenError as error:
        pipe.send((False, (error.problems, error.exit_code)))


def _received(process: BaseProcess, pipe: Connection) -> Any:
    try:
        fine, result = pipe.recv()
    except EOFError:
        process.join()
        message = f"a worker process ended early (exit code {process.exitcode})"
        cure = "run the command again, with `--jobs 1` if memory is short"
        raise BriefgenError(Problem("BG504", Place("briefgen"), message, cure), exit_code=3) from None
    if not fine:
        raise BriefgenError(*result[0], exit_code=result[1])
    return result
