"""Full-text search: Pagefind's index comes under the manifest, is the same every time, and finds every script in a browser."""

import contextlib
import functools
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from briefgen.config import Config
from briefgen.site import fulltext
from briefgen.site.policy import widest_policy_of
from tests.browsing import POLICY, Quiet, opened
from tests.chromium import ARGUMENTS, CHROMIUM
from tests.test_search import HOSTILE, archive, check_titles
from tests.worlds import World, tree

pytest.importorskip("pagefind_bin", reason="Pagefind is not installed (pip install 'briefgen[search]')")

CONFIG = "title: Desk\nbase_url: https://desk.example/north/\nsearch: full\n"


def full(world: World) -> World:
    """The archive with words that only its texts have."""
    archive(world).put({"briefgen.yaml": CONFIG})
    world.briefing("2025/03/15-words", "Of many words", "2025-03-15", "The Überlandleitung is *late*. 発電所は遅れている。电网工程推迟。")
    return world.briefing(
        "2025/03/14-told", "Of one told", "2025-03-14", f"Then: {HOSTILE}", quotes="[{text: Nine winters., speaker: Ann Lee}]"
    )


def test_the_index_is_published_under_the_manifest_and_made_again_when_a_briefing_differs(world: World) -> None:
    first = full(world).build()
    bundle = {path for path in first.changed if path.startswith("search/pagefind/")}
    assert {"search/pagefind/pagefind.js", "search/pagefind/pagefind-entry.json"} < bundle
    assert not any("ui" in path or "worker" in path for path in bundle), "briefgen has a page of its own"
    assert all(f"  {path}\n" in world.page(".briefgen-manifest") for path in bundle)
    assert first.indexed > 0
    world.put({"templates/page.html": "another", "static/a.css": "a {}"})
    second = world.build()
    assert second.indexed == 0, "another theme changes no word"
    world.edit("content/briefings/2025/03/15-words.md", "late", "later")
    third = world.build()
    assert third.indexed > 0
    fragments = [path for path in (*third.changed, *third.removed) if "/fragment/" in path]
    assert len(fragments) == 2, "one text goes, one comes"
    world.edit("briefgen.yaml", "search: full", "search: titles")
    assert {path for path in world.build().removed if "/fragment/" not in path} >= {"search/pagefind/pagefind.js"}
    assert not (world.public / "search/pagefind").exists()


def test_the_same_briefings_make_the_same_bytes(world: World, tmp_path: Path) -> None:
    full(world).build()
    again = full(World(tmp_path / "again"))
    again.build()
    assert tree(world.public) == tree(again.public)
    world.run("clean")
    world.build()
    assert tree(world.public) == tree(again.public)


def test_a_lost_or_damaged_index_is_made_anew(world: World) -> None:
    full(world).build()
    before = tree(world.public)
    for damage in ("files.json", "index/pagefind.js"):
        (world.root / ".briefgen/search" / damage).unlink()
        (world.public / "search/pagefind/pagefind.js").unlink()
        world.build()
        assert tree(world.public) == before, damage


def test_the_report_has_a_line_for_it(world: World) -> None:
    ran = full(world).run("build")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("Indexed the full text for search in ")
    assert "Indexed" not in world.run("build").out


def test_without_pagefind_one_sentence_says_what_to_install(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fulltext, "_PACKAGE", "no_such_package")
    report, problems = full(world).attempt()
    assert report is None
    assert [(problem.code, problem.help) for problem in problems if problem.severity == "error"] == [
        ("BG607", "install it with: pip install 'briefgen[search]'")
    ]


def test_a_file_of_the_site_in_its_place_is_an_error(world: World) -> None:
    full(world).put({"static/search/pagefind/pagefind.js": "mine"})
    report, problems = world.attempt()
    assert report is None
    assert [problem.place.path for problem in problems if problem.code == "BG202"] == ["static/search/pagefind/pagefind.js"]


# -- in a browser -------------------------------------------------------------------------------------------------


class LikeAHost(Quiet):
    """Sends for every address what `_headers` says; each page narrows it."""

    def send_header(self, keyword: str, value: str) -> None:
        super().send_header(keyword, widest_policy_of(Config(search="full")) if value == POLICY else value)


@contextlib.contextmanager
def served(folder: Path, handler: type[Quiet]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/north/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    world = full(World(tmp_path_factory.mktemp("fulltext")))
    world.build("served/north")
    return world.root / "served"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (set CHROMIUM to its path)")
def test_a_browser_finds_words_of_the_text_in_every_script_below_a_sub_path(browser: Any, site: Path) -> None:
    asked = {
        "uberlandleitung": ["Of many words"],
        "Überland": ["Of many words"],
        "発電所": ["Of many words"],
        "电网工程": ["Of many words"],
        "川河": [],
        "河川データ": ["裁判所、河川データの公開を市に命じる"],
        "المدينة": ["مَحْكَمة المدينة تأمر بنشر بيانات النهر"],
        "nine winters": ["Of one told"],
        "naive cafe": ["A naïve café owner sues Łódź"],
    }
    with served(site, LikeAHost) as address, opened(browser) as page:
        heard: list[str] = []
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(address) else heard.append(request.url))
        for words, titles in asked.items():
            page.goto(f"{address}search/?q={words}")
            check_titles(page, *titles)
        page.goto(f"{address}search/?q=onerror&sort=oldest")
        check_titles(page, HOSTILE, "Of one told")
        assert HOSTILE[:20] in page.locator("#hits .why").last.inner_text(), "an excerpt is text"
        page.locator("#hits a").last.click()
        page.wait_for_url("**/north/2025/03/14/told/")
        page.goto(f"{address}search/?topic=Courts&sort=newest")
        check_titles(
            page, "A naïve café owner sues Łódź", "裁判所、河川データの公開を市に命じる", "مَحْكَمة المدينة تأمر بنشر بيانات النهر", HOSTILE
        )
        assert page.locator("#facets legend").all_text_contents() == ["Topics", "People", "Years"]
        page.get_by_role("checkbox", name="2024").check()
        check_titles(page, "مَحْكَمة المدينة تأمر بنشر بيانات النهر", HOSTILE)
        assert heard == []


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (set CHROMIUM to its path)")
def test_where_a_policy_forbids_it_titles_are_searched(browser: Any, site: Path) -> None:
    with served(site, Quiet) as address, opened(browser) as page:
        page.goto(f"{address}search/?q=grid minist")
        check_titles(page, "Ministers agree a grid bill")


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (set CHROMIUM to its path)")
@pytest.mark.parametrize(("url", "runs"), [("search/", True), ("", False), ("2025/03/15/words/", False), ("404.html", False)])
def test_a_browser_runs_webassembly_on_the_page_to_search_on_alone(browser: Any, site: Path, url: str, *, runs: bool) -> None:
    with served(site, LikeAHost) as address, opened(browser) as page:
        page.goto(f"{address}{url}")
        started = page.evaluate("try { new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])); true } catch { false }")
        assert started == runs
