"""Standstill: a build whose every input has the stamp that it had, and whose every output has, too, has nothing to do."""

import datetime as dt
import json
import os
import stat
import time
from collections.abc import Container, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from briefgen import files
from briefgen.codec import decode, encode, seal, unseal
from briefgen.config import Config
from briefgen.digest import digest_bytes
from briefgen.files import look
from briefgen.library import strays
from briefgen.library.show import Show
from briefgen.problems import Problem
from briefgen.site.manifest import NAME
from briefgen.site.program import shipped
from briefgen.site.strings import WORDS
from briefgen.stamps import SETTLED, Stamp, stamp_of, youngest_of
from briefgen.tree import Tree

MOST_YOUNG = 200
"""More files than these are not read to find out whether anything was changed."""
_FILES = ("briefgen.yaml", WORDS)
_NONE: Mapping[str, Stamp] = {}

Contents = tuple[tuple[str, str, Stamp], ...]
"""Paths with the digests of what the files hold, and their stamps."""


@dataclass(frozen=True, slots=True)
class Last:
    """What the last build of an output folder looked at and left: digests of stamps, and what it said.

    `young` holds the contents of the inputs that had been changed just before, whose stamps alone say nothing. `since` and
    `until` bound the moments at which the same briefings are visible; empty where there is no bound. `recipes` is the digest of
    the recipes that this state of the site has, empty where there are none, `count` the number of inputs, and `held` how many bytes
    of bodies the last plan left.
    """

    inputs: str
    young: Contents
    outputs: str
    since: str
    until: str
    pages: int
    notes: int
    problems: tuple[Problem, ...]
    hidden: tuple[tuple[str, int], ...] = ()
    recipes: str = ""
    count: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class Stamps:
    """How many files, the digest of their stamps, the youngest time among them in nanoseconds, and which were changed just now."""

    count: int
    digest: str
    youngest: int
    young: tuple[tuple[str, Stamp], ...]


def input_stamps(tree: Tree, config: Config, show: Show, code: str, before: Mapping[str, Stamp] = _NONE) -> Stamps:
    """Everything that a build looks at but the clock: the site's files, the shipped themes, the settings, the program.

    `before` holds stamps that some of the files had, to be taken in the place of those that they have.
    """
    root = tree.root
    folders = (*tree.folders.values(), look(shipped(), shipped(), f"{shipped()}/"))
    seen = [(path, before.get(path, stamp)) for folder in folders for path, stamp in folder]
    seen += [(name, _stamp(f"{root}/{name}")) for name in _FILES]
    passed_over = [strays.passed_over(root / path, root) for path in tree.strays(*tree.folders)]
    return _stamps(seen, f"{code} {config!r} {show.drafts} {show.future} {[*strays.not_read(root / WORDS, root), *passed_over]}")


def output_stamps(output: Path) -> Stamps:
    """Every file that the manifest lists, and the manifest."""
    try:
        listed = files.read_own(output / NAME).decode(errors="replace").split("\n")
    except OSError:
        return Stamps(0, "", 0, ())
    paths = [line[66:] for line in listed if line[64:66] == "  "]
    return stamps_of(output, {path: _stamp(f"{output}/{path}") for path in paths})


def stamps_of(output: Path, listed: Mapping[str, Stamp | None]) -> Stamps:
    """The same, where the stamps of the files that the manifest lists are known."""
    return _stamps([(NAME, _stamp(f"{output}/{NAME}")), *sorted(listed.items())], "")


def _stamps(seen: Sequence[tuple[str, Stamp | None]], more: str) -> Stamps:
    content = f"{more}{seen}".encode(errors="surrogateescape")
    youngest, tick = max((youngest_of(stamp) for _, stamp in seen if stamp), default=0), time.time_ns() - SETTLED
    young = tuple((path, stamp) for path, stamp in seen if stamp and youngest_of(stamp) >= tick) if youngest >= tick else ()
    return Stamps(len(seen), digest_bytes(content), youngest, young)


def _stamp(path: str) -> Stamp | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return stamp_of(status) if stat.S_ISREG(status.st_mode) else None


def told(inputs: Stamps, root: Path) -> tuple[str, Contents]:
    """What to remember of inputs that are about to be read: the digest of their stamps, and the contents of those changed just now.

    These may be changed again within the same tick of the clock. Where there are many, nothing is remembered.
    """
    if len(inputs.young) > MOST_YOUNG:
        return "", ()
    return inputs.digest, tuple((path, _content(root / path), stamp) for path, stamp in inputs.young)


def are_as_told(young: Contents, root: Path, without: Container[str] = ()) -> bool:
    """Whether the files that had been changed just now hold what they held then."""
    return all(_content(root / name) == content for name, content, _ in young if name not in without)


def _content(path: Path) -> str:
    try:
        return digest_bytes(path.read_bytes())
    except OSError:
        return ""


def stands_still(path: Path, inputs: Stamps, root: Path, output: Path, now: dt.datetime) -> Last | None:
    """What the last build left, if a build at `now` would leave the same; None when it is not known or not so."""
    last, written = read_last(path, now)
    if last is None or last.inputs != inputs.digest or not are_as_told(last.young, root):
        return None
    outputs = output_stamps(output)
    # a file as young as the record may have been changed within the same tick of the clock
    settled = outputs.youngest < written
    return last if settled and last.outputs == outputs.digest else None


def read_last(path: Path, now: dt.datetime) -> tuple[Last | None, int]:
    """What the last build left, if the same briefings are visible `now`, and when it did, in nanoseconds; None when that is not known."""
    try:
        written = os.stat(path).st_mtime_ns
        last = decode(Last, json.loads(unseal(files.read_own(path))))
        begun = not last.since or dt.datetime.fromisoformat(last.since) <= now
        return last if begun and (not last.until or now < dt.datetime.fromisoformat(last.until)) else None, written
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return None, 0


def remember(path: Path, last: Last) -> None:
    """Keep what a build left; without it the next one only takes longer."""
    try:
        files.write(path, seal(json.dumps(last, default=encode).encode()))
    except OSError:
        with suppress(OSError):  # an old record does no harm: it speaks of other stamps
            path.unlink()
