"""Work shared between forked processes, which are gone when the call returns, whatever happened."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem
from briefgen.signals import follow_parent, uninterrupted

Task = TypeVar("Task")
Result = TypeVar("Result")


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def share(work: Callable[[Iterable[Task]], Result], tasks: Sequence[Task], jobs: int, fewest: int) -> list[Result]:
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
            inherited = [here, *(pipe for _, pipe in running)]
            process: BaseProcess = fork.Process(target=_work, args=(work, tasks[number::jobs], there, inherited, os.getpid()), daemon=True)
            with uninterrupted():  # a process that begins must know first how it is to end
                process.start()
                running.append((process, here))
            there.close()
        return [_received(process, pipe) for process, pipe in running]
    finally:
        with uninterrupted():
            for process, pipe in running:
                process.terminate()
                process.join()
                pipe.close()


def _work(
    work: Callable[[Iterable[Task]], Result], tasks: Sequence[Task], pipe: Connection, inherited: Sequence[Connection], parent: int
) -> None:
    follow_parent()
    for other in inherited:  # or nobody would notice that the parent is gone
        other.close()
    answer: tuple[Any, ...]
    try:
        answer = "made", work(_while_wanted(tasks, parent))
    except BriefgenError as error:
        answer = "refused", error.problems, error.exit_code
    except OSError as error:
        answer = "failed", error.errno, error.strerror, error.filename
    with suppress(BrokenPipeError):  # the parent is gone
        pipe.send(answer)


def _while_wanted(tasks: Iterable[Task], parent: int) -> Iterator[Task]:
    for task in tasks:
        if os.getppid() != parent:
            os._exit(1)  # the parent was killed: nobody wants the result, and the next command waits for the lock
        yield task


def _received(process: BaseProcess, pipe: Connection) -> Any:
    try:
        answer = pipe.recv()
    except EOFError:
        process.join()
        message = f"a worker process ended early (exit code {process.exitcode})"
        cure = "run the command again, with `--jobs 1` if memory is short"
        raise BriefgenError(Problem("BG504", Place("briefgen"), message, cure), exit_code=3) from None
    match answer:
        case "refused", problems, exit_code:
            raise BriefgenError(*problems, exit_code=exit_code)
        case "failed", number, reason, path:
            raise OSError(number, reason, path)
    return answer[1]
