"""Forms: how each kind of value is written in YAML, and the sentence that says so when it is not."""

import datetime as dt
import re
from collections.abc import Callable
from typing import TypeVar
from zoneinfo import ZoneInfo

from briefgen.model import Moment
from briefgen.problems import nearest
from briefgen.schema import Form, Schema, Sheet, is_nothing, json_schema
from briefgen.text import clean, one_line
from briefgen.yamltext import Listing, Scalar, Table, Tree

T = TypeVar("T")
Extra = tuple[tuple[str, str | tuple[str, ...]], ...]


def _wrong(tree: Tree, sheet: Sheet, name: str, expected: str, help: str) -> None:
    kind = "a list" if isinstance(tree, Listing) else "a table of keys"
    given = f"`{one_line(tree.text)[:60]}`" if isinstance(tree, Scalar) else kind
    sheet.fault(sheet.wrong_form, tree, f"`{name}` must be {expected}, not {given}", help)


def _said(name: str) -> str:
    """How a key stands before its value; an entry of a list has none."""
    return "-" if name.endswith("]") else f"{name}:"


def _read_text(tree: Tree, sheet: Sheet, name: str) -> str | None:
    if isinstance(tree, Scalar):
        return one_line(clean(tree.text))
    _wrong(tree, sheet, name, "text", f"write `{_said(name)} some words`, in quotes if they hold a colon")
    return None


def _read_flag(tree: Tree, sheet: Sheet, name: str) -> bool | None:
    said = tree.text.lower() if isinstance(tree, Scalar) else ""
    if said in ("true", "yes", "on"):
        return True
    if said in ("false", "no", "off"):
        return False
    _wrong(tree, sheet, name, "true or false", f"write `{_said(name)} true` or `{_said(name)} false`")
    return None


def _read_whole(tree: Tree, sheet: Sheet, name: str) -> int | None:
    if isinstance(tree, Scalar) and re.fullmatch(r"[+-]?[0-9]{1,9}", tree.text):
        return int(tree.text)
    _wrong(tree, sheet, name, "a whole number", f"write it in digits, as in `{_said(name)} 10`")
    return None


_DAY = r"(\d{4})-(\d{2})-(\d{2})"
_TIME = re.compile(_DAY + r"[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s?(Z|[+-]\d{2}:?[0-5]\d)?", re.ASCII)
DATE_FORMS = "write 2025-03-18, 2025-03-18 14:30, or 2025-03-18T14:30:00+01:00"


def read_moment(text: str, zone: ZoneInfo) -> Moment:
    """The moment that a text names; a time without a zone is in `zone`. Raises ValueError for any other form.

    >>> read_moment("2025-03-18T23:30Z", ZoneInfo("Etc/GMT-3")).day
    datetime.date(2025, 3, 19)
    """
    try:
        if re.fullmatch(_DAY, text, re.ASCII):
            return Moment(dt.date.fromisoformat(text))
        if match := _TIME.fullmatch(text):
            return _moment(match, zone)
    except (ValueError, OverflowError):
        # in words of our own: Python's are not the same in every version
        raise ValueError(": there is no such day or time") from None
    raise ValueError


def _moment(match: re.Match[str], zone: ZoneInfo) -> Moment:
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    at = dt.datetime(year, month, day, hour, minute, second, tzinfo=_zone(match[7]) or zone)
    local = at.astimezone(zone)
    return Moment(local.date(), local.replace(tzinfo=dt.timezone(local.utcoffset() or dt.timedelta())))


def _zone(text: str | None) -> dt.tzinfo | None:
    if not text:
        return None
    if text == "Z":
        return dt.UTC
    return dt.timezone(dt.timedelta(hours=int(text[:3]), minutes=int(text[0] + text[-2:])))


def _read_moment(tree: Tree, sheet: Sheet, name: str) -> Moment | None:
    text = one_line(tree.text) if isinstance(tree, Scalar) else ""
    try:
        return read_moment(text, sheet.zone)
    except ValueError as error:
        sheet.fault("BG108", tree, f"`{name}` is not a date{error}", DATE_FORMS)
        return None


def _read_day(tree: Tree, sheet: Sheet, name: str) -> dt.date | None:
    moment = _read_moment(tree, sheet, name)
    return moment.day if moment else None


