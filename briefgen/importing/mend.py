"""What an extractor found of an article, mended by the page: what it left out between goes in, what is furniture goes out."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from briefgen.importing.article import Block
from briefgen.importing.markup import Placed
from briefgen.importing.page import PROSE, Page, container, count_words
from briefgen.importing.phrases import standing

_ANCHOR = 15
_LINE = 8
_A_LINK = 0.85
_MUCH_LINKED = 0.5
_PROSE_LINKED = 0.3
_PART = 0.3
_NEARLY_ALL = 0.8
_HALF = 0.5
_POSTED = re.compile(r"twitter|tiktok|instagram|fb-|reddit|bluesky|embed")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def mend(found: tuple[Block, ...], page: Page) -> tuple[Block, ...]:
    """The found blocks with what stands between them and belongs to them, without furniture, twins and what follows the article."""
    found = tuple(block for block in found if page.key(block.text) not in page.elsewhere)
    blocks = _without_furniture(_filled(found, page), page)
    return _up_to_its_end(_without_twins(blocks, page), page)


def _filled(found: tuple[Block, ...], page: Page) -> tuple[Block, ...]:
    """With the blocks of the page between and right behind the found ones that are of their kind."""
    anchors = _anchors(found, page)
    if not anchors:
        return found
    taken = "\n".join(page.key(block.text) for block in found)
    prose = [page.placed[at] for _, at in anchors if len(page.placed[at].block.text.split()) >= _LINE]
    places = {_place(placed) for placed in prose}
    homes = {_kind(page.near(placed.element)) for placed in prose} | {()}
    parents = {placed.element.getparent() for placed in prose}
    behind: dict[int, list[Block]] = {}
    for (one, start), (_, end) in pairwise((*anchors, (len(found), len(page.placed)))):
        last = end == len(page.placed)
        for at in range(start + 1, end):
            placed = page.placed[at]
            if last and placed.element.tag == "h1":
                break
            if not page.keys[at] or page.keys[at] in taken or _kind(page.near(placed.element)) not in homes or standing(placed.block.text):
                continue
            following = page.placed[at + 1].block if at + 1 < len(page.placed) else None
            if _goes_on(placed, places) if last else _belongs(placed, following, places) or _is_listed(placed, parents):
                behind.setdefault(one, []).append(placed.block)
    return tuple(block for at, each in enumerate(found) for block in (each, *behind.get(at, ())))


def _anchors(found: tuple[Block, ...], page: Page) -> list[tuple[int, int]]:
    """Where found blocks stand in the page: those that are there once, in the longest run that keeps the page's order."""
    times = Counter(page.keys)
    places = {key: at for at, key in enumerate(page.keys) if times[key] == 1 and len(key) >= _ANCHOR}
    pairs = [(at, places[key]) for at, block in enumerate(found) if (key := page.key(block.text)) in places]
    return _longest_run(pairs)


def _longest_run(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest selection of pairs, in their order, in which the second numbers rise."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [at]
    run = []
    at = last[-1] if last else -1
    while at >= 0:
        run.append(pairs[at])
        at = before[at]
    return run[::-1]


def _place(placed: Placed) -> tuple[object, ...]:
    """What two paragraphs of one text have in common: the names and classes of their elements and of those around them."""
    return _kind(placed.element) + _kind(placed.element.getparent())


def _kind(element: Any) -> tuple[object, ...]:
    """The name and the class of an element; empty for none."""
    return (element.tag, element.get("class")) if element is not None else ()


def _belongs(placed: Placed, following: Block | None, places: set[tuple[object, ...]]) -> bool:
    """Whether a block between two of an article is part of it."""
    block, words = placed.block, len(placed.block.text.split())
    if placed.linked > _MUCH_LINKED:
        return False
    if block.kind == "paragraph":
        least = PROSE / 3 if _place(placed) in places else PROSE if placed.element.tag == "p" else 3 * PROSE
        return words >= least
    if block.kind == "heading":
        return following is not None and following.kind != "heading"
    if block.kind == "quote":
        return words >= _LINE and placed.linked < _PROSE_LINKED and not _is_posted(placed.element)
    return block.kind == "item"


def _is_listed(placed: Placed, parents: set[Any]) -> bool:
    """Whether a block is an item of a list among the article's paragraphs; its items may be links, as in lists of offers."""
    lists = list(placed.element.iterancestors("ul", "ol"))
    return placed.block.kind == "item" and bool(lists) and lists[-1].getparent() in parents


def _is_posted(element: Any) -> bool:
    """Whether a quotation is a post that was embedded from elsewhere."""
    quote = element if element.tag == "blockquote" else next(element.iterancestors("blockquote"), None)
    return quote is not None and bool(_POSTED.search(quote.get("class") or ""))


def _goes_on(placed: Placed, places: set[tuple[object, ...]]) -> bool:
    """Whether a block behind the last one that was found is prose that stands as the article's does."""
    return placed.linked < _PROSE_LINKED and len(placed.block.text.split()) >= PROSE and _place(placed) in places


def _without_furniture(blocks: tuple[Block, ...], page: Page) -> tuple[Block, ...]:
    """Without lines that are one link, and without what stands in furniture, unless a good part of the text stands there."""
    places = _places(page)
    stands = [places.get(page.key(block.text), []) for block in blocks]
    homes = [{page.out(placed.element) for placed in stand} for stand in stands]
    words: Counter[Any] = Counter()
    for block, home in zip(blocks, homes, strict=True):
        for element in home:
            words[element] += len(block.text.split())
    total = count_words(blocks)
    kept = []
    for block, stand, home in zip(blocks, stands, homes, strict=True):
        linked = min((placed.linked for placed in stand), default=0.0)
        is_link = block.kind == "paragraph" and linked >= _A_LINK and len(block.text.split()) > 3
        is_furniture = home and None not in home and all(words[element] < _PART * total for element in home)
        if not is_link and not is_furniture:
            kept.append(block)
    while len(kept) > 1 and kept[-1].kind == "heading":
        kept.pop()
    return tuple(kept) if count_words(kept) > _HALF * total else blocks


def _without_twins(blocks: Iterable[Block], page: Page) -> tuple[Block, ...]:
    """Each line once: some pages carry their text twice, for narrow screens and for wide ones."""
    return tuple(_once(blocks, page))


def _once(blocks: Iterable[Block], page: Page) -> Iterator[Block]:
    seen: set[str] = set()
    for block in blocks:
        key = page.key(block.text)
        if key not in seen or len(block.text.split()) < _LINE:
            yield block
        seen.add(key)


def _up_to_its_end(blocks: tuple[Block, ...], page: Page) -> tuple[Block, ...]:
    """Without the last blocks, where they stand outside the element that holds nearly all of the text."""
    places = _places(page)
    stands = [places.get(page.key(block.text), []) for block in blocks if count_words((block,)) >= _LINE]
    single = [placed[0] for placed in stands if len(placed) == 1]
    home = container(single, _NEARLY_ALL)
    end = len(blocks)
    while end and (placed := places.get(page.key(blocks[end - 1].text), ())) and not any(_is_in(each.element, home) for each in placed):
        end -= 1
    return blocks[:end] if count_words(blocks[:end]) >= _NEARLY_ALL * count_words(blocks) else blocks


def _is_in(element: Any, home: Any) -> bool:
    return element is home or any(each is home for each in element.iterancestors())


def _places(page: Page) -> dict[str, list[Placed]]:
    """Where each text stands in the page."""
    found: dict[str, list[Placed]] = {}
    for key, placed in zip(page.keys, page.placed, strict=True):
        found.setdefault(key, []).append(placed)
    return found
