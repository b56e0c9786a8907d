"""From blocks to an article: what is head, key point, heading, sign-off, related link – and what is not the article.

Each pass takes an Article and gives one in which it has named what it knows; no pass changes a word of a paragraph,
and what a pass takes out of the blocks stands in a field or under `dropped`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from briefgen.importing.article import Article, Block, Dropped
from briefgen.importing.head import take_head
from briefgen.importing.notices import take_inline_links, take_mail_head, take_notices
from briefgen.importing.phrases import is_key_point_label, is_related_label, is_section, related_title, standing
from briefgen.importing.sentences import split_sentences
from briefgen.importing.shapes import ends_sentence, is_heading_like, is_upper, title_case, words
from briefgen.importing.tail import take_tail
from briefgen.model import RelatedLink

_NEAR = 300
_ON_TOP = 3
_ANNOUNCES = re.compile(r"\b(?:the following|as follows|these are|are these|list(?:s|ed)|among them|they include)\b[^.]*\.$", re.IGNORECASE)
_COUNTED = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_DASHES = "-–—"
"""A line that begins with one signs what stands above it."""
_SPEAKS = re.compile(r"[^\W\d_a-z][^\W\d_a-z .'’-]{0,40}:\s")


def structure(article: Article) -> Article:
    """The article with its head, lists, headings and sign-off told apart."""
    for take in PASSES:
        article = take(article)
    return article


def drop_standing_lines(article: Article) -> Article:
    """Share lines, promotion and navigation go; what "Read more: …" points to is kept as a related link."""
    kept, dropped, related = [], [], []
    for block in article.blocks:
        title = related_title(block.text) if block.kind != "code" else ""
        reason = "related" if title else standing(block.text) if block.kind != "code" else None
        if reason is None:
            kept.append(block)
            continue
        dropped.append(Dropped(reason, block.text, block.line))
        if title:
            related.append(RelatedLink(title))
    if not kept:
        return article
    return replace(article, blocks=tuple(kept), dropped=(*article.dropped, *dropped), related=(*article.related, *related))


def take_key_points(article: Article) -> Article:
    """The bullets before the first paragraph, or under a label such as "Key points", are the key points."""
    blocks = article.blocks
    start = next((at for at, block in enumerate(blocks[:12]) if _announces_key_points(block, at) and _item(blocks, at + 1)), None)
    first = 0 if start is None else start + 1
    count = _run(blocks, first)
    rest = (*blocks[: first if start is None else start], *blocks[first + count :])
    if article.key_points or not 0 < count <= 12 or not any(block.kind == "paragraph" for block in blocks[first + count :]):
        return article
    points = tuple(block.text for block in blocks[first : first + count])
    if start is None and any(len(words(point)) < 3 for point in points):
        return article
    dropped = (Dropped("label", blocks[start].text, blocks[start].line),) if start is not None else ()
    return replace(article, blocks=rest, key_points=points, dropped=(*article.dropped, *dropped))


def take_related(article: Article) -> Article:
    """Lists of headlines that interrupt the text, or stand under a label such as "Related", are links, not text."""
    kept: list[Block] = []
    dropped: list[Dropped] = []
    related: list[RelatedLink] = []
    blocks, at = article.blocks, 0
    while at < len(blocks):
        labelled = is_related_label(blocks[at].text)
        count = _run(blocks, at + labelled) or (labelled and _headlines(blocks, at + 1))
        listed = blocks[at + labelled : at + labelled + count]
        # a page shows by its links what is related; in other formats the links of a copied page are lost
        if count and (labelled or (article.format != "html" and _interrupts(kept, listed))):
            dropped += [Dropped("related", block.text, block.line) for block in blocks[at : at + labelled + count]]
            related += [RelatedLink(block.text) for block in listed]
            at += labelled + count
        else:
            step = max(1, count if not labelled else 1)
            kept += blocks[at : at + step]
            at += step
    if not any(block.kind == "paragraph" for block in kept):
        return article
    return replace(article, blocks=tuple(kept), dropped=(*article.dropped, *dropped), related=(*article.related, *related))


def take_headings(article: Article) -> Article:
    """Labels become headings of level 2, other short lines above a paragraph sub-headings below them."""
    if any(block.kind == "heading" for block in article.blocks):
        return replace(article, blocks=tuple(_levelled(article.blocks)))
    found: list[Block] = []
    under_label = False
    for at, block in enumerate(article.blocks):
        following = article.blocks[at + 1] if at + 1 < len(article.blocks) else None
        if _is_label(block, following):
            under_label = True
            found.append(replace(block, kind="heading", text=title_case(block.text), level=2))
        elif following and _is_subheading(found[-1] if found else None, block, following):
            found.append(replace(block, kind="heading", level=3 if under_label else 2))
        else:
            found.append(block)
    return replace(article, blocks=tuple(found))


PASSES: tuple[Callable[[Article], Article], ...] = (
    take_mail_head,
    drop_standing_lines,
    take_inline_links,
    take_notices,
    take_head,
    take_tail,
    take_key_points,
    take_related,
    take_headings,
)


def _announces_key_points(block: Block, at: int) -> bool:
    # "What we know" on top announces them; further down it stands above a section
    return is_key_point_label(block.text) and (at < _ON_TOP or not is_section(block.text))


def _run(blocks: tuple[Block, ...], start: int) -> int:
    """How many bullets follow one another from there."""
    end = start
    while _item(blocks, end):
        end += 1
    return end - start


def _item(blocks: tuple[Block, ...], at: int) -> bool:
    return at < len(blocks) and blocks[at].kind == "item"


def _headlines(blocks: tuple[Block, ...], start: int) -> int:
    """How many lines that look like headlines follow a label, where they end in a paragraph or with the text."""
    end = start
    while end < min(len(blocks), start + 8) and is_heading_like(blocks[end].text) and len(words(blocks[end].text)) >= 4:
        end += 1
    return end - start


def _interrupts(before: list[Block], listed: tuple[Block, ...]) -> bool:
    """Whether a list is foreign to the text around it: nothing announces it, and its lines are headlines."""
    if (
        not before
        or before[-1].kind != "paragraph"
        or not ends_sentence(before[-1].text)
        or any(block.number or block.level for block in listed)
    ):
        return False
    if _ANNOUNCES.search(before[-1].text[-_NEAR:]) or _counts_to(before[-1].text, len(listed)):
        return False
    return all(is_heading_like(block.text) and len(words(block.text)) >= 4 and not block.text.endswith("?") for block in listed)


def _counts_to(text: str, count: int) -> bool:
    """Whether the last sentence before a list says how many lines it has."""
    number = _COUNTED[count] if count < len(_COUNTED) else str(count)
    return count > 1 and number in {word.casefold() for word in words(split_sentences(text[-_NEAR:])[-1])}


def _is_label(block: Block, following: Block | None) -> bool:
    if block.kind != "paragraph" or following is None or following.kind == "code":
        return False
    return is_section(block.text) or (
        is_upper(block.text) and is_heading_like(block.text) and len(words(block.text)) <= 4 and len(following.text) > len(block.text)
    )


def _is_subheading(before: Block | None, block: Block, following: Block) -> bool:
    if (
        block.kind != "paragraph"
        or not is_heading_like(block.text)
        or _SPEAKS.match(block.text)
        or block.text[0] in _DASHES
        or len(words(block.text)) > (6 if block.text.endswith("?") else 14)
    ):
        return False
    if before is None or (before.kind == "paragraph" and not ends_sentence(before.text)):
        return False
    if following.kind == "paragraph":
        return ends_sentence(following.text) and len(words(following.text)) >= 8 and len(following.text) > len(block.text)
    return following.kind == "item"


def _levelled(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Declared headings from level 2 on, without gaps."""
    ranks = {level: 2 + rank for rank, level in enumerate(sorted({block.level for block in blocks if block.kind == "heading"}))}
    for block in blocks:
        yield replace(block, level=min(6, ranks[block.level])) if block.kind == "heading" else block
