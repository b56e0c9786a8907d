"""The build: load, plan, find what is stale, render it aside, put it in place."""

import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.config import Config
from briefgen.library.show import Show
from briefgen.model import Place
from briefgen.parallel import aside
from briefgen.problems import BriefgenError, Problem, Problems
from briefgen.site.indexing import search_version, with_index
from briefgen.site.ledger import Ledger, last_path, ledger_path, read_ledger, recipes_path
from briefgen.site.lock import locked, locked_output
from briefgen.site.manifest import check_output, check_owner, owner_of, read_manifest
from briefgen.site.program import code_digest
from briefgen.site.publish import failed, remove_all, remove_leftovers, staging_path
from briefgen.site.standstill import Last, input_stamps, read_last, remember, stamps_of, stands_still, told
from briefgen.site.switch import check_switch, is_switch, remove_switch
from briefgen.site.update import Glance, NotAsLeftError, Updated, Wanted, Way, glance, stop_on_errors, update
from briefgen.text import printable
from briefgen.tree import Tree, read_tree

if TYPE_CHECKING:
    from briefgen.site.site import Site

_SPARE = 1_000_000
"""Bytes of bodies that edits of texts may leave behind in any case."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. `rebuilt` holds (path, reason) of each page that was rendered, `changed` the paths whose bytes differ now.

    `hidden` holds why files are not shown – drafts, of the future, expired – and how many.
    `indexed` is how many seconds it took to index the full text; 0 where that was not done. `site` is what was built, where it was
    not as it stood already: who is about to end keeps it, as it takes time to take it apart.
    """

    pages: int
    rebuilt: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    notes: int
    hidden: tuple[tuple[str, int], ...] = ()
    indexed: float = 0.0
    site: "Site | None" = field(default=None, compare=False, repr=False)


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
        inputs = input_stamps(tree, config, show, _code(config))
        way.lap("looking at the input", inputs.count, "file")
        last = None if way.fresh else stands_still(last_path(root, output), inputs, root, output, show.now)
        way.lap("comparing with the last build", last.pages if last else 0, "page")
        if last and not (way.strict and last.notes):
            problems.extend(last.problems)
            stop_on_errors(problems, strict=way.strict)
            remove_leftovers(staging_path(root, output.parent if way.atomic else output.resolve()))
            return Report(last.pages, (), (), (), last.notes, last.hidden)
        known, young = told(inputs, root)
        with _left(root, _folder(output, way), way.jobs) as left:
            report, last = _made(_Task(tree, config, output, show, way, left), problems, inputs.count)
        # what could not be kept is no finding about the site, and is not said again
        said = tuple(problem for problem in last.problems if problem not in of_config and problem.code != "BG506")
        remember(last_path(root, output), replace(last, inputs=known, young=young, problems=said, count=inputs.count))
        way.lap("remembering the build", report.pages, "page")
        return report


@dataclass(frozen=True, slots=True)
class _Left:
    """What the last build left: its ledger, and how its output stands now. Both are found where they are asked for first."""

    ledger: Callable[[], Ledger]
    glance: Callable[[], Glance]


@contextmanager
def _left(root: Path, output: Path, jobs: int) -> Iterator[_Left]:
    path = ledger_path(root, output)
    ledger = cache(partial(read_ledger, path))
    # the output is looked at while content is read and pages are planned
    with aside(lambda: glance(output, ledger()), jobs if path.exists() else 1) as seen:
        yield _Left(ledger, seen)


@dataclass(frozen=True, slots=True)
class _Task:
    """What is to be built, where, how, and what is there of it."""

    tree: Tree
    config: Config
    output: Path
    show: Show
    way: Way
    left: _Left

    @property
    def folder(self) -> Path:
        """The output as pages are put into it."""
        return _folder(self.output, self.way)


def _code(config: Config) -> str:
    """What names the program that builds, and what looks through full text for it."""
    return f"{code_digest()} {search_version(config)}"


def _made(task: _Task, problems: Problems, count: int) -> tuple[Report, Last]:
    """Build with what earlier builds left, and where something else than briefgen has damaged that, without it."""
    found = [*problems.found]
    try:
        return _retouch(task, problems, count) or _build(task, problems)
    except MemoryError:  # it would need more yet
        raise
    except Exception as error:
        # whatever kind of nonsense was kept, and wherever it shows: a build that does without it raises what is wrong otherwise
        if task.way.fresh or (isinstance(error, BriefgenError) and not any(problem.code == "BG506" for problem in error.problems)):
            raise
        seen = error
    problems.found[:] = found
    made = _build(replace(task, way=replace(task.way, fresh=True)), problems)
    problems.add(_damaged(seen))
    return made


