"""What the pages of the default theme hold: every kind of page, hostile text in every context, feeds, data for machines."""

import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import feedparser
import pytest

from tests.gallery import GRID, PAYLOAD, gallery
from tests.worlds import World

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://desk.example/north/"


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the text of its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []
        self.data: list[str] = []
        self._in_script = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        self._in_script = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._in_script = self._in_script and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._in_script and data.strip():
            self.data.append(data)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = gallery(World(tmp_path_factory.mktemp("gallery")))
    world.build()
    return world


def html_pages(world: World) -> list[Path]:
    return sorted(world.public.rglob("*.html"))


def test_no_mark_of_the_machinery_reaches_a_file(site: World) -> None:
    for path in sorted(site.public.rglob("*")):
        if path.suffix in (".html", ".xml", ".json", ".txt"):
            assert not set(path.read_text()) & set("\x01\x02\x03"), path


def test_the_way_is_told_to_machines_in_the_words_of_the_page(site: World) -> None:
    for path in sorted(site.public.glob("2*/**/index.html")):
        page = path.read_text()
        told = [json.loads(data) for data in Elements(page).data]
        things = [thing for one in told for thing in one.get("@graph", [one])]
        for way in (thing for thing in things if thing["@type"] == "BreadcrumbList"):
            steps = [step["name"] for step in way["itemListElement"]][:-1]
            assert all(re.fullmatch(r"\d{4}|[A-Z][a-z]+|[0123]\d", step) for step in steps), (path, steps)
            assert 'class="eyebrow way"' not in page or all(f">{step}</a>" in page for step in steps), (path, steps)
            assert not [step for step in steps[1:2] if step.isdigit()], (path, steps)


def test_every_link_inside_the_site_leads_to_a_file(site: World) -> None:
    files = {path.relative_to(site.public).as_posix() for path in site.public.rglob("*") if path.is_file()}
    for path in html_pages(site):
        own = "/north/" + path.relative_to(site.public).as_posix()
        for tag, attributes in Elements(path.read_text()).found:
            address = attributes.get("href") or attributes.get("src") or ""
            target = urlsplit(urljoin(f"https://desk.example{own}", address))
            if target.netloc != "desk.example" or tag == "meta":
                continue
            assert target.path.startswith("/north/"), (own, address)
            name = unquote(target.path.removeprefix("/north/"))
            assert (f"{name}index.html" if not name or name.endswith("/") else name) in files, (own, address)


def test_the_output_works_under_any_address(site: World) -> None:
    for path in html_pages(site):
        if path.name != "404.html":
            for tag, attributes in Elements(path.read_text()).found:
                assert not attributes.get("href", "").startswith("/"), (path, tag)
    missing = Elements((site.public / "404.html").read_text())
    assert ("a", {"href": "/north/topics/"}) in missing.found


def test_nothing_that_a_strict_policy_forbids(site: World) -> None:
    for path in html_pages(site):
        for tag, attributes in Elements(path.read_text()).found:
            assert tag != "style", path
            assert tag != "script" or "src" in attributes or attributes.get("type") == "application/ld+json", path
            assert not any(name == "style" or name.startswith("on") for name in attributes), (path, tag, attributes)


def test_hostile_text_stays_text_in_every_context(site: World) -> None:
    for path in html_pages(site):
        elements = Elements(path.read_text())
        assert not [attributes for tag, attributes in elements.found if tag == "img" and attributes.get("src") == "x"], path
        assert "alert(1)" not in "".join(data for data in elements.data if not data.lstrip().startswith("{")), path
    page = Elements(site.page("2025/03/16/payload/"))
    titles = [attributes["content"] for tag, attributes in page.found if attributes.get("property") == "og:title"]
    assert titles == [PAYLOAD]
    (data,) = page.data
    assert not set(data) & set("<>&")
    headline = next(thing["headline"] for thing in json.loads(data)["@graph"] if thing["@type"] == "NewsArticle")
    assert headline == PAYLOAD


def test_links_with_a_scheme_that_runs_something_are_left_out(world: World) -> None:
    world.briefing(
        "2025/03/18-links",
        "Links",
        body="[x](java%0ascript:alert(1)) [y](//evil.example/) [z](javascript:alert(1)) [good](https://b.example/?a=1&b=2)",
    )
    world.build()
    addresses = [attributes["href"] for _, attributes in Elements(world.page("2025/03/18/links/")).found if "href" in attributes]
    assert not [address for address in addresses if re.match(r"\s*(javascript|data|vbscript):", address, re.IGNORECASE)]
    assert "https://b.example/?a=1&b=2" in addresses


