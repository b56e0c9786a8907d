"""Links between pages: by path, by address, by name; with their headings; wherever the site is published."""

import re
import struct
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from briefgen.config import load_config
from briefgen.library.show import Show
from briefgen.problems import Problems
from briefgen.site.links import MOST_LOOKS
from briefgen.site.site import load_site
from briefgen.tree import read_tree
from tests.casefiles import read_cases
from tests.worlds import NOW, World, record_of, tree

NOWHERE = read_cases(Path(__file__).parent / "cases" / "links")


@pytest.fixture
def desk(world: World) -> World:
    """A site with something to link to."""
    world.briefing("2025/03/18-call", "The call", body="## What was said\n\nWords.", topics="[Energy]", people="[Ann Lee]")
    return world.put(
        {
            "content/people/ann-lee.md": record_of("Ann Lee", "## Early life\n\nShe grew up.", aliases="[A. Lee]"),
            "content/pages/about.md": "---\ntitle: About\naliases: [/who we are/, /old.html]\n---\n\n## Contact\n\nWrite to us.\n",
            "content/pages/desk/team.md": "---\ntitle: Team\n---\nAll of us.\n",
            "static/report.pdf": "%PDF",
            "static/große 100%.pdf": "%PDF",
            "content/briefings/2025/03/the map.svg": "<svg/>",
            "content/briefings/2025/03/map.svg": "<svg/>",
        }
    )


LONG = "A heading so long that its name in an address is cut short before it has come to its end"
LINKS = {
    # what is written → where it leads from /2025/03/19/deal/
    "[x](18-call.md)": "../../18/call/",
    "[x](18-call.md#what-was-said)": "../../18/call/#s-what-was-said",
    "[x](../../../people/ann-lee.md#early-life)": "../../../../people/ann-lee/#s-early-life",
    "[x](/about/)": "../../../../about/",
    "[x](/about)": "../../../../about/",
    "[x](/about/#contact)": "../../../../about/#s-contact",
    "[x](/topics/energy/)": "../../../../topics/energy/",
    "[x](/2025/03/)": "../../../../2025/03/",
    "[x](/report.pdf)": "../../../../report.pdf",
    "[x](/feed.xml)": "../../../../feed.xml",
    "[x](map.svg)": "map.svg",
    "[x](#here)": "#s-here",
    "[x](/gro%C3%9Fe%20100%25.pdf)": "../../../../gro%C3%9Fe%20100%25.pdf",
    "[x](</große 100%25.pdf>)": "../../../../gro%C3%9Fe%20100%25.pdf",
    "[x](the%20map.svg)": "the%20map.svg",
    "[x](/who%20we%20are/)": "../../../../who%20we%20are/",
    "[x](/old.html)": "../../../../old.html",
    "[x](18%2Dcall.md#what%2Dwas-said)": "../../18/call/#s-what-was-said",
    "[[The call]]": "../../18/call/",
    "[[2025/03/18-call]]": "../../18/call/",
    "[[the CALL|x]]": "../../18/call/",
    "[[A. Lee]]": "../../../../people/ann-lee/",
    "[[Ann Lee#Early life]]": "../../../../people/ann-lee/#s-early-life",
    "[[Energy]]": "../../../../topics/energy/",
    "[x](18-call.md?a=1#what-was-said)": "../../18/call/?a=1#s-what-was-said",
    "[x](.//./18-call.md)": "../../18/call/",
    "[x](/about?a=1#contact)": "../../../../about/?a=1#s-contact",
    "[x](/2025/03/?a=1#b)": "../../../../2025/03/?a=1#b",
    "[x](/topics/energy/?a#b)": "../../../../topics/energy/?a#b",
    "[x](map.svg?a#b)": "map.svg?a#b",
    "[x](/report.pdf?a#page=2)": "../../../../report.pdf?a#page=2",
    "[x](?a=1)": "?a=1",
    f"[x](#{LONG.lower().replace(' ', '-')})": "#s-a-heading-so-long-that-its-name-in-an-address-is-cut-short-before-it-has-come",
    "[x](https://elsewhere.example/a?b=c#d)": "https://elsewhere.example/a?b=c#d",
    "[x](mailto:desk@desk.example)": "mailto:desk@desk.example",
}


