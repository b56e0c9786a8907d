"""Plain strings, lists and tables as YAML that reads back as the same, here and in any other reader."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from briefgen.yamltext import Plain


def dump(table: Mapping[str, Plain]) -> str:
    """YAML for a table of clean strings, lists and tables; `parse` reads it back as the same text. Empty values are left out."""
    plain = without_empty(table)
    lines = list(_lines(plain))
    if lines and not any(_BREAK.search(line) for line in lines):
        return "\n".join(lines) + "\n"
    import yaml

    return yaml.dump(plain, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=10_000_000, default_flow_style=False)


def dump_inline(value: Plain, quote: str | None = None) -> str:
    r"""YAML for a value on one line that may stand anywhere, also inside of brackets; `quote` is the mark around its texts.

    >>> dump_inline(["a, b", {"name": "no"}]), dump_inline("it's", "'"), dump_inline("one\ntwo")
    ("['a, b', {name: 'no'}]", "'it''s'", '"one\\ntwo"')
    """
    import yaml

    quote = '"' if isinstance(value, str) and _BREAK.search(value) else quote
    plain = [without_empty(value)]
    dumped: str = yaml.dump(
        plain, Dumper=_dumper(), default_style=quote, allow_unicode=True, sort_keys=False, width=10_000_000, default_flow_style=True
    )
    return dumped.strip()[1:-1]


def _lines(value: Any) -> Iterator[str]:
    """Block style, a line for each scalar, as PyYAML has it: it takes five times as long."""
    if isinstance(value, dict):
        for key, part in value.items():
            if part and not isinstance(part, str):
                yield f"{_scalar(key)}:"
                yield from (f"  {line}" for line in _lines(part)) if isinstance(part, dict) else _lines(part)
            else:
                yield f"{_scalar(key)}: {_scalar(part)}"
        return
    for part in value:
        if part and not isinstance(part, str):
            for number, line in enumerate(_lines(part)):
                yield f"{'  ' if number else '- '}{line}"
        else:
            yield f"- {_scalar(part)}"


def _scalar(text: Any) -> str:
    if isinstance(text, str) and len(text) < 1_000 and _PLAIN.fullmatch(text) and text.lower() not in _NO_TEXT:
        return text
    if isinstance(text, str) and len(text) < 1_000 and _QUOTED.fullmatch(text):
        return "'" + text.replace("'", "''") + "'"
    import yaml

    dumped: str = yaml.dump([text], Dumper=_dumper(), allow_unicode=True, width=10_000_000, default_flow_style=False)
    return dumped[2:].rstrip("\n")


_PLAIN = re.compile(r"(?:[^\W\d_]|[“‘«])(?:[\w.,;!?()'’‘“”/&%…–—+-]|(?<! )[ ](?=[^#])|:(?=[^\s]))*(?<![:\s])")
"""What stands in YAML as it is, whatever reader reads it."""
_QUOTED = re.compile(r"""(?=[][{}"'&*!|>%@`#,]|.*(?:: |:$| #))[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]+""")
"""What PyYAML puts between single quotes: on one line, with a mark that means something to YAML. The rest is its business."""
_BREAK = re.compile("[\n\x85\u2028\u2029]")
_NO_TEXT = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])


@cache
def _dumper() -> Any:
    import yaml

    class Readable(yaml.SafeDumper):
        """Quotes what another YAML reader would take for a number, a date or a truth value, too."""

        def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 – the signature is PyYAML's
            return True

    return Readable


def without_empty(value: Plain) -> Any:
    """The value without the entries of tables that hold nothing, as it is written."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: without_empty(part) for key, part in value.items() if part}
    return [without_empty(part) for part in value]
