"""Dates, times and counts in words of the theme; no locale and no clock of the system is asked."""

import calendar
import datetime as dt
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from briefgen.model import Moment
from briefgen.site.shows import DayLink, MonthLink
from briefgen.site.theme import Strings

Date = dt.date | Moment


def date_filters(strings: Strings) -> Mapping[str, Callable[..., Any]]:
    """The filters for dates and numbers that write in these words, by name."""

    def written(form: str) -> Callable[[Date], str]:
        pattern = str(strings[form])

        @lru_cache(maxsize=1 << 14)
        def write(day: dt.date) -> str:
            return filled(pattern, _parts(day, strings))

        return lambda value: write(day_of(value))

    def clock(value: Moment) -> str:
        return f"{value.at.hour:02}:{value.at.minute:02}" if value.at else ""

    def number(value: int) -> str:
        return f"{value:,}".replace(",", str(strings["number_group"]))

    named = {
        form: written(f"date.{form}") for form in ("day", "weekday", "month_year", "short_day", "month", "short_month", "short_weekday")
    }
    return {**named, "iso": iso, "clock": clock, "number": number, "weeks": weeks, "week_days": lambda _: week_days(strings)}


def day_of(value: Date) -> dt.date:
    """The calendar day of a date or a moment."""
    return value.day if isinstance(value, Moment) else value


def iso(value: Date) -> str:
    """ISO 8601, as `datetime=` attributes and data want it.

    >>> iso(dt.date(2025, 3, 18)), iso(Moment(dt.date(2025, 3, 18), dt.datetime(2025, 3, 18, 9, 5, tzinfo=dt.UTC)))
    ('2025-03-18', '2025-03-18T09:05:00+00:00')
    """
    if isinstance(value, Moment):
        return value.at.isoformat() if value.at else value.day.isoformat()
    return value.isoformat()


def weeks(month: MonthLink) -> list[list[tuple[int, DayLink | None]]]:
    """The month as the rows of a calendar, Monday first: (day of the month, its edition); 0 for a day of another month.

    >>> weeks(MonthLink(dt.date(2021, 2, 1), "2021/02/", 0))[0][:2]
    [(1, None), (2, None)]
    """
    editions = {link.day.day: link for link in month.days}
    return [
        [(day, editions.get(day)) for day in week] for week in calendar.Calendar().monthdayscalendar(month.first.year, month.first.month)
    ]


def week_days(strings: Strings) -> list[tuple[str, str]]:
    """Short and whole names of the days of the week, Monday first."""
    return list(zip(strings["weekdays_short"], strings["weekdays"], strict=True))


def filled(pattern: str, values: Mapping[str, object]) -> str:
    """The pattern with `{name}` replaced by its value; braces that name nothing stay as they are.

    >>> filled("{day} {month}", {"day": 18, "month": "March"})
    '18 March'
    """
    for name, value in values.items():
        pattern = pattern.replace(f"{{{name}}}", str(value))
    return pattern


def _parts(day: dt.date, strings: Strings) -> dict[str, object]:
    return {
        "day": day.day,
        "month": strings["months"][day.month - 1],
        "short_month": strings["months_short"][day.month - 1],
        "weekday": strings["weekdays"][day.weekday()],
        "short_weekday": strings["weekdays_short"][day.weekday()],
        "year": day.year,
    }
