"""The site: everything that build, serve and check look at, loaded and planned in one way."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from briefgen import files
from briefgen.config import Config
from briefgen.digest import digest
from briefgen.library import strays
from briefgen.library.document import HEADERS, Document
from briefgen.library.library import Library, assemble
from briefgen.library.load import documents_of, load_content
from briefgen.library.show import Show
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problems
from briefgen.site.archive import Archive, survey
from briefgen.site.ledger import Settings
from briefgen.site.page import Page
from briefgen.site.pictures import Gallery, made_smaller
from briefgen.site.plan import check_paths, owner_of, plan_pages, plan_view
from briefgen.site.program import code_digest
from briefgen.site.strings import WORDS
from briefgen.site.theme import Theme, load_theme
from briefgen.site.view import SiteView
from briefgen.stopwatch import Lap, unmeasured
from briefgen.tree import Tree

_FOLDERS = frozenset(HEADERS) - {"index"}


@dataclass(frozen=True, slots=True)
class Copy:
    """One output file that is a copy of a file of the site or its theme, and the SHA-256 of its bytes.

    What has no source is briefgen's own, and empty. A picture with a `width` is made so wide when it is needed: its path
    tells what it is made of and how, and its bytes are not known before.
    """

    path: str
    source: Path | None
    sha256: str
    width: int = 0

    def read(self) -> bytes:
        """What it copies; raises BriefgenError when that cannot be read."""
        content = files.read(self.source, files.MOST_COPIED) if self.source else b""
        return made_smaller(content, self.width, self.source.suffix) if self.source and self.width else content

    def place(self, root: Path) -> Place:
        """Whose it is, for messages."""
        return Place(files.shown(self.source, root) if self.source else f"{self.path} (briefgen's own)")


@dataclass(frozen=True, slots=True)
class Site:
    """A site as it stands: what it knows, and every file that its output has."""

    root: Path
    config: Config
    library: Library
    archive: Archive
    theme: Theme
    view: SiteView
    pages: tuple[Page, ...]
    copies: tuple[Copy, ...]
    settings: Settings


def load_site(
    tree: Tree,
    config: Config,
    show: Show,
    problems: Problems,
    jobs: int = 1,
    *,
    fresh: bool = False,
    keep: bool = True,
    lap: Lap = unmeasured,
) -> Site:
    """Load everything, plan all pages, and report what is wrong in content, records, links and paths.

    Without `keep` nothing is written. Raises BriefgenError where there is nothing to plan with: a theme that is not there.
    """
    code = code_digest()
    documents = documents_of(load_content(tree, config, code, problems, jobs, fresh=fresh, keep=keep, lap=lap), problems)
    return plan_site(tree, config, documents, show, code, problems, lap)


def plan_site(
    tree: Tree, config: Config, documents: Iterable[Document], show: Show, code: str, problems: Problems, lap: Lap = unmeasured
) -> Site:
    """The site that these documents make with what else there is; `code` names the program. Reports and raises as `load_site` does."""
    library = assemble(documents, config, replace(show, now=show.now.astimezone(config.timezone)), problems)
    lap("assembling the library", len(library.entries), "briefing")
    root = tree.root
    statics = {path.removeprefix("static/"): root / path for path in _statics(tree, problems)}
    problems.extend(strays.not_followed(tree, "static", "templates"))
    problems.extend(strays.not_read(root / WORDS, root))
    beside = frozenset(_beside(tree))
    archive = survey(library, config, Gallery(root, statics), beside, problems)
    problems.extend(strays.unlinked(beside, archive.copies.values()))
    lap("filing by record", len(library.entries), "briefing")
    theme = load_theme(root, config.theme, config.at("theme"), config.lang)
    problems.extend(theme.unused)
    view = plan_view(archive, theme.templates, problems)
    lap("loading the theme", len(theme.static), "static file")
    pages = plan_pages(archive)
    lap("planning pages", len(pages), "page")
    smaller = (Copy(path, made.source, "", made.width) for path, made in archive.smaller.items())
    copies = (*_copies(root, theme, statics, archive.copies, problems), *smaller)
    owners = [(page.path, partial(owner_of, page)) for page in pages]
    check_paths([*owners, *((copy.path, partial(copy.place, root)) for copy in copies)], problems)
    lap("checking paths", len(owners) + len(copies), "path")
    settings = Settings(code, theme.digest, digest(view))
    return Site(root, config, library, archive, theme, view, pages, copies, settings)


def _statics(tree: Tree, problems: Problems) -> Iterator[str]:
    for path, _ in tree.files("static"):
        if files.has_plain_name(path):
            yield path
        else:
            problems.add(files.odd_name(path))


def _beside(tree: Tree) -> Iterator[str]:
    """What stands between the content files; what has an odd name there was told when these were read."""
    for path, _ in tree.files("content"):
        if not path.endswith(".md") and path.split("/")[1] in _FOLDERS and files.has_plain_name(path):
            yield path


def _copies(root: Path, theme: Theme, statics: Mapping[str, Path], beside: Mapping[str, str], problems: Problems) -> Iterator[Copy]:
    sources = [
        (".nojekyll", None),
        *((file.output, file.path) for file in theme.static.values()),
        *statics.items(),
        *((url, root / path) for url, path in beside.items()),
    ]
    for path, source in sorted(sources, key=lambda pair: pair[0]):
        try:
            content = files.read(source, files.MOST_COPIED) if source else b""
        except BriefgenError as error:
            problems.extend(error.problems)
            continue
        yield Copy(path, source, hashlib.sha256(content).hexdigest())
