"""Which template, word and static file a site uses: its own, its theme's, the parents', the one that ships."""

from pathlib import Path

import pytest

from briefgen.places import located
from briefgen.problems import BriefgenError, Problem
from briefgen.site.program import shipped
from briefgen.site.theme import load_theme
from tests.worlds import World

MINE = "theme: mine\ntitle: Desk\n"


@pytest.fixture
def desk(world: World) -> World:
    return world.briefing("2025/03/18-call", "The call", topics="[Energy]")


def page(world: World) -> str:
    world.build()
    return world.page("2025/03/18/call/")


def problem_of(world: World, name: str) -> Problem:
    with pytest.raises(BriefgenError) as caught:
        load_theme(world.root, name)
    return next(iter(located(caught.value.problems, world.root)))


def test_a_template_of_the_site_is_used_instead_of_the_themes(desk: World) -> None:
    desk.put({"templates/briefing.html": "<p>{{ briefing.card.title }} at {{ page.url }}</p>"})
    assert page(desk) == "<p>The call at 2025/03/18/call/</p>"


def test_a_template_overrides_one_block_of_the_template_below(desk: World) -> None:
    desk.put({"templates/base.html": '{% extends "theme:base.html" %}{% block footer %}{{ super() }}<p>Our footer.</p>{% endblock %}'})
    text = page(desk)
    assert "<p>Our footer.</p>" in text
    assert "Made with briefgen" in text
    assert "<h1" in text


def test_a_base_of_the_site_may_do_without_blocks_that_the_themes_pages_fill(desk: World) -> None:
    desk.put({"templates/base.html": "<main>{% block content %}{% endblock %}</main>\n"})
    assert page(desk).startswith("<main>")
    assert "<h1>" in desk.page("404.html")


def test_an_override_reaches_through_every_layer(desk: World) -> None:
    desk.put(
        {
            "briefgen.yaml": MINE,
            "templates/briefing.html": '{% extends "theme:briefing.html" %}{% block body %}{{ super() }}<i>site</i>{% endblock %}',
            "themes/mine/theme.yaml": "name: mine\nparent: plain\n",
            "themes/mine/templates/briefing.html": '{% extends "theme:briefing.html" %}{% block body %}<i>us</i>{% endblock %}',
        }
    )
    text = page(desk)
    assert text.index("<i>us</i>") < text.index("<i>site</i>")
    assert 'class="scheme"' not in text, "the header is plain's"


def test_a_theme_needs_only_the_templates_that_it_changes(desk: World) -> None:
    desk.put(
        {"briefgen.yaml": MINE, "themes/mine/theme.yaml": "name: mine\n", "themes/mine/templates/item.html": "<b>{{ card.title }}</b>"}
    )
    desk.build()
    assert "<b>The call</b>" in desk.page("")


def test_the_nearest_static_file_is_published_under_a_name_that_follows_its_content(desk: World) -> None:
    desk.put({"briefgen.yaml": MINE, "themes/mine/theme.yaml": "name: mine\n", "themes/mine/static/site.css": "p { color: red }"})
    first = load_theme(desk.root, "mine").static["site.css"].output
    desk.put({"themes/mine/static/site.css": "p { color: blue }"})
    second = load_theme(desk.root, "mine").static["site.css"].output
    assert first != second
    assert f'href="../../../../{second}"' in page(desk)
    assert (desk.public / second).read_text() == "p { color: blue }"


def test_every_change_of_a_theme_changes_its_digest(desk: World) -> None:
    seen = {load_theme(desk.root, "dossier").digest}
    for name, text in (
        ("templates/x.html", "x"),
        ("strings.yaml", "home: Start"),
        ("templates/briefing.html", "y"),
        ("templates/x.html", "z"),
    ):
        desk.put({name: text})
        seen.add(load_theme(desk.root, "dossier").digest)
    assert len(seen) == 5


def test_words_of_the_site_replace_the_themes(desk: World) -> None:
    desk.put({"strings.yaml": "key_points: In short\nsection: {topics: Themes}\n"})
    desk.edit("content/briefings/2025/03/18-call.md", "topics:", "key_points: [One]\ntopics:")
    text = page(desk)
    assert "In short" in text
    assert ">Themes</a>" in text


