"""A message stands where the fault is: in the right file, line and column, also where the same word stands elsewhere, too."""

import json

import pytest

from tests.worlds import World, record_of

CONFIG = "title: Desk of grid\nbase_url: https://desk.example/\n"


def places(world: World, *arguments: str) -> list[tuple[str, str]]:
    """What `check` finds: codes and places."""
    said = world.run("check", "--format", "json", *arguments).out.splitlines()
    return [(one["code"], f"{one['path']}:{one['line']}:{one['column']}") for one in map(json.loads, said)]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("nav: [topics, grid]\n", ("BG304", "briefgen.yaml:3:15")),
        ("publisher: grid\nnav:\n- topics\n- grid\n", ("BG304", "briefgen.yaml:6:3")),
        ("publisher: dark\ntheme: dark\n", ("BG401", "briefgen.yaml:4:8")),
    ],
)
def test_a_value_of_the_configuration_is_found_at_its_key(world: World, key: str, expected: tuple[str, str]) -> None:
    world.put({"briefgen.yaml": CONFIG + key})
    assert places(world) == [expected]


def test_another_configuration_file_is_blamed_by_its_own_name(world: World) -> None:
    world.put({"other.yaml": "title: Desk\nnav: [topic]\n", "looks.yaml": CONFIG + "theme: dark\n"})
    assert places(world, "-c", "other.yaml") == [("BG303", "other.yaml:0:0"), ("BG304", "other.yaml:2:7")]
    assert places(world, "-c", "looks.yaml") == [("BG401", "looks.yaml:3:8")]


def test_a_parent_of_a_theme_is_found_in_the_theme(world: World) -> None:
    world.put({"briefgen.yaml": CONFIG + "theme: mine\n", "themes/mine/theme.yaml": "name: dosier\nparent: dosier\n"})
    assert places(world) == [("BG401", "themes/mine/theme.yaml:2:9")]


def test_an_alias_of_two_records_is_found_in_both(world: World) -> None:
    world.put({"content/people/ann.md": record_of("Ann Lee", summary="Lee of Lee", aliases="[Annie, Lee]")})
    world.put({"content/people/bo.md": record_of("Bo Lee", summary="Lee", aliases='["Bo", "lee"]')})
    (said,) = map(json.loads, world.run("check", "--format", "json").out.splitlines())
    assert (said["path"], said["line"], said["column"]) == ("content/people/bo.md", 4, 17)
    assert said["also"] == {"path": "content/people/ann.md", "line": 4, "column": 18}


def test_an_old_url_of_two_briefings_is_found_in_both(world: World) -> None:
    for name in "ab":
        world.briefing(name, "/old/", aliases="[/older/, /old/]")
    said = [json.loads(line) for line in world.run("check", "--format", "json").out.splitlines()]
    assert [(one["path"], one["line"], one["column"]) for one in said] == [("content/briefings/b.md", 4, place) for place in (11, 20)]
    assert {one["also"]["path"] for one in said} == {"content/briefings/a.md"}


def test_a_topic_and_a_link_are_found_among_words_like_them(world: World) -> None:
    world.briefing("a", "The old c", body="See x y.md or [x y.md](x%20y.md).", topics="[C++, C]")
    world.briefing("b", "C-", topics="[C, 'c–']")
    found = places(world)
    assert ("BG202", "content/briefings/b.md:4:13") in found
    assert ("BG203", "content/briefings/a.md:7:24") in found


def test_a_picture_of_the_front_matter_is_found_at_its_key(world: World) -> None:
    world.briefing("a", "x.png", image="{alt: x.png, src: x.png}")
    assert places(world) == [("BG203", "content/briefings/a.md:4:26")]
