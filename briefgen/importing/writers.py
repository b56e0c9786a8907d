"""Who wrote a page: what it declares, what it marks as a byline, and what its lines say around the headline."""

import re
from collections.abc import Iterator
from typing import Any

from briefgen.importing.article import Block
from briefgen.importing.markup import plain_text
from briefgen.importing.names import key, lists
from briefgen.importing.pagehead import Thing, meta_name, names_of, resolved, text_of
from briefgen.importing.persons import clean_authors
from briefgen.importing.shapes import is_name
from briefgen.text import fold

_META = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "authors", "twitter:data1")
_CITED = ("citation_author", "citation_authors")
_NO_BYLINE = re.compile(r"https?:|@|^\d+$|\d min", re.IGNORECASE)
# attributes are fewer than elements, and looked for faster
_MARKED = "//@class[contains(., 'author') or contains(., 'byline')]/.. | //@rel[. = 'author']/.. | //@itemprop[. = 'author']/.."
_LINKED = "//a/@href[contains(., '/author') or contains(., '/contributor') or contains(., '/profile/')]/.."
_MOST_MARKS = 20
_MOST_LINKS = 30
_TASK = r"(?:(?:written|posted|published|reported|words|text|story|article)\s+)"
_LABEL = re.compile(rf"{_TASK}?by:?", re.IGNORECASE)
_CREDIT = re.compile(rf"(?:{_TASK}by:?|by:)\s+\S", re.IGNORECASE)
_DATED = re.compile(r"(?=.*\d).{0,40}?\b(by:?\s+[^\W\d_].*)", re.IGNORECASE)
_ABOUT = re.compile(r"about the author:?", re.IGNORECASE)
_IS = re.compile(r"(?P<name>[^\W\d_][^,.;:()]{3,40}?)(?:,| is | was | has | writes | covers )")
_NEAR = 12
_LONGEST = 120


def declared_authors(root: Any, article: Thing, by_id: dict[str, Thing], publisher: str) -> tuple[str, ...]:
    """The people that the page at `root` declares or marks as its authors; else the collective that it declares."""
    declared = _list(article.get("author") or article.get("creator"))
    given = [resolved(author, by_id) for author in declared]
    persons = [name for author in given if not _is_organisation(author) for name in names_of(author) if not _is_publisher(name, publisher)]
    in_meta = _in_meta(root, _META)
    marked = clean_authors(_bylines(root), shown=True)
    found = clean_authors(persons) or clean_authors(in_meta)
    for other in (marked, clean_authors(_in_meta(root, _CITED))):
        if other and {fold(name) for name in found} < {fold(name) for name in other}:
            found = other
    if found:
        return found
    collective = [
        name for name in (*persons, *in_meta) if 2 < len(name) <= 60 and not _NO_BYLINE.search(name) and fold(name) != fold(publisher)
    ]
    return tuple(collective[:1])


def shown_authors(lines: tuple[Block, ...], near: tuple[Block, ...]) -> tuple[str, ...]:
    """The authors that one line of a page names as such; `near` are the lines around the headline, where less is asked of them."""
    texts = [block.text for block in lines]
    for text in (*_credits([block.text for block in near], near=True), *_credits(texts, near=False), *_introduced(texts)):
        if found := clean_authors([text], shown=True):
            return found
    return ()


def _credits(texts: list[str], *, near: bool) -> Iterator[str]:
    """The lines that say who wrote: `Written by Jane Roe`, or the name below `By`; with `near` also `by …` behind a date."""
    for at, text in enumerate(texts):
        if _LABEL.fullmatch(text) and at + 1 < len(texts):
            yield f"by {texts[at + 1]}"
        elif len(text) <= _LONGEST and (_CREDIT.match(text) or (near and text.lower().startswith("by "))):
            yield text
        elif near and len(text) <= _LONGEST and (dated := _DATED.match(text)):
            yield dated[1]


def _introduced(texts: list[str]) -> Iterator[str]:
    """The name with which the line below `About the author` begins."""
    for at, text in enumerate(texts[:-1]):
        if _ABOUT.fullmatch(text):
            following = texts[at + 1]
            named = _IS.match(following)
            yield named["name"] if named else following


def _in_meta(root: Any, names: tuple[str, ...]) -> list[str]:
    """What the `meta` elements of these names say, in the order of the names."""
    found: dict[str, list[str]] = {name: [] for name in names}
    for element in root.iter("meta"):
        if (name := meta_name(element)) in found:
            found[name].append(text_of(element.get("content")))
    return [text for texts in found.values() for text in texts]


def _bylines(root: Any) -> list[str]:
    """The texts of elements that are marked as a byline, the closest marks first."""
    close, marked, links = _marks(root)
    texts = [plain_text(element) for element in (*close, *marked)[:_MOST_MARKS]]
    names = {text for link in links[:_MOST_LINKS] if is_name(text := plain_text(link))}
    texts += names if len(names) == 1 else ()
    return next(([text] for text in texts if 3 < len(text) <= _LONGEST and clean_authors([text], shown=True)), [])


def _marks(root: Any) -> tuple[list[Any], list[Any], list[Any]]:
    """The elements that are an author's by their attributes, those whose class speaks of one, and the links to authors' pages."""
    close, marked = [], []
    for element in root.xpath(_MARKED):
        kind = element.get("class") or ""
        if element.get("rel") == "author" or element.get("itemprop") == "author" or "author-name" in kind or "byline-name" in kind:
            close.append(element)
        if "author" in kind or "byline" in kind:
            marked.append(element)
    return close, marked, root.xpath(_LINKED)


def _is_publisher(name: str, publisher: str) -> bool:
    """Whether an author is only the site's name – which a person's own site may carry, too."""
    return fold(name) == fold(publisher) and key(name.split(maxsplit=1)[0]) not in lists().given


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _is_organisation(author: Any) -> bool:
    return isinstance(author, dict) and "Organization" in str(author.get("@type"))
