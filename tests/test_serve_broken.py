"""A broken edit keeps the last good site and says what is wrong; mending it clears that."""

import json
import re
from collections.abc import Iterator

import pytest

from tests.serve.harness import Serving, serving
from tests.worlds import World, text_of

NAME = "content/briefings/call.md"
URL = "/2025/03/18/call/"
SCRIPT = "<img src=x onerror=CANARY()>"
BROKEN = f"---\ntitle: The call\nsummary: '{SCRIPT}\n---\n\nWords.\n"


@pytest.fixture
def preview(world: World) -> Iterator[Serving]:
    world.briefing("call", "The call").briefing("other", "Another", "2025-03-19")
    with serving(world) as served:
        yield served


def overlay(preview: Serving) -> str:
    shown: str = json.loads(preview.get("/-/state?page=index.html").text)["overlay"]
    return shown


def is_harmless(html: str) -> bool:
    """Whether nothing in it runs: no element but those of the overlay, and no attribute but their classes."""
    elements = r"</?(?:h1|h2|span|p|pre|b|i|code|mark|section|main)(?: class=['\"]\w+['\"])?>"
    return "<" not in re.sub(elements, "", html)


def test_the_last_good_site_stays_while_an_edit_is_broken(preview: Serving, world: World) -> None:
    before = preview.get(URL).body
    world.put({NAME: BROKEN})
    preview.wait_for_line("still shown")
    assert preview.get(URL).body == before
    assert preview.get("/2025/03/19/other/").status == 200
    assert "error[BG101]" in preview.output
    assert f"{NAME}:3:" in preview.output
    shown = overlay(preview)
    assert f"{NAME}:3:" in shown
    assert is_harmless(shown)
    assert "CANARY" in shown
    world.put({NAME: text_of("The call", body="Mended words.")})
    preview.shows(URL, "Mended words.")
    assert overlay(preview) == ""


def test_every_error_is_shown_and_each_once_a_change(preview: Serving, world: World) -> None:
    world.put({NAME: BROKEN})
    preview.wait_for_line("still shown")
    world.put({"content/briefings/other.md": "no front matter"})
    preview.wait_for_line("2 errors")
    assert preview.output.count("error[BG101]") == preview.output.count("error[BG102]") == 1
    assert "2 errors" in overlay(preview)
    world.put({"templates/year.html": "{% for %}", "content/briefings/third.md": text_of("Third", topic="Energy")})
    preview.wait_for_line("3 errors")
    shown = overlay(preview)
    assert "<h1>3 errors, 1 warning</h1>" in shown
    assert shown.index("templates/year.html:1") < shown.index("unknown key <code>topic</code>")
    (world.root / "templates/year.html").unlink()
    (world.root / "content/briefings/third.md").unlink()
    preview.wait_for_line("2 errors")
    world.put({NAME: text_of("The call")})
    preview.wait_for_line("1 error;")
    assert "BG101" not in overlay(preview)
    world.put({NAME: BROKEN})
    preview.wait_for_line("2 errors")
    assert preview.output.count("error[BG101]") == 2


def test_an_error_of_the_whole_site_is_shown_too(preview: Serving, world: World) -> None:
    world.put({"content/topics/energy.md": "---\nname: Energy\naliases: [Power]\n---\n"})
    preview.wait_for_line("shown")
    world.put({"content/topics/grid.md": "---\nname: Grid\naliases: [Power]\n---\n"})
    preview.wait_for_line("still shown")
    assert "BG201" in overlay(preview)
    (world.root / "content/topics/grid.md").unlink()
    preview.wait_for_line("mended")
    assert overlay(preview) == ""


def test_a_body_that_is_edited_beside_an_error_waits_for_it_to_be_mended(preview: Serving, world: World) -> None:
    world.put({NAME: BROKEN})
    preview.wait_for_line("still shown")
    world.edit("content/briefings/other.md", "Words.", "Other words.")
    preview.wait_for_line("still shown")
    assert "Other words." not in preview.get("/2025/03/19/other/").text
    world.put({NAME: text_of("The call", body="Mended words.")})
    preview.shows(URL, "Mended words.")
    assert "Other words." in preview.get("/2025/03/19/other/").text


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("{% for %}<script>CANARY()</script>", "BG402"),
        ("<script>CANARY()</script>{{ nothing_such }}", "BG403"),
        ("{% extends 'nowhere.html' %}<script>CANARY()</script>", "BG404"),
    ],
)
def test_a_broken_template_keeps_the_last_good_one(preview: Serving, world: World, template: str, code: str) -> None:
    before = preview.get(URL).text
    world.put({"templates/briefing.html": template})
    preview.wait_for_line("still shown")
    assert preview.get(URL).text == before
    assert "templates/briefing.html:1" in overlay(preview)
    assert code in overlay(preview)
    assert is_harmless(overlay(preview))
    (world.root / "templates/briefing.html").unlink()
    preview.wait_for_line("mended")
    assert overlay(preview) == ""


def test_a_broken_template_that_no_page_uses_is_found(preview: Serving, world: World) -> None:
    world.put({"templates/unused.html": "{% for %}"})
    preview.wait_for_line("templates/unused.html:1")


def test_a_template_that_fails_for_one_page_gives_an_error_page_for_it(preview: Serving, world: World) -> None:
    template = "{% if briefing.card.title == 'The call' %}{{ briefing.nothing }}{% endif %}New: {{ head.title }}"
    world.put({"templates/briefing.html": template})
    preview.shows("/2025/03/19/other/", "New: Another")
    failed = preview.get(URL)
    assert failed.status == 500
    assert "templates/briefing.html:1" in failed.text
    assert "Briefing has no <code>nothing</code>" in failed.text
    assert '<script src="/-/preview.js"' in failed.text
    world.put({"templates/briefing.html": "Fine: {{ head.title }}"})
    preview.shows(URL, "Fine: The call")


def test_a_site_that_starts_broken_is_shown_once_it_is_mended(world: World) -> None:
    world.put({NAME: BROKEN})
    with serving(world) as preview:
        failed = preview.get(URL)
        assert failed.status == 503
        assert f"{NAME}:3:" in failed.text
        assert "<img" not in failed.text
        assert f"{NAME}:3:" in preview.output
        world.put({NAME: text_of("The call", body="Mended words.")})
        preview.shows(URL, "Mended words.")


def test_a_configuration_that_starts_broken_is_mended_too(world: World) -> None:
    world.put({"briefgen.yaml": "title: [\n"}).briefing("call", "The call")
    with serving(world) as preview:
        assert preview.get("/").status == 503
        world.put({"briefgen.yaml": "title: Desk\n"})
        preview.shows("/", "The call")


def test_warnings_are_said_and_do_not_stop_anything(preview: Serving, world: World) -> None:
    world.edit(NAME, "Words.", "Words to [nowhere](nowhere.md).")
    preview.shows(URL, "Words to")
    assert preview.output.count("warning[BG203]") == 1
    assert overlay(preview) == ""
    world.edit(NAME, "Words to", "More words to")
    preview.shows(URL, "More words to")
    assert preview.output.count("warning[BG203]") == 1
