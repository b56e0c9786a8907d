"""A short slice of the fuzzing that `make fuzz` does at length, and what it found before."""

from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

from briefgen.importing.limits import bounded
from briefgen.importing.report import UnreadableError
from tests.tools.fuzz import TARGETS, fuzz
from tests.worlds import REPOSITORY

FOUND = sorted((REPOSITORY / "tests/cases/fuzz").iterdir())


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_that_is_fed_in_ends_in_an_exception(name: str) -> None:
    steps = count()
    runs, faults = fuzz(name, 0, lambda: next(steps) < 25)
    assert (runs, faults) == (25, [])


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_found_once_does_not_come_again(path: Path) -> None:
    target = next(target for name, target in TARGETS.items() if path.name.startswith(name.replace(" ", "-")))
    with suppress(UnreadableError):
        target.run(path.read_bytes())


def test_an_article_that_takes_too_long_or_too_much_is_refused() -> None:
    with pytest.raises(UnreadableError, match="seconds"), bounded(0.2):
        "".join(iter(lambda: "x", "y"))
    with pytest.raises(UnreadableError, match="memory"), bounded():
        bytearray(600 << 20)
    with bounded():
        assert len(bytearray(100 << 20)) == 100 << 20
