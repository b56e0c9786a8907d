"""Reading `content/`: every file becomes a document, those that have not changed from the cache."""

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefgen import files
from briefgen.config import Config
from briefgen.digest import digest, digest_bytes
from briefgen.library import strays
from briefgen.library.bodies import Pack, Stored, hold_open, is_worn, remove_others
from briefgen.library.cache import CACHE, Read, Row, decode_rows, encode_read, read_cache, resting, write_cache
from briefgen.library.document import FOLDERS, HEADERS, Document, parse_document
from briefgen.model import Place
from briefgen.parallel import share
from briefgen.problems import BriefgenError, Problem, Problems
from briefgen.stamps import Stamp, is_settled, stamp_of
from briefgen.stopwatch import Lap, unmeasured
from briefgen.tree import Tree

MOST_BYTES = 2_000_000
_FEWEST = 100
"""Files below which a process of their own costs more than it saves."""


def load_content(
    tree: Tree,
    config: Config,
    code: str,
    problems: Problems,
    jobs: int = 1,
    *,
    fresh: bool = False,
    keep: bool = True,
    lap: Lap = unmeasured,
) -> dict[str, Read]:
    """What every content file gives, by path in order; from the cache where a file has not changed since it was written.

    `code` names the program that made the cache; `fresh` does without it, and without `keep` it stays as it is. Losing it
    costs time and nothing else.
    """
    version = cache_version(config, code)
    known = {} if fresh else read_cache(tree.root, version)
    lap("reading the cache", len(known), "file")
    reads = read_content(tree, config, known, problems, jobs, at_rest=keep)
    lap("reading content", sum(known.get(path) is not read for path, read in reads.items()), "file")
    if not keep:
        return reads
    _keep(tree.root, version, known, reads, problems)
    lap("writing the cache", len(reads), "file")
    return reads


def cache_version(config: Config, code: str) -> str:
    """What tells one cache from another: all that shapes a document beside its file."""
    return digest((code, config.markdown, str(config.timezone)))


def read_content(
    tree: Tree, config: Config, known: Mapping[str, Read], problems: Problems, jobs: int = 1, *, at_rest: bool = True
) -> dict[str, Read]:
    """What every content file gives, by path in order; `known` stands for a file whose stamp is still the same.

    Bodies that were rendered now are put to rest on disk, or with `at_rest` false stay in memory.
    """
    root, stamps = tree.root, content_files(tree, problems)
    # one that was changed just before it was read has a stamp that no file has
    remembered = {path: known[path] for path, stamp in stamps.items() if path in known and known[path].stamp == stamp}
    missing = [path for path in stamps if path not in remembered]

    def read(part: Iterable[str]) -> Iterator[Read]:
        return (read_document(root, path, config, known.get(path)) for path in part)

    def read_aside(part: Iterable[str]) -> "_Batch":
        # where fewer are read than processes share, no other process writes
        return _Batch(root, [*rested(root, read(part), few=len(missing) < _FEWEST)])

    made = [one for batch in share(read_aside, missing, jobs, _FEWEST) for one in batch.reads] if at_rest else read(missing)
    found = {one.path: one for one in made}
    return {path: remembered.get(path) or found[path] for path in stamps}


class _Batch:
    """What one process read. To another one it travels as rows of the cache, which must be made anyway, and do so faster than documents."""

    def __init__(self, root: Path, reads: list[Read]) -> None:
        self._root, self.reads = root, reads

    def __reduce__(self) -> tuple[Any, ...]:
        rows, others = [read.row for read in self.reads if read.row], [read for read in self.reads if not read.row]
        return _arrived, (self._root, rows, others)


def _arrived(root: Path, rows: list[Row], others: list[Read]) -> _Batch:
    return _Batch(root, [*decode_rows(root, rows), *others])


