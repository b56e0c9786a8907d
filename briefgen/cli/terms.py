"""`terms`: what can be done with people, topics, stories and sources as such."""

from typing import TYPE_CHECKING

import click

from briefgen.cli.session import Session, counted, session_options, settings_of, show_problems
from briefgen.problems import BriefgenError
from briefgen.text import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefgen.library.document import Document
    from briefgen.library.merging import Merge
    from briefgen.library.names import Names
    from briefgen.model import Kind


@click.group("terms")
def terms_group() -> None:
    """People, topics, stories and sources: merge two that are one."""


@terms_group.command("merge")
@click.argument("old")
@click.argument("new")
@click.option("--kind", type=click.Choice(["person", "topic", "story", "source"]), help="What they are, where the names say more than one.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@session_options
def merge_command(session: Session, old: str, new: str, kind: "Kind | None", *, dry_run: bool) -> int:
    """Make OLD a further name of NEW, in every file, with a redirect from its page."""
    from briefgen.library.merging import plan_merge, write_merge

    try:
        merge = plan_merge(session.root, *_content(session), old, new, kind)
        if not dry_run:
            write_merge(session.root, merge)
    except BriefgenError as error:
        show_problems(error.problems, root=session.root)
        return error.exit_code
    if not session.quiet:
        _tell(merge, dry_run=dry_run, every=session.verbose or dry_run)
    return 0


def _content(session: Session) -> "tuple[list[Document], Mapping[Kind, Names]]":
    """Every document, also those that a build would not show, and the names in them. Raises BriefgenError where one cannot be read."""
    import datetime as dt

    from briefgen.library.library import assemble
    from briefgen.library.load import documents_of, load_content
    from briefgen.library.show import Show
    from briefgen.problems import Problems
    from briefgen.site.program import code_digest
    from briefgen.tree import read_tree

    problems = Problems()
    config = settings_of(session, problems)
    documents = documents_of(load_content(read_tree(session.root), config, code_digest(), problems, keep=False), problems)
    if problems.errors:
        raise BriefgenError(*(problem for problem in problems if problem.severity == "error"))
    everything = Show(dt.datetime.max.replace(tzinfo=dt.UTC), drafts=True, future=True)
    # a merge that was cut short may have left one alias with two records: that is what this is about to put right
    return documents, assemble(documents, config, everything, Problems()).names


def _tell(merge: "Merge", *, dry_run: bool, every: bool) -> None:
    if not merge.changes:
        click.echo(printable(f"Nothing to do: `{merge.old.name}` is `{merge.new.name}` already, in every file."))
        return
    for path, _, text in merge.changes if every else ():
        click.echo(printable(f"{path}: {'goes' if text is None else 'changes'}"))
    for line in merge.lost:
        click.echo(printable(f"Left out, because the other record has its own – {line}"), err=True)
    done = "Would merge" if dry_run else "Merged"
    led = f"/{merge.old.url} leads to /{merge.new.url}"
    click.echo(printable(f"{done} `{merge.old.name}` into `{merge.new.name}`: {counted(len(merge.changes), 'file')}; {led}"))
