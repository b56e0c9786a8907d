"""What Lighthouse and the Nu HTML Checker say of the default theme; `make nightly` installs both, and Lighthouse takes minutes.

LIGHTHOUSE and VNU name the programs where they stand elsewhere than in `node_modules/`.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import served, tool
from tests.chromium import ARGUMENTS, CHROMIUM
from tests.gallery import gallery
from tests.worlds import World, run

LIGHTHOUSE, VNU = tool("LIGHTHOUSE", ".bin/lighthouse"), tool("VNU", "vnu-jar/build/dist/vnu.jar")
KINDS = {
    "home": "",
    "briefing": "1969/07/20/eagle-lands/",
    "topic": "topics/apollo-11/",
    "person": "people/neil-armstrong/",
    "dates": "dates/",
}
POINTS = {"performance": 100, "accessibility": 100, "best-practices": 100, "seo": 100}
ROUNDS = 3
"""A busy machine makes a page look slower than it is, never faster."""
LATEST_PAINT, MOST_SHIFT = 1_200, 0.01
"""Milliseconds of Lighthouse's slow phone until the largest part is painted, and how far things move."""

pytestmark = pytest.mark.nightly


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("measured") / "site"
    assert run(folder.parent, "init", "-q", "--example", str(folder)).code == 0
    with served(folder / "public") as address:
        assert run(folder, "build", "-q", "--base-url", address).code == 0
        yield address


def judged(address: str) -> dict[str, Any]:
    flags = "--headless=new " + " ".join(ARGUMENTS)
    ended = subprocess.run(
        [str(LIGHTHOUSE), address, "--output=json", "--quiet", f"--chrome-flags={flags}"],
        capture_output=True,
        env={**os.environ, "CHROME_PATH": str(CHROMIUM)},
        check=True,
    )
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None or LIGHTHOUSE is None, reason="Chromium or Lighthouse is not installed (npm install lighthouse)")
@pytest.mark.parametrize("kind", KINDS)
def test_lighthouse_gives_every_point(demonstration: str, kind: str) -> None:
    said = []
    for _ in range(ROUNDS):
        found = judged(demonstration + KINDS[kind])
        points = {name: round(category["score"] * 100) for name, category in found["categories"].items()}
        paint = found["audits"]["largest-contentful-paint"]["numericValue"]
        shift = found["audits"]["cumulative-layout-shift"]["numericValue"]
        if points == POINTS and paint <= LATEST_PAINT and shift <= MOST_SHIFT:
            return
        said.append(f"{points}, painted after {paint:.0f} ms, moved by {shift}")
    pytest.fail("\n".join(said))


@pytest.mark.skipif(VNU is None or shutil.which("java") is None, reason="the checker or Java is not installed (npm install vnu-jar)")
@pytest.mark.parametrize("site", ["demonstration", "gallery"])
def test_the_nu_html_checker_finds_nothing(tmp_path: Path, site: str) -> None:
    folder = tmp_path / "site"
    if site == "demonstration":
        assert run(tmp_path, "init", "-q", "--example", str(folder)).code == 0
    else:
        gallery(World(folder))
    # it takes structured data, which no browser runs, for a script that the policy forbids; tests/test_browser.py sees to the policy
    with (folder / "briefgen.yaml").open("a") as config:
        config.write("content_security_policy: none\n")
    assert run(folder, "build", "-q").code == 0
    checked = ["java", "-jar", str(VNU), "--skip-non-html", "--format", "json", str(folder / "public")]
    found = json.loads(subprocess.run(checked, capture_output=True, check=False).stderr)["messages"]
    assert [(one["url"].partition("/public/")[2], one.get("lastLine"), one["message"]) for one in found] == []
