"""What a site gives to programs is read by the programs that people use for it."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from briefgen.config import MarkdownSettings
from briefgen.library.markdown import render_markdown
from briefgen.site.asmarkdown import markdown_of
from tests.gallery import GRID, PAYLOAD, gallery
from tests.test_build_escaping import PAYLOADS
from tests.worlds import World, tree

EVERYTHING = "outputs: [atom, bibtex, ris, csl, markdown, llms, news, mentions]\n"
ADDRESS = "https://desk.example/north/"
BESIDE = ("cite.bib", "cite.ris", "cite.json", "index.md")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = gallery(World(tmp_path_factory.mktemp("exports")))
    world.put({"briefgen.yaml": (world.root / "briefgen.yaml").read_text() + EVERYTHING})
    world.build()
    return world


def briefings(world: World) -> list[str]:
    """The URLs of all briefings."""
    return sorted(path.parent.relative_to(world.public).as_posix() + "/" for path in world.public.rglob("cite.bib"))


def test_nothing_of_it_is_there_unasked(world: World) -> None:
    world.briefing("a").build()
    names = {Path(name).name for name in tree(world.public)}
    assert names.isdisjoint({*BESIDE, "llms.txt", "news-sitemap.xml", "mentions.csv", "datapackage.json"})
    assert "cite" not in world.page("2025/03/18/a/")


def test_a_page_leads_to_what_stands_beside_it(site: World) -> None:
    assert len(briefings(site)) == len(site.run("list", "briefings").out.splitlines())
    for url in briefings(site):
        page = site.page(url)
        assert all((site.public / url / name).is_file() for name in BESIDE)
        own = url.split("/")[-2]
        offered = [("cite.bib", f"{own}.bib"), ("cite.ris", f"{own}.ris"), ("cite.json", f"{own}.json")]
        assert re.findall(r'href="[^"]*/([^"/]*)" download="([^"]*)"', page) == offered
        assert '<link rel="alternate" type="text/markdown"' in page


def test_bibtex_is_read_by_a_bibtex_parser(site: World) -> None:
    bibtexparser: Any = pytest.importorskip("bibtexparser")
    for url in briefings(site):
        library = bibtexparser.parse_string((site.public / url / "cite.bib").read_text())
        assert not library.failed_blocks, url
        (entry,) = library.entries
        assert entry.entry_type == "misc"
        assert re.fullmatch(r"[A-Za-z0-9-]+", entry.key)
        assert entry["url"].startswith(ADDRESS)
    grid = bibtexparser.parse_string((site.public / GRID / "cite.bib").read_text()).entries[0]
    assert (grid["title"], grid["author"]) == ("{Ministers agree a draft grid bill}", "Desk North")
    assert (grid["year"], grid["month"], grid["day"]) == ("2025", "mar", "18")
    hostile = (site.public / "2025/03/16/payload/cite.bib").read_text()
    assert r"\&amp; \{\{ 7*191 \}\}" in hostile


def test_ris_is_read_by_a_ris_parser(site: World) -> None:
    rispy: Any = pytest.importorskip("rispy")
    for url in briefings(site):
        (record,) = rispy.loads((site.public / url / "cite.ris").read_bytes().decode())
        assert record["type_of_reference"] == "ELEC"
        assert record["urls"][0].startswith(ADDRESS)
        assert not record.get("unknown_tag")
    (grid,) = rispy.loads((site.public / GRID / "cite.ris").read_bytes().decode())
    assert (grid["title"], grid["authors"], grid["year"]) == ("Ministers agree a draft grid bill", ["Desk North"], "2025")
    assert grid["keywords"] == ["Energy", "Power grid"]


def test_csl_json_has_what_a_word_processor_asks_for(site: World) -> None:
    for url in briefings(site):
        (item,) = json.loads(site.page(f"{url}cite.json"))
        assert item["type"] == "webpage"
        assert item["author"][0]["literal"]
        assert ("issued" in item) == (not url.startswith("undated/"))
    (grid,) = json.loads(site.page(f"{GRID}cite.json"))
    assert grid["issued"] == {"date-parts": [[2025, 3, 18]]}
    (payload,) = json.loads(site.page("2025/03/16/payload/cite.json"))
    assert payload["title"] == PAYLOAD


class _Silent:
    def fault_at(self, *_: object, **__: object) -> None:
        """A twin is not asked for its faults."""


def rendered(markdown: str) -> str:
    """The HTML that a Markdown file makes, as anybody's parser would."""
    return str(render_markdown(markdown, 1, MarkdownSettings(), _Silent()).html)