def test_a_link_leads_where_it_says(desk: World) -> None:
    body = f"## Here\n\n## {LONG}\n\n" + "\n\n".join(f"See {written} now." for written in LINKS)
    desk.briefing("2025/03/19-deal", "The deal", "2025-03-19", body)
    report, problems = desk.attempt()
    assert report is not None
    assert problems == []
    found = re.findall(r'See <a[^>]* href="([^"]*)"', desk.page("2025/03/19/deal/"))
    here = "https://desk.example/2025/03/19/deal/"
    assert dict(zip(LINKS, [_joined(here, address) for address in found], strict=True)) == {
        written: _joined(here, wanted) for written, wanted in LINKS.items()
    }


def _joined(base: str, address: str) -> str:
    return urljoin(base, address)


def test_a_link_that_leads_nowhere_is_told_with_what_may_have_been_meant(desk: World) -> None:
    desk.briefing("2025/03/17-draft", "Draft", draft="true").briefing("2025/03/17-later", "Later", "2027-01-01")
    desk.briefing("2025/03/17-gone", "Gone", expires="2025-05-01")
    desk.briefing("2025/03/19-deal", "The deal", "2025-03-19", "## Here\n\n" + "\n\n".join(case["written"] for case in NOWHERE))
    report, problems = desk.attempt()
    assert report is not None
    assert {problem.place.path for problem in problems} == {"content/briefings/2025/03/19-deal.md"}
    told = {problem.place.line: f"{problem.code} {problem.severity}: {problem.message}; {problem.help}" for problem in problems}
    assert told == {8 + 2 * number: case["told"] for number, case in enumerate(NOWHERE)}
    assert all(problem.word and problem.word in NOWHERE[(problem.place.line - 8) // 2]["written"] for problem in problems)
    prose = desk.page("2025/03/19/deal/").partition('<div class="prose"')[2]
    assert re.findall(r"<p>(.*)</p>", prose)[: len(NOWHERE)] == [case["shown"] for case in NOWHERE]


def test_a_picture_of_the_front_matter_that_is_not_there_is_told_at_its_key(desk: World) -> None:
    desk.briefing("2025/03/19-deal", "The deal", "2025-03-19", image="{src: mapp.svg, alt: A map}")
    (problem,) = desk.attempt()[1]
    assert (problem.code, problem.place.key, problem.message) == ("BG203", ("image", "src"), "there is no image `mapp.svg` beside this one")
    assert problem.help == "did you mean `map.svg`?"


def test_a_warning_stops_a_strict_build(desk: World) -> None:
    desk.briefing("2025/03/19-deal", "The deal", "2025-03-19", "See [x](18-cal.md).")
    assert desk.run("build", "--strict").code == 1


def test_every_link_of_the_site_leads_to_a_file_of_it_and_to_an_id_there(desk: World) -> None:
    for number, written in enumerate(LINKS):
        desk.briefing(
            f"links/l{number}",
            f"Link {number}",
            "2025-04-01",
            f"## Here\n\n## {LONG}\n\n{written}".replace("](18-", "](../2025/03/18-")
            .replace("](map", "](../2025/03/map")
            .replace("../../../people", "../../people"),
            topics="[Energy, Trade]",
        )
    desk.build()
    assert broken_links(desk.public) == []


def broken_links(output: Path) -> list[str]:
    """Every address in the HTML of an output that is no file of it, or names an id that is not there; behind a query it may be anything."""
    broken = []
    pages = {name: content.decode() for name, content in tree(output).items() if name.endswith(".html")}
    for name, text in pages.items():
        for address in re.findall(r'(?:href|src)="([^"]*)"', text):
            parts = urlsplit(address)
            if parts.scheme or name == "404.html":
                continue
            path = (output / name).parent / unquote(parts.path) if parts.path else output / name
            file = path / "index.html" if path.is_dir() else path
            if not file.resolve().is_file():
                broken.append(f"{name}: {address}")
            elif (
                parts.fragment and file.suffix == ".html" and not parts.query and f'id="{unquote(parts.fragment)}"' not in file.read_text()
            ):
                broken.append(f"{name}: {address} (id)")
    return broken


@pytest.mark.parametrize(
    "written", ["[[The call]]", "[x](../03/18-call.md)", "[x](/2025/03/18/call/)", "[x](/2025/03/18/call/#what-was-said)"]
)
def test_backlinks_are_shown_where_they_lead_to(desk: World, written: str) -> None:
    desk.briefing("between", "Between", "2025-04-01")  # so that the two are no neighbours
    desk.briefing("2025/05/01-deal", "The deal", "2025-05-01", f"## Here\n\nIt follows {written}, as was said [above](#here).")
    desk.build()
    assert "The deal" in desk.page("2025/03/18/call/")
    assert desk.page("2025/05/01/deal/").partition("</h1>")[2].count("The deal") == 0


def test_a_page_follows_what_it_links_to(desk: World) -> None:
    desk.briefing("between", "Between", "2025-04-01")
    desk.briefing("2025/05/01-deal", "The deal", "2025-05-01", "It follows [what was said](../03/18-call.md).").build()
    desk.edit("content/briefings/2025/03/18-call.md", "title: The call", "title: The call again")
    assert "2025/05/01/deal/index.html" not in desk.build().changed  # it shows no word of it
    desk.edit("content/briefings/2025/03/18-call.md", "title:", "slug: phone\ntitle:")
    assert "2025/05/01/deal/index.html" in desk.build().changed
    assert 'href="../../../../2025/03/18/phone/"' in desk.page("2025/05/01/deal/")


def test_two_pictures_of_one_name_on_one_page_are_an_error(desk: World) -> None:
    desk.put({"content/briefings/2025/map.svg": "<svg> </svg>"})
    desk.briefing("2025/03/19-deal", "The deal", "2025-03-19", "![a](map.svg) ![b](../map.svg)")
    (problem,) = desk.attempt()[1]
    assert (problem.code, problem.message) == ("BG202", "`../map.svg` and content/briefings/2025/03/map.svg have one name")
    assert (problem.help, problem.word) == ("rename one of the two files", "../map.svg")


def test_a_file_whose_name_begins_like_an_address_is_linked_and_shown(world: World) -> None:
    world.put({"static/at:12.png": b"png"}).briefing("a", body="![A map](/at:12.png) and [the map](/at:12.png)")
    world.build()
    page = world.page("2025/03/18/a/")
    assert 'src="../../../../at%3A12.png"' in page
    assert 'href="../../../../at%3A12.png"' in page


def test_the_name_of_what_a_wikilink_leads_to_is_text(world: World) -> None:
    world.put({"content/people/ann.md": record_of('"Ann <b> & Co"', aliases="[Ann]")})
    world.briefing("deal", body="See [[Ann]].").build()
    assert ">Ann &lt;b&gt; &amp; Co</a>" in world.page("2025/03/18/deal/").partition('<div class="prose"')[2]


def test_what_leads_nowhere_is_text_and_a_picture_has_its_size(world: World) -> None:
    world.put({"content/briefings/map.gif": b"GIF89a\x03\x00\x02\x00\x00\x00\x00;"})
    world.briefing("deal", body="A [lost](no.md) link, ![lost](no.png), ![a map](map.gif?a#b), [out](https://a.example/?a=1&b=2).").build()
    prose = world.page("2025/03/18/deal/").partition('<div class="prose"')[2]
    assert '<a class="unresolved">lost</a>' in prose
    assert '<img class="unresolved" alt="lost">' in prose
    assert '<img src="../../../../2025/03/18/deal/map.gif" width="3" height="2" loading="lazy" alt="a map">' in prose
    assert '<a href="https://a.example/?a=1&amp;b=2">out</a>' in prose


def test_who_resolves_links_again_begins_with_nothing_found_and_nothing_gathered(world: World) -> None:
    wide = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 3000, 20)
    world.put({"content/briefings/notes.pdf": "%PDF", "content/briefings/wide.png": wide})
    world.briefing("one", body="[x](two.md) [y](notes.pdf) [z](nowhere.md) [[Nobody Known]]\n\n![A pier](wide.png)\n").briefing("two")
    found = Problems()
    config = load_config(world.root, found)
    site = load_site(read_tree(world.root), config, Show(NOW), found)
    gathered = site.archive.copies, site.archive.smaller, site.archive.backlinks
    assert "BG203" in {problem.code for problem in found}
    assert all(gathered)
    atlas = site.archive.atlas
    assert ([*atlas.problems], atlas.copies, atlas.smaller, atlas.backlinks, atlas.looks) == ([], {}, {}, {}, MOST_LOOKS)
