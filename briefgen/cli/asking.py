"""`review` on a terminal: one open note after the other, with what it rests on and what it may mean, until the editor has enough."""

import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from briefgen.cli.session import counted, show_error
from briefgen.config import Config
from briefgen.importing.entries import LISTS, values_of
from briefgen.importing.nearest import RECORDS, Choice, choices, create_record, read_records
from briefgen.importing.review import OpenBriefing, OpenNote, excerpt
from briefgen.importing.settling import merge, settle
from briefgen.problems import BriefgenError
from briefgen.text import clean, one_line, printable

_WIDEST = 100
_HELP = """\
  ok          right as it stands; the note is closed
  ok all      the same here and in every other briefing whose note says the same
  1, 1 3      take that name from the list, or more than one
  a value     take this instead; in a list the names stand apart by `;`
  =value      the same, where the value looks like one of these words
  new         begin a record of it and take that; `new NAME` under another name
  drop        take it out of the briefing
  merge       the same story: what this briefing was made of becomes a further source
              of the other one, to which its URL leads; this one goes, its text too;
              `merge NAME` names another
  Enter       leave it open, go on to the next
  skip        leave the whole briefing for later
  q           stop; what was settled is saved already"""


@dataclass(slots=True)
class _Desk:
    """What an editor works through: the site and its briefings, which of their notes are `left`, by number, and how many were settled."""

    root: Path
    config: Config
    opened: Sequence[OpenBriefing]
    settled: int = 0
    left: set[tuple[str, int]] = field(default_factory=set)
    records: dict[str, tuple[Choice, ...]] = field(default_factory=dict)

    def choices(self, note: OpenNote) -> tuple[Choice, ...]:
        about = note.note.field
        if about == "sources":  # the other briefing is no value, but where this one goes
            return ()
        if about not in self.records:
            self.records[about] = read_records(self.root, about)
        return choices(note, self.records[about])


class _StopError(Exception):
    """The editor has enough."""


def ask(root: Path, config: Config, opened: Sequence[OpenBriefing]) -> int:
    """Ask about every open note; each answer is in its file before the next question, so that stopping loses nothing."""
    desk = _Desk(root, config, opened, left={(briefing.name, number) for briefing in opened for number in range(len(briefing.notes))})
    try:
        for number, briefing in enumerate(opened, 1):
            click.echo(_heading(briefing, number, len(opened)))
            _ask_about(desk, briefing)
    except _StopError:
        pass
    except KeyboardInterrupt:
        click.echo()
        _sum_up(desk)
        raise
    _sum_up(desk)
    return 0


def _sum_up(desk: _Desk) -> None:
    click.echo(f"{counted(desk.settled, 'note')} settled, {len(desk.left):,} open", err=True)


def _ask_about(desk: _Desk, briefing: OpenBriefing) -> None:
    for number, note in enumerate(briefing.notes):
        if (briefing.name, number) not in desk.left:
            continue
        offered = desk.choices(note)
        click.echo("\n" + _question(note, offered))
        while (answer := _answer()) == "?":
            click.echo(_HELP)
        while answer not in ("", "skip") and not _is_settled(desk, briefing, number, offered, answer):
            answer = _answer()
        if answer == "skip":
            return


def _answer() -> str:
    try:
        answer = one_line(clean(input("> ")))
    except EOFError:
        click.echo()
        raise _StopError from None
    except UnicodeDecodeError:
        click.echo("  that was not UTF-8; write it again", err=True)
        return _answer()
    if answer in ("q", "quit"):
        raise _StopError
    return answer


def _is_settled(desk: _Desk, briefing: OpenBriefing, number: int, offered: Sequence[Choice], answer: str) -> bool:
    """Do what the editor says; False where it cannot be done, after saying why."""
    note = briefing.notes[number]
    if answer == "?":
        click.echo(_HELP)
        return False
    try:
        if answer == "ok all":
            _close_all(desk, note)
        elif answer.split(maxsplit=1)[0] == "merge" and note.note.field == "sources":
            _merge(desk, briefing, note, answer)
        else:
            _settle(desk, briefing.name, number, note, _values(desk, note, offered, answer))
    except BriefgenError as error:
        show_error(error)
        return False
    except ValueError as error:
        click.echo(f"  {error}", err=True)
        return False
    return True


