"""Whatever is written into a site while it is served, and in whatever order, the preview plans what a build would plan."""

import gc
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.config import load_config
from briefgen.library.names import Names
from briefgen.library.show import Show
from briefgen.preview.live import Preview, next_preview
from briefgen.preview.loading import Attempt, Loader, Options
from briefgen.preview.renderer import Renderer
from briefgen.preview.sources import Changes
from briefgen.problems import Problem, Problems
from briefgen.site.environment import Templates
from briefgen.site.ledger import fingerprint
from briefgen.site.site import Site, load_site
from briefgen.tree import read_tree
from tests.worlds import NOW, World, record_of

TITLES = ["The call", "The deal", "A deal", "Energy", "vote", "call", "Ann Lee"]
BODIES = [
    "",
    "Words.",
    "Other words, and a [link](https://example.org/).",
    "Long. " * 300,
    "See [the call](call.md), [[The deal]] and [[A deal]].",
    "See [[vote]], [[Ann Lee]] and [the page](/pages-that-are-not/).",
    "See [[Nothing such]] and [a heading](call.md#what-is-next).",
    "Words.\n\n## What is next\n\n[Up](#what-is-next), ![a chart](chart.png)",
    "From [the root](/2025/03/18/call/) to [there](/2025/03/18/call/#what-is-next).",
]
KEYS = {
    "date": ["", "2025-03-18", "2025-03-18", "2025-03-19", "2025-03-18T09:00Z", "2026-06-01"],
    "summary": ["", "", "A summary.", "Another."],
    "why": ["", "", "It matters."],
    "key_points": ["", "", "[One thing, Another]"],
    "topics": ["", "[Energy]", "[Energy]", "[Grid, Trade]"],
    "people": ["", "[Ann Lee]", "[Ann Lee]", "[{name: A. Lee, role: Minister}, Bo Ek]"],
    "story": ["", "", "Saga"],
    "source": ["", "Wire", "{name: Wire, title: Elsewhere}", "{name: Post, agency: Wire}"],
    "quotes": ["", "", "[{text: We held it., speaker: Ann Lee}]", "[{text: We lost it., speaker: Ann Lee}]"],
    "image": ["", "", "{src: chart.png, alt: A chart}", "{src: chart.png, alt: The chart}", "{src: gone.png, alt: None}"],
    "review": ["", "", "[{field: date, reason: guessed}]"],
    "aliases": ["", "", "", "[old/place/]"],
    "updated": ["", "", "2025-03-20"],
    "weight": ["", "", "3"],
    "draft": ["", "", "", "true"],
}
NAMES = ["call", "deal", "vote", "strike"]
RECORDS = {
    "content/topics/energy.md": [
        record_of("Energy"),
        record_of("Energy", "See [[The call]] and [[vote]]."),
        record_of("Energy", "About it."),
    ],
    "content/people/ann-lee.md": [
        record_of("Ann Lee", "Of [a call](../briefings/call.md).", aliases="[A. Lee]"),
        record_of("Ann Lee", "Of [nothing](../briefings/nothing.md).", aliases="[A. Lee]"),
        record_of("Ann Lee", aliases="[A. Lee]", roles="[{title: Chair, from: 2025-03-19}]"),
    ],
    "content/pages/about.md": [
        "---\ntitle: About\n---\nSee [[The deal]].\n",
        "---\ntitle: About\n---\nUs.\n\nMore.\n",
        "---\ntitle: Us\n---\n",
    ],
    "content/index.md": ["---\ntitle: Home\n---\nWelcome.\n", "---\ntitle: Home\n---\nWelcome to [[A deal]].\n"],
}
FIXED: dict[str, str | bytes] = {
    "briefgen.yaml": "title: Desk\nbase_url: https://desk.example/\npage_size: 1\nfeeds: [{name: Grid, topics: [Grid]}]\n",
    "content/topics/grid.md": record_of("Grid", parent="Energy"),
    "content/briefings/chart.png": b"png",
}


