"""Loading for the preview: the same load and plan as a build, from documents that stay in memory."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from briefgen import files
from briefgen.config import Config, load_config
from briefgen.library.cache import Read
from briefgen.library.load import documents_of, hold, load_content, read_content, read_document
from briefgen.library.show import Show
from briefgen.model import Place
from briefgen.parallel import cores
from briefgen.preview.sources import Changes
from briefgen.problems import BriefgenError, Problem, Problems
from briefgen.site.amend import amend
from briefgen.site.environment import Templates
from briefgen.site.program import code_digest
from briefgen.site.site import Site, plan_site
from briefgen.tree import Tree, read_tree

_DOUBTED = (0, 0, -1, 0)


@dataclass(frozen=True, slots=True)
class Options:
    """What is previewed and where it is seen; `clock` gives the time that decides what is published.

    With `poll` files are looked at in turn, with `follow` the browser goes to the page that was just saved.
    """

    root: Path
    config: Path | None
    clock: Callable[[], dt.datetime]
    drafts: bool = True
    future: bool = True
    host: str = "127.0.0.1"
    port: int = 8000
    poll: bool = False
    follow: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """A site that was loaded without an error: what each file gave, the plan, its templates, what was found."""

    config: Config
    reads: Mapping[str, Read]
    site: Site
    templates: Templates
    found: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of a load: the last good site, None where there was none yet, and what was found this time."""

    good: Loaded | None
    found: tuple[Problem, ...]

    @property
    def failed(self) -> bool:
        """Whether the sources have an error, so that what is shown is older than they are."""
        return any(problem.severity == "error" for problem in self.found)


class Loader:
    """Loads one site again and again; keeps what was read, so that only what changed is read again."""

    def __init__(self, options: Options) -> None:
        self._options, self._code = options, code_digest()
        self._config: Config | None = None
        self._good: Loaded | None = None
        # what the files on disk give, good or not, and the texts in which they differ from the good site; None: in more than texts
        self._reads: Mapping[str, Read] = {}
        self._since: frozenset[str] | None = None
        # which files there are, and what is to say of those that are no texts; None: they must be looked at again
        self._tree: Tree | None = None
        self._listed: tuple[Problem, ...] | None = None

    @property
    def root(self) -> Path:
        """The folder of the site."""
        return self._options.root

    def start(self) -> Attempt:
        """Load the site for the first time, with all processors."""
        return self._attempt(cores())

    def load(self, changes: Changes) -> Attempt | None:
        """Load what may have changed; None when it had not."""
        if changes.texts_only and self._config and changes.paths <= self._reads.keys():
            read = {path: read_document(self._options.root, path, self._config, self._reads.get(path)) for path in sorted(changes.paths)}
            touched = {path for path, one in read.items() if one.digest != self._reads[path].digest}
            self._reads = {**self._reads, **read}
            if not touched:
                return None
            self._since = None if self._since is None else self._since | touched
            return self._amended() or self._attempt()
        self._since, self._tree, self._listed = None, None, None
        # what is said to have changed is read, whatever its stamp says
        self._reads = {path: replace(read, stamp=_DOUBTED) if path in changes.paths else read for path, read in self._reads.items()}
        return self._attempt()

    # -- a few texts --------------------------------------------------------------------------------------------

    def _amended(self) -> Attempt | None:
        """The good site with the texts that differ now; None when it must be planned again."""
        if self._good is None or self._since is None:
            return None
        differing = {path: self._reads[path] for path in sorted(self._since) if self._reads[path].digest != self._good.reads[path].digest}
        broken = [problem for read in differing.values() if read.document is None for problem in read.problems]
        if broken:
            return Attempt(self._good, tuple(broken))
        good = self._good
        for read in differing.values():
            following = _with_text(good, read)
            if following is None:
                return None
            good = following
        return self._accept(good)

    # -- everything ---------------------------------------------------------------------------------------------

    def _attempt(self, jobs: int = 1) -> Attempt:
        problems = Problems()
        try:
            good = self._load(problems, jobs)
        except BriefgenError as error:
            problems.extend(error.problems)
            return self._keep(problems)
        except OSError as error:  # a file went away between two looks
            problems.extend(files.unreadable(Path(error.filename or self._options.root), error).problems)
            return self._keep(problems)
        broken = problems.errors > 0
        if self._good is None or good.templates is not self._good.templates:
            problems.extend(good.templates.faults())
            problems.extend(_tried(good) if not problems.errors else ())
        # at the start, pages that a template has no fault for are better than none
        if broken or (problems.errors and self._good):
            return self._keep(problems)
        return self._accept(replace(good, found=tuple(problems)))

    def _keep(self, problems: Problems) -> Attempt:
        self._since = None
        return Attempt(self._good, tuple(problems))

    def _accept(self, good: Loaded) -> Attempt:
        self._good, self._since = good, frozenset()
        return Attempt(good, good.found)

    def _load(self, problems: Problems, jobs: int) -> Loaded:
        root = self._options.root
        config = load_config(root, problems, self._options.config)
        if self._good and not (root / "content").is_dir():
            raise BriefgenError(
                Problem("BG701", Place("content"), "the folder is gone", "put it back; until then the site stays as it was")
            )
        self._tree = tree = self._tree or read_tree(root)
        same = self._config and (config.markdown, config.timezone) == (self._config.markdown, self._config.timezone)
        if self._listed is None or not same:
            listed = Problems()
            self._reads = self._read(tree, config, self._reads if same else {}, listed, jobs)
            self._listed = tuple(listed)
        problems.extend(self._listed)
        self._config = config
        documents = documents_of({path: read for path, read in self._reads.items() if read.document or (root / path).exists()}, problems)
        show = Show(self._options.clock(), self._options.drafts, self._options.future)
        site = plan_site(tree, config, documents, show, self._code, problems)
        return Loaded(config, self._reads, site, self._templates(site), tuple(problems))

    def _read(self, tree: Tree, config: Config, known: Mapping[str, Read], listed: Problems, jobs: int) -> dict[str, Read]:
        if self._config:
            return read_content(tree, config, known, listed, at_rest=False)
        reads = load_content(tree, config, self._code, listed, jobs)
        try:
            hold(reads)
        except OSError:  # the cache is not whole: do without it
            reads = load_content(tree, config, self._code, listed, jobs, fresh=True)
            hold(reads)
        return reads

    def _templates(self, site: Site) -> Templates:
        known = self._good
        if known and (known.site.settings.theme, known.site.settings.config) == (site.settings.theme, site.settings.config):
            return known.templates
        return Templates(site.theme, site.view)


def _with_text(good: Loaded, read: Read) -> Loaded | None:
    before = good.reads[read.path]
    if before.document is None or read.document is None:
        return None
    amended = amend(good.site, good.found, before.document, read.document)
    if amended is None:
        return None
    found = (*_without(good.found, (*before.problems, *amended.lost)), *read.problems, *amended.found)
    return replace(good, reads={**good.reads, read.path: read}, site=amended.site, found=found)


def _without(found: Iterable[Problem], lost: Iterable[Problem]) -> tuple[Problem, ...]:
    left = Counter(found)
    left.subtract(lost)
    return tuple(left.elements())


def _tried(loaded: Loaded) -> Iterator[Problem]:
    """The faults that show when one page of each template is rendered."""
    for page in {page.template: page for page in reversed(loaded.site.pages)}.values():
        try:
            loaded.templates.render(page)
        except BriefgenError as error:
            yield from error.problems
