"""What was said in an article, word for word, and by whom where the text leaves no doubt."""

import re
from collections import defaultdict
from collections.abc import Sequence

from briefgen.importing.attribution import NOBODY, Speaker, Talk
from briefgen.importing.marks import MARK
from briefgen.importing.passages import Passage, Person, passage
from briefgen.importing.people import PersonMention
from briefgen.model import Article, Block, Quote

_SPOKEN_BLOCKS = {"paragraph", "item", "quote"}
_WORD = re.compile(r"[^\W\d_]+")
SHORT = 3
BEFORE = 3
FEWEST_WORDS = 4
"""Unattributed words in quotation marks are a quotation from here on; fewer are a title or irony."""


def find_quotes(article: Article, people: Sequence[PersonMention]) -> tuple[Quote, ...]:
    """The quotations of an article in reading order; a speaker only where the text makes it plain.

    Text stands as it does between the marks. `speaker` is the canonical name of one of `people`; an office, an
    organisation or somebody unnamed is `attributed_to`, as worded in the article.
    """
    named: dict[int, list[Person]] = defaultdict(list)
    for person in people:
        for span in person.spans:
            named[span.block].append(Person(span.start, span.end, person.name))
    talk = Talk(people)
    found: list[Quote] = []
    near = _near_marks(article.blocks)
    for index, block in enumerate(article.blocks):
        if index in near and block.kind in _SPOKEN_BLOCKS:
            persons = tuple(sorted(named[index], key=lambda person: person.start))
            found += _quotes_of(passage(block.text, persons), talk)
        else:
            talk.turn()
    return tuple(found)


def _near_marks(blocks: Sequence[Block]) -> set[int]:
    """The blocks with quotation marks and those before them, which may say who speaks."""
    marked = [index for index, block in enumerate(blocks) if MARK.search(block.text)]
    return {near for index in marked for near in range(index - BEFORE, index + 1)}


def _quotes_of(here: Passage, talk: Talk) -> list[Quote]:
    found = []
    talk.open(here)
    for quoted in here.quotes:
        text = here.text[quoted.first : quoted.last]
        speaker = talk.speaker(here, quoted, title=_is_title(text))
        if speaker is not NOBODY or (len(text.split()) >= FEWEST_WORDS and not _is_title(text)):
            found.append(Quote(text, speaker.person, speaker.attributed_to))
    talk.close(here)
    return found


def _is_title(text: str) -> bool:
    """Whether the words are written as the name of a work: `Of Mice and Men`."""
    words = _WORD.findall(text)
    return (
        bool(words) and all(word[0].isupper() or len(word) <= SHORT for word in words) and words[-1][0].isupper() and text[-1] not in ".!?…"
    )
