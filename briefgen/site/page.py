"""A page is what it shows: one output file as a template and a frozen value – or as a sketch of it, not yet drawn."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, TypeVar

from briefgen.digest import digest_of

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Pending(Generic[T]):
    """A value that is known by its digest and made when it is looked at; `draw` makes it of what is given and the digest.

    The digest, too, is found where it is asked for first: in a first build that is where pages are rendered, in parallel.
    """

    given: tuple[Any, ...]
    find: Callable[..., str]
    draw: Callable[..., T]
    _found: str = field(default="", init=False)

    @property
    def digest(self) -> str:
        """Stands for all that the value looks at."""
        self._found = self._found or self.find(*self.given)
        return self._found

    def make(self) -> T:
        """The value."""
        return self.draw(*self.given, self.digest)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a page shows, as a pure function and all that it is given: its digest is known before anything is drawn.

    `draw` must take everything from its arguments. They are frozen values; a Pending one is made first.
    """

    draw: Callable[..., object]
    given: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One output file: its path from the root of the output, its template, everything that it shows.

    `origin` is the content file that a message about this page should name; it shapes no output.
    """

    path: str
    template: str
    content: object
    origin: str = ""

    @property
    def shows(self) -> Any:
        """The value whose fields the template finds by their names."""
        content = self.content
        if isinstance(content, Sketch):
            return content.draw(*(made(value) for value in content.given))
        return content

    @property
    def drawn(self) -> "Page":
        """The page with what it shows in the place of a sketch, for those who look at it more than once."""
        return Page(self.path, self.template, self.shows, self.origin)

    @property
    def key(self) -> str:
        """Pages with the same key show the same; another key may still show the same."""
        content = self.content
        if isinstance(content, Sketch):
            return digest_of(self.template, content.draw.__qualname__, *content.given)
        return digest_of(self.template, content)


@dataclass(frozen=True, slots=True)
class Rendered:
    """What rendering a page told of it: the SHA-256 of its bytes, its key, and the digests of the parts that it shows."""

    sha256: str
    key: str
    parts: str


def made(value: Any) -> Any:
    """The value itself, and everything in it that was pending."""
    if isinstance(value, Pending):
        return _made(value)
    if type(value) is tuple and value and isinstance(value[0], Pending):
        return tuple(made(part) for part in value)
    return value


@lru_cache(1_000)
def _made(pending: Pending[Any]) -> object:
    # a new briefing stands on its own page and in the feeds of the site, its topics, people and sources
    return pending.make()


def forget_made() -> None:
    """Let go of the briefings that were made: where one site is planned again and again, each would hold the names of its plan."""
    _made.cache_clear()
