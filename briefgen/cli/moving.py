"""`import --from`: a site of another generator moves in."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefgen.cli.session import Session, counted, settings_of, show_problems
from briefgen.problems import Format
from briefgen.text import printable

if TYPE_CHECKING:
    from briefgen.importing.moving.run import Moved


def move(session: Session, generator: str, folder: Path, form: Format, *, dry_run: bool) -> int:
    """Bring the posts of the site in `folder` over, and say what came and what did not."""
    from briefgen.importing.moving.run import move_site

    moved = move_site(generator, folder, session.root, settings_of(session), dry_run=dry_run)
    if not session.quiet:
        for post in moved.report.written:
            click.echo(printable(f"--- {post.path}\n{post.markdown}" if session.verbose and post.markdown else post.path))
    show_problems(moved.report.problems, form)
    if not session.quiet:
        click.echo(_summary(moved, dry_run=dry_run), err=True)
    return moved.report.exit_code


def _summary(moved: "Moved", *, dry_run: bool) -> str:
    new = moved.report.written
    briefings = sum(post.path.startswith("content/briefings/") for post in new)
    brought = [counted(briefings, "briefing"), counted(len(new) - briefings, "page")]
    if not dry_run:
        brought.append(counted(moved.files, "file"))
    said = [f"{'Would bring' if dry_run else 'Brought'} {', '.join(brought)}", counted(moved.report.notes, "review note")]
    if known := len(moved.report.articles) - len(new):
        said.append(f"{known:,} already there")
    if moved.report.problems:
        said.append(f"{counted(len(moved.report.problems), 'thing')} left behind")
    return " · ".join(said)
