"""The ledger: what was built from what. A page is stale when what it shows differs, or its file is not what was written."""

import dataclasses
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from briefgen import files
from briefgen.codec import seal, unseal
from briefgen.digest import digest, digest_bytes
from briefgen.site.shows import Page

FORM = "1"


@dataclass(frozen=True, slots=True)
class Settings:
    """What all pages are made with: digests of the program, of the theme, of the configuration that templates see."""

    code: str
    theme: str
    config: str


@dataclass(frozen=True, slots=True)
class Built:
    """What is known of one output file: digests of the parts that it shows, SHA-256 of its bytes, and its stamp.

    The stamp (size, modification, change, inode) spares reading the file; None where it must be read.
    """

    parts: str
    sha256: str
    stamp: tuple[int, int, int, int] | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the last build of one output folder left behind; empty when that is not known."""

    settings: Settings | None = None
    built: Mapping[str, Built] = field(default_factory=dict)


def fingerprint(page: Page) -> str:
    """The digests of everything that a page shows, one for each field, and of its template's name."""
    shows: Any = page.shows
    return " ".join([digest_bytes(page.template.encode()), *(digest(getattr(shows, part.name)) for part in dataclasses.fields(shows))])


def why_stale(page: Page, parts: str, ledger: Ledger, settings: Settings) -> str:
    """Why a page must be rendered, in a few words, or nothing when it need not; whether its file is there is another matter."""
    known = ledger.built.get(page.path)
    if ledger.settings is None or known is None:
        return "new" if ledger.settings else "nothing is known of earlier builds"
    for name in ("code", "theme", "config"):
        if getattr(settings, name) != getattr(ledger.settings, name):
            return {"code": "briefgen or a library changed", "theme": "the theme changed", "config": "the configuration changed"}[name]
    if known.parts == parts:
        return ""
    shows: Any = page.shows
    names = ["template", *(part.name for part in dataclasses.fields(shows))]
    before, after = known.parts.split(" "), parts.split(" ")
    if len(before) != len(after):
        return "another kind of page"
    return f"{next(name for name, old, new in zip(names, before, after, strict=True) if old != new)} changed"


def ledger_path(root: Path, output: Path) -> Path:
    """Where the ledger of an output folder is kept: each folder has its own."""
    return root / ".briefgen" / f"ledger-{digest_bytes(str(output.parent.resolve() / output.name).encode())[:10]}.json"


def read_ledger(path: Path) -> Ledger:
    """The ledger of an output folder, empty when it is lost, damaged or of another form."""
    try:
        written = os.stat(path).st_mtime_ns
        kept = json.loads(unseal(path.read_bytes()))
        if kept["form"] != FORM:
            return Ledger()
        settings = Settings(*(str(part) for part in kept["settings"]))
        return Ledger(settings, {str(name): _built(row, written) for name, row in kept["built"].items()})
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Ledger()


def _built(row: Any, written: int) -> Built:
    parts, sha256, *numbers = row
    size, modified, changed, inode = (int(number) for number in numbers)
    # a file as young as the ledger may have been changed within the same tick of the clock
    trusted = max(modified, changed) < written
    return Built(str(parts), str(sha256), (size, modified, changed, inode) if trusted else None)


def write_ledger(path: Path, settings: Settings, built: Iterable[tuple[str, str, str, os.stat_result]]) -> None:
    """Keep what was built: (path, parts, SHA-256, status) of each output file."""
    rows = {name: [parts, sha256, *stamp(status)] for name, parts, sha256, status in built}
    kept = {"form": FORM, "settings": [settings.code, settings.theme, settings.config], "built": rows}
    files.write(path, seal(json.dumps(kept, separators=(",", ":"), ensure_ascii=False).encode()))


def stamp(status: os.stat_result) -> tuple[int, int, int, int]:
    """What tells without reading that a file is the same."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def sha256_of(path: Path, known: Built | None) -> str:
    """The SHA-256 of a file, from the ledger where its stamp is the same; empty when there is no regular file."""
    try:
        status = os.lstat(path)
        if known and known.stamp == stamp(status):
            return known.sha256
        if not os.path.isfile(path) or os.path.islink(path):
            return ""
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
