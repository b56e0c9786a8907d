"""Feeds of one's own: a query in the configuration is a feed of the briefings that have all of its names."""

import json

from tests.worlds import CONFIG, World, record_of

QUERIES = """\
feeds:
- name: Energy & Ann
  topics: [Energy]
  people: [A. Lee]
- name: Nobody
  people: [Who?]
"""


def test_a_query_is_a_feed_of_the_briefings_that_have_all_of_its_names(world: World) -> None:
    world.put({"briefgen.yaml": CONFIG + QUERIES, "content/people/ann-lee.md": record_of("Ann Lee", aliases="[A. Lee]")})
    world.put({"content/topics/wind.md": record_of("Wind", parent="Energy")})
    world.briefing("both", "Both", "2025-03-18", topics="[Energy]", people="[Ann Lee]")
    world.briefing("below", "Below", "2025-03-19", topics="[Wind]", people="[Ann Lee]")
    world.briefing("one", "One of them", "2025-03-20", topics="[Energy]")
    world.briefing("link", "Link", "2025-03-21", "The [feed](/feeds/energy-ann/feed.xml).")
    _, problems = world.attempt()
    assert [problem.code for problem in problems] == ["BG306"], "nobody is called Who?"
    assert titles(world, "energy-ann") == ["Below", "Both"]
    assert titles(world, "nobody") == []


def titles(world: World, name: str) -> list[str]:
    feed = json.loads((world.public / "feeds" / name / "feed.json").read_text())
    return [item["title"] for item in feed["items"]]
