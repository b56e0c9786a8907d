"""Related briefings: earlier coverage that names the same people and topics, the rarer the better."""

import math
from collections.abc import Sequence

from briefgen.model import Card
from briefgen.site.indexes import oldest_first

MOST = 4
TERMS = 4
REACH = 8
"""Of a card only its rarest terms are followed, each only to its latest cards: the cost of a card does not grow with the archive."""


def related(cards: Sequence[Card]) -> dict[str, tuple[Card, ...]]:
    """For each card's id the cards before it that share most with it; the cards stand newest first.

    Only earlier cards count, also for how rare a term is: a new briefing changes no older briefing's page.
    """
    seen: dict[str, list[int]] = {}
    found: dict[str, tuple[Card, ...]] = {}
    order = oldest_first(cards)
    for number, card in enumerate(order):
        terms = [*card.topics, *card.people, card.story] if card.story else [*card.topics, *card.people]
        filed = [seen.setdefault(term.url, []) for term in terms]
        scores: dict[int, float] = {}
        for before in sorted(filed, key=len)[:TERMS]:
            weight = 1 / math.log2(2 + len(before))
            for other in before[-REACH:]:
                scores[other] = scores.get(other, 0.0) + weight
        for before in filed:
            before.append(number)
        # of equals the later ones; a higher number is a later card
        ranked = sorted(sorted(scores, reverse=True), key=scores.__getitem__, reverse=True)
        found[card.id] = tuple([order[other] for other in ranked[:MOST]])
    return found
