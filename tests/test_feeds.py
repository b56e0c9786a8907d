"""Feeds hold to their formats whatever the text, under everything that can be followed, and know a briefing again."""

import json
import random
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from tests.test_build_escaping import PAYLOADS
from tests.worlds import CONFIG, World, record_of

ATOM = etree.RelaxNG(etree.parse(Path(__file__).parent / "schemas" / "atom.rng"))
INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)"


def faults(world: World) -> Iterator[str]:
    """What is wrong with the feeds of a site: by the schema of Atom, by feedparser, and by the rules of JSON Feed 1.1."""
    for path in sorted(world.public.rglob("feed.xml")):
        name, content = path.relative_to(world.public).as_posix(), path.read_bytes()
        if not ATOM.validate(etree.fromstring(content)):
            yield f"{name}: {ATOM.error_log.last_error}"
        read = feedparser.parse(content)
        if read.bozo or read.version != "atom10":
            yield f"{name}: {read.get('bozo_exception')}"
        identities = [entry.id for entry in read.entries]
        if len({*identities}) < len(identities) or not all(identity.startswith("tag:") for identity in identities):
            yield f"{name}: {identities}"
        links = [element.get("href") for element in etree.fromstring(content).iter("{*}link")]
        yield from (f"{name}: {link} is not a whole address" for link in links if not link.startswith("https://desk.example/"))
    for path in sorted(world.public.rglob("feed.json")):
        yield from (f"{path.relative_to(world.public)}: {fault}" for fault in _json_faults(json.loads(path.read_text())))


def _json_faults(feed: dict[str, object]) -> Iterator[str]:
    if (feed["version"], type(feed["title"])) != ("https://jsonfeed.org/version/1.1", str):
        yield "no version or title"
    for key in ("home_page_url", "feed_url"):
        if not str(feed[key]).startswith("https://desk.example/"):
            yield f"{key} {feed[key]}"
    items = feed["items"]
    assert isinstance(items, list)
    for item in items:
        if not (isinstance(item["id"], str) and item["id"].startswith("tag:") and isinstance(item["content_html"], str)):
            yield f"item {item['id']}"
        for key in ("date_published", "date_modified"):
            if not re.fullmatch(INSTANT, item[key]):
                yield f"{key} {item[key]}"
        if not item["url"].startswith("https://desk.example/") or ' href="#' in item["content_html"]:
            yield f"url {item['url']}"


def test_feeds_are_valid_whatever_the_text(world: World) -> None:
    pick = random.Random(4287)  # noqa: S311 – the same texts every time
    characters = [chr(code) for code in range(sys.maxunicode) if unicodedata.category(chr(code)) not in ("Cc", "Cs", "Cn", "Co")]
    texts = [*PAYLOADS.values(), *("".join(pick.choices(characters, k=40)) for _ in range(30))]
    for number, text in enumerate(texts):
        quoted, topic = (json.dumps(one, ensure_ascii=False) for one in (text, f"{number} {text}"))
        keys = {"summary": quoted, "topics": f"[{topic}]", "authors": f'["A", {quoted}]', "key_points": f"[{quoted}]"}
        keys["quotes"] = f"[{{text: {quoted}, speaker: Ann Lee}}]"
        world.briefing(f"b{number}", topic, body=f"{text}\n\n[x][1] <{text}>", **keys)
    report, problems = world.attempt()
    assert report is not None, problems
    assert [*faults(world)] == []
    assert len([*world.public.rglob("feed.xml")]) > len(texts)


def test_every_feed_names_itself_and_a_page_that_is_there(desk: World) -> None:
    for url in FOLLOWED:
        feed, told = feedparser.parse((desk.public / url / "feed.xml").read_bytes()).feed, json.loads(desk.page(f"{url}feed.json"))
        assert feed.link == told["home_page_url"]
        assert desk.page(feed.link.removeprefix("https://desk.example/"))
        assert {link.rel: link.href for link in feed.links}["self"] == f"https://desk.example/{url}feed.xml"
        assert told["feed_url"] == f"https://desk.example/{url}feed.json"


@pytest.fixture
def desk(world: World) -> World:
    """One briefing that everything can be followed of."""
    world.put({"briefgen.yaml": f"{CONFIG}timezone: Europe/Amsterdam\nfeeds: [{{name: Mine, topics: [Energy], people: [A. Lee]}}]\n"})
    world.put({"content/people/ann-lee.md": record_of("Ann Lee", aliases="[A. Lee]")})
    keys = {"topics": "[Energy]", "people": "[Ann Lee]", "story": "Grid", "sources": "[{name: Courier, agency: Reuters}]"}
    world.briefing("2025/03/18-call", "The call", "2025-03-18", "The [[Energy]] call.[^1]\n\n[^1]: A note.", **keys).build()
    return world


FOLLOWED = ("", "topics/energy/", "people/ann-lee/", "stories/grid/", "sources/courier/", "sources/reuters/", "feeds/mine/")


def test_everything_can_be_followed(desk: World) -> None:
    assert [*faults(desk)] == []
    assert '<a href="feeds/mine/feed.xml">Mine</a>' in desk.page("")
    for url in FOLLOWED:
        (item,) = json.loads(desk.page(f"{url}feed.json"))["items"]
        assert "call." in item["content_html"]
        (entry,) = feedparser.parse((desk.public / url / "feed.xml").read_bytes()).entries
        assert (entry.id, entry.title, entry.link) == (item["id"], "The call", "https://desk.example/2025/03/18/call/")
        if url not in ("", "feeds/mine/"):
            assert f'href="../../{url}feed.xml"' in desk.page(url), "the page names its feed"


def test_a_briefing_is_the_same_one_at_another_address(desk: World) -> None:
    def identity() -> tuple[str, str]:
        (item,) = json.loads(desk.page("feed.json"))["items"]
        return item["id"], item["url"]

    before = identity()
    desk.edit("content/briefings/2025/03/18-call.md", "title: The call", "title: Another\nslug: another")
    desk.edit("briefgen.yaml", "title: Desk", "title: Desk\npermalink: '{year}/{slug}/'")
    desk.build()
    assert identity() == (before[0], "https://desk.example/2025/another/")
    assert before[1] == "https://desk.example/2025/03/18/call/"


def test_the_time_of_a_change_comes_from_content_alone(desk: World) -> None:
    def times() -> tuple[str, str, str]:
        (entry,) = feedparser.parse((desk.public / "feed.xml").read_bytes()).entries
        return entry.published, entry.updated, feedparser.parse((desk.public / "feed.xml").read_bytes()).feed.updated

    day = "2025-03-18T00:00:00+01:00"
    assert times() == (day, day, day)
    desk.edit("content/briefings/2025/03/18-call.md", "The [[Energy]] call", "The long [[Energy]] call")
    desk.build()
    assert times() == (day, day, day), "an edit that says of itself that it matters is `updated` or a correction"
    desk.edit("content/briefings/2025/03/18-call.md", "story:", "corrections: [{date: 2025-04-01T09:30+02:00, text: It was long.}]\nstory:")
    desk.build()
    assert times() == (day, "2025-04-01T09:30:00+02:00", "2025-04-01T09:30:00+02:00")


def test_offsets_of_long_ago_are_written_in_minutes(desk: World) -> None:
    # until 1937 clocks in Amsterdam were 19 minutes and 32 seconds ahead
    desk.briefing("old", "Long ago", "1900-01-01T12:00").build()
    assert [*faults(desk)] == []
    assert "<published>1900-01-01T" in desk.page("feed.xml")
