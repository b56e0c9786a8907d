"""Writes docs/errors.md from the bad worlds in tests/errors/: run `python -m tests.tools.errors_doc`."""

from pathlib import Path

from briefgen.rules import RULES
from tests.errorworlds import BadWorld, bad_worlds

PAGE = Path(__file__).parents[2] / "docs" / "errors.md"
HEAD = """\
# Messages

Every message has a code, a place (file, line and column), a sentence and mostly a hint. An *error* stops a build before
anything is written, with exit code 1, or 3 where the surroundings are at fault; a *warning* does not, unless the command
is given `--strict`. `--format json` gives a line of JSON for each, `--format github` an annotation.

Each text below is what briefgen says of a small site with that fault.
"""
PARTS = {
    "1": "Front matter",
    "2": "Names, links and text",
    "3": "Configuration",
    "4": "Themes and templates",
    "5": "Output",
    "6": "Import",
    "7": "Surroundings",
}


def errors_page() -> str:
    """The text of docs/errors.md."""
    written, part = [HEAD], ""
    for bad in bad_worlds():
        if PARTS[bad.code[2]] != part:
            part = PARTS[bad.code[2]]
            written.append(f"## {part}\n")
        written.append(_entry(bad))
    return "\n".join(written)


def _entry(bad: BadWorld) -> str:
    shown = "\n".join(f"$ {command}" for command in bad.commands)
    severity = RULES[bad.code].severity.capitalize()
    about = bad.about.replace("\n", " ")
    return f"### {bad.code}: {bad.title}\n\n*{severity}.* {about}\n\n```text\n{shown}\n{bad.expected.rstrip()}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(errors_page())
