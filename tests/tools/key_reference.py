"""Writes the tables of docs/front-matter.md and docs/configuration.md from the schemas themselves.

python -m tests.tools.key_reference
"""

import re
from dataclasses import fields, is_dataclass
from typing import Any

from briefgen import config
from briefgen.library import keys
from briefgen.schema import Schema
from tests.worlds import REPOSITORY

DOCUMENTS = (REPOSITORY / "docs" / "front-matter.md", REPOSITORY / "docs" / "configuration.md")
_TABLE = re.compile(r"(<!-- keys of (.+?) -->\n)(?:.*?)(<!-- end of keys -->)", re.DOTALL)


def schemas() -> dict[str, Schema[Any]]:
    """Every schema of front matter and configuration, by the name that messages give it."""
    return {value.name: value for module in (keys, config) for value in vars(module).values() if isinstance(value, Schema)}


def with_reference(document: str) -> str:
    """The document with its tables made anew; each stands between `<!-- keys of NAME -->` and `<!-- end of keys -->`."""
    known = schemas()
    return _TABLE.sub(lambda match: f"{match[1]}\n{table(known[match[2]])}\n{match[3]}", document)


def table(schema: Schema[Any]) -> str:
    """The keys of a schema as a Markdown table; for the configuration with what holds where a key is left out."""
    titles = ["key", "is", "what it is for"]
    rows = [[f"`{key.name}`{' (required)' if key.required else ''}", _form(key.form.name), key.about] for key in schema.keys]
    if schema is config.SCHEMA:
        defaults = {field.name: field.default for field in fields(config.Config)}
        titles.append("if left out")
        rows = [[*row, _default(defaults[key.into or key.name])] for row, key in zip(rows, schema.keys, strict=True)]
    return "".join(f"| {' | '.join(row)} |\n" for row in [titles, ["---"] * len(titles), *rows])


def _form(name: str) -> str:
    """How a form is named in a table.

    >>> _form("a list of a source"), _form("a list of text"), _form("a list of atom or json"), _form("a day")
    ('list, each a source', 'list of texts', 'list of `atom`, `json`', 'a day')
    """
    listed = name.startswith("a list of ")
    form = name.removeprefix("a list of ")
    choices = form.split(" or ") if re.fullmatch(r"\w+( or \w+)+", form) and form != "true or false" else []
    if choices:
        words = [f"`{choice}`" for choice in choices]
        return f"list of {', '.join(words)}" if listed else " or ".join(words)
    return ("list of texts" if form == "text" else f"list, each {form}") if listed else form


def _default(value: object) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return f"`[{', '.join(value)}]`" if value else ""
    return "" if is_dataclass(value) or not value else f"`{value}`"


if __name__ == "__main__":
    for path in DOCUMENTS:
        path.write_text(with_reference(path.read_text()))
