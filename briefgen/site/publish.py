"""Publishing: staged files are put in place so that after any crash every file is whole and listed as briefgen's."""

import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from briefgen import files
from briefgen.digest import digest_bytes
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem
from briefgen.site.manifest import NAME, Owner, write_manifest
from briefgen.text import caseless

Shas = Mapping[str, str]
Listed = Mapping[str, set[str]]

_LAST = (".xml", ".json", ".txt")
_WRITTEN = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def staging_folder(root: Path, output: Path) -> Path:
    """An empty folder for what is rendered, in the file system of the output, so that putting in place is a rename."""
    staging = staging_path(root, output)
    remove_leftovers(staging)
    staging.mkdir()
    return staging


def staging_path(root: Path, output: Path) -> Path:
    """Where that folder is, whether it is there or not."""
    name = f"staging-{digest_bytes(str(output).encode())[:10]}"
    staging = root / ".briefgen" / name
    there = output if _stays(output) else next(folder for folder in output.parents if folder.exists())
    staging.parent.mkdir(exist_ok=True)
    if os.stat(there).st_dev != os.stat(staging.parent).st_dev:
        staging = there / f".briefgen-{name}"
    return staging


def _stays(output: Path) -> bool:
    """Whether a build fills this folder, and does not put a whole new one in its place."""
    if not output.exists():
        return False
    return not is_nothing(output) or os.path.ismount(output) or not os.access(output.parent, os.W_OK)


def stage(path: str | Path, content: bytes) -> None:
    """Write a staged file."""
    # the functions of `os` take a third of the time of `open` and pathlib's, and a first build stages every page
    _make_folder(os.path.dirname(path))
    handle = os.open(path, _WRITTEN, 0o666)
    with files.named(path):
        try:
            while content:
                content = content[os.write(handle, content) :]
        finally:
            os.close(handle)


def _make_folder(path: str) -> None:
    # a page has a folder of its own, and the folder of its day is mostly there
    try:
        os.mkdir(path)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(path, exist_ok=True)


def remove_leftovers(path: Path) -> None:
    """Remove what a build that was killed left there, and whatever else took its place."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    shutil.rmtree(path, ignore_errors=True)


def check_foreign(output: Path, root: Path, present: Shas, listed: Listed) -> Iterator[Problem]:
    """Everything that is not briefgen's and stands where a page must go (BG502); it is found before anything is written.

    `present` holds for each path that may be written the SHA-256 of the file that is there, or nothing.
    """
    if is_nothing(output):
        return
    checked: set[str] = set()
    for path, sha256 in present.items():
        if not sha256 or path not in listed:
            kept = _kept_at(output, path, listed)
            if kept:
                yield _foreign(output / kept, root)
        for folder in _folders(path):
            if folder in checked:
                break
            checked.add(folder)
            if folder not in listed and _is_other_than_folder(f"{output}/{folder}"):
                yield _foreign(output / folder, root)


def _is_other_than_folder(path: str) -> bool:
    try:
        return not stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False


def _kept_at(output: Path, path: str, listed: Listed) -> str:
    """What is not briefgen's at a path of the output, or in the folder that stands there; empty when there is nothing."""
    there = f"{output}/{path}"
    try:
        mode = os.lstat(there).st_mode
    except OSError:
        return ""
    if not stat.S_ISDIR(mode):
        return "" if path in listed else path
    for below, folders, names in os.walk(there):
        for name in sorted([*names, *(folder for folder in folders if os.path.islink(os.path.join(below, folder)))]):
            inside = Path(below, name).relative_to(output).as_posix()
            if inside not in listed:
                return inside
    return ""


def _foreign(path: Path, root: Path) -> Problem:
    return Problem(
        "BG502",
        Place(files.shown(path, root)),
        "this is not briefgen's and stands where a page must go",
        "move it away, or give the page another URL",
    )


