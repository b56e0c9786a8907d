"""An edition as e-mail: read by Python's own parser, drawn by a browser, as long as mail programs show, the same each time."""

import email
import email.policy
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from briefgen.site.mail import MOST_BYTES
from tests.browsing import launched, opened
from tests.chromium import CHROMIUM
from tests.gallery import gallery
from tests.test_build_escaping import PAYLOADS, Page, active_parts
from tests.worlds import World

ADDRESS = "https://desk.example/north/"


@pytest.fixture
def desk(world: World) -> World:
    return gallery(world)


def message(world: World, day: str, *arguments: str) -> Any:
    ran = world.run("edition", day, "--email", "-o", "mail", *arguments)
    assert ran.code == 0, ran.err
    return email.message_from_bytes((world.root / f"mail/edition-{day}.eml").read_bytes(), policy=email.policy.default)


def test_a_mail_program_reads_both_parts(desk: World) -> None:
    read = message(desk, "2025-03-18", "--from", "North Desk <desk@desk.example>", "--to", "list@desk.example")
    assert not read.defects
    assert (read["Subject"], read["From"]) == ("The North Desk · Tuesday, 18 March 2025", "North Desk <desk@desk.example>")
    assert read["X-Unsent"] == "1", "it opens as a draft"
    assert read.get_content_type() == "multipart/alternative"
    text, html = (part.get_content() for part in read.iter_parts())
    for said in ("Ministers agree a draft grid bill", "裁判所、河川データの公開を市に命じる", "محكمة المدينة تأمر بنشر بيانات النهر"):
        assert said in text
        assert said in html
    assert "* A third comes from the climate fund." in text
    assert max(len(line.rstrip()) for line in text.split("\n") if "https:" not in line and line.isascii()) <= 72
    assert f"{ADDRESS}2025/03/18/the-grid-bill/" in text
    assert (desk.root / "mail/edition-2025-03-18.html").read_text() == html.replace("\r\n", "\n").rstrip("\n")


def test_it_needs_nothing_from_elsewhere_and_its_links_are_whole(desk: World) -> None:
    html = message(desk, "2025-03-18").get_body("html").get_content()
    assert not re.findall(r"<(?:img|link|script|iframe|form)|@import|url\(", html)
    assert all(link.startswith(ADDRESS) for link in re.findall(r'href="([^"]*)"', html))
    assert html.count("<table role=") >= 2
    assert "class" not in re.sub(r'class="[^"]*"|<style>.*?</style>', "", html, flags=re.DOTALL)
    assert len(html.encode()) <= MOST_BYTES


def test_the_same_edition_makes_the_same_bytes(desk: World) -> None:
    one = message(desk, "2025-03-18").as_bytes()
    assert message(desk, "2025-03-18").as_bytes() == one


@pytest.mark.parametrize("name", PAYLOADS)
def test_no_text_becomes_markup_or_a_header(world: World, name: str) -> None:
    quoted = json.dumps(PAYLOADS[name])
    world.put({"briefgen.yaml": f"title: {quoted}\nbase_url: https://desk.example/\n"})
    world.briefing("a", quoted, summary=quoted, key_points=f"[{quoted}]", topics=f"[{quoted}]", people=f"[{quoted}]")
    read = message(world, "2025-03-18")
    assert not read.defects
    assert {*read.keys()} == {"Subject", "Date", "Message-ID", "X-Unsent", "MIME-Version", "Content-Type"}
    found = active_parts(Page(read.get_body("html").get_content()))
    assert {part for part in found if not part.endswith(" style>")} == {"<style>"}, "its styles stand in it, and nothing else"
    assert " ".join(PAYLOADS[name].split()) in " ".join(read.get_body("plain").get_content().split())


def test_a_long_edition_holds_what_fits(world: World) -> None:
    def levels(number: int, points: int) -> str:
        for index in range(number):
            listed = json.dumps([f"Point {point} of many, told at some length for once." for point in range(points)])
            world.briefing(f"b{index:03}", f"Briefing {index}", summary="What happened. " * 20, key_points=listed)
        ran = world.run("edition", "latest", "--email", "-o", "mail")
        assert ran.code == 0, ran.out
        assert (world.root / "mail/edition-2025-03-18.html").stat().st_size <= MOST_BYTES
        return ran.out.rstrip().rpartition("cut at 102")[2]

    assert levels(10, 3) == ""
    assert levels(60, 12) == ", without key points"
    assert levels(120, 1) == ", titles alone"
    assert "BG406" not in world.run("check").out


def test_the_terminal_shows_the_edition_as_text(desk: World) -> None:
    ran = desk.run("edition")
    assert ran.out.startswith("The North Desk · Tuesday, 18 March 2025\n\n4 items")
    assert desk.run("edition", "2025-03-17").out.startswith("The North Desk · Monday, 17 March 2025\n\n1 item ")
    assert not (desk.root / "edition-2025-03-17.eml").exists()


def test_what_cannot_be_done_is_said(desk: World, tmp_path: Any) -> None:
    assert "there is no edition of `2020-01-01`; the latest are 2025-03-18, 2025-03-17" in desk.run("edition", "2020-01-01").err
    desk.edit("briefgen.yaml", "base_url: https://desk.example/north/\n", "")
    assert "set `base_url`, or name it with `-b URL`" in desk.run("edition", "--email").err
    assert "://" not in desk.run("edition").out
    assert "\nhttps://other.example/" in desk.run("edition", "-b", "https://other.example/").out
    ran = desk.run("edition", "--email", "-b", "https://other.example/", "--from", "a\nBcc: all@x.example")
    assert (ran.code, "not an address" in ran.err) == (2, True)
    assert World(tmp_path / "none").put({"briefgen.yaml": "title: D\nbase_url: https://d.example/\n"}).run("edition").code == 2


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with launched() as chromium:
        yield chromium


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (set CHROMIUM to its path)")
@pytest.mark.parametrize("width", [320, 600])
def test_it_fits_a_telephone_and_a_window(desk: World, browser: Any, width: int) -> None:
    message(desk, "2025-03-18")
    with opened(browser, width) as page:
        page.goto((desk.root / "mail/edition-2025-03-18.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.get_by_role("heading", name="Ministers agree").is_visible()
