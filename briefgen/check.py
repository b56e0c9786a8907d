"""Findings about content, records and links, over the same load and plan as a build; nothing is written."""

import functools
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from itertools import islice
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

PATIENCE = 20_000_000
"""How many pairs of names of one kind are looked at, so that ten thousand that begin alike cost seconds and not hours."""
_COMPARISON = 100
"""How many of those a closer look counts for."""
_APART = 0.08

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
        pairs = [*_alike(names)]
        places = _named_at(site, names, {term.id for pair in pairs for term in pair})
        for one, other in pairs:
            message = f"`{one.name}` and `{other.name}` look like one {kind}"
            cure = "make one an alias of the other in its record, or list it there under `different_from`"
            yield Problem("BG210", places[one.id], message, cure, other=places[other.id])


def _alike(names: Names) -> Iterator[tuple[Term, Term]]:
    """Each name with the first that it looks like: both begin alike, have the same digits and differ little; as far as `PATIENCE` goes.

    One is enough: where a hundred look alike, they are not five thousand findings.
    """
    by_start: dict[tuple[str, str], list[tuple[str, int, Term]]] = {}
    for term in names.terms.values():
        name = fold(term.name)
        if len(name) >= 5:
            # Article 50 is not Article 51
            by_start.setdefault((name[:3], "".join(filter(str.isdigit, name))), []).append((name, _letters(name), term))
    left = PATIENCE
    for near in by_start.values():
        for at, (name, letters, term) in enumerate(near):
            matcher = SequenceMatcher(None, b=name)
            for before, others, other in islice(near, at):
                left -= 1
                # a letter that only one of them has can have no match
                if (letters ^ others).bit_count() > _APART * (len(name) + len(before)) or abs(len(before) - len(name)) > 2:
                    continue
                left -= _COMPARISON
                matcher.set_seq1(before)
                is_near = matcher.quick_ratio() >= 1 - _APART and matcher.ratio() >= 1 - _APART
                if is_near and not _are_told_apart(names, other, term):
                    yield other, term
                    break
            if left < 0:
                return


def _letters(name: str) -> int:
    """The letters of a name as the bits of a number; two letters may share one."""
    return functools.reduce(int.__or__, (1 << ord(letter) % 64 for letter in name))


def _are_told_apart(names: Names, one: Term, other: Term) -> bool:
    for term, twin in ((one, other), (other, one)):
        header = header_of(names.records.get(term.id))
        if any(fold(name) in (fold(twin.name), twin.id) for name in header.different_from):
            return True
    return False


def _named_at(site: Site, names: Names, wanted: set[str]) -> dict[str, Place]:
    """Where terms have their names from, by id: their record, or the newest briefing that uses it."""
    found = {identity: record.at("name") for identity, record in names.records.items() if identity in wanted}
    for entry in site.library.entries if wanted - found.keys() else ():
        for kind, key, name, *_ in namings_of(entry.header):
            term = names.find(name) if kind == names.kind else None
            if term and term.id in wanted:
                found.setdefault(term.id, entry.document.at(key, name))
    return dict.fromkeys(wanted, Place("content")) | found


def lost_parts(site: Site) -> Iterator[Problem]:
    """What the configuration needs and is not installed (BG607)."""
    return lost_part(site.config)


CHECKS: tuple[Check, ...] = (unsettled, near_twins, template_faults, lost_parts, long_mails)
"""What `check` looks for; a further row is a further finding."""
