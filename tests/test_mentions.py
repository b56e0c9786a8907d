"""Who and what a briefing names: one table, and the pages, counts and numbers that are views of it."""

import csv
import io
import json
import re

import pytest

from tests.worlds import World, record_of

QUOTED = '[{text: "We go on.", speaker: A. Lee, source: The Wire}, {text: "No comment.", attributed_to: the ministry}]'


@pytest.fixture
def desk(world: World) -> World:
    """A person with another name and two roles, topics below each other, two publishers that have one agency."""
    world.put(
        {
            "content/people/ann-lee.md": record_of(
                "Ann Lee",
                aliases="[A. Lee]",
                roles="[{title: Mayor, to: 2025-03-31}, {title: Minister, org: Norland, from: 2025-04-01}]",
                same_as="['https://www.wikidata.org/wiki/Q1']",
            ),
            "content/topics/wind.md": record_of("Wind", parent="Energy"),
            "content/topics/energy.md": record_of("Energy"),
            "content/sources/reuters.md": record_of("Reuters", aliases="[RTRS]"),
        }
    )
    both = "[{name: Courier, agency: Reuters}, {name: Ledger, agency: RTRS}, {name: Gazette}]"
    world.briefing("call", "The call", "2025-03-18", topics="[Wind]", people="[Bo Ek, {name: A. Lee, weight: 2}]", sources=both)
    world.briefing("vote", "The vote", "2025-04-02", topics="[Energy, Trade]", quotes=QUOTED, story="Grid", source="Courier")
    return world


def test_every_name_of_a_briefing_is_a_row_of_the_table(desk: World) -> None:
    assert desk.run("list", "mentions").out.splitlines() == [
        "2025-04-02\tvote\ttopic\tabout\tEnergy\t0\tCourier",
        "2025-04-02\tvote\ttopic\tabout\tTrade\t0\tCourier",
        "2025-04-02\tvote\tperson\tquoted\tAnn Lee\t0\tThe Wire",
        "2025-04-02\tvote\tstory\tpart\tGrid\t0\tCourier",
        "2025-04-02\tvote\tsource\tpublisher\tCourier\t0\tCourier",
        "2025-03-18\tcall\ttopic\tabout\tWind\t0\t",
        "2025-03-18\tcall\tperson\tnamed\tAnn Lee\t2\t",
        "2025-03-18\tcall\tperson\tnamed\tBo Ek\t0\t",
        "2025-03-18\tcall\tsource\tpublisher\tCourier\t0\tCourier",
        "2025-03-18\tcall\tsource\tagency\tReuters\t0\tCourier",
        "2025-03-18\tcall\tsource\tpublisher\tLedger\t0\tLedger",
        "2025-03-18\tcall\tsource\tagency\tReuters\t0\tLedger",
        "2025-03-18\tcall\tsource\tpublisher\tGazette\t0\tGazette",
    ]


def test_what_a_build_files_a_briefing_under_are_the_rows_of_the_table(desk: World) -> None:
    site = desk.build().site
    assert site is not None
    for entry in site.library.entries:
        assert [row.record for row in site.library.mentions_in(entry)] == list(entry.terms)


def test_whoever_is_quoted_is_on_the_page_and_the_page_of_the_person_shows_the_briefing(desk: World) -> None:
    desk.build()
    assert 'href="../../../../people/ann-lee/"' in desk.page("2025/04/02/vote/")
    assert [title in desk.page("people/ann-lee/") for title in ("The call", "The vote")] == [True, True]


def test_the_role_is_the_one_of_the_day_of_the_briefing(desk: World) -> None:
    desk.build()
    assert "Mayor" in desk.page("2025/03/18/call/")
    assert "Minister, Norland" in desk.page("2025/04/02/vote/")
    assert "Minister" not in desk.page("2025/03/18/call/")


def test_roles_hold_from_their_days_in_whatever_order_a_record_has_them(world: World) -> None:
    roles = "[{title: Minister, from: 2025-02-01}, {title: Mayor, from: 2020-01-01}, {title: Clerk}]"
    world.put({"content/people/ann-lee.md": record_of("Ann Lee", roles=roles)})
    for name, date in (("new", "2025-03-18"), ("old", "2021-05-01"), ("first", "2015-05-01")):
        world.briefing(name, date=date, people="[Ann Lee]")
    world.build()
    for url, role in (("2025/03/18/new/", "Minister"), ("2021/05/01/old/", "Mayor"), ("2015/05/01/first/", "Clerk")):
        assert f"Ann Lee</a> <span>{role}</span>" in world.page(url)
    page = world.page("people/ann-lee/")
    assert '<p class="role" dir="auto">Minister</p>' in page
    assert page.index("</span> Minister") < page.index("</span> Mayor") < page.index("</span> Clerk")


