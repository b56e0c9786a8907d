"""The manifest: `.briefgen-manifest` in the output folder names every file there that is briefgen's.

It is the mark of an output folder and the only ground for removing or overwriting anything in it.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from briefgen import files
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem

NAME = ".briefgen-manifest"
_NO_NAMES = {"", ".", ".."}
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def read_manifest(output: Path) -> dict[str, set[str]] | None:
    """The digests under which each path was written, None where there is no manifest. While a build commits there are two.

    Lines that no build writes – paths that lead out of the folder – are not briefgen's and are passed over.
    """
    try:
        text = (output / NAME).read_bytes().decode(errors="replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise files.unreadable(output / NAME, error) from error
    listed: dict[str, set[str]] = {}
    for line in text.split("\n"):
        match = _LINE.fullmatch(line)
        if match and _is_inside(match[2]):
            listed.setdefault(match[2], set()).add(match[1])
    return listed


def _is_inside(path: str) -> bool:
    return "\\" not in path and path != NAME and _NO_NAMES.isdisjoint(path.split("/"))


def write_manifest(output: Path, lines: Iterable[tuple[str, str]], aside: Path) -> None:
    """Write (SHA-256, path) lines, sorted by path: the same site has the same manifest, and one that says so already stays.

    `aside` is a folder in the same file system, in which the file is made.
    """
    content = "".join(f"{sha256}  {path}\n" for path, sha256 in sorted({(path, sha256) for sha256, path in lines})).encode()
    if (output / NAME).is_file() and (output / NAME).read_bytes() == content:
        return
    with files.named(aside / NAME), (aside / NAME).open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside / NAME, output / NAME)


def check_output(output: Path, root: Path) -> None:
    """Raise BriefgenError (BG501) unless the folder is safe to write to: nobody's, or an output folder already.

    Refused are the site, what holds it, what it is made of, a home folder, and a folder with files but no manifest.
    """
    real, site = (Path(os.path.realpath(path)) for path in (output, root))
    if site.is_relative_to(real):
        raise _unsafe(output, root, "this folder is or holds the site itself")
    for name in ("content", "templates", "themes", "static", ".briefgen", ".git"):
        if real.is_relative_to(os.path.realpath(site / name)):
            raise _unsafe(output, root, f"this folder is or lies in the site's {name}/")
    if real in {Path(real.anchor), Path(os.path.realpath(os.path.expanduser("~")))}:
        raise _unsafe(output, root, "this folder is a home folder or the whole disk")
    if real.exists() and not real.is_dir():
        raise _unsafe(output, root, "this is a file, not a folder")
    if real.is_dir() and read_manifest(real) is None and any(real.iterdir()):
        raise _unsafe(output, root, f"this folder is not empty and has no {NAME}: it is not an output folder of briefgen")


def _unsafe(output: Path, root: Path, message: str) -> BriefgenError:
    return BriefgenError(
        Problem("BG501", Place(files.shown(output, root)), message, "name another folder with `output:` or `-o`; a new one will be made")
    )
