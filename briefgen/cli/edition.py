"""`edition`: the briefings of a day as text in the terminal, or as an e-mail."""

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefgen.cli.session import BASE_URL, NOW, Session, now_or, session_options, settings_of, show_problems
from briefgen.text import printable

if TYPE_CHECKING:
    from briefgen.config import Config
    from briefgen.site.parts import Edition
    from briefgen.site.site import Site

LATEST = "latest"


@click.command("edition")
@click.argument("day", default=LATEST, metavar="[DAY|latest]")
@click.option("--email", is_flag=True, help="Write it as an e-mail: .eml, and its parts as .html and .txt.")
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="Where to.  [default: here]")
@click.option("--from", "sender", default="", metavar="ADDRESS", help="Whom the e-mail is from.")
@click.option("--to", "recipient", default="", metavar="ADDRESS", help="Whom it goes to.")
@BASE_URL
@NOW
@session_options
def edition_command(
    session: Session, day: str, email: bool, output: Path, sender: str, recipient: str, base_url: str | None, now: dt.datetime | None
) -> int:
    """Print the edition of a day, or write it as an e-mail."""
    from briefgen.site.mail import edition_mail

    config = settings_of(session, base_url=base_url)
    if email and not config.base_url:
        raise click.UsageError("links in an e-mail need to know where the site is: set `base_url`, or name it with `-b URL`")
    site = _site(session, config, now)
    if site is None:
        return 1
    edition = _edition(site, day)
    if email:
        return _write(session, site, edition, output, sender, recipient)
    text = edition_mail(site, edition).text
    click.echo("\n".join(printable(line) for line in text.split("\n")), nl=False)
    return 0


def _site(session: Session, config: "Config", now: dt.datetime | None) -> "Site | None":
    from briefgen.library.show import Show
    from briefgen.problems import Problems
    from briefgen.site.site import load_site
    from briefgen.tree import read_tree

    problems = Problems()
    show = Show(now_or(now, os.environ.get("SOURCE_DATE_EPOCH")))
    site = load_site(read_tree(session.root), config, show, problems, keep=False)
    if problems.errors:
        show_problems((problem for problem in problems if problem.severity == "error"), root=session.root)
        return None
    return site


def _edition(site: "Site", day: str) -> "Edition":
    days = {edition.day.isoformat(): edition for edition in site.archive.days}
    if not days:
        raise click.UsageError("there is no edition yet")
    asked = next(iter(days)) if day == LATEST else day
    if asked not in days:
        near = ", ".join(list(days)[:3])
        raise click.BadParameter(f"there is no edition of `{printable(day)}`; the latest are {near}", param_hint="DAY")
    return days[asked]


def _write(session: Session, site: "Site", edition: "Edition", output: Path, sender: str, recipient: str) -> int:
    from briefgen import files
    from briefgen.site.mail import LEVELS, MOST_BYTES, edition_mail, render_message

    mail = edition_mail(site, edition)
    try:
        message = render_message(mail, edition, site.config, sender, recipient)
    except ValueError as error:
        raise click.BadParameter(f"not an address: {error}", param_hint="--from or --to") from None
    name = f"edition-{edition.day.isoformat()}"
    with files.writing(str(output)):
        output.mkdir(parents=True, exist_ok=True)
        for suffix, content in ((".eml", message), (".html", mail.html.encode()), (".txt", mail.text.encode())):
            files.write(output / f"{name}{suffix}", content)
    if not session.quiet:
        held = "" if mail.level == LEVELS[0] else f", {mail.level}"
        size = f"{mail.size / 1000:.1f} kB; mail programs cut at {MOST_BYTES // 1000}"
        click.echo(f"Wrote {output / name}.eml, .html and .txt: {size}{held}")
    return 0 if mail.fits else 1
