"""What the browser is shown at one moment, and the one place where it is swapped for the next."""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from briefgen.digest import digest
from briefgen.places import located
from briefgen.preview.loading import Attempt, Loaded
from briefgen.problems import Problem
from briefgen.site.ledger import fingerprint
from briefgen.site.page import Page
from briefgen.site.site import Copy, Site

Served = Page | Copy


@dataclass(frozen=True, slots=True)
class Preview:
    """The last good site and what is wrong since; `number` counts the changes, `follow` is the URL of the page just saved.

    `table` holds everything that is answered, by its path in the output; `look` is the digest of what all pages are made with,
    stylesheets apart; `styles` are the stylesheets: name → URL from the root.
    """

    number: int
    good: Loaded | None = None
    table: Mapping[str, Served] = field(default_factory=dict)
    look: str = ""
    styles: Mapping[str, str] = field(default_factory=dict)
    errors: tuple[Problem, ...] = ()
    follow: str = ""

    def tag(self, path: str) -> str:
        """A name for what the page at a path shows; when it changes, whoever looks at that page must see it again."""
        page = self.table.get(path)
        if isinstance(page, Page):
            return digest((fingerprint(page), self.look, page.origin))
        if isinstance(page, Copy):
            return page.sha256
        return self.tag(NOT_FOUND) if NOT_FOUND in self.table and path != NOT_FOUND else "nothing"


NOT_FOUND = "404.html"


def next_preview(before: Preview, attempt: Attempt, root: Path, follow: str = "") -> Preview:
    """The preview after another load of the site at `root`; a failed one keeps the site that was there."""
    good, errors = attempt.good, tuple(located(attempt.found, root)) if attempt.failed else ()
    if good is None or (before.good is not None and before.good.site is good.site):
        return Preview(before.number + 1, good, before.table, before.look, before.styles, errors, follow)
    site = good.site
    table: dict[str, Served] = {copy.path: copy for copy in site.copies}
    table.update((page.path, page) for page in site.pages)
    if before.good is not None and before.good.site.theme is site.theme:
        look, styles = before.look, before.styles  # no more than a text was amended
    else:
        look, styles = _look(site), dict(_styles(site))
    return Preview(before.number + 1, good, table, look, styles, errors, follow)


def _look(site: Site) -> str:
    """The digest of the theme without its stylesheets, and of what pages may show of the configuration."""
    theme = site.theme
    sources = [(name, *(file.source for file in chain)) for name, chain in sorted(theme.templates.items())]
    static = [file.output for name, file in sorted(theme.static.items()) if not name.endswith(".css")]
    strings = [(lang, *sorted(table.items())) for lang, table in sorted(theme.strings.items())]
    return digest((tuple(sources), tuple(static), tuple(strings), site.view))


def _styles(site: Site) -> Iterator[tuple[str, str]]:
    """The stylesheets by the name that stays when their content changes, with a URL that changes with it."""
    hashed = {file.output for file in site.theme.static.values()}
    for copy in site.copies:
        if copy.path in hashed:
            path = PurePosixPath(copy.path)
            name, url = str(path.with_name(path.stem.rpartition(".")[0] + path.suffix)), copy.path
        else:
            name, url = copy.path, f"{copy.path}?{copy.sha256[:16]}"
        if name.endswith(".css"):
            yield name, url


class Live:
    """Holds the present preview; swaps it whole and wakes whoever waits for the next."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.now = Preview(0)

    def swap(self, preview: Preview) -> None:
        """Show another preview from now on."""
        with self._changed:
            self.now = preview
            self._changed.notify_all()

    def newer_than(self, number: int, seconds: float) -> Preview | None:
        """The preview as soon as it is newer than that, None when it is not within so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.now.number > number, seconds)
            return self.now if self.now.number > number else None
