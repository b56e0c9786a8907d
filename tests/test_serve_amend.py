"""A text that is edited while serving gives the site that a build would plan, whatever else stays as it is."""

from pathlib import Path

import pytest

from briefgen.config import load_config
from briefgen.library.document import Document
from briefgen.library.load import documents_of, load_content
from briefgen.library.show import Show
from briefgen.problems import Problem, Problems
from briefgen.site.amend import amend
from briefgen.site.ledger import fingerprint
from briefgen.site.program import code_digest
from briefgen.site.site import Site, plan_site
from briefgen.tree import read_tree
from tests.worlds import CONFIG, NOW, World, record_of, text_of

BODIES = {
    "other words": "Other words of the call.",
    "nothing": "",
    "a link elsewhere": "Words with [a link](https://example.org/).",
    "another link to a briefing": "Words to [another](deal.md) and [[The tariff]].",
    "a link that leads nowhere": "Words to [nowhere](nowhere.md) and [[Nobody]].",
    "a heading": "Words.\n\n## What is next\n\nMore words.",
    "a picture": "![A chart](chart.png)",
    "many more words": "word " * 800,
    "markup": "> [!NOTE]\n> A note.\n\n- one\n- two\n",
}


@pytest.fixture
def desk(world: World) -> World:
    world.briefing("call", "The call", body="Words of the call. See [[The deal]].", topics="[Energy]", people="[Ann Lee]", source="Wire")
    world.briefing("deal", "The deal", "2025-03-19", "Words to [the call](call.md).", topics="[Energy]", summary="A summary.")
    world.briefing("tariff", "The tariff", "", "Words.", topics="[Trade]").briefing("idea", "An idea", body="Words.", draft="true")
    world.put({"content/topics/energy.md": record_of("Energy", "About energy."), "content/briefings/chart.png": b"png"})
    world.put({"content/pages/about.md": text_of("About", "", "Who we are."), "content/index.md": text_of("Home", "", "Welcome.")})
    world.put({"briefgen.yaml": CONFIG + "outputs: [atom, json, bibtex, ris, csl, markdown, llms, news, mentions]\n"})
    return world


KEYS = {
    # a line of front matter, and whether the same pages show the briefing, each at the same place
    "key_points: [One thing, Another thing]": True,
    "authors: [Ann Lee]": True,
    "corrections: [{date: 2025-03-20, text: It was Tuesday.}]": False,
    "related: [{title: More, url: https://example.org/}]": True,
    "extra: {desk: foreign}": True,
    "lang: de": True,
    "source: {name: Wire, title: Another title}": True,
    "source: Reuters": False,
    "review: [{field: date, reason: guessed}]": True,
    "quotes: [{text: We held it., speaker: Ann Lee}]": False,
    "title: The other call": True,
    "summary: What happened.": True,
    "why: It matters.": True,
    "topics: [Trade]": False,
    "people: [{name: Ann Lee, role: Minister}]": False,
    "story: Grid": False,
    "draft: true": False,
    "date: 2025-03-20": False,
    "updated: 2025-03-21": False,
    "expires: 2025-03-21": False,
    "aliases: [old/call/]": False,
    "image: {src: chart.png, alt: A chart}": False,
    "weight: 3": False,
    "slug: another": False,
}


def planned(root: Path) -> tuple[Site, list[Problem]]:
    problems = Problems()
    config, code, tree = load_config(root, problems), code_digest(), read_tree(root)
    documents = documents_of(load_content(tree, config, code, problems, fresh=True, keep=False), problems)
    return plan_site(tree, config, documents, Show(NOW), code, problems), list(problems)


def shown(site: Site) -> dict[str, str]:
    return {page.path: fingerprint(page) for page in site.pages} | {copy.path: copy.sha256 for copy in site.copies}


FILES = ["briefings/call", "briefings/deal", "briefings/tariff", "briefings/idea", "topics/energy", "pages/about", "index"]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_an_amended_site_is_the_site_that_a_build_would_plan(desk: World, name: str, body: str) -> None:
    path = desk.root / f"content/{name}.md"
    before = read(desk.root)
    site, found = planned(desk.root)
    path.write_text(path.read_text().partition("\n---\n")[0] + f"\n---\n\n{body}\n")
    amended = amend(site, found, before[f"content/{name}.md"], read(desk.root)[f"content/{name}.md"])
    whole, found_in_all = planned(desk.root)
    if amended is None:
        return
    assert shown(amended.site) == shown(whole)
    assert {*found} - {*amended.lost} | {*amended.found} == {*found_in_all}
    # what was amended can be amended again
    back = amend(amended.site, found_in_all, read(desk.root)[f"content/{name}.md"], before[f"content/{name}.md"])
    assert back is not None
    assert shown(back.site) == shown(site)


@pytest.mark.parametrize(("line", "own"), KEYS.items())
def test_other_front_matter_gives_the_site_that_a_build_would_plan(desk: World, line: str, own: bool) -> None:
    path = desk.root / "content/briefings/call.md"
    before = read(desk.root)["content/briefings/call.md"]
    site, found = planned(desk.root)
    top, *lines = [text for text in path.read_text().split("\n") if text.partition(":")[0] != line.partition(":")[0]]
    path.write_text("\n".join([top, line, *lines]))
    amended = amend(site, found, before, read(desk.root)["content/briefings/call.md"])
    assert (amended is not None) == own
    if amended:
        whole, _ = planned(desk.root)
        assert shown(amended.site) == shown(whole)
        assert shown(amended.site) != shown(site)


def read(root: Path) -> dict[str, Document]:
    config = load_config(root, Problems())
    return {
        one.path: one for one in documents_of(load_content(read_tree(root), config, "", Problems(), fresh=True, keep=False), Problems())
    }


def test_another_text_alone_is_amended_and_not_planned_again(desk: World) -> None:
    site, found = planned(desk.root)
    before = read(desk.root)["content/briefings/call.md"]
    desk.edit("content/briefings/call.md", "Words of", "Other words of")
    assert amend(site, found, before, read(desk.root)["content/briefings/call.md"]) is not None
