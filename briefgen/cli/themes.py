"""`theme`: which file of a theme is used, and a theme of one's own begun."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

import briefgen
from briefgen import files
from briefgen.cli.session import Session, session_options, settings_of, show_problems
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem, nearest
from briefgen.text import printable

if TYPE_CHECKING:
    from briefgen.site.chosen import Choice
    from briefgen.site.theme import Theme

_NAME = re.compile(r"\w[\w-]*\Z")
_BASE = """\
{{# One block of the page around every page; docs/themes.md names the others. #}}
{{% extends "theme:base.html" %}}
{{% block head_extra %}}
{{{{ super() }}}}
<link rel="stylesheet" href="{{{{ '{name}.css'|asset }}}}">
{{% endblock %}}
"""
_STYLES = "/* Comes after the stylesheet of {parent}. */\n"


@click.group("theme")
def theme_group() -> None:
    """Themes: see which file is used, begin one of your own."""


@theme_group.command("which")
@click.argument("template", required=False)
@session_options
def which_command(session: Session, template: str | None) -> int:
    """Say which file is used for TEMPLATE, or for every template and static file, and why."""
    from briefgen.site.chosen import choices

    config = settings_of(session)
    try:
        theme = _load(session.root, config.theme, config.at("theme"))
    except BriefgenError as error:
        show_problems(error.problems, root=session.root)
        return error.exit_code
    if template is None:
        for name in sorted(theme.templates):
            click.echo(printable(f"{name}: {theme.templates[name][0].path}"))
        for name, file in sorted(theme.static.items()):
            click.echo(printable(f"{name}: {files.shown(file.path, session.root)}"))
    elif template in theme.templates:
        for choice in choices(theme, template):
            click.echo(printable(_sentence(choice)))
    elif template in theme.static:
        file = theme.static[template]
        click.echo(printable(f"{files.shown(file.path, session.root)}: used, published as {file.output}"))
    else:
        meant = nearest(template, [*theme.templates, *theme.static])
        hint = f"; did you mean `{meant}`?" if meant else ""
        raise click.BadParameter(f"no template or static file `{printable(template)}`{hint}", param_hint="TEMPLATE")
    return 0


def _sentence(choice: "Choice") -> str:
    if not choice.used:
        return f"{choice.path}: of {choice.whose}; not used, because nothing above builds on it"
    blocks = f", puts its own {'block' if len(choice.blocks) == 1 else 'blocks'} {', '.join(choice.blocks)}" if choice.blocks else ""
    below = f"; builds on the next{blocks}" if choice.extends else ""
    return f"{choice.path}: used, of {choice.whose}{below}"


@theme_group.command("new")
@click.argument("name")
@click.option("--parent", help="Build on this theme and change little, instead of beginning with a copy of plain.")
@session_options
def new_theme_command(session: Session, name: str, parent: str | None) -> int:
    """Begin a theme of your own in themes/NAME."""
    settings_of(session)
    if not _NAME.match(name):
        raise click.BadParameter("a theme is named by letters, digits, `-` and `_`", param_hint="NAME")
    folder = f"themes/{name}"
    if (session.root / folder).exists():
        raise BriefgenError(Problem("BG703", Place(folder), "this folder is there already", "choose another name, or edit that theme"))
    if parent:
        _load(session.root, parent, Place("--parent"))
    for path, content in _thin_theme(name, parent) if parent else _copy_of_plain(name):
        with files.writing(f"{folder}/{path}"):
            files.create(session.root / folder / path, content)
        click.echo(f"{folder}/{path}")
    if not session.quiet:
        click.echo(f"To use it, write `theme: {name}` into briefgen.yaml.", err=True)
    return 0


def _load(root: Path, name: str, asked: Place) -> "Theme":
    from briefgen.site.theme import load_theme

    return load_theme(root, name, asked)


def _thin_theme(name: str, parent: str) -> Iterator[tuple[str, bytes]]:
    yield "theme.yaml", _said_of_itself(name, parent)
    yield "templates/base.html", _BASE.format(name=name).encode()
    yield f"static/{name}.css", _STYLES.format(parent=parent).encode()


def _copy_of_plain(name: str) -> Iterator[tuple[str, bytes]]:
    from briefgen.site.program import shipped

    plain = shipped() / "plain"
    yield "theme.yaml", _said_of_itself(name, "dossier")
    for kind in ("templates", "static"):
        yield from ((path.relative_to(plain).as_posix(), path.read_bytes()) for path in files.walk(plain / kind))


def _said_of_itself(name: str, parent: str) -> bytes:
    from briefgen.site.shows import CONTEXT

    return f'name: {name}\nparent: {parent}\nrequires: ">={briefgen.__version__}"\ncontext: {CONTEXT}\n'.encode()
