"""The configuration of another generator, as far as it says where pages stood; nothing of it is run."""

import ast
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from briefgen.files import read
from briefgen.importing.moving.old import Leftovers
from briefgen.model import Place
from briefgen.problems import BriefgenError
from briefgen.yamltext import YamlError, entries_of, parse


def read_settings(folder: Path, names: tuple[str, ...], left: Leftovers) -> Mapping[str, Any]:
    """The first of the files `names` that is there, its keys in small letters; empty, and said so, where none can be read."""
    path = next((folder / name for name in names if (folder / name).is_file()), None)
    if path is None:
        left.add(Place(names[0]), "no configuration there: old addresses are taken to be the usual ones", "check a few of the `aliases`")
        return {}
    try:
        table = _parsed(read(path).decode("utf-8-sig"), path.suffix)
    except (BriefgenError, YamlError, SyntaxError, ValueError, RecursionError):
        left.add(Place(path.name), "cannot be read: old addresses are taken to be the usual ones", "check a few of the `aliases`")
        return {}
    return {str(key).casefold(): value for key, value in table.items()}


def _parsed(text: str, suffix: str) -> Mapping[str, Any]:
    if suffix == ".toml":
        return tomllib.loads(text)
    if suffix == ".json":
        found = json.loads(text)
        return found if isinstance(found, dict) else {}
    if suffix == ".py":
        return _assigned(text)
    return entries_of(parse(text))


def _assigned(text: str) -> dict[str, Any]:
    r"""What a Python file gives to names, where it is written out.

    >>> _assigned("PATH = 'content'\nURL = compute()\n")
    {'PATH': 'content'}
    """
    found: dict[str, Any] = {}
    for line in ast.parse(text).body:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            try:
                found[line.targets[0].id] = ast.literal_eval(line.value)
            except ValueError:
                continue
    return found


def table(settings: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """A table of the settings, its keys in small letters; empty where there is none."""
    value = settings.get(key)
    return {str(name).casefold(): one for name, one in value.items()} if isinstance(value, dict) else {}
