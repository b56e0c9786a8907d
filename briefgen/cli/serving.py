"""`serve`: live preview."""

import datetime as dt
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from briefgen.cli.session import NOW, Session, end_in_order, now_or, session_options, show_problems
from briefgen.problems import Problem
from briefgen.text import printable


@click.command("serve")
@click.option(
    "-p", "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port, or the next free one; 0 takes any."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; any but a loopback address lets others in.")
@click.option("--open", "opens", is_flag=True, help="Open the site in a browser.")
@click.option("--poll", is_flag=True, help="Look at the files in turn instead of waiting for events (network drives, containers).")
@click.option("-D/ ", "--drafts/--no-drafts", default=True, help="Show drafts; serve does unless you say no.")
@click.option("-F/ ", "--future/--no-future", default=True, help="Show what is dated or published in the future; serve does.")
@click.option("--follow", is_flag=True, help="Let the browser go to the page that was just saved.")
@NOW
@session_options
def serve_command(
    session: Session, host: str, port: int, now: dt.datetime | None, drafts: bool, future: bool, opens: bool, **options: Any
) -> int:
    """See the site while you write, at http://127.0.0.1:8000/. Ctrl-C ends it."""
    from briefgen.preview.loading import Options
    from briefgen.preview.requests import is_loopback
    from briefgen.preview.serve import Console, serve

    end_in_order()

    def opened(url: str) -> None:
        if port and not url.endswith(f":{port}/"):
            click.echo(f"Port {port} is taken.", err=True)
        if not is_loopback(host):
            warning = click.style("Warning:", fg="yellow", bold=True)
            click.echo(f"{warning} everyone who can reach {printable(host)} sees this preview.", err=True)
        if not session.quiet:
            click.echo(f"Serving {printable(session.root.name)} at {url} – Ctrl-C ends it.")
        if opens:
            click.launch(url)

    def clock() -> dt.datetime:
        return now_or(now, os.environ.get("SOURCE_DATE_EPOCH"))

    clock()  # a clock that cannot be read is wrong usage, said at once
    wanted = Options(session.root, _absolute(session.config), clock, drafts, future, host, port, **options)
    try:
        serve(wanted, Console(_say(session), lambda problems: _show(problems, session), opened))
    except KeyboardInterrupt:
        click.echo("", err=True)  # the terminal has shown ^C
    return 0


def _show(problems: Iterable[Problem], session: Session) -> None:
    # where the site will be published is no matter of a preview; `check` and `build` ask for it
    show_problems((problem for problem in problems if problem.code != "BG303"), root=session.root)


def _say(session: Session) -> Any:
    return (lambda _: None) if session.quiet else lambda line: click.echo(printable(line))


def _absolute(path: Path | None) -> Path | None:
    return path.absolute() if path else None
