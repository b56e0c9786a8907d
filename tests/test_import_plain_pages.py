"""Where an article stands in one element, nobody need look for it; where it may go on elsewhere, somebody does."""

import pytest

from briefgen.importing.htmltree import parse_html
from briefgen.importing.page import read_page
from briefgen.importing.plainpage import find_plain

PROSE = [
    f"The harbour of Greyport will close its {number} pier for repairs that the council had put off for several years in a row."
    for number in ("northern", "southern", "eastern", "western", "oldest", "longest")
]
TEXT = "".join(f"<p>{line}</p>" for line in PROSE)
SHORT = "<p>No ferries.</p>"
AROUND = "<nav><a href='/a'>Home</a></nav>{}<aside><p>A pier in another town was closed for good after last winter.</p></aside>"


def found(article: str) -> list[str]:
    """What is found on a page without looking closer."""
    page = read_page(parse_html(f"<html><body><h1>Piers close</h1>{AROUND.format(article)}</body></html>"), "Piers close")
    return [block.text for block in find_plain(page)]


def test_the_one_element_with_all_the_prose_is_the_article() -> None:
    assert found(f"<div class='text'>{TEXT}{SHORT}</div>") == [*PROSE, "No ferries."]


def test_its_headings_tables_and_lists_belong_to_it_and_lines_that_are_links_do_not() -> None:
    heading, listed = "<h2><a href='#why'>Why now</a></h2>", "<ul><li>Ropes</li></ul>"
    linked = "<p><a href='/b'>Another pier had been closed before</a></p><h3><a href='/c'>Ships</a></h3><h3><a href='/d'>Rails</a></h3>"
    assert found(f"<div>{TEXT}{linked}{heading}{SHORT}{listed}</div>") == [*PROSE, "Why now", "No ferries.", "Ropes"]


@pytest.mark.parametrize(
    "article",
    [
        f"<div class='text'>{TEXT}</div><div class='text wide'>{TEXT}</div>",
        f"<div><p>{PROSE[0]}</p><div class='paid'>{TEXT}</div></div>",
        f"<div class='text'>{TEXT}<form><p>{PROSE[0]}</p></form></div>",
        f"<div class='one'>{TEXT}</div><div class='other'>{TEXT}</div>",
        f"<div class='text'><p>{PROSE[0]}</p></div>",
    ],
    ids=["in two parts", "begun outside", "with more inside", "two texts", "too short"],
)
def test_a_page_that_is_not_plain_is_left_to_who_looks_closer(article: str) -> None:
    assert found(article) == []
