"""What every page says to machines: its address, what it is, who and what it is about, and the way that leads to it."""

import json
import re
from typing import Any

import pytest

from tests.worlds import World, record_of

SITE = "https://desk.example/"


@pytest.fixture(params=["dossier", "plain"])
def desk(request: pytest.FixtureRequest, world: World) -> World:
    """A site with a page of every kind."""
    world.put(
        {
            "briefgen.yaml": f"title: Desk\nbase_url: {SITE}\npublisher: Desk Press\ntheme: {request.param}\n",
            "content/pages/about.md": "---\ntitle: About\n---\nWho we are.\n",
            "content/people/ann-lee.md": record_of(
                "Ann Lee",
                aliases="[A. Lee]",
                same_as="['https://www.wikidata.org/wiki/Q1']",
                roles="[{title: Mayor}]",
                summary="Mayor of Selby.",
            ),
            "content/topics/wind.md": record_of("Wind", parent="Energy"),
            "content/sources/courier.md": record_of("Courier", same_as="['https://courier.example/']"),
            "content/briefings/map.svg": "<svg/>",
        }
    )
    world.briefing(
        "call",
        "The call",
        topics="[Wind]",
        people="[A. Lee]",
        story="Grid",
        summary="They spoke.",
        image="{src: map.svg, alt: A map}",
        sources="[{name: Courier, url: 'https://courier.example/1', title: Call, authors: [Ines Alva], published: '2025-03-18'}]",
        corrections="[{date: 2025-03-20, text: It was Tuesday.}]",
    )
    world.build()
    return world


def data(page: str) -> list[dict[str, Any]]:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    whole = json.loads(text)
    assert whole["@context"] == "https://schema.org"
    things: list[dict[str, Any]] = whole.get("@graph", [whole])
    return things


def test_every_page_says_its_address_its_title_and_what_it_is(desk: World) -> None:
    pages = [path for path in desk.public.rglob("*.html") if path.name != "404.html"]
    assert len(pages) > 15
    for path in pages:
        text = path.read_text()
        url = SITE + path.relative_to(desk.public).as_posix().removesuffix("index.html")
        assert f'<link rel="canonical" href="{url}">' in text, url
        said = dict(re.findall(r'<meta (?:name|property)="([\w:]+)" content="([^"]*)"', text))
        assert said["og:url"] == url
        assert all(said[name] for name in ("description", "og:title", "og:description", "og:site_name", "og:type")), url
    briefing = desk.page("2025/03/18/call/")
    assert f'<meta property="og:image" content="{SITE}2025/03/18/call/map.svg">' in briefing
    assert '<meta property="og:type" content="article">' in briefing
    assert '<meta property="og:description" content="They spoke.">' in briefing


def test_a_briefing_is_a_news_article_with_whom_and_what_it_names(desk: World) -> None:
    article, way = data(desk.page("2025/03/18/call/"))
    assert (article["@type"], article["headline"], article["datePublished"]) == ("NewsArticle", "The call", "2025-03-18")
    assert article["about"] == [{"@type": "Thing", "name": "Wind", "url": f"{SITE}topics/energy/wind/"}]
    person = {"@type": "Person", "name": "Ann Lee", "url": f"{SITE}people/ann-lee/", "sameAs": ["https://www.wikidata.org/wiki/Q1"]}
    assert article["mentions"] == [{**person, "jobTitle": "Mayor"}]
    (cited,) = article["citation"]
    assert (cited["url"], cited["headline"], cited["publisher"]["name"]) == ("https://courier.example/1", "Call", "Courier")
    assert article["correction"] == [{"@type": "CorrectionComment", "datePublished": "2025-03-20", "text": "It was Tuesday."}]
    assert [step["item"] for step in way["itemListElement"]] == [
        SITE + url for url in ("2025/", "2025/03/", "2025/03/18/", "2025/03/18/call/")
    ]


def test_an_article_says_when_it_was_published_and_changed(desk: World) -> None:
    desk.briefing("put-right", updated="2025-04-03", date="2025-04-01").briefing("undated", date="").build()
    page = desk.page("2025/04/01/put-right/")
    assert '<meta property="article:published_time" content="2025-04-01">' in page
    assert '<meta property="article:modified_time" content="2025-04-03">' in page
    assert "article:" not in desk.page("undated/undated/")


def test_a_cited_article_has_a_day_where_its_source_gives_one_and_no_other_text(desk: World) -> None:
    sources = "[{name: A, published: 2025-03-18T09:00Z}, {name: B, published: last Tuesday}]"
    desk.briefing("cited", sources=sources, date="2025-04-01").build()
    article, _ = data(desk.page("2025/04/01/cited/"))
    assert [cited.get("datePublished") for cited in article["citation"]] == ["2025-03-18", None]


def test_records_say_what_they_are_and_where_else(desk: World) -> None:
    person, way = data(desk.page("people/ann-lee/"))
    assert (person["@type"], person["name"], person["alternateName"]) == ("Person", "Ann Lee", ["A. Lee"])
    assert (person["sameAs"], person["jobTitle"]) == (["https://www.wikidata.org/wiki/Q1"], "Mayor")
    assert [step["name"] for step in way["itemListElement"]] == ["People", "Ann Lee"]
    publisher, _ = data(desk.page("sources/courier/"))
    assert (publisher["@type"], publisher["sameAs"]) == ("Organization", ["https://courier.example/"])
    topic, way = data(desk.page("topics/energy/wind/"))
    assert (topic["@type"], topic["name"]) == ("Thing", "Wind")
    assert [step["name"] for step in way["itemListElement"]] == ["Topics", "Energy", "Wind"]