def commit(staging: Path, output: Path, planned: Shas, listed: Listed, owner: Owner) -> list[str]:
    """Put the staged files in place, remove what is no longer planned, and return the removed paths.

    `planned` holds the SHA-256 of every file that the site now has, `listed` what the manifest says is briefgen's.
    A first build is one rename of the whole folder. Otherwise the manifest first lists old and new together.
    """
    old = [(sha256, path) for path, shas in listed.items() for sha256 in shas]
    new = [(sha256, path) for path, sha256 in planned.items()]
    if not listed and is_nothing(output) and not staging.is_relative_to(output):
        write_manifest(staging, owner, new, staging)
        output.parent.mkdir(parents=True, exist_ok=True)
        if output.exists():
            output.rmdir()
        staging.rename(output)
        return []
    gone = sorted(listed.keys() - planned.keys())
    staged = _in_order(staging)
    write_manifest(output, owner, [*old, *new], staging)
    in_the_way = _in_the_way(gone, planned)
    twins = {caseless(path): path for path in planned}
    removed = [path for path in gone if path in in_the_way and _remove(output, path, twins)]
    for path in staged:
        target = output / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir() and not target.is_symlink():
            _remove_empty(target)
        os.replace(staging / path, target)
    removed += [path for path in gone if path not in in_the_way and _remove(output, path, twins)]
    write_manifest(output, owner, new, staging)
    return removed


def is_nothing(output: Path) -> bool:
    """Whether an output folder is not there, or nothing is in it."""
    return not output.exists() or not any(output.iterdir())


def remove_all(output: Path, listed: Listed) -> list[str]:
    """Remove every file that is briefgen's, and the manifest and the folder if nothing else is in it."""
    removed = [path for path in sorted(listed) if _remove(output, path, {})]
    if output.is_dir() and all(path.name == NAME for path in output.iterdir()):
        (output / NAME).unlink(missing_ok=True)
        if not output.is_symlink():
            output.rmdir()
    elif output.is_dir():
        # what is not briefgen's stays, and the folder remains an output folder
        files.write(output / NAME, b"")
    return removed


def _in_the_way(gone: Iterable[str], planned: Shas) -> set[str]:
    """Of the paths that go, those that are a folder of a planned path, or stand in a folder that becomes a file."""
    gone = list(gone)
    folders = {folder for path in planned for folder in _folders(path)} if gone else set()
    return {path for path in gone if path in folders or any(folder in planned for folder in _folders(path))}


def _folders(path: str) -> Iterator[str]:
    """The folders that a path is in, the innermost first."""
    while path := path.rpartition("/")[0]:
        yield path


def _in_order(staging: Path) -> list[str]:
    """Pages first, then the indexes of folders near the root, then feeds: who follows a link finds its page."""
    found = [Path(folder, name).relative_to(staging).as_posix() for folder, _, names in os.walk(staging) for name in names]
    return sorted(found, key=lambda path: (path.endswith(_LAST), -path.count("/"), path))


def _remove_empty(folder: Path) -> None:
    for below, _, _ in os.walk(folder, topdown=False):
        os.rmdir(below)


def _remove(output: Path, path: str, twins: Mapping[str, str]) -> bool:
    """Remove a file and the folders that this leaves empty; never through a symlink, never a file with another name."""
    target = output / path
    if any(os.path.islink(output / folder) for folder in _folders(path)) or not _is_there(target):
        return False
    twin = twins.get(caseless(path))
    if twin and os.path.lexists(output / twin) and os.path.samefile(target, output / twin):
        # a file system that does not tell the two names apart: it is one file, which gets its new name
        target.rename(output / twin)
        return False
    if target.is_dir() and not target.is_symlink():
        return False
    target.unlink()
    for folder in _folders(path):
        try:
            (output / folder).rmdir()
        except OSError:
            break
    return True


def _is_there(path: Path) -> bool:
    # unlike os.path.lexists it does not take a folder that may not be entered for an empty one: its files would be forgotten
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def failed(error: OSError, path: Path, root: Path) -> BriefgenError:
    """The error for a file of the output that could not be written."""
    # of a rename it is the new name that matters: the old one is a staged file, which nobody has heard of
    named = error.filename2 or error.filename
    where = files.shown(Path(os.fsdecode(named)) if isinstance(named, str | bytes) else path, root)
    cure = "make room and build again" if error.errno in (28, 122) else "check the folder and its permissions"
    return BriefgenError(
        Problem("BG504", Place(where), f"cannot write: {error.strerror or error}", f"{cure}; the site is as it was, or whole")
    )
