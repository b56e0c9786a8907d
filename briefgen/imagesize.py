"""How large a picture is, as the first bytes of its file say: PNG, JPEG, GIF, WebP and SVG."""

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass

Size = tuple[int, int]
_FRAMES = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)))
"""The markers of a JPEG that begin a picture."""
_EXIF, _SIDEWAYS = b"Exif\0\0", frozenset((5, 6, 7, 8))
_ORIENTATION = 0x0112
_SVG = re.compile(r"<svg\b[^>]*>", re.IGNORECASE)
_LENGTH = re.compile(r"\s(width|height)\s*=\s*[\"']\s*([\d.]{1,9})(?:px)?\s*[\"']")
_VIEW = re.compile(r"\sviewBox\s*=\s*[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]{1,9})[\s,]+([\d.]{1,9})\s*[\"']")


@dataclass(frozen=True, slots=True)
class Picture:
    """How wide and high a picture is as it is shown, in pixels, and smaller ones made of it: (URL, width), narrowest first."""

    width: int
    height: int
    smaller: tuple[tuple[str, int], ...] = ()


def size_of(content: bytes) -> Size | None:
    """Width and height as a browser shows them, turned as the camera was; None for what is no picture or does not say.

    >>> size_of(b"GIF89a" + (3).to_bytes(2, "little") + (2).to_bytes(2, "little")), size_of(b"words")
    ((3, 2), None)
    >>> size_of(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360">')
    (640, 360)
    """
    for mark, read in _READERS.items():
        if content.startswith(mark):
            try:
                size = read(content)
            except (struct.error, IndexError, ValueError):
                return None
            return size if size and all(0 < length < 1_000_000 for length in size) else None
    return None


def _png(content: bytes) -> Size | None:
    return struct.unpack(">II", content[16:24])


def _gif(content: bytes) -> Size | None:
    return struct.unpack("<HH", content[6:10])


def _webp(content: bytes) -> Size | None:
    if content[8:12] != b"WEBP":
        return None
    kind = content[12:16]
    if kind == b"VP8X":
        return int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", content[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _jpeg(content: bytes) -> Size | None:
    place, sideways = 2, False
    while place + 9 < len(content):
        if content[place] != 0xFF:
            return None
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4], "big")
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return (height, width) if sideways else (width, height)
        if marker == 0xE1 and content[place + 4 : place + 10] == _EXIF:
            sideways = _orientation(content[place + 10 : place + 2 + length]) in _SIDEWAYS
        place += 1 if marker == 0xFF else 2 + length
    return None


def _orientation(exif: bytes) -> int:
    """How the camera was held, as the first directory of Exif says; 1 where it does not."""
    order = "<" if exif[:2] == b"II" else ">"
    (start,) = struct.unpack(f"{order}I", exif[4:8])
    (count,) = struct.unpack(f"{order}H", exif[start : start + 2])
    for number in range(count):
        entry = exif[start + 2 + 12 * number : start + 14 + 12 * number]
        tag, _, _, value = struct.unpack(f"{order}HHIH", entry[:10])
        if tag == _ORIENTATION:
            return int(value)
    return 1


def _svg(content: bytes) -> Size | None:
    tag = _SVG.search(content[:8192].decode("utf-8", "replace"))
    if tag is None:
        return None
    said = dict(_LENGTH.findall(tag[0]))
    view = _VIEW.search(tag[0])
    if len(said) == 2:
        return round(float(said["width"])), round(float(said["height"]))
    return (round(float(view[1])), round(float(view[2]))) if view else None


_READERS: dict[bytes, Callable[[bytes], Size | None]] = {
    b"\x89PNG\r\n\x1a\n": _png,
    b"GIF8": _gif,
    b"RIFF": _webp,
    b"\xff\xd8": _jpeg,
    b"<svg": _svg,
    b"<?xml": _svg,
    b"<!--": _svg,
    b"\xef\xbb\xbf<": _svg,
}
