"""How far a long import has come: one line on a terminal, written over itself, and nothing anywhere else."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import click

from briefgen.cli.session import counted

if TYPE_CHECKING:
    from briefgen.importing.report import Progress

Watch = Callable[["Progress"], None]
_PATIENCE = 1.0
"""Seconds after which somebody asks what the program does."""
_BETWEEN = 0.1


@contextmanager
def import_progress(*, shown: bool) -> Iterator[Watch]:
    """What an import tells how far it is; it is shown where it takes longer than a second and somebody is there to see."""
    with ExitStack() as until_then:
        yield _bar(until_then) if shown and _is_watched() else lambda _: None


def _is_watched() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")


def _bar(until_then: ExitStack) -> Watch:
    """A bar that begins when it is worth it, and is done with when `until_then` ends, also by an interrupt."""
    bar = None
    due = time.monotonic() + _PATIENCE

    def watch(now: "Progress") -> None:
        nonlocal bar, due
        if time.monotonic() < due and not (bar and now.done == now.total):
            return
        due = time.monotonic() + _BETWEEN
        if bar is None:
            asked = click.progressbar(length=now.total, width=0, show_pos=True, item_show_func=_found, file=sys.stderr)
            bar = until_then.enter_context(asked)
        bar.update(now.done - bar.pos, now)

    return watch


def _found(now: "Progress | None") -> str | None:
    return f"{counted(now.briefings, 'briefing')}, {counted(now.notes, 'note')}" if now else None
