"""A web page as blocks with their places: what is furniture there, and from where to where its article goes."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from briefgen.importing.article import Block
from briefgen.importing.markup import Placed, read_placed
from briefgen.importing.phrases import entries
from briefgen.text import fold

PROSE = 12
"""Words that a block has at least to be prose, not a caption or a button."""
_OUT = frozenset(("aside", "footer", "figcaption"))
_NEAR = _OUT | frozenset(("nav", "form", "figure", "header", "dialog"))
_NEUTRAL = frozenset(("html", "body", "article", "main", "h1", "h2", "h3", "h4", "h5", "h6"))
_WORDS = re.compile(r"[A-Z]?[a-z]+")
_ENOUGH = 100
_BEFORE = 3


@dataclass(frozen=True, slots=True)
class Page:
    """The blocks of a page in reading order; `keys` are their texts without blanks, `elsewhere` those of other articles.

    `whole` is everything that the page shows, `first` where in it the page's own article begins.
    """

    placed: tuple[Placed, ...]
    keys: tuple[str, ...]
    whole: tuple[Block, ...] = ()
    first: int = 0
    elsewhere: frozenset[str] = frozenset()
    _out: dict[Any, Any] = field(default_factory=dict)
    _near: dict[Any, Any] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)

    def key(self, text: str) -> str:
        """The key of a text, of which each is asked for several times."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = key_of(text)
        return known

    def prose(self) -> int:
        """How many words stand in blocks that are prose."""
        return sum(words for placed in self.placed if (words := len(placed.block.text.split())) > PROSE)

    def around_title(self, title: str, count: int) -> tuple[Block, ...]:
        """The few lines before the title, and so many behind it; none where the page does not show it."""
        wanted = fold(title)
        at = next((at for at, block in enumerate(self.whole) if at >= self.first and fold(block.text) == wanted), None)
        return () if at is None else self.whole[max(0, at - _BEFORE) : at] + self.whole[at + 1 : at + 1 + count]

    def out(self, element: Any) -> Any:
        """The element that is furniture by its name or class and holds this one; None where none does."""
        return _furniture(element, _OUT, marks()["out"], self._out)

    def near(self, element: Any) -> Any:
        """The element that may be furniture and holds this one; None where none does."""
        return _furniture(element, _NEAR, marks()["near"], self._near)


def read_page(root: Any, title: str) -> Page:
    """The page at `root` (an lxml tree), from its title on and up to the next article below it."""
    body = root.find("body")
    placed = read_placed(body if body is not None else root)
    first, end = _limits(placed, key_of(title).lower())
    keys = tuple(key_of(each.block.text) for each in placed)
    whole = tuple(each.block for each in placed)
    return Page(placed[first:end], keys[first:end], whole, first, frozenset(keys[end:]) - frozenset(keys[first:end]))


def key_of(text: str) -> str:
    r"""A text without its blanks, by which it is known again wherever it stands.

    >>> key_of("It’s 5\n o'clock.")
    "It’s5o'clock."
    """
    return "".join(text.split())


@cache
def marks() -> dict[str, frozenset[str]]:
    """The words of classes and ids that mark furniture: `out`, and `near` with those that are less sure."""
    rows = [line.partition(": ") for line in entries("page_furniture")]
    out, less_sure = (frozenset(word for row, _, words in rows if row == kind for word in words.split()) for kind in ("out", "near"))
    return {"out": out, "near": out | less_sure}


def container(placed: Iterable[Placed], share: float) -> Any:
    """The innermost element that holds this share of the words; None where there are none."""
    weights: Counter[Any] = Counter()
    depths: dict[Any, int] = {}
    total = 0
    for each in placed:
        words = len(each.block.text.split())
        total += words
        path = [each.element, *each.element.iterancestors()]
        for depth, element in enumerate(reversed(path)):
            weights[element] += words
            depths[element] = depth
    return max((element for element, weight in weights.items() if weight >= share * total), key=lambda one: depths[one], default=None)


def _limits(placed: tuple[Placed, ...], title: str) -> tuple[int, int]:
    """From the heading that is the title to the headline of the next article, where one was loaded below the first."""
    headings = [(at, each) for at, each in enumerate(placed) if each.element.tag in ("h1", "h2") and each.block.kind == "heading"]
    same = [(at, each) for at, each in headings if key_of(each.block.text).lower() == title]
    first = min(same, key=lambda one: one[1].element.tag, default=None)
    if first is None or first[1].element.tag != "h1":
        return first[0] if first else 0, len(placed)
    following = ((at, each) for at, each in headings if at > first[0] and each.element.tag == "h1")
    end = next((at for at, each in following if _opens_another(placed[first[0] : at], first[1], each)), len(placed))
    return first[0], end


def _opens_another(between: tuple[Placed, ...], first: Placed, headline: Placed) -> bool:
    """Whether a headline looks as the first one does and stands below a whole article, in an `article` of its own."""
    if key_of(first.block.text) == key_of(headline.block.text) or first.element.get("class") != headline.element.get("class"):
        return False
    if _article(first.element) is _article(headline.element):
        return False
    return sum(words for each in between if (words := len(each.block.text.split())) > PROSE) >= _ENOUGH


def _article(element: Any) -> Any:
    return next(element.iterancestors("article"), None)


def _furniture(element: Any, tags: frozenset[str], words: frozenset[str], known: dict[Any, Any]) -> Any:
    """The innermost element around with one of the names, or with one of the words in class or id."""
    path: list[Any] = []
    found = None
    while element is not None:
        if element in known:
            found = known[element]
            break
        path.append(element)
        if element.tag in tags or (element.tag not in _NEUTRAL and not words.isdisjoint(_named(element.get("class"), element.get("id")))):
            found = element
            break
        element = element.getparent()
    known.update(dict.fromkeys(path, found))
    return found


@lru_cache(maxsize=10_000)
def _named(kind: str | None, name: str | None) -> tuple[str, ...]:
    """The words of class and id, alone and in pairs: `read-more`."""
    found = [word.lower() for word in _WORDS.findall(f"{kind or ''} {name or ''}")]
    return (*found, *(f"{one}-{other}" for one, other in pairwise(found)))


def count_words(blocks: Iterable[Block]) -> int:
    """How many words stand in the blocks."""
    return sum(len(block.text.split()) for block in blocks)
