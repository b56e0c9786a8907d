"""Front matter: what is refused, and at which line; what is taken, and as what."""

import datetime as dt
import json
import re
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefgen.config import MarkdownSettings
from briefgen.library.document import parse_document
from briefgen.library.headers import RecordHeader
from briefgen.model import Place, Role
from briefgen.problems import show
from briefgen.schema import UTC
from briefgen.yamltext import MOST_BYTES, Table, YamlError, parse
from tests.worlds import World, tree

CASES = Path(__file__).parent / "cases" / "frontmatter"


def cases(name: str) -> list[tuple[str, str, str]]:
    """The cases of a file: (title, what is expected, text); they begin with a line `%%%% title: expected`."""
    _, *parts = re.split(r"^%%%% (.*?): (.*)\n", (CASES / name).read_text("utf-8"), flags=re.MULTILINE)
    texts = [re.sub(r"<U\+([0-9A-F]{4})>", lambda found: chr(int(found[1], 16)), text) for text in parts[2::3]]
    return list(zip(parts[::3], parts[1::3], texts, strict=True))


REFUSED = cases("refused.txt")
REFUSED_PEOPLE = cases("refused-people.txt")
TAKEN = cases("taken.txt")
FAULTY = [("content/briefings/a.md", *case) for case in REFUSED] + [("content/people/a.md", *case) for case in REFUSED_PEOPLE]


@pytest.mark.parametrize(("path", "title", "expected", "text"), [pytest.param(*case, id=case[1]) for case in FAULTY])
def test_a_fault_is_told_with_its_place_and_in_these_words(path: str, title: str, expected: str, text: str) -> None:
    document, found = parse_document(path, text.encode(), MarkdownSettings(), UTC)
    assert document is None
    errors = [problem for problem in found if problem.severity == "error"]
    assert [f"{problem.code}:{problem.place.line}" for problem in errors] == expected.split()
    assert "\n".join(show(problem) for problem in errors).splitlines() == said()[title].splitlines()


@lru_cache
def said() -> dict[str, str]:
    """What is said of each case of the refused: title → words; `python -m tests.tools.said` writes them anew."""
    _, *parts = re.split(r"^%%%% (.*)\n", (CASES / "said.txt").read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_one_run_tells_the_faults_of_all_files_and_leaves_the_site_as_it_was(world: World) -> None:
    world.briefing("good")
    world.build()
    before = tree(world.public)
    for number, (_, _, text) in enumerate(REFUSED):
        world.put({f"content/briefings/bad/b{number:03}.md": text})
    ran = world.run("build")
    assert ran.code == 1
    places = {tuple(place.split(":")[:2]) for place in re.findall(r"--> (.*)", ran.err)}
    wanted = {
        (f"content/briefings/bad/b{number:03}.md", fault.split(":")[1])
        for number, (_, faults, _) in enumerate(REFUSED)
        for fault in faults.split()
    }
    assert wanted <= places
    assert "Traceback" not in ran.err
    assert tree(world.public) == before


@pytest.mark.parametrize(("expected", "text"), [pytest.param(expected, text, id=title) for title, expected, text in TAKEN])
def test_what_is_typed_is_what_is_meant(expected: str, text: str) -> None:
    document, found = parse_document("content/briefings/a.md", text.encode(), MarkdownSettings(), UTC)
    assert document is not None, found
    wanted = json.loads(expected)
    assert {name: _plain(getattr(document.header, name)) for name in wanted} == wanted


def _plain(value: object) -> object:
    """A field of a header as JSON would have it."""
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    day = getattr(value, "day", None)
    if day is not None:
        at = getattr(value, "at", None)
        return at.isoformat() if at else day.isoformat()
    if is_dataclass(value):
        return {field.name: _plain(part) for field in fields(value) if (part := getattr(value, field.name)) != field.default}
    return value


@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from(
            [
                "title: A",
                "- ",
                ": ",
                "{",
                "[",
                '"',
                "'",
                "&a ",
                "*a",
                "!!x ",
                "|",
                ">",
                "#",
                "\t",
                "\n",
                "?",
                "%",
                "é",
                "\x00",
                "\ud83d",
                "2025-03-18",
                "topics:",
                "extra:",
            ]
        ),
        max_size=25,
    ).map("".join)
)
def test_no_front_matter_ends_in_anything_but_a_sentence(text: str) -> None:
    content = f"---\n{text}\n---\nWords.\n".encode(errors="surrogatepass")
    document, found = parse_document("content/briefings/a.md", content, MarkdownSettings(), UTC)
    assert (document is None) == any(problem.severity == "error" for problem in found)
    assert all(problem.place.line <= content.count(b"\n") + 1 for problem in found)


