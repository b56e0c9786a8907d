"""Looking at pages: a server under the policy that the theme promises to live under, a browser, and every kind of page."""

import contextlib
import functools
import gzip
import os
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from briefgen.config import Config
from briefgen.site.policy import policy_of
from tests.chromium import ARGUMENTS, CHROMIUM
from tests.gallery import GRID
from tests.worlds import REPOSITORY

POLICY = policy_of(Config())
KINDS = {
    "home": "",
    "edition": "2025/03/18/",
    "month": "2025/03/",
    "year": "2025/",
    "dates": "dates/",
    "search": "search/?q=grid",
    "corrections": "corrections/",
    "briefing": GRID,
    "long briefing": "2025/03/18/long/",
    "arabic briefing": "2025/03/18/river/",
    "payload": "2025/03/16/payload/",
    "undated": "undated/short-note/",
    "topics": "topics/",
    "topic": "topics/energy/",
    "people": "people/",
    "person": "people/maria-keller/",
    "quotes": "people/maria-keller/quotes/",
    "without dates": "undated/",
    "stories": "stories/",
    "story": "stories/the-grid/",
    "sources": "sources/",
    "source": "sources/alder-gazette/",
    "page": "about/",
    "missing": "404.html",
}
"""Every kind of page of the gallery, by the URL of one of them."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WHAT_WAS_FOUND = "found => JSON.stringify(found.violations.map(one => [one.id, one.nodes.map(part => part.html)]))"
_PACKED = (".html", ".css", ".js", ".svg", ".json", ".xml")


class Quiet(SimpleHTTPRequestHandler):
    """Serves a site under the policy, packed as every host packs it where a browser asks for that."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() and self.path.partition("?")[0].endswith("/") else path
        if "gzip" not in self.headers.get("Accept-Encoding", "") or path.suffix not in _PACKED or not path.is_file():
            return super().do_GET()
        content = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        return None


@contextlib.contextmanager
def served(folder: Path, port: int = 0) -> Iterator[str]:
    """The address under which a folder is served for as long as the block runs."""
    with ThreadingHTTPServer(("127.0.0.1", port), functools.partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@contextlib.contextmanager
def launched() -> Iterator[Any]:
    """Chromium, as playwright drives it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@contextlib.contextmanager
def opened(browser: Any, width: int = 1280, **options: Any) -> Iterator[Any]:
    """An empty page, so many pixels wide, that remembers nothing of the others."""
    context = browser.new_context(viewport={"width": width, "height": 800}, **options)
    try:
        yield context.new_page()
    finally:
        context.close()


def tool(variable: str, path: str) -> Path | None:
    """A program from npm: where the variable of the environment says, or in `node_modules/` (`make nightly` puts it there)."""
    named = os.environ.get(variable)
    found = Path(named) if named else REPOSITORY / "node_modules" / path
    return found if found.exists() else None


def axe() -> str | None:
    """The script of axe-core, None where it is not installed."""
    found = tool("AXE", "axe-core/axe.min.js")
    return found.read_text() if found else None
