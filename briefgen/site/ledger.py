"""The ledger: what was built from what. A page is stale when what it shows differs, or its file is not what was written."""

import dataclasses
import hashlib
import json
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from briefgen.digest import LENGTH, digest, digest_bytes, digest_of
from briefgen.journal import add_piece, read_pieces, write_piece
from briefgen.site.page import Page, Rendered
from briefgen.stamps import NO_STAMP, Stamp, stamp_of, youngest_of

FORM = "3"


@dataclass(frozen=True, slots=True)
class Settings:
    """What all pages are made with: digests of the program, of the theme, of the configuration that templates see."""

    code: str
    theme: str
    config: str


class Built(NamedTuple):
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


class Verdict(NamedTuple):
    """Whether a page must be rendered: why, in a few words, or nothing; and what the ledger is to keep of it.

    `key` and `parts` are empty where the page is rendered whatever it shows: they are found where it is drawn, which is done in
    parallel. One that had to be drawn to be judged is in `drawn`, so that it need not be drawn again.
    """

    reason: str
    key: str
    parts: str
    drawn: Page | None = None

    def once_rendered(self, rendered: Rendered) -> "Verdict":
        """The same with what was found when the page was rendered."""
        # the key of a page that was drawn already is no longer that of its sketch
        return self._replace(key=self.key or rendered.key, parts=rendered.parts)


def judge(pages: Iterable[Page], ledger: Ledger, settings: Settings) -> dict[str, Verdict]:
    """By path, whether what a page shows differs from what was built. Whether its file is as it was written is another matter."""
    reason = _for_all(ledger.settings, settings)
    return {page.path: _verdict(page, ledger.built.get(page.path), reason) for page in pages}


def _for_all(before: Settings | None, settings: Settings) -> str:
    """Why every page must be rendered, or nothing."""
    if before is None:
        return _UNKNOWN
    return next((reason for name, reason in _SETTINGS.items() if getattr(settings, name) != getattr(before, name)), "")


def _verdict(page: Page, known: Built | None, reason: str) -> Verdict:
    if known is None or reason:
        return Verdict(reason if known or reason == _UNKNOWN else "new", "", "")
    key = page.key
    if known.key == key:
        return Verdict("", key, known.parts)  # it is not even drawn
    drawn = page.drawn
    parts = fingerprint(drawn)
    return Verdict(_difference(drawn, known.parts, parts), key, parts, drawn)


_UNKNOWN = "nothing is known of earlier builds"
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
    "same_as": "what the world knows its people and topics by changed",
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


def recipes_path(root: Path, output: Path) -> Path:
    """Where the recipes of a plan are kept, beside the ledger."""
    return ledger_path(root, output).with_suffix(".recipes")


def read_ledger(path: Path) -> Ledger:
    """The ledger of an output folder, empty when it is lost, damaged or of another form."""
    settings, built = None, {}
    try:
        written = os.stat(path).st_mtime_ns
        for kept in map(json.loads, read_pieces(path)):
            if kept["form"] != FORM:
                return Ledger()
            settings = Settings(*(str(part) for part in kept["settings"]))
            built.update({str(name): _built(row, written) for name, row in kept["built"].items()})
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return Ledger()
    return Ledger(settings, built)


def _built(row: Any, written: int) -> Built:
    key, parts, sha256, *numbers = row
    size, modified, changed, inode = map(int, numbers)
    stamp = size, modified, changed, inode
    # a file as young as the ledger may have been changed within the same tick of the clock
    return Built(str(key), str(parts), str(sha256), stamp if youngest_of(stamp) < written else None)


def write_ledger(path: Path, before: Ledger, settings: Settings, built: Mapping[str, Built]) -> None:
    """Keep what was built, where it differs from what the ledger held before; raises OSError when that cannot be done."""
    changed = {path: one for path, one in built.items() if before.built.get(path) != one}
    stays = before.settings == settings and before.built.keys() <= built.keys()
    if (changed or not stays) and not (stays and add_piece(path, _encoded(settings, changed))):
        write_piece(path, _encoded(settings, built))


def _encoded(settings: Settings, built: Mapping[str, Built]) -> bytes:
    rows = {path: [one.key, one.parts, one.sha256, *(one.stamp or NO_STAMP)] for path, one in built.items()}
    kept = {"form": FORM, "settings": [settings.code, settings.theme, settings.config], "built": rows}
    return json.dumps(kept, separators=(",", ":"), ensure_ascii=False).encode()


class Present(NamedTuple):
    """A file of the output as it stands: the SHA-256 of its bytes, and the stamp that it had before they were read."""

    sha256: str
    stamp: Stamp


ABSENT = Present("", NO_STAMP)
"""Where no regular file stands."""


def look_for_changes(output: Path, ledger: Ledger) -> dict[str, Present]:
    """The files of the output that do not stand as the ledger has them; one is read where the ledger does not know its stamp."""
    seen = ((path, known, _look_at(f"{output}/{path}", known)) for path, known in ledger.built.items())
    return {path: present for path, known, present in seen if present != known[2:]}


def look_at(output: Path, paths: Iterable[str], ledger: Ledger, changes: Mapping[str, Present]) -> dict[str, Present]:
    """The files at these paths of the output; `changes` are those that do not stand as the ledger has them."""
    return {path: changes.get(path) or _as_known(ledger.built.get(path)) or _look_at(f"{output}/{path}", None) for path in paths}


def _as_known(known: Built | None) -> Present | None:
    return Present(known.sha256, known.stamp) if known and known.stamp else None


def _look_at(path: str, known: Built | None) -> Present:
    try:
        status = os.lstat(path)
        stamp = stamp_of(status)
        if known and known.stamp == stamp:
            return Present(known.sha256, stamp)
        if not stat.S_ISREG(status.st_mode):
            return ABSENT
        return Present(hashlib.sha256(Path(path).read_bytes()).hexdigest(), stamp)
    except (OSError, ValueError):  # a path that no build wrote may be none
        return ABSENT
