"""Publishing: staged files are put in place so that after any crash every file is whole and listed as briefgen's."""

import os
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from briefgen.digest import digest_bytes
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem
from briefgen.site.manifest import NAME, write_manifest

Shas = Mapping[str, str]
Listed = Mapping[str, set[str]]

_LAST = (".xml", ".json", ".txt")


def staging_folder(root: Path, output: Path) -> Path:
    """An empty folder for what is rendered, in the file system of the output, so that putting in place is a rename."""
    name = f"staging-{digest_bytes(str(output.resolve()).encode())[:10]}"
    staging = root / ".briefgen" / name
    above = next(folder for folder in output.resolve().parents if folder.exists())
    staging.parent.mkdir(exist_ok=True)
    if os.stat(above).st_dev != os.stat(staging.parent).st_dev:
        staging = above / f".briefgen-{name}"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    return staging


def check_foreign(output: Path, planned: Iterable[str], listed: Listed) -> Iterator[Problem]:
    """Everything that is not briefgen's and stands where a page must go (BG502); it is found before anything is written."""
    ours = set(listed)
    folders = {PurePosixPath(path).parents[n].as_posix() for path in ours for n in range(len(PurePosixPath(path).parents) - 1)}
    checked: set[str] = set()
    for path in planned:
        if path not in ours and os.path.lexists(output / path):
            kept = _foreign_inside(output / path, output, ours) if path in folders else path
            if kept:
                yield _foreign(output, kept)
        for parent in list(PurePosixPath(path).parents)[:-1]:
            name = parent.as_posix()
            if name in checked:
                break
            checked.add(name)
            if os.path.lexists(output / name) and (os.path.islink(output / name) or not os.path.isdir(output / name)) and name not in ours:
                yield _foreign(output, name)


def _foreign_inside(folder: Path, output: Path, ours: set[str]) -> str:
    """A file in a folder of the output that is not briefgen's, or nothing."""
    for below, _, names in os.walk(folder):
        for name in names:
            path = (Path(below) / name).relative_to(output).as_posix()
            if path not in ours:
                return path
    return ""


def _foreign(output: Path, path: str) -> Problem:
    return Problem(
        "BG502",
        Place(str(output / path)),
        "this is not briefgen's and stands where a page must go",
        "move it away, or give the page another URL",
    )


def commit(staging: Path, output: Path, planned: Shas, listed: Listed) -> list[str]:
    """Put the staged files in place, remove what is no longer planned, and return the removed paths.

    `planned` holds the SHA-256 of every file that the site now has, `listed` what the manifest says is briefgen's.
    A first build is one rename of the whole folder. Otherwise the manifest first lists old and new together.
    """
    if not listed and (not output.exists() or not any(output.iterdir())):
        write_manifest(staging, ((sha256, path) for path, sha256 in planned.items()))
        output.parent.mkdir(parents=True, exist_ok=True)
        if output.exists():
            output.rmdir()
        staging.rename(output)
        return []
    old = [(sha256, path) for path, shas in listed.items() for sha256 in shas]
    new = [(sha256, path) for path, sha256 in planned.items()]
    write_manifest(output, [*old, *new])
    gone = sorted(listed.keys() - planned.keys())
    in_the_way = _in_the_way(gone, planned)
    twins = {_key(path): path for path in planned}
    removed = [path for path in gone if path in in_the_way and _remove(output, path, twins)]
    for path in _in_order(staging):
        target = output / path
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(staging / path, target)
    removed += [path for path in gone if path not in in_the_way and _remove(output, path, twins)]
    write_manifest(output, new)
    shutil.rmtree(staging, ignore_errors=True)
    return removed


def remove_all(output: Path, listed: Listed) -> list[str]:
    """Remove every file that is briefgen's, then the manifest, then the folder if that leaves it empty."""
    removed = [path for path in sorted(listed) if _remove(output, path, {})]
    (output / NAME).unlink(missing_ok=True)
    if output.is_dir() and not any(output.iterdir()) and not output.is_symlink():
        output.rmdir()
    return removed


def _in_the_way(gone: Iterable[str], planned: Shas) -> set[str]:
    """Of the paths that go, those that are a folder of a planned path, or stand in a folder that becomes a file."""
    folders = {parent.as_posix() for path in planned for parent in list(PurePosixPath(path).parents)[:-1]}
    return {path for path in gone if path in folders or any(parent.as_posix() in planned for parent in PurePosixPath(path).parents)}


def _in_order(staging: Path) -> list[str]:
    """Pages first, then the indexes of folders near the root, then feeds: who follows a link finds its page."""
    found = [Path(folder, name).relative_to(staging).as_posix() for folder, _, names in os.walk(staging) for name in names]
    return sorted(found, key=lambda path: (path.endswith(_LAST), -path.count("/"), path))


def _remove(output: Path, path: str, twins: Mapping[str, str]) -> bool:
    """Remove a file and the folders that this leaves empty; never through a symlink, never a file with another name."""
    target = output / path
    if any(os.path.islink(output / parent) for parent in list(PurePosixPath(path).parents)[:-1]) or not os.path.lexists(target):
        return False
    twin = twins.get(_key(path))
    if twin and os.path.lexists(output / twin) and os.path.samefile(target, output / twin):
        # a file system that does not tell the two names apart: it is one file, which gets its new name
        target.rename(output / twin)
        return False
    if target.is_dir() and not target.is_symlink():
        return False
    target.unlink()
    for parent in list(PurePosixPath(path).parents)[:-1]:
        try:
            (output / parent).rmdir()
        except OSError:
            break
    return True


def _key(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def failed(error: OSError, path: Path) -> BriefgenError:
    """The error for a file that could not be written."""
    where = Path(str(error.filename)) if error.filename else path
    cure = "make room and build again" if error.errno in (28, 122) else "check the folder and its permissions"
    return BriefgenError(
        Problem("BG504", Place(str(where)), f"cannot write: {error.strerror or error}", f"{cure}; the site is as it was, or whole"),
        exit_code=3,
    )
