"""Publishing at once: the output is a symlink, and a build turns it from one whole folder to another.

`public` then leads to `.public.1` or `.public.2` beside it. The folder that it led to before stays as it is until the
next build, for those who are still reading from it. Files that have not changed are hard links.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from briefgen import files
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem
from briefgen.site.manifest import NAME, Owner, read_manifest, write_manifest
from briefgen.site.publish import Listed, Shas, remove_leftovers


def versions(output: Path) -> tuple[Path, Path]:
    """The two folders that an output can lead to."""
    return output.with_name(f".{output.name}.1"), output.with_name(f".{output.name}.2")


def check_switch(output: Path, root: Path) -> None:
    """Raise BriefgenError unless the output is nothing yet or such a symlink (BG501) and holds no foreign file (BG502)."""
    if os.path.lexists(output) and _current(output) is None and not _is_empty_folder(output):
        message = "`--atomic` turns a symlink, and this is a folder"
        cure = "run `briefgen clean` first, or name another folder with `-o`"
        raise BriefgenError(Problem("BG501", Place(files.shown(output, root)), message, cure))
    foreign = [*_foreign_files(output, root)]
    if foreign:
        raise BriefgenError(*foreign)


def switch(staging: Path, output: Path, planned: Shas, listed: Listed, owner: Owner) -> list[str]:
    """Complete the staged files to a whole site, turn the output to it, and return the paths that it no longer has."""
    current = _current(output)
    for path in planned:
        if current and not (staging / path).exists():
            (staging / path).parent.mkdir(parents=True, exist_ok=True)
            _link(current / path, staging / path)
    write_manifest(staging, owner, ((sha256, path) for path, sha256 in planned.items()), staging)
    spare = next(folder for folder in versions(output) if folder != current)
    old = staging.with_name(f"{staging.name}-old")
    remove_leftovers(old)
    if spare.exists():
        spare.rename(old)
    spare.parent.mkdir(parents=True, exist_ok=True)
    staging.rename(spare)
    staging.symlink_to(spare.name)
    if _is_empty_folder(output):
        output.rmdir()  # only a symlink can be replaced by one
    os.replace(staging, output)
    remove_leftovers(old)
    return sorted(listed.keys() - planned.keys())


def remove_switch(output: Path, root: Path, listed: Listed) -> list[str]:
    """Remove such a symlink and both its folders, and return its paths; BriefgenError (BG502) when they hold foreign files."""
    check_switch(output, root)
    for folder in versions(output):
        shutil.rmtree(folder, ignore_errors=True)
    output.unlink()
    return sorted(listed)


def is_switch(output: Path) -> bool:
    """Whether an output is a symlink of this kind."""
    return _current(output) is not None


def _is_empty_folder(output: Path) -> bool:
    return output.is_dir() and not output.is_symlink() and not any(output.iterdir())


def _current(output: Path) -> Path | None:
    leads_to = output.parent / os.readlink(output) if output.is_symlink() else None
    return leads_to if leads_to in versions(output) else None


def _foreign_files(output: Path, root: Path) -> Iterator[Problem]:
    for folder in versions(output):
        listed = {*(read_manifest(folder) or {}), NAME}
        for below, folders, names in os.walk(folder):
            for name in sorted([*names, *(inner for inner in folders if os.path.islink(os.path.join(below, inner)))]):
                path = Path(below, name)
                if path.relative_to(folder).as_posix() not in listed:
                    message = "this is not briefgen's, and `--atomic` replaces the whole folder"
                    yield Problem("BG502", Place(files.shown(path, root)), message, "keep it in static/, or build without `--atomic`")


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # not every file system can
        shutil.copy2(source, target)
