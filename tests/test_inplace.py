"""Front matter edited in place: what was asked changes, every other character stays."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefgen.importing.frontmatter import split
from briefgen.library.inplace import rewrite
from briefgen.yamltext import Plain, entries_of

WORDS = st.text("ab: #-'\"[]{},é中", min_size=1, max_size=8).map(str.strip).filter(bool)
ITEMS = WORDS | st.fixed_dictionaries({"name": WORDS}, optional={"role": WORDS})
VALUES = WORDS | st.lists(ITEMS, min_size=1, max_size=4)
TABLES = st.dictionaries(st.sampled_from(["title", "date", "topics", "people", "sources", "extra"]), VALUES, min_size=1)
ENDS = st.sampled_from(["\n", "\r\n"])


def typed(table: dict[str, Plain], styles: list[bool], comments: list[bool]) -> str:
    """A table as somebody types it: each entry in block or flow style, some under a comment of their own."""
    lines = []
    for (key, value), flow, comment in zip(table.items(), styles, comments, strict=False):
        lines += [f"# about {key}", ""] * comment
        text: str = yaml.safe_dump({key: value}, default_flow_style=False, allow_unicode=True, width=10**9, sort_keys=False)
        if flow and not isinstance(value, str):
            text = f"{key}: {yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10**9, sort_keys=False)}"
        lines += text.rstrip("\n").split("\n")
    return "---\n" + "\n".join(lines) + "\n---\n\nBody: - x\n---\n"


@given(TABLES, TABLES, st.lists(st.booleans(), min_size=6, max_size=6), st.lists(st.booleans(), min_size=6, max_size=6), ENDS)
def test_any_change_of_entries_leaves_the_others_and_the_comments(
    table: dict[str, Plain], other: dict[str, Plain], styles: list[bool], comments: list[bool], end: str
) -> None:
    text = typed(table, styles, comments).replace("\n", end)
    wanted = {key: other.get(key, value) for key, value in table.items()} | {key: value for key, value in other.items() if key not in table}
    new = rewrite(text, wanted)
    assert new is not None
    front = split(new)
    assert front is not None
    assert entries_of(front.table) == wanted
    assert new.endswith(f"{end}---{end}{end}Body: - x{end}---{end}")
    kept = [line for line in text.split(end) if line.startswith("#")]
    assert [line for line in new.split(end) if line in kept] == kept
    for key, value in table.items():
        if wanted[key] == value:
            assert typed({key: value}, [styles[list(table).index(key)]], [False])[4:-19].replace("\n", end) in new


@given(TABLES, st.lists(st.booleans(), min_size=6, max_size=6), st.lists(st.booleans(), min_size=6, max_size=6))
def test_what_is_taken_out_and_put_back_leaves_no_mark(table: dict[str, Plain], styles: list[bool], comments: list[bool]) -> None:
    text = typed(table, styles, comments)
    more = rewrite(text, {**table, "review": [{"field": "title", "reason": "x"}]})
    assert more is not None
    assert rewrite(more, table) == text
    assert rewrite(text, table) == text


@pytest.mark.parametrize(
    ("typed", "wanted", "written"),
    [
        ("date: x\nurl: y", {"title": "A", "date": "x", "url": "y"}, "title: A\ndate: x\nurl: y"),
        ("title: A\ndate: x", {"title": "A", "summary": "s", "date": "x"}, "title: A\nsummary: s\ndate: x"),
        ("title: A", {"title": "A", "url": "x", "date": "y"}, "title: A\nurl: x\ndate: y"),
        ("  date: x\n  url: y", {"title": "A", "date": "x", "url": "y"}, "  title: A\n  date: x\n  url: y"),
        ("source:\n  # who\n  name: A", {"source": {"name": "B"}}, "source:\n  # who\n  name: B"),
        ("source:\n  url: y", {"source": {"name": "A", "url": "y"}}, "source:\n  name: A\n  url: y"),
        ("source:\n  name: A\nx: y", {"source": {"name": "A", "url": "b"}, "x": "y"}, "source:\n  name: A\n  url: b\nx: y"),
        ("a:\n  b: c\nx: y", {"a": {"b": "c", "d": ["e", "XX"]}, "x": "y"}, "a:\n  b: c\n  d:\n  - e\n  - XX\nx: y"),
        ("source:\n  name: A\n  # his\n# next\nx: y", {"source": "B", "x": "y"}, "source: B\n# next\nx: y"),
        ("\ntitle: A\ndate: x", {"date": "x"}, "\ndate: x"),
    ],
)
def test_entries_come_and_go_where_they_are_wanted(typed: str, wanted: dict[str, Plain], written: str) -> None:
    assert rewrite(f"---\n{typed}\n---\n", wanted) == f"---\n{written}\n---\n"
    assert rewrite(f"---\n{typed}\n---\n".replace("\n", "\r"), wanted) == f"---\n{written}\n---\n".replace("\n", "\r")


@pytest.mark.parametrize(
    ("typed", "wanted", "written"),
    [
        ("  - a # so", ["a", "b"], "  - a # so\n  - b"),
        ("  - a # so\n  - b", ["n", "a", "b"], "  - n\n  - a # so\n  - b"),
        ("  - a # so\n  - b", ["a", "n", "b"], "  - a # so\n  - n\n  - b"),
        ("  - a # so\n  - b", ["a"], "  - a # so"),
        ("- a\n- b\n- c # so", ["a", "b", "d"], "- a\n- b\n- d # so"),
        ('- "\\u00e9"\n- b', ["é", "c"], '- "\\u00e9"\n- c'),
        ("- - a\n  - b # so", [["a", "c"]], "- - a\n  - c # so"),
        ("- name: A\n  role: r # so", [{"name": "A", "role": "s"}], "- name: A\n  role: s # so"),
        ("- role: r # so\n- name: B", [{"name": "A", "role": "r"}, {"name": "B"}], "- name: A\n  role: r # so\n- name: B"),
    ],
)
def test_items_of_a_list_come_and_go_where_they_are_wanted(typed: str, wanted: list[Plain], written: str) -> None:
    assert rewrite(f"---\ntopics:\n{typed}\n---\n", {"topics": wanted}) == f"---\ntopics:\n{written}\n---\n"


def test_lists_of_every_sort_are_changed_item_by_item() -> None:
    text = (
        "\ufeff---\r\nreview:\r\n  # first\r\n  - field: a\r\n    reason: x\r\n  # second\r\n  -\r\n    field: b\r\n  # last\r\n---\r\nEnd"
    )
    assert rewrite(text, {"review": [{"field": "b"}]}) == (
        "\ufeff---\r\nreview:\r\n  # first\r\n  # second\r\n  -\r\n    field: b\r\n  # last\r\n---\r\nEnd"
    )


def test_texts_over_several_lines_are_written_anew() -> None:
    text = "---\nsummary: |\n  one\n  # two\n\n# next\ntitle: >-\n  A\n  B\n---\n"
    assert rewrite(text, {"summary": "s", "title": "T"}) == "---\nsummary: s\n\n# next\ntitle: T\n---\n"


@pytest.mark.parametrize(
    ("typed", "wanted", "written"),
    [
        ("{title: A}", {"title": "B"}, "{title: B}"),
        ("title: 'A'\ndate: \"B\" # x", {"title": "no", "date": "C"}, "title: 'no'\ndate: \"C\" # x"),
        ("topics: [ a,  'b' , c ] # x", {"topics": ["a", "c"]}, "topics: [ a,  c ] # x"),
        ("topics: [ a,  'b' , c ] # x", {"topics": ["a", "b"]}, "topics: [ a,  'b' ] # x"),
        ("topics: [ a,  'b' , c ]", {"topics": ["x", "a", "d, e", "c", "f"]}, "topics: [ x, a,  'd, e' , c, f ]"),
        ("people: [\n  A,  # first\n  {name: B,   role: x},\n]", {"people": ["A", {"name": "C", "role": "x"}]}, None),
        ("topics: [a,  'b', c]", {"topics": ["a", "d", "c"]}, "topics: [a,  'd', c]"),
        ('topics: ["\\u00e9",  b]', {"topics": ["é", "c"]}, 'topics: ["\\u00e9",  c]'),
        ("topics: [ a ]", {"topics": ["a", "x", "y"]}, "topics: [ a, x, y ]"),
        ("topics: [ a ]", {"topics": ["x", "y", "a"]}, "topics: [ x, y, a ]"),
        ("topics: [ a,  b,  c ]", {"topics": ["a"]}, "topics: [ a ]"),
        ("source: {name:  B,  url: y}", {"source": {"name": "B", "url": "y", "weight": "2"}}, "source: {name:  B,  url: y, weight: '2'}"),
        ("extra: { a: 1,  b: 2 }", {"extra": {"c": "1", "b": "2"}}, "extra: { c: '1',  b: 2 }"),
        ("extra: { a: 1, x: 2,  b: 3 }", {"extra": {"c": "1", "d": "2", "b": "3"}}, "extra: { c: '1', d: '2',  b: 3 }"),
        ("extra: { a: 1 }", {"extra": {"b": "1"}}, "extra: { b: '1' }"),
        ("people: [{name: B,   role: x}]", {"people": [{"role": "x", "weight": "2"}]}, "people: [{role: x, weight: '2'}]"),
        ("people: [{name: B, role: x}]", {"people": [{"name": "B"}, "D"]}, "people: [{name: B}, D]"),
        ("topics: [] # none", {"topics": ["a"]}, "topics: [a] # none"),
        ("topics: [a] # one", {"topics": "b"}, "topics: b # one"),
        ("topics: a, b # two", {"topics": ["a, b", "c"]}, "topics: ['a, b', c] # two"),
        ("topics: # none", {"topics": ["a", "b"]}, "topics: # none\n- a\n- b"),
        ("topics: # none", {"topics": "a"}, "topics: a # none"),
        ("extra: {a: , b: 1}", {"extra": {"a": "x", "b": "1"}}, "extra: {a: x, b: '1'}"),
        ("title: A # so", {"title": "Call, and more"}, "title: Call, and more # so"),
        ("title: A", {"title": "Model X"}, "title: Model X"),
        ("a: x\nb: y", {"b": "z\u2028y"}, 'b: "z\\Ly"'),
    ],
)
def test_quotation_marks_brackets_and_comments_stay(typed: str, wanted: dict[str, Plain], written: str | None) -> None:
    written = written or typed.replace("B", "C")
    assert rewrite(f"---\n{typed}\n---\n", wanted) == f"---\n{written}\n---\n"


def test_what_cannot_be_changed_safely_is_left() -> None:
    assert rewrite("---\ntitle: A\n", {"title": "B"}) is None
    assert rewrite("title: A\n", {"title": "B"}) is None
    assert rewrite("---\ntitle: &a A\nx: *a\n---\n", {"title": "B", "x": "A"}) is None
