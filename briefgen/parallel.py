"""Work shared with forked processes, which are gone when the call returns, whatever happened."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import cache
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from traceback import format_exception
from typing import Any, TypeVar

from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem
from briefgen.signals import follow_parent, uninterrupted

Task = TypeVar("Task")
Result = TypeVar("Result")
_GRACE = 5.0
"""Seconds in which a worker has to end."""
_TICKET = 2
"""Bytes of the number of a piece of work. There are some ten pieces a process, and a pipe holds thousands of bytes before anyone reads."""


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def share(work: Callable[[Iterable[Task]], Result], tasks: Sequence[Task], jobs: int, fewest: int) -> list[Result]:
    """What `work` makes of each share of the tasks, in the order of the shares; how they are cut must not matter to the caller.

    A process takes a piece of the tasks whenever it has done the last one: neighbours mostly come to the same, and all end together.
    The caller's process works, too, so that there is one less whose results must travel and whose memory counts. It does all of the
    work where fork is missing or a share would hold fewer than `fewest` tasks. Raises what `work` raises.
    """
    jobs = min(jobs, len(tasks) // max(1, fewest))
    if jobs < 2 or not hasattr(os, "fork"):
        return [work(tasks)] if tasks else []
    running: list[tuple[BaseProcess, Connection]] = []
    pieces = _pieces(len(tasks), jobs)
    turns = _turns(len(pieces))
    taken = (task for piece in _in_turn(turns) for task in tasks[pieces[piece]])
    try:
        for _ in range(1, jobs):
            _begin(running, work, taken)
        return [work(taken), *(_received(process, pipe) for process, pipe in running)]
    finally:
        os.close(turns)
        _end(running)


@contextmanager
def aside(work: Callable[[], Result], jobs: int) -> Iterator[Callable[[], Result]]:
    """Begin some work in a process of its own; what the block is given waits for its result, which nobody must ask for.

    The work is done where its result is asked for, if there is but one job, no fork or no room for a process more, and again if the
    process ended early. Asking raises what `work` raises.
    """
    running: list[tuple[BaseProcess, Connection]] = []

    def made() -> Result:
        try:
            result: Result = _received(*running[0]) if running else work()
        except _EndedEarlyError:
            return work()
        return result

    try:
        if jobs > 1 and hasattr(os, "fork"):
            _begin(running, lambda _: work(), ())
        yield cache(made)
    finally:
        _end(running)


def _begin(running: list[tuple[BaseProcess, Connection]], work: Callable[[Iterable[Task]], object], tasks: Iterable[Task]) -> None:
    """Start a process beside those that are running, if the system has room for one: the caller does all work that nobody else does."""
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)
    inherited = [here, *(pipe for _, pipe in running)]
    process: BaseProcess = fork.Process(target=_work, args=(work, tasks, there, inherited, os.getpid()), daemon=True)
    with uninterrupted(), suppress(OSError):  # a process that begins must know first how it is to end
        process.start()
        running.append((process, here))
    there.close()


def _pieces(tasks: int, jobs: int) -> list[slice]:
    """Where to cut so many tasks: into large pieces first, and small ones at last, so that nobody waits long for who took the last.

    >>> [piece.stop - piece.start for piece in _pieces(100, 2)]
    [25, 18, 14, 10, 8, 6, 4, 3, 3, 2, 1, 1, 1, 1, 1, 1, 1]
    """
    pieces: list[slice] = []
    at, least = 0, 1 + tasks // (64 * jobs)
    while at < tasks:
        size = max(least, (tasks - at) // (2 * jobs))
        pieces.append(slice(at, min(tasks, at + size)))
        at += size
    return pieces


def _turns(pieces: int) -> int:
    """A pipe that holds the number of each piece; who reads one has that piece, and nobody else reads it."""
    turns, tickets = os.pipe()
    os.write(tickets, b"".join([number.to_bytes(_TICKET) for number in range(pieces)]))
    os.close(tickets)
    return turns


def _in_turn(turns: int) -> Iterator[int]:
    while ticket := os.read(turns, _TICKET):
        yield int.from_bytes(ticket)


def _end(running: Sequence[tuple[BaseProcess, Connection]]) -> None:
    with uninterrupted():
        for process, _ in running:
            process.terminate()
        for process, pipe in running:
            process.join(_GRACE)
            process.kill()
            process.join()
            pipe.close()


def stream(work: Callable[[Iterable[Task]], Generator[Result, None, None]], tasks: Iterable[Task], jobs: int) -> Iterator[Result]:
    """What `work` makes of each task, in their order, while the caller uses what came before; a worker holds one task at a time.

    `work` gives one result for each task, and may keep what it needs for all of them. One process does it where fork is missing.
    """
    if jobs < 2 or not hasattr(os, "fork"):
        yield from work(tasks)
        return
    fork = multiprocessing.get_context("fork")
    running: list[tuple[BaseProcess, Connection]] = []
    waiting = iter(tasks)
    try:
        for _ in range(jobs):
            here, there = fork.Pipe()
            inherited = [here, *(pipe for _, pipe in running)]
            process: BaseProcess = fork.Process(target=_keep_working, args=(work, there, inherited))
            with uninterrupted():
                process.start()
                running.append((process, here))
            there.close()
        busy = [worker for worker, task in zip(running, waiting, strict=False) if _sent(worker[1], task)]
        while busy:
            worker = busy.pop(0)
            result = _received(*worker)
            for task in islice(waiting, 1):
                _sent(worker[1], task)
                busy.append(worker)
            yield result
    finally:
        _end(running)


def _work(
    work: Callable[[Iterable[Task]], Result], tasks: Iterable[Task], pipe: Connection, inherited: Sequence[Connection], parent: int
) -> None:
    _follow_parent(inherited)
    answer: tuple[Any, ...]
    try:
        answer = "made", work(_while_wanted(tasks, parent))
    except Exception as error:  # noqa: BLE001 – the parent raises it, whatever it is
        answer = _fault(error)
    with suppress(BrokenPipeError):  # the parent is gone
        pipe.send(answer)


def _keep_working(
    work: Callable[[Iterable[Task]], Generator[Result, None, None]], pipe: Connection, inherited: Sequence[Connection]
) -> None:
    _follow_parent(inherited)
    signal.signal(signal.SIGTERM, _leave)
    with suppress(BrokenPipeError, ConnectionResetError), closing(work(_tasks(pipe))) as results:  # the parent is gone
        try:
            for result in results:
                pipe.send(("made", result))
        except (BriefgenError, OSError) as error:
            pipe.send(_fault(error))


def _leave(_signal: int, _frame: object) -> None:
    raise SystemExit(1)  # what `work` keeps for all of its tasks, such as a process of its own, it takes away on its way out


def _tasks(pipe: Connection) -> Iterator[Any]:
    with suppress(EOFError):  # the parent wants no more
        while True:
            yield pipe.recv()


def _follow_parent(inherited: Iterable[Connection]) -> None:
    follow_parent()
    for other in inherited:  # or nobody would notice that the parent is gone
        other.close()


def _fault(error: Exception) -> tuple[Any, ...]:
    if isinstance(error, BriefgenError):
        return "refused", error.problems, error.exit_code
    if isinstance(error, OSError):
        return "failed", error.errno, error.strerror, error.filename
    return "broken", "".join(format_exception(error))


def _while_wanted(tasks: Iterable[Task], parent: int) -> Iterator[Task]:
    for task in tasks:
        if os.getppid() != parent:
            os._exit(1)  # the parent was killed: nobody wants the result, and the next command waits for the lock
        yield task


def _sent(pipe: Connection, task: Any) -> bool:
    with suppress(BrokenPipeError, ConnectionResetError):  # `_received` says that the worker is gone
        pipe.send(task)
    return True


def _received(process: BaseProcess, pipe: Connection) -> Any:
    try:
        answer = pipe.recv()
    except (EOFError, ConnectionResetError):
        process.join()
        message = f"a worker process ended early (exit code {process.exitcode})"
        cure = "run the command again, with `--jobs 1` if memory is short"
        raise _EndedEarlyError(Problem("BG504", Place("briefgen"), message, cure)) from None
    match answer:
        case "refused", problems, exit_code:
            raise BriefgenError(*problems, exit_code=exit_code)
        case "failed", number, reason, path:
            raise OSError(number, reason, path)
        case "broken", trace:
            raise RuntimeError(trace)
    return answer[1]


class _EndedEarlyError(BriefgenError):
    """A process was killed: it has no result, and no fault that could be told."""