@given(st.binary(max_size=300))
def test_no_bytes_end_in_anything_but_a_sentence(content: bytes) -> None:
    document, found = parse_document("content/briefings/a.md", content, MarkdownSettings(), UTC)
    assert (document is None) == any(problem.severity == "error" for problem in found)


def test_a_byte_that_is_no_utf8_is_told_with_its_line() -> None:
    document, found = parse_document("content/briefings/a.md", b"---\ntitle: A\nsummary: caf\xe9\n---\n\xff\n", MarkdownSettings(), UTC)
    assert document is None
    assert [show(problem).splitlines() for problem in found] == [
        ["error[BG109]: not UTF-8 text: byte 0xE9", "  --> content/briefings/a.md:3", "   = help: save the file as UTF-8"]
    ]


@pytest.mark.parametrize(
    "start",
    ["extra: [\n" + "[\n" * 100_000, "? " * 100_000, "- " * 100_000, "extra:\n" + "".join(" " * n + "a:\n" for n in range(1, 1000))],
)
def test_no_depth_ends_the_program(start: str) -> None:
    document, found = parse_document("content/briefings/a.md", f"---\n{start}\n---\n".encode(), MarkdownSettings(), UTC)
    assert document is None
    assert [problem.code for problem in found] == ["BG110"]


def test_a_byte_behind_an_empty_line_that_is_no_utf8_is_in_the_next_line() -> None:
    _, (problem,) = parse_document("content/briefings/a.md", b"\n\xff", MarkdownSettings(), UTC)
    assert problem.place == Place("content/briefings/a.md", 2, 0)


def test_front_matter_is_as_long_as_a_book_at_most() -> None:
    header = "title: A\nsummary: "
    longest = header + "a" * (MOST_BYTES - len(header.encode()))
    for text, said in ((longest, []), (longest + "a", [("BG110", Place("content/pages/a.md", 2, 1), "the YAML is larger than 1 MB")])):
        found = parse_document("content/pages/a.md", f"---\n{text}\n---\n".encode(), MarkdownSettings(), UTC)[1]
        assert [(problem.code, problem.place, problem.message) for problem in found] == said


def test_a_character_that_yaml_does_not_allow_is_told_with_its_line() -> None:
    with pytest.raises(YamlError) as caught:
        parse("\ntitle: A\nsummary: a\x07b\n\n\n")
    told = caught.value
    assert (told.code, told.line, told.column, told.message) == ("BG101", 3, 1, "a character that YAML does not allow: U+0007")


def test_a_python_without_libyaml_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ['title: "A"\ntopics: [no, {a: 1}]\n', "title: &a A", "- a", "a: b\na: c", "a: " + "[" * 300, "\ntitle: A\nsummary: a\x07b\n"]
    with_it = [outcome(text) for text in texts]
    monkeypatch.delattr(yaml, "CBaseLoader")
    assert [outcome(text) for text in texts] == with_it
    for number in ("FFFFFFFF", "00110000"):
        assert outcome(f'title: "\\U{number}"') == ("BG101", 1, 1, "this does not read as YAML")


