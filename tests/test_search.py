"""Search without an index service: one file a year, found by title, topic and person in any script, from the keyboard."""

import contextlib
import functools
import json
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from typing import Any

import pytest

from tests.browsing import RULES, WHAT_WAS_FOUND, Quiet, axe, opened
from tests.chromium import ARGUMENTS, CHROMIUM
from tests.worlds import World, record_of

playwright = pytest.importorskip("playwright.sync_api")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (set CHROMIUM to its path)")

HOSTILE = '<img src=x onerror=alert(1)> & "quotes" </script>'


def archive(world: World) -> World:
    """Two years, four scripts, one briefing without a day, one person with another name."""
    world.put({"content/people/zoe-brandt.md": record_of("Zoë Brandt", aliases="[Z. Brandt-Oyelaran]")})
    world.briefing(
        "2025/03/18-grid", "Ministers agree a grid bill", "2025-03-18", topics="[Énergie]", people="[Zoë Brandt]", source="Courier"
    )
    world.briefing("2025/03/17-naive", "A naïve café owner sues Łódź", "2025-03-17", topics="[Courts]", people="[Ann Lee]")
    world.briefing("2025/03/16-ja", "裁判所、河川データの公開を市に命じる", "2025-03-16", topics="[Courts]", people="[佐藤 健]")
    world.briefing("2024/11/02-zh", "部长宣布新的能源政策", "2024-11-02", topics="[Énergie]")
    world.briefing("2024/11/01-ar", "مَحْكَمة المدينة تأمر بنشر بيانات النهر", "2024-11-01", topics="[Courts]", people="[ليلى حداد]")
    world.briefing("2024/10/01-hostile", json.dumps(HOSTILE), "2024-10-01", topics="[Courts]")
    return world.briefing("undated/note", "A note about the grid", "")


def test_each_year_has_its_index_and_a_new_briefing_changes_that_of_its_year(world: World) -> None:
    archive(world).build()
    index = json.loads(world.page("search/2025.json"))
    assert index["briefings"][0] == ["Ministers agree a grid bill", "2025/03/18/grid/", "2025-03-18", [0], [0], [], [0]]
    assert index["terms"]["person"][0] == ["Zoë Brandt", "people/zoe-brandt/", "Z. Brandt-Oyelaran"]
    assert [row[0] for row in json.loads(world.page("search/undated.json"))["briefings"]] == ["A note about the grid"]
    assert "<img" not in world.page("search/2024.json")
    world.briefing("2025/03/19-new", "Another", "2025-03-19")
    changed = world.build().changed
    assert {path for path in changed if path.startswith("search/")} == {"search/2025.json"}


def test_what_is_hidden_is_not_found_and_search_can_be_left_out(world: World) -> None:
    archive(world).briefing("2025/03/20-draft", "Secret", "2025-03-20", draft="true").build()
    assert "Secret" not in world.page("search/2025.json")
    assert 'href="search/"' in world.page("")
    world.edit("briefgen.yaml", "title: Desk", "title: Desk\nsearch: none")
    world.build()
    assert not (world.public / "search").exists()
    assert "search" not in world.page("").replace("research", "")


def test_the_menu_may_name_search_where_there_is_one(world: World) -> None:
    world.put({"briefgen.yaml": "title: Desk\nbase_url: https://desk.example/\nnav: [search]\n"}).build()
    assert '<a href="search/">Search</a>' in world.page("")
    world.put({"briefgen.yaml": "title: Desk\nbase_url: https://desk.example/\nnav: [search]\nsearch: none\n"})
    assert world.found() == ["BG304"]


# -- in a browser -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    world = archive(World(tmp_path_factory.mktemp("search")).put({"briefgen.yaml": "title: Desk\nbase_url: https://desk.example/north/\n"}))
    world.build("served/north")
    with served(world.root / "served") as at:
        yield f"{at}north/"


@contextlib.contextmanager
def served(folder: object) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    context = browser.new_context()
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(address) else heard.append(request.url))
    yield page
    context.close()
    assert heard == []


