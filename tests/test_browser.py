"""The default theme in a real browser: under a strict policy, by keyboard, on a small screen, in the dark, on paper.

Needs Chromium; axe-core is read from the file that AXE names or from `node_modules/`, and its test is skipped without it.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browsing import KINDS, RULES, WHAT_WAS_FOUND, axe, launched, opened, served
from tests.chromium import CHROMIUM
from tests.gallery import GRID, gallery
from tests.worlds import REPOSITORY, World

pytest.importorskip("playwright.sync_api")

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (set CHROMIUM to its path)")]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    world = gallery(World(tmp_path_factory.mktemp("browser")))
    world.build("served/north")
    with served(world.root / "served") as root:
        yield f"{root}north/"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with launched() as chromium:
        yield chromium


def background(page: Any) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


CUT_OFF = """
[...document.querySelectorAll('main h1, main h2, main h3, main p, main a, main td, .top a, .foot p')].filter((one) => {
  const style = getComputedStyle(one);
  return !one.closest('.unseen, .pager, details:not([open])') && style.overflow !== 'visible' && one.scrollHeight > one.clientHeight + 1;
}).map((one) => one.textContent)
"""
WATCH_FOR_THE_BODY = """
new MutationObserver((_, self) => {
  if (document.body) { window.first = document.documentElement.dataset.scheme; self.disconnect(); }
}).observe(document, { childList: true, subtree: true });
"""
PAPER, NIGHT = "rgb(251, 249, 244)", "rgb(20, 20, 19)"


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_asks_another_origin_breaks_the_policy_or_scrolls_sideways(browser: Any, address: str, width: int) -> None:
    with opened(browser, width) as page:
        heard: list[str] = []
        page.on("console", lambda message: heard.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: heard.append(f"error: {error}"))
        page.on("request", lambda request: None if request.url.startswith(address) else heard.append(f"request: {request.url}"))
        for kind, url in KINDS.items():
            page.goto(address + url)
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{kind} is {wide} px wide"
            assert heard == [], kind


def test_the_longest_day_fits_a_narrow_screen(browser: Any, address: str) -> None:
    with opened(browser, 320) as page:
        page.goto(address)
        page.evaluate("document.querySelector('.masthead time').textContent = '30 September 2026'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_text_at_twice_its_size_still_fits_and_nothing_is_cut_off(browser: Any, address: str) -> None:
    with opened(browser, 640, device_scale_factor=2) as page:
        for kind, url in KINDS.items():
            page.goto(address + url)
            assert page.evaluate("document.documentElement.scrollWidth") <= 640, kind
        # text alone made larger, as some browsers do
        for kind, url in KINDS.items():
            page.goto(address + url)
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert page.evaluate("document.documentElement.scrollWidth") <= 640, kind
            assert page.evaluate(CUT_OFF) == [], kind


def test_the_first_tab_skips_to_the_content_and_focus_is_seen(browser: Any, address: str) -> None:
    with opened(browser) as page:
        page.goto(address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
        page.keyboard.press("Enter")
        assert page.url.endswith("#content")
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_reader_gets_from_the_edition_to_a_person_with_the_keyboard(browser: Any, address: str) -> None:
    with opened(browser) as page:
        page.goto(address + GRID)
        page.locator(".margin a.person").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/people/maria-keller/")
        assert page.locator("h1").inner_text() == "Maria Keller"


def test_everything_that_can_be_pressed_is_pressed_with_the_keyboard(browser: Any, address: str) -> None:
    with opened(browser, 320, color_scheme="light") as page:
        page.goto(address + GRID)
        page.get_by_role("button", name="Dark").focus()
        page.keyboard.press("Space")
        assert background(page) == NIGHT
        page.locator(".margin summary").first.focus()
        page.keyboard.press("Enter")
        assert page.locator(".margin .sources").is_visible()
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('.margin .notes').contains(document.activeElement)")


def test_the_tab_key_goes_through_a_page_in_the_order_of_reading(browser: Any, address: str) -> None:
    with opened(browser) as page:
        page.goto(address + GRID)
        seen: list[str] = []
        while len(seen) < 200:
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                break
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            seen.append(page.evaluate("document.activeElement.closest('.skip, .top, .lead, .margin, .text, .foot').className"))
        assert list(dict.fromkeys(seen)) == ["skip", "top", "lead", "margin", "text", "foot"]


def test_a_reader_turns_the_pages_of_the_archive(browser: Any, address: str) -> None:
    with opened(browser) as page:
        page.goto(address)
        page.get_by_role("link", name="18 March 2025").first.click()
        page.get_by_role("link", name="Previous edition").click()
        assert page.locator("h1").inner_text().endswith("17 March 2025")
        page.get_by_role("link", name="March", exact=True).click()
        page.get_by_role("link", name="18 March 2025, 4 briefings").click()
        page.locator(".item h2 a").nth(1).click()
        assert page.locator("h1").inner_text() == "Ministers agree a draft grid bill"
        page.locator(".storybox .story").click()
        page.get_by_role("navigation", name="Main menu").get_by_role("link", name="Topics").click()
        assert page.locator("h1").inner_text() == "Topics"


def test_the_scheme_follows_the_system_until_the_reader_chooses(browser: Any, address: str) -> None:
    with opened(browser, color_scheme="dark") as page:
        page.goto(address)
        assert background(page) == NIGHT
        page.get_by_role("button", name="Light").click()
        assert background(page) == PAPER
        page.goto(address + GRID)
        assert background(page) == PAPER, "the choice is kept"
        assert page.get_by_role("button", name="Light").get_attribute("aria-pressed") == "true"
        page.get_by_role("button", name="Automatic").click()
        assert background(page) == NIGHT


def test_the_chosen_scheme_is_there_before_the_first_paint(browser: Any, address: str) -> None:
    with opened(browser, color_scheme="light") as page:
        page.goto(address)
        page.get_by_role("button", name="Dark").click()
        page.add_init_script(WATCH_FOR_THE_BODY)
        page.goto(address + GRID)
        assert page.evaluate("window.first") == "dark"


def test_everything_reads_without_scripts(browser: Any, address: str) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(address + GRID)
        assert page.locator(".scheme").is_hidden()
        assert page.locator(".margin .sources").is_visible(), "the margin needs no script"
        assert page.get_by_text("It goes to parliament").is_visible()
    with opened(browser, 320, java_script_enabled=False) as page:
        page.goto(address + GRID)
        assert page.locator(".margin .sources").is_hidden()
        page.locator(".margin summary").first.click()
        assert page.locator(".margin .sources").is_visible()


def test_the_margin_stands_beside_the_text_or_after_the_lede(browser: Any, address: str) -> None:
    with opened(browser) as page:
        page.goto(address + GRID)
        text, margin = (page.locator(name).bounding_box() for name in (".text", ".margin"))
        assert margin["x"] > text["x"] + text["width"]
        assert abs(margin["width"] - 224) < 2
    with opened(browser, 768) as page:
        page.goto(address + GRID)
        lead, margin, text = (page.locator(name).bounding_box() for name in (".lead", ".margin", ".text"))
        assert lead["y"] < margin["y"] < text["y"]


def test_paper_shows_the_sources_with_their_addresses_and_nothing_to_press(browser: Any, address: str) -> None:
    with opened(browser) as page:
        page.emulate_media(media="print")
        page.goto(address + GRID)
        assert page.locator(".menu").is_hidden()
        assert page.locator(".sources").is_visible()
        shown = page.evaluate("getComputedStyle(document.querySelector('.sources cite a'), '::after').content")
        assert "https://courier.example.org/grid" in shown
        page.goto(address)
        assert page.evaluate("getComputedStyle(document.querySelector('.items')).columnCount") == "2"
        assert page.pdf(format="A4").startswith(b"%PDF")


def test_scripts_and_styles_are_light() -> None:
    static = REPOSITORY / "themes" / "dossier" / "static"
    # search has a page of its own, which alone loads its script
    assert sum(len(path.read_bytes()) for path in static.glob("*.js") if path.name != "search.js") < 10_000
    assert len((static / "search.js").read_bytes()) < 15_000
    assert sum(len(path.read_bytes()) for path in static.glob("*.css")) < 60_000


@pytest.mark.skipif(axe() is None, reason="axe-core is not installed (npm install axe-core, or set AXE to axe.min.js)")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(browser: Any, address: str, width: int, scheme: str) -> None:
    question = f"{axe()}; axe.run({{ runOnly: {RULES} }}).then({WHAT_WAS_FOUND})"
    with opened(browser, width, color_scheme=scheme) as page:
        for kind, url in KINDS.items():
            page.goto(address + url)
            # the protocol's own evaluation is not under the page's policy
            session = page.context.new_cdp_session(page)
            answer = session.send("Runtime.evaluate", {"expression": question, "awaitPromise": True, "returnByValue": True})
            session.detach()
            assert json.loads(answer["result"]["value"]) == [], kind


def test_an_article_written_from_the_right_stands_from_the_right_and_its_title_in_a_list_from_the_left(browser: Any, address: str) -> None:
    with opened(browser) as page:
        page.goto(address + KINDS["arabic briefing"])
        text, margin = (page.locator(name).bounding_box() for name in (".text", ".margin"))
        assert margin["x"] < text["x"]
        page.goto(address + KINDS["edition"])
        title = page.locator(".item h2", has_text="محكمة").first
        assert title.evaluate("(one) => getComputedStyle(one).direction") == "rtl"
        left = title.evaluate(
            "(one) => { const r = document.createRange(); r.selectNodeContents(one); return r.getBoundingClientRect().x }"
        )
        assert abs(left - page.locator(".item").first.bounding_box()["x"]) < 2
