"""Front matter: what is refused, and at which line; what is taken, and as what."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.config import MarkdownSettings
from briefgen.library.document import parse_document
from briefgen.schema import UTC
from tests.worlds import World, tree

CASES = Path(__file__).parent / "cases" / "frontmatter"


def cases(name: str) -> list[tuple[str, str, str]]:
    """The cases of a file: (title, what is expected, text); they begin with a line `%%%% title: expected`."""
    _, *parts = re.split(r"^%%%% (.*?): (.*)\n", (CASES / name).read_text("utf-8"), flags=re.MULTILINE)
    texts = [re.sub(r"<U\+([0-9A-F]{4})>", lambda found: chr(int(found[1], 16)), text) for text in parts[2::3]]
    return list(zip(parts[::3], parts[1::3], texts, strict=True))


REFUSED = cases("refused.txt")
TAKEN = cases("taken.txt")


@pytest.mark.parametrize(("expected", "text"), [pytest.param(expected, text, id=title) for title, expected, text in REFUSED])
def test_a_fault_is_told_with_its_line(expected: str, text: str) -> None:
    document, found = parse_document("content/briefings/a.md", text.encode(), MarkdownSettings(), UTC)
    assert document is None
    assert [f"{problem.code}:{problem.place.line}" for problem in found if problem.severity == "error"] == expected.split()
    assert all(problem.message and "yaml." not in problem.message for problem in found)


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
    return getattr(value, "name", value)


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
