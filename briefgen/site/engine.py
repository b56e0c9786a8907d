"""The template engine: jinja2 with the layers of a theme, strict names, and loops that are counted."""

from collections.abc import Iterable, MutableMapping
from functools import lru_cache
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from briefgen.problems import nearest
from briefgen.site.faults import MissingPart, Unknown
from briefgen.site.theme import TemplateFile, Theme

ROUNDS = "_rounds"
"""The filter that every loop goes through; what it lets pass is the caller's to decide."""
BELOW = "theme:"
"""What stands before the name of a template in the layers below."""


_escaped = lru_cache(4_096)(escape)


def written(value: object) -> str:
    """A value as it stands in the text of a page: `escape` without what is of use only to who goes on with its result.

    It is called for every value of every page. Names and titles come again and again, and HTML need not be copied.
    """
    return _escaped(value) if type(value) is str else value if type(value) is Markup else escape(value)


class _Generator(CodeGenerator):
    """Compiles templates so that what they put out goes through `written`, and not through `escape`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.written(")
        else:  # a theme can switch escaping off for some lines
            super()._output_child_pre(node, frame, finalize)


class Engine(jinja2.Environment):
    """jinja2 as themes need it: templates from the theme's layers alone, `theme:NAME` for the layer below, counted loops."""

    code_generator_class = _Generator
    written = staticmethod(written)

    def __init__(self, theme: Theme) -> None:
        super().__init__(autoescape=True, undefined=Unknown, auto_reload=False, cache_size=-1, trim_blocks=True, lstrip_blocks=True)
        self._theme = theme
        self._blocks: dict[str, set[str]] = {}
        self._on_replaced: set[str] = set()
        self._open: list[str] = []
        self.loader = jinja2.FunctionLoader(self._source)
        # what would give another page each time
        self.filters.pop("random")
        self.globals.pop("lipsum")

    def join_path(self, template: str, parent: str) -> str:
        """`theme:NAME` means NAME below the layer that says so; the loader reads it as `NAME`, a newline, and that layer."""
        if not template.startswith(BELOW):
            return template
        file = self._file(parent)
        return f"{template.removeprefix(BELOW)}\n{file.layer if file else 0}"

    def make_globals(self, own: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What every template finds; a plain table, because each page begins with a copy of it."""
        return {**self.globals, **(own or {})}

    def _source(self, name: str) -> tuple[str, str, None] | None:
        file = self._file(name)
        return (file.source, file.path, None) if file else None

    def _file(self, name: str) -> TemplateFile | None:
        plain, _, layer = name.partition("\n")
        return next((file for file in self._theme.templates.get(plain, ()) if file.layer > int(layer or -1)), None)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        self._blocks[name or ""] = {block.name for block in tree.find_all(nodes.Block)}
        for extends in tree.find_all(nodes.Extends):
            if isinstance(extends.template, nodes.Const):
                self._check_extension(tree, extends, name or "", filename or "")
        self._check_names(tree, name or "", filename or "")
        for loop in list(tree.find_all(nodes.For)):
            loop.iter = nodes.Filter(loop.iter, ROUNDS, [], [], None, None, lineno=loop.lineno)
        return tree

    def _check_names(self, tree: nodes.Template, name: str, filename: str) -> None:
        """Filters and tests must be there; jinja2 would say no more than that they are not."""
        for kind, known, uses in (("filter", self.filters, nodes.Filter), ("test", self.tests, nodes.Test)):
            for use in tree.find_all(uses):
                if use.name not in known:
                    meant = nearest(use.name, known)
                    said = f"there is no {kind} `{use.name}`" + (f"; did you mean `{meant}`?" if meant else "")
                    raise jinja2.TemplateSyntaxError(said, use.lineno, name, filename)

    def _check_extension(self, tree: nodes.Template, extends: nodes.Extends, name: str, filename: str) -> None:
        """What is extended must be there, must not be this template again, and must have the blocks that are overridden."""
        said = str(extends.template.value)  # type: ignore[attr-defined]  # a Const, as the caller has seen
        parent = self.join_path(said, name)
        if parent in (*self._open, name):
            raise MissingPart(f"`{said}` extends itself; `theme:{said}` means the one below", extends.lineno, name, filename)
        below, above = self._file(name), self._file(parent)
        if above is None:
            raise MissingPart(f"there is no template `{said}` to extend", extends.lineno, name, filename)
        self._open.append(name)
        try:
            self.get_template(parent)
        finally:
            self._open.pop()
        known = self._blocks[parent]
        # a site that replaces base.html may do without blocks that the theme's own pages fill
        if parent in self._on_replaced or (below is not None and below.layer > above.layer):
            self._on_replaced.add(name)
        for block in tree.body:
            if isinstance(block, nodes.Block) and block.name not in known and name not in self._on_replaced:
                raise MissingPart(f"`{said}` has no block `{block.name}`{_did_you_mean(block.name, known)}", block.lineno, name, filename)
        self._blocks[name] |= known


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    meant = nearest(name, known)
    return f"; did you mean `{meant}`?" if meant else f"; it has {', '.join(sorted(known))}"
