"""Watching: file events as hints that something may be other than before, and a look at everything now and then."""

import errno
import logging
import os
import queue
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from briefgen.files import is_hidden
from briefgen.model import Place
from briefgen.preview.sources import FILES
from briefgen.problems import Problem
from briefgen.tree import FOLDERS

QUIET = 0.05
"""Seconds without an event after which a change has settled."""
WHOLE = 0.008
"""The same when the last event says that a file was written to its end."""
UNFINISHED = 0.35
"""The same while a file is open that was written to, where the system tells when it is closed."""
LONGEST = 0.4
"""Seconds after which a change that does not settle is looked at anyway."""
SAVING = 0.25
"""Seconds in which an editor that took a file away puts it back."""
POLLED = 0.3
UNASKED = 1.0
"""Seconds between two looks at everything, with and without `--poll`; more where a look takes long."""

_EVENTS: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
_LIMITS = {errno.ENOSPC: "max_user_watches", errno.EMFILE: "max_user_instances"}

Hints = frozenset[str] | None
"""Paths from the site's root that may have changed; None when it may be anything."""
_KINDS: dict[type[FileSystemEvent], Literal["written", "closed", "moved"]] = {
    FileModifiedEvent: "written",
    FileClosedEvent: "closed",
    FileMovedEvent: "moved",
}


@dataclass(frozen=True, slots=True)
class _Event:
    """Which paths something happened to, and whether it leaves them written to or whole."""

    paths: Hints
    kind: Literal["", "written", "closed", "moved"] = ""


class Watch:
    """The sources of one site, watched until `close`."""

    def __init__(self, root: Path, warn: Callable[[Problem], None], *, poll: bool = False) -> None:
        self._root, self._real = root, root.resolve()
        self._warn, self._polls = warn, poll
        self._events: queue.SimpleQueue[_Event] = queue.SimpleQueue()
        self._tells_closing = False
        self._watched: dict[Path, tuple[int, ObservedWatch]] = {}
        self._observer: BaseObserver | None = None
        if not poll:
            self._start()

    def wait(self, cost: float) -> Hints:
        """Wait until something may have changed and has settled, or it is time to look at everything, which takes `cost` seconds."""
        self._follow_folders()
        pause = max(POLLED, 5 * cost) if self._polls else max(UNASKED, 50 * cost)
        try:
            return self._settled(self._events.get(timeout=pause))
        except queue.Empty:
            return None

    def wait_for_more(self, hints: Hints) -> Hints:
        """Wait a moment for an editor that is between two steps of saving."""
        try:
            more = self._settled(self._events.get(timeout=SAVING))
        except queue.Empty:
            return hints
        return None if hints is None or more is None else hints | more

    def close(self) -> None:
        """Stop watching."""
        if self._observer:
            self._observer.stop()

    def _settled(self, event: "_Event") -> Hints:
        end = time.monotonic() + LONGEST
        hints: Hints = frozenset()
        written: set[str] = set()
        while True:
            hints = None if hints is None or event.paths is None else hints | event.paths
            if event.kind == "written":
                written |= event.paths or set()
            elif event.kind:
                written -= event.paths or set()
                self._tells_closing |= event.kind == "closed"
            pause = UNFINISHED if written and self._tells_closing else WHOLE if event.kind in ("closed", "moved") else QUIET
            left = min(pause, end - time.monotonic())
            if left <= 0:
                return hints
            try:
                event = self._events.get(timeout=left)
            except queue.Empty:
                return hints

    # -- events -------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        log = logging.getLogger("watchdog")
        log.addHandler(_Lost(lambda: self._events.put(_Event(None))))
        log.propagate = False
        try:
            self._observer = Observer()
            self._observer.daemon = True
            self._observer.start()
            self._observer.schedule(_Hint(self._note), str(self._root), recursive=False, event_filter=_EVENTS)
        except OSError as error:
            self._poll_instead(error)

    def _follow_folders(self) -> None:
        """Watch the folders that there are; one that was taken away and put back is another one than before."""
        for folder in (self._root / name for name in FOLDERS) if self._observer else ():
            number = _inode(folder)
            known, watch = self._watched.get(folder, (0, None))
            if number == known:
                continue
            if watch and self._observer:
                self._observer.unschedule(watch)
                del self._watched[folder]
            if number and not self._watch(folder, number):
                return

    def _watch(self, folder: Path, number: int) -> bool:
        assert self._observer is not None  # noqa: S101 – the caller has looked
        try:
            watch = self._observer.schedule(_Hint(self._note), str(folder), recursive=True, event_filter=_EVENTS)
        except FileNotFoundError:
            return True  # gone again; the next look finds out
        except OSError as error:
            self._poll_instead(error)
            return False
        self._watched[folder] = (number, watch)
        self._events.put(_Event(None))  # what came before the watch was seen by nobody
        return True

    def _note(self, event: FileSystemEvent) -> None:
        paths = frozenset(path for path in map(self._relative, (event.src_path, event.dest_path)) if path)
        if paths:
            self._events.put(_Event(paths, _KINDS.get(type(event), "")))

    def _relative(self, path: bytes | str) -> str:
        """The path from the site's root, empty when nothing is made from it."""
        whole = Path(os.fsdecode(path))
        # some systems tell of the folder that a symlink leads to
        root = next((root for root in (self._root, self._real) if whole.is_relative_to(root)), None)
        name = whole.relative_to(root).as_posix() if root else ""
        first, *below = name.split("/")
        if any(map(is_hidden, below)) or not (name in FILES or first in FOLDERS):
            return ""
        return name

    def _poll_instead(self, error: OSError) -> None:
        self.close()
        self._observer, self._polls = None, True
        self._warn(_no_events(error))


def _no_events(error: OSError) -> Problem:
    limit = _LIMITS.get(error.errno or 0)
    said = f"the limit of watched folders is reached (fs.inotify.{limit}); the disk is not full" if limit else error.strerror or str(error)
    cure = f"raise it with `sudo sysctl fs.inotify.{limit}=1048576`; " if limit else ""
    return Problem("BG705", Place("briefgen serve"), f"no file events: {said}", f"{cure}until then every file is looked at in turn")


def _inode(folder: Path) -> int:
    try:
        return os.stat(folder).st_ino
    except OSError:
        return 0


class _Hint(FileSystemEventHandler):
    """Passes events on."""

    def __init__(self, note: Callable[[FileSystemEvent], None]) -> None:
        self._note = note

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Every event is a hint and no more."""
        self._note(event)


class _Lost(logging.Handler):
    """Takes watchdog's warnings: whatever it could not follow, the next look at everything finds."""

    def __init__(self, lost: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._lost = lost

    def emit(self, _record: logging.LogRecord) -> None:
        """Ask for a look at everything."""
        self._lost()
