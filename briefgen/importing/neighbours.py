"""Names in a row: in `A, B and C` what stands beside persons is a person too."""

from collections.abc import Sequence
from dataclasses import replace

from briefgen.importing.evidence import SURE, Candidate

_BETWEEN = {", ", " and ", ", and ", "; ", " & ", " / ", " - ", " v ", " vs. ", " beat "}
_BEFORE_PLACES = (" of ", " in ", " at ", " near ")
_WEAKEST = 0.5
_BONUS = 2.0


def with_neighbours(text: str, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of one block; those that stand in a row with persons gain by it."""
    rows: list[list[Candidate]] = []
    for candidate in found:
        if rows and text[rows[-1][-1].end : candidate.start] in _BETWEEN:
            rows[-1].append(candidate)
        else:
            rows.append([candidate])
    return [candidate for row in rows for candidate in _raised(text, row)]


def _raised(text: str, row: list[Candidate]) -> list[Candidate]:
    full = [candidate for candidate in row if len(candidate.words) > 1]
    sure = sum(candidate.score >= SURE for candidate in full)
    if not sure or sure * 2 < len(full):
        return row
    return [
        replace(candidate, score=candidate.score + _BONUS, reason="stands among persons")
        if len(candidate.words) > 1 and _WEAKEST <= candidate.score < SURE and not text.endswith(_BEFORE_PLACES, 0, candidate.start)
        else candidate
        for candidate in row
    ]