def check_titles(page: Any, *titles: str) -> None:
    """The titles that are shown, as soon as they are."""
    playwright.expect(page.locator("#hits h2")).to_have_text(list(titles))


@pytest.mark.browser
@needs_chromium
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("GRID", ["Ministers agree a grid bill", "A note about the grid"]),
        ("grid minist", ["Ministers agree a grid bill"]),
        ("naive cafe", ["A naïve café owner sues Łódź"]),
        ("lodz", ["A naïve café owner sues Łódź"]),
        ("energie", ["Ministers agree a grid bill", "部长宣布新的能源政策"]),
        ("oyelaran", ["Ministers agree a grid bill"]),
        ("河川データ", ["裁判所、河川データの公開を市に命じる"]),
        ("佐藤", ["裁判所、河川データの公開を市に命じる"]),
        ("能源", ["部长宣布新的能源政策"]),
        ("محكمه", ["مَحْكَمة المدينة تأمر بنشر بيانات النهر"]),
        ("ليلي", ["مَحْكَمة المدينة تأمر بنشر بيانات النهر"]),
        ("onerror", [HOSTILE]),
        ("nothing at all", []),
    ],
)
def test_every_script_is_found_with_or_without_accents(page: Any, address: str, asked: str, found: list[str]) -> None:
    page.goto(f"{address}search/")
    page.keyboard.type(asked)
    check_titles(page, *found)
    said = {0: "Nothing was found. Try fewer or shorter words.", 1: "1 briefing"}.get(len(found), f"{len(found)} briefings")
    playwright.expect(page.get_by_role("status")).to_have_text(said)


@pytest.mark.browser
@needs_chromium
def test_a_reader_searches_with_the_keyboard_alone_and_the_address_keeps_it(page: Any, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Search").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/")
    assert page.evaluate("document.activeElement.id") == "q", "who comes to search can type at once"
    page.keyboard.type("energie")
    page.keyboard.press("Enter")
    playwright.expect(page.get_by_role("status")).to_have_text("2 briefings")
    assert page.locator("#terms a").all_inner_texts() == ["Énergie"]
    page.get_by_role("checkbox", name="2024").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**year=2024**")
    check_titles(page, "部长宣布新的能源政策")
    assert page.evaluate("document.activeElement.value") == "2024", "the focus stays where it was"
    page.get_by_role("combobox").select_option("oldest")
    page.reload()
    check_titles(page, "部长宣布新的能源政策")
    assert page.get_by_role("combobox").input_value() == "oldest"
    page.locator("#hits a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/2024/11/02/zh/")
    page.go_back()
    check_titles(page, "部长宣布新的能源政策")


@pytest.mark.browser
@needs_chromium
def test_without_scripts_the_page_leads_to_the_lists(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}search/")
    assert page.locator("#search").is_hidden()
    assert page.locator("noscript p").is_visible()
    page.get_by_role("main").get_by_role("link", name="Topics").click()
    page.wait_for_url("**/topics/")
    context.close()


@pytest.mark.browser
@needs_chromium
@pytest.mark.skipif(axe() is None, reason="axe-core is not installed (npm install axe-core, or set AXE to axe.min.js)")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_results_and_they_fit(browser: Any, address: str, width: int, scheme: str) -> None:
    with opened(browser, width, color_scheme=scheme) as page:
        page.goto(f"{address}search/?q=e&topic=Courts")
        playwright.expect(page.get_by_role("status")).to_have_text("2 briefings")
        page.locator(".margin summary").evaluate("one => { one.parentNode.open = true }")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        question = f"{axe()}; axe.run({{ runOnly: {RULES} }}).then({WHAT_WAS_FOUND})"
        session = page.context.new_cdp_session(page)
        answer = session.send("Runtime.evaluate", {"expression": question, "awaitPromise": True, "returnByValue": True})
        session.detach()
        assert json.loads(answer["result"]["value"]) == []
