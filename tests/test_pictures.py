"""Pictures: their size stands in the page, and where Pillow is installed they are as large as they are shown."""

import io
import re
import struct
from typing import Any

import pytest

from briefgen.imagesize import size_of
from tests.worlds import World, record_of

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 360)
GIF = b"GIF89a" + struct.pack("<HH", 640, 360)
WEBP = {
    "lossy": b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 640, 360),
    "lossless": b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + (639 | 359 << 14).to_bytes(4, "little"),
    "extended": b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0" + (639).to_bytes(3, "little") + (359).to_bytes(3, "little"),
}
JPEG_FRAME = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", 360, 640) + b"\0" * 10


def exif(order: str, turned: int) -> bytes:
    """The part of a JPEG that says how the camera was held."""
    head = b"II*\0" if order == "<" else b"MM\0*"
    body = b"Exif\0\0" + head + struct.pack(f"{order}IHHHIHHI", 8, 1, 0x0112, 3, 1, turned, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (PNG, (640, 360)),
        (GIF, (640, 360)),
        *((content, (640, 360)) for content in WEBP.values()),
        (b"\xff\xd8\xff\xe0\x00\x04ab" + JPEG_FRAME, (640, 360)),
        (b"\xff\xd8" + exif("<", 1) + JPEG_FRAME, (640, 360)),
        (b"\xff\xd8" + exif("<", 6) + JPEG_FRAME, (360, 640)),
        (b"\xff\xd8" + exif(">", 8) + JPEG_FRAME, (360, 640)),
        (b'<svg width="640" height="360px" viewBox="0 0 1 1">', (640, 360)),
        (b"<?xml version='1.0'?>\n<!-- drawn --><svg viewBox='0, 0, 640, 360.2' width='100%'>", (640, 360)),
        (b"<svg>", None),
        (b"<svg width='0' height='9'>", None),
        (b"<?xml version='1.0'?><rss/>", None),
        (b"", None),
        (PNG[:20], None),
        (b"\xff\xd8\xff", None),
        (b"\xff\xd8" + b"\xff" * 40, None),
        (b"\xff\xd8\xff\xe1\x00\x20Exif\0\0II*\0" + b"\xff" * 40, None),
        (b"RIFF\0\0\0\0WAVE", None),
    ],
)
def test_the_size_of_a_picture_is_read_from_its_file(content: bytes, size: tuple[int, int] | None) -> None:
    assert size_of(content) == size


def tags(world: World, url: str) -> list[dict[str, str]]:
    """The attributes of every picture on a page."""
    return [dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in re.findall(r"<img[^>]*>", world.page(url))]


def test_the_page_says_how_large_a_picture_is(world: World) -> None:
    world.put({"content/briefings/line.png": PNG, "static/map.svg": b"<svg viewBox='0 0 30 20'></svg>", "content/briefings/odd.jpg": b"?"})
    world.briefing("a", body="![Line](line.png) ![Map](/map.svg) ![Odd](odd.jpg)", image="{src: line.png, alt: The line & the sea}")
    world.build()
    lead, line, drawing, odd = tags(world, "2025/03/18/a/")
    assert (lead["width"], lead["height"], lead["alt"]) == ("640", "360", "The line &amp; the sea")
    assert (line["width"], line["height"], line["loading"]) == ("640", "360", "lazy")
    assert (drawing["width"], drawing["height"]) == ("30", "20")
    assert "width" not in odd, "nothing is claimed of what is no picture"


def test_a_picture_of_another_size_is_another_page(world: World) -> None:
    world.put({"content/briefings/line.png": PNG}).briefing("a", body="![Line](line.png)")
    world.build()
    world.put({"content/briefings/line.png": PNG[:16] + struct.pack(">II", 320, 200)})
    assert "2025/03/18/a/index.html" in world.build().changed
    assert tags(world, "2025/03/18/a/")[0]["width"] == "320"


# -- with Pillow --------------------------------------------------------------------------------------------------


def photograph(width: int, height: int, kind: str = "JPEG", **how: Any) -> bytes:
    """A picture with something in it, so that a smaller one weighs less."""
    made = pytest.importorskip("PIL.Image").radial_gradient("L").resize((width, height)).convert("RGB")
    written = io.BytesIO()
    made.save(written, kind, **how)
    return written.getvalue()


def opened(world: World, url: str) -> Any:
    return pytest.importorskip("PIL.Image").open(io.BytesIO((world.public / url).read_bytes()))


def choices(world: World, url: str, number: int = 0) -> list[tuple[str, str]]:
    """What the browser may choose from: (URL from the root, width)."""
    offered = tags(world, url)[number]["srcset"].split(", ")
    return [(one.rpartition(" ")[0].replace("../", ""), one.rpartition(" ")[2]) for one in offered]


