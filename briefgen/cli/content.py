"""`init`, `new` and `list`: a site begun, a file begun, and what there is."""

import os
from pathlib import Path

import click

from briefgen import files
from briefgen.cli.session import Session, counted, now_or, session_options
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem, Problems
from briefgen.text import one_line, slug
from briefgen.yamltext import dump

_INIT = {
    "briefgen.yaml": """\
# The settings of this site; all of them are explained in the documentation ("Configuration").
title: {title}
description: Briefings from the day's news.

# Where the site will be published. Canonical URLs, the sitemap and absolute links in feeds need it.
# base_url: https://example.org/

timezone: UTC
lang: en
nav: [topics, people, dates]
""",
    ".gitignore": """\
# the finished site, and what briefgen remembers between builds
/public/
/.briefgen/
""",
    "content/briefings/1969/07/20-eagle-has-landed.md": """\
---
title: Two astronauts land on the Moon
date: 1969-07-20
summary: Neil Armstrong and Buzz Aldrin set the lunar module Eagle down on the Sea of Tranquility.
key_points:
- The landing used more fuel than planned.
- The crew will walk on the surface before they rest.
topics: [Space exploration]
people: [Neil Armstrong, Buzz Aldrin]
quotes:
- text: The Eagle has landed.
  speaker: Neil Armstrong
sources:
- name: NASA
---

## The news

The lunar module Eagle landed on the Moon on Sunday with [[Neil Armstrong]] and Buzz Aldrin on board.

> [!NOTE]
> This briefing came with `briefgen init`. Change it, or delete it and import one of your own:
> `briefgen import article.txt`
""",
    "content/people/neil-armstrong.md": """\
---
name: Neil Armstrong
aliases: [Neil A. Armstrong]
summary: Commander of Apollo 11 and the first person on the Moon.
roles:
- title: Commander
  org: Apollo 11
  from: 1969-01-09
  to: 1969-07-24
same_as: [https://www.wikidata.org/wiki/Q1615]
---
""",
    "content/topics/space-exploration.md": """\
---
name: Space exploration
aliases: [Spaceflight]
summary: People and machines beyond the atmosphere.
keywords: [moon, rocket, astronaut, spacecraft, orbit]
---
""",
}


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
def init_command(folder: Path) -> int:
    """Make a new site in FOLDER that builds at once."""
    if folder.exists() and (not folder.is_dir() or any(path.name != ".git" for path in folder.iterdir())):
        raise BriefgenError(
            Problem("BG703", Place(str(folder)), "this folder is not empty", "name a new folder: `briefgen init desk`"), exit_code=3
        )
    title = folder.absolute().name.replace("-", " ").replace("_", " ").strip().capitalize() or "Briefings"
    for name, text in _INIT.items():
        content = text.replace("title: {title}\n", dump({"title": title}))
        _create(folder / name, content)
    shown = "" if folder == Path() else f"cd {folder} && "
    click.echo(
        f"Made a new site in {folder.absolute()}\n\n  {shown}briefgen serve       see it while you write\n  {shown}briefgen build       write it into public/"
    )
    return 0


def _create(path: Path, text: str) -> None:
    try:
        files.create(path, text.encode())
    except FileExistsError:
        raise BriefgenError(
            Problem("BG704", Place(str(path)), "there is a file of this name already", "choose another title, or edit that file"),
            exit_code=3,
        ) from None
    except OSError as error:
        raise BriefgenError(
            Problem("BG504", Place(str(path)), f"cannot write: {error.strerror}", "check the folder and its permissions"), exit_code=3
        ) from None


_FOLDERS = {"person": "people", "topic": "topics", "story": "stories", "source": "sources", "page": "pages"}


@click.command("new")
@click.argument("kind", type=click.Choice(["briefing", *_FOLDERS]))
@click.argument("title")
@click.option("--date", metavar="DAY", help="The day of a briefing.  [default: today]")
@session_options
def new_command(session: Session, kind: str, title: str, date: str | None) -> int:
    """Begin a file with the right front matter in the right place."""
    from briefgen.config import load_config
    from briefgen.forms import DATE_FORMS, read_moment

    config = load_config(session.root, Problems(), session.config)
    name = one_line(title)
    if not name:
        raise click.BadParameter("give it a title", param_hint="TITLE")
    if kind == "briefing":
        today = now_or(None, os.environ.get("SOURCE_DATE_EPOCH")).astimezone(config.timezone).date().isoformat()
        try:
            day = read_moment(date or today, config.timezone).day
        except ValueError:
            raise click.BadParameter(f"not a date; {DATE_FORMS}", param_hint="--date") from None
        path = f"content/briefings/{day:%Y/%m/%d}-{slug(name, 120)}.md"
        header = (
            dump({"title": name, "date": day.isoformat(), "draft": "true"}).replace("'", "")
            + "summary:\ntopics: []\npeople: []\nsources: []\n"
        )
    else:
        path = f"content/{_FOLDERS[kind]}/{slug(name, 120)}.md"
        header = dump({"title" if kind == "page" else "name": name}) + "summary:\n" + ("" if kind == "page" else "aliases: []\n")
    _create(session.root / path, f"---\n{header}---\n\n")
    click.echo(path)
    return 0


@click.command("list")
@click.argument("what", type=click.Choice(["briefings", "drafts", "future", "expired", "topics", "people", "stories", "sources", "pages"]))
@session_options
def list_command(session: Session, what: str) -> int:
    """List what there is: a line each, with its file or its number of briefings."""
    from briefgen.config import load_config
    from briefgen.library.library import Show
    from briefgen.problems import Problems
    from briefgen.site.site import load_site

    problems = Problems()
    config = load_config(session.root, problems, session.config)
    now = now_or(None, os.environ.get("SOURCE_DATE_EPOCH"))
    site = load_site(session.root, config, Show(now), problems)
    states = {"drafts": "draft", "future": "future", "expired": "expired"}
    kinds = {"topics": "topic", "people": "person", "stories": "story", "sources": "source"}
    if what in states:
        lines = [path for path, state in site.library.hidden if state == states[what]]
    elif what in kinds:
        kind = next(kind for kind in site.library.names if kind == kinds[what])
        lines = []
        for term in site.library.names[kind].terms.values():
            cards = sum(
                term in (*entry.card.topics, *entry.card.people, *entry.card.sources, entry.card.story) for entry in site.library.entries
            )
            lines.append(f"{term.name}\t{counted(cards, 'briefing')}")
    elif what == "briefings":
        lines = [
            f"{entry.card.date.day if entry.card.date else 'undated'}\t{entry.card.title}\t{entry.document.path}"
            for entry in site.library.entries
        ]
    else:
        lines = [page.path for page in site.pages]
    for line in lines:
        click.echo(line)
    return 1 if problems.errors else 0