def rested(root: Path, reads: Iterable[Read], *, few: bool = False) -> Iterator[Read]:
    """The same with bodies put to rest, and their rows of the cache; where that cannot be, they stay in memory."""
    with Pack(root, few=few) as pack:
        for read in reads:
            document = read.document
            stored = pack.put(document.body.html) if document and isinstance(document.body.html, str) else None
            yield resting(read, document, stored) if document and stored else replace(read, row=encode_read(read))


def documents_of(reads: Mapping[str, Read], problems: Problems) -> list[Document]:
    """The documents among what was read, by path; what was found in the files is reported, and one with an error is left out."""
    for read in reads.values():
        problems.extend(read.problems)
    return [read.document for read in reads.values() if read.document]


def hold(reads: Mapping[str, Read]) -> None:
    """Make sure that these bodies can be read as long as this process lives, whatever another build does to the cache."""
    hold_open(_stored(reads.values()))


def content_files(tree: Tree, problems: Problems) -> dict[str, Stamp]:
    """Every content file with its stamp; reports what stands between them and becomes no page."""
    found: dict[str, Stamp] = {}
    for path, stamp in tree.files("content"):
        if not files.has_plain_name(path):
            problems.add(files.odd_name(path))
            continue
        is_text = path.endswith(".md")
        _, folder, *below = path.split("/", 2)
        misnamed = None if is_text else strays.misnamed(path)
        if misnamed:
            problems.add(misnamed)
        elif path != "content/index.md" and (not below or folder not in HEADERS or folder == "index"):
            problems.add(strays.in_no_folder(path, ("briefings", *FOLDERS, "pages")))
        elif is_text:
            found[path] = stamp
    problems.extend(strays.not_followed(tree, "content"))
    return found


def _settled(stamp: Stamp) -> Stamp:
    # a file that was changed just now may be changed again within the same tick of the clock: it must be read each time
    size, modified, changed, inode = stamp
    return (size, modified, changed if is_settled(stamp, time.time_ns()) else -1, inode)


def read_document(root: Path, path: str, config: Config, known: Read | None = None) -> Read:
    """What one content file gives; `known` is returned with a new stamp when its bytes are the same."""
    try:
        stamp = _settled(stamp_of(os.stat(f"{root}/{path}")))
        content = files.read(f"{root}/{path}", MOST_BYTES)
    except OSError as error:
        return Read(path, (0, 0, -1, 0), "", None, files.unreadable(Path(path), error).problems)
    except BriefgenError as error:
        return Read(path, (0, 0, -1, 0), "", None, tuple(_placed(error.problems, path)))
    name = digest_bytes(content)
    if known and known.digest == name:
        return Read(path, stamp, name, known.document, known.problems)
    document, found = parse_document(path, content, config.markdown, config.timezone)
    return Read(path, stamp, name, document, found)


def _placed(problems: Iterable[Problem], path: str) -> Iterable[Problem]:
    return (Problem(problem.code, Place(path), problem.message, problem.help) for problem in problems)


def _keep(root: Path, version: str, known: Mapping[str, Read], reads: Mapping[str, Read], problems: Problems) -> None:
    stays = known.keys() <= reads.keys()
    if stays and not any(read.row for read in reads.values()):
        return
    try:
        worn = is_worn(_stored(reads.values()))
        kept = _joined(root, reads.values()) if worn else [*reads.values()]
        write_cache(root, version, kept, more=stays and bool(known) and not worn)
        remove_others(root, _stored(kept))
    except OSError as error:
        cure = "the site is right; the next build is slower"
        problems.add(Problem("BG506", Place(CACHE.as_posix()), f"the cache was not saved: {error.strerror}", cure))


def _joined(root: Path, reads: Iterable[Read]) -> list[Read]:
    return [*rested(root, (read if read.document is None else replace(read, document=_awake(read.document), row=None) for read in reads))]


def _awake(document: Document) -> Document:
    return replace(document, body=replace(document.body, html=str(document.body.html)))


def _stored(reads: Iterable[Read]) -> list[Stored]:
    bodies = [read.document.body.html for read in reads if read.document]
    return [body for body in bodies if isinstance(body, Stored)]
