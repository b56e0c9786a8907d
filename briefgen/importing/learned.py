"""Topics learned from the site's own archive: one linear judge a topic, trained on the briefings that editors finished.

Before the first briefing is read, the words of a topic's name, aliases and keywords already speak for it. Then multi-label
passive-aggressive learning (Crammer et al. 2006) on weighted words, averaged over its passes. It is plain Python: half a
minute for six thousand briefings, and the same archive gives the same judge on every machine.
"""

import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from briefgen import files
from briefgen.digest import digest
from briefgen.importing.known import KnownTopic
from briefgen.problems import BriefgenError

FEWEST = 50
"""Briefings with topics that an archive needs before anything is learned from it."""
SURE = -0.15
"""From this score on a topic is given; where none reaches it, the best one is only a candidate."""

_VERSION = 2
_STEP = 1.02
_PASSES = 5
_WORDS_PER_TEXT = 90
_COMMON = 0.25
_MARGIN = 1.0
_BIAS = -1.0
_LIMIT_OF_OTHERS = -0.1
_NAMED = 2.0
_SHORTEST_PLURAL = 4
_TINY = 0.02
_CACHE = Path(".briefgen/topics.json")
_WORD = re.compile(r"[^\W\d_][\w'’-]+|\d+")

Weights = dict[str, dict[str, float]]


class Example(NamedTuple):
    """A finished briefing to learn from."""

    title: str
    text: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """What was learned: how much a word counts, how much it speaks for each topic, and which topics are known well."""

    rarity: dict[str, float] = field(default_factory=dict)
    weights: Weights = field(default_factory=dict)
    topics: frozenset[str] = frozenset()

    def scores(self, title: str, text: str) -> list[tuple[float, str]]:
        """Every topic that the words speak for, the best first."""
        found: dict[str, float] = {}
        for word, value in _vector(_counts(title, text), self.rarity):
            for topic, weight in self.weights.get(word, {}).items():
                found[topic] = found.get(topic, _BIAS) + weight * value
        return sorted(((score, topic) for topic, score in found.items()), key=lambda entry: (-entry[0], entry[1]))


def learn(examples: Sequence[Example], topics: Sequence[KnownTopic], root: Path) -> Judge:
    """The judge for these examples, from the site's cache where nothing has changed; empty for a small archive.

    `topics` are the site's, for their aliases and keywords.
    The last one or two of a hundred are left out, so that what was learned holds while an archive grows by some briefings.
    """
    used = examples[: _stable(len(examples))]
    if len(used) < FEWEST:
        return Judge()
    forms = {topic.name: (*topic.aliases, *topic.keywords) for topic in topics}
    key = digest((_VERSION, [tuple(example) for example in used], sorted(forms.items())))
    kept = _read_cache(root / _CACHE, key)
    if kept:
        return kept
    judge = train(used, forms)
    _write_cache(root / _CACHE, key, judge)
    return judge


def train(examples: Sequence[Example], forms: Mapping[str, Sequence[str]]) -> Judge:
    """Learn from examples; also a topic that one briefing alone carries is worth a try. `forms` are other words for a topic."""
    counts = [_counts(example.title, example.text) for example in examples]
    rarity = _rarity(counts)
    wanted = [tuple(dict.fromkeys(example.topics)) for example in examples]
    topics = sorted({topic for row in wanted for topic in row})
    weights = _by_name(topics, forms, rarity, len(examples))
    vectors = [_vector(count, rarity) for count in counts]
    total: Weights = defaultdict(dict)
    order = list(range(len(examples)))
    shuffler = random.Random(0)  # noqa: S311 -- an order of reading, the same each time
    for number in range(_PASSES):
        shuffler.shuffle(order)
        for at in order:
            _correct(weights, vectors[at], wanted[at])
        if number:
            _add(total, weights)
    mean = {
        word: {topic: round(weight / (_PASSES - 1), 4) for topic, weight in row.items() if abs(weight) > _TINY * (_PASSES - 1)}
        for word, row in total.items()
    }
    return Judge(rarity, {word: row for word, row in mean.items() if row}, frozenset(topics))


