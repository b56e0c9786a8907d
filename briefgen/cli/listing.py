"""`list`: what there is, a line each."""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from briefgen.cli.session import Session, counted, now_or, session_options, settings_of
from briefgen.text import printable

if TYPE_CHECKING:
    from briefgen.model import Kind
    from briefgen.site.site import Site

Lines = Callable[["Site"], Iterator[str]]


def _briefings(site: "Site") -> Iterator[str]:
    for entry in site.library.entries:
        day = entry.card.date.day.isoformat() if entry.card.date else "undated"
        yield f"{day}\t{entry.card.title}\t{entry.document.path}"


def _hidden(state: str) -> Lines:
    return lambda site: (path for path, why in site.library.hidden if why == state)


def _terms(kind: "Kind") -> Lines:
    def lines(site: "Site") -> Iterator[str]:
        filed = site.archive.filed[kind]
        for term in site.library.names[kind].terms.values():
            yield f"{term.name}\t{counted(len(filed.get(term.url, ())), 'briefing')}"

    return lines


def _mentions(site: "Site") -> Iterator[str]:
    for one in site.library.mentions:
        day = one.date.isoformat() if one.date else "undated"
        yield "\t".join((day, one.briefing, one.kind, one.role, one.record.name, str(one.weight), one.source))


def _pages(site: "Site") -> Iterator[str]:
    return (page.path for page in site.pages)


LISTS: dict[str, Lines] = {
    "briefings": _briefings,
    "drafts": _hidden("draft"),
    "future": _hidden("future"),
    "expired": _hidden("expired"),
    "topics": _terms("topic"),
    "people": _terms("person"),
    "stories": _terms("story"),
    "sources": _terms("source"),
    "mentions": _mentions,
    "pages": _pages,
}
"""What can be listed."""


@click.command("list", short_help="List what there is, a line each.")
@click.argument("what", type=click.Choice(list(LISTS)))
@session_options
def list_command(session: Session, what: str) -> int:
    """List what there is: a line each, with its file or its number of briefings."""
    from briefgen.library.show import Show
    from briefgen.problems import Problems
    from briefgen.site.site import load_site
    from briefgen.tree import read_tree

    problems = Problems()
    config = settings_of(session, problems)
    site = load_site(read_tree(session.root), config, Show(now_or(None, os.environ.get("SOURCE_DATE_EPOCH"))), problems, keep=False)
    for line in LISTS[what](site):
        click.echo(printable(line))
    if faulty := len({problem.place.path for problem in problems if problem.severity == "error"}):
        one, many = "file has errors and is not listed", "files have errors and are not listed"
        click.echo(f"{counted(faulty, one, many)}; `briefgen check` shows the errors.", err=True)
    return int(bool(problems.errors))