def test_a_twin_says_in_markdown_what_the_page_says(site: World) -> None:
    twin = site.page(f"{GRID}index.md")
    assert twin.startswith("# Ministers agree a draft grid bill\n")
    for said in ("[next week](https://parliament.example.org/)", "- [ ] read the draft", "> [!NOTE]", "| Alder | 84 |", "[^1]: Heard at"):
        assert said in twin
    assert f"[the energy file]({ADDRESS}topics/energy/)" in twin
    for kept in ("Maria Keller", "Two owners mean no line.", "The loop is 22 km long.", "Harbour Courier"):
        assert kept in rendered(twin)


@pytest.mark.parametrize("name", PAYLOADS)
def test_no_text_becomes_markup_in_a_twin(world: World, name: str) -> None:
    payload = PAYLOADS[name]
    quoted = json.dumps(payload)
    world.briefing("a", quoted, body="Words.", summary=quoted, key_points=f"[{quoted}]", quotes=f"[{{text: {quoted}}}]")
    world.put({"briefgen.yaml": f"title: Desk\nbase_url: https://desk.example/\n{EVERYTHING}"}).build()
    html = rendered(world.page("2025/03/18/a/index.md"))
    shown = etree.fromstring(f"<html>{re.sub('<(br|hr)>', '', html)}</html>".replace("\x02", " x"), etree.HTMLParser())
    texts = [" ".join("".join(element.itertext()).split()) for element in shown.iter("h1", "blockquote", "li")]
    assert texts.count(" ".join(payload.split())) == 4


def test_what_markdown_makes_is_made_again_from_its_markdown() -> None:
    for path in sorted((Path(__file__).parent / "cases" / "markdown").rglob("*.md")):
        html = rendered(path.read_text())
        if "\x02" not in html and "\x03" not in html and " title=" not in html:
            assert rendered(markdown_of(html) + "\n") == html, path.name


def test_llms_txt_is_markdown_that_leads_to_the_twins(site: World) -> None:
    text = site.page("llms.txt")
    assert text.startswith("# The North Desk\n\n> What happened in the north.\n")
    links = re.findall(r"\]\((\S+)\)", text)
    assert all((site.public / link.removeprefix(ADDRESS) / ("" if link.endswith(".md") else "index.html")).is_file() for link in links)
    assert f"{ADDRESS}{GRID}index.md" in links


def test_the_news_sitemap_has_the_last_two_days_of_the_archive(site: World) -> None:
    root = etree.fromstring((site.public / "news-sitemap.xml").read_bytes())
    name = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9"}
    days = [str(time)[:10] for time in root.xpath("//n:publication_date/text()", namespaces=name)]
    assert {*days} == {"2025-03-18", "2025-03-17"}
    assert f"{ADDRESS}{GRID}" in root.xpath("//s:loc/text()", namespaces=name)
    assert {str(lang) for lang in root.xpath("//n:language/text()", namespaces=name)} == {"en", "ja", "ar"}
    assert f"Sitemap: {ADDRESS}news-sitemap.xml" in site.page("robots.txt")


def test_the_table_of_mentions_is_one_in_both_forms_and_as_its_schema_says(site: World) -> None:
    package = json.loads(site.page("data/datapackage.json"))
    fields = package["resources"][0]["schema"]["fields"]
    text = (site.public / "data/mentions.csv").read_bytes().decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    lines = [json.loads(line) for line in site.page("data/mentions.jsonl").split("\n") if line]
    assert len(rows) == len(lines) == len(site.run("list", "mentions").out.splitlines())
    assert list(rows[0]) == list(lines[0]) == [field["name"] for field in fields]
    for row, line in zip(rows, lines, strict=True):
        assert {name: str(value) for name, value in line.items()} == {name: value.removeprefix("'") for name, value in row.items()}
        for field in fields:
            assert line[field["name"]] in field.get("constraints", {}).get("enum", [line[field["name"]]])
            assert isinstance(line[field["name"]], int) == (field["type"] == "integer")