def test_a_large_picture_is_offered_as_wide_as_it_is_shown(world: World) -> None:
    content = photograph(2400, 1600, quality=95)
    world.put({"content/briefings/photo.jpg": content}).briefing("a", body="![Photo](photo.jpg)")
    world.build()
    (tag,) = tags(world, "2025/03/18/a/")
    offered = choices(world, "2025/03/18/a/")
    assert [width for _, width in offered] == ["672w", "1344w"]
    assert tag["src"].endswith(offered[-1][0])
    assert (tag["width"], tag["height"]) == ("2400", "1600")
    for url, width in offered:
        assert opened(world, url).size == (int(width[:-1]), int(width[:-1]) * 2 // 3)
        assert (world.public / url).stat().st_size < len(content)
    assert (world.public / "2025/03/18/a/photo.jpg").read_bytes() == content


def test_a_picture_that_is_hardly_wider_stands_for_itself(world: World) -> None:
    world.put({"static/photo.jpg": photograph(900, 600), "static/small.jpg": photograph(700, 400)})
    world.briefing("a", body="![Photo](/photo.jpg) ![Small](/small.jpg)")
    world.build()
    assert [url.rpartition("-")[2] for url, _ in choices(world, "2025/03/18/a/")] == ["672.jpg", "photo.jpg"]
    assert "srcset" not in tags(world, "2025/03/18/a/")[1]


@pytest.mark.parametrize(("name", "written"), [("content/people/ann.png", "ann.png"), ("static/ann.png", "/ann.png")])
def test_a_portrait_is_made_for_its_place(world: World, name: str, written: str) -> None:
    record = record_of("Ann Lee", image=f"{{src: {written}, alt: Ann Lee}}")
    world.put({name: photograph(800, 800, "PNG"), "content/people/ann-lee.md": record}).briefing("a", people="[Ann Lee]")
    world.build()
    (tag,) = tags(world, "people/ann-lee/")
    assert tag["width"] == tag["height"] == "56"
    assert opened(world, tag["src"].replace("../", "")).size == (112, 112)


def test_what_is_no_portrait_is_as_wide_as_the_text(world: World) -> None:
    world.put({"static/photo.jpg": photograph(2400, 1200)})
    world.put({"content/people/ann-lee.md": record_of("Ann Lee", "![A photo](/photo.jpg)")})
    world.briefing("a", image="{src: /photo.jpg, alt: A photo}", people="[Ann Lee]")
    world.build()
    for url in ("people/ann-lee/", "2025/03/18/a/"):
        assert [width for _, width in choices(world, url)] == ["672w", "1344w"]


def test_a_smaller_picture_is_upright_and_says_nothing_of_the_camera(world: World) -> None:
    noted = pytest.importorskip("PIL.Image").Exif()
    noted[0x0112], noted[0x010F] = 6, "A camera"
    world.put({"content/briefings/photo.jpg": photograph(1600, 1000, exif=noted, comment=b"at home")})
    world.briefing("a", body="![Photo](photo.jpg)")
    world.build()
    tag = tags(world, "2025/03/18/a/")[0]
    assert (tag["width"], tag["height"]) == ("1000", "1600")
    made = choices(world, "2025/03/18/a/")[0][0]
    assert opened(world, made).size == (672, 1075)
    assert not opened(world, made).getexif()
    assert b"at home" not in (world.public / made).read_bytes()


def test_smaller_pictures_are_made_once_and_put_right(world: World) -> None:
    world.put({"content/briefings/photo.jpg": photograph(2400, 1600)}).briefing("a", body="![Photo](photo.jpg)")
    world.build()
    path = world.public / choices(world, "2025/03/18/a/")[0][0]
    made, stamp = path.read_bytes(), path.stat().st_mtime_ns
    world.briefing("b", title="Another")
    world.build()
    assert path.stat().st_mtime_ns == stamp
    path.write_bytes(b"edited")
    world.build()
    assert path.read_bytes() == made
    world.put({"content/briefings/photo.jpg": photograph(2400, 1200)})
    world.build()
    assert not path.exists(), "made of another file, it has another name"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_pictures_of_every_colour_become_smaller(world: World, mode: str) -> None:
    made = pytest.importorskip("PIL.Image").new(mode, (1400, 700))
    written = io.BytesIO()
    made.save(written, "JPEG" if mode == "CMYK" else "PNG")
    name = "p.jpg" if mode == "CMYK" else "p.png"
    world.put({f"static/{name}": written.getvalue() + b"\0" * 100_000}).briefing("a", body=f"![Photo](/{name})")
    world.build()
    assert opened(world, choices(world, "2025/03/18/a/")[0][0]).size == (672, 336)


def test_a_picture_that_is_cut_off_stays_as_it_is(world: World) -> None:
    content = photograph(2400, 1600)[:2000]
    world.put({"static/photo.jpg": content}).briefing("a", body="![Photo](/photo.jpg)")
    world.build()
    assert all((world.public / url).read_bytes() == content for url, _ in choices(world, "2025/03/18/a/"))


def test_without_pillow_the_page_is_whole(world: World) -> None:
    world.put({"static/photo.png": PNG[:16] + struct.pack(">II", 4000, 3000), "PIL.py": "raise ImportError"}).briefing(
        "a", body="![P](/photo.png)"
    )
    ran = world.run("build")
    assert ran.code == 0, ran.err
    (tag,) = tags(world, "2025/03/18/a/")
    assert (tag["src"], tag["width"], tag["height"]) == ("../../../../photo.png", "4000", "3000")
