"""The ledger: what was built from what. A page is stale when what it shows differs, or its file is not what was written."""

import dataclasses
import hashlib
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from briefgen import files
from briefgen.codec import seal, unseal
from briefgen.digest import LENGTH, digest, digest_bytes, digest_of
from briefgen.site.page import Page
from briefgen.stamps import Stamp, stamp_of, youngest_of

FORM = "2"
NO_STAMP: Stamp = (0, 0, 2**62, 0)
"""A stamp that no file has."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What all pages are made with: digests of the program, of the theme, of the configuration that templates see."""

    code: str
    theme: str
    config: str


@dataclass(frozen=True, slots=True)
class Built:
    """What is known of one output file: its page's key, digests of the parts that it shows, SHA-256 of its bytes, its stamp.

    The stamp (size, modification, change, inode) spares reading the file; None where it must be read.
    """

    key: str
    parts: str
    sha256: str
    stamp: Stamp | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the last build of one output folder left behind; empty when that is not known."""

    settings: Settings | None = None
    built: Mapping[str, Built] = field(default_factory=dict)


def fingerprint(page: Page) -> str:
    """The digests of everything that a page shows, one for each field, and of its template's name."""
    shows: Any = page.shows
    return " ".join([digest_bytes(page.template.encode()), *[_digest(getattr(shows, name)) for name in type(shows).__slots__]])


def _digest(value: Any) -> str:
    """The digest of one field; most hold what has a digest of its own, or several such."""
    own = getattr(value, "digest", None)
    if type(own) is str:
        return own if len(own) == LENGTH else digest_bytes(own.encode())
    several = type(value) is tuple and value and hasattr(value[0], "digest")
    return digest_of(*value) if several else _NOTHING if value is None or value == () else digest(value)


_NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a page must be rendered: why, in a few words, or nothing; and what the ledger is to keep of it.

    `parts` is empty where the page is rendered whatever it shows: they are found where it is drawn.
    """

    reason: str
    key: str
    parts: str


def judge(page: Page, ledger: Ledger, settings: Settings) -> Verdict:
    """Whether what a page shows differs from what was built. Whether its file is as it was written is another matter.

    A page whose key is the same is not even drawn.
    """
    key = page.key
    known = ledger.built.get(page.path)
    if ledger.settings is None or known is None:
        return Verdict("new" if ledger.settings else "nothing is known of earlier builds", key, "")
    for name, reason in _SETTINGS.items():
        if getattr(settings, name) != getattr(ledger.settings, name):
            return Verdict(reason, key, "")
    if known.key == key:
        return Verdict("", key, known.parts)
    parts = fingerprint(page)
    return Verdict(_difference(page, known.parts, parts), key, parts)


_SETTINGS = {"code": "briefgen or a library changed", "theme": "the theme changed", "config": "the configuration changed"}


def _difference(page: Page, before: str, after: str) -> str:
    if before == after:
        return ""
    names = ["template", *(part.name for part in dataclasses.fields(page.shows))]
    pairs = list(zip(before.split(" "), after.split(" "), strict=False))
    if len(pairs) != len(names) or before.count(" ") != after.count(" "):
        return "another kind of page"
    name = next(name for name, (old, new) in zip(names, pairs, strict=True) if old != new)
    return _REASONS.get(name, f"{name} changed")


_REASONS = {
    "head": "its title, description or place changed",
    "newer": "the newer page beside it changed",
    "older": "the older page beside it changed",
    "related": "its related briefings changed",
    "backlinks": "the pages that link to it changed",
    "in_the_news": "what is in the news changed",
    "before": "an earlier edition changed",
    "rows": "the list changed",
    "slice": "the list of its briefings changed",
    "briefings": "the number of its briefings changed",
    "first": "the day of its first briefing changed",
    "last": "the day of its last briefing changed",
    "people": "the people that it names changed",
    "topics": "the topics that it names changed",
    "quotes": "its quotes changed",
    "undated": "the number of undated briefings changed",
    "entries": "a briefing in the feed changed",
    "updated": "the time of the newest change in the feed changed",
    "urls": "the list of pages changed",
}
"""What the field of a page in `shows.py` means to a person; the others have a name that does."""


def ledger_path(root: Path, output: Path) -> Path:
    """Where the ledger of an output folder is kept: each folder has its own."""
    return root / ".briefgen" / f"ledger-{digest_bytes(str(output.parent.resolve() / output.name).encode())[:10]}.json"


def last_path(root: Path, output: Path) -> Path:
    """Where a short record of the last build of an output folder is kept, beside its ledger."""
    return ledger_path(root, output).with_suffix(".last")


def read_ledger(path: Path) -> Ledger:
    """The ledger of an output folder, empty when it is lost, damaged or of another form."""
    try:
        written = os.stat(path).st_mtime_ns
        kept = json.loads(unseal(files.read_own(path)))
        if kept["form"] != FORM:
            return Ledger()
        settings = Settings(*(str(part) for part in kept["settings"]))
        return Ledger(settings, {str(name): _built(row, written) for name, row in kept["built"].items()})
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return Ledger()


def _built(row: Any, written: int) -> Built:
    key, parts, sha256, *numbers = row
    size, modified, changed, inode = (int(number) for number in numbers)
    stamp = size, modified, changed, inode
    # a file as young as the ledger may have been changed within the same tick of the clock
    return Built(str(key), str(parts), str(sha256), stamp if youngest_of(stamp) < written else None)


def write_ledger(path: Path, settings: Settings, built: Mapping[str, Built]) -> None:
    """Keep what was built."""
    rows = {path: [one.key, one.parts, one.sha256, *(one.stamp or NO_STAMP)] for path, one in built.items()}
    kept = {"form": FORM, "settings": [settings.code, settings.theme, settings.config], "built": rows}
    files.write(path, seal(json.dumps(kept, separators=(",", ":"), ensure_ascii=False).encode()))


def sha256_of(path: str, known: Built | None) -> str:
    """The SHA-256 of a file, from the ledger where its stamp is the same; empty when there is no regular file."""
    try:
        status = os.lstat(path)
        if known and known.stamp == stamp_of(status):
            return known.sha256
        if not stat.S_ISREG(status.st_mode):
            return ""
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return ""
