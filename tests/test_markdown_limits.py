"""Markdown that nests or grows without measure is an error; whatever else is written is shown, and none of it is lost."""

import random

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


BEYOND = {
    "[[[[": ("[" * 30_000, 1, "brackets"),
    "![](![](": ("![](" * 60_000, 1, "mark something"),
    "[[ after text": ("Words.\n\n" * 40 + "[[" * 30_000, 81, "brackets"),
    "^[^[": ("^[" * 30_000, 1, "brackets"),
    "[[…]](…)": ("[" * 30_000 + "](b)" * 30_000, 1, "brackets"),
    "[a](": ("[a](" * 80_000, 1, "mark something"),
    "<<<<": ("<" * 160_000, 1, "mark something"),
    "**a**": ("**a**" * 40_000, 1, "mark something"),
    "a table of thousands of columns": ("|a" * 80_000 + "\n" + "|-" * 80_000 + "\n", 2, "mark something"),
    "a table of thousands of rows": ("|a|b|\n|-|-|\n" + "|a|b|\n" * 60_000, 50_001, "mark something"),
    "headings": ("# a\n" * 101_000, 100_001, "lines"),
    "definitions": ("a\n: b\n\n" * 40_000, 100_001, "lines"),
    "references": ("".join(f"[{number}]: /x\n" for number in range(101_000)), 100_001, "lines"),
    "lists in lists, again and again": (("- " * 45 + "a\n") * 6_000, 2_211, "items"),
    "quotes in quotes, again and again": (("> " * 45 + "a\n\n") * 6_000, None, "items"),
}


@pytest.mark.parametrize("name", BEYOND)
def test_what_would_take_the_parser_too_long_is_refused_with_its_line(name: str) -> None:
    text, line, words = BEYOND[name]
    found = Findings()
    body = render_markdown(text, 1, MarkdownSettings(), found)
    assert body.html == ""
    ((code, place, _, message, cure),) = found
    assert code == "BG205"
    assert words in str(message)
    assert "split the text" in str(cure)
    assert line is None or place == line


PIECES = (
    "[",
    "]",
    "![",
    "](",
    "[[",
    "]]",
    "(",
    "<a@b.example>",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "&",
    "\\",
    "^[",
    "[^a]",
    "|",
    "\n",
    "\n\n",
    "\n- ",
    "\n> ",
    "a",
    " ",
)


@pytest.mark.parametrize("seed", range(20))
def test_any_heap_of_marks_is_shown_or_refused(seed: int) -> None:
    rule = random.Random(seed)  # noqa: S311 – the same heaps each time
    pattern = "".join(rule.choices(PIECES, k=rule.randint(2, 12)))
    text = "KEEPFIRST\n\n" + pattern * (30_000 // len(pattern)) + "\n\nKEEPLAST"
    html, codes = found_in(text)
    if "BG205" in codes:
        assert (html, codes) == ("", ["BG205"])
    else:
        assert len(html) <= max(ALWAYS_ALLOWED, MOST_GROWTH * len(text))
        assert "KEEPFIRST" in html


def test_a_very_long_text_of_the_usual_kind_is_far_below_the_bounds() -> None:
    part = (
        "## Part {n}\n\n- **Point** {n}: [a link](https://e.example/{n}) and [[a name]]\n\n> A quote.\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\n" + "Words. " * 80 + "\n\n"
    )
    text = "".join(part.format(n=number) for number in range(2_500))
    assert len(text) > 1_500_000
    html, codes = found_in(text)
    assert codes == []
    assert "Part 2499" in html


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


@pytest.mark.parametrize("piece", ["a!", "a & b! ", "!!", "é!&x "])
def test_marks_that_mean_nothing_are_read_once(piece: str) -> None:
    html, codes = found_in(f"{piece * 2_000}`\n\nEnd")
    assert (html.count("<p>"), codes) == (2, [])
