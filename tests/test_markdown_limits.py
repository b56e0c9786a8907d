"""Markdown that nests or grows without measure is an error; whatever else is written is shown, and none of it is lost."""

import pytest

from briefgen.config import MarkdownSettings
from briefgen.library.markdown import ALWAYS_ALLOWED, MOST_GROWTH, render_markdown
from tests.test_markdown_plain import Findings
from tests.worlds import World

SIZE = 20_000


def found_in(text: str) -> tuple[str, list[str]]:
    found = Findings()
    body = render_markdown(text, 1, MarkdownSettings(), found)
    return str(body.html), [str(code) for code, *_ in found]


def times(part: str) -> str:
    return part * (SIZE // len(part))


BOMBS = {
    "a long address used often": f"[a]: https://e.example/{'x' * (SIZE // 2)}\n\n" + "[a] " * (SIZE // 8),
    "a long title used often": f"[a]: /x '{'x' * (SIZE // 2)}'\n\n" + "[a] " * (SIZE // 8),
    "an image used often": f"[a]: /x '{'x' * (SIZE // 2)}'\n\n" + "![a] " * (SIZE // 10),
    "a table without end": "|a" * 3_000 + "\n" + "|-" * 3_000 + "\n" + "|\n" * 15_000,
    "quotes in quotes": ">" * SIZE,
    "lists in lists": "".join(f"{' ' * depth}- a\n" for depth in range(300)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_grows_or_nests_beyond_the_limits_is_an_error_and_not_cut_off(name: str) -> None:
    html, codes = found_in(BOMBS[name])
    if not codes:
        assert len(html) <= max(ALWAYS_ALLOWED, MOST_GROWTH * len(BOMBS[name]))
    else:
        assert (html, codes) == ("", ["BG205"])


UNUSUAL = {
    "brackets": times("["),
    "stars": times("*a **b "),
    "ticks": "".join("`" * number + " " for number in range(1, 340)),
    "unfinished links": times("[a]("),
    "unfinished wikilinks": times("[["),
    "emphasis": times("_a"),
    "character data": times("<![CDATA["),
    "comments": times("<!--"),
    "entities": times("&amp"),
    "headings of one name": times("# a\n\n"),
    "underlined headings": times("a\n-\n"),
    "automatic links": times("<a@b.example>"),
    "callouts": times("> [!NOTE]\n> a\n\n"),
    "backslashes": times("\\"),
    "tasks": times("- [ ] a\n"),
    "strikes": times("~~a"),
    "stars before and after": times("*") + "a" + times("*"),
    "definitions": times("a\n: b\n\n"),
    "footnotes in footnotes": "[^0]\n\n" + "".join(f"[^{number}]: [^{number + 1}] [^{number + 1}]\n\n" for number in range(2_000)),
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_what_is_only_unusual_is_shown(name: str) -> None:
    html, codes = found_in(f"KEEPFIRST\n\n{UNUSUAL[name]}\n\nKEEPLAST")
    assert codes == []
    assert "KEEPFIRST" in html
    assert "KEEPLAST" in html


@pytest.mark.parametrize("depth", [12, 24])
def test_lists_and_quotes_may_be_nested_deeper_than_anybody_reads(depth: int) -> None:
    lists = "".join(f"{'  ' * level}- level{level}\n" for level in range(depth))
    html, codes = found_in(lists + "\n" + "> " * depth + "quoted\n")
    assert codes == []
    assert all(f"level{level}" in html for level in range(depth))
    assert "quoted" in html


def test_a_footnote_that_nothing_refers_to_is_told_because_it_is_not_shown() -> None:
    html, codes = found_in("Words.[^a]\n\n[^a]: Shown.\n[^b]: Hidden.\n")
    assert ("Shown" in html, "Hidden" in html, codes) == (True, False, ["BG212"])


def test_raw_html_is_text_unless_the_site_allows_it(world: World) -> None:
    world.briefing("a", body="<b>bold</b>\n\n<script>alert(1)</script>")
    world.build()
    page = world.page("2025/03/18/a/")
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert "<script>alert" not in page
    world.put({"briefgen.yaml": "title: Desk\nbase_url: https://desk.example/\nmarkdown:\n  raw_html: true\n"})
    world.build()
    assert "<b>bold</b>" in world.page("2025/03/18/a/")


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", " JavaScript:alert(1)", "java&#10;script:alert(1)", "vbscript:x", "data:text/html,x", "file:///etc/passwd"],
)
def test_an_address_that_runs_something_is_no_link(address: str) -> None:
    html, _ = found_in(f"[a]({address}) <{address}> [b]\n\n[b]: {address.strip()}")
    assert "script:" not in "".join(part.split('"')[0] for part in html.split('href="')[1:])
    assert "data:" not in "".join(part.split('"')[0] for part in html.split('href="')[1:])
