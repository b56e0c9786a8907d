"""A content file is front matter between two `---` lines, then Markdown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from briefgen.schema import Sheet
from briefgen.text import clean

_BREAK = r"(?:\r\n|\r|\n)"
_FENCE = rf"---[^\S\r\n]*(?:{_BREAK}|\Z)"
_CUT = re.compile(rf"(\ufeff?---[^\S\r\n]*{_BREAK})((?:(?!{_FENCE})[^\r\n]*{_BREAK})*)({_FENCE})")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


@dataclass(frozen=True, slots=True)
class Parts:
    """A file in its two parts, with the line at which each begins, counted from 1."""

    header: str
    body: str
    body_line: int


def decode(content: bytes, sheet: Sheet) -> bool:
    """Put the text of a content file on the sheet; False after its fault was reported."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        sheet.fault_at("BG109", line, 0, f"not UTF-8 text: byte 0x{content[error.start]:02X}", "save the file as UTF-8")
        return False
    sheet.text = clean(text)
    # nothing was cleaned away from nearly every text
    return sheet.text is text or not _has_control_characters(text, sheet)


def _has_control_characters(text: str, sheet: Sheet) -> bool:
    # a body may have been pasted from anywhere and is cleaned; a name or title with them is not what its author sees
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        found = _CONTROL.search(line)
        if found:
            message = f"a control character that nobody sees: U+{ord(found[0]):04X}"
            sheet.fault_at("BG101", number, found.start() + 1, message, "delete it, and type the line again if need be")
            return True
        if number > 1 and line.rstrip() == "---":
            break
    return False


def split(sheet: Sheet) -> Parts | None:
    """The two parts of a decoded content file, or None after the fault was reported."""
    parts = cut(sheet.text)
    if parts:
        return Parts(parts.header.removesuffix("\n"), parts.body, parts.header.count("\n") + 3)
    lines = sheet.text.split("\n")
    if lines[0].rstrip() != "---":
        sheet.fault_at("BG102", 1, 1, "no front matter", _how_to_begin(lines))
    else:
        sheet.fault_at("BG102", 1, 1, "the front matter has no end", "close it with a line `---`")
    return None


def _how_to_begin(lines: Sequence[str]) -> str:
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[first].rstrip() == "---":
        return "nothing may stand above the first `---`, not even an empty line"
    if lines[first].startswith(("+++", "{")):
        return "TOML and JSON are not read here: write YAML, `title: …`, between two lines `---`, or use `briefgen import`"
    return "start the file with a line `---`, then `title: …`, then `---`"


class Cut(NamedTuple):
    """The text of a content file in four, as it was typed: joined, they are the text again."""

    opening: str
    header: str
    closing: str
    body: str

    @property
    def yaml(self) -> str:
        """The header without the break before the line that closes it, as a build reads it."""
        return re.sub(rf"{_BREAK}\Z", "", self.header)


def cut(text: str) -> Cut | None:
    r"""The text of a content file in its four pieces; None where it has no front matter.

    >>> cut("---\r\ntitle: A\r\n---\r\n\r\nWords.")
    Cut(opening='---\r\n', header='title: A\r\n', closing='---\r\n', body='\r\nWords.')
    """
    found = _CUT.match(text)
    return Cut(found[1], found[2], found[3], text[found.end() :]) if found else None


def line_break(text: str) -> str:
    """How the first line of a text ends."""
    found = re.search(_BREAK, text)
    return found[0] if found else "\n"


def render_content(header: str, body: str) -> str:
    r"""The text of a content file with that front matter and body.

    >>> render_content("title: A\n", "Words.")
    '---\ntitle: A\n---\n\nWords.\n'
    """
    return f"---\n{header}---\n\n{body.strip()}\n"
