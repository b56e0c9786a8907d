"""What all commands share: where the site is, how much is said, how problems are shown."""

import datetime as dt
import functools
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from briefgen import files
from briefgen.problems import BriefgenError, Format, Problem, Problems, show
from briefgen.text import printable

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from briefgen.config import Config

INTERRUPTED = 130
TERMINATED = 143
BASE_URL = click.option("-b", "--base-url", metavar="URL", help="Where the site will be published, instead of `base_url`.")
FORMAT = click.option("--format", "form", type=click.Choice(("text", "json", "github")), default="text", help="How problems are shown.")
_COLOURS = {"error": "red", "warning": "yellow"}

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Session:
    """One run of a command on the site at `root`; `config` is another configuration file than its briefgen.yaml."""

    root: Path
    config: Path | None
    quiet: bool
    verbose: bool


def session_options(command: Command) -> Callable[..., Any]:
    """The flags of every command; the command gets a `session`."""

    @click.option("-C", "--root", type=click.Path(path_type=Path), default=Path(), help="The folder of the site.  [default: this one]")
    @click.option("-c", "--config", type=click.Path(path_type=Path), help="Another configuration file than briefgen.yaml.")
    @click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")
    @click.option("-v", "--verbose", is_flag=True, help="Say more.")
    @functools.wraps(command)
    def run(*args: Any, root: Path, config: Path | None, quiet: bool, verbose: bool, **options: Any) -> Any:
        # a folder named from elsewhere is shown as it was named; messages give paths from the site's root
        try:
            return command(*args, session=Session(Path(root).absolute(), config, quiet, verbose), **options)
        except KeyboardInterrupt:
            raise click.Abort from None  # to a KeyboardInterrupt some versions of click add an empty line, also where no terminal is

    return run


def settings_of(session: Session, problems: Problems | None = None, base_url: str | None = None) -> "Config":
    """The site's configuration, with the `base_url` of the command line; what a build would warn of goes to `problems`, if it matters.

    Raises BriefgenError where there is none, and UsageError where that is no address.
    """
    from briefgen.config import load_config, with_base_url

    config = load_config(session.root, Problems() if problems is None else problems, session.config)
    try:
        return config if base_url is None else with_base_url(config, base_url)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--base-url") from None


def show_problems(problems: Iterable[Problem], form: Format = "text", *, root: Path | None = None, to_stdout: bool = False) -> None:
    """Print problems, sorted by place, with the lines of the site at `root` that they are about; colours only on a terminal."""
    from briefgen.places import located  # a run without a problem is spared it

    for problem in located(_from_root(problems, root), root) if root else Problems(list(problems)):
        text = show(problem, form)
        if form == "text":
            first, newline, rest = text.partition("\n")
            text = click.style(first, fg=_COLOURS[problem.severity], bold=True) + newline + rest + "\n"
        click.echo(text, err=not to_stdout, color=colours())


def _from_root(problems: Iterable[Problem], root: Path) -> Iterator[Problem]:
    """The same with places below the root of the site named from there."""
    for problem in problems:
        path = files.shown(Path(problem.place.path), root)
        yield replace(problem, place=replace(problem.place, path=path)) if os.path.isabs(problem.place.path) else problem


def colours() -> bool | None:
    """Whether to colour: never with NO_COLOR, always with FORCE_COLOR; None leaves it to what the output is."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR", "0") not in ("", "0") else None


def show_error(error: BriefgenError) -> None:
    """Print what a command could not go on from."""
    problems = Problems()
    problems.extend(error.problems)
    show_problems(problems)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "page"), counted(1234, "page"), counted(2, "briefing is", "briefings are")
    ('1 page', '1,234 pages', '2 briefings are')
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def _moment(_context: click.Context, _parameter: click.Parameter, value: str | None) -> dt.datetime | None:
    """The moment of `--now`, in UTC where it names no zone."""
    from briefgen.forms import DATE_FORMS, read_moment
    from briefgen.schema import UTC

    if value is None:
        return None
    try:
        moment = read_moment(value, UTC)
    except ValueError:
        raise click.BadParameter(f"not a date; {DATE_FORMS}") from None
    return moment.at or dt.datetime.combine(moment.day, dt.time(12), UTC)


NOW = click.option("--now", metavar="TIME", callback=_moment, help="The time that decides what is published.  [default: now]")


def day_option(text: str, zone: "ZoneInfo") -> dt.date:
    """The day of `--date`: today in the site's zone, or one in a form that front matter accepts."""
    from briefgen.forms import read_moment

    if text == "today":
        return now_or(None, os.environ.get("SOURCE_DATE_EPOCH")).astimezone(zone).date()
    try:
        return read_moment(text, zone).day
    except ValueError:
        raise click.BadParameter(f"`{printable(text)}` is no day; write 2025-03-18 or today", param_hint="--date") from None


def now_or(given: dt.datetime | None, epoch: str | None) -> dt.datetime:
    """The one reading of the clock: `--now`, else SOURCE_DATE_EPOCH, else the wall clock."""
    now = given or _of_epoch(epoch) or dt.datetime.now(dt.UTC)
    if not dt.MINYEAR < now.year < dt.MAXYEAR:
        # in another zone it may be another year, and there is none before or after
        raise click.UsageError("the time that decides what is published must be in the years 2 to 9998")
    return now


def _of_epoch(epoch: str | None) -> dt.datetime | None:
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch else None
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(f"SOURCE_DATE_EPOCH is not a number of seconds: {epoch!r}") from None


def end_in_order() -> None:
    """Let SIGINT and SIGTERM end a command once: a second one does not disturb what it puts in order on its way out."""

    def interrupt(_signal: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise KeyboardInterrupt

    def terminate(_signal: int, _frame: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise SystemExit(TERMINATED)

    signal.signal(signal.SIGINT, interrupt)
    if sys.platform != "win32":
        signal.signal(signal.SIGTERM, terminate)