def outcome(text: str) -> Table | tuple[str, int, int, str]:
    """What a YAML text is, or the code, line, column and sentence of its fault."""
    try:
        return parse(text)
    except YamlError as error:
        return error.code, error.line, error.column, error.message


def test_a_time_is_in_the_zone_of_the_site() -> None:
    for written, meant in (("2025-03-18 23:30", "2025-03-18T23:30:00+01:00"), ("2025-03-18T23:30Z", "2025-03-19T00:30:00+01:00")):
        text = f"---\ntitle: A\ndate: {written}\n---\n"
        document, _ = parse_document("content/briefings/a.md", text.encode(), MarkdownSettings(), ZoneInfo("Europe/Oslo"))
        assert document is not None
        assert _plain(document.header) == {"title": "A", "date": meant}


def test_an_office_is_held_from_a_day_to_a_day() -> None:
    text = "---\nname: Ann Lee\nroles:\n- {title: Chair, from: 2024-01-31, to: 2025-03-18T23:30}\n---\n"
    document, _ = parse_document("content/people/ann-lee.md", text.encode(), MarkdownSettings(), UTC)
    assert document is not None
    assert isinstance(document.header, RecordHeader)
    (role,) = document.header.roles
    assert role == Role("Chair", since=dt.date(2024, 1, 31), until=dt.date(2025, 3, 18))


def test_what_stands_behind_the_front_matter_is_the_body_with_its_lines() -> None:
    text = "---\ntitle: A\n---\nOne\ntwo.\n\n[x](nowhere.md) ---\n"
    document, _ = parse_document("content/briefings/a.md", text.encode(), MarkdownSettings(), UTC)
    assert document is not None
    assert str(document.body.html).startswith("<p>One\ntwo.</p>\n")
    assert [(link.target, link.line) for link in document.body.links] == [("nowhere.md", 7)]


@pytest.mark.parametrize(
    ("written", "message", "cure"),
    [
        ("links: fil", "`links` must be `url` or `file`, not `fil`", "did you mean `file`?"),
        ("links: disk", "`links` must be `url` or `file`, not `disk`", "write `url`, or leave the key out"),
        ("outputs: atom", "`outputs` must be a list, not `atom`", "write one line for each: `outputs:` and below it `- …`"),
        (
            "outputs: [[atom]]",
            "`outputs[1]` must be `atom`, `json`, `bibtex`, `ris`, `csl`, `markdown`, `llms`, `news` or `mentions`, not a list",
            "write `atom`, or leave the key out",
        ),
        ("search: [full]", "`search` must be `titles`, `full` or `none`, not a list", "write `titles`, or leave the key out"),
    ],
)
def test_a_word_that_is_none_of_a_few_is_told_which_there_are(world: World, written: str, message: str, cure: str) -> None:
    _, found = world.put({"briefgen.yaml": f"title: Desk\nbase_url: https://desk.example/\n{written}\n"}).attempt()
    assert [(problem.code, problem.message, problem.help) for problem in found] == [("BG302", message, cure)]


def test_what_a_list_says_twice_is_told_at_its_second_place(world: World) -> None:
    base = "title: Desk\nbase_url: https://desk.example/\n"
    assert world.put({"briefgen.yaml": f"{base}outputs: [atom, json]\n"}).attempt()[1] == []
    assert world.put({"briefgen.yaml": f"{base}outputs:\n"}).attempt()[1] == []
    (problem,) = world.put({"briefgen.yaml": f"{base}outputs:\n-\n- atom\n- atom\n"}).attempt()[1]
    assert problem.place == Place("briefgen.yaml", 6, 3)
    (problem,) = world.put({"briefgen.yaml": f"{base}outputs: [atom, json, atom]\n"}).attempt()[1]
    assert (problem.code, problem.message, problem.help) == ("BG302", "`outputs[3]` is the same as one before it", "keep one of them")
    assert problem.place == Place("briefgen.yaml", 3, 23)