def _settle(desk: _Desk, name: str, number: int, note: OpenNote, values: list[str] | None) -> None:
    there = settle(desk.root, name, note, values)
    desk.left.discard((name, number))
    desk.settled += there
    if not there:
        click.echo("  this note is not in the file any more; it was changed meanwhile", err=True)


def _close_all(desk: _Desk, like: OpenNote) -> None:
    """Close a note and those of the other briefings that say the same of the same field."""
    before = desk.settled
    for briefing in desk.opened:
        for number, note in enumerate(briefing.notes):
            alike = (note.note.field, note.note.reason) == (like.note.field, like.note.reason)
            if alike and (briefing.name, number) in desk.left:
                _settle(desk, briefing.name, number, note, None)
    click.echo(f"  {counted(desk.settled - before, 'note')} closed")


def _merge(desk: _Desk, briefing: OpenBriefing, note: OpenNote, answer: str) -> None:
    into = answer.partition(" ")[2].strip() or next(iter(note.note.candidates), "")
    if not into:
        raise ValueError("write the briefing behind it: merge NAME")
    click.echo(f"  {printable(merge(desk.root, desk.config, briefing.name, into))} has it as a further source")
    gone = {(name, number) for name, number in desk.left if name == briefing.name}
    desk.settled += len(gone)
    desk.left -= gone


def _values(desk: _Desk, note: OpenNote, offered: Sequence[Choice], answer: str) -> list[str] | None:
    """What an answer means for `settle`; raises ValueError with the reason where it means nothing."""
    about, word = note.note.field, answer.partition(" ")[0]
    if answer == "ok":
        return None
    if answer == "drop":
        if about not in LISTS:
            raise ValueError(f"`{about}` cannot be dropped here; write another value, or edit the file")
        return []
    if word == "new":
        return [_begun(desk, note, answer[len(word) :].strip())]
    if re.fullmatch(r"\d{1,2}(?:[ ,]+\d{1,2})*", answer) and offered:
        numbers = [int(number) for number in re.findall(r"\d+", answer)]
        if not all(0 < number <= len(offered) for number in numbers):
            raise ValueError(f"choose from 1 to {len(offered)}")
        return [offered[number - 1].name for number in numbers]
    values = values_of(about, answer.removeprefix("="))
    if not values:
        raise ValueError("write a value, or `?` for what can be answered")
    return values


def _begun(desk: _Desk, note: OpenNote, name: str) -> str:
    name = name or note.about
    if note.note.field not in RECORDS:
        raise ValueError(f"there are no records for `{note.note.field}`")
    if not name:
        raise ValueError("write the name behind it: new NAME")
    click.echo(f"  {printable(create_record(desk.root, note.note.field, name))}")
    desk.records.pop(note.note.field, None)
    return name


def _heading(briefing: OpenBriefing, number: int, of: int) -> str:
    title = click.style(printable(briefing.title or briefing.name), bold=True)
    return f"\n{title}\n{printable(briefing.path)} · {number:,} of {of:,}"


def _question(open_note: OpenNote, offered: Iterable[Choice]) -> str:
    note = open_note.note
    lines = [_wrapped(f"{note.field}: {note.reason}", "  ")]
    if note.text:
        lines.append(_marked(_wrapped(excerpt(open_note), "    | ", "    | "), open_note.about))
    if note.field == "key_points":
        lines += [_wrapped(f"– {point}", "    ") for point in open_note.now]
    elif open_note.now:
        lines.append(_wrapped(f"now: {'; '.join(open_note.now)}", "    "))
    lines += [_wrapped(f"{at}. {choice.name}" + f" ({choice.what})" * bool(choice.what), "    ") for at, choice in enumerate(offered, 1)]
    more = ["merge"] if note.field == "sources" else ["a value", *["new", "drop"] * (note.field in RECORDS)]
    means = ["ok", "ok all", "a number" * bool(offered), *more, "Enter for later", "q", "?"]
    return "\n".join([*lines, click.style(f"  [{' · '.join(word for word in means if word)}]", dim=True)])


def _marked(text: str, name: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", lambda found: click.style(found[0], bold=True), text) if name else text


def _wrapped(text: str, indent: str, then: str = "") -> str:
    width = min(_WIDEST, shutil.get_terminal_size().columns)
    return click.wrap_text(printable(one_line(text)), width, indent, then or indent + "  ")
