"""`init` and `new`: a site begun, a file begun."""

import shlex
from pathlib import Path

import click

import briefgen
from briefgen import files
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
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")
def init_command(folder: Path, *, quiet: bool) -> int:
    """Make a new site in FOLDER that builds at once."""
    if not _is_free(folder):
        cure = "name a new folder: `briefgen init desk`"
        raise BriefgenError(Problem("BG703", Place(str(folder)), "this folder is not empty", cure))
    for path in files.walk(SKELETON):
        name = path.relative_to(SKELETON).as_posix()
        text = path.read_text(encoding="utf-8").replace("title: Briefings\n", dump({"title": _title(folder)}), 1)
        _create(folder / {"gitignore": ".gitignore"}.get(name, name), str(folder), text)
    if not quiet:
        shown = "" if folder == Path() else f"cd {shlex.quote(str(folder))} && "
        click.echo(printable(f"Made a new site in {folder.absolute()}\n"))
        click.echo(printable(f"  {shown}briefgen serve       see it while you write"))
        click.echo(printable(f"  {shown}briefgen build       write it into public/"))
    return 0


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
@click.argument("title")
@click.option("--date", default="today", metavar="DAY|today", help="The day of a briefing.  [default: today]")
@session_options
def new_command(session: Session, kind: str, title: str, date: str) -> int:
    """Begin a file with the right front matter in the right place."""
    config = settings_of(session)
    name = one_line(title)
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
    _create(session.root / path, path, f"---\n{header}---\n\n")
    click.echo(path)
    return 0


def _create(path: Path, place: str, text: str) -> None:
    try:
        with files.writing(place):
            files.create(path, text.encode())
    except FileExistsError:
        cure = "choose another title, or edit that file"
        raise BriefgenError(Problem("BG704", Place(place), "there is a file of this name already", cure)) from None
