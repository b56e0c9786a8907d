"""Retouching: where nothing but texts of briefings was edited, the pages that show them are made from recipes, and no other is planned."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from briefgen.config import Config
from briefgen.digest import digest
from briefgen.library.cache import Kept, Read, add_rows, decode_kept, read_kept
from briefgen.library.document import Document
from briefgen.library.library import Entry, entry_of, state_of
from briefgen.library.load import cache_version, content_files, read_document, rested
from briefgen.library.names import Names
from briefgen.library.show import Show
from briefgen.model import Briefing, Card
from briefgen.problems import Problems
from briefgen.site.archive import showing
from briefgen.site.briefings import pending_briefing
from briefgen.site.ledger import Ledger, Settings
from briefgen.site.links import prose_of
from briefgen.site.page import Page, Pending
from briefgen.site.program import code_digest
from briefgen.site.recipes import Recipes, read_recipes
from briefgen.site.standstill import Last, are_as_told, input_stamps
from briefgen.site.theme import load_theme
from briefgen.site.update import Wanted
from briefgen.stamps import Stamp
from briefgen.stopwatch import Lap
from briefgen.text import minutes
from briefgen.tree import Tree

MOST = 20
"""Texts that were edited. Where there are more, a plan takes little in comparison."""


@dataclass(frozen=True, slots=True)
class Before:
    """What the last build left: how it ended, what each content file gave, how the pages were planned."""

    last: Last
    kept: Mapping[str, Kept]
    recipes: Recipes


def retouched(
    tree: Tree, config: Config, show: Show, code: str, last: Last, recipes_at: Path, ledger: Callable[[], Ledger], lap: Lap
) -> Wanted | None:
    """What the output is to hold, if there are edits of nothing but text; None when pages must be planned.

    Everything else must be as `last` saw it; `code` names the program. What the edited files give is kept in the cache. Raises
    ValueError where something that was kept is not of this program's making.
    """
    root = tree.root
    kept, recipes = read_kept(root, cache_version(config, code_digest())), read_recipes(recipes_at, last.recipes)
    lap("reading the cache", len(kept), "file")
    edits = _edits(tree, last, kept)
    same = edits and input_stamps(tree, config, show, code, edits).digest == last.inputs and are_as_told(last.young, root, edits)
    if not same or recipes is None:
        return None
    before = Before(last, kept, recipes)
    reads = _read(root, config, before, edits)
    lap("reading content", len(edits), "file")
    if reads is None:
        return None
    theme = load_theme(root, config.theme, config.at("theme"), config.lang)
    settings = Settings(code_digest(), theme.digest, digest(recipes.view))
    lap("loading the theme", len(theme.static), "static file")
    texts = [read.path for read in reads if read.digest != kept[read.path].digest]
    pages = _pages(recipes, texts, _documents(root, kept, reads), config, show)
    lap("planning pages", len(pages), "page")
    shown = {page.path for page in pages}
    stays = [path for path in ledger().built if path not in shown]
    wanted = Wanted(root, config, theme, recipes.view, settings, pages, (), stays, last.outputs)
    return wanted if settings == ledger().settings else None


def _edits(tree: Tree, last: Last, kept: Mapping[str, Kept]) -> Mapping[str, Stamp]:
    """The content files that are not as the cache has them, with the stamps that `last` saw; none where more is different."""
    found = content_files(tree, Problems())
    if found.keys() != kept.keys():
        return {}
    young = {path: (content, stamp) for path, content, stamp in last.young}
    edits: dict[str, Stamp] = {}
    for path, stamp in found.items():
        row = kept[path]
        if row.stamp != stamp:
            # the cache has no stamp of what was changed just before it was read
            content, edits[path] = young.get(path, (row.digest, row.stamp))
            if content != row.digest:
                return {}
    return edits if len(edits) <= MOST else {}


def _read(root: Path, config: Config, before: Before, paths: Iterable[str]) -> list[Read] | None:
    """What the edited files give now, and the cache keeps; None where more than text is different, or it cannot be kept."""
    was = {path: decode_kept(root, path, before.kept[path]) for path in paths}
    reads = [read_document(root, path, config, known) for path, known in was.items()]
    if not all(read.digest == was[read.path].digest or _is_text_alone(was[read.path], read, before) for read in reads):
        return None
    reads = [*rested(root, reads, few=True)]
    rows = {read.path: read.row for read in reads if read.row}
    try:
        add_rows(root, cache_version(config, code_digest()), before.kept, rows)
    except OSError:
        return None
    return reads if len(rows) == len(reads) else None


def _is_text_alone(was: Read, read: Read, before: Before) -> bool:
    """Whether the file differs in its text, and in that only in what its own page and feeds show."""
    if was.document is None or read.document is None or read.path not in before.recipes.paths:
        return False
    spoken_of = {place.path for problem in before.last.problems for place in (problem.place, problem.other) if place}
    one, other = was.document.body, read.document.body
    same = was.document.digest == read.document.digest and one.anchors == other.anchors and minutes(one.words) == minutes(other.words)
    led = [[(link.kind, link.target) for link in body.links] for body in (one, other)]
    return same and led[0] == led[1] and not read.problems and read.path not in spoken_of


def _documents(root: Path, kept: Mapping[str, Kept], reads: Iterable[Read]) -> Callable[[str], Document]:
    """Gives the document of a path: as it was read now, or as the cache has it."""
    now_read = {read.path: read for read in reads}

    @cache
    def document(path: str) -> Document:
        if path not in kept:
            raise ValueError("no such file")
        found = (now_read.get(path) or decode_kept(root, path, kept[path])).document
        if found is None:
            raise ValueError("what has an error is not kept")
        return found

    return document


def _pages(recipes: Recipes, paths: Iterable[str], document: Callable[[str], Document], config: Config, show: Show) -> tuple[Page, ...]:
    """The pages that show these briefings, as a plan would have them; raises ValueError for recipes that no build wrote."""
    now = show.now.astimezone(config.timezone)
    names = {
        kind: Names(kind, terms.terms, _Records(terms.records, document), terms.ids, terms.parents) for kind, terms in recipes.names.items()
    }

    @cache
    def entry(number: int) -> Entry:
        found = document(recipes.paths[number])
        if found.outline is None:
            raise ValueError("not a briefing")
        new = entry_of(found, found.outline, state_of(found, now), config, names)
        return showing(new, recipes.images[found.path]) if found.outline.image else new

    @cache
    def briefing(number: int) -> Pending[Briefing]:
        one = entry(number)
        targets = recipes.targets.get(one.document.path, ())
        return pending_briefing(one, prose_of(one.document.body, targets), names)

    try:
        return tuple(recipes.pages(paths, ((Card, lambda number: entry(number).card), (Briefing, briefing))))
    except (TypeError, KeyError, IndexError, AttributeError) as error:
        raise ValueError("damaged") from error


class _Records(Mapping[str, Document]):
    """The documents of records by id, each made when it is asked for."""

    def __init__(self, paths: Mapping[str, str], document: Callable[[str], Document]) -> None:
        self._paths, self._document = paths, document

    def __getitem__(self, identity: str) -> Document:
        return self._document(self._paths[identity])

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
