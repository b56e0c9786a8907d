"""A text that is edited and nothing else: its pages are made as the last plan had them, and are those that a first build would make."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.codec import seal, unseal
from briefgen.digest import digest_bytes
from briefgen.site.build import Report
from briefgen.site.update import Way
from tests.worlds import CONFIG, NOW, World, record_of, text_of, tree

CALL = "content/briefings/2025/call.md"
EVERYTHING = (
    "outputs: [atom, json, bibtex, ris, csl, markdown, llms, news, mentions]\n"
    "feeds: [{name: Power, topics: [Energy]}]\ntimezone: Europe/Berlin\n"
)
LINKED = "Words of the call: [the deal](../deal.md), [[Ann Lee]], ![a chart](chart.png), [a file](../notes.pdf).\n\n## Why\n\nMore of it."


@pytest.fixture
def desk(world: World) -> World:
    """A built site in which a briefing has links, a picture, quotes, sources, a story, neighbours, and people with roles."""
    world.put({"briefgen.yaml": CONFIG + EVERYTHING})
    keys = {"topics": "[Energy, Trade]", "story": "Grid", "source": "{name: Wire, agency: AP}", "image": "{src: chart.png, alt: A chart}"}
    people = "[{name: Ann Lee, role: Minister}, Bo Ek]"
    quotes = "[{text: So be it., speaker: A. Lee}]"
    world.briefing("2025/call", "The call", "2025-03-19", LINKED, **keys, people=people, quotes=quotes)
    world.briefing(
        "deal", "The deal", "2025-03-18", "Words to [the call](2025/call.md#why).", topics="[Energy]", people="[Bo Ek]", story="Grid"
    )
    world.briefing(
        "vote", "The vote", "2025-03-20", topics="[Trade]", people="[Bo Ek]", id="the-vote", image="{src: vote.png, alt: A vote}"
    )
    world.briefing("idea", "An idea", draft="true").briefing("note", "A note", "")
    world.put({"content/people/ann-lee.md": record_of("Ann Lee", "About her.", aliases="[A. Lee]", same_as="[https://example.org/ann]")})
    world.put({"content/people/bo-ek.md": record_of("Bo Ek", roles="[{title: Chair, from: 2025-03-01}]")})
    world.put({"content/topics/energy.md": record_of("Energy"), "content/pages/about.md": text_of("About", "", "Who we are.")})
    world.put(dict.fromkeys(("content/briefings/2025/chart.png", "content/briefings/vote.png", "content/briefings/notes.pdf"), b"png"))
    world.build()
    return world


def built(world: World, **way: bool) -> tuple[Report, list[str]]:
    """Build it, and see that a first build gives the same; the report, and the stages."""
    stages: list[str] = []
    report = world.build(way=Way(lap=lambda stage, _count, _of: stages.append(stage), **way))
    fresh = World(world.root.parent / "fresh")
    shutil.rmtree(fresh.root, ignore_errors=True)
    shutil.copytree(world.root, fresh.root, ignore=shutil.ignore_patterns(".briefgen", "public"))
    fresh.build()
    assert tree(world.public) == tree(fresh.public)
    return report, stages


def is_planned(stages: list[str]) -> bool:
    return "assembling the library" in stages


TEXTS: dict[str, tuple[str, str]] = {
    "a word": ("More of it", "Less of it"),
    "another paragraph": ("More of it.", "More of it.\n\n> Said on the day.\n\n- one\n- two"),
    "the first words": ("Words of the call", "First words"),
    "the words of a link": ("[the deal]", "[that deal]"),
    "a line before links": ("Words of", "Many\nwords of"),
    "markup that is text": ("More of it", "More <b>of</b> it"),
}


@pytest.mark.parametrize(("old", "new"), TEXTS.values(), ids=TEXTS)
def test_another_text_is_put_into_its_pages_without_a_plan(desk: World, old: str, new: str) -> None:
    desk.edit(CALL, old, new)
    report, stages = built(desk)
    assert not is_planned(stages)
    assert {"2025/03/19/call/index.html", "2025/03/19/call/index.md", "feed.xml", "people/ann-lee/feed.json", "feeds/power/feed.xml"} <= {
        path for path, reason in report.rebuilt if reason
    }
    assert built(desk)[0].rebuilt == ()


def test_texts_are_edited_one_after_the_other_and_together(desk: World) -> None:
    for number in range(12):
        desk.edit(CALL, "Words of the call" if not number else f"Words {number} of the call", f"Words {number + 1} of the call")
        if number % 3 == 2:
            desk.edit("content/briefings/vote.md", "Words", "Words and words")
        assert not is_planned(built(desk)[1])


def test_a_site_that_is_turned_at_once_gets_another_text_without_a_plan(desk: World) -> None:
    shutil.rmtree(desk.public)
    desk.build(way=Way(atomic=True))
    desk.edit(CALL, "More of it", "Less of it")
    assert not is_planned(built(desk, atomic=True)[1])


def test_what_was_said_of_a_site_is_said_again(desk: World) -> None:
    found = desk.attempt()[1]
    assert [problem.code for problem in found] == ["BG111"]  # the briefing without a date
    desk.edit(CALL, "More of it", "Less of it")
    assert desk.attempt()[1] == found
    desk.edit("content/briefings/note.md", "Words", "Other words")
    assert is_planned(built(desk)[1])  # something is said of this very file, and might be another thing now
    assert desk.attempt()[1] == found


def edit(name: str, old: str, new: str) -> Callable[[World], None]:
    return lambda world: world.edit(name, old, new)


def spoil(pattern: str) -> Callable[[World], None]:
    def step(world: World) -> None:
        for path in (world.root / ".briefgen").glob(pattern):
            path.write_bytes(b"spoilt")

    return step


def build_elsewhere(world: World) -> None:
    world.edit(CALL, "of it", "of that")
    world.build("elsewhere")


PLANNED: dict[str, Callable[[World], object]] = {
    "another title": edit(CALL, "The call", "That call"),
    "another role": edit(CALL, "Minister", "Premier"),
    "another heading": edit(CALL, "## Why", "## Whence"),
    "another link": edit(CALL, "../deal.md", "../vote.md"),
    "a link that leads to a heading": edit("content/briefings/deal.md", "#why", ""),
    "many more words": edit(CALL, "More of it", "More of it " * 300),
    "a draft": edit("content/briefings/idea.md", "Words", "Other words"),
    "a record": edit("content/people/ann-lee.md", "About her", "All about her"),
    "a page": edit("content/pages/about.md", "Who", "What"),
    "a file that came": lambda world: world.briefing("more", "More"),
    "a file that went": lambda world: (world.root / "content/briefings/vote.md").unlink(),
    "a template that came": lambda world: world.put({"templates/briefing.html": "{{ briefing.card.title }}"}),
    "another setting": lambda world: world.put({"briefgen.yaml": CONFIG + EVERYTHING + "description: A desk.\n"}),
    "a picture that is another": lambda world: world.put({"content/briefings/2025/chart.png": b"another png"}),
    "a page of the output that went": lambda world: (world.public / "topics/index.html").unlink(),
    "a page of the output that was edited": lambda world: world.put({"public/topics/index.html": "mine"}),
    "spoilt recipes": spoil("*.recipes"),
    "a spoilt ledger": spoil("ledger-*.json"),
    "a spoilt cache": spoil("documents.json"),
    "a spoilt record of the last build": spoil("*.last"),
    "an edit that was built into another folder": build_elsewhere,
    "another base URL": lambda world: world.build(base_url="https://other.example/"),
}


@pytest.mark.parametrize("change", PLANNED.values(), ids=PLANNED)
def test_whatever_else_is_different_is_planned(desk: World, change: Callable[[World], object]) -> None:
    desk.edit("content/briefings/vote.md", "Words", "Other words")
    change(desk)
    desk.attempt()
    report, stages = built(desk)
    assert report.rebuilt == () or is_planned(stages)


def test_notes_and_warnings_stop_a_strict_build_of_an_edited_text(desk: World) -> None:
    desk.edit(CALL, "More of it", "Less of it")
    assert desk.attempt(way=Way(strict=True))[0] is None


def test_a_text_that_was_edited_while_it_was_built_is_built_again(desk: World) -> None:
    # two changes within one tick of the clock leave one stamp
    path = desk.root / CALL
    stamp = path.stat()
    for old, new in (("More of it", "Less of it"), ("Less of it", "Much of it")):
        desk.edit(CALL, old, new)
        assert not is_planned(built(desk)[1])
    assert path.stat().st_mtime_ns >= stamp.st_mtime_ns
    assert "Much of it" in desk.page("2025/03/19/call/")


def forge(world: World, old: bytes, new: bytes) -> None:
    """Put something else into the recipes, and into the record that vouches for them."""
    (recipes,), (last,) = ([*(world.root / ".briefgen").glob(pattern)] for pattern in ("*.recipes", "*.last"))
    before = recipes.read_bytes()
    assert old in before
    recipes.write_bytes(before.replace(old, new))
    was, now = (digest_bytes(content).encode() for content in (before, recipes.read_bytes()))
    last.write_bytes(seal(unseal(last.read_bytes()).replace(was, now)))


def test_forged_recipes_write_nothing_outside_of_the_output(desk: World) -> None:
    forge(desk, b'"2025/03/19/call/index.html"', b'"../../taken/index.html"')
    desk.edit(CALL, "More of it", "Less of it")
    assert is_planned(built(desk)[1])
    assert not [*desk.root.parent.rglob("taken")]


FORGED: dict[str, tuple[bytes, bytes]] = {
    "a page without a name": (b'"2025/03/19/call/index.html"', b"7"),
    "a name that no file has": (b'"2025/03/19/call/index.html"', b'"call\\u0000"'),
    "a page that is not there": (b'"2025/03/19/call/index.html"', b'"more/index.html"'),
    "an unknown function": (b'"draw_briefing"', b'"draw_nothing"'),
    "a file that is not there": (b'"content/briefings/deal.md"', b'"content/briefings/gone.md"'),
    "a record for a briefing": (b'"content/briefings/deal.md"', b'"content/people/ann-lee.md"'),
    "a record that is not there": (b'"content/people/ann-lee.md"', b'"content/people/gone.md"'),
    "no topics": (b'"topic":', b'"matter":'),
    "a place that no briefing has": (b"[[", b"[[99999,"),
    "a time zone that is nowhere": (b'"Europe/Berlin"', b'"Mars/Olympus"'),
}


@pytest.mark.parametrize(("old", "new"), FORGED.values(), ids=FORGED)
def test_forged_recipes_are_of_no_use(desk: World, old: bytes, new: bytes) -> None:
    forge(desk, old, new)
    desk.edit(CALL, "More of it", "Less of it")
    assert is_planned(built(desk)[1])


def remembered(world: World, *patterns: str) -> dict[str, bytes]:
    """What earlier builds left for the next one."""
    return {f".briefgen/{path.name}": path.read_bytes() for pattern in patterns for path in (world.root / ".briefgen").glob(pattern)}


def test_no_drafts_stay_of_a_build_that_was_killed_before_it_was_remembered(desk: World) -> None:
    before = remembered(desk, "*.last", "*.recipes")
    desk.build(drafts=True)
    desk.put(before).edit(CALL, "More of it", "Less of it")
    assert is_planned(built(desk)[1])


def test_a_ledger_that_is_older_than_the_output_removes_nothing(desk: World) -> None:
    before = remembered(desk, "ledger-*.json")
    desk.put({"static/logo.png": b"png"}).build()
    desk.put(before).edit(CALL, "More of it", "Less of it")
    assert is_planned(built(desk)[1])
    assert not is_planned(built_after(desk, "Less of it", "Much of it"))


def test_what_was_cut_short_while_it_was_added_costs_one_plan(desk: World) -> None:
    for name, content in remembered(desk, "ledger-*.json", "documents.json").items():
        desk.put({name: content + b"12345678 900\ncut"})
    desk.put({"static/logo.png": b"png"}).build()
    assert not is_planned(built_after(desk, "More of it", "Less of it"))


def built_after(world: World, old: str, new: str) -> list[str]:
    """The stages of a build after another edit."""
    world.edit(CALL, old, new)
    return built(world)[1]


def test_what_appears_in_time_is_planned(desk: World) -> None:
    desk.briefing("later", "Later", "2026-06-01")
    desk.build()
    desk.edit(CALL, "More of it", "Less of it")
    later = NOW.replace(year=NOW.year + 1)
    report, _ = desk.attempt(now=later)
    assert report is not None
    assert Path(desk.public / "2026/06/01/later/index.html").exists()
    assert "Less of it" in desk.page("2025/03/19/call/")


def test_texts_that_are_edited_again_and_again_do_not_pile_up(world: World) -> None:
    world.briefing("deal", body="Version 0.\n\n" + "Words and words. " * 12_000).build()
    for number in range(15):
        world.edit("content/briefings/deal.md", f"Version {number}.", f"Version {number + 1}.")
        world.build()
    assert sum(pack.stat().st_size for pack in (world.root / ".briefgen/bodies").iterdir()) < 2_000_000
