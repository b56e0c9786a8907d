"""The tutorial and the guides, done word for word: files saved, commands typed, edits made, and what it says comes out comes out."""

import os
import re
import shlex
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.worlds import REPOSITORY, World, command, surroundings

TUTORIAL = REPOSITORY / "docs/tutorial.md"
GUIDES = sorted((REPOSITORY / "docs/guides").glob("*.md"))
_FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CHANGES = re.compile(r"[\d.]+ s(?=$| ·)|http://127\.0\.0\.1:\d+/|(?<=^Built )\d+|\d+(?= changed\))", re.MULTILINE)
"""What is not the same each time or in each version: seconds, ports, how many pages a theme makes of the same content."""


class Step(NamedTuple):
    """A fence of the tutorial: what is typed (`console`), a file to be saved, or an edit of one (`diff`)."""

    language: str
    file: str
    text: str


def steps(page: Path) -> list[Step]:
    """Everything that a page asks for, in order."""
    return [Step(*found) for found in _FENCE.findall(page.read_text())]


def typed(text: str) -> Iterator[tuple[str, str]]:
    """Every command with what is said to come out of it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, _, said = part.partition("\n")
        yield line, said


def edited(text: str, change: str) -> str:
    """The text after an edit, which must be possible in one place only."""
    lines = change.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] in " -")
    new = "".join(line[1:] for line in lines if line[0] in " +")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in:\n{text}"
    return text.replace(old, new)


class Desk:
    """A terminal in which one types: it remembers where it is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        program = folder / "bin/briefgen"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec {shlex.join(command())} "$@"\n')
        program.chmod(0o755)
        given = surroundings(BROWSER="true", PYTHONWARNINGS="")
        self.environment = given | {"PATH": f"{program.parent}{os.pathsep}{given['PATH']}"}

    def type(self, line: str) -> str:
        """Run a line, and give everything that comes out of it; `serve` is ended when its home page was seen."""
        words = shlex.split(line)
        if words[0] == "cd":
            self.folder /= words[1]
            return ""
        running = subprocess.Popen(
            ["bash", "-c", f"exec {line}" if "serve" in words else line],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        with running:
            said = self._seen(running) if "serve" in words else ""
            said += running.communicate(timeout=60)[0]
        assert running.returncode == 0, said
        return said

    def _seen(self, running: "subprocess.Popen[str]") -> str:
        assert running.stdout is not None
        said = ""
        try:
            for line in running.stdout:
                said += line
                if found := re.search(r"http://127\S+", line):
                    break
            assert found, said
            with urllib.request.urlopen(found[0], timeout=20) as answer:  # noqa: S310 – our own server
                assert b"Two astronauts land on the Moon" in answer.read()
        finally:
            running.send_signal(signal.SIGINT)
        return said


def fits(said: str, came: str) -> bool:
    """Whether what came out is what was said; a line `…` stands for lines left out."""
    lines = _CHANGES.sub("0", said).splitlines(keepends=True)
    pattern = "".join("(?s:.*)" if line == "…\n" else re.escape(line) for line in lines)
    return re.fullmatch(pattern, _CHANGES.sub("0", came.rstrip() + "\n" if came else "")) is not None


def follow(page: Path, folder: Path) -> World:
    """Do everything that a page asks for; gives the site that one has in the end."""
    desk = Desk(folder)
    for language, file, text in steps(page):
        if language == "console":
            for line, said in typed(text):
                came = desk.type(line)
                assert fits(said, came), f"$ {line}\n--- {page.name} says\n{said}\n--- and it was\n{came}"
        elif language == "diff":
            path = desk.folder / file
            path.write_text(edited(path.read_text(), text))
        else:
            assert file, f"where does this go?\n{text}"
            path = desk.folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    return World(desk.folder)


def test_the_tutorial_can_be_followed_word_for_word(tmp_path: Path) -> None:
    desk = follow(TUTORIAL, tmp_path)
    assert {step.language for step in steps(TUTORIAL)} >= {"console", "diff", "text"}
    assert desk.run("check", "--strict", "--base-url", "https://desk.example/").code == 0
    assert "part 2" in desk.page("2025/05/16/auditor-to-look-into-the-cost-of-the-halden-ferry-move/").lower()


@pytest.mark.parametrize("page", [TUTORIAL, *GUIDES], ids=lambda path: path.stem)
def test_every_file_is_named_to_those_who_read(page: Path) -> None:
    # what stands behind the three backticks is not shown on the page
    text = page.read_text()
    for found in _FENCE.finditer(text):
        prose = _FENCE.sub("", text[: found.start()])
        printed = "".join(fence[0] for fence in _FENCE.finditer(text[: found.start()]) if fence[1] == "console")
        assert found[2] is None or f"`{found[2]}`" in prose or f"\n{found[2]}\n" in printed, found[2]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_a_guide_can_be_followed_word_for_word(guide: Path, tmp_path: Path) -> None:
    assert follow(guide, tmp_path).run("build", "-q").code == 0
