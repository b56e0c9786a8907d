"""`init` and `new`: a site begun, a file begun."""

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

import click

import briefgen
from briefgen import files
from briefgen.cli.schemas import schema_files, schema_line
from briefgen.cli.session import Session, day_option, session_options, settings_of
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem
from briefgen.text import one_line, printable, slug
from briefgen.yamldump import dump

SKELETON = Path(briefgen.__file__).parent / "skeleton"
"""The files of a new site, as they are; only the title is put in."""
_FOLDERS = {"person": "people", "topic": "topics", "story": "stories", "source": "sources", "page": "pages"}
_LONGEST_NAME = 80


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option("--example", is_flag=True, help="Begin with the demonstration: two stories, and the raw articles behind them.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")
def init_command(folder: Path, *, example: bool, quiet: bool) -> int:
    """Make a new site in FOLDER that builds at once."""
    if not _is_free(folder):
        cure = "name a new folder: `briefgen init desk`"
        raise BriefgenError(Problem("BG703", Place(str(folder)), "this folder is not empty", cure))
    for name, content in _example_files() if example else _skeleton_files(_title(folder)):
        _create(folder / name, str(folder), content)
    for name, schema in schema_files():
        _create(folder / name, str(folder), schema.encode())
    if not quiet:
        welcome = _WELCOME["example" if example else "skeleton"]
        click.echo(printable(welcome.format(folder=os.path.abspath(folder), go=_way_to(folder))))
    return 0


def _skeleton_files(title: str) -> Iterator[tuple[str, bytes]]:
    for path in files.walk(SKELETON):
        name = path.relative_to(SKELETON).as_posix()
        text = path.read_text(encoding="utf-8").replace("title: Briefings\n", dump({"title": title}), 1)
        yield {"gitignore": ".gitignore"}.get(name, name), text.encode()


def _example_files() -> Iterator[tuple[str, bytes]]:
    # installed, the demonstration stands inside the package; in the repository it is what people see at the top
    installed = SKELETON.parent / "_example"
    root = installed if installed.is_dir() else SKELETON.parent.parent
    for part in ("content", "seeds"):
        yield from ((path.relative_to(root).as_posix(), path.read_bytes()) for path in files.walk(root / part))
    yield ("briefgen.yaml", (root / "briefgen.yaml").read_bytes())
    yield (".gitignore", (SKELETON / "gitignore").read_bytes())


_WELCOME = {
    "skeleton": """\
Made a new site in {folder}

  briefgen.yaml   its settings
  content/        a briefing, a person and a topic, to look at, change or delete

Next:

{go}  briefgen serve --open     see it while you write
  briefgen import FILE      make a briefing of an article of your own
  briefgen build            write the site into public/""",
    "example": """\
Made the demonstration in {folder}

  content/        two stories in briefings, with the people and topics in them
  seeds/          the raw articles that they were imported from

Next:

{go}  briefgen serve --open     look at it
  briefgen build            write the site into public/""",
}


def _way_to(folder: Path) -> str:
    return "" if folder == Path() else f"  cd {shlex.quote(str(folder))}\n"


def _is_free(folder: Path) -> bool:
    try:
        return not folder.exists() or (folder.is_dir() and all(path.name == ".git" for path in folder.iterdir()))
    except OSError as error:
        raise files.unreadable(folder, error) from error


def _title(folder: Path) -> str:
    name = one_line(printable(folder.absolute().name).replace("-", " ").replace("_", " "))
    return name[:1].upper() + name[1:] or "Briefings"


@click.command("new")
@click.argument("kind", type=click.Choice(["briefing", *_FOLDERS]))
@click.argument("title", nargs=-1, required=True)
@click.option("--date", default="today", metavar="DAY|today", help="The day of a briefing.  [default: today]")
@session_options
def new_command(session: Session, kind: str, title: tuple[str, ...], date: str) -> int:
    """Begin a file with the right front matter in the right place."""
    config = settings_of(session)
    name = one_line(" ".join(title))
    if not name:
        raise click.BadParameter("give it a title", param_hint="TITLE")
    if kind == "briefing":
        day = day_option(date, config.timezone).isoformat()
        path = f"content/briefings/{day.replace('-', '/')}-{slug(name, _LONGEST_NAME)}.md"
        header = f"{dump({'title': name})}date: {day}\ndraft: true\nsummary:\ntopics: []\npeople: []\nsources: []\n"
    else:
        path = f"content/{_FOLDERS[kind]}/{slug(name, _LONGEST_NAME)}.md"
        header = f"{dump({'title' if kind == 'page' else 'name': name})}summary:\n"
        header += "" if kind == "page" else "aliases: []\n"
    _create(session.root / path, path, f"---\n{schema_line(session.root, path, kind)}{header}---\n\n".encode())
    click.echo(path)
    if kind == "briefing" and not session.quiet:
        click.echo("A draft: `briefgen serve` shows it; take `draft: true` out when it is to be built.", err=True)
    return 0


def _create(path: Path, place: str, content: bytes) -> None:
    try:
        with files.writing(place):
            files.create(path, content)
    except FileExistsError:
        cure = "choose another title, or edit that file"
        raise BriefgenError(Problem("BG704", Place(place), "there is a file of this name already", cure)) from None