def _damaged(seen: Exception) -> Problem:
    # what was seen is named, as it may be a fault of ours
    last = f"{type(seen).__name__}: {seen}".strip().splitlines()[-1]
    said = "" if isinstance(seen, BriefgenError) else f" ({printable(last)})"
    message = f"what earlier builds left here was damaged{said}"
    return Problem("BG506", Place(".briefgen"), message, "the site is right: all of it was built anew")


def _build(task: _Task, problems: Problems) -> tuple[Report, Last]:
    # a build with nothing to do is spared all that
    from briefgen.library.bodies import held
    from briefgen.library.library import open_notes
    from briefgen.site.recipes import write_recipes
    from briefgen.site.site import load_site

    way = task.way
    site = load_site(task.tree, task.config, task.show, problems, way.jobs, fresh=way.fresh, lap=way.lap)
    found = tuple(problems)
    if way.strict:
        problems.extend(open_notes(site.library))
    stop_on_errors(problems, strict=way.strict)
    site, indexed = with_index(site, way.lap)
    keep = partial(write_recipes, recipes_path(site.root, task.folder), site) if site.config.search != "full" else None
    wanted = Wanted(site.root, site.config, site.theme, site.view, site.settings, site.pages, site.copies, keep=keep)
    updated = _put(wanted, Ledger() if way.fresh else task.left.ledger(), task, problems)
    way.lap("keeping recipes", len(site.library.entries), "briefing")
    notes = sum(entry.card.notes > 0 for entry in site.library.entries)
    outputs = stamps_of(task.output, updated.stamps).digest
    hidden = tuple(sorted(Counter(state for _, state in site.library.hidden).items()))
    last = Last("", (), outputs, *site.library.period, len(site.pages), notes, found, hidden, updated.kept, held=held(site.root))
    return Report(last.pages, updated.rebuilt, updated.changed, updated.removed, notes, hidden, indexed, site), last


def _retouch(task: _Task, problems: Problems, count: int) -> tuple[Report, Last] | None:
    """The same where nothing but texts of briefings was edited since the last build; None where that is not known or not so."""
    tree, way = task.tree, task.way
    last, _ = read_last(last_path(tree.root, task.output), task.show.now)
    if last is None or not last.recipes or last.count != count or way.fresh or way.strict:
        return None
    from briefgen.library.bodies import held
    from briefgen.site.retouch import retouched

    if held(tree.root) > 2 * last.held + _SPARE:  # a plan joins the packs, where dead bodies pile up
        return None
    recipes, ledger = recipes_path(tree.root, task.folder), task.left.ledger
    try:
        wanted = retouched(tree, task.config, task.show, _code(task.config), last, recipes, ledger, way.lap)
        if wanted is None:
            return None
        problems.extend(last.problems)
        updated = _put(wanted, ledger(), task, problems)
    except (ValueError, NotAsLeftError):  # what was kept is damaged, or of another build than what is in the folder
        return None
    last = replace(last, outputs=stamps_of(task.output, updated.stamps).digest)
    return Report(last.pages, updated.rebuilt, updated.changed, updated.removed, last.notes, last.hidden), last


def _put(wanted: Wanted, ledger: Ledger, task: _Task, problems: Problems) -> Updated:
    root, folder = wanted.root, task.folder
    try:
        with locked_output(folder, root):
            check_owner(folder, root, owner_of(wanted.config), lambda: _is_known(root, folder))
            return update(wanted, ledger, task.left.glance, folder, problems, task.way)
    except OSError as error:
        raise failed(error, folder, root) from error


def _folder(output: Path, way: Way) -> Path:
    # under --atomic it is the symlink that is turned
    return output if way.atomic else output.resolve()


def _is_known(root: Path, output: Path) -> bool:
    """Whether the home page that this site built last is the one that is listed in the folder."""
    home = read_ledger(ledger_path(root, output)).built.get("index.html")
    return home is not None and home.sha256 in (read_manifest(output) or {}).get("index.html", ())


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
