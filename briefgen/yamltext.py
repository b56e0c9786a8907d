"""YAML read as text: every scalar stays what was typed, and every piece knows its line and column.

No implicit types, tags, anchors or aliases; what a value means is the schema's business. Writing is `yamldump`'s.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

MOST_BYTES = 1_000_000
DEEPEST = 20


class Scalar(NamedTuple):
    """A piece of text; `quoted` tells `""` from nothing at all.

    A named tuple, like the other two, because front matter has dozens of them, and a frozen dataclass takes four times as long to make.
    """

    text: str
    line: int
    column: int
    quoted: bool = False


class Listing(NamedTuple):
    """A sequence."""

    items: "tuple[Tree, ...]"
    line: int
    column: int


class Table(NamedTuple):
    """A mapping; the entries stand in the order of the file, keys as they were typed."""

    entries: "tuple[tuple[Scalar, Tree], ...]"
    line: int
    column: int


Tree = Scalar | Listing | Table
Plain = str | Sequence["Plain"] | Mapping[str, "Plain"]


class YamlError(Exception):
    """What is wrong with a text, where (line and column from 1), and what to do; `code` is one of `rules.RULES`."""

    def __init__(self, code: str, line: int, column: int, message: str, help: str = "", *, span: int = 1) -> None:
        super().__init__(message)
        self.code, self.line, self.column, self.message, self.help, self.span = code, line, column, message, help, span


class _Fault(NamedTuple):
    """What libyaml says, and what it means to whoever wrote the text."""

    sign: str
    message: str
    cure: str
    at_its_beginning: bool = False


_QUOTE_IT = "put quotation marks around the value; one that stands inside is written twice"
_FAULTS = (
    _Fault("unknown escape", "a backslash between double quotation marks stands before a character that it cannot", "use single marks"),
    _Fault("character escape code", "a backslash stands before the number of a character that there is not", "write the character itself"),
    _Fault("mapping values are not allowed", "a colon and a space stand in the middle of a value", "put quotation marks around the value"),
    _Fault(
        "quoted scalar", "a quotation mark is never closed", "close it; a quotation mark inside is written twice", at_its_beginning=True
    ),
    _Fault("tab character", "a tab stands where a line is indented", "indent with spaces"),
    _Fault("'\\t' that cannot start any token", "a tab stands where a line is indented", "indent with spaces"),
    _Fault(
        "cannot start any token", "a value cannot begin with this character", "put quotation marks around it; indent with spaces, not tabs"
    ),
    _Fault("anchor", "a value cannot begin with `&` or `*`", "put quotation marks around it"),
    _Fault("alias", "a value cannot begin with `&` or `*`", "put quotation marks around it"),
    _Fault("flow sequence", "a list that begins with `[` is not closed here", "close it with `]`, or put a comma", at_its_beginning=True),
    _Fault("flow mapping", "a table that begins with `{` is not closed here", "close it with `}`, or put a comma", at_its_beginning=True),
    _Fault("could not find expected ':'", "this line has no colon after its key", "write `key: value`", at_its_beginning=True),
    _Fault("did not find expected node content", "a list or table is opened here and goes on with something else", _QUOTE_IT),
    _Fault("block scalar", "the text after `|` or `>` is not indented well", "indent each of its lines by two spaces"),
    _Fault("expected a single document", "a line `---` stands inside the front matter", "keep one `---` above it and one below"),
)

_BREAKS = ("did not find expected key", "did not find expected '-' indicator", "expected <block end>")
"""What libyaml and PyYAML say alike of a line that begins in a wrong column, and of one that goes on behind a value's end."""
_INDENTED = _Fault("", "this line is indented otherwise than those before it", "let keys begin in one column, and list items in one")
_MIXED = _Fault("", "keys and entries of a list (`- …`) are mixed here", "indent the keys of an entry, and put a key above a list")
_GOES_ON = _Fault("", "this does not go on as `key: value`", _QUOTE_IT)
_UNKNOWN = _Fault("", "this does not read as YAML", _QUOTE_IT)


