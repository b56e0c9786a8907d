"""The words of a theme: YAML files of keys and texts, one a language."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from briefgen import files, yamltext
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem, nearest

Strings = Mapping[str, str | tuple[str, ...]]
"""Texts by key, the keys of a table joined by dots; a tuple for a list, such as the names of the months."""

WORDS = "strings.yaml"
"""The site's own words, over those of its theme."""
_LENGTHS = {"months": 12, "months_short": 12, "months_alone": 12, "months_short_alone": 12, "weekdays": 7, "weekdays_short": 7}
_SECTIONS = "section."
"""Below this every section that a site may have can be given a name."""


def read_strings(path: Path, shown: str, problems: list[Problem]) -> Strings:
    """The words in a file; what is wrong with it is added to the problems (BG405), under the path that is `shown`."""
    try:
        table = read_table(path, shown)
    except BriefgenError as error:
        problems.extend(error.problems)
        return {}
    found: dict[str, str | tuple[str, ...]] = {}
    for name, key, value in _flat(table, ""):
        texts = [part.text for part in value.items if isinstance(part, yamltext.Scalar)] if isinstance(value, yamltext.Listing) else []
        problem = _misfit(name, value, len(texts), Place(shown, key.line, key.column))
        if problem:
            problems.append(problem)
        found[name] = value.text if isinstance(value, yamltext.Scalar) else tuple(texts)
    return found


def read_table(path: Path, shown: str) -> yamltext.Table:
    """The table in a YAML file of a theme. Raises BriefgenError (BG405) with the line that is wrong."""
    try:
        return yamltext.parse(files.read(path).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BriefgenError(Problem("BG405", Place(shown, 1), "not UTF-8 text", help="save the file as UTF-8")) from None
    except yamltext.YamlError as fault:
        raise BriefgenError(Problem("BG405", Place(shown, fault.line, fault.column), fault.message, help=fault.help)) from None


def _flat(table: yamltext.Table, before: str) -> Iterator[tuple[str, yamltext.Scalar, yamltext.Scalar | yamltext.Listing]]:
    for key, value in table.entries:
        if isinstance(value, yamltext.Table):
            yield from _flat(value, f"{before}{key.text}.")
        else:
            yield before + key.text, key, value


def _misfit(name: str, value: yamltext.Scalar | yamltext.Listing, length: int, place: Place) -> Problem | None:
    if name not in _LENGTHS:
        is_text = isinstance(value, yamltext.Scalar)
        return None if is_text else Problem("BG405", place, f"`{name}` must be text, not a list", help="write some words behind its colon")
    if length == _LENGTHS[name]:
        return None
    cure = f"write `{name}: [ … ]` with all of them, in order; weeks begin on Monday"
    return Problem("BG405", place, f"`{name}` needs {_LENGTHS[name]} names; here are {length}", help=cure)


def unused_words(root: Path, known: Collection[str], templates: Iterable[str]) -> Iterator[Problem]:
    """The words of the site's own file that nothing asks for (BG103): its theme has no such key, and no template names it."""
    sources = list(templates)
    known = {*known, *_LENGTHS}
    for name, key in _unknown(read_table(root / WORDS, WORDS), "", known):
        place, span = Place(WORDS, key.line, key.column), len(key.text)
        parts = sorted(other.removeprefix(f"{name}.") for other in known if other.startswith(f"{name}."))
        if parts:
            cure = f"write {', '.join(f'`{part}: …`' for part in parts)} below it, indented"
            yield Problem("BG103", place, f"`{name}` is not one text: it has parts of its own", cure, span=span)
        elif not any(f"'{name}'" in source or f'"{name}"' in source for source in sources):
            meant = nearest(name, known)
            cure = "the theme and the templates of this site have no such words"
            yield Problem(
                "BG103", place, f"nothing asks for the words `{name}`", cure, f"did you mean `{meant}`?" if meant else "", span=span
            )


def _unknown(table: yamltext.Table, before: str, known: Collection[str]) -> Iterator[tuple[str, yamltext.Scalar]]:
    for key, value in table.entries:
        name = before + key.text
        is_form = key.text in ("one", "other") and before.rstrip(".") in known
        if isinstance(value, yamltext.Table) and any(other == name or other.startswith(f"{name}.") for other in known):
            yield from _unknown(value, f"{name}.", known)
        elif name not in known and before != _SECTIONS and not is_form:
            yield name, key
