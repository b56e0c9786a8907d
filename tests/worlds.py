"""Worlds: small sites made of a few files, the commands that are run on them, and what came out."""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefgen.config import Config, load_config, with_base_url
from briefgen.library.show import Show
from briefgen.problems import BriefgenError, Problem, Problems
from briefgen.site.build import Report, build
from briefgen.site.update import Way

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
CONFIG = "title: Desk\nbase_url: https://desk.example/\n"
WAY = Way()
REPOSITORY = Path(__file__).parent.parent


def text_of(title: str = "A briefing", date: str = "2025-03-18", body: str = "Words.", **keys: str) -> str:
    """The text of a content file; `keys` are further lines of front matter, as they stand in YAML."""
    header = {"title": title, "date": date, **keys}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in header.items() if value) + f"---\n\n{body}\n"


def record_of(name: str, body: str = "", **keys: str) -> str:
    """The text of a record."""
    return text_of("", "", body, name=name, **keys)


@dataclass(frozen=True)
class Ran:
    """A command that has ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class World:
    """A site in a folder of its own."""

    root: Path

    @property
    def public(self) -> Path:
        """Its usual output folder."""
        return self.root / "public"

    def put(self, files: Mapping[str, str | bytes]) -> "World":
        """Write files, over what is there."""
        for name, content in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def briefing(self, name: str, title: str = "A briefing", date: str = "2025-03-18", body: str = "Words.", **keys: str) -> "World":
        """Write one briefing."""
        return self.put({f"content/briefings/{name}.md": text_of(title, date, body, **keys)})

    def edit(self, name: str, old: str, new: str) -> None:
        """Put other words into a file."""
        path = self.root / name
        text = path.read_text()
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new))

    def build(self, output: str = "public", *, base_url: str = "", drafts: bool = False, way: Way = WAY) -> Report:
        """Build it here, in this process; an error in the content fails the test with what was found."""
        report, problems = self.attempt(output, base_url=base_url, drafts=drafts, way=way)
        assert report is not None, problems
        return report

    def attempt(
        self, output: str = "public", *, base_url: str = "", drafts: bool = False, now: dt.datetime = NOW, way: Way = WAY
    ) -> tuple[Report | None, list[Problem]]:
        """Build it here: the report, None when nothing was built, and everything that was found."""
        problems = Problems()
        try:
            config = self._config(problems, base_url)
            return build(self.root, config, self.root / output, Show(now, drafts), problems, way), list(problems)
        except BriefgenError as error:
            problems.extend(error.problems)
            return None, list(problems)

    def _config(self, problems: Problems, base_url: str) -> Config:
        config = load_config(self.root, problems)
        return with_base_url(config, base_url) if base_url else config

    def run(self, *arguments: str, **environment: str) -> Ran:
        """Run `briefgen` as a program in this folder, at the moment `NOW`."""
        return run(self.root, *arguments, **environment)

    def page(self, url: str) -> str:
        """The text of the page at a URL of the output."""
        path = self.public / url
        return (path / "index.html" if url.endswith("/") or not url else path).read_text()

    def found(self) -> list[str]:
        """The codes of everything that a build finds."""
        return [problem.code for problem in self.attempt()[1]]


def run(folder: Path, *arguments: str, **environment: str) -> Ran:
    """Run `briefgen` as a program in a folder."""
    ended = subprocess.run(command(*arguments), cwd=folder, env=surroundings(**environment), capture_output=True, timeout=120, check=False)
    return Ran(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def command(*arguments: str) -> list[str]:
    """The words that start `briefgen` from this repository."""
    return [sys.executable, "-m", "briefgen", *arguments]


def surroundings(**environment: str) -> dict[str, str]:
    """An environment with as little in it as a program needs; without a clock, and with warnings as errors."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH") if name in os.environ}
    fixed = {"PYTHONPATH": str(REPOSITORY), "SOURCE_DATE_EPOCH": str(int(NOW.timestamp())), "NO_COLOR": "1", "PYTHONWARNINGS": "error"}
    return kept | fixed | environment


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes; a symlink stands for what it says, a special file for itself."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = b"-> " + os.fsencode(path.readlink())
        elif path.is_file():
            found[name] = path.read_bytes()
        elif not path.is_dir():
            found[name] = b"special"
    return found


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """When each file below a folder was last written, and which file it is."""
    return {path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.rglob("*")}
