"""Findings about content, records and links, over the same load and plan as a build; nothing is written."""

from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

from briefgen.config import Config
from briefgen.library.document import FOLDERS
from briefgen.library.library import open_notes
from briefgen.library.mentions import namings_of
from briefgen.library.names import Names, header_of
from briefgen.library.show import Show
from briefgen.model import Place, Term
from briefgen.problems import BriefgenError, Problem, Problems
from briefgen.site.environment import Templates
from briefgen.site.fulltext import lost_part
from briefgen.site.mail import long_mails
from briefgen.site.site import Site, load_site
from briefgen.text import fold
from briefgen.tree import read_tree

Check = Callable[[Site], Iterator[Problem]]


def check(root: Path, config: Config, show: Show, problems: Problems) -> None:
    """Report everything that a build would report, and what `CHECKS` finds beyond that."""
    site = load_site(read_tree(root), config, show, problems, keep=False)
    for find in CHECKS:
        problems.extend(find(site))


def template_faults(site: Site) -> Iterator[Problem]:
    """What keeps templates from being compiled, also unused ones; else what fails while they render the pages."""
    templates = Templates(site.theme, site.view)
    faults = [*templates.faults()]
    yield from faults
    broken: set[str] = set()
    for page in site.pages if not faults else ():
        if page.template in broken:
            continue
        try:
            templates.render(page)
        except BriefgenError as error:
            broken.add(page.template)
            yield from error.problems


def unsettled(site: Site) -> Iterator[Problem]:
    """Briefings with open review notes (BG112)."""
    return open_notes(site.library)


def near_twins(site: Site) -> Iterator[Problem]:
    """Names that look like one person or topic (BG210); `different_from` in a record says that they are not."""
    for kind in FOLDERS.values():
        names = site.library.names[kind]
        by_start: dict[str, list[Term]] = {}
        for term in names.terms.values():
            by_start.setdefault(fold(term.name)[:3], []).append(term)
        for alike in by_start.values():
            for one, other in combinations(alike, 2):
                if _are_twins(one.name, other.name) and not _are_told_apart(names, one, other):
                    message = f"`{one.name}` and `{other.name}` look like one {kind}"
                    cure = "make one an alias of the other in its record, or list it there under `different_from`"
                    yield Problem("BG210", _named_at(site, one), message, cure, other=_named_at(site, other))


def _are_twins(one: str, other: str) -> bool:
    a, b = fold(one), fold(other)
    return abs(len(a) - len(b)) <= 2 and min(len(a), len(b)) >= 5 and SequenceMatcher(None, a, b).ratio() >= 0.92


def _are_told_apart(names: Names, one: Term, other: Term) -> bool:
    for term, twin in ((one, other), (other, one)):
        header = header_of(names.records.get(term.id))
        if any(fold(name) in (fold(twin.name), twin.id) for name in header.different_from):
            return True
    return False


def _named_at(site: Site, term: Term) -> Place:
    """Where a term has its name from: its record, or the newest briefing that uses it."""
    names = site.library.names[term.kind]
    if term.id in names.records:
        return names.records[term.id].at("name")
    for entry in site.library.entries:
        for kind, key, name, *_ in namings_of(entry.header):
            if kind == term.kind and names.find(name) == term:
                return entry.document.at(key, name)
    return Place("content")


def lost_parts(site: Site) -> Iterator[Problem]:
    """What the configuration needs and is not installed (BG607)."""
    return lost_part(site.config)


CHECKS: tuple[Check, ...] = (unsettled, near_twins, template_faults, lost_parts, long_mails)
"""What `check` looks for; a further row is a further finding."""
