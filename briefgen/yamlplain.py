r"""The short way for plain YAML: keys with a text each, or with a list of texts, as nearly all front matter has them.

One expression proves that every line is of these shapes; what it does not know is for the parser, and so is all that is in doubt.
The result equals the parser's, places included, because of these facts about YAML:

* a text between double quotation marks without backslash, mark or break inside is what it is, spaces included;
* one without quotation marks that begins with a letter or digit ends with its line, unless a colon before a space, `#`, or the next
  line's indentation says otherwise;
* a list stands below its key, indented or not, and a key begins in the first column;
* a printable character of one line is no break and no mark of YAML's, wherever it stands inside.
"""

import re

from briefgen.yamltext import Listing, Scalar, Table, Tree

_LONGEST = 100_000
_KEY = r"[A-Za-z_][A-Za-z0-9_-]{0,99}"
_ODD = re.compile(r"[^\n -~\xa0-\u2027\u202f-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffc]")
"""Looked for once in all of a text, as a class of so many characters takes long to compile."""
_VALUE = r'(?:"[^"\\\n]*+"|[A-Za-z0-9](?:[^#:\n]|:(?! |$))*+(?<! ))'
_ENTRY = re.compile(rf"^({_KEY}):(?: ({_VALUE})|((?:\n  - {_VALUE})+)|((?:\n- {_VALUE})+))$", re.MULTILINE)


def plain_table(text: str, first_line: int) -> Table | None:
    r"""The table of a text in which everything is plain; None for any other, whether it is YAML or not.

    >>> plain_table('topics:\n  - "a: b"', 2).entries[0][1]
    Listing(items=(Scalar(text='a: b', line=3, column=5, quoted=True),), line=3, column=3)
    >>> plain_table("topics: [a, b]", 1) is plain_table("title: a: b", 1) is plain_table("a: 1\na: 2", 1) is None
    True
    """
    found = _ENTRY.findall(text) if len(text) <= _LONGEST and not _ODD.search(text) else []
    entries: list[tuple[Scalar, Tree]] = []
    line = first_line
    for key, value, indented, flush in found:
        name = Scalar(key, line, 1)
        line += 1
        if value:
            entries.append((name, _scalar(value, name.line, len(key) + 3)))
            continue
        bullet = "\n  - " if indented else "\n- "
        items = tuple([_scalar(one, line + at, len(bullet)) for at, one in enumerate((indented or flush).split(bullet)[1:])])
        entries.append((name, Listing(items, line, len(bullet) - 2)))
        line += len(items)
    whole = line - first_line == text.count("\n") + 1 and len({key for key, *_ in found}) == len(found)
    return Table(tuple(entries), first_line, 1) if whole else None


def _scalar(value: str, line: int, column: int) -> Scalar:
    return Scalar(value[1:-1], line, column, quoted=True) if value[0] == '"' else Scalar(value, line, column)
