"""Related briefings: earlier coverage that names the same people and topics, the rarer the better."""

import math
from collections.abc import Sequence

from briefgen.model import Card
from briefgen.site.indexes import INDEXES

MOST = 4
REACH = 20
"""How far back each term is followed, so that the cost of a card does not grow with the archive."""


def related(cards: Sequence[Card]) -> dict[str, tuple[Card, ...]]:
    """For each card's id the cards before it that share most with it; the cards stand newest first.

    Only earlier cards count, also for how rare a term is: a new briefing changes no older briefing's page.
    """
    seen: dict[str, list[int]] = {}
    found: dict[str, tuple[Card, ...]] = {}
    order = list(reversed(cards))
    for number, card in enumerate(order):
        scores: dict[int, float] = {}
        urls = [term.url for terms_of in (INDEXES["topic"], INDEXES["person"], INDEXES["story"]) for term in terms_of(card)]
        for url in urls:
            before = seen.setdefault(url, [])
            weight = 1 / math.log2(2 + len(before))
            for other in before[-REACH:]:
                scores[other] = scores.get(other, 0) + weight
            before.append(number)
        best = sorted(scores, key=lambda other: (-scores[other], -other))[:MOST]
        found[card.id] = tuple(order[other] for other in best)
    return found
