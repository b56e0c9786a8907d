"""Articles put together anew reach their page with every word, or say what is missing; `tests.tools.roundtrips` does it at length."""

import pytest

from tests.tools.roundtrips import main


@pytest.mark.parametrize("number", [60, pytest.param(3_000, marks=pytest.mark.nightly)])
def test_no_article_loses_a_word_unsaid(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(number, 7) == 0, capsys.readouterr().out