def parse(text: str, first_line: int = 1) -> Table:
    """The mapping that a YAML text holds; `first_line` is where the text starts in its file.

    Raises YamlError: a syntax error, more than one document, a tag, an anchor, a key that is given twice or is not
    text, no mapping at the top, or more than `MOST_BYTES` or `DEEPEST`.
    """
    import yaml  # 15 ms that a command with nothing to parse is spared

    if len(text.encode()) > MOST_BYTES:
        raise YamlError("BG110", first_line, 1, f"the YAML is larger than {MOST_BYTES // 1_000_000} MB")
    try:
        _refuse_depth_and_marks(text, first_line)
        node = yaml.compose(text, Loader=loader())
    except yaml.MarkedYAMLError as error:
        fault = _fault_of(error, text)
        mark = (error.context_mark if fault.at_its_beginning else None) or error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        raise YamlError("BG101", first_line + line, column + 1, fault.message, fault.cure) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position)
        raise YamlError("BG101", first_line + line, 1, f"a character that YAML does not allow: U+{error.character:04X}") from None
    except (ValueError, OverflowError):  # PyYAML without libyaml lets the number of a character pass that there is not
        raise YamlError("BG101", first_line, 1, _UNKNOWN.message, _UNKNOWN.cure) from None
    if node is None:
        return Table((), first_line, 1)
    tree = _tree(node, first_line, 0)
    if not isinstance(tree, Table):
        is_close = isinstance(tree, Scalar) and re.match(r"[\w-]+:\S", tree.text)
        cure = "put a space behind the colon" if is_close else "write one `key: value` a line"
        raise YamlError("BG101", tree.line, tree.column, "these are not `key: value` lines", cure)
    return tree


def _fault_of(error: Any, text: str) -> _Fault:
    said, mark = f"{error.context}, {error.problem}", error.problem_mark
    if not any(sign in said for sign in _BREAKS):
        return next((fault for fault in _FAULTS if fault.sign in said), _UNKNOWN)
    line = "".join(text.split("\n")[mark.line : mark.line + 1])
    if line[: mark.column].strip() or not re.match("[\\w\"'-]", line[mark.column :]):
        return _GOES_ON
    return _MIXED if error.context_mark and error.context_mark.column == mark.column else _INDENTED


def loader() -> Any:
    """The loader that resolves no types: in C where PyYAML has it, 55 µs a header against 650 in Python."""
    import yaml

    return getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _refuse_depth_and_marks(text: str, first_line: int) -> None:
    # libyaml's composer recurses in C: `{`, `[`, `? ` or `- ` by the hundred thousand would end the program without a word.
    # Its events come one by one; most texts are spared them, because a little depth and no marks can wait for the tree.
    if sum(map(text.count, "[{?-")) <= 200 and not re.search("[&*!]", text):
        return
    import yaml

    depth = -1  # what stands at the top is no level yet
    event: Any
    for event in yaml.parse(text, Loader=loader()):
        line, column = first_line + event.start_mark.line, event.start_mark.column + 1
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _too_deep(line, column)
        tag = getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            cure = "write the value out; put quotation marks around a text that begins with `*`"
            raise YamlError("BG107", line, column, f"YAML aliases are not allowed: *{event.anchor}", cure)
        if getattr(event, "anchor", None):
            cure = "write the value out where it is used; put quotation marks around a text that begins with `&`"
            raise YamlError("BG107", line, column, f"YAML anchors are not allowed: &{event.anchor}", cure)
        if tag:
            shown = tag.replace("tag:yaml.org,2002:", "!!")
            raise YamlError("BG107", line, column, f"YAML tags are not allowed: {shown}", "remove the tag; text needs none")


def _too_deep(line: int, column: int) -> YamlError:
    return YamlError("BG110", line, column, f"nested deeper than {DEEPEST} levels")


def _tree(node: Any, first_line: int, depth: int) -> Tree:
    line, column = first_line + node.start_mark.line, node.start_mark.column + 1
    if depth > DEEPEST:
        raise _too_deep(line, column)
    if node.id == "scalar":
        return Scalar(node.value, line, column, quoted=bool(node.style))
    if node.id == "sequence":
        return Listing(tuple(_tree(item, first_line, depth + 1) for item in node.value), line, column)
    return Table(tuple(_entries(node, first_line, depth)), line, column)


def _entries(node: Any, first_line: int, depth: int) -> Iterator[tuple[Scalar, Tree]]:
    known: dict[str, int] = {}
    for key_node, value_node in node.value:
        key = _tree(key_node, first_line, depth + 1)
        if not isinstance(key, Scalar):
            raise YamlError("BG101", key.line, key.column, "a key must be text")
        if key.text == "<<":
            raise YamlError(
                "BG107", key.line, key.column, "YAML merge keys are not allowed", "write the values out where they are used", span=2
            )
        if key.text in known:
            message = f"`{key.text}` is given twice, first in line {known[key.text]}"
            raise YamlError("BG106", key.line, key.column, message, "keep one of them", span=len(key.text))
        known[key.text] = key.line
        yield key, _tree(value_node, first_line, depth + 1)


def entries_of(table: Table) -> dict[str, Plain]:
    """The entries of a table as strings, lists and mappings, in their order."""
    return {name.text: plain(value) for name, value in table.entries}


def plain(tree: Tree) -> Plain:
    """The tree as strings, lists and mappings."""
    if isinstance(tree, Scalar):
        return tree.text
    if isinstance(tree, Listing):
        return [plain(part) for part in tree.items]
    return entries_of(tree)