def test_the_language_of_the_site_chooses_words_and_dates(desk: World) -> None:
    desk.put({"briefgen.yaml": "title: Tisch\nlang: de-AT\n"})
    desk.build()
    home = desk.page("")
    assert 'lang="de-AT"' in home
    assert "18. März 2025" in home
    assert "1 Meldung" in home


@pytest.mark.parametrize(
    ("lang", "day", "month", "number"),
    [
        ("sv", "18 mars 2025", "mars 2025", "3\xa0012"),
        ("pt-BR", "18 de março de 2025", "março de 2025", "3.012"),
        ("ru", "18 марта 2025\u202fг.", "март 2025\u202fг.", "3\xa0012"),
        ("ja", "2025年3月18日", "2025年3月", "3,012"),
        ("ar", "18 مارس 2025", "مارس 2025", "3,012"),
    ],
)
def test_dates_and_numbers_of_a_language_without_words_come_from_babel(desk: World, lang: str, day: str, month: str, number: str) -> None:
    pytest.importorskip("babel")
    desk.put({"briefgen.yaml": f"title: Desk\nlang: {lang}\n", "templates/page.html": "{{ 3012|number }}"})
    desk.put({"content/pages/about.md": "---\ntitle: About\n---\n"})
    desk.build()
    assert f">{day}</time>" in desk.page("2025/03/18/")
    assert f"<h1>{month}</h1>" in desk.page("2025/03/")
    assert desk.page("about/") == number
    assert f'dir="{"rtl" if lang == "ar" else "ltr"}"' in desk.page("")
    assert "Skip to content" in desk.page(""), "what Babel cannot say is English"


def test_words_of_the_site_stand_above_babels(desk: World) -> None:
    desk.put(
        {
            "briefgen.yaml": "title: Bord\nlang: sv\n",
            "strings.yaml": "date: {day: '{day}/{month_number} {year}'}\nsection: {topics: Ämnen}\n",
        }
    )
    desk.build()
    assert ">18/3 2025</time>" in desk.page("2025/03/18/")
    assert ">Ämnen</a>" in desk.page("")


def test_without_babel_a_language_without_words_has_english_dates_and_its_own_direction(desk: World) -> None:
    desk.put({"briefgen.yaml": "title: Desk\nlang: fa\n", "babel.py": "raise ImportError"})
    assert desk.run("build").code == 0
    assert "18 March 2025" in desk.page("")
    assert 'dir="rtl"' in desk.page("")


def test_a_language_that_nobody_knows_is_english(desk: World) -> None:
    desk.put({"briefgen.yaml": "title: Desk\nlang: xx\n"})
    desk.build()
    assert "18 March 2025" in desk.page("")


def test_german_has_every_word_that_english_has() -> None:
    words = load_theme(Path("/nonexistent"), "dossier").strings
    untranslated = {key for key in words["en"] if words["de"][key] == words["en"][key]}
    same_in_both = {"dir", "feed", "count_head"} | {
        f"date.{form}" for form in ("weekday", "month_year", "month", "short_month", "short_weekday")
    }
    assert untranslated == same_in_both


def test_a_symlink_out_of_the_site_is_not_read(desk: World, tmp_path: Path) -> None:
    (tmp_path / "outside.html").write_text("secret")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "theme.yaml").write_text("name: outside\n")
    (desk.root / "templates").mkdir()
    (desk.root / "templates" / "briefing.html").symlink_to(tmp_path / "outside.html")
    (desk.root / "themes").mkdir()
    (desk.root / "themes" / "outside").symlink_to(tmp_path / "folder")
    assert "secret" not in page(desk)
    assert problem_of(desk, "outside").code == "BG401"


