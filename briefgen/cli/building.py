"""`build`, `check` and `clean`: the site written, looked at, and taken away."""

import datetime as dt
import gc
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefgen.cli.session import (
    BASE_URL,
    FORMAT,
    NOW,
    Session,
    counted,
    end_in_order,
    now_or,
    session_options,
    settings_of,
    show_problems,
)
from briefgen.problems import BriefgenError, Format, Problems, exit_code_of
from briefgen.stopwatch import Stopwatch, render_stages, unmeasured

if TYPE_CHECKING:
    from briefgen.config import Config
    from briefgen.library.show import Show
    from briefgen.site.build import Report

_DRAFTS = click.option("-D", "--drafts", is_flag=True, help="Show drafts, too.")
_FUTURE = click.option("-F", "--future", is_flag=True, help="Show what is dated or to be published in the future, too.")
_OUTPUT = click.option("-o", "--output", type=click.Path(path_type=Path), help="The output folder, instead of `output`.")
_STRICT = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
_JOBS = click.option("-j", "--jobs", default="auto", metavar="N|auto", help="How many processes work.  [default: auto]")


_ended: list["Report"] = []
"""Holds what was built until the process ends, which does not take it apart."""


@click.command("build")
@_DRAFTS
@_FUTURE
@BASE_URL
@_OUTPUT
@_STRICT
@_JOBS
@click.option("--fresh", is_flag=True, help="Use nothing that earlier builds remember.")
@click.option("--atomic", is_flag=True, help="Make the output a symlink, and turn it to the new site when that is whole.")
@click.option("--explain", is_flag=True, help="Say of each page why it was built again.")
@click.option("--profile", is_flag=True, help="Say how long each stage took.")
@FORMAT
@NOW
@session_options
def build_command(
    session: Session,
    form: Format,
    output: Path | None,
    jobs: str,
    explain: bool,
    profile: bool,
    fresh: bool,
    strict: bool,
    atomic: bool,
    **options: Any,
) -> int:
    """Write the site into public/ (or the folder that `output` names)."""
    stopwatch = Stopwatch() if profile else None
    from briefgen.site.build import build
    from briefgen.site.update import Way

    end_in_order()
    gc.disable()  # a build makes values and ends; looking for circles among them took a quarter of its time
    started = time.perf_counter()
    problems = Problems()
    way = Way(_jobs(jobs), fresh, strict, atomic, stopwatch.lap if stopwatch else unmeasured)
    try:
        config, show = _settings(session, problems, **options)
        report = build(session.root, config, _folder(session, output, config), show, problems, way)
    except BriefgenError as error:
        return _refused(session, error, problems, form)
    _ended.append(report)
    show_problems(problems, form, root=session.root)
    if explain:
        for path, reason in report.rebuilt:
            click.echo(f"{path}: {reason}")
    if report.indexed and not session.quiet:
        click.echo(f"Indexed the full text for search in {report.indexed:.1f} s")
    if not session.quiet:
        click.echo(_summary(report, problems, time.perf_counter() - started))
    if stopwatch:
        click.echo("\n".join(render_stages(stopwatch.stages)), err=True)
    return 0


def _settings(
    session: Session, problems: Problems, *, drafts: bool, future: bool, base_url: str | None, now: dt.datetime | None
) -> "tuple[Config, Show]":
    from briefgen.library.show import Show

    return settings_of(session, problems, base_url), Show(now_or(now, os.environ.get("SOURCE_DATE_EPOCH")), drafts, future)


def _folder(session: Session, output: Path | None, config: "Config") -> Path:
    # a folder on the command line is meant from here, one in the configuration from the site
    return output.absolute() if output else session.root / config.output


def _jobs(text: str) -> int:
    from briefgen.parallel import cores

    if text == "auto":
        return cores()
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 64:
        return int(text)
    raise click.BadParameter("write a number from 1 to 64, or auto", param_hint="--jobs")


def _refused(session: Session, error: BriefgenError, problems: Problems, form: Format) -> int:
    problems.extend(error.problems)
    show_problems(problems, form, root=session.root)
    click.echo(f"Nothing was built: {_tally(problems)}.", err=True)
    return exit_code_of(problems) or error.exit_code


def _summary(report: "Report", problems: Problems, seconds: float) -> str:
    # what changed besides pages, a stylesheet or a picture, is no part of the number before
    changed = len({path for path, _ in report.rebuilt} & set(report.changed))
    said = [f"Built {counted(report.pages, 'page')} ({changed:,} changed) in {seconds:.1f} s"]
    if report.hidden:
        hidden = [counted(number, "draft") if why == "draft" else f"{number:,} {why}" for why, number in report.hidden]
        said.append(f"not shown: {', '.join(hidden)}")
    if report.notes:
        said.append(f"{counted(report.notes, 'briefing has', 'briefings have')} open review notes")
    if problems.warnings:
        said.append(counted(problems.warnings, "warning"))
    return " · ".join(said)


def _tally(problems: Problems) -> str:
    said = [counted(problems.errors, "error")] if problems.errors else []
    return " · ".join([*said, counted(problems.warnings, "warning")] if problems.warnings else said)


@click.command("check", short_help="Find every problem, and write nothing.")
@_DRAFTS
@_FUTURE
@BASE_URL
@_STRICT
@FORMAT
@NOW
@session_options
def check_command(session: Session, form: Format, strict: bool, **options: Any) -> int:
    """Find every problem in content, records, links and theme, and write nothing."""
    from briefgen.check import check

    problems = Problems()
    try:
        config, show = _settings(session, problems, **options)
        check(session.root, config, show, problems)
    except BriefgenError as error:
        problems.extend(error.problems)
    show_problems(problems, form, root=session.root, to_stdout=True)
    if not session.quiet:
        click.echo(f"Checked: {_tally(problems) or 'no problems'}.", err=True)
    return exit_code_of(problems) or int(strict and problems.warnings > 0)


@click.command("clean", short_help="Remove what briefgen wrote, and nothing else.")
@_OUTPUT
@click.option("--dry-run", is_flag=True, help="Say what would be removed, and remove nothing.")
@session_options
def clean_command(session: Session, output: Path | None, dry_run: bool) -> int:
    """Remove what briefgen wrote into the output folder, and what it remembers; nothing else."""
    from briefgen.site.build import clean

    config = settings_of(session)
    folder = _folder(session, output, config)
    removed = clean(session.root, config, folder, dry_run=dry_run)
    if session.verbose or dry_run:
        for path in removed:
            click.echo(path)
    if not session.quiet:
        click.echo(f"{'Would remove' if dry_run else 'Removed'} {counted(len(removed), 'file')} from {folder}")
    return 0
