"""The update of an output folder: what is stale there is rendered aside and put in place, and what no page has any more goes."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from briefgen import files
from briefgen.config import Config
from briefgen.model import Place
from briefgen.parallel import aside
from briefgen.problems import BriefgenError, Problem, Problems
from briefgen.signals import uninterrupted
from briefgen.site.copying import stage_copies
from briefgen.site.ledger import (
    ABSENT,
    Built,
    Ledger,
    Present,
    Settings,
    Verdict,
    judge,
    ledger_path,
    look_at,
    look_for_changes,
    write_ledger,
)
from briefgen.site.manifest import NAME, owner_of, read_manifest
from briefgen.site.page import Page, Rendered
from briefgen.site.publish import Listed, check_foreign, commit, is_nothing, remove_leftovers, staging_folder
from briefgen.site.standstill import stamps_of
from briefgen.site.switch import switch
from briefgen.stamps import Stamp, stamp_of
from briefgen.stopwatch import Lap, unmeasured

if TYPE_CHECKING:
    from briefgen.site.site import Copy
    from briefgen.site.theme import Theme
    from briefgen.site.view import SiteView


@dataclass(frozen=True, slots=True)
class Way:
    """How to build: in how many processes, without what earlier builds remember, with warnings as errors, by turning a symlink.

    `lap` is told of each stage that is over.
    """

    jobs: int = 1
    fresh: bool = False
    strict: bool = False
    atomic: bool = False
    lap: Lap = unmeasured


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an output folder is to hold: pages, copies, and the paths of what `stays` as it is.

    Where something stays, `left` is the digest of the stamps that everything in the folder must have, as the last build left it.
    `keep` is done beside putting pages in place: it keeps what else the next build will want to know, and gives the digest of that.
    """

    root: Path
    config: Config
    theme: "Theme"
    view: "SiteView"
    settings: Settings
    pages: "Sequence[Page]"
    copies: "Sequence[Copy]" = ()
    stays: "Sequence[str]" = ()
    left: str | None = None
    keep: Callable[[], str] | None = None


class Glance(NamedTuple):
    """How an output folder stood: the stamp of its manifest, the files that were not as the ledger has them, the digest of all stamps."""

    manifest: Stamp | None
    changes: Mapping[str, Present]
    stamps: str


@dataclass(frozen=True, slots=True)
class Updated:
    """What was done: (path, reason) of each page that was rendered, the paths whose bytes differ, those that went; all stamps.

    `kept` is what `Wanted.keep` gave.
    """

    rebuilt: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    stamps: Mapping[str, Stamp]
    kept: str


class NotAsLeftError(Exception):
    """Something was to stay in an output folder that is not as the last build left it, or not as the ledger knows it."""


def glance(output: Path, ledger: Ledger) -> Glance:
    """How an output folder stands, for an update of it later on."""
    manifest, changes = _manifest_stamp(output), look_for_changes(output, ledger)
    stamps = {path: changes[path].stamp if path in changes else known.stamp for path, known in ledger.built.items()}
    return Glance(manifest, changes, stamps_of(output, stamps).digest)


def _manifest_stamp(output: Path) -> Stamp | None:
    try:
        return stamp_of(os.lstat(output / NAME))
    except OSError:
        return None


def update(wanted: Wanted, ledger: Ledger, seen: Callable[[], Glance], output: Path, problems: Problems, way: Way) -> Updated:
    """Bring the output folder up to date, and its ledger; `seen` gives how it stood when the build began.

    Raises BriefgenError where there are errors, and NotAsLeftError where all pages must be planned; then nothing is different.
    """
    verdicts = judge(wanted.pages, ledger, wanted.settings)
    way.lap("judging pages", len(verdicts), "page")
    listed = read_manifest(output) or {}
    stands = _as_it_stands(output, ledger, seen(), listed)
    if wanted.left is not None and not _is_as_left(wanted, ledger, stands):
        raise NotAsLeftError
    found = _found(wanted, output, ledger, stands)
    present = {path: there.sha256 for path, there in found.items()}
    stale = [(page, reason) for page in wanted.pages if (reason := _why(page, verdicts[page.path], ledger, present))]
    _check(wanted, [page.path for page, _ in stale], present, listed, output, problems, way)
    way.lap("looking at the output", len(present), "file")
    staging = staging_folder(wanted.root, output.parent if way.atomic else output)
    try:
        made = _render([verdicts[page.path].drawn or page for page, _ in stale], wanted, staging, present, way.jobs) if stale else {}
        way.lap("rendering", len(stale), "page")
        # a first build has held the most memory by now, and another process would double it
        with aside(wanted.keep or str, way.jobs if wanted.keep and ledger.built else 1) as kept:
            shas = {path: made[path].sha256 if path in made else present[path] for path in (*wanted.stays, *verdicts)}
            shas |= stage_copies(wanted.copies, staging, present, ledger, way.jobs)
            with uninterrupted():
                removed = (switch if way.atomic else commit)(staging, output, shas, listed, owner_of(wanted.config))
            changed = tuple(sorted(path for path, sha256 in shas.items() if present[path] != sha256))
            way.lap("putting in place", len(changed) + len(removed), "file")
            # what turns a symlink puts every file into another folder
            moved = shas if way.atomic else changed
            stamps = {path: found[path].stamp for path in shas} | {path: stamp_of(os.lstat(f"{output}/{path}")) for path in moved}
            verdicts |= {path: verdicts[path].once_rendered(rendered) for path, rendered in made.items()}
            _remember(wanted, ledger, output, _built(wanted, ledger, verdicts, shas, stamps), problems)
            way.lap("writing the ledger", len(shas), "file")
            return Updated(tuple((page.path, reason) for page, reason in stale), changed, tuple(removed), stamps, kept())
    finally:
        remove_leftovers(staging)


