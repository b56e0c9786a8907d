"""Standstill: a build whose every input has the stamp that it had, and whose every output has, too, has nothing to do."""

import datetime as dt
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefgen import files
from briefgen.codec import decode, encode, seal, unseal
from briefgen.config import Config
from briefgen.digest import digest_bytes
from briefgen.library.library import Show
from briefgen.problems import Problem
from briefgen.site.manifest import NAME
from briefgen.site.theme import shipped

INPUTS = ("content", "static", "templates", "themes")
_FILES = ("briefgen.yaml", "strings.yaml")


@dataclass(frozen=True, slots=True)
class Last:
    """What the last build of an output folder looked at and left: digests of stamps, and what it said.

    `since` and `until` bound the moments at which the same briefings are visible; empty where there is no bound.
    """

    inputs: str
    outputs: str
    since: str
    until: str
    pages: int
    notes: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Stamps:
    """The digest of many files' stamps, and the youngest time among them in nanoseconds."""

    digest: str
    youngest: int


def input_stamps(root: Path, config: Config, show: Show, code: str) -> Stamps:
    """Everything that a build looks at but the clock: the site's files, the shipped themes, the settings, the program."""
    paths = [str(path) for folder in INPUTS for path in files.walk(root / folder, within=root)]
    paths += [str(root / name) for name in _FILES]
    paths += [str(path) for path in files.walk(shipped())]
    return _stamps(paths, f"{code} {config!r} {show.drafts} {show.future}")


def output_stamps(output: Path) -> Stamps:
    """Every file that the manifest lists, and the manifest."""
    try:
        listed = (output / NAME).read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return Stamps("", 0)
    return _stamps((f"{output}/{path}" for path in (NAME, *(line[66:] for line in listed if line))), "")


def _stamps(paths: Iterable[str], more: str) -> Stamps:
    lines, youngest = [more], 0
    for path in paths:
        try:
            status = os.stat(path)
        except OSError:
            lines.append(f"{path} is not there")
            continue
        lines.append(f"{path} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}")
        youngest = max(youngest, status.st_mtime_ns, status.st_ctime_ns)
    return Stamps(digest_bytes("\n".join(lines).encode(errors="surrogateescape")), youngest)


def stands_still(path: Path, inputs: Stamps, output: Path, now: dt.datetime) -> Last | None:
    """What the last build left, if a build at `now` would leave the same; None when it is not known or not so."""
    try:
        written = os.stat(path).st_mtime_ns
        last = decode(Last, json.loads(unseal(path.read_bytes())))
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return None
    outputs = output_stamps(output)
    # a file as young as the record may have been changed within the same tick of the clock
    settled = max(inputs.youngest, outputs.youngest) < written
    same = (last.inputs, last.outputs) == (inputs.digest, outputs.digest)
    return last if settled and same and _holds(last.since, last.until, now) else None


def _holds(since: str, until: str, now: dt.datetime) -> bool:
    begun = not since or dt.datetime.fromisoformat(since) <= now
    return begun and (not until or now < dt.datetime.fromisoformat(until))


def remember(path: Path, last: Last) -> None:
    """Keep what a build left; without it the next one only takes longer."""
    row: Any = encode(last)
    try:
        files.write(path, seal(json.dumps(row).encode()))
    except OSError:
        path.unlink(missing_ok=True)
