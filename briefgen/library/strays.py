"""Strays: what lies among the user's files and becomes no part of the site; it is told, as nothing is dropped silently."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from briefgen import files
from briefgen.model import Place
from briefgen.problems import Problem, nearest
from briefgen.tree import Tree

MARKDOWN = (".markdown", ".mdown", ".mkdn", ".mkd", ".mdx", ".md")
"""Suffixes of files that were meant as content, in any case; only `.md` as it stands here is read."""

RAW = (".txt", ".text", ".html", ".htm", ".eml", ".rst", ".docx", ".odt", ".rtf")
"""Suffixes of files that may have been meant as content, unless something links to them."""


def not_followed(tree: Tree, *folders: str) -> Iterator[Problem]:
    """The symlinks and special files in folders of the site that are passed over (BG209)."""
    return (passed_over(tree.root / path, tree.root) for path in tree.strays(*folders))


def not_read(path: Path, root: Path) -> Iterator[Problem]:
    """The same of one file of the site, which need not be there."""
    if path.is_symlink() or (path.exists() and not path.is_dir()):
        target = Path(os.path.realpath(path))
        if not target.is_file() or not target.is_relative_to(os.path.realpath(root)):
            yield passed_over(path, root)


def passed_over(path: Path, root: Path) -> Problem:
    """Why a symlink or special file of the site is not followed."""
    place, target = Place(files.shown(path, root)), Path(os.path.realpath(path))
    if not path.is_symlink():
        return Problem("BG209", place, "this is no file but a named pipe, a socket or a device", "put a plain file in its place")
    if target.is_dir():
        return Problem("BG209", place, "this symlink leads to a folder: it is not followed", "put the folder itself here")
    if not target.is_file():
        return Problem("BG209", place, "this symlink leads nowhere", "mend it, or remove it")
    return Problem("BG209", place, "this symlink leads out of the site: it is not followed", "put the file itself here")


def in_no_folder(path: str, folders: Iterable[str]) -> Problem:
    """The warning for a file of `content/` that stands in none of its folders."""
    known = [*folders]
    folder = path.split("/")[1]
    near = nearest(folder, known) if path.count("/") > 1 else None
    cure = f"did you mean content/{near}/?" if near else f"move it to one of {', '.join(f'{name}/' for name in known)}"
    return Problem("BG209", Place(path), "this file stands in no folder that briefgen knows", cure)


def misnamed(path: str) -> Problem | None:
    """The warning for a content file whose suffix is not `.md`; None where the suffix means something else."""
    suffix = PurePosixPath(path).suffix
    if suffix == ".md" or suffix.lower() not in MARKDOWN:
        return None
    name = PurePosixPath(path).with_suffix(".md").name
    return Problem("BG209", Place(path), f"only files that end in `.md` are read, not in `{suffix}`", f"rename it to {name}")


def unlinked(beside: Iterable[str], linked: Iterable[str]) -> Iterator[Problem]:
    """The texts beside content files to which nothing on the site links (BG209): they may have been meant as briefings."""
    for path in sorted({*beside} - {*linked}):
        if PurePosixPath(path).suffix.lower() in RAW:
            cure = "make a briefing of it with `briefgen import`, or link to it"
            yield Problem("BG209", Place(path), "this is no Markdown, and nothing on the site links to it", cure)
