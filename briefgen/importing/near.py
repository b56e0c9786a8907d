"""Articles that the site already has in other words: near-copies, and the same story from another source."""

import datetime as dt
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

from briefgen.importing.phrases import words_of
from briefgen.text import fold

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.!?:;\"”’')])\s+|\n+")
_FEWEST_WORDS = 6
_HALF = 0.5
_DAYS = 2
_ENOUGH = 30
"""Briefings that are remembered for one sentence: what stands in more of them is a line of the house, and counting them all is slow."""


@dataclass(frozen=True, slots=True)
class Story:
    """What tells one story from another: its day, whom it names, the words of its title."""

    path: str
    day: str
    people: frozenset[str]
    title: frozenset[str]


@dataclass(slots=True)
class Nearby:
    """Everything that the site has, by the sentences and by the stories; grows as the import writes."""

    sentences: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    stories: dict[tuple[str, str], list[Story]] = field(default_factory=lambda: defaultdict(list))

    def add(self, path: str, sentences: frozenset[int], day: str, title: str, people: Iterable[str]) -> None:
        """Remember a briefing, by the keys of its sentences."""
        for sentence in sentences:
            known = self.sentences[sentence]
            if len(known) < _ENOUGH:
                known.append(path)
        story = story_of(path, day, title, people)
        for person in story.people if day else ():
            self.stories[day, person].append(story)

    def copy_of(self, keys: frozenset[int]) -> str:
        """The briefing that shares most sentences with a text of these keys, where it shares half of them; else ""."""
        shared = Counter(path for key in keys for path in dict.fromkeys(self.sentences.get(key, ())))
        path, times = max(shared.items(), key=lambda entry: (entry[1], entry[0]), default=("", 0))
        return path if times > 1 and times >= _HALF * len(keys) else ""

    def same_story(self, day: str, title: str, people: Iterable[str]) -> str:
        """A briefing of these days that names the same people and shares words of the title; else ""."""
        if not day:
            return ""
        story = story_of("", day, title, people)
        date = dt.date.fromisoformat(day)
        for shift in sorted(range(-_DAYS, _DAYS + 1), key=abs):
            beside = (date + dt.timedelta(shift)).isoformat()
            # who has two people in common is found without the one who is named most
            told = sorted((self.stories.get((beside, person), ()) for person in story.people), key=len)[:-1]
            same = [other.path for other in chain.from_iterable(told) if _is_same(story, other)]
            if same:
                return min(same)
        return ""


def story_of(path: str, day: str, title: str, people: Iterable[str]) -> Story:
    """The marks of a story."""
    words = frozenset(word for word in _WORD.findall(fold(title)) if len(word) > 3 and word not in words_of("function_words"))
    return Story(path, day, frozenset(fold(name).rpartition(" ")[2] for name in people), words)


def sentence_keys(text: str) -> frozenset[int]:
    """A number for every sentence of some length; punctuation and marks do not count.

    >>> sentence_keys("One two *three* four five six. Seven.") == sentence_keys("One, two three four five six!")
    True
    """
    found = set()
    for sentence in _SENTENCE.split(text[:300_000].lower()):
        words = _WORD.findall(sentence)
        if len(words) >= _FEWEST_WORDS:
            found.add(zlib.crc32(" ".join(words).encode()))
    return frozenset(found)


def _is_same(one: Story, other: Story) -> bool:
    people, words = one.people & other.people, one.title & other.title
    some = min(len(one.people), len(other.people))
    return len(people) > 1 and len(people) >= _HALF * some and len(words) > 1 and len(words) >= 0.3 * min(len(one.title), len(other.title))
