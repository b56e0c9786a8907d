"""Key points for an article that gives none: its own sub-headings where they say something, else its own sentences."""

from briefgen.importing.dates import parse_dateline
from briefgen.importing.sentences import split_sentences
from briefgen.importing.shapes import words
from briefgen.model import Article, ReviewNote

_MOST = 3
_LEAST_WORDS = 5


def choose_key_points(article: Article) -> tuple[tuple[str, ...], ReviewNote | None]:
    """Up to three key points, each word for word in the article, and the note that says where they were taken from."""
    headings = tuple(block.text for block in article.blocks if block.kind == "heading" and len(words(block.text)) >= _LEAST_WORDS)
    deepest = max((block.level for block in article.blocks if block.kind == "heading"), default=0)
    telling = tuple(block.text for block in article.blocks if block.kind == "heading" and block.level == deepest and block.text in headings)
    if 2 <= len(telling) <= 6:
        return telling, ReviewNote("key_points", "none given; taken from the headings")
    sentences = _lead(article)
    return sentences, ReviewNote("key_points", "none given; taken from the first sentences") if sentences else None


def _lead(article: Article) -> tuple[str, ...]:
    found: list[str] = []
    for block in article.blocks:
        if block.kind != "paragraph":
            continue
        dateline = parse_dateline(block.text)
        text = block.text[dateline.length :] if dateline else block.text
        found += [sentence for sentence in split_sentences(text[:2000]) if len(words(sentence)) >= _LEAST_WORDS]
        if len(found) >= 2:
            break
    return tuple(found[:2])
