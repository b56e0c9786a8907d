"""Texts that try to run as scripts do not, in any place of any page or feed: a browser without the pages' policy opens all of them.

A commit tries a sample; every one is tried in the nightly run.
"""

import csv
import json
from collections.abc import Iterator
from email.message import EmailMessage
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from briefgen.text import web_address
from tests.chromium import ARGUMENTS, CHROMIUM, statically_served
from tests.payloads import RUN, payloads
from tests.serve.harness import serving
from tests.worlds import World, record_of

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (set CHROMIUM to its path)")]

ALL = payloads()
SAMPLES = [pytest.param(ALL[3::53], id="sample"), pytest.param(ALL, id="all", marks=pytest.mark.nightly)]
FOUND = """
() => {
  const found = [], scheme = /^[\\s\\u0000-\\u0020]*(javascript|data|vbscript|livescript|blob|feed|jar|view-source):/i;
  const elements = [...document.querySelectorAll("*")];
  for (const one of elements) if (one.shadowRoot) elements.push(...one.shadowRoot.querySelectorAll("*"));
  for (const one of elements) {
    const own = one.tagName === "SCRIPT" && (one.type === "application/ld+json" || new URL(one.src || "x:").origin === location.origin);
    const active = /^(script|iframe|object|embed|base|frame|frameset|applet|marquee|animate|set|foreignObject|use|math|video|audio|xss)$/i;
    if (active.test(one.localName) && !own) found.push(one.outerHTML.slice(0, 200));
    for (const {name, value} of one.attributes) {
      const address = /^(href|src|srcset|action|formaction|data|background|xlink:href|poster|ping)$/i.test(name) && scheme.test(value);
      if (/^on|^style$|^srcdoc$/i.test(name) || address) found.push(`${name}=${value}`.slice(0, 200));
    }
  }
  return found;
}
"""
"""Elements, attributes and addresses of a page that could run, load or send something, and that no theme puts there."""


def test_there_are_at_least_five_hundred() -> None:
    assert len(set(ALL)) == len(ALL) >= 500


class Watch:
    """A tab that hears what runs, in whatever frame, and what a page holds that could."""

    def __init__(self, context: Any) -> None:
        self.ran: list[str] = []
        self.found: dict[str, list[str]] = {}
        context.expose_binding("ran", lambda source, *_: self.ran.append(source["page"].url))
        self.tab = context.new_page()
        self.tab.on("dialog", lambda dialog: dialog.dismiss())

    def visit(self, url: str) -> None:
        self.tab.goto(url)
        if url.endswith((".html", "/")) or "?" in url:
            self.look(url)

    def look(self, name: str) -> None:
        if found := self.tab.evaluate(FOUND):
            self.found[name] = found

    def is_quiet(self) -> None:
        self.tab.wait_for_timeout(500)
        assert (self.ran, self.found) == ([], {})


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture
def watch(browser: Any) -> Iterator[Watch]:
    context = browser.new_context(bypass_csp=True)
    yield Watch(context)
    context.close()


def visit_all(watch: Watch, public: Path) -> None:
    with statically_served(public) as base:
        for path in sorted(public.rglob("*")):
            if path.suffix in (".html", ".xml") and path.is_file():
                watch.visit(base + quote(path.relative_to(public).as_posix().removesuffix("index.html")))
    watch.is_quiet()


def briefing_of(payload: str, number: int) -> tuple[str, dict[str, str]]:
    """The body and the front matter of a briefing that says a payload in every place."""
    quoted, name, agency = json.dumps(payload), json.dumps(f"{payload} {number}"), json.dumps(f"{payload} wire {number}")
    address = json.dumps(web_address(f"https://a.example/{'-'.join(payload.split())}"))
    source = f"{{name: {name}, agency: {agency}, authors: [{quoted}], title: {quoted}, url: {address}, published: {quoted}}}"
    keys = {
        **dict.fromkeys(("title", "summary", "why"), quoted),
        "key_points": f"[{quoted}, {quoted}]",
        "topics": f"[{name}]",
        "people": f"[{{name: {name}, role: {quoted}}}]",
        "story": name,
        "sources": f"[{source}]",
        "quotes": f"[{{text: {quoted}, speaker: {name}, source: {quoted}}}, {{text: words, attributed_to: {quoted}}}]",
        "authors": f"[{quoted}]",
        "corrections": f"[{{date: 2025-03-20, text: {quoted}}}]",
        "related": f"[{{title: {quoted}, url: {address}}}]",
        "review": f"[{{field: title, reason: {quoted}, text: {quoted}, candidates: [{quoted}]}}]",
        "image": f"{{src: map.svg, alt: {quoted}, credit: {quoted}}}",
    }
    blocks = [payload, f"## {payload}", f"- {payload}", f"> {payload}", f"`{payload}`", f"[[{payload}]]", f"[{payload}](<{payload}>)"]
    return "\n\n".join([*blocks, f"![{payload}](<{payload}> '{payload}')", f"| {payload} |\n|---|\n| {payload} |"]), keys