def test_data_for_machines_say_who_what_and_whence(site: World) -> None:
    (data,) = Elements(site.page(GRID)).data
    article, way = json.loads(data)["@graph"]
    assert article["@type"] == "NewsArticle"
    assert article["url"] == BASE + GRID
    assert [thing["name"] for thing in article["about"]] == ["Energy", "Power grid"]
    assert article["mentions"][0] == {
        "@type": "Person",
        "name": "Maria Keller",
        "url": f"{BASE}people/maria-keller/",
        "sameAs": ["https://www.wikidata.org/wiki/Q1"],
        "jobTitle": "Minister for energy",
    }
    assert article["citation"][0]["url"] == "https://courier.example.org/grid?a=1&b=2"
    assert article["correction"][0]["text"] == "The loop is 22 km long."
    assert [step["position"] for step in way["itemListElement"]] == list(range(1, len(way["itemListElement"]) + 1))
    (data,) = Elements(site.page("people/maria-keller/")).data
    person = next(thing for thing in json.loads(data)["@graph"] if thing["@type"] == "Person")
    assert person["sameAs"] == ["https://www.wikidata.org/wiki/Q1"]


@pytest.mark.parametrize("base_url", ["https://desk.example/north/", ""])
def test_feeds_are_whole_with_and_without_a_base_url(world: World, base_url: str) -> None:
    gallery(world).edit("briefgen.yaml", f"base_url: {BASE}\n", f"base_url: {base_url}\n" if base_url else "")
    world.build()
    for path in sorted(world.public.rglob("feed.xml")):
        feed = ET.fromstring(path.read_bytes())  # noqa: S314 – our own output
        entries = feed.findall(f"{ATOM}entry")
        ids = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(set(ids)) == len(ids)
        for element in (feed, *entries):
            assert (element.findtext(f"{ATOM}id") or "").startswith("tag:")
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", element.findtext(f"{ATOM}updated") or "")
            links = [link.get("href", "") for link in element.findall(f"{ATOM}link")]
            assert links
            assert not base_url or all(link.startswith(base_url) for link in links)
        parsed = feedparser.parse(path.read_bytes())
        assert not parsed.bozo
    for path in sorted(world.public.rglob("feed.json")):
        items = json.loads(path.read_text())["items"]
        assert all(not base_url or item["url"].startswith(base_url) for item in items)


def test_a_feed_carries_the_full_text_once_escaped(site: World) -> None:
    feed = feedparser.parse((site.public / "feed.xml").read_bytes(), sanitize_html=False)
    entry = next(entry for entry in feed.entries if entry.title.startswith("Ministers"))
    body = entry.content[0].value
    assert "It goes to parliament" in body
    assert f'href="{BASE}2025/03/17/doubts/"' in body
    assert f'href="{BASE}{GRID}#' in body, "a footnote leads into the page"
    payload = next(entry for entry in feed.entries if "script" in entry.title)
    assert "&lt;script&gt;" in payload.content[0].value


def test_the_sitemap_and_robots_know_the_whole_addresses(site: World) -> None:
    addresses = re.findall(r"<loc>(.*?)</loc>", site.page("sitemap.xml"))
    assert BASE in addresses
    assert f"{BASE}{GRID}" in addresses
    assert all(address.startswith(BASE) for address in addresses)
    assert f"Sitemap: {BASE}sitemap.xml" in site.page("robots.txt")


def test_a_calendar_is_a_table_whose_days_say_what_they_hold(site: World) -> None:
    for url in ("2025/", "2025/03/", "dates/"):
        assert ("a", "18 March 2025, 4 briefings") in [
            (tag, attributes.get("aria-label")) for tag, attributes in Elements(site.page(url)).found
        ]


def test_what_is_uncertain_says_so(site: World) -> None:
    assert re.search(r'unsure" href="[^"]*">Astrid Lind</a> <em>unconfirmed</em>', site.page(GRID))


def test_a_briefing_stays_light(site: World) -> None:
    assert len(site.page(GRID).encode()) < 60_000


def test_titles_of_sections_are_the_themes_words(site: World) -> None:
    site_de = gallery(World(site.root.parent / "german"))
    site_de.edit("briefgen.yaml", "title:", "lang: de\ntitle:")
    site_de.build()
    assert "<title>Themen · " in site_de.page("topics/")
    assert ">Kalender</a>" in site_de.page("")


def test_a_source_that_nobody_named_is_not_counted_as_none(world: World) -> None:
    world.briefing("a", source="{title: A morning}").briefing("b", source="Wire").build()
    assert "independent" not in world.page("2025/03/18/a/")
    assert "1 independent source" in world.page("2025/03/18/b/")
