"""The door of import."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefgen.cli.moving import move
from briefgen.cli.progress import import_progress
from briefgen.cli.session import FORMAT, Session, counted, day_option, end_in_order, session_options, settings_of, show_problems
from briefgen.problems import Format, Problems
from briefgen.text import printable

if TYPE_CHECKING:
    from briefgen.importing.report import Imported, ImportReport


@click.command("import", short_help="Turn raw articles into Markdown briefings.")
@click.argument("paths", nargs=-1, required=True)
@click.option("--from", "generator", type=click.Choice(("hugo", "jekyll", "pelican")), help="Move in: PATHS is the folder of such a site.")
@click.option("--date", "day", metavar="DAY|today", help="The day that the briefings belong to.")
@click.option("--title", default="", help="The title, where the text has none or a worse one.")
@click.option("--source", default="", help="Who published the articles.")
@click.option("--topic", "topics", multiple=True, help="A topic; give it again for more.")
@click.option("--person", "people", multiple=True, help="A person; give it again for more.")
@click.option("--into", default="", metavar="BRIEFING", help="Add the articles as further sources to this briefing.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@FORMAT
@session_options
def import_command(
    session: Session,
    paths: tuple[str, ...],
    generator: str | None,
    day: str | None,
    *,
    dry_run: bool,
    form: Format,
    **said: Any,
) -> int:
    """Turn raw articles (files, folders, - for standard input) into Markdown briefings."""
    from briefgen.importing.report import Options
    from briefgen.importing.run import import_articles
    from briefgen.parallel import cores

    end_in_order()
    if generator:
        _refuse_beside_from(paths, {"date": day, **said})
        return move(session, generator, Path(paths[0]), form, dry_run=dry_run)
    problems = Problems()
    config = settings_of(session, problems)
    options = Options(
        date=day_option(day, config.timezone) if day else None,
        default_source=config.imports.source,
        engines=config.imports.engines,
        dry_run=dry_run,
        **said,
    )
    with import_progress(shown=form == "text" and not session.quiet) as watch:
        report = import_articles(paths, session.root, options, cores(), watch)
    problems.extend(report.problems)
    _show_report(report, problems, session, form)
    return report.exit_code


def _refuse_beside_from(paths: tuple[str, ...], given: dict[str, object]) -> None:
    if len(paths) != 1:
        raise click.UsageError("`--from` takes the folder of one site")
    flags = {"topics": "topic", "people": "person"}
    if said := [f"--{flags.get(name, name)}" for name, value in given.items() if value]:
        raise click.UsageError(f"`--from` goes without {' and '.join(said)}: posts keep what they say of themselves")


def _show_report(report: "ImportReport", problems: Problems, session: Session, form: Format) -> None:
    if not session.quiet:
        _show_articles(report, verbose=session.verbose)
    # most of a folder that is imported every day is there already: the last line counts it
    listed = session.verbose or form != "text"
    show_problems((problem for problem in problems if listed or problem.code != "BG602"), form)
    if not session.quiet:
        click.echo(_summary(report), err=True)


def _show_articles(report: "ImportReport", *, verbose: bool) -> None:
    for article in report.written:
        click.echo(printable(f"--- {article.path}\n{article.markdown}" if article.markdown else article.path))
        if verbose or article.markdown:
            for line in _account(article):
                click.echo(line, err=True)


def _account(article: "Imported") -> Iterator[str]:
    yield f"  {article.words_in:,} words in, {article.words_out:,} out"
    for dropped in article.dropped:
        place = f", line {dropped.line}" if dropped.line else ""
        yield f"  dropped ({dropped.reason}{place}): {printable(dropped.text)}"
    for note in article.review:
        yield printable(f"  {note.field}: {note.reason}")


def _summary(report: "ImportReport") -> str:
    new = report.written
    status = {article.status for article in new}
    verb, what = ("Added", "source") if "added" in status else ("Would import" if "planned" in status else "Imported", "article")
    parts = [
        f"{verb} {counted(len(new), what)}",
        f"{counted(report.notes, 'review note')}",
        f"{counted(report.words_dropped, 'word')} dropped",
    ]
    if known := len(report.articles) - len(new):
        parts.append(f"{known:,} already there")
    if errors := sum(problem.severity == "error" for problem in report.problems):
        parts.append(f"{errors:,} refused")
    return " · ".join(parts)
