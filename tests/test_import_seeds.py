"""Two seeds of the demonstration in a fresh site: who is in them, their headings, and what import leaves to an editor, word for word."""

import re
from pathlib import Path

from briefgen.yamltext import Listing, Plain, Scalar, Tree, parse
from tests.worlds import REPOSITORY, Ran, World, tree

EXPECTED = {f"{path.stem}.txt": path for path in (Path(__file__).parent / "cases" / "import_seeds").glob("*.yaml")}


def test_seeds_become_briefings_with_these_people_headings_and_open_questions(world: World) -> None:
    ran = import_seeds(world)
    assert ran.code == 0, ran.err
    found = [outcome_of(path.read_text(encoding="utf-8")) for path in briefings(world)]
    expected = [plain(parse(path.read_text(encoding="utf-8"))) for _, path in sorted(EXPECTED.items())]
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_a_second_import_of_the_seeds_creates_nothing(world: World) -> None:
    import_seeds(world)
    before = tree(world.root)
    ran = import_seeds(world)
    assert (ran.code, len(briefings(world))) == (0, len(EXPECTED))
    assert f"Imported 0 articles · 0 review notes · 0 words dropped · {len(EXPECTED)} already there" in ran.err
    assert tree(world.root) == before


def import_seeds(world: World) -> Ran:
    return world.put({name: (REPOSITORY / "seeds" / name).read_bytes() for name in EXPECTED}).run("import", *sorted(EXPECTED))


def briefings(world: World) -> list[Path]:
    return sorted((world.root / "content" / "briefings").rglob("*.md"))


def outcome_of(briefing: str) -> Plain:
    """What the expected files hold: the raw file, people and review notes as in the front matter, headings as lines of the body."""
    header, body = briefing.removeprefix("---\n").split("\n---\n", 1)
    keys = {name.text: plain(value) for name, value in parse(header).entries}
    [source] = keys["sources"]
    assert isinstance(source, dict)
    return {
        "origin": source["origin"],
        "people": keys["people"],
        "headings": re.findall("^#.*", body, re.MULTILINE),
        "review": keys["review"],
    }


def plain(value: Tree) -> Plain:
    if isinstance(value, Scalar):
        return value.text
    if isinstance(value, Listing):
        return [plain(piece) for piece in value.items]
    return {name.text: plain(piece) for name, piece in value.entries}
