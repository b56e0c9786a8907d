"""What editors are told: JSON Schemas that take what briefgen takes, and files that name them."""

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from briefgen.cli.schemas import KINDS
from tests.worlds import CONFIG, REPOSITORY, World, run, tree

MODELINE = re.compile(r"^# yaml-language-server: \$schema=(\S+)$", re.MULTILINE)
KIND_OF = {"briefings": "briefing", "people": "person", "topics": "topic", "stories": "story", "sources": "source", "pages": "page"}


class Core(yaml.SafeLoader):
    """YAML as editors read it: in YAML 1.2 a date and `no` are texts."""


Core.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def front_matter(path: Path) -> object:
    return yaml.load(path.read_text().split("---\n")[1], Core)  # noqa: S506 – a SafeLoader


def checker(kind: str) -> Draft7Validator:
    ran = run(REPOSITORY, "schema", kind)
    assert (ran.code, ran.err) == (0, "")
    schema = json.loads(ran.out)
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


@pytest.mark.parametrize("folder", sorted(KIND_OF))
def test_the_schema_takes_every_file_of_the_demonstration(folder: str) -> None:
    check = checker(KIND_OF[folder])
    for path in sorted((REPOSITORY / "content" / folder).rglob("*.md")):
        assert [error.message for error in check.iter_errors(front_matter(path))] == [], path


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ("title: Talks\ndate: 2025-03-18\nsummary:\ndraft: yes\nsource: Reuters\npeople: [Ann Lee, {name: Bo, role: clerk}]", ""),
        ("title: 2025\ntopics:\n- 24\n- true", ""),
        ("date: 2025-03-18", "title"),
        ("title: Talks\nsumary: Ministers agree", "sumary"),
        ("title: Talks\ndate: soon", "soon"),
        ("title: Talks\ntopics: Energy", "Energy"),
        ("title: Talks\nquotes:\n- speaker: Ann Lee", "text"),
    ],
)
def test_the_schema_of_a_briefing_says_what_a_build_says(world: World, given: str, wrong: str) -> None:
    said = [error.message for error in checker("briefing").iter_errors(yaml.load(given, Core))]  # noqa: S506 – a SafeLoader
    assert (len(said), wrong in "".join(said)) == (bool(wrong), True), said
    ran = world.put({"content/briefings/a.md": f"---\n{given}\n---\n\nWords.\n"}).run("check")
    assert any(code in ran.out for code in ("BG103", "BG104", "BG105", "BG108")) == bool(wrong), ran.out


def test_the_schema_of_the_configuration_takes_what_a_build_takes() -> None:
    check = checker("config")
    for path in (REPOSITORY / "briefgen.yaml", REPOSITORY / "briefgen/skeleton/briefgen.yaml"):
        assert list(check.iter_errors(yaml.load(path.read_text(), Core))) == []  # noqa: S506 – a SafeLoader
    assert [error.message for error in check.iter_errors({"page_size": 0, "colour": "red"})] != []


def test_every_file_of_a_new_site_names_a_schema_that_is_there(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "-q", "desk").code == 0
    desk = World(tmp_path / "desk")
    for kind in KIND_OF.values():
        assert desk.run("new", kind, f"A {kind}").code == 0
    named = sorted([*desk.root.glob("*.yaml"), *desk.root.rglob("*.md")])
    assert len(named) == 10
    for path in named:
        found = MODELINE.search(path.read_text())
        assert found, path
        schema = (path.parent / found[1]).resolve()
        given = front_matter(path) if path.suffix == ".md" else yaml.load(path.read_text(), Core)  # noqa: S506 – a SafeLoader
        assert list(Draft7Validator(json.loads(schema.read_text())).iter_errors(given)) == [], path
    assert "warning" not in desk.run("check", "--drafts", "--base-url", "https://desk.example/").out


def test_schemas_are_written_anew_and_files_without_them_name_none(world: World) -> None:
    assert "yaml-language-server" not in (world.root / world.run("new", "topic", "Energy").out.strip()).read_text()
    ran = world.run("schema", "--write")
    assert ran.out.splitlines() == [f".schema/{kind}.json" for kind in KINDS]
    shutil.copy(world.root / ".schema/topic.json", world.root / ".schema/config.json")
    before = tree(world.root / ".schema")
    assert world.run("schema", "--write", "-q").out == ""
    assert tree(world.root / ".schema") != before
    assert "yaml-language-server" in (world.root / world.run("new", "topic", "Water").out.strip()).read_text()


def test_schemas_are_written_into_a_site_only(tmp_path: Path) -> None:
    ran = run(tmp_path, "schema", "--write")
    assert (ran.code, "BG301" in ran.err, tree(tmp_path)) == (1, True, {})


def test_the_demonstration_comes_whole_and_finds_its_articles_known(tmp_path: Path) -> None:
    ran = run(tmp_path, "init", "--example", "desk")
    assert (ran.code, "briefgen serve --open" in ran.out) == (0, True)
    desk = World(tmp_path / "desk")
    assert tree(desk.root / "content") == {name: content for name, content in tree(REPOSITORY / "content").items() if name[0] != "."}
    built = desk.run("build", "--base-url", "https://desk.example/", "--strict")
    assert (built.code, built.err) == (0, "")
    assert "Imported 0 articles" in desk.run("import", "seeds").err


def test_a_site_of_its_own_stays_as_it_is(tmp_path: Path) -> None:
    desk = World(tmp_path / "desk").put({"briefgen.yaml": CONFIG})
    for flags in ((), ("--example",)):
        assert run(tmp_path, "init", "desk", *flags).code == 3
    assert tree(desk.root) == {"briefgen.yaml": CONFIG.encode()}
