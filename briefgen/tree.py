"""The tree: one look at all files of a site that a build reads, for everybody who asks what is there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefgen.files import Seen, look
from briefgen.stamps import Stamp

FOLDERS = ("content", "static", "templates", "themes")


@dataclass(frozen=True, slots=True)
class Tree:
    """What stands in each of `FOLDERS`, in the order of the paths, which are from the root of the site."""

    root: Path
    folders: Mapping[str, tuple[Seen, ...]]

    def files(self, folder: str) -> Iterator[tuple[str, Stamp]]:
        """The files in one of the folders, each with its stamp."""
        return ((path, stamp) for path, stamp in self.folders[folder] if stamp)

    def strays(self, *folders: str) -> Iterator[str]:
        """What is not followed in these folders: symlinks that lead elsewhere, and special files."""
        return (path for folder in folders for path, stamp in self.folders[folder] if not stamp)


def read_tree(root: Path) -> Tree:
    """The tree of the site at `root` as it stands now; raises BriefgenError where a folder cannot be read."""
    return Tree(root, {folder: tuple(look(root / folder, root, f"{folder}/")) for folder in FOLDERS})
