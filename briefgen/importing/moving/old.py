"""What was found in a site of another generator, before anything of it is written here."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from re import Pattern
from typing import Any, Literal, NamedTuple

from briefgen.files import read
from briefgen.importing.metadata import parse_metadata
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem
from briefgen.text import clean, fold, one_line

Refer = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Post:
    """One post or page as its generator keeps it; `fields` are its front matter with keys in small letters, less what is taken.

    `origin` is its path in the old site, `day` an ISO day that the file's name gives, `url` where it stood, from the root of the old
    site (None where that cannot be told). By `names` others link to it; what stands in the folder `bundle` belongs to it.
    """

    origin: str
    part: Literal["briefings", "pages"]
    slug: str
    fields: Mapping[str, Any]
    body: str
    above: int
    day: str = ""
    draft: bool = False
    topics: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    lang: str = ""
    url: str | None = None
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    bundle: Path | None = None


@dataclass(frozen=True, slots=True)
class OldSite:
    """A whole site: `statics` are folders whose files keep their URL, `prefix` the folder of a host that it stood in.

    `plain` makes Markdown of what only its generator understands, asking for the new path of what a text links to by name;
    `foreign` finds what is left of that.
    """

    posts: tuple[Post, ...]
    statics: tuple[Path, ...]
    plain: Callable[[str, Refer], str]
    foreign: Pattern[str]
    prefix: str = ""


class Left(NamedTuple):
    """What could not be brought, and what to do about it."""

    sentence: str
    cure: str


@dataclass(slots=True)
class Leftovers:
    """Everything that stays behind, with the places where it was found; grows while a site is moved."""

    found: dict[Left, list[Place]] = field(default_factory=dict)
    errors: list[Problem] = field(default_factory=list)

    def add(self, place: Place, sentence: str, cure: str) -> None:
        """One more finding; the same sentence is said once, with its first place."""
        self.found.setdefault(Left(sentence, cure), []).append(place)

    def problems(self) -> Iterator[Problem]:
        """What is said of it in the end."""
        yield from self.errors
        for left, places in self.found.items():
            files = len({place.path for place in places})
            more = f" (and in {files - 1} more {'files' if files > 2 else 'file'})" if files > 1 else ""
            yield Problem("BG610", places[0], left.sentence + more, left.cure)


class Raw(NamedTuple):
    """A file taken apart: its front matter with keys in small letters, its text, and how many lines stand above that."""

    fields: dict[str, Any]
    body: str
    above: int


def read_raw(path: Path, left: Leftovers) -> Raw | None:
    """A Markdown file of the old site; None, and said so, where it cannot be read."""
    try:
        text = clean(read(path).decode("utf-8-sig"))
    except BriefgenError as error:
        left.errors.extend(error.problems)
        return None
    except UnicodeDecodeError:
        left.errors.append(Problem("BG601", Place(str(path)), "not UTF-8 text", "save the file as UTF-8, and import it again"))
        return None
    table, body, fault = parse_metadata(text)
    if fault:
        cure = "put it right, and import it again"
        left.errors.append(Problem("BG601", Place(str(path), 1), f"the front matter cannot be read: {fault}", cure))
        return None
    return Raw({str(key).casefold(): value for key, value in table.items()}, body, text.count("\n") - body.count("\n"))


def plain(value: Any) -> str:
    """A single value of front matter as text; empty for a list or a table.

    >>> plain(dt.date(2025, 3, 18)), plain(True), plain(7), plain(None), plain(["a"])
    ('2025-03-18', 'true', '7', '', '')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return one_line(clean(str(value))) if isinstance(value, str | int | float) else ""


def texts(value: Any, apart: str = "") -> tuple[str, ...]:
    """The texts of a list, or of one text whose entries stand `apart`; each once, whatever its case.

    >>> texts("Water, water, Fire", ","), texts(["a", 1, {"name": "b"}]), texts(None)
    (('Water', 'Fire'), ('a', '1', 'b'), ())
    """
    values = value if isinstance(value, list) else plain(value).split(apart) if apart else [value]
    found: dict[str, str] = {}
    for one in values:
        text = plain(one.get("name") if isinstance(one, dict) else one).strip(" \"'")
        found.setdefault(fold(text), text)
    return tuple(filter(None, found.values()))
