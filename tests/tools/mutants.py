"""Changes the program in small ways, one at a time, and names the changes that no test notices: `make mutants`, told in docs/testing.md."""

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

COPY = Path("mutants")
FAILED, BROKEN = 1, 3
"""How pytest ends when a test fails, and when it cannot go on; a number below zero is the signal that ended a mutant."""


def main(arguments: list[str]) -> None:
    """Run mutmut, look again at what survived, and print it with a table; the arguments are mutmut's."""
    subprocess.run([sys.executable, "-m", "mutmut", "run", *arguments], check=True)
    for meta in sorted(COPY.rglob("*.py.meta")):
        ended = json.loads(meta.read_text())["exit_code_by_key"]
        codes = {name: code for name, code in ended.items() if code is not None}  # those that were asked for
        left = [name for name, code in codes.items() if code not in {FAILED, BROKEN} and code >= 0 and not _dies_alone(name)]
        for name in left:
            subprocess.run([sys.executable, "-m", "mutmut", "show", name], check=True)
        if codes:
            module = meta.relative_to(COPY).with_suffix("")
            sys.stdout.write(f"\n{module}: {len(codes)} mutants, {len(codes) - len(left)} killed, {len(left)} survived\n")


def _dies_alone(name: str) -> bool:
    """Whether a mutant dies in a process of its own: what is called when a module is imported was so before mutmut chose the mutant."""
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", *_arguments()],
        cwd=COPY,
        env={**os.environ, "MUTANT_UNDER_TEST": name},
        capture_output=True,
        check=False,
    )
    return ran.returncode != 0


def _arguments() -> Iterator[str]:
    settings = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    yield from settings["pytest_add_cli_args"]
    yield from settings["pytest_add_cli_args_test_selection"]


if __name__ == "__main__":
    main(sys.argv[1:])
