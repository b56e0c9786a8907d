"""A content file is front matter between two `---` lines, then Markdown."""

from dataclasses import dataclass

from briefgen.schema import Sheet
from briefgen.text import clean


@dataclass(frozen=True, slots=True)
class Parts:
    """A file in its two parts, with the line at which each begins, counted from 1."""

    header: str
    body: str
    body_line: int


def decode(content: bytes, sheet: Sheet) -> bool:
    """Put the lines of a content file on the sheet; False after its fault was reported."""
    try:
        text = clean(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        sheet.fault_at("BG109", line, 0, f"not UTF-8 text: byte 0x{content[error.start]:02X}", "save the file as UTF-8")
        return False
    sheet.lines[:] = text.split("\n")
    return True


def split(sheet: Sheet) -> Parts | None:
    """The two parts of a decoded content file, or None after the fault was reported."""
    lines = sheet.lines
    if lines[0].rstrip() != "---":
        sheet.fault_at("BG102", 1, 1, "no front matter", "start the file with a line `---`, then `title: …`, then `---`")
        return None
    for number in range(1, len(lines)):
        if lines[number].rstrip() == "---":
            return Parts("\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2)
    sheet.fault_at("BG102", 1, 1, "the front matter has no end", "close it with a line `---`")
    return None


def write_header(header: str, body: str) -> str:
    r"""The text of a content file.

    >>> write_header("title: A\n", "Words.")
    '---\ntitle: A\n---\n\nWords.\n'
    """
    return f"---\n{header}---\n\n{body.strip()}\n"
