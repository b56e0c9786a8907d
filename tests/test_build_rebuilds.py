"""Which pages a change renders again: exactly those that show what has changed."""

from collections import Counter
from collections.abc import Iterable

import pytest

from tests.worlds import World, record_of, stamps, tree

EDITIONS = [
    # name, day, topics, people, story
    ("winter", "2024-12-30", "Energy", "Ann Lee", ""),
    ("call", "2025-03-18", "Energy", "Ann Lee", "Grid"),
    ("tariff", "2025-03-18", "Trade", "Bo Ek", ""),
    ("deal", "2025-03-19", "Energy, Trade", "Ann Lee", "Grid"),
    ("strike", "2025-04-02", "Labour", "Cy Mo", ""),
    ("vote", "2025-04-03", "Labour", "Cy Mo", ""),
]


@pytest.fixture
def desk(world: World) -> World:
    """A built site with six briefings, of which no two neighbours share more than a topic."""
    for name, day, topics, people, story in EDITIONS:
        keys = {"summary": f"What happened in {name}.", "topics": f"[{topics}]", "people": f"[{people}]", "story": story}
        world.briefing(name, f"The {name}", day, f"Words of {name}.", **keys)
    world.build()
    return world


def rebuilt(world: World) -> set[str]:
    """The URLs of the pages that a build renders."""
    return {path.removesuffix("index.html") for path, _ in world.build().rebuilt}


def feeds(urls: Iterable[str]) -> set[str]:
    return {f"{url}{name}" for url in urls for name in ("feed.xml", "feed.json")}


def numbers(urls: Iterable[str]) -> set[str]:
    return {f"{url}in-the-news.{form}" for url in urls for form in ("csv", "json")}


DEAL = "content/briefings/deal.md"
FEEDS_OF_DEAL = feeds(["", "topics/energy/", "topics/trade/", "people/ann-lee/", "stories/grid/"])
SHOW_THE_CARD_OF_DEAL = FEEDS_OF_DEAL | {
    "2025/03/19/deal/",
    "2025/04/02/strike/",  # its neighbour: "older"
    "2025/03/18/tariff/",  # its other neighbour: "newer"
    "2025/03/18/call/",  # its story
    "",
    "2025/03/19/",
    "2025/03/",
    "topics/energy/",
    "topics/trade/",
    "people/ann-lee/",
    "stories/grid/",
    "search/2025.json",
}


def test_an_edited_body_renders_its_page_and_the_feeds_that_carry_it(desk: World) -> None:
    desk.edit(DEAL, "Words of deal.", "Other words.")
    assert rebuilt(desk) == {"2025/03/19/deal/", *FEEDS_OF_DEAL}


def test_an_edited_title_renders_the_pages_that_show_its_card(desk: World) -> None:
    desk.edit(DEAL, "title: The deal", "title: The bargain")
    assert rebuilt(desk) == SHOW_THE_CARD_OF_DEAL


def test_another_topic_renders_the_card_the_topic_it_left_and_the_topic_that_it_came_to(desk: World) -> None:
    desk.edit(DEAL, "[Energy, Trade]", "[Energy, Labour]")
    came_to = {"topics/labour/", *feeds(["topics/labour/"])}
    lists = {"topics/", *numbers(["topics/"])}
    # the strike has an earlier briefing of its topic now, and so has the vote
    related = {"2025/04/03/vote/"}
    assert rebuilt(desk) == SHOW_THE_CARD_OF_DEAL | came_to | lists | related


def test_another_person_renders_the_card_the_person_who_left_and_the_person_who_came(desk: World) -> None:
    desk.edit(DEAL, "[Ann Lee]", "[Cy Mo]")
    assert rebuilt(desk) == SHOW_THE_CARD_OF_DEAL | {
        "people/cy-mo/",
        *feeds(["people/cy-mo/"]),
        "people/",
        *numbers(["people/"]),
        # the later briefings about him have another earlier one
        "2025/04/03/vote/",
    }


def test_another_quote_renders_its_page_its_feeds_its_speaker_and_its_topics(desk: World) -> None:
    desk.edit(DEAL, "story: Grid", "story: Grid\nquotes: [{text: We have it., speaker: Ann Lee}]")
    assert rebuilt(desk) == {"2025/03/19/deal/", "people/ann-lee/", "topics/energy/", "topics/trade/", *FEEDS_OF_DEAL}


def test_a_further_part_of_a_story_renders_its_other_parts(desk: World) -> None:
    desk.briefing("old", "The old", "2024-01-01", "Words.", story="Grid")
    assert rebuilt(desk) == {
        "2024/01/01/old/",
        "2024/12/30/winter/",  # its neighbour
        *("2025/03/18/call/", "2025/03/19/deal/"),  # now 2 and 3 of 3
        *("2024/01/01/", "2024/01/", "2024/", "2024/12/", "2024/12/30/", "dates/"),
        *("", "stories/", "stories/grid/", "sitemap.xml", "search/2024.json", *feeds(["stories/grid/", ""])),
    }


