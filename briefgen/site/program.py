"""The program itself: the themes that it brings, and what tells one version of it from another."""

from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import briefgen
from briefgen import files
from briefgen.digest import digest, digest_bytes

_LIBRARIES = ("jinja2", "markupsafe", "markdown-it-py", "mdit-py-plugins", "pyyaml")
_OPTIONAL = {"PIL": "pillow", "babel": "babel"}
"""Libraries that shape output where they are installed: module, name."""


def shipped() -> Path:
    """The folder of the themes that come with briefgen: inside the package when installed, beside it in the repository."""
    package = Path(briefgen.__file__).parent
    installed = package / "_themes"
    return installed if installed.is_dir() else package.parent / "themes"


@cache
def code_digest() -> str:
    """The digest of briefgen itself and of the versions of the libraries that shape output; raises BriefgenError (BG701)."""
    package = Path(briefgen.__file__).parent
    try:
        sources = [digest_bytes(path.read_bytes()) for path in sorted(package.rglob("*.py"))]
        installed = [name for module, name in _OPTIONAL.items() if find_spec(module)]
        versions = [f"{name} {metadata.version(name)}" for name in (*_LIBRARIES, *installed)]
    except OSError as error:
        raise files.unreadable(Path(error.filename or package), error) from error
    return digest([briefgen.__version__, *versions, *sources])
