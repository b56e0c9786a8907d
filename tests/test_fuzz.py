"""A short slice of the fuzzing that `make fuzz` does at length."""

from itertools import count

import pytest

from tests.tools.fuzz import TARGETS, fuzz


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_that_is_fed_in_ends_in_an_exception(name: str) -> None:
    steps = count()
    runs, faults = fuzz(name, 0, lambda: next(steps) < 25)
    assert (runs, faults) == (25, [])
