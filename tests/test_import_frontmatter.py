"""Front matter as import writes and reads it: it reads back as what was meant, whoever wrote it."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefgen.importing.frontmatter import names_of, split, strings_of, tables_of, text_of, texts_of
from briefgen.text import clean
from briefgen.yamldump import dump
from briefgen.yamltext import Plain, YamlError, parse, plain

HARD = [
    "no",
    "~",
    "1e3",
    "2025-03-18",
    "12:30",
    "- a",
    "a: b",
    "a #b",
    "*a",
    "&a",
    "!a",
    "'",
    '"',
    "%",
    "[",
    "\t",
    " a ",
    "a\nb",
    "é",
    "\u00a0",
    "\u200d",
]

texts = st.sampled_from(HARD) | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).map(clean).filter(bool)
texts |= st.text(st.sampled_from("aé1 :#-?,'.…!&%/()\n"), min_size=1, max_size=8)
entries = st.dictionaries(texts, texts, min_size=1, max_size=3)
tables = st.dictionaries(texts, texts | entries | st.lists(texts | entries, min_size=1, max_size=3), max_size=3)


@given(tables)
def test_what_is_written_reads_back_as_the_same_text(table: dict[str, Plain]) -> None:
    assert plain(parse(dump(table))) == table
    assert (yaml.safe_load(dump(table)) or {}) == table


one_line = texts.filter(lambda text: len(text) > 1 and not set("\n\x85\u2028\u2029") & set(text))


@given(st.lists(one_line, min_size=1, max_size=4))
def test_what_is_written_is_what_pyyaml_would_write(listed: list[str]) -> None:
    assert dump({"a": listed}) == yaml.safe_dump({"a": listed}, allow_unicode=True, width=10_000_000)


def test_what_is_written_is_plain_for_every_reader_of_yaml() -> None:
    same = ["Ann Lee", "no"]
    table: dict[str, Plain] = {
        "title": "Énergie " + "and more " * 50,
        "people": same,
        "authors": same,
        "empty": [],
        "none": "",
        "a": {"b": ""},
    }
    written = dump(table)
    assert written.splitlines()[1:] == ["people:", "- Ann Lee", "- 'no'", "authors:", "- Ann Lee", "- 'no'", "a: {}"]
    assert written.startswith("title: 'Énergie and more and more")
    assert yaml.safe_load(written)["people"] == same


@pytest.mark.parametrize("text", ["", "Words.\n", "---\ntitle: A\n", "a\n---\ntitle: A\n---\n", " ---\ntitle: A\n---\n"])
def test_a_file_without_front_matter_has_none(text: str) -> None:
    assert split(text) is None


@pytest.mark.parametrize("text", ["---  \ntitle: A\n---\t\n\nWords.\n---\n", "\ufeff---\r\ntitle: A\r\n---\r\rWords.\r\n---\n"])
def test_neither_spaces_behind_the_lines_around_nor_other_line_ends_matter(text: str) -> None:
    front = split(text)
    assert front is not None
    assert (front.rest, plain(front.table)) == ("\nWords.\n---\n", {"title": "A"})


def test_a_fault_is_at_its_line_of_the_file() -> None:
    with pytest.raises(YamlError) as caught:
        split("---\ntitle: A\ntitle: B\n---\n")
    assert (caught.value.code, caught.value.line, str(caught.value)) == ("BG106", 3, "`title` is given twice, first in line 2")


def test_what_is_no_mapping_is_read_as_an_empty_one() -> None:
    assert [strings_of(value) for value in ({"a": "b"}, "a", ["a"])] == [{"a": "b"}, {}, {}]


def test_what_another_hand_wrote_is_read_as_far_as_it_goes() -> None:
    front = split(
        "---\ntitle: [A]\nlang: en\npeople: [Ann Lee, {name: Bo Ek}, {role: Chair}, [x]]\nauthors: Cy Oe\ntopics:\nextra: {a: b}\n---\n"
    )
    assert front is not None
    table = front.table
    assert [text_of(table, key) for key in ("title", "lang", "summary")] == ["", "en", ""]
    assert [texts_of(table, key) for key in ("people", "authors", "topics", "extra", "none")] == [("Ann Lee",), ("Cy Oe",), (), (), ()]
    assert [plain(part) for part in tables_of(table, "people")] == [{"name": "Bo Ek"}, {"role": "Chair"}]
    assert [tables_of(table, key) for key in ("lang", "extra", "none")] == [(), (), ()]
    assert names_of(table, "people") == ("Ann Lee", "Bo Ek")
