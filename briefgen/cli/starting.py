"""`init` and `new`: a site begun, a file begun."""

import os
from pathlib import Path

import click

import briefgen
from briefgen import files
from briefgen.cli.session import Session, now_or, session_options
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem, Problems
from briefgen.text import one_line, slug
from briefgen.yamltext import dump

SKELETON = Path(briefgen.__file__).parent / "skeleton"
"""The files of a new site, as they are; only the title is put in."""
_FOLDERS = {"person": "people", "topic": "topics", "story": "stories", "source": "sources", "page": "pages"}
_LONGEST_NAME = 80


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
def init_command(folder: Path) -> int:
    """Make a new site in FOLDER that builds at once."""
    if folder.exists() and (not folder.is_dir() or any(path.name != ".git" for path in folder.iterdir())):
        cure = "name a new folder: `briefgen init desk`"
        raise BriefgenError(Problem("BG703", Place(str(folder)), "this folder is not empty", cure), exit_code=3)
    title = folder.absolute().name.replace("-", " ").replace("_", " ").strip().capitalize() or "Briefings"
    for path in files.walk(SKELETON):
        name = path.relative_to(SKELETON).as_posix()
        text = path.read_text(encoding="utf-8").replace("title: Briefings\n", dump({"title": title}), 1)
        _create(folder, {"gitignore": ".gitignore"}.get(name, name), text)
    shown = "" if folder == Path() else f"cd {folder} && "
    click.echo(f"Made a new site in {folder.absolute()}\n")
    click.echo(f"  {shown}briefgen serve       see it while you write")
    click.echo(f"  {shown}briefgen build       write it into public/")
    return 0


@click.command("new")
@click.argument("kind", type=click.Choice(["briefing", *_FOLDERS]))
@click.argument("title")
@click.option("--date", metavar="DAY", help="The day of a briefing.  [default: today]")
@session_options
def new_command(session: Session, kind: str, title: str, date: str | None) -> int:
    """Begin a file with the right front matter in the right place."""
    from briefgen.config import load_config

    config = load_config(session.root, Problems(), session.config)
    name = one_line(title)
    if not name:
        raise click.BadParameter("give it a title", param_hint="TITLE")
    if kind == "briefing":
        now = now_or(None, os.environ.get("SOURCE_DATE_EPOCH")).astimezone(config.timezone)
        day = _day(date) if date else now.date().isoformat()
        path = f"content/briefings/{day.replace('-', '/')}-{slug(name, _LONGEST_NAME)}.md"
        header = f"{dump({'title': name})}date: {day}\ndraft: true\nsummary:\ntopics: []\npeople: []\nsources: []\n"
    else:
        path = f"content/{_FOLDERS[kind]}/{slug(name, _LONGEST_NAME)}.md"
        header = f"{dump({'title' if kind == 'page' else 'name': name})}summary:\n"
        header += "" if kind == "page" else "aliases: []\n"
    _create(session.root, path, f"---\n{header}---\n\n")
    click.echo(path)
    return 0


def _day(text: str) -> str:
    from briefgen.forms import DATE_FORMS, read_moment
    from briefgen.schema import UTC

    try:
        return read_moment(text, UTC).day.isoformat()
    except ValueError:
        raise click.BadParameter(f"not a date; {DATE_FORMS}", param_hint="--date") from None


def _create(folder: Path, name: str, text: str) -> None:
    try:
        files.create(folder / name, text.encode())
    except FileExistsError:
        cure = "choose another title, or edit that file"
        raise BriefgenError(Problem("BG704", Place(name), "there is a file of this name already", cure), exit_code=3) from None
    except OSError as error:
        cure = "check the folder and its permissions"
        raise BriefgenError(Problem("BG504", Place(name), f"cannot write: {error.strerror}", cure), exit_code=3) from None
