"""The quotations of an article and their speakers: text in, quotations out, case by case."""

from pathlib import Path

import pytest

from briefgen.importing.article import Article, Block
from briefgen.importing.known import NOTHING_KNOWN
from briefgen.importing.limits import bounded
from briefgen.importing.people import find_people
from briefgen.importing.quotes import find_quotes
from briefgen.model import Quote, Source
from tests.casefiles import Case, read_cases

CASES = read_cases(Path(__file__).parent / "cases" / "quotes")


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_quotes_of(case: Case) -> None:
    blocks = case.get("blocks") or [("paragraph", text) for text in case["text"].split("\n\n")]
    assert quotes_of(*blocks) == tuple(
        Quote(expected["text"], expected.get("speaker", ""), expected.get("attributed_to", "")) for expected in case["quotes"]
    )


def test_every_quotation_stands_in_the_text_word_for_word() -> None:
    text = "“Its  odd spaces—stay,” said Clara Whitfield… “and its [brackets] too.”"
    assert all(quote.text in text for quote in quotes_of(("paragraph", text)))


def test_a_block_quotation_is_signed_by_its_last_line_without_a_dash() -> None:
    cited = ("quote", "“The sea always gets its planks back.”"), ("quote", "Clara Whitfield, mayor of Little Marsh")
    assert [quote.speaker for quote in quotes_of(*cited)] == ["Clara Whitfield"]
    assert [quote.speaker for quote in quotes_of(cited[0], ("paragraph", cited[1][1]))] == [""]


@pytest.mark.parametrize("mark", ['"', "“", "'", "«", '"a ', "“a ", 'he said "x y z w" '])
def test_marks_without_end_are_read_in_linear_time(mark: str) -> None:
    with bounded():  # what takes the square of it would be refused
        quotes_of(("paragraph", mark * (60_000 // len(mark))))


def quotes_of(*blocks: tuple[str, str]) -> tuple[Quote, ...]:
    article = Article(Source(), tuple(Block(kind, text.strip()) for kind, text in blocks), format="text")  # type: ignore[arg-type]  # literals
    return find_quotes(article, find_people(article, NOTHING_KNOWN))