def _read_extra(tree: Tree, sheet: Sheet, name: str) -> Extra | None:
    if not isinstance(tree, Table):
        _wrong(tree, sheet, name, "a table of keys", f"write `{name}:` and below it, indented, `key: value`")
        return None
    values: list[tuple[str, str | tuple[str, ...]]] = []
    for key, value in tree.entries:
        read = list_of(TEXT).read(value, sheet, key.text) if isinstance(value, Listing) else _read_text(value, sheet, key.text)
        if read is not None:
            values.append((one_line(clean(key.text)), read))
    return tuple(values)


def is_language(text: str) -> bool:
    """Whether a text is the code of a language, as in `pt-BR`."""
    return bool(re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text))


def _read_lang(tree: Tree, sheet: Sheet, name: str) -> str | None:
    if isinstance(tree, Scalar) and is_language(tree.text):
        return tree.text
    _wrong(tree, sheet, name, "a language", "write a code such as en, de or pt-BR")
    return None


TEXT: Form[str] = Form("text", _read_text, {"type": ["string", "number", "boolean"]})
FLAG: Form[bool] = Form("true or false", _read_flag, {"enum": [True, False, "yes", "no", "on", "off"]})
WHOLE: Form[int] = Form("a whole number", _read_whole, {"type": "integer"})
MOMENT: Form[Moment] = Form("a date or time", _read_moment, {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}"})
DAY: Form[dt.date] = Form("a day", _read_day, {"type": "string", "format": "date"})
LANG: Form[str] = Form("a language", _read_lang, {"type": "string"})
EXTRA: Form[Extra] = Form("your own keys", _read_extra, {"type": "object"})


def list_of(form: Form[T]) -> Form[tuple[T, ...]]:
    """A list of values of one form."""

    def read(tree: Tree, sheet: Sheet, name: str) -> tuple[T, ...] | None:
        if not isinstance(tree, Listing):
            _wrong(tree, sheet, name, "a list", f"write one line for each: `{name}:` and below it `- …`")
            return None
        entries = [(f"{name}[{number}]", entry) for number, entry in enumerate(tree.items, start=1)]
        values = (form.read(entry, sheet, place) for place, entry in entries if not is_nothing(entry))
        return tuple(value for value in values if value is not None and value != "")

    return Form(f"a list of {form.name}", read, {"type": "array", "items": form.json})


def distinct(form: Form[tuple[T, ...]], by: Callable[[T], object] = lambda value: value) -> Form[tuple[T, ...]]:
    """A list in which nothing is said twice; `by` tells what of a value must differ."""

    def read(tree: Tree, sheet: Sheet, name: str) -> tuple[T, ...] | None:
        values = form.read(tree, sheet, name)
        entries = [entry for entry in tree.items if not is_nothing(entry)] if isinstance(tree, Listing) else []
        for number, value in enumerate(values or ()):
            if any(by(value) == by(other) for other in (values or ())[:number]):
                sheet.fault(sheet.wrong_form, entries[number], f"`{name}[{number + 1}]` is the same as one before it", "keep one of them")
        return values

    return Form(form.name, read, form.json)


def table_of(schema: Schema[T], short: Callable[[str], T] | None = None) -> Form[T]:
    """A table with the keys of a schema; `short` makes the value of a bare text."""

    def read(tree: Tree, sheet: Sheet, name: str) -> T | None:
        if isinstance(tree, Table):
            return schema.read(tree, sheet)
        if isinstance(tree, Scalar) and short is not None:
            return short(one_line(clean(tree.text)))
        needed = [f"`{key.name}`" for key in schema.keys if key.required]
        expected = f"a table with {' and '.join(needed)}" if needed else "a table of keys"
        keys = ", ".join(f"`{key.name}`" for key in schema.keys)
        first = f"{'- ' * name.endswith(']')}{schema.keys[0].name}: …"
        _wrong(tree, sheet, name, expected, f"write `{first}` and the other keys one a line, indented; there are {keys}")
        return None

    full = json_schema(schema)
    return Form(schema.name, read, {"anyOf": [TEXT.json, full]} if short else full)


def one_of(*choices: str) -> Form[str]:
    """One of a few words."""

    def read(tree: Tree, sheet: Sheet, name: str) -> str | None:
        if isinstance(tree, Scalar) and tree.text in choices:
            return tree.text
        near = nearest(tree.text, choices) if isinstance(tree, Scalar) else None
        cure = f"did you mean `{near}`?" if near else f"write `{choices[0]}`, or leave the key out"
        *first, last = [f"`{choice}`" for choice in choices]
        _wrong(tree, sheet, name, f"{', '.join(first)} or {last}" if first else last, cure)
        return None

    return Form(" or ".join(choices), read, {"enum": list(choices)})