def test_a_briefing_counts_an_agency_once_whoever_publishes_it(desk: World) -> None:
    desk.build()
    assert "2 independent sources" in desk.page("2025/03/18/call/")
    assert "1 independent source<" in desk.page("2025/04/02/vote/")


def test_an_alias_that_goes_to_another_record_takes_what_was_said_along(world: World) -> None:
    world.put({"content/people/ann.md": record_of("Ann Lee", aliases="[AL]"), "content/people/ek.md": record_of("Bo Ek")})
    world.put({"content/sources/wire.md": record_of("Wire", aliases="[W]"), "content/sources/post.md": record_of("Post")})
    sources = "[{name: Wire}, {name: Post}, {name: W, title: Third}]"
    world.briefing("call", people="[Ann Lee, Bo Ek]", quotes="[{text: So be it., speaker: AL}]", sources=sources).build()
    world.put({"content/people/ann.md": record_of("Ann Lee"), "content/people/ek.md": record_of("Bo Ek", aliases="[AL]")})
    world.put({"content/sources/wire.md": record_of("Wire"), "content/sources/post.md": record_of("Post", aliases="[W]")})
    world.build()
    page = world.page("2025/03/18/call/")
    assert '<figcaption><span><a class="person" href="../../../../people/ek/">Bo Ek</a>' in page
    assert page.count('<li><a href="../../../../sources/post/">Post</a>') == 2
    assert "So be it." in world.page("people/ek/")
    assert "So be it." not in world.page("people/ann/")


def test_a_publisher_and_an_agency_lead_to_their_pages_by_any_name(desk: World) -> None:
    desk.put({"content/sources/nord.md": record_of("Nordwire", aliases="[NW]")})
    desk.briefing("late", sources="[{name: The Post, agency: NW}, {agency: NW}]", date="2025-05-01").build()
    page = desk.page("2025/05/01/late/")
    assert '<li><a href="../../../../sources/the-post/">The Post</a>' in page
    assert '<span class="meta"><span><a href="../../../../sources/nordwire/">' not in page
    assert '<span class="meta"><span><a href="../../../../sources/nord/">Nordwire</a></span></span>' in page
    assert '<li><a href="../../../../sources/nord/">Nordwire</a>' in page


def test_people_stand_under_their_letters_in_order_whatever_the_accents(world: World) -> None:
    world.briefing("call", people="[Bo Zola, Å. Ångström, Ann Abel, Ida Bang, Øre]").build()
    page = world.page("people/").partition('class="letters"')[2]
    assert re.findall('<h2 id="letter-.">(.)</h2>', page) == ["A", "B", "Z", "Ø"]
    assert page.index("Ann Abel</a>") < page.index("Ångström</a>") < page.index("Ida Bang</a>")


def test_a_topic_counts_what_stands_below_it_and_keeps_no_company_with_it(desk: World) -> None:
    desk.build()
    assert " · ".join(sorted(row.casefold() for row in listed(desk, "topics"))) == "energy 2 · trade 1 · wind 1"
    energy = desk.page("topics/energy/")
    assert [title in energy for title in ("The call", "The vote")] == [True, True]
    company = energy[energy.index('id="topics"') : energy.index('id="people"')]
    assert [topic in company for topic in ("Trade", "Wind", "Energy")] == [True, False, False]


def listed(world: World, kind: str) -> list[str]:
    rows = [line.split("\t") for line in world.run("list", kind).out.splitlines()]
    return [f"{name} {count.split()[0]}" for name, count in rows]


def test_quotes_stand_with_their_speaker_their_topic_and_their_source(desk: World) -> None:
    desk.build()
    (figure,) = [part for part in desk.page("2025/04/02/vote/").split("<figure") if "We go on." in part]
    place = figure.split('id="')[1].split('"')[0]
    for url, up in (("people/ann-lee/", "../../"), ("topics/energy/", "../../"), ("topics/trade/", "../../")):
        assert f'href="{up}2025/04/02/vote/#{place}"' in desk.page(url), url
        assert "<cite>The Wire</cite>" in desk.page(url)
    # what nobody named said is on the topic, and on nobody's page
    assert ["No comment." in desk.page(url) for url in ("topics/energy/", "people/ann-lee/")] == [True, False]


