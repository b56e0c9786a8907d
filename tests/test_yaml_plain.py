"""The short way for plain YAML gives what the parser gives, and leaves alone what it is not sure of."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.yamlplain import plain_table
from briefgen.yamltext import YamlError, parse

ROOT = Path(__file__).parents[1]
LINES = st.sampled_from(
    [
        "title: Plain words, 3.5 % more (so far)",
        'title: "In marks: with # and a colon"',
        'title: ""',
        "date: 2025-05-15T10:26:00Z",
        "url: https://example.org/a#b",
        "topics:",
        "topics: []",
        "- one",
        "  - two",
        '  - "three: four"',
        '- "five" # said',
        "  - six:",
        "   - seven",
        "  role: Envoy",
        "# a comment",
        "",
        "title: 'In other marks'",
        "title: |",
        "title: two\twords",
        "title: ends in a space ",
        'title: "a\\tb"',
        "ti tle: x",
        "title:x",
        "people: a: b",
        "people: a\u2028b",
        "people: é\xa0ß",
    ]
)
CHARACTERS = st.text(st.sampled_from("ab1:#-\"'\\ \n\t,[]{}&*!|>%@`?\x85\xa0\u2028\ufeff\U0001f680é"), max_size=40)


def whole(text: str) -> object:
    """What the parser makes of it, or nothing."""
    try:
        return parse(text, 2)
    except YamlError:
        return None


@given(st.lists(LINES, max_size=8).map("\n".join) | CHARACTERS | CHARACTERS.map("title: {}".format) | CHARACTERS.map("a:\n  - {}".format))
def test_a_text_that_takes_the_short_way_gives_what_the_parser_gives(text: str) -> None:
    assert plain_table(text, 2) in (None, whole(text))


@pytest.mark.parametrize("path", sorted((ROOT / "content").rglob("*.md")), ids=lambda path: path.stem)
def test_the_front_matter_of_the_demonstration_reads_the_same_on_both_ways(path: Path) -> None:
    header = re.match(r"---\n(.*?)\n---\n", path.read_text(encoding="utf-8"), re.DOTALL)
    assert header
    assert plain_table(header[1], 2) in (None, whole(header[1]))


def test_front_matter_without_tables_takes_the_short_way() -> None:
    text = 'title: Ministers agree\ndate: 2025-03-18\nsummary: "They did: at last"\ntopics:\n- Energy\npeople:\n  - "Ann Lee"\nweight: 3'
    assert plain_table(text, 2) == whole(text) is not None
    assert plain_table(text.replace("Energy", "C#"), 2) is None  # who knows what `#` means here is the parser
