"""The reference in docs/ names everything that there is, and nothing that is not."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import pytest

from briefgen import cli as door
from briefgen.rules import RULES
from tests.tools import key_reference
from tests.worlds import REPOSITORY

DOCS = REPOSITORY / "docs"
USAGE = (DOCS / "usage.md").read_text()
PAGES = sorted([*DOCS.glob("*.md"), *DOCS.glob("decisions/*.md"), *REPOSITORY.glob("*.md")])
_LINK = re.compile(r"(?<!!)\[[^\]\n]+\]\(([^)\s]+)\)")


def commands() -> Mapping[str, click.Command]:
    """The commands as the door knows them; those of a group with its name before theirs."""
    every = next(value for value in vars(door).values() if isinstance(value, click.Group) and "build" in value.commands).commands
    flat: dict[str, click.Command] = {}
    for name, command in every.items():
        inner = command.commands if isinstance(command, click.Group) else {}
        flat |= {f"{name} {one}": within for one, within in inner.items()} or {name: command}
    return flat


def section(name: str) -> str:
    """What usage.md says under the heading of a command."""
    return USAGE.partition(f"\n## {name}\n")[2].partition("\n## ")[0]


def options(command: click.Command) -> Iterator[str]:
    """Every way to write an option of a command."""
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield from (flag for flag in (*parameter.opts, *parameter.secondary_opts) if flag.strip())


SHARED = set(re.findall(r"(?<![\w-])--?[a-zA-Z][\w-]*", section("Options of every command"))) | {"-h", "--help"}


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_is_described_with_an_example_and_all_its_options(name: str) -> None:
    text = section(name)
    assert re.search(rf"^    (?:\w+ \| )?briefgen {name}\b", text, re.MULTILINE), f"usage.md shows no example of {name}"
    described = set(re.findall(r"`(--?[a-zA-Z][\w-]*)", text))
    assert {flag for flag in options(commands()[name]) if flag not in described | SHARED} == set()


def test_every_option_that_is_described_is_there() -> None:
    there = {flag for command in commands().values() for flag in options(command)} | {"-h", "--help", "--version"}
    assert {flag for flag in re.findall(r"`(--?[a-zA-Z][\w-]*)", USAGE) if flag not in there} == set()


def test_every_choice_is_described() -> None:
    for name, command in commands().items():
        choices = [choice for parameter in command.params if isinstance(parameter.type, click.Choice) for choice in parameter.type.choices]
        assert [choice for choice in choices if f"`{choice}`" not in section(name)] == [], name


@pytest.mark.parametrize("path", key_reference.DOCUMENTS, ids=lambda path: path.name)
def test_the_tables_of_keys_are_what_the_schemas_say(path: Path) -> None:
    assert path.read_text() == key_reference.with_reference(path.read_text()), "run: python -m tests.tools.key_reference"


def test_every_schema_has_a_table() -> None:
    tables = set(re.findall(r"<!-- keys of (.+?) -->", "".join(path.read_text() for path in key_reference.DOCUMENTS)))
    assert tables == set(key_reference.schemas())


def test_every_code_is_explained() -> None:
    text = "".join(path.read_text() for path in PAGES)
    assert [code for code in RULES if code not in text] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_links_of_the_docs_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(), flags=re.DOTALL)
    for target in _LINK.findall(text):
        file, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), target
        if anchor:
            headings = {_anchor(heading) for heading in re.findall(r"^#+ (.+)$", there.read_text(), re.MULTILINE)}
            assert anchor in headings, target


def _anchor(heading: str) -> str:
    """The anchor that code hosts give a heading.

    >>> _anchor("`import`: What it reads"), _anchor("SiteView")
    ('import-what-it-reads', 'siteview')
    """
    return re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-")