def test_the_place_of_a_quote_stays_when_others_come_and_go(desk: World) -> None:
    desk.build()
    before = places(desk)
    desk.edit("content/briefings/vote.md", '[{text: "We go on."', '[{text: "First."}, {text: "We go on."')
    desk.edit("content/briefings/vote.md", "No comment.", "None at all.")
    desk.build()
    assert before["We go on."] == places(desk)["We go on."]
    assert len(set(places(desk).values())) == 3


def places(world: World) -> dict[str, str]:
    figures = world.page("2025/04/02/vote/").split('<figure id="')[1:]
    return {figure.split("<p>")[1].split("</p>")[0]: figure.split('"')[0] for figure in figures}


def test_more_quotes_than_a_page_holds_get_pages_of_their_own(world: World) -> None:
    world.edit("briefgen.yaml", "title: Desk\n", "title: Desk\npage_size: 3\n")
    for day in range(1, 8):
        said = ", ".join(f"{{text: Words {day} {number}, speaker: Ann Lee}}" for number in (1, 2))
        world.briefing(f"b{day}", f"Day {day}", f"2025-03-0{day}", topics="[Energy]", quotes=f"[{said}]")
    world.build()
    for term in ("people/ann-lee/", "topics/energy/"):
        assert [f"Words {day} 1" in world.page(term) for day in (1, 2, 7)] == [False, True, True]
        assert 'href="../../' + term + 'quotes/"' in world.page(term)
        whole = [*(f"Words {day} {number}" for day in range(7, 3, -1) for number in (1, 2))]
        assert [words for words in whole if words in world.page(f"{term}quotes/")] == whole
        assert "Words 3 1" in world.page(f"{term}quotes/page/1/")


def test_what_is_in_the_news_is_counted_to_the_newest_briefing_and_told_as_numbers(desk: World) -> None:
    desk.briefing("old", "Long ago", "2025-01-01", people="[Cy Mo]").build()
    told = json.loads(desk.page("people/in-the-news.json"))["windows"]
    assert [(one["days"], one["since"], one["until"], one["briefings"]) for one in told] == [
        (7, "2025-03-27", "2025-04-02", 1),
        (30, "2025-03-04", "2025-04-02", 2),
        (90, "2025-01-03", "2025-04-02", 2),
    ]
    assert [(term["name"], term["briefings"], term["share"]) for term in told[1]["terms"]] == [("Ann Lee", 2, 1), ("Bo Ek", 1, 0.5)]
    assert [week["briefings"] for week in told[1]["terms"][0]["weeks"]] == [0] * 10 + [1, 0, 1]
    assert told[0]["terms"][0]["url"] == "https://desk.example/people/ann-lee/"
    rows = list(csv.DictReader(io.StringIO(desk.page("people/in-the-news.csv"))))
    assert [(row["days"], row["place"], row["name"], row["share"]) for row in rows[:3]] == [
        ("7", "1", "Ann Lee", "1.0"),
        ("30", "1", "Ann Lee", "1.0"),
        ("30", "2", "Bo Ek", "0.5"),
    ]
    page = desk.page("people/")
    assert "2 · <span>100%</span>" in page
    assert "<title>Briefings a week that name Ann Lee, 2 Jan 2025 to 2 Apr 2025</title>" in page
    assert 'href="../people/in-the-news.csv"' in page


def test_numbers_lead_to_pages_also_where_the_site_does_not_know_its_address(world: World) -> None:
    world.put({"briefgen.yaml": "title: Desk\n"}).briefing("a", people="[Ann Lee]").build()
    (told, *_) = json.loads(world.page("people/in-the-news.json"))["windows"]
    (row, *_) = csv.DictReader(io.StringIO(world.page("people/in-the-news.csv")))
    assert (told["terms"][0]["url"], row["url"]) == ("../people/ann-lee/", "../people/ann-lee/")


@pytest.mark.parametrize("name", ['=HYPERLINK("https://x.example")', "+1", "-1", "@SUM(A1)", "  =1", "＝1"])
def test_no_name_is_a_formula_in_a_spreadsheet(world: World, name: str) -> None:
    quoted = name.replace('"', '\\"')
    world.briefing("a", people=f'["{quoted}"]').build()
    (row,) = [row for row in csv.DictReader(io.StringIO(world.page("people/in-the-news.csv"))) if row["days"] == "7"]
    assert row["name"] == f"'{name.strip()}"
