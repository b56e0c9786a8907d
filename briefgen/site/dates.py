"""Dates, times and counts in words of the theme; no locale and no clock of the system is asked."""

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from briefgen.model import Moment
from briefgen.site.parts import DayLink, MonthLink, YearLink
from briefgen.site.strings import Strings

Date = dt.date | Moment


def date_filters(strings: Strings) -> Mapping[str, Callable[..., Any]]:
    """The filters for dates and numbers that write in these words, by name."""

    def written(form: str) -> Callable[[Date], str]:
        pattern = str(strings[form])

        @lru_cache(maxsize=1 << 14)
        def write(day: dt.date) -> str:
            return filled(pattern, _parts(day, strings))

        def write_any(value: Date | str) -> str:
            day = day_of(value)
            return write(day) if day else str(value)

        return write_any

    def clock(value: Moment) -> str:
        return f"{value.at.hour:02}:{value.at.minute:02}" if value.at else ""

    def number(value: int) -> str:
        return f"{value:,}".replace(",", str(strings["number_group"]))

    named = {
        form: written(f"date.{form}") for form in ("day", "weekday", "month_year", "short_day", "month", "short_month", "short_weekday")
    }
    return {
        **named,
        "iso": iso,
        "clock": clock,
        "number": number,
        "weeks": weeks,
        "by_month": by_month,
        "busiest_month": busiest_month,
        "busiest_day": busiest_day,
        "week_days": lambda _: _names(strings, "weekdays"),
        "month_names": lambda _: _names(strings, "months"),
    }


def day_of(value: Date | str) -> dt.date | None:
    """The calendar day of a date, a moment or a text that begins with an ISO date; None for any other text.

    >>> day_of("2025-03-18T09:00Z"), day_of("last week")
    (datetime.date(2025, 3, 18), None)
    """
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value[:10])
        except ValueError:
            return None
    return value.day if isinstance(value, Moment) else value


def iso(value: Date) -> str:
    """ISO 8601, as `datetime=` attributes and data want it.

    >>> iso(dt.date(2025, 3, 18)), iso(Moment(dt.date(2025, 3, 18), dt.datetime(2025, 3, 18, 9, 5, tzinfo=dt.UTC)))
    ('2025-03-18', '2025-03-18T09:05:00+00:00')
    """
    if isinstance(value, Moment):
        return timestamp(value.at) if value.at else value.day.isoformat()
    return value.isoformat()


def timestamp(at: dt.datetime) -> str:
    """An instant in RFC 3339, which knows offsets in whole minutes only: local mean time of long ago had seconds, too.

    >>> timestamp(dt.datetime(1890, 1, 1, 12, 0, 32, tzinfo=dt.timezone(dt.timedelta(minutes=19, seconds=32))))
    '1890-01-01T12:00:00+00:19'
    """
    seconds = dt.timedelta(seconds=(at.utcoffset() or dt.timedelta()).total_seconds() % 60)
    zone = dt.timezone((at.utcoffset() or dt.timedelta()) - seconds)
    return (at - seconds).replace(tzinfo=zone).isoformat() if seconds else at.isoformat()


def weeks(month: MonthLink) -> list[list[tuple[int, DayLink | None]]]:
    """The month as the rows of a calendar, Monday first: (day of the month, its edition); 0 for a day of another month.

    >>> weeks(MonthLink(dt.date(2021, 2, 1), "2021/02/", 0))[0][:2]
    [(1, None), (2, None)]
    """
    editions = {link.day.day: link for link in month.days}
    return [
        [(day, editions.get(day)) for day in week] for week in calendar.Calendar().monthdayscalendar(month.first.year, month.first.month)
    ]


def by_month(links: Iterable[YearLink | MonthLink]) -> list[tuple[int, str, list[MonthLink | None]]]:
    """Years or months as the rows of a table, newest first: (year, its URL where it is known, twelve months or None)."""
    rows: dict[int, tuple[str, list[MonthLink | None]]] = {}
    for link in links:
        url, months = (link.url, link.months) if isinstance(link, YearLink) else ("", (link,))
        row = rows.setdefault(link.first.year, (url, [None] * 12))[1]
        for month in months:
            row[month.first.month - 1] = month
    return [(year, *rows[year]) for year in sorted(rows, reverse=True)]


def busiest_month(links: Iterable[YearLink | MonthLink]) -> int:
    """The most briefings in a month."""
    return max((month.briefings for link in links for month in (link.months if isinstance(link, YearLink) else (link,))), default=0)


def busiest_day(link: YearLink | MonthLink) -> int:
    """The most briefings on a day."""
    return max((day.briefings for month in (link.months if isinstance(link, YearLink) else (link,)) for day in month.days), default=0)


def _names(strings: Strings, key: str) -> list[tuple[str, str]]:
    """Short and whole names, in order, as they stand alone."""
    short, whole = (strings.get(f"{name}_alone", strings[name]) for name in (f"{key}_short", key))
    return list(zip(short, whole, strict=True))


def filled(pattern: str, values: Mapping[str, object]) -> str:
    """The pattern with `{name}` replaced by its value; braces that name nothing stay as they are.

    >>> filled("{day} {month}", {"day": 18, "month": "March"})
    '18 March'
    """
    for name, value in values.items():
        pattern = pattern.replace(f"{{{name}}}", str(value))
    return pattern


def month_alone(number: int, strings: Strings, length: str = "") -> str:
    """What a month is called where no day stands beside it: some languages bend its name behind a day."""
    return strings.get(f"months{length}_alone", strings[f"months{length}"])[number - 1]


def _parts(day: dt.date, strings: Strings) -> dict[str, object]:
    return {
        "day": day.day,
        "month": strings["months"][day.month - 1],
        "short_month": strings["months_short"][day.month - 1],
        "month_alone": month_alone(day.month, strings),
        "short_month_alone": month_alone(day.month, strings, "_short"),
        "month_number": day.month,
        "weekday": strings["weekdays"][day.weekday()],
        "short_weekday": strings["weekdays_short"][day.weekday()],
        "year": day.year,
    }
