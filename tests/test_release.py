"""What is shipped: what the package says of itself, its version in one place, licences that are named."""

import re
import tomllib
from importlib import metadata

import pytest

import briefgen
from tests.worlds import REPOSITORY, run

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
LICENCES = (REPOSITORY / "docs/licences.md").read_text()
EXTRAS = {name: wanted for name, wanted in PROJECT["optional-dependencies"].items() if name not in ("all", "test")}
WANTED = [*PROJECT["dependencies"], *(one for wanted in EXTRAS.values() for one in wanted)]
NEEDED = [re.split(r"[<>=\[]", one)[0] for one in WANTED]


@pytest.mark.parametrize("library", NEEDED)
def test_every_library_is_listed_with_its_licence(library: str) -> None:
    row = next((line for line in LICENCES.splitlines() if line.startswith("|") and re.search(rf"\b{re.escape(library)}\b", line)), "")
    assert row, f"{library} is missing in docs/licences.md"
    said = metadata.metadata(library)
    given = " ".join(text for key in ("License-Expression", "License", "Classifier") for text in said.get_all(key) or [])
    named = row.rstrip(" |").rpartition("| ")[2]
    # what an older package says in a classifier has no version in it
    assert named.partition("-")[0] in given, f"{library}: {given}"


def test_all_brings_every_part() -> None:
    assert PROJECT["optional-dependencies"]["all"] == [f"briefgen[{','.join(EXTRAS)}]"]


def test_every_library_has_a_lower_bound_which_is_what_the_oldest_environment_installs() -> None:
    assert [one for one in WANTED if ">=" not in one] == []


def test_the_version_stands_in_one_place() -> None:
    assert PROJECT["dynamic"] == ["version"]
    assert run(REPOSITORY, "--version").out.strip().endswith(briefgen.__version__)
    changes = (REPOSITORY / "CHANGELOG.md").read_text()
    assert re.search(rf"^## (Unreleased|{re.escape(briefgen.__version__)})", changes, re.MULTILINE)


def test_the_lists_of_names_have_their_sources() -> None:
    folder = REPOSITORY / "briefgen/importing/lists"
    sources = (folder / "SOURCES.md").read_text()
    assert [path.name for path in sorted(folder.glob("*.txt")) if f"`{path.name}`" not in sources] == []


def test_types_are_shipped() -> None:
    assert (REPOSITORY / "briefgen/py.typed").exists()
    assert "Typing :: Typed" in PROJECT["classifiers"]
