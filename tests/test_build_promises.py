"""What the site promises to whoever writes briefings: where a page stands, what it shows, and what is shown nowhere."""

import json
import re
import xml.etree.ElementTree as ET

import pytest

from tests.worlds import World, record_of, text_of, tree

SECRET = "Zanzibar"  # noqa: S105 – a word that stands nowhere else
HIDING = [{"draft": "true"}, {"publish": "2026-02-01"}, {"expires": "2025-12-31"}]


def everything(world: World) -> str:
    """All that the output says, paths included."""
    return "\n".join(name + "\n" + content.decode(errors="replace") for name, content in tree(world.public).items())


# -- what is hidden appears nowhere -------------------------------------------------------------------------------


@pytest.mark.parametrize("how", HIDING, ids=lambda how: next(iter(how)))
def test_nothing_of_a_hidden_briefing_is_anywhere_in_the_output(world: World, how: dict[str, str]) -> None:
    keys = {
        "summary": f"{SECRET} summary",
        "topics": f"[Energy, {SECRET} topic]",
        "people": f"[Ann Lee, {SECRET} person]",
        "story": f"{SECRET} story",
        "source": f"{SECRET} source",
        "aliases": f"[old/{SECRET.lower()}]",
        "quotes": f"[{{text: {SECRET} said, speaker: {SECRET} speaker}}]",
    }
    world.briefing("shown", "The call", topics="[Energy]", people="[Ann Lee]")
    world.briefing(f"{SECRET.lower()}", f"{SECRET} title", "2025-03-19", f"{SECRET} body, [[The call]]", **keys, **how)
    world.build()
    assert SECRET.lower() not in everything(world).lower()
    shown = everything(world)
    (world.root / f"content/briefings/{SECRET.lower()}.md").unlink()
    world.build()
    assert everything(world) == shown


@pytest.mark.parametrize("how", HIDING, ids=lambda how: next(iter(how)))
def test_a_link_to_a_hidden_briefing_is_told_and_shows_nothing_of_it(world: World, how: dict[str, str]) -> None:
    name = SECRET.lower()
    world.briefing(name, f"{SECRET} title", "2025-03-19", f"## {SECRET} heading", id="plan-b", aliases="[/old-plan/]", **how)
    links = [f"[it]({name}.md)", f"[it]({name}.md#s-x)", "[[plan-b|it]]", f"[it](/2025/03/19/{name}/)", "[it](/old-plan/)"]
    world.briefing("shown", "The call", body=", ".join([*links, f"![a map]({name}.md)"]))
    report, problems = world.attempt()
    assert report is not None
    assert [problem.code for problem in problems] == ["BG203"] * len(problems)
    assert len(problems) >= 5
    assert SECRET.lower() not in everything(world).lower()


def test_a_briefing_of_tomorrow_is_hidden_and_one_of_today_is_not(world: World) -> None:
    world.briefing("today", "Today", "2026-01-01").briefing("tomorrow", SECRET, "2026-01-02")
    world.build()
    assert SECRET not in everything(world)
    assert "Today" in world.page("2026/01/01/today/")
    assert world.run("build", "--future").code == 0
    assert SECRET in everything(world)


def test_the_day_begins_in_the_time_zone_of_the_site(world: World) -> None:
    world.put({"briefgen.yaml": "title: Desk\nbase_url: https://desk.example/\ntimezone: Pacific/Kiritimati\n"})
    world.briefing("tomorrow", SECRET, "2026-01-01T11:00").briefing("late", "Late", "2025-03-18T23:30Z")
    world.build()  # at midnight in Greenwich it is two in the afternoon there
    assert SECRET in everything(world)
    assert "Late" in world.page("2025/03/19/late/")


def test_drafts_are_shown_to_who_asks(world: World) -> None:
    world.briefing("a", SECRET, draft="true").put({"content/pages/b.md": f"---\ntitle: {SECRET} page\ndraft: true\n---\n"})
    world.build()
    assert SECRET not in everything(world)
    world.build(drafts=True)
    assert f"{SECRET} page" in world.page("b/")
    assert SECRET in world.page("2025/03/18/a/")


def test_hidden_briefings_are_listed_for_the_desk(world: World) -> None:
    world.briefing("a", draft="true").briefing("b", publish="2027-01-01").briefing("c", expires="2025-01-01").briefing("d")
    listed = {what: world.run("list", what).out.split() for what in ("drafts", "future", "expired")}
    assert {what: [path.rpartition("/")[2] for path in paths] for what, paths in listed.items()} == {
        "drafts": ["a.md"],
        "future": ["b.md"],
        "expired": ["c.md"],
    }


# -- where pages stand --------------------------------------------------------------------------------------------


def test_the_title_makes_no_address_so_that_a_better_title_breaks_no_link(world: World) -> None:
    world.briefing("2025/03/18-call", "The call").briefing("2025-03-19-deal", "The deal", "2025-03-19").briefing("x", slug="Own Slug")
    world.build()
    pages = {name for name in tree(world.public) if re.fullmatch(r"\d+/\d+/\d+/.+/index.html", name)}
    assert pages == {"2025/03/18/call/index.html", "2025/03/19/deal/index.html", "2025/03/18/own-slug/index.html"}


