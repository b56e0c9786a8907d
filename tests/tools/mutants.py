"""Changes the program in small ways, one at a time, and names the changes that no test notices: `make mutants`, told in docs/testing.md."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

_HEADERS = ("test_frontmatter", "test_import_frontmatter")
_FOLDERS = ("test_publish_folders", "test_standstill_stamps")
ROOMS: Mapping[str, tuple[str, ...]] = {
    "text": ("test_text_hygiene", "test_addresses"),
    "yamltext": _HEADERS,
    "forms": _HEADERS,
    "library/brackets": ("test_inplace",),
    "library/frontmatter": _HEADERS,
    "library/inplace": ("test_inplace",),
    "library/keys": _HEADERS,
    "library/renaming": ("test_renaming",),
    "library/urls": ("test_addresses",),
    "importing/frontmatter": _HEADERS,
    "importing/render": ("test_import_shown", "test_import_lists"),
    "preview/requests": ("test_requests",),
    "site/addresses": ("test_addresses",),
    "site/links": ("test_build_links", "test_pictures"),
    "site/lock": _FOLDERS,
    "site/manifest": _FOLDERS,
    "site/markup": ("test_build_escaping", "test_build_links"),
    "site/publish": _FOLDERS,
    "site/standstill": _FOLDERS,
    "site/switch": _FOLDERS,
}
"""The modules that are changed, and the tests that have to notice; the examples in a module's own text are among them."""

COPY, SETTINGS = Path("mutants"), Path("setup.cfg")
BESIDE = ("themes", "content", "seeds", "docs", "briefgen.yaml", "README.md", "CHANGELOG.md")
"""What the tests read, besides the package and themselves."""
PYTEST = ("-p", "no:cacheprovider", "-m", "not nightly", "--hypothesis-profile=mutants")
FAILED, BROKEN = 1, 3
"""How pytest ends when a test fails, and when it cannot go on; a number below zero is the signal that ended a mutant."""
LONGEST = 600
"""Seconds after which tests that a mutant keeps from ending are taken to notice it."""


def main(arguments: list[str]) -> None:
    """Try the modules that are named, as in `ROOMS`, or all; other arguments are mutmut's (`--max-children=1`)."""
    rooms = [argument for argument in arguments if argument in ROOMS]
    others = [argument for argument in arguments if argument not in ROOMS]
    try:
        lines = [_line(room, others) for room in rooms or ROOMS]
    finally:
        SETTINGS.unlink(missing_ok=True)
    sys.stdout.write("\n| changed | mutants | noticed | not noticed |\n|---|---:|---:|---:|\n" + "".join(lines))


def _line(room: str, arguments: list[str]) -> str:
    """Run mutmut for a module, look again at what survived, and show it; a line of the table."""
    shutil.rmtree(COPY, ignore_errors=True)
    SETTINGS.write_text(_settings(room), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "mutmut", "run", *arguments], check=True)
    ended = json.loads((COPY / f"briefgen/{room}.py.meta").read_text())["exit_code_by_key"]
    codes = {name: code for name, code in ended.items() if code is not None}  # those that were asked for
    left = [name for name, code in codes.items() if code not in {FAILED, BROKEN} and code >= 0 and not _dies_alone(name, room)]
    for name in left:
        subprocess.run([sys.executable, "-m", "mutmut", "show", name], check=True)
    return f"| `{room}.py` | {len(codes)} | {len(codes) - len(left)} | {len(left)} |\n"


def _settings(room: str) -> str:
    """What mutmut is told; it reads lists line by line."""
    settings = {
        "source_paths": "briefgen",
        "only_mutate": f"briefgen/{room}.py",
        "also_copy": "\n  ".join(BESIDE),
        # a fork of a process that has run the tests remembers addresses that a mutant would make otherwise
        "process_isolation": "forkserver",
        "timeout_constant": "6.0",
        "timeout_multiplier": "10.0",
        "pytest_add_cli_args": "\n  ".join(PYTEST),
        "pytest_add_cli_args_test_selection": "\n  ".join(_tests(room)),
    }
    return "[mutmut]\n" + "".join(f"{key} = {value}\n" for key, value in settings.items())


def _dies_alone(name: str, room: str) -> bool:
    """Whether a mutant dies in a process of its own: what is called when a module is imported was so before mutmut chose the mutant."""
    tests = [sys.executable, "-m", "pytest", "-x", "-q", *PYTEST, *_tests(room)]
    try:
        subprocess.run(tests, cwd=COPY, env={**os.environ, "MUTANT_UNDER_TEST": name}, capture_output=True, check=True, timeout=LONGEST)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return True
    return False


def _tests(room: str) -> list[str]:
    return [f"briefgen/{room}.py", *(f"tests/{name}.py" for name in ROOMS[room])]


if __name__ == "__main__":
    main(sys.argv[1:])
