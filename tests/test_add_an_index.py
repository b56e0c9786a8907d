"""docs/add-an-index.md, done to a copy of the program: what it says comes out."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.test_tutorial import edited, steps
from tests.worlds import REPOSITORY, World, surroundings


def test_an_index_is_added_by_the_edits_that_the_page_shows(world: World, tmp_path: Path) -> None:
    program = tmp_path / "program"
    for part in ("briefgen", "themes"):
        shutil.copytree(REPOSITORY / part, program / part, ignore=shutil.ignore_patterns("__pycache__"))
    for language, file, text in steps(REPOSITORY / "docs/add-an-index.md"):
        path = program / file
        path.write_text(edited(path.read_text(), text) if language == "diff" else text)
    world.put({"briefgen.yaml": "nav: [topics, authors]\nbase_url: https://desk.example/\n"})
    world.put({"content/authors/mara-lind.md": "---\nname: Mara Lind\naliases: [M. Lind]\n---\n\nWrites about the harbour.\n"})
    world.briefing("a", "One", authors="[Mara Lind, Jo Ek]").briefing("b", "Two", authors="[M. Lind]")
    words = [sys.executable, "-m", "briefgen", "build", "--strict"]
    given = surroundings(PYTHONPATH=str(program))
    ended = subprocess.run(words, cwd=world.root, env=given, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert all(name in world.page("authors/") for name in ("Mara Lind", "Jo Ek"))
    page = world.page("authors/mara-lind/")
    assert all(words in page for words in ("One", "Two", "Writes about the harbour."))
    assert "<entry>" in world.page("authors/jo-ek/feed.xml")
    assert 'href="authors/"' in world.page("")
