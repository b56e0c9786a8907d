"""The words of a theme: YAML files of keys and texts, one a language."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from briefgen import files, yamltext
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem

Strings = Mapping[str, str | tuple[str, ...]]
"""Texts by key, the keys of a table joined by dots; a tuple for a list, such as the names of the months."""

WORDS = "strings.yaml"
"""The site's own words, over those of its theme."""
_LENGTHS = {"months": 12, "months_short": 12, "weekdays": 7, "weekdays_short": 7}


def read_strings(path: Path, shown: str, problems: list[Problem]) -> Strings:
    """The words in a file; what is wrong with it is added to the problems (BG405), under the path that is `shown`."""
    try:
        table = read_table(path, shown)
    except BriefgenError as error:
        problems.extend(error.problems)
        return {}
    for key, value in table.entries:
        problem = _misfit(key, value, shown)
        if problem:
            problems.append(problem)
    return dict(_flat(table, ""))


def read_table(path: Path, shown: str) -> yamltext.Table:
    """The table in a YAML file of a theme. Raises BriefgenError (BG405) with the line that is wrong."""
    try:
        return yamltext.parse(files.read(path).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BriefgenError(Problem("BG405", Place(shown, 1), "not UTF-8 text", help="save the file as UTF-8")) from None
    except yamltext.YamlError as fault:
        raise BriefgenError(Problem("BG405", Place(shown, fault.line, fault.column), fault.message, help=fault.help)) from None


def _misfit(key: yamltext.Scalar, value: yamltext.Tree, shown: str) -> Problem | None:
    length = len(value.items) if isinstance(value, yamltext.Listing) else 0
    place = Place(shown, key.line, key.column)
    if length and key.text not in _LENGTHS:
        return Problem("BG405", place, f"`{key.text}` must be text, not a list", help=f"write `{key.text}: some words`")
    if length == _LENGTHS.get(key.text, length):
        return None
    return Problem(
        "BG405",
        place,
        f"`{key.text}` needs {_LENGTHS[key.text]} names; here are {length}",
        help="write them all, in order; weeks begin on Monday",
    )


def _flat(table: yamltext.Table, before: str) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for key, value in table.entries:
        if isinstance(value, yamltext.Table):
            yield from _flat(value, f"{before}{key.text}.")
        elif isinstance(value, yamltext.Listing):
            yield before + key.text, tuple(part.text for part in value.items if isinstance(part, yamltext.Scalar))
        else:
            yield before + key.text, value.text
