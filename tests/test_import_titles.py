"""Titles that are derived: the first sentence in, its words without some of them out, case by case."""

import re
from pathlib import Path

import pytest

from briefgen.importing.article import Article, Block
from briefgen.importing.titles import derive_title
from briefgen.model import Source
from tests.casefiles import Case, read_cases

CASES = read_cases(Path(__file__).parent / "cases" / "titles")


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_title_derived_from(case: Case) -> None:
    title, sentence = derive_title(Article(Source(), (Block("paragraph", case["text"]),), "text"))
    assert (title, sentence) == (case["title"], case["text"])
    words = iter(re.findall(r"\w+", sentence))
    assert all(word in words for word in re.findall(r"\w+", title)), "a word that does not stand there, or not in this order"


@pytest.mark.parametrize("text", ["x" * 5_000, "a (" * 2_000, "on the " * 1_000, ", who " * 1_000, "“" + "a, b " * 1_000])
def test_no_title_is_longer_than_a_line(text: str) -> None:
    title, _ = derive_title(Article(Source(), (Block("paragraph", text),), "text"))
    assert 0 < len(title) <= 110
