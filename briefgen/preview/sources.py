"""What a site is made from, as it stands on disk: which files there are, and which of them may be other than before."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from briefgen import files
from briefgen.config import FILE
from briefgen.problems import BriefgenError
from briefgen.site.strings import WORDS
from briefgen.stamps import Stamp, stamp_of
from briefgen.tree import FOLDERS

FILES = (FILE, WORDS)


@dataclass(frozen=True, slots=True)
class Changes:
    """Which sources may be other than before, by path from the site's root.

    `texts_only` says that all of them are Markdown files which were there before and still are.
    """

    paths: frozenset[str]
    texts_only: bool


class Sources:
    """The files that a site is made from, as they were seen last."""

    def __init__(self, root: Path, config: Path | None = None) -> None:
        self._root, self._config = root, config
        self.cost = 0.0
        """Seconds that the last look at everything took."""
        self._seen = self._stamps()

    def look(self, hints: frozenset[str] | None) -> Changes:
        """What changed since the last look. Where `hints` name texts that are known, only they are looked at; None looks at all."""
        if hints and all(self._is_text(path) and path in self._seen for path in hints):
            stamps = {path: stamp for path in hints if (stamp := _stamp(self._root / path))}
            if len(stamps) == len(hints):
                self._seen.update(stamps)
                return Changes(frozenset(hints), texts_only=True)
        before, self._seen = self._seen, self._stamps()
        changed = {path for path in before.keys() | self._seen.keys() if before.get(path) != self._seen.get(path)}
        # what was written twice within one tick of the clock has the stamp of what was read between
        changed |= {path for path in hints or () if path in self._seen}
        stayed = all(self._is_text(path) and path in before and path in self._seen for path in changed)
        return Changes(frozenset(changed), texts_only=stayed)

    def misses(self, hints: frozenset[str] | None) -> bool:
        """Whether something known is gone or empty, which is what an editor leaves between two steps of saving."""
        return any(path in self._seen and self._seen[path][0] and not _size(self._root / path) for path in hints or ())

    def _stamps(self) -> dict[str, Stamp]:
        started = time.perf_counter()
        found: dict[str, Stamp] = {}
        for folder in FOLDERS:
            seen = files.look(self._root / folder, self._root, f"{folder}/", closed=_leave)
            found.update((path, stamp) for path, stamp in seen if stamp)
        for path in (*(self._root / name for name in FILES), *((self._config,) if self._config else ())):
            if stamp := _stamp(path):
                found[os.path.relpath(path, self._root).replace(os.sep, "/")] = stamp
        self.cost = time.perf_counter() - started
        return found

    def _is_text(self, path: str) -> bool:
        return path.startswith("content/") and path.endswith(".md")


def _leave(_: BriefgenError) -> None:
    """A folder that cannot be read is the load's to report."""


def _stamp(path: Path) -> Stamp | None:
    try:
        return stamp_of(os.stat(path))
    except OSError:
        return None


def _size(path: Path) -> int:
    stamp = _stamp(path)
    return stamp[0] if stamp else 0