def test_the_pattern_of_addresses_is_the_configuration_s(world: World) -> None:
    world.put({"briefgen.yaml": "title: Desk\nbase_url: https://desk.example/\npermalink: news/{year}-{month}/{slug}/\n"})
    world.briefing("2025/03/18-call", "The call")
    world.build()
    assert "The call" in world.page("news/2025-03/call/")


def test_old_addresses_lead_to_the_present_one(world: World) -> None:
    world.briefing("call", aliases="[/2024/old/, old.html]")
    world.build()
    for old, way in (("2024/old/", "../../"), ("old.html", "")):
        assert f'url={way}2025/03/18/call/"' in world.page(old)
        assert '<link rel="canonical" href="https://desk.example/2025/03/18/call/">' in world.page(old)
    assert "old" not in world.page("sitemap.xml")


def test_a_briefing_without_a_date_stands_apart(world: World) -> None:
    world.briefing("note", SECRET, "", topics="[Energy]", people="[Ann Lee]").briefing("call", "The call", topics="[Energy]")
    report, problems = world.attempt()
    assert report is not None
    assert [problem.code for problem in problems] == ["BG111"]
    assert SECRET in world.page("undated/note/")
    assert SECRET in world.page("undated/")
    topic = world.page("topics/energy/")
    assert topic.index("The call") < topic.index(SECRET)
    assert SECRET in world.page("people/ann-lee/")
    for nowhere in ("feed.xml", "topics/energy/feed.xml", "2025/03/18/", ""):
        assert SECRET not in world.page(nowhere)


def test_slices_are_numbered_from_the_oldest_and_the_first_holds_the_newest(world: World) -> None:
    world.edit("briefgen.yaml", "title: Desk\n", "title: Desk\npage_size: 3\n")
    for day in range(1, 9):
        world.briefing(f"b{day}", f"Day {day}.", f"2025-03-0{day}", topics="[Energy]")
    world.build()
    held = {url: re.findall(r"Day (\d)\.", world.page(url).partition("<main")[2]) for url in ("topics/energy/", "topics/energy/page/1/")}
    assert {url: sorted(set(days), reverse=True) for url, days in held.items()} == {
        "topics/energy/": ["8", "7", "6", "5", "4"],
        "topics/energy/page/1/": ["3", "2", "1"],
    }


@pytest.mark.parametrize("base_url", ["https://desk.example/", "https://desk.example/deep/er/"])
def test_pages_do_not_depend_on_where_they_are_published(world: World, base_url: str) -> None:
    world.briefing("call", topics="[Energy]")
    world.build(base_url=base_url)
    for name, content in tree(world.public).items():
        if name.endswith(".html") and name != "404.html":
            assert not re.findall(rb'(?:href|src)="/', content), name
    assert base_url in world.page("sitemap.xml")
    assert ".nojekyll" in tree(world.public)


def test_without_an_address_there_is_one_warning_and_nothing_that_needs_it(world: World) -> None:
    world.put({"briefgen.yaml": "title: Desk\n"}).briefing("call")
    assert world.found() == ["BG303"]
    assert not (world.public / "sitemap.xml").exists()
    assert "canonical" not in world.page("2025/03/18/call/")


# -- names --------------------------------------------------------------------------------------------------------

HARD = {
    "C": "c", "C++": "c-plus-plus", "C#": "c-sharp", "2024": "2024", "null": "null", "no": "no", "~": "u7e", "1e3": "1e3", "12:30": "12-30",
    "0x1f": "0x1f", "true": "true", "1.10": "1-10", "Élan": "élan", "北京": "北京", "AT&T": "at-t", ".NET": "net", "Россия": "россия",
    "../etc": "etc", "con": "con-", "🚀": "u1f680", "a/b": "a-b", "{{ 7*191 }}": "7-191", "<b>": "b",
    "İstanbul": "i̇stanbul", "ﬁnance": "finance",
}  # fmt: skip


def test_hard_names_stay_what_was_typed_and_have_a_page_each(world: World) -> None:
    for number, name in enumerate(HARD):
        quoted = json.dumps(name, ensure_ascii=False) if re.search(r"[{}<>#~&:./]", name) else name
        world.briefing(f"b{number}", f"Title {number}", topics=f"[{quoted}]", people=f"[{quoted}]")
    report, problems = world.attempt()
    assert report is not None, problems
    assert problems == []
    for kind in ("topics", "people"):
        assert {path.name for path in (world.public / kind).iterdir() if path.is_dir()} == set(HARD.values())
        for name, slug in HARD.items():
            heading = re.search(r"<h1[^>]*>(.*?)</h1>", world.page(f"{kind}/{slug}/"), re.DOTALL)
            assert heading
            assert re.sub("<[^>]*>", "", heading[1]).strip() == name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_names_are_one_whatever_their_case_form_and_spaces(world: World) -> None:
    for number, name in enumerate(["Energy policy", "energy Policy", "Energy  policy", "ENERGY POLICY"]):
        world.briefing(f"b{number}", f"Title {number}", topics=f"[{name}]")
    world.briefing("c1", topics="[Caf\u00e9]").briefing("c2", topics="[Cafe\u0301]")
    assert world.found() == []
    assert {path.name for path in (world.public / "topics").iterdir() if path.is_dir()} == {"energy-policy", "caf\u00e9"}


