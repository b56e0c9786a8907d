"""The formats of raw articles: a row here is all that a new one needs besides its reader."""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import NamedTuple

from briefgen.importing.report import UnreadableError
from briefgen.model import Article

Read = Callable[[bytes], Iterator[Article]]


class Reader(NamedTuple):
    """Where a reader is – `module:function`, imported when it is needed – and whether it runs in a process of its own."""

    place: str
    apart: bool = False

    def load(self) -> Read:
        """The reader's function, its module imported now."""
        module, _, function = self.place.partition(":")
        read: Read = getattr(import_module(f"briefgen.importing.{module}"), function)
        return read


READERS: dict[str, Reader] = {
    ".txt": Reader("read_text:read_text"),
    ".text": Reader("read_text:read_text"),
}


def reader_of(suffix: str, content: bytes) -> Reader:
    """The reader for a file by its suffix; without one (standard input), by what the first bytes look like."""
    if suffix in READERS:
        return READERS[suffix]
    if suffix and suffix not in ("", ".-"):
        raise UnreadableError(f"`{suffix}` is no format that import reads", help=f"import reads {', '.join(sorted(READERS))}")
    del content
    return READERS[".txt"]
