"""From raw files to drafts: the part of import that only thinks, shared between processes where there is much of it."""

import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path

from briefgen.importing.accounts import text_of, words_lost
from briefgen.importing.apart import Apart
from briefgen.importing.article import Article
from briefgen.importing.draft import Draft
from briefgen.importing.engines import consult
from briefgen.importing.inputs import RawFile
from briefgen.importing.known import Known
from briefgen.importing.learned import Judge
from briefgen.importing.limits import SECONDS, bounded
from briefgen.importing.near import sentence_keys
from briefgen.importing.readers import reader_of
from briefgen.importing.recognise import recognise
from briefgen.importing.render import render_markdown
from briefgen.importing.report import Options, UnreadableError
from briefgen.importing.structure import structure
from briefgen.model import Place, ReviewNote
from briefgen.parallel import stream
from briefgen.problems import Problem

MOST_BLOCKS = 100_000
BATCH = 20
_BATCH_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article as it was read, as it was understood, the draft that it becomes, and the draft's text as Markdown.

    `sentences` are the marks by which near-copies are known.
    """

    read: Article
    told: Article
    draft: Draft
    markdown: str
    sentences: frozenset[int]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What every article of a run is seen with: what the site at `root` knows and what the person said."""

    root: Path
    known: Known
    judge: Judge
    options: Options


Outcome = tuple[Prepared, ...] | Problem


def prepare(raws: Iterable[RawFile], look: Callable[[], Outlook], jobs: int, most: int = BATCH) -> Iterator[tuple[RawFile, Outcome]]:
    """Every raw file with its drafts, or with the problem that it is refused for; in their order, whatever `jobs` is.

    `look` is asked for the outlook when there is something to look at. A process takes `most` files at a time.
    """
    batches = _batches(raws, most)
    first = tuple(islice(batches, 2))
    if first:
        _load_readers(chain.from_iterable(first))
        work = partial(_outcomes, outlook=look())
        for part in stream(work, chain(first, batches), jobs if len(first) > 1 else 1):
            yield from part


def _batches(raws: Iterable[RawFile], most: int) -> Iterator[tuple[RawFile, ...]]:
    """As many files as are worth a message between processes, and no more than these may hold at once."""
    batch: list[RawFile] = []
    size = 0
    for raw in raws:
        batch.append(raw)
        size += len(raw.content)
        if len(batch) == most or size > _BATCH_BYTES:
            yield tuple(batch)
            batch, size = [], 0
    if batch:
        yield tuple(batch)


def _load_readers(raws: Iterable[RawFile]) -> None:
    """Load what reads the first files: once, before there are processes that would each load it for themselves."""
    for raw in raws:
        with suppress(UnreadableError):  # whoever reads the file says so
            reader_of(raw.suffix, raw.content).load()


def place_of(raw: RawFile, line: int = 0) -> Place:
    """Where a message about a raw file points to."""
    return Place(raw.place, line)


def _outcomes(batches: Iterable[tuple[RawFile, ...]], outlook: Outlook) -> Generator[list[tuple[RawFile, Outcome]], None, None]:
    # a worker has a child process of its own: two must not talk to one
    with Apart() as apart:
        for batch in batches:
            # what was read need not travel back
            yield [(replace(raw, content=b""), _outcome(raw, outlook, apart)) for raw in batch]


def _outcome(raw: RawFile, outlook: Outlook, apart: Apart) -> Outcome:
    try:
        started = time.monotonic()
        read = _read(raw, apart)
        # what reading took is not there for thinking, but a feed has many articles
        left = max(1.0, SECONDS + 1 - (time.monotonic() - started))
        return tuple(_prepared(article, outlook, left) for article in read)
    except UnreadableError as fault:
        return Problem(fault.code, place_of(raw, fault.line), fault.message, help=fault.help)


def _read(raw: RawFile, apart: Apart) -> list[Article]:
    """The articles of a raw file, each with its origin and digest; all of them, or UnreadableError."""
    reader = reader_of(raw.suffix, raw.content)
    if reader.apart:
        read = apart.read(reader, raw.content)
    else:
        with bounded():
            read = tuple(reader.load()(raw.content))
    if any(len(article.blocks) > MOST_BLOCKS for article in read):
        raise UnreadableError(f"more than {MOST_BLOCKS:,} paragraphs", code="BG603", help="split it into one file an article")
    if not any(article.blocks for article in read):
        raise UnreadableError("no text in it", code="BG604", help="an article needs at least one line of text")
    sourced = (replace(article.source, origin=raw.origin, sha256=article.source.sha256 or raw.sha256) for article in read)
    return [replace(article, source=source) for article, source in zip(read, sourced, strict=True)]


def _prepared(article: Article, outlook: Outlook, seconds: float) -> Prepared:
    with bounded(seconds):
        told = structure(article)
        draft = recognise(told, outlook.known, outlook.judge, outlook.options)
        lost = words_lost(article, told)
    for engine in outlook.options.engines:
        draft = consult(engine, draft, outlook.root)
    if lost:
        # never passed over in silence
        note = ReviewNote("body", f"{len(lost)} words of the raw text are not in the briefing", " ".join(lost[:40]))
        draft = replace(draft, review=(*draft.review, note))
    with bounded(seconds):
        return Prepared(article, told, draft, render_markdown(draft.blocks), sentence_keys(text_of(draft.blocks)))