def _as_it_stands(output: Path, ledger: Ledger, seen: Glance, listed: Listed) -> Glance:
    # another site may have built into the folder since it was looked at, or was killed while it did: then old and new are listed
    is_whole = all(len(shas) == 1 for shas in listed.values())
    return seen if is_whole and seen.manifest == _manifest_stamp(output) else glance(output, ledger)


def _is_as_left(wanted: Wanted, ledger: Ledger, stands: Glance) -> bool:
    """Whether this is all that the last build left, and as the ledger has it, which may be older or younger than that build."""
    paths = [*(page.path for page in wanted.pages), *wanted.stays]
    # what is as young as the ledger has no stamp there, and was read
    read = all(there.sha256 == ledger.built[path].sha256 for path, there in stands.changes.items())
    return len(paths) == len(ledger.built) and ledger.built.keys() >= set(paths) and stands.stamps == wanted.left and read


def _found(wanted: Wanted, output: Path, ledger: Ledger, stands: Glance) -> dict[str, Present]:
    """What stands in the output at every path that it is to have."""
    paths = [*(page.path for page in wanted.pages), *(copy.path for copy in wanted.copies), *wanted.stays]
    return dict.fromkeys(paths, ABSENT) if is_nothing(output) else look_at(output, paths, ledger, stands.changes)


def _why(page: Page, verdict: Verdict, ledger: Ledger, present: Mapping[str, str]) -> str:
    if verdict.reason:
        return verdict.reason
    if not present[page.path]:
        return "missing in the output folder"
    return "" if present[page.path] == ledger.built[page.path].sha256 else "not what was written"


def _check(
    wanted: Wanted, stale: list[str], present: Mapping[str, str], listed: Listed, output: Path, problems: Problems, way: Way
) -> None:
    """Raise BriefgenError where something that is not listed stands in the way of what will be written."""
    written = [*stale, *(copy.path for copy in wanted.copies if present[copy.path] != copy.sha256)]
    problems.extend(check_foreign(output, wanted.root, {path: present[path] for path in written}, listed))
    stop_on_errors(problems, strict=way.strict)
    problems.extend(_edited(present, listed, files.shown(output, wanted.root)))


def _edited(present: Mapping[str, str], listed: Listed, output: str) -> Iterable[Problem]:
    for path in sorted(present):
        if present[path] and path in listed and present[path] not in listed[path]:
            cure = "change the content or a template instead; it was put right"
            yield Problem("BG503", Place(f"{output}/{path}"), "this page was edited in the output folder", cure)


def stop_on_errors(problems: Problems, *, strict: bool) -> None:
    """Raise BriefgenError where there are errors, under `strict` also where there are warnings."""
    if problems.errors or (strict and problems.warnings):
        raise BriefgenError


def _render(pages: list[Page], wanted: Wanted, staging: Path, present: Mapping[str, str], jobs: int) -> dict[str, Rendered]:
    from briefgen.site.environment import Templates  # a build with nothing to render is spared the templates
    from briefgen.site.render import render_pages

    return render_pages(pages, Templates(wanted.theme, wanted.view), staging, present, jobs)


def _built(
    wanted: Wanted, ledger: Ledger, verdicts: Mapping[str, Verdict], shas: Mapping[str, str], stamps: Mapping[str, Stamp]
) -> dict[str, Built]:
    rows = {path: ledger.built[path][:2] for path in wanted.stays} | {path: verdict[1:3] for path, verdict in verdicts.items()}
    return {path: Built(*rows.get(path, _COPY), sha256, stamps[path]) for path, sha256 in shas.items()}


_COPY = ("", "")
"""A copy has nothing but its bytes to be judged by."""


def _remember(wanted: Wanted, ledger: Ledger, output: Path, built: Mapping[str, Built], problems: Problems) -> None:
    path = ledger_path(wanted.root, output)
    try:
        write_ledger(path, ledger, wanted.settings, built)
    except OSError as error:
        cure = "the site is right; the next build is slower"
        problems.add(Problem("BG506", Place(files.shown(path, wanted.root)), f"the ledger was not saved: {error.strerror}", cure))
