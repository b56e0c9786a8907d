"""Key points for an article that gives none: its own sub-headings where they say something, else its own sentences."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from briefgen.importing.article import Article
from briefgen.importing.dates import without_opening
from briefgen.importing.phrases import words_of
from briefgen.importing.sentences import split_sentences
from briefgen.importing.shapes import words
from briefgen.model import ReviewNote

_MOST_HEADINGS = 6
_WORDS_OF_HEADING = 6
_READ = 40
_MOST_WORDS = 80
_ENOUGH_WORDS = 42
_REMEMBERED = 50_000
_CAPTION = re.compile(
    r"(?:file |archive )?(?:photo|photograph|picture|image|video|portrait|illustration)\b|.{0,200}\b(?:image|photo|credit|picture)s?: ",
    re.IGNORECASE,
)
_CITATION = re.compile(r"[“\"‘'«].{5,200}[”\"’'»] [—–-] .{2,80}\b(?:19|20)\d\d\.?")
_NOTICE = re.compile(r"\W{0,3}(?:corrections?|clarifications?|editors?[’']?s? note|editor’s note|ed|note)\b[^.:]{0,40}[.:]", re.IGNORECASE)
_LEANS = re.compile(
    r"[“\"‘']?(?:he|she|it|they|this|that|these|those|his|her|their|its|but|and|or|so|however|also|another|such|both|meanwhile"
    r"|nevertheless|still|yet|then|there)\b",
    re.IGNORECASE,
)
_SPOKEN = frozenset(["i", "i'm", "i've", "i'd", "i'll", "my", "me", "you", "your", "we", "our", "we're", "we've", "yes", "no", "well"])


@dataclass(frozen=True, slots=True)
class _Sentence:
    at: int
    text: str
    words: tuple[str, ...]


def choose_key_points(article: Article) -> tuple[tuple[str, ...], ReviewNote | None]:
    """A few key points, each word for word in the article, and the note that says where they were taken from."""
    deepest = max((block.level for block in article.blocks if block.kind == "heading"), default=0)
    headings = tuple(block.text for block in article.blocks if block.kind == "heading" and block.level == deepest)
    if 2 <= len(headings) <= _MOST_HEADINGS and all(_says_something(heading) for heading in headings):
        return headings, ReviewNote("key_points", "none given; taken from the headings")
    sentences = _best(article)
    return sentences, ReviewNote("key_points", "none given; chosen from the sentences") if sentences else None


def _says_something(heading: str) -> bool:
    return len(words(heading)) >= _WORDS_OF_HEADING and not heading.endswith("?")


def _best(article: Article) -> tuple[str, ...]:
    """The sentences that say most of the article, without saying it twice, in its order."""
    sentences = list(_sentences(article))
    if not sentences:
        return ()
    uses = Counter(word for sentence in sentences for word in set(sentence.words))
    title = frozenset(_content(article.title))
    ranked = sorted(sentences, key=lambda sentence: (-_weight(sentence, uses, title), sentence.at))
    chosen: list[_Sentence] = []
    for sentence in ranked:
        if all(_is_new(sentence, other) for other in chosen) and _stands(sentence, chosen):
            chosen.append(sentence)
        if sum(len(words(other.text)) for other in chosen) >= _ENOUGH_WORDS or len(chosen) == 3:
            break
    return tuple(sentence.text for sentence in sorted(chosen, key=lambda sentence: sentence.at))


def _sentences(article: Article) -> Iterator[_Sentence]:
    at = 0
    for block in article.blocks[:_READ]:
        if (
            block.kind not in ("paragraph", "quote")
            or _CAPTION.match(block.text)
            or _CITATION.fullmatch(block.text)
            or _NOTICE.match(block.text)
        ):
            continue
        for sentence in split_sentences(without_opening(block.text)[:3000]):
            if 6 <= len(words(sentence)) <= _MOST_WORDS and not sentence.rstrip("”\"'’)").endswith(("?", ":")):
                yield _Sentence(at, sentence, _content(sentence))
                at += 1


def _content(text: str) -> tuple[str, ...]:
    plain = (_plain(word).removesuffix("'s") for word in words(text))
    small = words_of("function_words")
    return tuple(word for word in plain if len(word) > 2 and word not in small)


@lru_cache(maxsize=_REMEMBERED)
def _plain(word: str) -> str:
    return word.casefold().replace("’", "'")


def _weight(sentence: _Sentence, uses: Counter[str], title: frozenset[str]) -> float:
    """How much a sentence says of the article: place, words of the title, words that come back, length."""
    place = 1.0 / (1 + sentence.at)
    told = len(title & set(sentence.words)) / (len(title) or 1)
    central = sum(min(uses[word], 5) - 1 for word in set(sentence.words)) / (len(sentence.words) + 8)
    length = min(1.0, len(words(sentence.text)) / 25)
    spoken = any(_plain(word) in _SPOKEN for word in words(sentence.text))
    return place + told + 0.5 * central + 0.3 * length - 0.8 * spoken


def _is_new(sentence: _Sentence, other: _Sentence) -> bool:
    shared = set(sentence.words) & set(other.words)
    return len(shared) <= 0.5 * min(len(set(sentence.words)), len(set(other.words)))


def _stands(sentence: _Sentence, chosen: list[_Sentence]) -> bool:
    """Whether a reader knows what a sentence speaks of: one that leans on the sentence before it needs that one beside it."""
    return not _LEANS.match(sentence.text) or sentence.at == 0 or any(other.at == sentence.at - 1 for other in chosen)
