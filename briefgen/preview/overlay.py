"""The overlay: what is wrong, as the browser shows it; every word of it is escaped."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from briefgen.preview.renderer import script
from briefgen.problems import Problem, Problems, shown_place
from briefgen.text import printable

_LONGEST = 160
_CODE = re.compile(r"`([^`]+)`")
_PAGE = Markup(
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n'
    '<title>briefgen serve: {count}</title>\n<link rel="stylesheet" href="/-/preview.css">\n{script}\n</head>\n'
    '<body class="briefgen-fault">\n<main>{overlay}</main>\n</body>\n</html>\n'
)


LAST_GOOD = "The last good version of the site is shown until this is mended."
NONE_YET = "The site is shown once this is mended."


def overlay(problems: Sequence[Problem], note: str = LAST_GOOD) -> Markup:
    """The problems as HTML, errors first and each sort by place; nothing where there is none."""
    if not problems:
        return Markup()
    found = Problems(list(problems))
    top = Markup("<h1>{}</h1><p>{}</p>").format(_counted(found), note)
    return top + Markup("").join(_section(problem) for problem in sorted(found, key=lambda problem: problem.severity != "error"))


def error_page(problems: Sequence[Problem], tag: str, path: str = "", note: str = "") -> str:
    """A page that stands in for one that cannot be made, and goes away by itself when it can."""
    return _PAGE.format(count=_counted(Problems(list(problems))), script=script(path, tag), overlay=overlay(problems, note))


def _counted(problems: Problems) -> str:
    counts = ((problems.errors, "error"), (problems.warnings, "warning"))
    return ", ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in counts if number)


def _section(problem: Problem) -> Markup:
    parts = [
        Markup('<section class="{}"><h2><span>{} {}</span> {}</h2>').format(
            problem.severity, problem.severity, problem.code, _words(problem.message)
        ),
        Markup("<p class='place'>{}</p>").format(shown_place(problem.place)),
    ]
    if problem.excerpt:
        parts.append(_excerpt(problem))
    also = f"also: {shown_place(problem.other)}" if problem.other else ""
    for kind, text in (("help", also), ("label", problem.label if not problem.excerpt else ""), ("help", problem.help)):
        if text:
            parts.append(Markup('<p class="{}">{}</p>').format(kind, _words(text)))
    return Markup("").join(parts) + Markup("</section>")


def _words(text: str) -> Markup:
    """A sentence, with what stands between backticks as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(printable(text)))))  # noqa: S704 – all of it is escaped


def _excerpt(problem: Problem) -> Markup:
    """The line with the place marked; a very long one is cut around it."""
    column = max(1, problem.place.column)
    start = max(0, column - _LONGEST // 2) if len(problem.excerpt) > _LONGEST else 0
    line, at = problem.excerpt[start : start + _LONGEST], column - 1 - start
    before, marked, after = line[:at], line[at : at + problem.span], line[at + problem.span :]
    if not problem.place.column:
        before, marked, after = line, "", ""
    label = Markup(" <i>{}</i>").format(_words(problem.label)) if problem.label else ""
    number = problem.place.line or ""
    return Markup("<pre><b>{}</b> {}<mark>{}</mark>{}{}</pre>").format(number, *map(printable, (before, marked, after)), label)
