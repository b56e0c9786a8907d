"""The text of an article is data: what the reader saw is what the page shows, whatever characters stand in it."""

import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.config import MarkdownSettings
from briefgen.importing.article import Block
from briefgen.importing.render import escape, render_markdown
from briefgen.library.markdown import render_markdown as render_page
from tests.casefiles import Case, read_cases

BLOCKS = read_cases(Path(__file__).parent / "cases" / "blocks")

PIECES = [
    "# ",
    "- ",
    "+ ",
    "* ",
    "1. ",
    "2) ",
    "> ",
    "    ",
    "---",
    "===",
    "```",
    "~~~",
    "| a | b |",
    "|---|",
    "[[x]]",
    "[a](b)",
    "![i](j)",
    "[^1]",
    "[x]: y",
]
PIECES += [
    "<b>",
    "</script>",
    "<!-- -->",
    "&copy;",
    "&#60;",
    "{{ x }}",
    "{% y %}",
    "{# z #}",
    "`",
    "*",
    "_",
    "__",
    "~~",
    "\\",
    "$",
    "^",
    ":",
    ": ",
    "!",
    "#",
]
PIECES += [
    "https://example.org/a_b",
    "word",
    "two words",
    " ",
    "’",
    "“",
    "é",
    "中",
    "(",
    ")",
    "]",
    "[",
    "[!NOTE]",
    "- [ ] ",
    "@",
    "a.b",
    "10.",
    "%",
    "=",
]


class Nobody:
    """Takes what the page renderer has to say of links, which is not asked for here."""

    def fault_at(self, code: str, line: int, column: int, message: str, help: str = "", *, word: str = "") -> None:
        pass


def shown(text: str) -> str:
    """What a reader of the page sees of a block's text."""
    body = render_page(render_markdown((Block("paragraph", text),)), 1, MarkdownSettings(), Nobody())
    return html.unescape(re.sub(r"<[^>]+>", "", str(body.html))).strip("\n")


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join).filter(str.strip))
def test_a_line_of_an_article_reads_on_the_page_as_it_was_written(text: str) -> None:
    assert shown(" ".join(text.split())) == " ".join(text.split())


@given(
    st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1).map(lambda text: " ".join(text.split())).filter(bool)
)
def test_no_character_means_anything_to_markdown(text: str) -> None:
    assert shown(text) == text


def test_a_line_is_never_a_heading_a_list_or_front_matter() -> None:
    assert [escape(line) for line in ("---", "# A", "1. B", "> C", "```", "{{ d }}")] == [
        "\\---",
        "\\# A",
        "1\\. B",
        "\\> C",
        "\\`\\`\\`",
        "{{ d }}",
    ]


@pytest.mark.parametrize("case", BLOCKS, ids=[case["case"] for case in BLOCKS])
def test_blocks_are_written_as_markdown_that_shows_them(case: Case) -> None:
    assert render_markdown(Block(**block) for block in case["blocks"]) == case["markdown"]
