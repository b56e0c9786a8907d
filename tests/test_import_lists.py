"""Lists of a pasted text: text in, Markdown and key points out, case by case."""

from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.importing.article import Block
from briefgen.importing.fragments import parse_fragment
from briefgen.importing.read_markdown import parse_blocks
from briefgen.importing.read_text import read_text
from briefgen.importing.render import render_markdown
from briefgen.importing.structure import structure
from tests.casefiles import Case, read_cases

CASES = read_cases(Path(__file__).parent / "cases" / "lists")


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_lists_of(case: Case) -> None:
    [read] = read_text(case["text"].encode())
    article = structure(read)
    body = render_markdown(article.blocks)
    if "body" in case:
        assert body == case["body"]
    if "count" in case:
        assert [block.kind for block in article.blocks].count("item") == case["count"]
    assert not [words for words in case.get("absent", ()) if words in body]
    assert list(article.key_points) == case.get("key_points", [])


@pytest.mark.parametrize(
    ("read", "raw"),
    [
        (parse_fragment, "<p>So:</p><ol start=3><li><p>Grain</p><p>by rail</p><li>Coal<ul><li>hard<li>brown</ul><li>Oil</ol>"),
        (parse_blocks, "So:\n\n3. Grain\n\n   by rail\n3. Coal\n   * hard\n   * brown\n7. Oil\n"),
    ],
)
def test_lists_of_markup_keep_their_numbers(read: Callable[[str], tuple[Block, ...]], raw: str) -> None:
    assert [(block.number, block.level, block.text) for block in read(raw)] == [
        ("", 0, "So:"),
        ("3.", 0, "Grain"),
        ("", 0, "by rail"),
        ("4.", 0, "Coal"),
        ("", 1, "hard"),
        ("", 1, "brown"),
        ("5.", 0, "Oil"),
    ]


def test_lists_next_to_one_another_keep_their_own_numbers() -> None:
    items = [("1.", "One"), ("2.", "Two"), ("1.", "Other"), ("5.", "Fifth"), ("", "Bullet"), ("7.", "Seventh")]
    body = render_markdown(Block("item", text, number=number) for number, text in items)
    assert body == "1. One\n2. Two\n1) Other\n\n5. Fifth\n- Bullet\n\n7. Seventh\n"


@pytest.mark.parametrize("line", ["- x\n", "1. x\n", "(a) x\n  (b) y\n", "— x ?\n", "✅ x\n❌ y\n", "i) x\n"])
def test_long_lists_are_read_in_linear_time(line: str) -> None:
    assert len(next(read_text((line * 20_000).encode())).blocks) >= 20_000
