"""What readers follow: corrections on one page and in feeds, one story as several sources tell it, what is new since the last visit."""

import re
from typing import Any

import feedparser
import pytest

from tests.browsing import launched, served
from tests.chromium import CHROMIUM
from tests.worlds import CONFIG, World


def test_corrections_are_gathered_newest_first_and_lead_to_their_briefings(world: World) -> None:
    world.build()
    assert "Nothing has been corrected." in world.page("corrections/")
    world.briefing("a", "One", "2024-01-05", corrections="[{date: 2024-01-06, text: It was 2 km.}, {date: 2025-02-01, text: It was 3 km.}]")
    world.briefing("b", "Two", "2025-03-18", corrections="[{date: 2025-03-20, text: '<b>Not</b> so.'}]")
    world.briefing("c", "Three", "2025-03-19").build()
    page = world.page("corrections/")
    assert re.findall(r'<time datetime="([^"]+)"', page) == ["2025-03-20", "2025-02-01", "2024-01-06"]
    assert re.findall(r"<h2[^>]*>(\d+)</h2>", page) == ["2025", "2024"]
    assert re.findall(r'href="../([^"]+)#corrections"', page) == ["2025/03/18/b/", "2024/01/05/a/", "2024/01/05/a/"]
    assert "&lt;b&gt;Not&lt;/b&gt; so." in page
    for url in ("2025/03/18/b/", ""):
        assert 'corrections/">' in world.page(url), "every page leads to it"
    assert 'id="corrections"' in world.page("2025/03/18/b/")
    world.edit("content/briefings/c.md", "Words.", "Other words.")
    assert "corrections/index.html" not in {path for path, _ in world.build().rebuilt}


def test_a_correction_is_news_to_a_feed_reader(world: World) -> None:
    world.briefing("a", "One", "2025-03-18").briefing("b", "Two", "2025-03-19").build()

    def updated() -> dict[str, str]:
        return {entry.title: entry.updated for entry in feedparser.parse((world.public / "feed.xml").read_bytes()).entries}

    before = updated()
    world.edit("content/briefings/a.md", "date:", "corrections: [{date: 2025-03-25, text: It was so.}]\ndate:")
    world.build()
    assert updated() == {**before, "One": "2025-03-25T00:00:00+00:00"}


def test_several_sources_of_one_story_stand_side_by_side(world: World) -> None:
    first = "{name: Courier, agency: Northwire, title: Cabinet backs lines, published: 2025-03-18, url: 'https://courier.example/a'}"
    second = "{name: Gazette, title: Who pays?, angle: Puts the cost to households first., published: 2025-03-19}"
    world.briefing("alone", "Alone", sources=f"[{first}]").briefing("bare", "Bare", sources="[{name: Courier}, {agency: Northwire}]")
    world.briefing("told", "Told", sources=f"[{first}, {second}]").build()
    assert 'class="told"' not in world.page("2025/03/18/alone/") + world.page("2025/03/18/bare/")
    told = world.page("2025/03/18/told/").partition('class="told"')[2].partition("</section>")[0]
    columns = [" ".join(re.sub(r"<[^>]*>", " ", column).split()) for column in told.split("<li>")[1:]]
    assert columns == [
        "Courier Cabinet backs lines from Northwire 18 Mar 2025",
        "Gazette Who pays? Puts the cost to households first. 19 Mar 2025",
    ]


# -- in a browser -------------------------------------------------------------------------------------------------


def marked(page: Any) -> list[str]:
    return [str(text) for text in page.locator("h2:has(.new), h3:has(.new)").all_inner_texts()]


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (set CHROMIUM to its path)")
def test_what_is_new_since_the_last_visit_is_marked_and_nothing_is_sent(world: World) -> None:
    world.put({"briefgen.yaml": CONFIG})
    world.briefing("2025/03/17-old", "Old", "2025-03-17", topics="[Energy]").briefing(
        "2025/03/18-first", "First", "2025-03-18", topics="[Energy]"
    )
    world.build("served/north")
    with launched() as browser, served(world.root / "served") as root:
        context, address = browser.new_context(), f"{root}north/"
        page = context.new_page()
        page.goto(address)
        assert marked(page) == [], "to who comes for the first time nothing is new"
        world.briefing("2025/03/19-second", "Second", "2025-03-19", topics="[Energy]").briefing("2025/03/18-late", "Late", "2025-03-18")
        world.briefing("2020/01/01-history", "History", "2020-01-01", topics="[Energy]")
        world.build("served/north")
        page.close()
        page = context.new_page()
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url) if request.method != "GET" or "?" in request.url else None)
        page.goto(address)
        assert marked(page) == ["NEW Second", "NEW Late"]
        page.get_by_role("link", name="2 new since your last visit").click()
        assert page.url.endswith("#new")
        page.goto(f"{address}topics/energy/")
        assert marked(page) == ["NEW Second"], "an old day that was filled later is no news"
        page.goto(address)
        assert len(marked(page)) == 2, "within a visit it stays so"
        page.close()
        page = context.new_page()
        page.goto(address)
        assert marked(page) == []
        assert (sent, context.cookies()) == ([], [])
