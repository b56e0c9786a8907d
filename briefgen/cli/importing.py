"""The doors of import: `briefgen import` and `briefgen review`."""

import shlex
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from briefgen.cli.session import FORMAT, Session, counted, day_option, session_options, settings_of, show_error, show_problems
from briefgen.problems import BriefgenError, Format, Problems
from briefgen.text import printable

if TYPE_CHECKING:
    from pathlib import Path

    from briefgen.importing import ImportReport
    from briefgen.importing.report import Imported
    from briefgen.importing.review import OpenBriefing


@click.command("import")
@click.argument("paths", nargs=-1, required=True)
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
    day: str | None,
    title: str,
    source: str,
    topics: tuple[str, ...],
    people: tuple[str, ...],
    into: str,
    *,
    dry_run: bool,
    form: Format,
) -> int:
    """Turn raw articles (files, folders, - for standard input) into Markdown briefings."""
    from briefgen.config import load_config
    from briefgen.importing import Options, import_articles
    from briefgen.parallel import cores

    problems = Problems()
    config = load_config(session.root, problems, session.config)
    options = Options(
        date=day_option(day, config.timezone) if day else None,
        title=title,
        source=source,
        default_source=config.imports.source,
        topics=topics,
        people=people,
        dry_run=dry_run,
        into=into,
        engines=config.imports.engines,
    )
    report = import_articles(paths, session.root, options, cores())
    problems.extend(report.problems)
    _show_report(report, problems, session, form)
    return report.exit_code


@click.command("review")
@click.argument("briefings", nargs=-1)
@click.option("--set", "settings", multiple=True, metavar="FIELD=VALUE", help="Set a field and close its notes; give it again for a list.")
@click.option("--close", multiple=True, metavar="FIELD", help="Close the notes about a field that is right as it stands.")
@click.option("--list", "only_list", is_flag=True, help="Only list what is open, also on a terminal.")
@session_options
def review_command(
    session: Session, briefings: tuple[str, ...], settings: tuple[str, ...], close: tuple[str, ...], *, only_list: bool
) -> None:
    """Show what import could not be sure of, and settle it.

    Without BRIEFINGS all of them; on a terminal each open note is asked about, one after the other.
    """
    from briefgen.importing.review import edit_briefing, find_open

    settings_of(session)  # elsewhere than in a site there is nothing to review, which is not the same as nothing open
    if settings or close:
        if not briefings:
            raise click.UsageError("no briefing is named; write: briefgen review NAME --set date=2025-03-17")
        values = _settings(settings)
        for name in briefings:
            left = edit_briefing(session.root, name, values, close)
            if not session.quiet:
                click.echo(f"{printable(name)}: {counted(len(left), 'note')} open", err=True)
        return
    opened = list(find_open(session.root, briefings))
    if sys.stdin.isatty() and not only_list:
        _walk(session.root, opened)
        return
    for briefing in opened:
        click.echo(_shown(briefing))
    notes = sum(len(briefing.notes) for briefing in opened)
    if not session.quiet:
        click.echo(f"{counted(notes, 'note')} open in {counted(len(opened), 'briefing')}", err=True)


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


def _settings(settings: Iterable[str]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for setting in settings:
        field, equals, value = setting.partition("=")
        if not equals or not value.strip():
            raise click.BadParameter(f"`{printable(setting)}` is no FIELD=VALUE", param_hint="--set")
        values.setdefault(field.strip(), []).append(value.strip())
    return values


def _shown(briefing: "OpenBriefing") -> str:
    lines = [f"{briefing.name} – {briefing.title}"]
    for note in briefing.notes:
        lines.append(f"  {note.field}: {note.reason}")
        if note.text:
            lines.append(f"    “{note.text[:300]}”")
        if note.candidates:
            lines.append(f"    perhaps {', '.join(note.candidates)}")
        lines.append(f"    → briefgen review {shlex.quote(briefing.name)} --set {note.field}=… or --close {note.field}")
    return printable("\n".join(lines)) + "\n"


def _walk(root: "Path", opened: Iterable["OpenBriefing"]) -> None:
    """Ask about each field with open notes: a value sets it, `ok` closes its notes, nothing leaves them open."""
    from briefgen.importing.review import edit_briefing

    for briefing in opened:
        for field in dict.fromkeys(note.field for note in briefing.notes):
            click.echo(_shown(replace(briefing, notes=tuple(note for note in briefing.notes if note.field == field))))
            answer = click.prompt(_question(field), default="", show_default=False).strip()
            if answer == "q":
                return
            if not answer:
                continue
            try:
                edit_briefing(root, briefing.name, {} if answer == "ok" else {field: _values(field, answer)}, [field])
            except BriefgenError as error:
                show_error(error)


def _question(field: str) -> str:
    from briefgen.importing.review import LISTS

    value = "the whole list, as in `one; another`" if field in LISTS else "a value"
    return f"{printable(field)} ({value}, `ok` as it stands, Enter for later, `q` to stop)"


def _values(field: str, answer: str) -> list[str]:
    from briefgen.importing.review import LISTS

    return [part for text in answer.split(";") if (part := text.strip())] if field in LISTS else [answer]