def test_an_added_briefing_renders_its_neighbour_its_dates_its_terms_and_the_home_page(desk: World) -> None:
    desk.briefing("peace", "The peace", "2025-04-05", "Words.", topics="[Energy]", people="[Bo Ek]")
    assert rebuilt(desk) == {
        "2025/04/05/peace/",
        "2025/04/05/",
        "2025/04/03/vote/",
        "2025/04/03/",
        "2025/04/",
        "2025/",
        "dates/",
        "",
        "topics/",
        "topics/energy/",
        "people/",
        "people/bo-ek/",
        "stories/",
        "sitemap.xml",
        "search/2025.json",
        *feeds(["", "topics/energy/", "people/bo-ek/"]),
        # the windows end with the newest briefing: all of them move on
        *numbers(["topics/", "people/", "stories/"]),
    }


def test_an_added_briefing_leaves_the_older_slices_of_its_topic_alone(world: World) -> None:
    world.edit("briefgen.yaml", "title: Desk\n", "title: Desk\npage_size: 2\n")
    for day in range(1, 8):
        world.briefing(f"b{day}", f"Day {day}", f"2025-03-0{day}", topics="[Energy]")
    world.build()
    before = {url: world.page(f"topics/energy/page/{url}/") for url in (1, 2)}
    world.briefing("b8", "Day 8", "2025-03-08", topics="[Energy]")
    # the first slice held three and holds two now, which makes a slice; the next older one links to it and shows what it showed
    assert {url for url in rebuilt(world) if url.startswith("topics/energy/page")} == {"topics/energy/page/3/", "topics/energy/page/2/"}
    assert world.page("topics/energy/page/1/") == before[1]
    assert [day in world.page("topics/energy/page/2/") for day in ("Day 3", "Day 4", "Day 5")] == [True, True, False]


def test_a_removed_briefing_is_gone_from_every_page(desk: World) -> None:
    (desk.root / DEAL).unlink()
    report = desk.build()
    assert [path for path in report.removed if "deal" in path] == ["2025/03/19/deal/index.html"]
    assert not any(b"The deal" in content or b"Words of deal" in content for content in tree(desk.public).values())


def test_a_record_renders_the_pages_that_show_its_text_only(desk: World) -> None:
    desk.put({"content/people/ann-lee.md": record_of("Ann Lee", "She speaks for the grid.")})
    assert rebuilt(desk) == {"people/ann-lee/"}


def test_nothing_is_rendered_and_no_file_is_touched_when_nothing_has_changed(desk: World) -> None:
    before = stamps(desk.public)
    report = desk.build()
    assert (report.rebuilt, report.changed, report.removed) == ((), (), ())
    assert {name: stamp for name, stamp in stamps(desk.public).items() if stamp != before[name]}.keys() <= {".", ".briefgen-manifest"}


def test_a_change_leaves_the_files_of_all_other_pages_untouched(desk: World) -> None:
    before = stamps(desk.public)
    desk.edit(DEAL, "Words of deal.", "Other words.")
    report = desk.build()
    touched = {name for name, stamp in stamps(desk.public).items() if stamp != before[name] and (desk.public / name).is_file()}
    assert touched - {".briefgen-manifest"} == set(report.changed)


def test_a_saved_file_with_the_same_words_renders_nothing(desk: World) -> None:
    path = desk.root / DEAL
    path.write_bytes(path.read_bytes())
    assert rebuilt(desk) == set()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"templates/base.html": '{% extends "theme:base.html" %}'}, "the theme changed"),
        ({"briefgen.yaml": "title: Another desk\nbase_url: https://desk.example/\n"}, "the configuration changed"),
    ],
)
def test_a_change_of_theme_or_configuration_renders_everything_and_says_why(desk: World, change: dict[str, str], reason: str) -> None:
    report = desk.put(change).build()
    assert Counter(why for _, why in report.rebuilt) == {reason: report.pages}


def test_the_reason_names_what_has_changed_on_the_page(desk: World) -> None:
    desk.edit(DEAL, "Words of deal.", "Other words.")
    assert ("2025/03/19/deal/index.html", "briefing changed") in desk.build().rebuilt
    ran = desk.put({"content/pages/about.md": "---\ntitle: About\n---\n"}).run("build", "--explain")
    assert "about/index.html: new" in ran.out.splitlines()
    ran = desk.briefing("later", "Something later", "2025-04-04").run("build", "--explain")
    assert "2025/04/03/vote/index.html: the newer page beside it changed" in ran.out.splitlines()