@st.composite
def briefings(draw: st.DrawFn) -> str:
    """The text of a briefing."""
    lines = [f"title: {draw(st.sampled_from(TITLES))}"]
    lines += [f"{key}: {text}" for key, texts in KEYS.items() if (text := draw(st.sampled_from(texts)))]
    return "---\n" + "\n".join(lines) + f"\n---\n\n{draw(st.sampled_from(BODIES))}\n"


def other(text: str, line: str, body: str) -> str:
    """The text with another line of front matter, or with another body."""
    header, end, _ = text.partition("\n---\n\n")
    key = line.partition(":")[0]
    lines = [one for one in header.split("\n") if one.partition(":")[0] != key]
    return "\n".join([lines[0], *([line] if line else []), *lines[1:]]) + end + body


LINES = st.one_of(
    st.sampled_from([f"title: {title}" for title in TITLES]),
    st.sampled_from([f"{key}: {text}" for key, texts in KEYS.items() for text in texts if text]),
)


def edit(data: st.DataObject, text: str) -> str:
    """The text of a briefing with one thing changed."""
    line, body = data.draw(st.one_of(LINES, st.none()), "line"), text.partition("\n---\n\n")[2]
    return other(text, line, body) if line else other(text, "", data.draw(st.sampled_from(BODIES), "body") + "\n")


def shown(site: Site) -> dict[str, str]:
    """What each page shows."""
    return {page.path: fingerprint(page) for page in site.pages} | {copy.path: copy.sha256 for copy in site.copies}


def rendered(site: Site) -> dict[str, str]:
    """The text of each page."""
    templates = Templates(site.theme, site.view)
    return {page.path: templates.render(page) for page in site.pages}


def planned(root: Path, show: Show) -> tuple[Site, list[Problem]]:
    """The site as a build plans it, and what it finds."""
    problems = Problems()
    return load_site(read_tree(root), load_config(root, problems), show, problems, fresh=True, keep=False), list(problems)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_site_that_is_edited_text_by_text_is_the_site_that_a_build_would_plan(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder)).put(FIXED)
        texts = {f"content/briefings/{name}.md": data.draw(briefings(), name) for name in NAMES}
        texts |= {name: data.draw(st.sampled_from(variants), name) for name, variants in RECORDS.items()}
        world.put(texts)
        drafts = data.draw(st.booleans(), "drafts")
        loader = Loader(Options(world.root, None, lambda: NOW, drafts, future=False))
        attempt: Attempt | None = loader.start()
        for _ in range(5):
            name = data.draw(st.sampled_from(sorted(texts)), "file")
            texts[name] = data.draw(st.sampled_from(RECORDS[name]), "text") if name in RECORDS else edit(data, texts[name])
            world.put({name: texts[name]})
            attempt = loader.load(Changes(frozenset([name]), texts_only=True)) or attempt
            site, found = planned(world.root, Show(NOW, drafts))
            assert attempt is not None
            assert attempt.failed == any(problem.severity == "error" for problem in found)
            if attempt.good and not attempt.failed:
                assert shown(attempt.good.site) == shown(site)
                assert {*attempt.found} == {*found}
        if attempt and attempt.good and not attempt.failed:
            assert rendered(attempt.good.site) == rendered(site)


def test_a_site_that_is_planned_again_and_again_holds_one_plan(world: World) -> None:
    world.briefing("call", topics="[Energy]")
    loader, renderer = Loader(Options(world.root, None, lambda: NOW)), Renderer()
    preview = next_preview(Preview(0), loader.start(), world.root)
    for number in range(6):
        world.briefing("call", topics=f"[Energy {number}]")
        attempt = loader.load(Changes(frozenset(["content/briefings/call.md"]), texts_only=True))
        assert attempt is not None
        preview = next_preview(preview, attempt, world.root)
        for page in attempt.good.site.pages if attempt.good else ():
            renderer.rendered(preview, page)
    gc.collect()
    assert sum(isinstance(one, Names) and one.kind == "topic" and "energy-0" in one.terms for one in gc.get_objects()) == 0
