"""What stands before the text of a Markdown file: YAML, TOML or JSON between marks, or lines such as Pelican's and Pandoc's."""

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from briefgen.importing.frontmatter import split, strings_of
from briefgen.yamltext import YamlError, plain

_LINES = re.compile(r"(?:[A-Za-z][A-Za-z_-]{1,20}:[^\n]*\n(?:[ \t]{2,}\S[^\n]*\n)*)+\n")
_TITLE_LINE = re.compile(r"^title:", re.MULTILINE | re.IGNORECASE)
_PANDOC = re.compile(r"% *([^\n]+)\n(?:% *([^\n]*)\n)?(?:% *([^\n]*)\n)?")
_ENDED_BY_DOTS = re.compile(r"(---\n(?:(?!---[ \t]*\n).*\n)*?)\.\.\.[ \t]*\n")


def parse_metadata(text: str) -> tuple[Mapping[str, Any], str, str]:
    r"""The table that stands before the text, the text, and what is wrong with the table ("" where nothing is).

    >>> parse_metadata("Title: Owls\nAuthors: Ann Roe, Ben Ode\n\nThey moved in.")
    ({'Title': 'Owls', 'Authors': ['Ann Roe', ' Ben Ode']}, 'They moved in.', '')
    >>> parse_metadata("% Owls\n% Ann Roe; Ben Ode\n% 3 May 2031\n\nThey moved in.")[0]
    {'title': 'Owls', 'author': ['Ann Roe', ' Ben Ode'], 'date': '3 May 2031'}
    """
    try:
        for parse in (_yaml, _toml, _json, _lines, _pandoc):
            if found := parse(text):
                return (*found, "")
    except YamlError as fault:
        return {}, text, fault.message
    except (ValueError, RecursionError) as fault:
        return {}, text, str(fault)[:100]
    return {}, text, ""


def _yaml(text: str) -> tuple[Mapping[str, Any], str] | None:
    if not text.startswith("---\n"):
        return None
    front = split(_ENDED_BY_DOTS.sub(r"\1---\n", text, count=1) if _ENDED_BY_DOTS.match(text) else text)
    return (strings_of(plain(front.table)), front.rest) if front else None


def _toml(text: str) -> tuple[Mapping[str, Any], str] | None:
    end = text.find("\n+++", 3) if text.startswith("+++\n") else 0
    return (tomllib.loads(text[4:end]), text[end + 4 :].partition("\n")[2]) if end > 0 else None


def _json(text: str) -> tuple[Mapping[str, Any], str] | None:
    end = text.find("\n}\n") if text.startswith("{\n") else 0
    table = json.loads(text[: end + 2]) if end > 0 else None
    return (table, text[end + 3 :]) if isinstance(table, dict) else None


def _lines(text: str) -> tuple[Mapping[str, Any], str] | None:
    found = _LINES.match(text)
    if not found or not _TITLE_LINE.search(found[0]):
        return None
    table: dict[str, Any] = {}
    key = ""
    for line in found[0].rstrip("\n").split("\n"):
        if line[0].isspace():
            table[key] += f" {line.strip()}"
        else:
            key, _, value = line.partition(":")
            table[key] = value.strip()
    return table | {key: table[key].split(",") for key in table if key.lower() in ("tags", "authors")}, text[found.end() :]


def _pandoc(text: str) -> tuple[Mapping[str, Any], str] | None:
    found = _PANDOC.match(text)
    if not found:
        return None
    table = {"title": found[1], "author": (found[2] or "").split(";"), "date": found[3] or ""}
    return {key: value for key, value in table.items() if any(value)}, text[found.end() :]
