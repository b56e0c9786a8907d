"""The same input gives the same bytes: on any machine, in any locale, zone and folder, with any number of processes."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.worlds import REPOSITORY, World, command, record_of, surroundings, text_of, tree

SUBJECTS = ["Energy", "Élan vital", "İstanbul", "C++", "日本", "no", "2024", "ångström"]


def files() -> dict[str, str]:
    """A site of a few hundred pages with names of many scripts."""
    made = {
        "briefgen.yaml": "title: Desk\nbase_url: https://desk.example/\ntimezone: Europe/Berlin\npage_size: 7\n",
        "content/people/ann-lee.md": record_of("Ann Lee", "Of [[Energy]].", aliases="[A. Lee]"),
        "content/topics/energy.md": record_of("Energy"),
        "content/pages/about.md": "---\ntitle: About\n---\nSee [[Ann Lee]].\n",
        "static/a/logo.svg": "<svg/>",
    }
    for number in range(130):
        topics = ", ".join(f'"{SUBJECTS[(number * step) % 8]}"' for step in (1, 3))
        made[f"content/briefings/b{number:03}.md"] = text_of(
            f"Title {number} ı İ ß",
            f"2025-{1 + number % 12:02}-{1 + number % 28:02}" + ("T23:30" if number % 3 else ""),
            f"Words of [[b{(number * 7) % 130:03}]] and “quotes”.\n\n## Part {number}\n\n- a\n- b",
            topics=f"[{topics}]",
            people=f"[Person {number % 11}, A. Lee]",
        )
    return made


NOTHING: Mapping[str, str] = {}
VARIATIONS: dict[str, dict[str, str]] = {
    "hash seed 0": {"PYTHONHASHSEED": "0"},
    "hash seed 1": {"PYTHONHASHSEED": "1"},
    "hash seed 4242": {"PYTHONHASHSEED": "4242"},
    "locale C": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "locale Turkish": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    "zone Kiritimati": {"TZ": "Pacific/Kiritimati"},
    "zone New York": {"TZ": "America/New_York"},
    "optimised": {"PYTHONOPTIMIZE": "2"},
    "a year later": {"SOURCE_DATE_EPOCH": "1798761600"},
    "home elsewhere": {"HOME": "/nonexistent", "USER": "nobody", "COLUMNS": "20"},
    "developer mode": {"PYTHONDEVMODE": "1"},
}


def built(folder: Path, *arguments: str, cwd: Path | None = None, environment: Mapping[str, str] = NOTHING) -> dict[str, bytes]:
    ended = subprocess.run(
        command("build", "-C", str(folder), *arguments),
        cwd=cwd or folder,
        env=surroundings(**environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return tree(folder / "public")


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The output as one build makes it."""
    site = World(tmp_path_factory.mktemp("expected") / "site").put(files())
    return built(site.root, "--jobs", "1")


@pytest.mark.parametrize("variation", VARIATIONS)
def test_the_environment_changes_no_byte(tmp_path: Path, expected: dict[str, bytes], variation: str) -> None:
    site = World(tmp_path / "site").put(files())
    assert built(site.root, environment=VARIATIONS[variation]) == expected


@pytest.mark.parametrize("jobs", ["2", "3", "8"])
def test_the_number_of_processes_changes_no_byte(tmp_path: Path, expected: dict[str, bytes], jobs: str) -> None:
    site = World(tmp_path / "site").put(files())
    assert built(site.root, "--jobs", jobs) == expected


def test_the_folder_the_order_of_files_and_the_mask_change_no_byte(tmp_path: Path, expected: dict[str, bytes]) -> None:
    site = World(tmp_path / "päth with spaces" / ("x" * 60))
    before = os.umask(0o077)
    try:
        site.put(dict(reversed(files().items())))
        assert built(site.root, cwd=Path("/")) == expected
    finally:
        os.umask(before)


def test_a_second_build_and_one_without_the_cache_change_no_byte(tmp_path: Path, expected: dict[str, bytes]) -> None:
    site = World(tmp_path / "site").put(files())
    assert built(site.root) == built(site.root) == built(site.root, "--fresh") == expected


def test_nothing_of_the_machine_is_in_the_output(expected: dict[str, bytes], tmp_path: Path) -> None:
    names = [str(tmp_path.parent.parent), str(REPOSITORY), str(Path.home()), socket.gethostname(), sys.prefix]
    machine = [name.encode() for name in names if len(name) > 4]
    assert not [(path, name) for path, content in expected.items() for name in machine if name in content]


@pytest.mark.skipif(not shutil.which("faketime"), reason="faketime is not installed")
def test_the_clock_changes_no_byte(tmp_path: Path, expected: dict[str, bytes]) -> None:
    site = World(tmp_path / "site").put(files())
    words = ["faketime", "2031-05-06 07:08:09", *command("build", "--now", "2026-01-01")]
    subprocess.run(words, cwd=site.root, env=surroundings(), capture_output=True, check=True)
    assert tree(site.public) == expected