@pytest.mark.parametrize(
    ("name", "files", "code", "place", "words"),
    [
        ("dosier", {}, "BG401", "briefgen.yaml:0", "no theme `dosier`"),
        ("../dossier", {}, "BG401", "briefgen.yaml:0", "no theme"),
        ("mine", {"themes/mine/templates/x.html": ""}, "BG405", "themes/mine/theme.yaml:0", "must have this file"),
        ("mine", {"themes/mine/theme.yaml": "name: mine\nparnet: x\n"}, "BG405", "themes/mine/theme.yaml:2", "`parnet` is not a key"),
        ("mine", {"themes/mine/theme.yaml": "name: 'mine\n"}, "BG405", "themes/mine/theme.yaml:", ""),
        ("mine", {"themes/mine/theme.yaml": "requires: '>=99.1'\n"}, "BG405", "themes/mine/theme.yaml:1", "needs briefgen 99.1"),
        ("mine", {"themes/mine/theme.yaml": "requires: new\n"}, "BG405", "themes/mine/theme.yaml:1", "not a version"),
        ("mine", {"themes/mine/theme.yaml": "name: mine\ncontext: 9\n"}, "BG405", "themes/mine/theme.yaml:2", "made for version 9"),
        ("mine", {"themes/mine/theme.yaml": "parent: yours\n"}, "BG401", "themes/mine/theme.yaml:1", "no theme `yours`"),
        (
            "mine",
            {"themes/mine/theme.yaml": "parent: yours\n", "themes/yours/theme.yaml": "parent: mine\n"},
            "BG405",
            "themes/yours/theme.yaml:1",
            "lead back to `mine`",
        ),
        ("dossier", {"strings.yaml": "months: [January]\n"}, "BG405", "strings.yaml:1", "needs 12 names"),
        ("dossier", {"strings.yaml": "months: January\n"}, "BG405", "strings.yaml:1", "needs 12 names"),
        ("dossier", {"strings.yaml": "weekdays: [[a], b, c, d, e, f, g]\n"}, "BG405", "strings.yaml:1", "needs 7 names; here are 6"),
        ("dossier", {"strings.yaml": "items: {one: [a, b]}\n"}, "BG405", "strings.yaml:1", "`items.one` must be text"),
        ("dossier", {"strings.yaml": "a: 1\na: 2\n"}, "BG405", "strings.yaml:2", "given twice"),
        ("dossier", {"templates/x.html": b"one\n\xff"}, "BG402", "templates/x.html:2", "not UTF-8"),
    ],
)
def test_a_fault_of_a_theme_names_its_file_and_line(
    world: World, name: str, files: dict[str, str | bytes], code: str, place: str, words: str
) -> None:
    problem = problem_of(world.put(files), name)
    assert problem.code == code
    assert f"{problem.place.path}:{problem.place.line}".startswith(place)
    assert words in problem.message


def test_what_ships_is_whole_without_a_site(tmp_path: Path) -> None:
    for folder in shipped().iterdir():
        theme = load_theme(tmp_path, folder.name)
        assert {"base.html", "briefing.html", "feed.xml", "sitemap.xml"} <= theme.templates.keys()
        assert theme.name == folder.name


def test_the_plain_theme_stays_small() -> None:
    assert sum(len(path.read_text().splitlines()) for path in (shipped() / "plain").rglob("*") if path.is_file()) < 150


def test_words_that_nothing_asks_for_are_told(desk: World) -> None:
    words = "key_ponits: In short\ndate:\n  dya: '{day}'\nitems: things\n"
    good = "section: {about: Us}\nminutes: {one: a minute, other: '{n} minutes'}\nfeed: Follow\nhouse: Ours\n"
    desk.put({"strings.yaml": words + good, "templates/own.html": "{{ 'house'|t }}"})
    found = [(problem.code, problem.place.line, problem.message, problem.label) for problem in desk.attempt()[1]]
    assert found == [
        ("BG103", 1, "nothing asks for the words `key_ponits`", "did you mean `key_points`?"),
        ("BG103", 3, "nothing asks for the words `date.dya`", "did you mean `date.day`?"),
        ("BG103", 4, "`items` is not one text: it has parts of its own", ""),
    ]
    assert desk.attempt()[0] is not None
