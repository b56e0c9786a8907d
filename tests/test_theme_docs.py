"""docs/themes.md says what templates find, and says it of the program as it is."""

import re
from pathlib import Path

from briefgen.site.engine import ROUNDS
from briefgen.site.environment import LONGEST_PAGE, LONGEST_RANGE, MOST_ROUNDS, Templates
from briefgen.site.program import shipped
from briefgen.site.theme import load_theme
from briefgen.site.view import SiteView
from tests.tools.theme_reference import DOCUMENT, LIST, context, with_reference

PLAIN_VIEW = SiteView("Desk", "", "", "en", "", (), (), "", "", (), "", "", file_links=False, extra=())


def test_the_reference_is_what_the_types_say() -> None:
    assert DOCUMENT.read_text() == with_reference(DOCUMENT.read_text()), "run: python -m tests.tools.theme_reference"


def test_no_name_goes_while_the_version_of_what_templates_find_stays() -> None:
    promised = LIST.read_text().splitlines()
    assert not {*promised} - {*context()}, "raise CONTEXT in briefgen/site/shows.py, or keep these names and their types"
    assert promised == context(), "run: python -m tests.tools.theme_reference"


def test_every_filter_is_explained(tmp_path: Path) -> None:
    added = Templates(load_theme(tmp_path, "dossier"), PLAIN_VIEW).filters - {ROUNDS}
    explained = set(re.findall(r"\\\|(\w+)", DOCUMENT.read_text())) | {
        "weekday",
        "month",
        "month_year",
        "short_day",
        "short_month",
        "short_weekday",
    }
    assert explained == added


def test_the_limits_are_the_documented_ones() -> None:
    text = DOCUMENT.read_text()
    assert f"at most {LONGEST_RANGE:,} numbers" in text
    assert f"at most {MOST_ROUNDS:,} rounds" in text
    assert f"at most {LONGEST_PAGE:,} characters" in text


def test_the_blocks_that_are_named_are_there() -> None:
    templates = shipped() / "dossier" / "templates"
    blocks = {path.name: set(re.findall(r"{% block (\w+) %}", path.read_text())) for path in templates.glob("*.html")}
    assert blocks["base.html"] == {"title", "description", "og_type", "og_times", "head_extra", "kind", "content", "footer"}
    assert {"lead", "margin", "body", "after"} <= blocks["briefing.html"]
    assert {"lead", "margin", "body", "latest"} <= blocks["term.html"]
    assert "rows" in blocks["terms.html"]
