"""What is wrong in a template: every way in which one can fail, as a problem with the template's line.

TemplateError            a filter or a limit says no
MissingPart              a template or block that another one builds on is not there
Unknown                  a name that the page does not show
"""

import re
from dataclasses import fields, is_dataclass
from types import TracebackType

import jinja2
from jinja2.utils import missing

from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem, nearest
from briefgen.site.page import Page
from briefgen.site.theme import Theme

_UNKNOWN_NAME = re.compile(r"`(\w+)` is not defined")
_WORD = re.compile(r"[`']([\w./-]+)[`']")


class TemplateError(Exception):
    """A template asks for what it cannot have; the message is a sentence for its author."""


class MissingPart(jinja2.TemplateSyntaxError):
    """A template extends what is not there, or overrides a block that its parent does not have."""


class Unknown(jinja2.StrictUndefined):
    """A name that is not there; any use of it is an error that says what there is."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        if self._undefined_obj is missing:
            return f"`{self._undefined_name}` is not defined"
        owner = self._undefined_obj
        said = f"{type(owner).__name__} has no `{self._undefined_name}`"
        if not is_dataclass(owner):
            return said
        known = [field.name for field in fields(owner)]
        meant = nearest(str(self._undefined_name), known)
        return f"{said}; did you mean `{meant}`?" if meant else f"{said}; it has {', '.join(known)}"


def fault_of(error: Exception, page: Page, theme: Theme) -> BriefgenError:
    """The error for a page whose template failed: BG402 (syntax), BG404 (a part is missing) or BG403 (while it renders)."""
    if isinstance(error, BriefgenError):
        return error
    code, message = _said(error, page)
    place = _place(error, page)
    excerpt = _line(theme, place)
    word = _WORD.search(message)
    found = re.search(rf"(?<!\w){re.escape(word[1])}(?!\w)", excerpt) if word else None
    column = found.start() + 1 if found else 0
    problem = Problem(
        code,
        Place(place.path, place.line, column),
        message,
        help=f"while rendering {page.origin or page.path}",
        excerpt=excerpt,
        span=len(found[0]) if found else 1,
    )
    return BriefgenError(problem)


def _said(error: Exception, page: Page) -> tuple[str, str]:
    match error:
        case MissingPart():
            said = "BG404", error.message or "a part is missing"
        case jinja2.TemplateSyntaxError():
            said = "BG402", (error.message or "the syntax is not right").rstrip(".")
        case jinja2.TemplateNotFound():
            said = "BG404", f"there is no template `{(error.name or '').partition(chr(10))[0]}`"
        case MemoryError():
            said = "BG403", "it asks for more memory than there is"
        case RecursionError():
            said = "BG403", "templates include, extend or call each other without end"
        case jinja2.UndefinedError():
            said = "BG403", f"{error}{_meant(str(error), page)}"
        case TemplateError() | jinja2.TemplateRuntimeError():
            said = "BG403", str(error)
        case _:
            said = "BG403", f"{type(error).__name__}: {error}"
    return said


def _meant(said: str, page: Page) -> str:
    name = _UNKNOWN_NAME.match(said)
    meant = nearest(name[1], _names(page)) if name else None
    return f"; did you mean `{meant}`?" if meant else ""


def _names(page: Page) -> list[str]:
    shown = [field.name for field in fields(page.shows)] if is_dataclass(page.shows) else []
    return [*shown, "site", "page"]


def _place(error: Exception, page: Page) -> Place:
    """The innermost line of a template that the error passed through; a syntax error knows its own."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return Place(error.filename or page.template, error.lineno)
    place = Place(f"templates/{page.template}")
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        if isinstance(template, jinja2.Template) and template.filename:
            place = Place(template.filename, template.get_corresponding_lineno(trace.tb_lineno))
        trace = trace.tb_next
    return place


def _line(theme: Theme, place: Place) -> str:
    for chain in theme.templates.values():
        for file in chain:
            if file.path == place.path and place.line:
                lines = file.source.splitlines()
                return lines[place.line - 1] if place.line <= len(lines) else ""
    return ""
