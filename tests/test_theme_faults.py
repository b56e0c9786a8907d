"""What is wrong in a template is said with its line and the file that was being rendered, and leaves the site as it was."""

import pytest

from tests.worlds import World, tree

FAULTS: dict[str, tuple[str | bytes, str, int, str]] = {
    "a syntax error": ("one\n{% for %}", "BG402", 2, "Expected an expression"),
    "a block that is not closed": ("{% if card %}\n", "BG402", 1, "Unexpected end of template"),
    "an unknown filter": ("{{ head.title|nofilter }}", "BG402", 1, "there is no filter `nofilter`"),
    "a filter that is misspelled": ("one\n{{ card|itme }}", "BG402", 2, "there is no filter `itme`; did you mean `item`?"),
    "a test that is misspelled": ("{% if card is defind %}{% endif %}", "BG402", 1, "there is no test `defind`; did you mean `defined`?"),
    "an unknown name": ("one\n{{ breifing.card }}", "BG403", 2, "`breifing` is not defined; did you mean `briefing`?"),
    "an unknown field": ("{{ briefing.card.titel }}", "BG403", 1, "Card has no `titel`; did you mean `title`?"),
    "an unknown word": ("{{ 'nothing'|t }}", "BG403", 1, "no words for `nothing`"),
    "an unknown static file": ("{{ 'nothing.css'|asset }}", "BG403", 1, "no static file `nothing.css`"),
    "an error while it runs": ("one\n\n{{ 1 / 0 }}", "BG403", 3, "division by zero"),
    "a template that is not there": ("one\n{% include 'nothing.html' %}", "BG404", 2, "no template `nothing.html`"),
    "a parent that is not there": ("{% extends 'nothing.html' %}", "BG404", 1, "no template `nothing.html` to extend"),
    "nothing below to extend": ("{% extends 'theme:new.html' %}", "BG404", 1, "no template `theme:new.html` to extend"),
    "a template that extends itself": ("{% extends 'briefing.html' %}", "BG404", 1, "extends itself"),
    "an override of a block that is not there": (
        "{% extends 'theme:briefing.html' %}\n{% block boddy %}{% endblock %}",
        "BG404",
        2,
        "has no block `boddy`; did you mean `body`?",
    ),
    "inclusion without end": ("one\n{% include 'briefing.html' %}", "BG403", 2, "without end"),
    "a macro without end": ("{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", "BG403", 1, "without end"),
    "a long range": (
        "{% for i in range(999999999) %}{% for j in range(999999999) %}{% endfor %}{% endfor %}",
        "BG403",
        1,
        "the limit is 100,000",
    ),
    "loops in loops": ("{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}", "BG403", 0, "1,000,000 rounds"),
    "a loop over a list that grows": (
        "{% set many = [1] %}{% for i in many %}{% if many.append(i) %}{% endif %}{% endfor %}",
        "BG403",
        0,
        "rounds",
    ),
    "a text without end": ("{{ 'a' * 100_000_001 }}", "BG403", 0, "more than 100,000,000 characters"),
    "more memory than there is": ("one\n{{ 'a' * 10**18 }}", "BG403", 2, "more memory than there is"),
    "bytes that are no text": (b"one\n\xff\xfe", "BG402", 2, "not UTF-8"),
}


@pytest.fixture
def desk(world: World) -> World:
    return world.briefing("2025/03/18-call", "The call")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_said_with_its_line_and_the_old_site_stays(desk: World, fault: str) -> None:
    source, code, line, words = FAULTS[fault]
    desk.build()
    before = tree(desk.public)
    desk.put({"templates/briefing.html": source})
    report, problems = desk.attempt()
    assert report is None
    (problem,) = [problem for problem in problems if problem.severity == "error"]
    assert (problem.code, problem.place.path, problem.place.line) == (code, "templates/briefing.html", line)
    assert words in problem.message
    assert isinstance(source, bytes) or "content/briefings/2025/03/18-call.md" in problem.help
    assert tree(desk.public) == before


def test_a_fault_in_a_parent_names_the_parent(desk: World) -> None:
    desk.put({"templates/base.html": "{% extends 'theme:base.html' %}\n{% block footer %}{{ nothing }}{% endblock %}"})
    _, problems = desk.attempt()
    assert {(problem.place.path, problem.place.line) for problem in problems if problem.severity == "error"} == {("templates/base.html", 2)}


def test_the_word_that_is_wrong_is_underlined(desk: World) -> None:
    desk.put({"templates/briefing.html": "<h1>{{ titel }}</h1>\n"})
    ended = desk.run("build")
    assert ended.code == 1
    assert "  --> templates/briefing.html:1:8\n" in ended.err
    assert " | <h1>{{ titel }}</h1>\n  |        ^^^^^\n" in ended.err
    assert "Traceback" not in ended.err


def test_a_new_block_inside_an_overridden_one_is_no_fault(desk: World) -> None:
    desk.put(
        {"templates/briefing.html": "{% extends 'theme:briefing.html' %}{% block body %}{% block inner %}new{% endblock %}{% endblock %}"}
    )
    desk.build()
    assert "new" in desk.page("2025/03/18/call/")


def test_text_is_never_a_template(desk: World) -> None:
    desk.briefing("2025/03/18-braces", "'{{ 7 * 191 }}'", body="{{ 7 * 191 }} {% include 'x' %} {# gone? #}")
    desk.build()
    page = desk.page("2025/03/18/braces/")
    assert "1337" not in page
    assert "{{ 7 * 191 }} {% include 'x' %} {# gone? #}" in page.replace("&#39;", "'").replace("‘", "'").replace("’", "'")


def test_the_same_input_gives_the_same_page_whatever_a_template_asks(desk: World) -> None:
    for source in ("{{ [1, 2, 3]|random }}", "{{ lipsum() }}"):
        desk.put({"templates/briefing.html": source})
        _, problems = desk.attempt()
        assert any(problem.code in ("BG402", "BG403") for problem in problems)
