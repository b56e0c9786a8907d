"""The browser of the tests: where it is, and how it is started in a container."""

import os
import shutil

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
"""Root has no sandbox; a container has no graphics card, and often little shared memory, without which pages crash."""

if CHROMIUM is None and os.environ.get("BRIEFGEN_BROWSER") == "required":
    raise RuntimeError("Chromium is not installed, and BRIEFGEN_BROWSER says that it must be")
