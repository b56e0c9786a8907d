"""`review`: what import was not sure of, listed for a program or a page, or asked about on a terminal."""

import json
import shlex
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from briefgen.cli.session import FORMAT, Session, counted, session_options, settings_of, show_problems
from briefgen.problems import Format, Problem
from briefgen.text import clean, one_line, printable

if TYPE_CHECKING:
    from briefgen.importing.review import OpenBriefing


@click.command("review")
@click.argument("briefings", nargs=-1)
@click.option(
    "--set", "settings", multiple=True, metavar="FIELD=VALUE", help="Set a field and close its notes; in a list values stand apart by `;`."
)
@click.option("--close", multiple=True, metavar="FIELD", help="Close the notes about a field that is right as it stands.")
@click.option("--list", "only_list", is_flag=True, help="Only list what is open, also on a terminal.")
@FORMAT
@session_options
def review_command(
    session: Session, briefings: tuple[str, ...], settings: tuple[str, ...], close: tuple[str, ...], form: Format, *, only_list: bool
) -> int:
    """Show what import could not be sure of, and settle it.

    Without BRIEFINGS all of them; on a terminal each open note is asked about, one after the other.
    """
    from briefgen.importing.review import find_open
    from briefgen.importing.settling import edit_briefing

    config = settings_of(session)  # elsewhere than in a site there is nothing to review, which is not the same as nothing open
    if settings or close:
        if not briefings:
            raise click.UsageError("no briefing is named; write: briefgen review NAME --set date=2025-03-17")
        values = _settings(settings)
        for name in briefings:
            left = edit_briefing(session.root, name, values, close)
            if not session.quiet:
                click.echo(f"{printable(name)}: {counted(left, 'note')} open", err=True)
        return 0
    opened = tuple(find_open(session.root, briefings))
    if form == "text" and sys.stdin.isatty() and sys.stdout.isatty() and not only_list:
        from briefgen.cli.asking import ask

        return ask(session.root, config, opened)
    _LIST[form](opened)
    if not session.quiet:
        notes = sum(len(briefing.notes) for briefing in opened)
        click.echo(f"{counted(notes, 'note')} open in {counted(len(opened), 'briefing')}", err=True)
    return 0


def _settings(settings: Iterable[str]) -> dict[str, list[str]]:
    from briefgen.importing.entries import values_of

    values: dict[str, list[str]] = {}
    for setting in settings:
        field, equals, value = setting.partition("=")
        given = values_of(field.strip(), one_line(clean(value)))
        if not equals or not given:
            raise click.BadParameter(f"`{printable(setting)}` is no FIELD=VALUE", param_hint="--set")
        values.setdefault(field.strip(), []).extend(given)
    return values


def _list_as_text(opened: Iterable["OpenBriefing"]) -> None:
    from briefgen.importing.review import excerpt

    for briefing in opened:
        lines = [f"{briefing.name} – {briefing.title}"]
        for open_note in briefing.notes:
            note = open_note.note
            lines.append(f"  {note.field}: {note.reason}")
            lines += [f"    | {excerpt(open_note)}"] * bool(note.text)
            lines += [f"    perhaps {', '.join(note.candidates)}"] * bool(note.candidates)
        lines.append(f"  → briefgen review {shlex.quote(briefing.name)} --set FIELD=VALUE, or --close FIELD")
        click.echo(printable("\n".join(lines)) + "\n")


def _list_as_json(opened: Iterable["OpenBriefing"]) -> None:
    for briefing in opened:
        for open_note in briefing.notes:
            note = open_note.note
            place = {"briefing": briefing.name, "path": briefing.path, "line": open_note.line, "title": briefing.title}
            told = {"field": note.field, "reason": note.reason, "text": note.text, "candidates": note.candidates, "now": open_note.now}
            click.echo(json.dumps(place | told))


def _list_as_annotations(opened: Iterable["OpenBriefing"]) -> None:
    show_problems(_problems(opened), "github", to_stdout=True)


def _problems(opened: Iterable["OpenBriefing"]) -> Iterator[Problem]:
    from briefgen.model import Place

    for briefing in opened:
        for note in briefing.notes:
            yield Problem("BG112", Place(briefing.path, note.line, 1), f"{note.note.field}: {note.note.reason}")


_LIST = {"text": _list_as_text, "json": _list_as_json, "github": _list_as_annotations}
