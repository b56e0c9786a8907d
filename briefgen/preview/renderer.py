"""The renderer: pages become HTML when they are asked for, and are remembered by what they show."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from markupsafe import Markup

from briefgen.digest import digest
from briefgen.preview.live import Preview
from briefgen.site.page import Page, forget_made
from briefgen.site.shows import BriefingPage

MOST_BYTES = 64_000_000
"""How much of what was rendered is remembered."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as it is sent, and the name of exactly these bytes."""

    etag: str
    content: bytes


class Renderer:
    """Renders the pages of a preview; shared by all connections."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._plan: object = None
        self._tags: dict[str, tuple[object, str, str]] = {}
        self._rendered: OrderedDict[str, Rendered] = OrderedDict()
        self._bytes = 0

    def tag(self, preview: Preview, path: str) -> str:
        """As `Preview.tag`, remembered while a page is the same."""
        served = preview.table.get(path)
        if served is None or preview.good is None:
            return preview.tag(path)
        if self._plan is not preview.good.site.archive.atlas:
            # a page or a briefing of an earlier plan would keep all of that in memory
            self._plan, self._tags = preview.good.site.archive.atlas, {}
            forget_made()
        known = self._tags.get(path)
        if known and known[0] is served and known[1] == preview.look:
            return known[2]
        tag = preview.tag(path)
        self._tags[path] = (served, preview.look, tag)
        return tag

    def rendered(self, preview: Preview, page: Page, wanted: str = "") -> Rendered:
        """The page as it is sent; `wanted` is the path that a page of another one stands in for.

        Raises BriefgenError for a fault in a template.
        """
        assert preview.good is not None  # noqa: S101 – who has a page has a site
        tag = self.tag(preview, page.path)
        etag = digest((tag, preview.good.site.settings.theme))
        with self._lock:
            known = self._rendered.get(page.path)
            if wanted or known is None or known.etag != etag:
                html = preview.good.templates.render(page)
                known = Rendered(etag, _with_script(html, page, tag, wanted or page.path).encode())
            if not wanted:
                self._remember(page.path, known)
            return known

    def _remember(self, path: str, rendered: Rendered) -> None:
        before = self._rendered.pop(path, None)
        self._rendered[path] = rendered
        self._bytes += len(rendered.content) - (len(before.content) if before else 0)
        while self._bytes > MOST_BYTES and len(self._rendered) > 1:
            _, oldest = self._rendered.popitem(last=False)
            self._bytes -= len(oldest.content)


def _with_script(html: str, page: Page, tag: str, path: str) -> str:
    """The page with the preview's script; a feed stays as it is."""
    if not page.path.endswith(".html"):
        return html
    head, end, rest = html.partition("</head>")
    return f"{head}{script(path, tag, **_standing(page))}{end}{rest}"


def script(path: str, tag: str, **standing: str) -> Markup:
    """The element that makes a page follow its sources; what it says of the page is data and nothing runs that is written inside."""
    said = {"page": path, "tag": tag, **standing}
    fields = Markup("").join(Markup(' data-{}="{}"').format(key, text) for key, text in said.items() if text)
    return Markup('<script src="/-/preview.js" defer{}></script>').format(fields)


def _standing(page: Page) -> dict[str, str]:
    """What the banner says: the source, and whether it is a draft, of the future, undated, or has open review notes."""
    if not isinstance(page.shows, BriefingPage):
        return {"source": page.origin}
    card = page.shows.briefing.card
    return {
        "source": page.origin,
        "state": card.state,
        "undated": "" if card.date else "yes",
        "notes": str(card.notes or ""),
    }
