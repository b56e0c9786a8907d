"""What somebody sees who writes beside a browser: a real one looks at a real preview."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.chromium import ARGUMENTS, CHROMIUM
from tests.serve.harness import Serving, serving
from tests.worlds import World, text_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Route
playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")]

NAME = "content/briefings/call.md"
URL = "/2025/03/18/call/"
LONG = "".join(f"Paragraph {number} of the call.\n\n" for number in range(200))
STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'"


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def tab(browser: "Browser") -> Iterator["Page"]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def preview(world: World) -> Iterator[Serving]:
    world.put({"briefgen.yaml": "title: Desk\nstylesheets: [own.css]\n", "static/own.css": "h1 { color: rgb(1, 2, 3) }"})
    world.briefing("call", "The call", body=LONG).briefing("other", "Another", "2025-03-19")
    with serving(world) as served:
        yield served


def visit(tab: "Page", preview: Serving, url: str) -> None:
    """Open a page, leave a mark that a reload takes away, and wait until the page follows its source."""
    tab.goto(preview.url.rstrip("/") + url)
    tab.evaluate("document.mark = true")
    until(tab, "performance.getEntriesByName(location.origin + '/-/events').length || navigator.locks.query().then(q => q.held.length)")


def until(tab: "Page", expression: str) -> None:
    """Wait until an expression holds. Playwright's own waiting evaluates text in the page, which the page's policy forbids."""
    for _ in range(300):
        if tab.evaluate(expression):
            return
        tab.wait_for_timeout(50)
    raise AssertionError(f"it never came to be: {expression}")


def stays(tab: "Page") -> bool:
    marked: bool = tab.evaluate("document.mark === true")
    return marked


def layer(tab: "Page", name: str) -> "Locator":
    return tab.locator(f"briefgen-preview .{name}")


def test_a_saved_page_is_shown_where_the_reader_was(tab: "Page", preview: Serving, world: World) -> None:
    world.put({"content/pages/long.md": text_of("Long", "", f"{LONG}")})
    world.put({"templates/page.html": "<html><head></head><body><details><summary>More</summary>x</details>{{ text|html }}</body></html>"})
    preview.shows("/long/", "<details>")
    visit(tab, preview, "/long/")
    tab.locator("summary").click()
    tab.evaluate("scrollTo(0, 1500)")
    world.edit("content/pages/long.md", "Paragraph 150 of", "Another paragraph of")
    tab.get_by_text("Another paragraph of the call.").wait_for(state="attached")
    until(tab, "scrollY === 1500")
    assert tab.evaluate("document.querySelector('details').open")
    assert not stays(tab)


def test_a_page_that_did_not_change_stays(tab: "Page", preview: Serving, world: World) -> None:
    visit(tab, preview, "/2025/03/19/other/")
    world.edit(NAME, "Paragraph 1 of", "Another paragraph of")
    preview.shows(URL, "Another paragraph of")
    world.put({"content/pages/about.md": text_of("About", "")})
    preview.shows("/about/", "About")
    tab.wait_for_timeout(300)
    assert stays(tab)


def test_a_stylesheet_is_swapped_without_a_reload(tab: "Page", preview: Serving, world: World) -> None:
    visit(tab, preview, URL)
    tab.wait_for_timeout(300)
    for colour in ("rgb(4, 5, 6)", "rgb(7, 8, 9)"):
        world.put({"static/own.css": f"h1 {{ color: {colour} }}"})
        until(tab, f"getComputedStyle(document.querySelector('h1')).color === '{colour}'")
    assert stays(tab)


def test_the_stylesheet_of_a_theme_is_swapped_without_a_reload(tab: "Page", preview: Serving, world: World) -> None:
    world.put({"themes/desk/theme.yaml": "name: desk\n", "themes/desk/static/site.css": "h1 { color: rgb(1, 1, 1) }"})
    world.put({"briefgen.yaml": "title: Desk\ntheme: desk\n"})
    preview.shows("/", "Desk")
    preview.wait_until(lambda: "own.css" not in preview.get(URL).text, "the new configuration")
    visit(tab, preview, URL)
    for colour in ("rgb(4, 5, 6)", "rgb(7, 8, 9)"):
        world.put({"themes/desk/static/site.css": f"h1 {{ color: {colour} }}"})
        until(tab, f"getComputedStyle(document.querySelector('h1')).color === '{colour}'")
    assert stays(tab)


def test_an_error_is_laid_over_the_page_and_goes_when_it_is_mended(tab: "Page", preview: Serving, world: World) -> None:
    visit(tab, preview, URL)
    world.put({NAME: "---\ntitle: <img src=x onerror=document.body.remove()>\ntitle: twice\n---\n\nWords.\n"})
    layer(tab, "overlay").get_by_text(f"{NAME}:3:1").wait_for()
    assert layer(tab, "overlay").locator("img").count() == 0
    assert stays(tab)
    world.put({NAME: text_of("The call", body=LONG)})
    layer(tab, "overlay").wait_for(state="detached")
    assert stays(tab)


def test_an_overlay_can_be_hidden_and_the_next_one_is_shown(tab: "Page", preview: Serving, world: World) -> None:
    visit(tab, preview, URL)
    world.put({NAME: "no front matter"})
    layer(tab, "overlay").get_by_role("button").click()
    layer(tab, "overlay").wait_for(state="detached")
    world.put({NAME: "---\nno end"})
    layer(tab, "overlay").get_by_text("the front matter has no end").wait_for()


def test_escape_hides_an_overlay(tab: "Page", preview: Serving, world: World) -> None:
    visit(tab, preview, URL)
    world.put({NAME: "no front matter"})
    layer(tab, "overlay").get_by_role("heading", name="1 error").wait_for()
    tab.keyboard.press("Escape")
    layer(tab, "overlay").wait_for(state="detached")


def test_a_site_that_starts_broken_appears_by_itself(tab: "Page", world: World) -> None:
    world.put({NAME: "no front matter"})
    with serving(world) as preview:
        visit(tab, preview, URL)
        tab.get_by_text(f"{NAME}:1:1").wait_for()
        world.put({NAME: text_of("The call")})
        tab.get_by_role("heading", name="The call").wait_for()


def test_a_page_that_is_not_there_yet_appears_by_itself(tab: "Page", preview: Serving, world: World) -> None:
    visit(tab, preview, "/2025/04/01/vote/")
    world.briefing("vote", "The vote", "2025-04-01")
    tab.get_by_role("heading", name="The vote").wait_for()


def test_a_page_whose_template_fails_is_mended_by_itself(tab: "Page", preview: Serving, world: World) -> None:
    world.put({"templates/briefing.html": "{% if head.title == 'The call' %}{{ nothing }}{% endif %}<p>Other look</p>"})
    preview.shows("/2025/03/19/other/", "Other look")
    visit(tab, preview, URL)
    tab.get_by_text("nothing is not defined").wait_for()
    world.put({"templates/briefing.html": "<html><head></head><body><p>Fine again</p></body></html>"})
    tab.get_by_text("Fine again").wait_for()


def test_a_banner_names_the_draft_and_can_be_folded(tab: "Page", preview: Serving, world: World) -> None:
    world.briefing("idea", "An idea", draft="true", review="[{field: date, reason: guessed}]")
    preview.shows("/2025/03/18/idea/", "An idea")
    visit(tab, preview, "/2025/03/18/idea/")
    banner = layer(tab, "banner")
    banner.get_by_text("Draft · 1 open review note").wait_for()
    assert banner.locator("code").inner_text() == "content/briefings/idea.md"
    banner.get_by_role("button").click()
    assert not banner.locator("code").is_visible()
    visit(tab, preview, "/2025/03/18/idea/")
    banner.get_by_role("button", name="Show").wait_for()
    assert not banner.locator("code").is_visible()
    visit(tab, preview, URL)
    assert banner.count() == 0


def test_the_browser_follows_what_is_saved_when_it_is_asked_to(tab: "Page", world: World) -> None:
    world.briefing("call", "The call").briefing("other", "Another", "2025-03-19")
    with serving(world, "--follow") as preview:
        visit(tab, preview, "/")
        tab.wait_for_timeout(300)
        world.edit(NAME, "Words.", "Other words.")
        tab.wait_for_url(f"**{URL}")
        world.briefing("new", "Something new", "2025-04-01")
        tab.wait_for_url("**/2025/04/01/new/")


def test_eight_tabs_keep_up_and_leave_room_for_requests(browser: "Browser", preview: Serving, world: World) -> None:
    context = browser.new_context()
    tabs = [context.new_page() for _ in range(8)]
    for tab in tabs:
        visit(tab, preview, URL)
    for number in range(2):
        world.put({NAME: text_of("The call", body=f"Version {number} of the call.")})
        for tab in tabs:
            tab.get_by_text(f"Version {number} of the call.").wait_for()
    tabs[0].close()
    world.put({NAME: text_of("The call", body="Version 9 of the call.")})
    for tab in tabs[1:]:
        tab.get_by_text("Version 9 of the call.").wait_for()
    context.close()


def test_the_preview_works_under_the_strictest_policy(tab: "Page", preview: Serving, world: World) -> None:
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.route("**/*", strictly)
    world.briefing("idea", "An idea", draft="true")
    preview.shows("/2025/03/18/idea/", "An idea")
    visit(tab, preview, "/2025/03/18/idea/")
    layer(tab, "banner").wait_for()
    world.put({NAME: "no front matter"})
    layer(tab, "overlay").get_by_text(f"{NAME}:1:1").wait_for()
    assert said == []


def strictly(route: "Route") -> None:
    if route.request.resource_type != "document":
        route.continue_()
        return
    answer = route.fetch()
    route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": STRICT})


def test_a_preview_that_is_started_again_is_picked_up(tab: "Page", world: World) -> None:
    world.briefing("call", "The call")
    with serving(world) as preview:
        port = preview.port
        visit(tab, preview, URL)
        preview.interrupt()
    world.edit(NAME, "Words.", "Other words.")
    with serving(world, port=port):
        tab.get_by_text("Other words.").wait_for()