@pytest.mark.parametrize("texts", SAMPLES)
def test_nothing_that_a_briefing_says_runs_anywhere(world: World, watch: Watch, texts: list[str]) -> None:
    quoted = json.dumps(texts[0])
    world.put(
        {
            "briefgen.yaml": f"title: {quoted}\ndescription: {quoted}\npublisher: {quoted}\nbase_url: https://desk.example/\n",
            "content/index.md": f"---\ntitle: {quoted}\n---\n\n{texts[0]}\n",
            "content/briefings/map.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        }
    )
    for number, payload in enumerate(texts):
        body, keys = briefing_of(payload, number)
        world.briefing(f"b{number}", date=f"2025-03-{1 + number % 28:02}", body=body, **keys)
        record = {"summary": json.dumps(payload), "roles": f"[{{title: {json.dumps(payload)}, org: {json.dumps(payload)}}}]"}
        world.put({f"content/people/p{number}.md": record_of(json.dumps(f"{payload} {number}"), payload, **record)})
    world.build()
    visit_all(watch, world.public)
    for path in sorted(world.public.rglob("*.csv")):
        cells = [cell for row in csv.reader(path.read_text().splitlines()) for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))] == []


@pytest.mark.parametrize("texts", SAMPLES)
def test_nothing_that_a_raw_article_says_runs_anywhere(world: World, watch: Watch, texts: list[str]) -> None:
    for number, payload in enumerate(texts):
        world.put({f"in/{number}/raw.{suffix}": content for suffix, content in raw_articles(payload, number).items()})
    told = ("--date", "2025-03-18", "--topic", texts[0], "--person", texts[1], "--source", texts[2])
    for start in range(0, len(texts), 50):
        ran = world.run("import", *(f"in/{number}" for number in range(start, min(start + 50, len(texts)))), *told)
        assert "Traceback" not in ran.err
    assert len([*world.root.glob("content/briefings/2025/03/*.md")]) > 3 * len(texts)
    world.build()
    visit_all(watch, world.public)


def raw_articles(payload: str, number: int) -> dict[str, bytes]:
    """An article that says a payload wherever it can, in each format; in a page it also stands as it is."""
    said = f"The harbour is shut, its master {number} said. “{payload},” Jane Roe of the harbour said on Tuesday."
    line, inside, quoted = " ".join(payload.split()), escape(payload), json.dumps(payload)
    mail = EmailMessage()
    mail["Subject"], mail["From"] = f"Harbour {number} {line}", "desk@a.example"
    mail.set_content(f"{said}\n\n{payload}\n")
    page = (
        f"<html><head><title>{inside} {number}</title><meta name=author content='{inside}'><link rel=canonical href='{inside}'></head>"
        f"<body><h1>{inside} {number}</h1>{payload}<p>{escape(said)}</p><p>{payload}</p></body></html>"
    )
    words = f"<description>{escape(said)}{escape(inside)}</description>"
    feed = f"<rss><channel><item><title>{escape(inside)} {number}</title><link>{inside}</link>{words}</item></channel></rss>"
    front = f"title: {json.dumps(f'{payload} {number}')}\nurl: {quoted}\ntags: [{json.dumps(f'{payload} {number}')}]\n"
    item = {"headline": f"{payload} {number}", "body_text": said, "body_xhtml": f"<p>{payload}</p>", "byline": payload, "uri": payload}
    made = {
        "txt": f"Harbour {number} {line}\nBy {line}\n\n{said}\n\n{payload}\n",
        "md": f"---\n{front}---\n\n{said}\n\n{payload}\n",
        "html": page,
        "xml": feed,
        "json": json.dumps(item),
    }
    return {suffix: text.encode() for suffix, text in made.items()} | {"eml": bytes(mail)}


@pytest.mark.parametrize("texts", SAMPLES)
def test_nothing_that_is_searched_for_runs(world: World, watch: Watch, texts: list[str]) -> None:
    for number, payload in enumerate(texts[:50]):
        world.briefing(f"b{number}", json.dumps(f"{payload} {number}"), topics=f"[{json.dumps(f'{payload} {number}')}]")
    world.build()
    with statically_served(world.public) as base:
        for payload in texts:
            watch.visit(f"{base}search/?q={quote(payload)}")
            watch.tab.wait_for_timeout(100)
            watch.look(payload)
    watch.is_quiet()


@pytest.mark.parametrize("texts", SAMPLES)
def test_nothing_that_a_message_shows_runs_in_the_overlay(world: World, watch: Watch, texts: list[str]) -> None:
    world.briefing("whole", "A whole one")
    with serving(world) as preview:
        watch.tab.goto(preview.url)
        for start in range(0, len(texts), 40):
            for number, payload in enumerate(texts[start : start + 40]):
                quoted = json.dumps(payload)
                fault = (f"{quoted}: x", f"date: {quoted}", f"people: {{{quoted}: x}}")[number % 3]
                world.put({f"content/briefings/bad{number}.md": f"---\ntitle: A\n{fault}\nweight: {quoted}\n---\n"})
            watch.tab.locator("briefgen-preview .overlay", has_text=f"{RUN[:3]}").first.wait_for()
            watch.tab.wait_for_timeout(300)
            watch.look(f"overlay {start}")
            watch.tab.goto(preview.url)
            watch.look(f"page {start}")
    watch.is_quiet()


@pytest.mark.parametrize("policy", [True, False])
def test_what_raw_html_lets_in_is_stopped_by_the_policy_alone(world: World, browser: Any, *, policy: bool) -> None:
    world.put({"briefgen.yaml": "title: Desk\nmarkdown: {raw_html: true}\n"})
    world.briefing("raw", body=f"<script>{RUN}</script><img src=x onerror={RUN}><a href='javascript:{RUN}' id=link>x</a>")
    world.build()
    context = browser.new_context(bypass_csp=not policy)
    with statically_served(world.public) as base:
        watch = Watch(context)
        watch.visit(f"{base}2025/03/18/raw/")
        watch.tab.locator("#link").click()
        watch.tab.wait_for_timeout(300)
        assert len(watch.ran) == (0 if policy else 3)
        assert len(*watch.found.values()) == 3
    context.close()
