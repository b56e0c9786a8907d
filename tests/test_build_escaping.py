"""What people write is shown as they wrote it, in every place where a page, a feed or data for machines shows it."""

import json
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest

from tests.worlds import World, record_of, tree

PAYLOADS = {
    "a script": "<script>alert(1)</script>",
    "the end of a script": "</script><script>alert(1)</script>",
    "an attribute": '" onmouseover="alert(1)',
    "an attribute with the other quote": "' onfocus='alert(1)' autofocus='",
    "the end of a title": "</title><svg onload=alert(1)>",
    "a comment": "<!-- --><img src=x onerror=alert(1)>",
    "the end of a comment": "--><script>alert(1)</script>",
    "the end of character data": "]]><script>alert(1)</script>",
    "a template": "{{ 7 * 191 }}{% raw %}{# note #}",
    "an entity": "&lt;script&gt;&amp;#60;",
    "a link in Markdown": "[x](javascript:alert(1)) ![y](x.png)",
    "signs of JSON": '\\", "x": {"y": "\u2028',
    "an address": "javascript:alert(1)//",
}


class Page(HTMLParser):
    """The elements of a page with their attributes, its title, and what it holds as data."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 – the parser's seam
        self._inside = ""

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self._inside, []).append(data)


def active_parts(page: Page) -> list[str]:
    """Everything in a page that could run, load or send something that the theme did not put there."""
    found = []
    for tag, attributes in page.elements:
        if tag == "script" and "src" not in attributes and attributes.get("type") != "application/ld+json":
            found.append("a script in the page")
        if tag in ("iframe", "object", "embed", "base", "style") or (tag == "form" and attributes.get("id") != "search"):
            found.append(f"<{tag}>")
        for name, value in attributes.items():
            address = "".join(value.split()).lower()
            if name.startswith("on") or name == "style":
                found.append(f"<{tag} {name}>")
            if name in ("href", "src", "action") and address.startswith(("javascript:", "data:", "vbscript:")):
                found.append(f"<{tag} {name}={value}>")
    return found


@pytest.fixture(params=PAYLOADS)
def hostile(request: pytest.FixtureRequest, world: World) -> tuple[World, str]:
    """A site in which every text is one payload."""
    payload = PAYLOADS[str(request.param)]
    quoted = json.dumps(payload)
    record = {"summary": quoted, "aliases": f'[{quoted[:-1]} 2"]', "roles": f"[{{title: {quoted}, org: {quoted}}}]"}
    world.put(
        {
            "briefgen.yaml": f"title: {quoted}\ndescription: {quoted}\npublisher: {quoted}\nbase_url: https://desk.example/\n",
            "content/people/someone.md": record_of(quoted, payload, **record),
            "content/pages/about.md": f"---\ntitle: {quoted}\nsummary: {quoted}\nnav: 1\n---\n{payload}\n",
            "content/briefings/map.svg": "<svg/>",
        }
    )
    keys = {
        "summary": quoted,
        "why": quoted,
        "key_points": f"[{quoted}]",
        "topics": f"[{quoted}]",
        "people": f"[{{name: {quoted}, role: {quoted}}}]",
        "story": quoted,
        "sources": f"[{{name: {quoted}, agency: {quoted}, authors: [{quoted}], title: {quoted}}}]",
        "quotes": f"[{{text: {quoted}, speaker: {quoted}, source: {quoted}}}, {{text: a, attributed_to: {quoted}}}]",
        "authors": f"[{quoted}]",
        "corrections": f"[{{date: 2025-03-20, text: {quoted}}}]",
        "related": f"[{{title: {quoted}, url: https://x.example/}}]",
        "review": f"[{{field: {quoted}, reason: {quoted}, text: {quoted}, candidates: [{quoted}]}}]",
        "image": f"{{src: map.svg, alt: {quoted}, credit: {quoted}}}",
        "extra": f"{{mine: {quoted}}}",
    }
    blocks = [f"## {payload}", payload, f"- {payload}", f"[[{quoted}]] [{payload}](<{payload}>) `{payload}`", f"> {payload}"]
    body = "\n\n".join([*blocks, f"| {payload} |\n|---|\n| {payload} |"])
    world.briefing("one", quoted, body=body, **keys).briefing("two", quoted, "2025-03-19", body=body, **keys)
    report, problems = world.attempt()
    assert report is not None, problems
    return world, payload


def test_no_text_becomes_markup_or_data_that_runs(hostile: tuple[World, str]) -> None:
    world, payload = hostile
    for name, content in tree(world.public).items():
        if name.endswith(".html"):
            page = Page(content.decode())
            assert active_parts(page) == [], name
            for text in page.texts.get("script", []):
                json.loads(text)
        # the manifest holds digests, in which any four digits may stand
        assert b"1337" not in content or name == ".briefgen-manifest", name
    shown = " ".join("".join(Page(world.page("2025/03/18/one/")).texts["h1"]).split())
    assert shown == " ".join(payload.split())


def test_data_for_machines_is_well_formed_and_says_what_was_written(hostile: tuple[World, str]) -> None:
    world, payload = hostile
    said = " ".join(payload.split())
    for name, content in tree(world.public).items():
        if name.endswith(".xml"):
            ET.fromstring(content)  # noqa: S314 – we wrote it
        if name.endswith(".json"):
            json.loads(content)
    atom = ET.fromstring(world.page("feed.xml"))  # noqa: S314 – we wrote it
    title = atom.findtext("{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}title") or ""
    assert " ".join(title.split()) == said
    assert [" ".join(entry["title"].split()) for entry in json.loads(world.page("feed.json"))["items"]] == [said, said]
    (linked,) = (json.loads(text) for text in Page(world.page("2025/03/18/one/")).texts["script"])
    articles = [part for part in linked["@graph"] if "headline" in part] if "@graph" in linked else [linked]
    assert [" ".join(part["headline"].split()) for part in articles] == [said]