def test_an_alias_and_an_id_lead_to_the_record(world: World) -> None:
    world.put({"content/people/zelensky.md": record_of("Volodymyr Zelenskyy", "President.", aliases="[Zelensky, Володимир Зеленський]")})
    for number, name in enumerate(["Zelensky", "zelensky", "Володимир Зеленський", "VOLODYMYR ZELENSKYY"]):
        world.briefing(f"b{number}", f"Title {number}", people=f"[{name}]")
    world.build()
    assert [path.name for path in (world.public / "people").iterdir() if path.is_dir()] == ["zelensky"]
    assert all(f"Title {number}" in world.page("people/zelensky/") for number in range(4))


def test_topics_make_a_tree(world: World) -> None:
    world.put({"content/topics/energy.md": record_of("Energy"), "content/topics/grid.md": record_of("Grid", parent="Energy")})
    world.briefing("a", topics="[Grid]")
    world.build()
    assert "Grid" in world.page("topics/energy/grid/")
    assert "Grid" in world.page("topics/energy/")


@pytest.mark.parametrize("title", ["no", "2024", "1e3", "null", "12:30:45", "~", "0x1f", "=", "1_000", ".5", "2025-03-18", "yes", "<<"])
def test_a_title_stays_what_was_typed(world: World, title: str) -> None:
    world.briefing("a", title)
    world.build()
    assert f"<title>{title.replace('<', '&lt;')} · Desk</title>" in world.page("2025/03/18/a/")


# -- feeds --------------------------------------------------------------------------------------------------------

ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_id_of_an_entry_survives_a_better_title_text_and_address(world: World) -> None:
    world.briefing("call")
    world.build()
    before = ids(world)
    world.briefing("call", "A better title", body="Better words.", slug="other", updated="2025-03-20")
    world.build()
    assert ids(world) == before
    assert ET.fromstring(world.page("feed.xml")).findtext(f"{ATOM}updated") == "2025-03-20T00:00:00+00:00"  # noqa: S314 – we wrote it


def ids(world: World) -> list[str | None]:
    feed = ET.fromstring(world.page("feed.xml"))  # noqa: S314 – we wrote it
    found = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert [entry["id"] for entry in json.loads(world.page("feed.json"))["items"]] == found
    return found


def test_feeds_hold_the_newest_whole_texts_with_whole_addresses(world: World) -> None:
    world.put({"content/briefings/map.svg": "<svg/>"})
    for number in range(25):
        world.briefing(
            f"b{number:02}", f"T{number}", f"2025-03-{number + 1:02}", f"Text {number} [[T0]] ![A map](map.svg)", topics="[Energy]"
        )
    world.build()
    for name in ("feed.xml", "topics/energy/feed.xml"):
        entries = ET.fromstring(world.page(name)).findall(f"{ATOM}entry")  # noqa: S314 – we wrote it
        assert [entry.findtext(f"{ATOM}title") for entry in entries] == [f"T{number}" for number in range(24, 4, -1)]
        content = entries[0].findtext(f"{ATOM}content") or ""
        assert "Text 24" in content
        assert all(address.startswith("https://desk.example/") for address in re.findall(r'(?:href|src)="([^"]*)"', content))


def test_images_beside_a_briefing_are_published_with_it(world: World) -> None:
    world.put({"content/briefings/2025/03/map.svg": "<svg/>", "content/briefings/2025/03/unused.svg": "<svg/>"})
    world.briefing("2025/03/18-call", body="![A map](map.svg)", image="{src: map.svg, alt: A map}")
    world.build()
    assert (world.public / "2025/03/18/call/map.svg").read_text() == "<svg/>"
    assert "unused" not in everything(world)


def test_the_order_of_an_edition_is_weight_then_time_then_title(world: World) -> None:
    world.briefing("a", "Zulu", "2025-03-18T09:00").briefing("b", "Alpha", "2025-03-18T10:00").briefing(
        "c", "Mike", "2025-03-18", weight="5"
    )
    world.briefing("d", "Bravo").briefing("e", "Able")
    world.build()
    titles = re.findall(r">(Zulu|Alpha|Mike|Bravo|Able)<", world.page("2025/03/18/").partition("<main")[2])
    assert list(dict.fromkeys(titles)) == ["Mike", "Zulu", "Alpha", "Able", "Bravo"]


def test_two_briefings_of_one_address_are_an_error_that_names_both(world: World) -> None:
    world.briefing("a", slug="same").briefing("b", slug="SAME")
    ran = world.run("build")
    assert ran.code == 1
    assert "content/briefings/a.md" in ran.err
    assert "content/briefings/b.md" in ran.err


def test_a_page_may_not_take_the_place_of_an_index(world: World) -> None:
    world.put({"content/pages/topics.md": text_of("Mine", "")})
    assert world.found() == ["BG202"]
