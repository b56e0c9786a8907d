"""Recipes: how the pages that show the text of briefings were planned, kept so that another text needs no new plan.

The first line of the file holds what all of them share, the second on which pages each briefing is shown; each further line holds
the sketches of some pages as JSON. Briefings and cards are numbers there: their places among the paths of the first line.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_type_hints

from briefgen import files
from briefgen.codec import Leaves, decode, encode
from briefgen.digest import digest_bytes
from briefgen.library.library import Entry
from briefgen.library.names import Names
from briefgen.model import Card, Image, Kind, Target, Term
from briefgen.site.manifest import is_inside
from briefgen.site.page import Page, Pending, Sketch
from briefgen.site.view import SiteView

if TYPE_CHECKING:
    from briefgen.site.site import Site

_DRAWN_IN: Mapping[str, str] = {
    "draw_briefing": "pages",
    "draw_feed": "feeds",
    "draw_citation": "exports",
    "draw_twin": "exports",
    "draw_news": "exports",
}
"""What draws the pages that show the text of a briefing, or what else is known of it alone, and the module that is loaded for it."""
_TOGETHER = 64
"""Pages in a line: few, as one is all that is read for most edits; many, as a line takes as long to begin as five pages to write."""


class Terms(NamedTuple):
    """The names of one kind, as `Names` has them; of its records the paths."""

    terms: Mapping[str, Term]
    records: Mapping[str, str]
    ids: Mapping[str, str]
    parents: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Recipes:
    """What a plan holds beside the pages: `paths` of the briefings in their order, `targets` of the links and `images` by path."""

    view: SiteView
    names: Mapping[Kind, Terms]
    paths: list[str]
    targets: Mapping[str, tuple[Target, ...]]
    images: Mapping[str, Image | None]
    _shown: list[list[int]]
    _lines: list[bytes]

    def pages(self, paths: Iterable[str], leaves: Leaves) -> Iterator[Page]:
        """The pages that show one of these briefings; `leaves` make a card and a briefing from the number in its place.

        What no build wrote raises ValueError, TypeError, KeyError, IndexError or AttributeError.
        """
        for number in sorted({number for path in paths for number in self._shown[self.paths.index(path)]}):
            path, template, origin, name, *parts = json.loads(self._lines[number // _TOGETHER])[number % _TOGETHER]
            if not is_inside(path):
                raise ValueError("a page leads out of the output folder")
            given = tuple(decode(kind, part, leaves) for kind, part in zip(_kinds(name), parts, strict=True))
            yield Page(path, template, Sketch(_draw(name), given), origin)


@cache
def _draw(name: str) -> Callable[..., object]:
    draw: Callable[..., object] = getattr(import_module(f"briefgen.site.{_DRAWN_IN[name]}"), name)
    return draw


@cache
def _kinds(name: str) -> tuple[Any, ...]:
    """The types of what a function draws from."""
    return tuple(kind for parameter, kind in get_type_hints(_draw(name)).items() if parameter != "return")


def write_recipes(path: Path, site: "Site") -> str:
    """Keep the recipes of a site; gives their digest, or nothing where they could not be kept."""
    content = _encoded(site)
    try:
        files.write(path, content)
    except OSError:
        return ""  # the next edit is planned
    return digest_bytes(content)


def _encoded(site: "Site") -> bytes:
    archive = site.archive
    entries = [*archive.entries.values()]
    numbers = {entry.card.id: number for number, entry in enumerate(entries)}
    briefings = {id(pending): numbers[identity] for identity, pending in archive.briefings.items()}
    shown: list[list[int]] = [[] for _ in entries]

    def part(value: Any) -> Any:
        if type(value) is Card:
            return numbers[value.id]
        return briefings[id(value)] if type(value) is Pending else encode(value)

    rows: list[object] = []
    for page, showing in _showing_texts(site.pages, briefings):
        for number in showing:
            shown[number].append(len(rows))
        content: Any = page.content
        rows.append([page.path, page.template, page.origin, content.draw.__name__, *content.given])
    encoder = json.JSONEncoder(default=part, separators=(",", ":"), ensure_ascii=False, check_circular=False)
    together = (rows[first : first + _TOGETHER] for first in range(0, len(rows), _TOGETHER))
    return "\n".join(map(encoder.encode, [_shared(site, entries), shown, *together])).encode()


def _shared(site: "Site", entries: Sequence[Entry]) -> dict[str, Any]:
    prose = site.archive.prose
    linked = [entry.document.path for entry in entries if entry.document.body.links]
    return {
        "view": site.view,
        "names": {kind: _terms(names) for kind, names in site.library.names.items()},
        "paths": [entry.document.path for entry in entries],
        "targets": {path: prose[path].targets for path in linked},
        "images": {entry.document.path: entry.card.image for entry in entries if entry.outline.image},
    }


def _terms(names: Names) -> tuple[object, ...]:
    records = {identity: record.path for identity, record in names.records.items()}
    return [(term.id, term.name, term.url) for term in names.terms.values()], records, names.ids, names.parents


def read_recipes(path: Path, digest: str) -> Recipes | None:
    """The recipes of that digest; None where they are lost or damaged, or others are kept."""
    try:
        content = files.read_own(path)
        if digest_bytes(content) != digest:
            return None
        first, second, *lines = content.split(b"\n")
        shared = json.loads(first)
        names = {kind: _known(kind, *row) for kind, row in shared["names"].items()}
        targets = {path: decode(tuple[Target, ...], row) for path, row in shared["targets"].items()}
        images = {path: decode(Image | None, row) for path, row in shared["images"].items()}  # type: ignore[arg-type]  # a union is no type
        return Recipes(decode(SiteView, shared["view"]), names, shared["paths"], targets, images, json.loads(second), lines)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _known(kind: Kind, terms: Iterable[list[str]], records: Mapping[str, str], ids: Mapping[str, str], parents: Mapping[str, str]) -> Terms:
    return Terms({identity: Term(kind, identity, name, url) for identity, name, url in terms}, records, ids, parents)


def _showing_texts(pages: Iterable[Page], briefings: Mapping[int, int]) -> Iterator[tuple[Page, list[int]]]:
    """The pages that are given briefings, with the numbers of these."""
    for page in pages:
        if isinstance(page.content, Sketch):
            given = page.content.given
            pending = [one for value in given for one in (value if type(value) is tuple else (value,)) if type(one) is Pending]
            showing = [briefings[id(one)] for one in pending if id(one) in briefings]
            if showing:
                yield page, showing
