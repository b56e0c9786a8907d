"""Full-text search: Pagefind's index of every briefing, made aside when a briefing differs and published like any other file."""

import hashlib
import json
import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import metadata, util
from pathlib import Path

from briefgen import files
from briefgen.codec import decode, encode, seal, unseal
from briefgen.config import Config
from briefgen.digest import digest_of
from briefgen.problems import BriefgenError, Problem
from briefgen.site.archive import Archive
from briefgen.site.directory import SEARCH
from briefgen.site.publish import stage
from briefgen.site.sameindex import unify
from briefgen.site.searchtext import render_document
from briefgen.site.site import Copy, Site
from briefgen.text import caseless

BUNDLE = f"{SEARCH}pagefind/"
"""Where the index stands in the output."""
_FORM = "1"
_PACKAGE = "pagefind_bin"
_FOLDER = Path(".briefgen/search")
_LISTING = "files.json"


def lost_part(config: Config) -> Iterator[Problem]:
    """What search needs and is not installed (BG607)."""
    if config.search == "full" and not all(map(util.find_spec, (_PACKAGE, "cbor2"))):
        message = "`search: full` needs Pagefind, which is not installed whole"
        yield Problem("BG607", config.at("search"), message, "install it with: pip install 'briefgen[search]'")


def installed_version() -> str:
    """Pagefind with its version, empty where it is not installed."""
    return f"pagefind {metadata.version(_PACKAGE)}" if util.find_spec(_PACKAGE) else ""


@dataclass(frozen=True, slots=True)
class _Made:
    """An index as it was made: from which briefings (a digest for each URL), and what files it has, with digests and sizes."""

    key: str = ""
    documents: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, str, int], ...] = ()


def index_copies(site: Site) -> tuple[tuple[Copy, ...], float]:
    """The files of the index, and how many seconds it took to make it; 0 where it is as the last build left it.

    Raises BriefgenError: BG607 where Pagefind is not installed or fails, BG504 where it cannot be written.
    """
    for problem in (*lost_part(site.config), *_in_the_way(site)):
        raise BriefgenError(problem)
    folder, started = site.root / _FOLDER, time.perf_counter()
    documents = tuple((_url(site.archive, identity), pending.digest) for identity, pending in site.archive.briefings.items())
    key = digest_of(_FORM, installed_version(), site.config.lang, documents)
    made = _read_made(folder)
    is_same = made.key == key and _is_whole(folder, made)
    if not is_same:
        with files.writing(_FOLDER.as_posix()):
            made = _make(folder, site, _Made(key, documents), made)
    copies = (Copy(f"{BUNDLE}{name}", folder / "index" / name, sha256) for name, sha256, _ in made.files)
    return tuple(copies), 0.0 if is_same else time.perf_counter() - started


def _url(archive: Archive, identity: str) -> str:
    """The URL of a briefing."""
    return archive.entries[identity].card.url


def _in_the_way(site: Site) -> Iterator[Problem]:
    """What of the site itself stands where the index must go (BG202)."""
    for copy in site.copies:
        if f"{caseless(copy.path)}/".startswith(BUNDLE):
            message = f"this and the index for search both want /{BUNDLE}"
            yield Problem("BG202", copy.place(site.root), message, "give the file another name")


def _read_made(folder: Path) -> _Made:
    try:
        return decode(_Made, json.loads(unseal(files.read_own(folder / _LISTING))))
    except (OSError, ValueError, TypeError):
        return _Made()


def _is_whole(folder: Path, made: _Made) -> bool:
    try:
        return all(os.stat(f"{folder}/index/{name}").st_size == size for name, _, size in made.files)
    except OSError:
        return False


def _make(folder: Path, site: Site, wanted: _Made, before: _Made) -> _Made:
    """Make the index in place: files that stay are written over, for a file system is slow to fill a folder that it has just emptied."""
    (folder / _LISTING).unlink(missing_ok=True)
    pages, index = folder / "pages", folder / "index"
    _write_documents(pages, site, wanted, dict(before.documents))
    _run(pages, index, site.config)
    try:
        kept = unify(index)
    except (ValueError, TypeError, KeyError, OSError) as error:
        raise _failed(f"its index has a form that is not known here ({error})", site.config) from error
    for path in sorted(index.rglob("*")):
        if path.is_file() and path.relative_to(index).as_posix() not in kept:
            path.unlink()
    rows = [(name, hashlib.sha256(content).hexdigest(), len(content)) for name in sorted(kept) for content in [(index / name).read_bytes()]]
    made = replace(wanted, files=tuple(rows))
    files.write(folder / _LISTING, seal(json.dumps(made, default=encode).encode()))
    return made


def _write_documents(pages: Path, site: Site, wanted: _Made, before: dict[str, str]) -> None:
    """Write what Pagefind reads of each briefing that differs, and remove what it must read no more."""
    pages.mkdir(parents=True, exist_ok=True)
    documents = dict(wanted.documents)
    for path in files.walk(pages) if not before else [pages / url / "index.html" for url in before.keys() - documents.keys()]:
        path.unlink(missing_ok=True)
    for (url, digest), pending in zip(wanted.documents, site.archive.briefings.values(), strict=True):
        document = f"{pages}/{url}index.html"
        if before.get(url) != digest or not os.path.isfile(document):
            stage(document, render_document(pending.make(), site.config.lang).encode())


def _run(pages: Path, index: Path, config: Config) -> None:
    from pagefind_bin import get_executable  # installed with `briefgen[search]` alone

    program = [str(get_executable()), "--silent", "--site", str(pages), "--output-path", str(index)]
    # from a folder of its own: Pagefind would read a configuration that lies where it is started
    ended = subprocess.run(program, cwd=pages, env={}, capture_output=True, check=False)
    if ended.returncode:
        said = (ended.stderr or ended.stdout).decode(errors="replace").strip().rpartition("\n")[2]
        raise _failed(said or f"it ended with {ended.returncode}", config)


def _failed(said: str, config: Config) -> BriefgenError:
    return BriefgenError(Problem("BG607", config.at("search"), f"Pagefind failed: {said}", "build with `search: titles`"))
