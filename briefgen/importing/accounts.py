"""The account of words: everything that came in stands in the briefing or among what was dropped."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

from briefgen.importing.article import Article, Block, Dropped
from briefgen.importing.shapes import words
from briefgen.text import one_line


def text_of(blocks: Iterable[Block]) -> str:
    """The words of blocks, a line each."""
    return "\n".join(block.text for block in blocks)


def words_of(article: Article) -> int:
    """How many words an article has: as it was read, what came in; as it was understood, what goes into the briefing."""
    return sum(len(text.split()) for text in _texts(article))


def words_lost(raw: Article, told: Article) -> tuple[str, ...]:
    """Words of the raw article that neither the briefing nor the list of dropped lines holds."""
    came, went = Counter(_texts(raw)), Counter((*_texts(told), *(dropped.text for dropped in told.dropped)))
    # most texts go on as they came, and nobody need look into them
    lost = _count((came - went).elements())
    lost.subtract(_count((went - came).elements()))
    return tuple(lost.elements())


def unread(reason: Literal["outside", "duplicate"], lines: Iterable[str], blocks: Iterable[Block]) -> Iterator[Dropped]:
    """The lines of another version of a text that say a word which is nowhere in the blocks."""
    said = {word.casefold() for block in blocks for word in words(block.text)}
    for line in lines:
        if any(word.casefold() not in said for word in words(line)):
            yield Dropped(reason, one_line(line))


def _texts(article: Article) -> Iterable[str]:
    return (article.title, article.summary, *article.key_points, *(block.text for block in article.blocks))


def _count(texts: Iterable[str]) -> Counter[str]:
    # a label in capitals becomes a heading in title case
    return Counter(word.casefold() for text in texts for word in words(text))
