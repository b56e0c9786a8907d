"""The article of a plain page: nearly all of its paragraphs stand in one element, and that element holds hardly anything else."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from briefgen.importing.article import Block
from briefgen.importing.markup import Placed
from briefgen.importing.page import PROSE, Page, count_words

_FEWEST = 100
_MOST = 0.6
_LITTLE = 0.05
_TEXT_LINKED = 0.3
_HALF_LINKED = 0.5
_A_LINK = 0.85


def find_plain(page: Page) -> tuple[Block, ...]:
    """The blocks of the article; none where the page is not that plain, and somebody has to look closer.

    Who looks closer asks for every element whether it is furniture, which takes half of the time that reading a page does.
    """
    prose = [placed for placed in page.placed if _is_prose(placed) and page.out(placed.element) is None]
    home = _home(prose)
    if home is None or _goes_on_elsewhere(prose, home):
        return ()
    inside = [placed for placed in page.placed if page.out(placed.element) is None and _is_below(placed.element, home)]
    belongs = list(_belonging(inside, home, page))
    left = [placed.block for placed, kept in zip(inside, belongs, strict=True) if not kept and placed.linked < _HALF_LINKED]
    found = tuple(placed.block for placed, kept in zip(inside, belongs, strict=True) if kept)
    return found if count_words(left) <= _LITTLE * count_words(found) else ()


def _is_prose(placed: Placed) -> bool:
    return placed.block.kind == "paragraph" and placed.linked < _TEXT_LINKED and count_words((placed.block,)) > PROSE


def _home(prose: Sequence[Placed]) -> Any:
    """The element in which most of the prose stands, right below it; None where it has only some of it, or little."""
    words: Counter[Any] = Counter()
    for placed in prose:
        words[placed.element.getparent()] += count_words((placed.block,))
    home, most = next(iter(words.most_common(1)), (None, 0))
    return home if most >= max(_FEWEST, _MOST * words.total()) else None


def _goes_on_elsewhere(prose: Sequence[Placed], home: Any) -> bool:
    """Whether prose outside looks as if it were of the same article: right around its element, or of the same class."""
    around = set(home.iterancestors())
    classes, own = _classes(home), {placed.element.get("class") for placed in prose if placed.element.getparent() is home} - {None, ""}
    for placed in prose:
        parent = placed.element.getparent()
        if parent is not home and (parent in around or classes & _classes(parent) or placed.element.get("class") in own):
            return True
    return False


def _classes(element: Any) -> set[str]:
    """The classes of an element; its name, where it has none."""
    return set((element.get("class") or f"<{element.tag}>").split())


def _is_below(element: Any, home: Any) -> bool:
    return any(each is home for each in element.iterancestors())


def _belonging(inside: Sequence[Placed], home: Any, page: Page) -> Iterator[bool]:
    """Whether each block in the element is of the article: captions, forms and what else may be furniture is not."""
    for placed, following in zip_longest(inside, inside[1:]):
        direct, linked = placed.element.getparent() is home, placed.linked
        if placed.block.kind in ("table", "quote"):
            yield linked < _HALF_LINKED
        elif placed.block.kind == "paragraph" and direct and placed.element.tag == "p":
            yield linked < _A_LINK
        elif placed.block.kind == "paragraph":
            yield _is_prose(placed) and page.near(placed.element) is None
        elif placed.block.kind == "heading":
            yield (direct or page.near(placed.element) is None) and (linked < _HALF_LINKED or _is_headed(following))
        else:
            yield linked < _HALF_LINKED and page.near(placed.element) is None


def _is_headed(following: Placed | None) -> bool:
    """Whether text stands below a heading, not another heading, as in a list of other articles."""
    return following is not None and following.block.kind != "heading" and following.linked < _HALF_LINKED
