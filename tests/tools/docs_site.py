"""Makes the documentation a site of briefgen's own: docs/ and the papers at the top become pages, and the default theme shows them.

python -m tests.tools.docs_site build/docs
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from briefgen.yamldump import dump
from tests.worlds import REPOSITORY

PAPERS = ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "briefgen/importing/lists/SOURCES.md")
FOLDER = "content/pages/manual"
"""Below a folder of its own: a paper may be called as a page of the index is, such as `search`."""
CONFIG = """\
title: briefgen
description: From raw news articles to briefings, and from briefings to a website.
nav: [manual/tutorial, manual/import, manual/usage, manual/themes, manual/hosting]
"""
_FENCE = re.compile(r"^(```+)[^\n]*\n.*?^\1$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<=\]\()([^)\s#]+)(#[^)\s]*)?(?=\))")
_COMMENT = re.compile(r"^<!--.*?-->\n?", re.MULTILINE)


def pages() -> dict[Path, str]:
    """Every paper of the documentation with the content file that it becomes."""
    docs = REPOSITORY / "docs"
    found = {path: f"{FOLDER}/{path.relative_to(docs).as_posix()}" for path in sorted(docs.rglob("*.md"))}
    found |= {REPOSITORY / name: f"{FOLDER}/{Path(name).name.lower()}" for name in PAPERS}
    found[docs / "decisions/README.md"] = f"{FOLDER}/decisions/index.md"
    found[docs / "index.md"] = "content/index.md"
    return found


def write_site(folder: Path) -> None:
    """Put the site's content into a new folder."""
    every = pages()
    (folder / "briefgen.yaml").write_text(CONFIG)
    (folder / "strings.yaml").write_text("no_briefings: This site is made by briefgen, from docs/ of its repository.\n")
    for source, name in every.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page_text(source, every, folder))


def page_text(source: Path, every: dict[Path, str], folder: Path) -> str:
    """A paper as a content file: its heading is the title, its first paragraph the summary, its links lead to the other pages."""
    title, _, body = source.read_text().removeprefix("# ").partition("\n")
    parts = []
    for part, is_code in _parts(_COMMENT.sub("", body).strip()):
        parts.append(part if is_code else _LINK.sub(lambda link: _target(link, source, every, folder), part))
    return f"---\n{dump({'title': title})}---\n\n{''.join(parts)}\n"


def _target(link: re.Match[str], source: Path, every: dict[Path, str], folder: Path) -> str:
    anchor = link[2] or ""
    there = Path(os.path.normpath(source.parent / link[1]))
    there = there / "README.md" if there.is_dir() else there
    own = (folder / every[source]).parent
    if there in every:
        return os.path.relpath(folder / every[there], own) + anchor
    if there.suffix == ".png" and there.is_file():
        copied = own / there.name
        shutil.copyfile(there, copied)
        return copied.name
    return link[0]


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for found in _FENCE.finditer(text):
        yield text[at : found.start()], False
        yield found[0], True
        at = found.end()
    yield text[at:], False


def main(folder: Path) -> int:
    """Make the site in `folder`, build it strictly, and give the exit code of that."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    write_site(folder)
    words = ["build", "--strict", "--base-url", os.environ.get("DOCS_URL", "https://docs.example/"), "-C", str(folder)]
    return subprocess.run([sys.executable, "-m", "briefgen", *words], cwd=REPOSITORY, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
