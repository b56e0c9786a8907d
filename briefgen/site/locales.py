"""Dates, numbers and direction of a language that a theme does not speak, from Babel where it is installed."""

import re
from collections.abc import Mapping
from copy import deepcopy

from briefgen.site.letters import direction
from briefgen.site.strings import Strings

_FIELDS = {
    "d": "{day}",
    "dd": "{day}",
    "M": "{month_number}",
    "L": "{month_number}",
    "MMM": "{short_month}",
    "LLL": "{short_month_alone}",
    "MMMM": "{month}",
    "LLLL": "{month_alone}",
    "y": "{year}",
    "yyyy": "{year}",
}
"""What a field of a CLDR pattern is called in a theme."""
_TOKEN = re.compile(r"'((?:[^']|'')*)'|([A-Za-z])\2*")
_PARTS = ("months", "days", "date_formats", "datetime_skeletons", "number_symbols")
_SKELETONS = {"date.month_year": "yMMMM", "date.short_day": "yMMMd"}


def words_of(lang: str) -> Strings:
    """The words of a language that CLDR knows, by the keys of a theme; without Babel no more than its direction."""
    written = {"dir": direction(lang)}
    try:
        from babel import Locale, UnknownLocaleError
        from babel.localedata import LocaleDataDict, load
    except ImportError:
        return written
    try:
        whole = load(str(Locale.parse(lang, sep="-")))
    except (UnknownLocaleError, ValueError):
        return written
    # Babel puts what it looks up into values that its languages share, so that one would speak of the months of another
    known = LocaleDataDict({key: deepcopy(whole[key]) for key in _PARTS})
    months, days = known["months"], known["days"]["stand-alone"]
    patterns = {"date.day": known["date_formats"]["long"].pattern}
    patterns |= {key: known["datetime_skeletons"][name].pattern for key, name in _SKELETONS.items() if name in known["datetime_skeletons"]}
    return {
        **written,
        "months": _list(months["format"]["wide"]),
        "months_short": _list(months["format"]["abbreviated"]),
        "months_alone": _list(months["stand-alone"]["wide"]),
        "months_short_alone": _list(months["stand-alone"]["abbreviated"]),
        "weekdays": _list(days["wide"]),
        "weekdays_short": _list(days["short"]),
        "number_group": known["number_symbols"]["latn"]["group"],
        **{key: form for key, pattern in patterns.items() if (form := form_of(pattern))},
    }


def _list(names: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(names[number] for number in sorted(names))


def form_of(pattern: str) -> str:
    """A CLDR date pattern as themes write it; empty where it asks for what they cannot say.

    >>> form_of("d 'de' MMMM 'de' y"), form_of("y年M月d日"), form_of("d MMMM y G")
    ('{day} de {month} de {year}', '{year}年{month_number}月{day}日', '')
    """
    missing: list[str] = []

    def named(match: re.Match[str]) -> str:
        if match[1] is not None:
            return match[1].replace("''", "'") or "'"
        if match[0] not in _FIELDS:
            missing.append(match[0])
        return _FIELDS.get(match[0], "")

    form = _TOKEN.sub(named, pattern)
    return "" if missing else form
