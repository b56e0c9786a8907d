"""Rendering: the stale pages become text, in as many processes as there are, and are staged where their bytes are new."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from briefgen.parallel import share
from briefgen.site.environment import Templates
from briefgen.site.page import Page
from briefgen.site.publish import stage

FEWEST = 60
"""Pages below which a process of their own costs more than it saves."""


def render_pages(pages: Sequence[Page], templates: Templates, staging: Path, present: Mapping[str, str], jobs: int) -> dict[str, str]:
    """Render pages and return the SHA-256 of each one's bytes; those that differ from `present` are written below `staging`.

    Raises BriefgenError with the template's line and the content file being rendered.
    """

    def render(part: Iterable[Page]) -> dict[str, str]:
        made = {}
        for page in part:
            content = templates.render(page).encode()
            made[page.path] = hashlib.sha256(content).hexdigest()
            if made[page.path] != present.get(page.path):
                stage(f"{staging}/{page.path}", content)
        return made

    return {path: sha256 for part in share(render, pages, jobs, FEWEST) for path, sha256 in part.items()}
