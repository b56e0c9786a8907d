"""`schema`: what may stand in a file, as JSON Schema, for editors that complete and check while one types."""

import json
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import click

from briefgen import files
from briefgen.cli.session import Session, session_options

if TYPE_CHECKING:
    from briefgen.schema import Schema

FOLDER = ".schema"
"""Where the schemas of a site lie, from its root: beside the files that name them, also in a clone on another machine."""
_OF = {
    "briefing": "briefings",
    "person": "people",
    "topic": "topics",
    "story": "stories",
    "source": "sources",
    "page": "pages",
    "home": "index",
}
"""For the front matter of each kind of file, the part of `content/` that holds it."""
KINDS = ("config", *_OF)


@click.command("schema", short_help="Print JSON Schemas, for editors.")
@click.argument("kind", type=click.Choice(KINDS), default="config")
@click.option("--write", is_flag=True, help=f"Write all of them into {FOLDER}/ of the site, where its files name them.")
@session_options
def schema_command(session: Session, kind: str, *, write: bool) -> int:
    """Print the JSON Schema of briefgen.yaml (config) or of the front matter of a KIND of file."""
    if not write:
        click.echo(schema_text(kind), nl=False)
        return 0
    from briefgen.config import missing_config

    if missing := missing_config(session.root, session.config):
        raise missing
    for path, text in schema_files():
        with files.writing(path):
            files.write(session.root / path, text.encode())
        if not session.quiet:
            click.echo(path)
    return 0


def schema_text(kind: str) -> str:
    """The JSON Schema of a kind of file, as it stands in a file of its own."""
    from briefgen.schema import json_schema

    top = {"$schema": "http://json-schema.org/draft-07/schema#", "title": f"briefgen: {kind}"}
    return json.dumps(top | json_schema(_schema(kind)), indent=2, ensure_ascii=False) + "\n"


def _schema(kind: str) -> "Schema[Any]":
    if kind == "config":
        from briefgen.config import SCHEMA

        return SCHEMA
    from briefgen.library.keys import SCHEMAS

    return SCHEMAS[_OF[kind]]


def schema_files() -> list[tuple[str, str]]:
    """Every schema with its path from the root of a site."""
    return [(f"{FOLDER}/{kind}.json", schema_text(kind)) for kind in KINDS]


def schema_line(root: Path, path: str, kind: str) -> str:
    """The line by which a file at `path` of the site names its schema to an editor; empty where the site keeps none."""
    if not (root / FOLDER / f"{kind}.json").is_file():
        return ""
    up = "../" * (len(PurePosixPath(path).parts) - 1)
    return f"# yaml-language-server: $schema={up}{FOLDER}/{kind}.json\n"
