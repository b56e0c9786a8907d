"""The manifest: `.briefgen-manifest` in the output folder names every file there that is briefgen's.

It is the mark of an output folder and the only ground for removing or overwriting anything in it. Its first line names
the site that the folder belongs to.
"""

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from briefgen import files
from briefgen.config import Config
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem
from briefgen.text import one_line, printable

NAME = ".briefgen-manifest"
_ODD = re.compile(r"[\\\0\n]|(?:^|/)\.{0,2}(?:/|$)")
"""A character that no path of the output has, or a part that is no name."""
_NO_ADDRESS = "-"
_LINES = re.compile(r"^([0-9a-f]{64})  (.+)$", re.MULTILINE)
_OWNER = re.compile(r"site  (\S+)  (.*)")


@dataclass(frozen=True, slots=True)
class Owner:
    """By what a site is known that may lie in any folder of any machine: its base URL, which may be empty, and its title."""

    base_url: str
    title: str

    def is_one_with(self, other: "Owner") -> bool:
        """Whether these are one site, of which only the title or only the address was changed."""
        return self.title == other.title or self.base_url == other.base_url != ""


def owner_of(config: Config) -> Owner:
    """Whose an output folder is that is built with this configuration."""
    return Owner(config.base_url, one_line(config.title))


def read_manifest(output: Path) -> dict[str, set[str]] | None:
    """The digests under which each path was written, None where there is no manifest. While a build commits there are two.

    Lines that no build writes – paths that lead out of the folder – are not briefgen's and are passed over.
    """
    try:
        text = files.read_own(output / NAME).decode(errors="replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise files.unreadable(output / NAME, error) from error
    listed: dict[str, set[str]] = {}
    for sha256, path in _LINES.findall(text):
        if is_inside(path):
            listed.setdefault(path, set()).add(sha256)
    return listed


def is_inside(path: str) -> bool:
    """Whether a path is one that a build writes: of a file in the folder, and not of the manifest itself."""
    return path != NAME and not _ODD.search(path)


def read_owner(output: Path) -> Owner | None:
    """The site that an output folder belongs to; None where it does not say."""
    try:
        with files.opened(output / NAME) as file:
            match = _OWNER.fullmatch(file.readline(10_000).decode(errors="replace").removesuffix("\n"))
    except OSError:
        return None
    return Owner(match[1] if match[1] != _NO_ADDRESS else "", match[2]) if match else None


def check_owner(output: Path, root: Path, owner: Owner, is_known: Callable[[], bool]) -> None:
    """Raise BriefgenError (BG501) when the folder belongs to another site, whose pages would be removed.

    A folder within the site is its own, and so is one of which the site's own memory says that it wrote what is there:
    then both title and address may have changed. Paths prove nothing: sites are moved, copied, and checked out anew for each build.
    """
    there = read_owner(output)
    if there is None or there.is_one_with(owner) or output.resolve().is_relative_to(root.resolve()) or is_known():
        return
    name = printable(f"{there.title} ({there.base_url})" if there.base_url else there.title)
    cure = "name another folder with `output:` or `-o`; if the other site is not needed, empty the folder first"
    raise BriefgenError(Problem("BG501", Place(files.shown(output, root)), f"this folder belongs to another site: {name}", cure))


def write_manifest(output: Path, owner: Owner, lines: Iterable[tuple[str, str]], aside: Path) -> None:
    """Write the owner and (SHA-256, path) lines, sorted by path: the same site has the same manifest, and one that says so already stays.

    `aside` is a folder in the same file system, in which the file is made.
    """
    rows = [f"{sha256}  {path}\n" for path, sha256 in sorted({(path, sha256) for sha256, path in lines})]
    content = "".join([f"site  {owner.base_url or _NO_ADDRESS}  {owner.title}\n", *rows]).encode()
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
    try:
        os.lstat(output)
    except (FileNotFoundError, NotADirectoryError):
        pass  # it will be made, or refused with what stands in its place
    except OSError as error:
        raise files.unreadable(output, error) from error
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
    if real.is_dir() and not _is_output(real) and any(real.iterdir()):
        raise _unsafe(output, root, f"this folder is not empty and has no {NAME}: it is not an output folder of briefgen")


def _is_output(folder: Path) -> bool:
    try:
        files.opened(folder / NAME).close()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise files.unreadable(folder / NAME, error) from error
    return True


def _unsafe(output: Path, root: Path, message: str) -> BriefgenError:
    return BriefgenError(
        Problem("BG501", Place(files.shown(output, root)), message, "name another folder with `output:` or `-o`; a new one will be made")
    )
