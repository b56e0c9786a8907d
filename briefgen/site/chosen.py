"""Which file of a theme is used for a name, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

import jinja2
from jinja2 import nodes

from briefgen.site.engine import BELOW
from briefgen.site.theme import TemplateFile, Theme


@dataclass(frozen=True, slots=True)
class Choice:
    """One file of a name: whose it is, whether pages are made with it, and what it does to the one below."""

    path: str
    whose: str
    used: bool
    blocks: tuple[str, ...]
    extends: bool


def choices(theme: Theme, name: str) -> tuple[Choice, ...]:
    """Every file that the theme has under the name of a template, the one that is used first.

    A file below is used, too, as long as each one above it builds on the next.
    """
    files = theme.templates.get(name, ())
    builds = [_builds_on_the_next(file) for file in files]
    reached = [True, *accumulate(builds, lambda one, other: one and other)]
    return tuple(
        Choice(file.path, theme.layers[file.layer], used, _blocks(file) if below else (), below)
        for file, used, below in zip(files, reached, builds, strict=False)
    )


def _builds_on_the_next(file: TemplateFile) -> bool:
    asked = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    return any(
        isinstance(use.template, nodes.Const) and use.template.value == f"{BELOW}{file.name}"  # type: ignore[attr-defined]  # all four have it
        for kind in asked
        for use in _tree(file).find_all(kind)
    )


def _blocks(file: TemplateFile) -> tuple[str, ...]:
    return tuple(part.name for part in _tops(_tree(file)))


def _tops(tree: nodes.Template) -> Iterator[nodes.Block]:
    return (part for part in tree.body if isinstance(part, nodes.Block))


def _tree(file: TemplateFile) -> nodes.Template:
    try:
        return jinja2.Environment(autoescape=True).parse(file.source)
    except jinja2.TemplateSyntaxError:  # `check` says it, with the line
        return nodes.Template([])
