"""Standstill: a build whose every input has the stamp that it had, and whose every output has, too, has nothing to do."""

import datetime as dt
import json
import os
import stat
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefgen import files
from briefgen.codec import decode, encode, seal, unseal
from briefgen.config import Config
from briefgen.digest import digest_bytes
from briefgen.library import strays
from briefgen.library.show import Show
from briefgen.problems import Problem
from briefgen.site.manifest import NAME
from briefgen.site.strings import WORDS
from briefgen.site.theme import shipped
from briefgen.stamps import Stamp, is_settled, stamp_of, youngest_of

INPUTS = ("content", "static", "templates", "themes")
MOST_YOUNG = 200
"""More files than these are not read to find out whether anything was changed."""
_FILES = ("briefgen.yaml", WORDS)

Contents = tuple[tuple[str, str], ...]
"""Paths with the digests of what the files hold."""


@dataclass(frozen=True, slots=True)
class Last:
    """What the last build of an output folder looked at and left: digests of stamps, and what it said.

    `young` holds the contents of the inputs that had been changed just before, whose stamps alone say nothing. `since` and
    `until` bound the moments at which the same briefings are visible; empty where there is no bound.
    """

    inputs: str
    young: Contents
    outputs: str
    since: str
    until: str
    pages: int
    notes: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Stamps:
    """How many files, the digest of their stamps, the youngest time among them in nanoseconds, and which were changed just now."""

    count: int
    digest: str
    youngest: int
    young: tuple[str, ...]


def input_stamps(root: Path, config: Config, show: Show, code: str) -> Stamps:
    """Everything that a build looks at but the clock: the site's files, the shipped themes, the settings, the program."""
    looked = [seen for folder in INPUTS for seen in files.look(root / folder, root)]
    paths = [str(path) for path, is_followed in looked if is_followed]
    paths += [str(root / name) for name in _FILES]
    paths += [str(path) for path in files.walk(shipped())]
    passed_over = [*strays.not_read(root / WORDS, root)]
    passed_over += [strays.passed_over(path, root) for path, is_followed in looked if not is_followed]
    return _stamps(paths, f"{code} {config!r} {show.drafts} {show.future} {passed_over}")


def output_stamps(output: Path) -> Stamps:
    """Every file that the manifest lists, and the manifest."""
    try:
        listed = files.read_own(output / NAME).decode(errors="replace").split("\n")
    except OSError:
        return Stamps(0, "", 0, ())
    return _stamps((f"{output}/{path}" for path in (NAME, *(line[66:] for line in listed if line))), "")


def _stamps(paths: Iterable[str], more: str) -> Stamps:
    lines, youngest, young, now = [more], 0, [], time.time_ns()
    for path in paths:
        stamp = _stamp(path)
        if stamp is None:
            lines.append(f"{path} is no file")
            continue
        lines.append(f"{path} {stamp}")
        youngest = max(youngest, youngest_of(stamp))
        if not is_settled(stamp, now):
            young.append(path)
    return Stamps(len(lines) - 1, digest_bytes("\n".join(lines).encode(errors="surrogateescape")), youngest, tuple(young))


def _stamp(path: str) -> Stamp | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return stamp_of(status) if stat.S_ISREG(status.st_mode) else None


def told(inputs: Stamps) -> tuple[str, Contents]:
    """What to remember of inputs that are about to be read: the digest of their stamps, and the contents of those changed just now.

    These may be changed again within the same tick of the clock. Where there are many, nothing is remembered.
    """
    if len(inputs.young) > MOST_YOUNG:
        return "", ()
    return inputs.digest, tuple((path, _content(path)) for path in inputs.young)


def _content(path: str) -> str:
    try:
        return digest_bytes(Path(path).read_bytes())
    except OSError:
        return ""


def stands_still(path: Path, inputs: Stamps, output: Path, now: dt.datetime) -> Last | None:
    """What the last build left, if a build at `now` would leave the same; None when it is not known or not so."""
    try:
        written = os.stat(path).st_mtime_ns
        last = decode(Last, json.loads(unseal(files.read_own(path))))
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return None
    if last.inputs != inputs.digest or any(_content(name) != content for name, content in last.young):
        return None
    outputs = output_stamps(output)
    # a file as young as the record may have been changed within the same tick of the clock
    settled = outputs.youngest < written
    return last if settled and last.outputs == outputs.digest and _holds(last.since, last.until, now) else None


def _holds(since: str, until: str, now: dt.datetime) -> bool:
    begun = not since or dt.datetime.fromisoformat(since) <= now
    return begun and (not until or now < dt.datetime.fromisoformat(until))


def remember(path: Path, last: Last) -> None:
    """Keep what a build left; without it the next one only takes longer."""
    row: Any = encode(last)
    try:
        files.write(path, seal(json.dumps(row).encode()))
    except OSError:
        with suppress(OSError):  # an old record does no harm: it speaks of other stamps
            path.unlink()
