"""Rendering: the stale pages become text, in as many processes as there are, and are staged where their bytes are new."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from briefgen.parallel import share
from briefgen.site.environment import Templates
from briefgen.site.ledger import fingerprint
from briefgen.site.page import Page, Rendered
from briefgen.site.publish import stage

FEWEST = 60
"""Pages below which a process of their own costs more than it saves."""


def render_pages(pages: Sequence[Page], templates: Templates, staging: Path, present: Mapping[str, str], jobs: int) -> dict[str, Rendered]:
    """Render pages, by path; those whose bytes differ from `present` are written below `staging`.

    Raises BriefgenError with the template's line and the content file being rendered.
    """

    def render(part: Iterable[Page]) -> dict[str, Rendered]:
        made = {}
        for page in part:
            drawn = page.drawn
            content = templates.render(drawn).encode()
            sha256 = hashlib.sha256(content).hexdigest()
            made[page.path] = Rendered(sha256, page.key, fingerprint(drawn))
            if sha256 != present.get(page.path):
                stage(f"{staging}/{page.path}", content)
        return made

    # lists show the same items, which are rendered once in a process that gets many of them
    lists_first = sorted(pages, key=lambda page: page.template == "briefing.html")
    return {path: rendered for part in share(render, lists_first, jobs, FEWEST) for path, rendered in part.items()}