def _by_name(topics: Sequence[str], forms: Mapping[str, Sequence[str]], rarity: dict[str, float], texts: int) -> Weights:
    """What the words of names say from the start; a word that no text has yet is as rare as one that a single text has."""
    weights: Weights = defaultdict(dict)
    for topic in topics:
        for form in (topic, *forms.get(topic, ())):
            words = [_plain(word) for word in _WORD.findall(form)]
            for feature in (feature for word in words for feature in (word, f"^{word}")):
                rarity.setdefault(feature, math.log((1 + texts) / 2) + 1)
                weights[feature][topic] = max(_NAMED / len(words), weights[feature].get(topic, 0.0))
    return weights


def _stable(number: int) -> int:
    """The largest step of a geometric row up to a number: it stays while an archive grows by a few hundredths."""
    step = 1.0
    while round(step * _STEP) <= number or step < FEWEST:
        step *= _STEP
    return min(number, round(step))


def _counts(title: str, text: str) -> Counter[str]:
    """How often each word stands in a text; words of the title count once more, alone and in pairs."""
    counts = Counter(_plain(word) for word in _WORD.findall(text[:20_000]))
    words = [_plain(word) for word in _WORD.findall(title)]
    counts.update(words)
    for word in words:
        counts[f"^{word}"] += 2
    counts.update(f"^{one} {other}" for one, other in pairwise(words))
    return counts


def _plain(word: str) -> str:
    """A word in small letters, one for singular and plural; every number is the same.

    >>> _plain("Tariffs"), _plain("parties"), _plain("loss"), _plain("1987")
    ('tariff', 'party', 'loss', '#')
    """
    if word[0].isdigit():
        return "#"
    plain = word.lower().replace("’", "'").removesuffix("'s")
    if len(plain) < _SHORTEST_PLURAL or plain.endswith("ss") or not plain.endswith("s"):
        return plain
    return plain[:-3] + "y" if plain.endswith("ies") and len(plain) > _SHORTEST_PLURAL else plain[:-1]


def _rarity(counts: Sequence[Counter[str]]) -> dict[str, float]:
    """How telling each word is; what stands in every fourth text, or in one alone, tells nothing."""
    texts: Counter[str] = Counter()
    for count in counts:
        texts.update(count.keys())
    most = max(20.0, _COMMON * len(counts))
    return {word: math.log((1 + len(counts)) / (1 + times)) + 1 for word, times in texts.items() if 2 <= times <= most}


def _vector(counts: Counter[str], rarity: dict[str, float]) -> list[tuple[str, float]]:
    """The most telling words of a text with their weights, as a vector of length one."""
    weighed = [((1 + math.log(times)) * rarity[word], word) for word, times in counts.items() if word in rarity]
    weighed.sort(key=lambda entry: (-entry[0], entry[1]))
    best = weighed[:_WORDS_PER_TEXT]
    length = math.sqrt(sum(weight * weight for weight, _ in best)) or 1.0
    return [(word, weight / length) for weight, word in best]


def _correct(weights: Weights, vector: list[tuple[str, float]], wanted: tuple[str, ...]) -> None:
    """Move the weights as far as this example asks, and no further than its vector is long."""
    scores: dict[str, float] = {}
    for word, value in vector:
        for topic, weight in weights[word].items():
            scores[topic] = scores.get(topic, 0.0) + weight * value
    moves = {topic: min(1.0, lack) for topic in wanted if (lack := _MARGIN - _BIAS - scores.get(topic, 0.0)) > 0}
    moves |= {
        topic: -min(1.0, score - _LIMIT_OF_OTHERS) for topic, score in scores.items() if score > _LIMIT_OF_OTHERS and topic not in wanted
    }
    for topic, move in moves.items():
        for word, value in vector:
            row = weights[word]
            row[topic] = row.get(topic, 0.0) + move * value


def _add(total: Weights, weights: Weights) -> None:
    for word, row in weights.items():
        into = total[word]
        for topic, weight in row.items():
            into[topic] = into.get(topic, 0.0) + weight


def _read_cache(path: Path, key: str) -> Judge | None:
    try:
        kept = json.loads(files.read(path, 200_000_000))
        if kept["key"] != key:
            return None
        return Judge(
            _floats(kept["rarity"]), {str(word): _floats(row) for word, row in kept["weights"].items()}, frozenset(map(str, kept["topics"]))
        )
    except (BriefgenError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _floats(row: dict[str, float]) -> dict[str, float]:
    return {str(name): float(value) for name, value in row.items()}


def _write_cache(path: Path, key: str, judge: Judge) -> None:
    kept = {"key": key, "topics": sorted(judge.topics), "rarity": judge.rarity, "weights": judge.weights}
    try:
        files.write(path, json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode())
    except OSError:
        return
