"""The article on a page: trafilatura finds it where it is not plain, the page and what it declares say whether that is all of it."""

import re
from typing import Any

from trafilatura import bare_extraction

from briefgen.importing.article import Block
from briefgen.importing.declared import Declared
from briefgen.importing.markup import read_blocks
from briefgen.importing.mend import mend
from briefgen.importing.page import Page, count_words
from briefgen.importing.plainpage import find_plain
from briefgen.model import ReviewNote
from briefgen.text import fold

_LITTLE = 0.2
_HALF = 0.5
_MOST = 0.65
_FEWEST = 40


def find_body(root: Any, page: Page, declared: Declared) -> tuple[tuple[Block, ...], ReviewNote | None]:
    """The blocks of the article, and a note where they may not be all of it or more than it."""
    prose = page.prose()
    found = find_plain(page) or _extracted(root, fast=True)
    if count_words(found) < _LITTLE * prose:
        # trafilatura's other extractors cost as much again; on news pages they find less of the article
        found = max(found, _extracted(root, fast=False), key=count_words)
    found = mend(found, page)
    if len(declared.text.split()) > max(2 * _FEWEST, _HALF * count_words(found)) and _shared(declared.text, found) < _HALF:
        blocks = tuple(Block("paragraph", part.strip()) for part in re.split(r"\n+|(?<=[.!?”]) {2,}", declared.text) if part.strip())
        return blocks, ReviewNote("body", "what the page shows is not the text that it declares; the declared text was taken")
    whole = tuple(placed.block for placed in page.placed)
    if not found or (count_words(found) < _FEWEST and count_words(whole) < 3 * _FEWEST):
        reason = "the article could not be told from the page around it; all of its text was taken"
        return whole, ReviewNote("body", reason) if whole else None
    if count_words(found) < max(2 * _FEWEST, _MOST * prose):
        reason = f"the page has {prose:,} words in paragraphs, the article as it was found {count_words(found):,}"
        return found, ReviewNote("body", reason, found[0].text[:200])
    return found, None


def _shared(text: str, blocks: tuple[Block, ...]) -> float:
    """Which part of a text's words, four in a row, stands in the blocks."""
    wanted = _fours(text)
    return len(wanted & _fours(" ".join(block.text for block in blocks))) / len(wanted) if wanted else 1.0


def _fours(text: str) -> set[tuple[str, ...]]:
    words = fold(text).split()
    return {tuple(words[at : at + 4]) for at in range(len(words) - 3)}


def _extracted(root: Any, *, fast: bool) -> tuple[Block, ...]:
    """What trafilatura takes for the article; `fast` leaves out its second and third opinion and keeps what may be a teaser."""
    # of any other format than `python` it would also make a text, which nobody reads
    document = bare_extraction(root, include_comments=False, include_tables=True, fast=fast, favor_recall=fast, output_format="txt")
    body = getattr(document, "body", None)
    return read_blocks(body) if body is not None else ()
