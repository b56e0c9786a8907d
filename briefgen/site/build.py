"""The build: load, plan, find what is stale, render it aside, put it in place."""

import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen import files
from briefgen.config import Config
from briefgen.library.show import Show
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem, Problems
from briefgen.signals import uninterrupted
from briefgen.site.copying import stage_copies
from briefgen.site.indexing import search_version, with_index
from briefgen.site.ledger import Built, Ledger, Verdict, judge, last_path, ledger_path, look_at, read_ledger, write_ledger
from briefgen.site.lock import locked, locked_output
from briefgen.site.manifest import check_output, check_owner, owner_of, read_manifest
from briefgen.site.page import Page, Rendered
from briefgen.site.program import code_digest
from briefgen.site.publish import Listed, check_foreign, commit, failed, remove_all, remove_leftovers, staging_folder, staging_path
from briefgen.site.standstill import Last, input_stamps, remember, stamps_of, stands_still, told
from briefgen.site.switch import check_switch, is_switch, remove_switch, switch
from briefgen.stamps import Stamp, stamp_of
from briefgen.stopwatch import Lap, unmeasured
from briefgen.tree import Tree, read_tree

if TYPE_CHECKING:
    from briefgen.site.site import Site


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. `rebuilt` holds (path, reason) of each page that was rendered, `changed` the paths whose bytes differ now.

    `indexed` is how many seconds it took to index the full text; 0 where that was not done. `site` is what was built, where it was
    not as it stood already: who is about to end keeps it, as it takes time to take it apart.
    """

    pages: int
    rebuilt: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    notes: int
    indexed: float = 0.0
    site: "Site | None" = field(default=None, compare=False, repr=False)


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


def build(root: Path, config: Config, output: Path, show: Show, problems: Problems, way: Way) -> Report:
    """Bring the output folder up to date with the site; the site there stays as it was when anything is wrong.

    Raises BriefgenError when the output folder is not safe, held by another build, or cannot be written to, and when
    there are errors (under `strict` also warnings); `problems` then holds all of them.
    """
    check_output(output, root)
    of_config = frozenset(problems)
    with locked(root):
        way.lap("starting", len(sys.modules), "module")
        if way.atomic:
            check_switch(output, root)
        tree = read_tree(root)
        inputs = input_stamps(tree, config, show, f"{code_digest()} {search_version(config)}")
        way.lap("looking at the input", inputs.count, "file")
        last = None if way.fresh else stands_still(last_path(root, output), inputs, root, output, show.now)
        way.lap("comparing with the last build", last.pages if last else 0, "page")
        if last and not (way.strict and last.notes):
            problems.extend(last.problems)
            _stop_on_errors(problems, strict=way.strict)
            remove_leftovers(staging_path(root, output.parent if way.atomic else output.resolve()))
            return Report(last.pages, (), (), (), last.notes)
        known, young = told(inputs, root)
        try:
            report, last = _build(tree, config, output, show, problems, way)
        except BriefgenError as error:
            if way.fresh or not any(problem.code == "BG506" for problem in error.problems):
                raise
            # the cache was damaged by something else than briefgen, and is of no use
            report, last = _build(tree, config, output, show, problems, replace(way, fresh=True))
        said = tuple(problem for problem in last.problems if problem not in of_config)
        remember(last_path(root, output), replace(last, inputs=known, young=young, problems=said))
        way.lap("remembering the build", report.pages, "page")
        return report


def _build(tree: Tree, config: Config, output: Path, show: Show, problems: Problems, way: Way) -> tuple[Report, Last]:
    # a build with nothing to do is spared all that
    from briefgen.library.library import open_notes
    from briefgen.site.site import load_site

    site = load_site(tree, config, show, problems, way.jobs, fresh=way.fresh, lap=way.lap)
    found = tuple(problems)
    if way.strict:
        problems.extend(open_notes(site.library))
    _stop_on_errors(problems, strict=way.strict)
    site, indexed = with_index(site, way.lap)
    root, output = tree.root, output if way.atomic else output.resolve()
    try:
        with locked_output(output, root):
            check_owner(output, root, owner_of(config), lambda: _is_known(root, output))
            report, stamps = _publish(site, output, problems, way)
            report = replace(report, indexed=indexed)
    except OSError as error:
        raise failed(error, output, root) from error
    return report, Last("", (), stamps_of(output, stamps).digest, *site.library.period, report.pages, report.notes, found)


def _is_known(root: Path, output: Path) -> bool:
    """Whether the home page that this site built last is the one that is listed in the folder."""
    home = read_ledger(ledger_path(root, output)).built.get("index.html")
    return home is not None and home.sha256 in (read_manifest(output) or {}).get("index.html", ())


def _stop_on_errors(problems: Problems, *, strict: bool) -> None:
    if problems.errors or (strict and problems.warnings):
        raise BriefgenError


def _publish(site: "Site", output: Path, problems: Problems, way: Way) -> tuple[Report, dict[str, Stamp]]:
    ledger = Ledger() if way.fresh else read_ledger(ledger_path(site.root, output))
    listed = read_manifest(output) or {}
    verdicts = judge(site.pages, ledger, site.settings)
    way.lap("judging pages", len(verdicts), "page")
    paths = [*verdicts, *(copy.path for copy in site.copies)]
    found = look_at(output, paths, ledger)
    present = {path: there.sha256 for path, there in found.items()}
    stale = [(page, reason) for page in site.pages if (reason := _why(page, verdicts[page.path], ledger, present))]
    written = [page.path for page, _ in stale] + [copy.path for copy in site.copies if present[copy.path] != copy.sha256]
    problems.extend(check_foreign(output, site.root, {path: present[path] for path in written}, listed))
    _stop_on_errors(problems, strict=way.strict)
    way.lap("looking at the output", len(present), "file")
    problems.extend(_edited(present, listed, files.shown(output, site.root)))
    staging = staging_folder(site.root, output.parent if way.atomic else output)
    try:
        made = _render([verdicts[page.path].drawn or page for page, _ in stale], site, staging, present, way.jobs) if stale else {}
        way.lap("rendering", len(stale), "page")
        verdicts |= {path: verdicts[path].once_rendered(rendered) for path, rendered in made.items()}
        shas = {path: made[path].sha256 if path in made else present[path] for path in verdicts}
        shas |= stage_copies(site.copies, staging, present, ledger, way.jobs)
        with uninterrupted():
            removed = (switch if way.atomic else commit)(staging, output, shas, listed, owner_of(site.config))
    finally:
        remove_leftovers(staging)
    changed = tuple(sorted(path for path, sha256 in shas.items() if present[path] != sha256))
    way.lap("putting in place", len(changed) + len(removed), "file")
    # what turns a symlink puts every file into another folder
    moved = shas if way.atomic else changed
    stamps = {path: found[path].stamp for path in shas} | {path: stamp_of(os.lstat(f"{output}/{path}")) for path in moved}
    built = {path: Built(*verdicts.get(path, _COPY)[1:3], sha256, stamps[path]) for path, sha256 in shas.items()}
    _remember(ledger_path(site.root, output), ledger, site, built, problems)
    way.lap("writing the ledger", len(built), "file")
    notes = sum(entry.card.notes > 0 for entry in site.library.entries)
    rebuilt = tuple((page.path, reason) for page, reason in stale)
    return Report(len(site.pages), rebuilt, changed, tuple(removed), notes, site=site), stamps


def _render(pages: list[Page], site: "Site", staging: Path, present: dict[str, str], jobs: int) -> dict[str, Rendered]:
    from briefgen.site.environment import Templates  # a build with nothing to render is spared the templates
    from briefgen.site.render import render_pages

    return render_pages(pages, Templates(site.theme, site.view), staging, present, jobs)


def _why(page: Page, verdict: Verdict, ledger: Ledger, present: dict[str, str]) -> str:
    if verdict.reason:
        return verdict.reason
    if not present[page.path]:
        return "missing in the output folder"
    return "" if present[page.path] == ledger.built[page.path].sha256 else "not what was written"


def _edited(present: dict[str, str], listed: Listed, output: str) -> Iterable[Problem]:
    for path in sorted(present):
        if present[path] and path in listed and present[path] not in listed[path]:
            cure = "change the content or a template instead; it was put right"
            yield Problem("BG503", Place(f"{output}/{path}"), "this page was edited in the output folder", cure)


_COPY = Verdict("", "", "")
"""A copy has nothing but its bytes to be judged by."""


def _remember(path: Path, ledger: Ledger, site: "Site", built: dict[str, Built], problems: Problems) -> None:
    try:
        write_ledger(path, ledger, site.settings, built)
    except OSError as error:
        cure = "the site is right; the next build is slower"
        place = Place(files.shown(path, site.root))
        problems.add(Problem("BG506", place, f"the ledger was not saved: {error.strerror}", cure))


def clean(root: Path, config: Config, output: Path, *, dry_run: bool = False) -> list[str]:
    """Remove what builds wrote into an output folder, and what they remember; return the paths. Nothing else is touched."""
    check_output(output, root)
    folder = output if is_switch(output) else output.resolve()
    if dry_run:  # it writes nothing, not even a lock
        check_owner(folder, root, owner_of(config), lambda: _is_known(root, folder))
        return sorted(read_manifest(output) or {})
    with locked(root), locked_output(folder, root) if folder.exists() else nullcontext():
        check_owner(folder, root, owner_of(config), lambda: _is_known(root, folder))
        listed = read_manifest(output) or {}
        try:
            removed = remove_switch(folder, root, listed) if is_switch(folder) else remove_all(folder, listed)
        except OSError as error:
            raise failed(error, output, root) from error
        shutil.rmtree(root / ".briefgen", ignore_errors=True)
        return removed
