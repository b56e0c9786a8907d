"""The short way for plain blocks makes what the long way makes, to the byte, and is taken where it should be."""

import json
import os
import re
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.config import MarkdownSettings
from briefgen.library.markdown import parser, render_markdown
from briefgen.model import Body

CASES = Path(__file__).parent / "cases" / "markdown"
SPEC = os.environ.get("COMMONMARK_JSON", "")
SETTINGS = (MarkdownSettings(), MarkdownSettings(raw_html=True))


class Findings(list[tuple[object, ...]]):
    """What was found in a text."""

    def fault_at(self, *finding: object, word: str = "") -> None:  # noqa: ARG002 – the findings of a text are told with its words
        self.append(finding)


def read_cases(name: str) -> list[tuple[str, str]]:
    """The cases of a file, each with its title: they begin with a line `%%%% title`."""
    _, *parts = re.split(r"^%%%% (.*)\n", (CASES / name).read_text("utf-8"), flags=re.MULTILINE)
    return list(zip(parts[::2], parts[1::2], strict=True))


def cases(name: str) -> list[ParameterSet]:
    return [pytest.param(text, id=title) for title, text in read_cases(name)]


def rendered(text: str, markdown: MarkdownSettings) -> tuple[Body, Findings]:
    found = Findings()
    return render_markdown(text, 5, markdown, found), found


def first_tokens(text: str) -> list[str]:
    tokens = parser(SETTINGS[0]).parse(text, {"links": [], "findings": [], "anchors": [], "line": 1})
    return [token.type for token in tokens]


def assert_both_ways_agree(text: str) -> None:
    for markdown in SETTINGS:
        short = rendered(text, markdown)
        parser(markdown).disable("plain")
        try:
            long = rendered(text, markdown)
        finally:
            parser(markdown).enable("plain")
        assert short == long


@pytest.mark.parametrize("text", cases("plain.md"))
def test_plain_blocks_take_the_short_way(text: str) -> None:
    assert set(first_tokens(text)) == {"plain"}
    assert_both_ways_agree(text)


@pytest.mark.parametrize("text", cases("doubtful.md"))
def test_what_is_in_doubt_takes_the_long_way(text: str) -> None:
    assert first_tokens(text)[:1] != ["plain"]
    assert_both_ways_agree(text)


@pytest.mark.parametrize("before", cases("plain.md"))
def test_neighbours_change_nothing(before: str) -> None:
    for _, after in read_cases("doubtful.md"):
        assert_both_ways_agree(f"{before.rstrip()}\n\n{after}\n\n{before}")
        assert_both_ways_agree(f"{before.rstrip()}\n{after.rstrip()}\n{before}")


def test_quotes_that_are_to_be_made_curly_take_the_long_way() -> None:
    body, _ = rendered('"Closed," she said -- again...', MarkdownSettings(typographer=True))
    assert body.html == "<p>“Closed,” she said – again…</p>\n"


@pytest.mark.nightly
@pytest.mark.skipif(not SPEC, reason="COMMONMARK_JSON names no file: tests/test_cmark_spec/commonmark.json of markdown-it-py's sources")
def test_both_ways_agree_on_the_commonmark_suite() -> None:
    examples = [example["markdown"] for example in json.loads(Path(SPEC).read_text("utf-8"))]
    assert len(examples) > 600
    for example, other in zip(examples, [*examples[1:], examples[0]], strict=True):
        assert_both_ways_agree(example)
        assert_both_ways_agree(f"Some words.\n\n{example}\n\n{other}\n\n- some *more*")


# -- texts that nobody would write: pieces of every piece of syntax, put together anyhow ------------------------------

TAME = ["The berth", "2024", "is", "closed,", "*closed*", "**now**", "**Now.**", "[t u](https://a.example/b)", "“q”", "东", "so.", "Why!"]
PIECES = [
    re.sub(r"\\u(....)", lambda found: chr(int(found[1], 16)), piece) for piece in (CASES / "pieces.txt").read_text("utf-8").split("\n")
]
STARTS = [
    *("- ", "* ", "+ ", "-   ", "1. ", "2) ", "> ", ">", "> > ", "# ", "## ", "###### ", "####### ", "#", "- [ ] ", "- [x] ", ": ", "~ "),
    *("    ", "  ", " ", "\t", "  - ", "> - ", "- > ", "- # ", "[r]: ", "[^1]: ", "> [!NOTE]\n> ", "| ", "```", "~~~", "***", "---", "==="),
    *("|---|", "a|b\n-|-\n", ":-:|", "<div>", "</div>", "[r]: https://a.example\n", ""),
]
ENDS = ["\n\n", "\n", "\n\n\n", "\n \n", " \n\n", "  \n", "\\\n", "\n\n ", "\n\n    ", ""]

plain = st.lists(st.sampled_from(TAME), min_size=1, max_size=4).map(" ".join)
wild = st.lists(st.sampled_from(TAME) | st.sampled_from(PIECES), max_size=5).map("".join)
lines = st.builds("{}{}".format, st.sampled_from(["", "", "- ", "> ", "## "]), plain) | st.builds(
    "{}{}".format, st.sampled_from(STARTS), wild
)
blocks = st.builds("{}{}".format, lines, st.just("\n\n") | st.sampled_from(ENDS))
markdownish = st.lists(blocks, min_size=1, max_size=5).map("".join)


@settings(max_examples=1_000, deadline=None)
@given(markdownish)
def test_both_ways_agree_on_anything(text: str) -> None:
    assert_both_ways_agree(text)


@pytest.mark.nightly
@settings(max_examples=50_000, deadline=None)
@given(st.one_of(markdownish, st.lists(st.sampled_from([*PIECES, "\n", "\n\n"]), max_size=25).map("".join), st.text(max_size=60)))
def test_both_ways_agree_on_very_much_of_it(text: str) -> None:
    assert_both_ways_agree(text)
