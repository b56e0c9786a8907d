"""The house as it is drawn: imports go down only, a file tells one story, a function does one thing."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.worlds import REPOSITORY

PACKAGE = REPOSITORY / "briefgen"
MODULES = sorted(PACKAGE.rglob("*.py"))
ROOMS = ("cli", "preview", "check", "site", "importing", "library")

MAY_USE: dict[str, set[str]] = {
    "cli": {"cli", "preview", "check", "site", "importing", "library", "ground"},
    "preview": {"preview", "check", "site", "library", "ground"},
    "check": {"site", "library", "ground"},
    "site": {"site", "library", "ground"},
    "importing": {"importing", "library", "ground"},
    "library": {"library", "ground"},
    "ground": {"ground"},
}
LONGEST_FILE = 250
LONGEST_FUNCTION = 40


def room_of(module: str) -> str:
    """The room that a module of briefgen stands in; what stands in none is the ground floor."""
    first = module.split(".")[1] if "." in module else ""
    return first if first in ROOMS else "ground"


def name_of(path: Path) -> str:
    parts = path.relative_to(REPOSITORY).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def used_by(path: Path) -> Iterator[str]:
    """Every module of briefgen that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "briefgen")
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            if node.module == "briefgen":
                yield from (f"briefgen.{alias.name}" for alias in node.names)
            elif node.module and node.module.startswith("briefgen."):
                yield node.module


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_down_only(path: Path) -> None:
    here = name_of(path)
    if here == "briefgen.__main__":
        assert set(used_by(path)) == {"briefgen.cli"}
        return
    up = [module for module in used_by(path) if room_of(module) not in MAY_USE[room_of(here)]]
    assert not up, f"{here} is in the room `{room_of(here)}` and imports {up}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_file_tells_one_story(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_function_does_one_thing(path: Path) -> None:
    assert not [(name, lines) for name, lines in functions(path) if lines > LONGEST_FUNCTION]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_opens_with_a_sentence(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text())) or ""
    assert said.split("\n")[0].endswith((".", ":")), "a module says in its first line what it is"


def test_only_the_door_prints_and_exits() -> None:
    for path in MODULES:
        if room_of(name_of(path)) == "cli":
            continue
        calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        named = [ast.unparse(call) for call in calls]
        assert not {"print", "input", "exit", "sys.exit", "click.echo"} & {*named}, path
