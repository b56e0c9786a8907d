"""Pictures: how large they are, and smaller ones made of them, as large as they are shown, where Pillow is installed."""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath

from briefgen import files
from briefgen.imagesize import Picture, Size, size_of
from briefgen.problems import BriefgenError

WIDTHS = (672, 1344)
"""Pixels: the width of a column of text, and twice that for screens with twice as many of them."""
PORTRAIT = 112
"""Pixels: twice the 56 that a portrait has."""
_SCALED = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
_MOST_PIXELS = 80_000_000
"""A larger picture is left as it is: making it smaller would take too much memory."""
WORTH = 1.25
"""How many times as wide a picture must be for one of that width to be made of it."""
_RECIPE = "1"
"""Another number for another way of making pictures smaller, as their names must change with their bytes."""


@dataclass(frozen=True, slots=True)
class Smaller:
    """A picture of another width, made of a file of the site."""

    source: Path
    width: int


@dataclass(frozen=True, slots=True)
class _Seen:
    size: Size | None
    mark: str


@dataclass(slots=True)
class Gallery:
    """The pictures that pages show: looks into each file once."""

    root: Path
    statics: Mapping[str, Path]
    _seen: dict[Path, _Seen] = field(default_factory=dict)

    def picture(self, source: Path, url: str, widths: tuple[int, ...], smaller: dict[str, Smaller]) -> Picture | None:
        """The picture in a file that is published at a URL, None when it does not say how large it is.

        The smaller ones of these widths go into `smaller`, by their URLs.
        """
        seen = self._look(source)
        if seen.size is None:
            return None
        found = []
        width, height = seen.size
        if _is_scaled(source, seen.size):
            for less in (less for less in widths if less * WORTH <= width):
                mark = hashlib.blake2b(f"{_RECIPE} {_version()} {seen.mark} {less}".encode(), digest_size=4).hexdigest()
                path = PurePosixPath(url)
                name = str(path.with_name(f"{path.stem}.{mark}-{less}{path.suffix}"))
                smaller[name.lstrip("/")] = Smaller(source, less)
                found.append((name, less))
        return Picture(width, height, tuple(found))

    def _look(self, source: Path) -> _Seen:
        if source not in self._seen:
            try:
                content = files.read(source, files.MOST_COPIED)
            except BriefgenError:  # it is said where the file is copied
                content = b""
            size = size_of(content)
            self._seen[source] = _Seen(size, hashlib.sha256(content).hexdigest() if size else "")
        return self._seen[source]


def _is_scaled(source: Path, size: Size) -> bool:
    return source.suffix.lower() in _SCALED and size[0] * size[1] <= _MOST_PIXELS and bool(_version())


@cache
def _version() -> str:
    """The version of Pillow, empty where it is not installed."""
    try:
        import PIL
    except ImportError:
        return ""
    return PIL.__version__


def made_smaller(content: bytes, width: int, suffix: str) -> bytes:
    """The picture so many pixels wide, upright, and without what the camera noted; the same bytes where that fails or gains nothing."""
    from PIL import Image, ImageOps

    kind = _SCALED[suffix.lower()]
    try:
        with Image.open(io.BytesIO(content), formats=(kind,)) as opened:
            colours = opened.info.get("icc_profile")
            upright = ImageOps.exif_transpose(opened)
            has_few_colours = upright.mode in ("1", "L", "RGB")
            plain = upright if has_few_colours else upright.convert("RGB" if kind == "JPEG" else "RGBA")
            made = plain.resize((width, max(1, round(plain.height * width / plain.width))), Image.Resampling.LANCZOS)
            made.info = {}
            written = io.BytesIO()
            made.save(written, kind, icc_profile=colours, **_SAVED[kind])
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return content
    return min(written.getvalue(), content, key=len)


_SAVED: Mapping[str, dict[str, int | bool]] = {
    "JPEG": {"quality": 82, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 82, "method": 4},
}
