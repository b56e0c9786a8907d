"""theme.yaml: what a theme says of itself – its name, its parent, and what it was made for."""

import re
from pathlib import Path

import briefgen
from briefgen import files, yamltext
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem, nearest
from briefgen.site.shows import CONTEXT
from briefgen.site.strings import read_table

_KEYS = ("name", "parent", "requires", "context")
_REQUIRES = re.compile(r">=\s*(\d+(?:\.\d+)*)\Z")


def read_parent(folder: Path, site_root: Path) -> str:
    """The parent that a theme names, empty for none; BriefgenError (BG405) where its theme.yaml is wrong or asks for what is not here."""
    path = folder / "theme.yaml"
    shown = files.shown(path, site_root)
    if not path.is_file():
        raise BriefgenError(
            Problem("BG405", Place(shown), "a theme must have this file", help=f"create it with the line `name: {folder.name}`")
        )
    entries = read_table(path, shown).entries
    said: dict[str, str] = {}
    for key, value in entries:
        place = Place(shown, key.line, key.column)
        if key.text not in _KEYS or not isinstance(value, yamltext.Scalar):
            meant = nearest(key.text, set(_KEYS) - {key.text})
            label = f"did you mean `{meant}`?" if meant else ""
            hint = f"a theme has the keys {', '.join(f'`{known}`' for known in _KEYS)}, and each is one word or number"
            raise BriefgenError(Problem("BG405", place, f"`{key.text}` is not a key of a theme, or not a single value", hint, label))
        said[key.text] = value.text
        if key.text == "requires":
            _check_version(value.text, Place(shown, key=("requires",)))
        if key.text == "context":
            _check_context(value.text, Place(shown, key=("context",)))
    return said.get("parent", "")


def _check_version(required: str, place: Place) -> None:
    match = _REQUIRES.match(required.strip())
    if match is None:
        raise BriefgenError(Problem("BG405", place, f"`{required}` is not a version of briefgen", help='write `requires: ">=1.0"`'))
    if _numbers(match[1]) > _numbers(briefgen.__version__):
        hint = "update briefgen, or use an older version of the theme"
        raise BriefgenError(Problem("BG405", place, f"this theme needs briefgen {match[1]}; this is {briefgen.__version__}", help=hint))


def _check_context(version: str, place: Place) -> None:
    if version != str(CONTEXT):
        message = f"this theme is made for version {version} of what templates find; this briefgen gives version {CONTEXT}"
        raise BriefgenError(
            Problem("BG405", place, message, f"change its templates to what docs/themes.md lists, then write `context: {CONTEXT}`")
        )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))
