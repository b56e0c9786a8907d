"""`briefgen theme`: which file is used and why, and a theme of one's own; a snippet for the head of every page."""

import pytest

from tests.worlds import World


@pytest.fixture
def desk(world: World) -> World:
    return world.briefing("2025/03/18-call", "The call")


def lines(world: World, *arguments: str) -> list[str]:
    ran = world.run("theme", *arguments)
    assert ran.code == 0, ran.err
    return ran.out.splitlines()


def test_each_file_of_a_template_is_named_with_what_it_does(desk: World) -> None:
    desk.run("theme", "new", "mine", "--parent", "dossier")
    desk.put(
        {
            "briefgen.yaml": "title: Desk\ntheme: mine\n",
            "templates/base.html": '{% extends "theme:base.html" %}{% block footer %}Ours{% endblock %}',
            "templates/item.html": "<b>{{ card.title }}</b>",
        }
    )
    site, theme, shipped = lines(desk, "which", "base.html")
    assert site == "templates/base.html: used, of this site; builds on the next, puts its own block footer"
    assert theme == "themes/mine/templates/base.html: used, of the theme mine; builds on the next, puts its own block head_extra"
    assert shipped.endswith("themes/dossier/templates/base.html: used, of the theme dossier, which ships with briefgen")
    used, hidden = lines(desk, "which", "item.html")
    assert used == "templates/item.html: used, of this site"
    assert hidden.endswith("; not used, because nothing above builds on it")


def test_a_file_hidden_in_the_middle_hides_all_below_it(desk: World) -> None:
    desk.run("theme", "new", "mine")
    desk.put({"briefgen.yaml": "theme: mine\n", "templates/item.html": '{% extends "theme:item.html" %}'})
    assert [", of " in line for line in lines(desk, "which", "item.html")] == [True, True, False]


def test_a_template_that_does_not_compile_is_still_found(desk: World) -> None:
    desk.put({"templates/item.html": "{% if %}"})
    assert lines(desk, "which", "item.html")[0] == "templates/item.html: used, of this site"


def test_a_static_file_is_named_with_its_published_name(desk: World) -> None:
    desk.build()
    (line,) = lines(desk, "which", "site.css")
    assert "dossier/static/site.css: used, published as " in line
    assert (desk.public / line.rpartition(" ")[2]).is_file()


def test_without_a_name_every_template_and_static_file_is_listed(desk: World) -> None:
    listed = [line.partition(": ") for line in lines(desk, "which")]
    assert {"404.html", "briefing.html", "site.css", "site.js"} <= {name for name, _, _ in listed}
    assert all(path.endswith(name) for name, _, path in listed)


def test_a_name_that_is_nowhere_is_a_wrong_use_that_guesses(desk: World) -> None:
    ran = desk.run("theme", "which", "breifing.html")
    assert ran.code == 2
    assert "did you mean `briefing.html`?" in ran.err


def test_a_fault_of_the_theme_is_told_with_its_line(desk: World) -> None:
    desk.put({"briefgen.yaml": "title: Desk\ntheme: dosier\n"})
    ran = desk.run("theme", "which", "base.html")
    assert ran.code == 1
    assert "briefgen.yaml:2:8" in ran.err


@pytest.mark.parametrize("arguments", [(), ("--parent", "dossier"), ("--parent", "plain")])
def test_a_new_theme_builds_as_it_is(desk: World, arguments: tuple[str, ...]) -> None:
    made = lines(desk, "new", "mine", *arguments)
    assert made == sorted(made, key=made.index)
    assert all((desk.root / name).is_file() for name in made)
    desk.put({"briefgen.yaml": "title: Desk\nbase_url: https://desk.example/\ntheme: mine\n"})
    assert desk.attempt()[1] == []
    assert "The call" in desk.page("2025/03/18/call/")


def test_a_new_theme_touches_no_other_and_needs_a_good_name(desk: World) -> None:
    desk.put({"themes/mine/theme.yaml": "name: mine\n"})
    assert desk.run("theme", "new", "mine").code == 3
    assert desk.run("theme", "new", "../mine").code == 2
    assert desk.run("theme", "new", "other", "--parent", "nothing").code == 1
    assert not (desk.root / "themes" / "other").exists()


def test_the_head_of_every_page_includes_the_snippet_of_the_configuration(desk: World) -> None:
    desk.put({"templates/desk.html": '<meta name="desk" content="{{ site.title }} {{ page.url }}">'})
    for theme in ("dossier", "plain"):
        desk.put({"briefgen.yaml": f"title: Desk\ntheme: {theme}\nhead: desk.html\n"})
        desk.build()
        assert '<meta name="desk" content="Desk 2025/03/18/call/">' in desk.page("2025/03/18/call/").partition("</head>")[0]
        assert '<meta name="desk"' in desk.page("404.html")


def test_a_snippet_that_is_not_there_is_an_error_with_its_line(desk: World) -> None:
    desk.put({"briefgen.yaml": "title: Desk\nhead: desk.html\n"})
    ran = desk.run("build")
    assert ran.code == 1
    assert "BG404" in ran.err
    assert "briefgen.yaml:2:7" in ran.err
