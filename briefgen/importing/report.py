"""What an import was asked to do, and what it did."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from briefgen.config import Engine
from briefgen.importing.article import Dropped
from briefgen.model import ReviewNote
from briefgen.problems import Problem, exit_code_of

Status = Literal["written", "planned", "known", "added"]


class UnreadableError(Exception):
    """A raw file is not what its name says, or more than import takes; `code` is one of `rules.RULES`."""

    def __init__(self, message: str, *, code: str = "BG601", line: int = 0, help: str = "") -> None:
        super().__init__(message)
        self.message, self.code, self.line, self.help = message, code, line, help


def needs_libraries() -> UnreadableError:
    """The error for a web page, or HTML in something else, where what reads it is not installed."""
    cure = "install them with: pip install 'briefgen[html]'"
    return UnreadableError("reading web pages needs two more libraries", code="BG607", help=cure)


@dataclass(frozen=True, slots=True)
class Options:
    """What the person at the command line knows of the articles; each field closes the review notes about it.

    `default_source` is who published an article that does not say so itself; `into` names a briefing that gets the articles as
    further sources; `engines` see every draft.
    """

    date: dt.date | None = None
    title: str = ""
    source: str = ""
    default_source: str = ""
    topics: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    dry_run: bool = False
    into: str = ""
    engines: tuple[Engine, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """One article and what became of it; `path` is the briefing, relative to the site, `words` count before and after."""

    origin: str
    status: Status
    path: str
    title: str
    markdown: str = ""
    words_in: int = 0
    words_out: int = 0
    dropped: tuple[Dropped, ...] = ()
    review: tuple[ReviewNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import has come: files that are done with, of how many, and the briefings and notes that they gave."""

    done: int
    total: int
    briefings: int
    notes: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Every article of a run in its order, and every problem."""

    articles: tuple[Imported, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def exit_code(self) -> int:
        """As the problems have it."""
        return exit_code_of(self.problems)

    @property
    def written(self) -> tuple[Imported, ...]:
        """What became a briefing, or would have without `dry_run`."""
        return tuple(article for article in self.articles if article.status != "known")

    @property
    def notes(self) -> int:
        """How many review notes the new briefings carry."""
        return sum(len(article.review) for article in self.written)

    @property
    def words_dropped(self) -> int:
        """How many words of the raw articles are not in the briefings' text."""
        return sum(len(dropped.text.split()) for article in self.written for dropped in article.dropped)
