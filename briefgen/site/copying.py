"""Copies: the files that a site publishes as they are, and smaller pictures, staged where their bytes are new."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.parallel import share
from briefgen.site.ledger import Ledger
from briefgen.site.publish import stage

if TYPE_CHECKING:
    from briefgen.site.site import Copy

FEWEST = 4
"""Pictures below which a process of their own costs more than it saves."""


def stage_copies(copies: "Sequence[Copy]", staging: Path, present: Mapping[str, str], ledger: Ledger, jobs: int) -> dict[str, str]:
    """The SHA-256 of each copy by path; those that differ from `present` are written below `staging`.

    A picture that stands there as the ledger says it was written is not made again: its path tells what it is made of.
    """

    def make(part: "Iterable[Copy]") -> dict[str, str]:
        return {copy.path: _staged(copy, staging, present) for copy in part}

    known = {copy.path: _known(copy, present, ledger) for copy in copies}
    to_make = [copy for copy in copies if copy.width and not known[copy.path]]
    to_copy = [copy for copy in copies if not copy.width and known[copy.path] != present[copy.path]]
    made = {path: sha256 for part in share(make, to_make, jobs, FEWEST) for path, sha256 in part.items()}
    return known | make(to_copy) | made


def _known(copy: "Copy", present: Mapping[str, str], ledger: Ledger) -> str:
    if not copy.width:
        return copy.sha256
    written = ledger.built.get(copy.path)
    return written.sha256 if written and written.sha256 == present[copy.path] else ""


def _staged(copy: "Copy", staging: Path, present: Mapping[str, str]) -> str:
    content = copy.read()
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 != present[copy.path]:
        stage(staging / copy.path, content)
    return sha256
