"""The browser of the tests: where it is, how it is started in a container, and a server for it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
"""Root has no sandbox; a container has no graphics card, and often little shared memory, without which pages crash."""

if CHROMIUM is None and os.environ.get("BRIEFGEN_BROWSER") == "required":
    raise RuntimeError("Chromium is not installed, and BRIEFGEN_BROWSER says that it must be")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def statically_served(folder: Path) -> Iterator[str]:
    """A folder behind a server that knows nothing of briefgen; gives its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()
