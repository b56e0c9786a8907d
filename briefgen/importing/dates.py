"""When an article was published: a date line, a dateline, a date written out – never one that is only mentioned."""

import datetime as dt
import re
from dataclasses import dataclass

from briefgen.importing.names import is_place, key
from briefgen.importing.phrases import agencies
from briefgen.text import fold, one_line

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier janv enero ene gennaio gen januari janeiro",
            "february feb februar février févr fevrier febrero febbraio februari fevereiro fev",
            "march mar märz maerz mars marzo maart março marco",
            "april apr avril avr abril abr aprile",
            "may mai mayo maggio mei maio",
            "june jun juni juin junio giugno junho",
            "july jul juli juillet juil julio luglio julho",
            "august aug août aout agosto ago augustus",
            "september sept sep septembre septiembre settembre setembro",
            "october oct oktober okt octobre octubre ottobre oktober outubro",
            "november nov novembre noviembre novembro",
            "december dec dezember dez décembre diciembre dicembre dezembro",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_OPENS_WITH_MONTH = re.compile(rf"(?!may\b|march\b){_MONTH}(?=[\s,:])", re.IGNORECASE)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\b(?P<year>(?:1[89]|20)\d\d)[-/.](?P<number>\d\d?)[-/.](?P<day>\d\d?)(?!\d)",
        rf"\b{_MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?\s*,?\s+{_YEAR}\b",
        rf"\b(?P<day>\d\d?)(?:st|nd|rd|th|er|º|\.)?\s*(?:of\s+|de\s+)?{_MONTH}\s*,?\s*(?:de\s+)?{_YEAR}\b",
        rf"\b(?P<day>\d\d?)\.\s?(?P<number>\d\d?)\.\s?{_YEAR}\b",
        r"(?P<year>(?:1[89]|20)\d\d)年\s?(?P<number>\d\d?)月\s?(?P<day>\d\d?)日",
    )
)
_SLASHED = re.compile(rf"\b(?P<one>\d\d?)/(?P<two>\d\d?)/{_YEAR}\b")
_DAY_ONLY = re.compile(rf"\b(?:{_MONTH}\s+(?P<day>\d\d?)|(?P<first>\d\d?)\s+{_MONTH.replace('month', 'other')})(?!\d)", re.IGNORECASE)
_LONGEST_LINE = 120
_WEEKDAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_APPARATUS = re.compile(
    r"\b(?:(?:first |last |originally )?(?:published|updated|posted|created|modified|issued|released)|date|on|at|as of"
    rf"|{_WEEKDAYS}|mon|tues?|wed|thurs?|fri|sat|sun"
    r"|\d\d?[:.h]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\b\.?)?|\d\d?\s?[ap]\.?m\b\.?|(?:[A-Z]{1,5}T|UTC|GMT)(?:[+-]\d\d?(?::?\d\d)?)?"
    r"|[+-]\d\d:?\d\d|Z|T(?=\d))\b|[\s,;:|·•()\-–—./]",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?:[^\W\d_][\w.'’-]*\s*){1,4}(?:,\s*(?:[^\W\d_][\w.'’-]*\s*){1,3})?$")
_AGENCY = r"\((?P<{}>[A-Za-z. /-]{{2,25}})\)"
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_a-z](?:[^\W\d_a-z]|[.'’\- /])+(?:,\s[^\W\d_][\w.'’ -]{1,24}?)?"
    r"|[^\W\d_][\w.'’ -]{2,30}?(?:,\s[^\W\d_][\w.'’ -]{2,24}?)?)"
    rf"(?:,?\s{_AGENCY.format('agency')}"
    r"|,\s(?P<day>(?:[^\W\d_]{3,9}\.?\s\d\d?|\d\d?\s[^\W\d_]{3,9}\.?)(?:,?\s(?:1[89]|20)\d\d)?)"
    rf"(?:\s{_AGENCY.format('after')})?)\s*(?:--?|–|—|:)\s+(?=\S)"
)
_PLACE_ONLY = re.compile(r"(?P<place>[^\W\d_a-z]{3}(?:[^\W\d_a-z]|[.'’ -]){0,30}?(?:, [^\W\d_][\w. ]{1,20}?)?)\s(?:--|–|—)\s(?=\S)")
_LAND = r"[^\W\d_a-z][\w.'’ -]{2,24}?"
_TOWN_AND_COUNTRY = re.compile(rf"(?P<place>[^\W\d_a-z][\w.'’ -]{{1,30}}?, (?:{_LAND}, )?(?P<country>{_LAND})) (?:--?|–|—) (?=\S)")
_DATE_AND_STOP = re.compile(
    r"(?P<place>[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3}), (?P<day>[\w., ]{8,24}?(?:1[89]|20)\d\d)\.\s+(?=[^\W\d_a-z“\"])"
)
_GLUED = re.compile(rf"(?:{_WEEKDAYS}),?\s+(?:\d\d?\s+\w+|\w+\s+\d\d?),?\s+{_YEAR}\s+(?=[A-Z“\"])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dateline:
    """`LONDON, March 2 (Reuters) - `: where and by whom; `date` only when a year stands there; `length` in characters."""

    place: str
    day: str = ""
    date: dt.date | None = None
    agency: str = ""
    length: int = 0


def find_date(text: str) -> dt.date | None:
    """The first date that is written out with its year; None for an ambiguous or impossible one.

    >>> find_date("Tuesday, March 18, 2025"), find_date("18. März 2025"), find_date("on February 28")
    (datetime.date(2025, 3, 18), datetime.date(2025, 3, 18), None)
    >>> find_date("03/18/2025"), find_date("03/04/2025"), find_date("2025-02-30")
    (datetime.date(2025, 3, 18), None, None)
    """
    first: tuple[int, dt.date | None] | None = None
    for form in _FORMS:
        found = form.search(text)
        if found and (first is None or found.start() < first[0]):
            parts = found.groupdict()
            month = int(parts["number"]) if parts.get("number") else _MONTHS[parts["month"].casefold()]
            first = found.start(), _day(int(parts["year"]), month, int(parts["day"]))
    slashed = _SLASHED.search(text)
    if slashed and (first is None or slashed.start() < first[0]):
        one, two, year = int(slashed["one"]), int(slashed["two"]), int(slashed["year"])
        return _day(year, one, two) if two > 12 else _day(year, two, one) if one > 12 else None
    return first[1] if first else None


def parse_date_line(text: str) -> tuple[dt.date, str] | None:
    """The date of a line that says nothing else, and the place or outlet before it.

    >>> parse_date_line("Published 12 March 2025 at 10:30 GMT")
    (datetime.date(2025, 3, 12), '')
    >>> parse_date_line("LONDON 1996-08-30"), parse_date_line("Baltic Gazette, 18 July 2031")
    ((datetime.date(1996, 8, 30), 'LONDON'), (datetime.date(2031, 7, 18), 'Baltic Gazette'))
    >>> parse_date_line("Moon Landing July 20, 1969"), parse_date_line("The vote on 12 March 2025 was close")
    (None, None)
    """
    line = one_line(text) if len(text) <= _LONGEST_LINE else ""
    date = find_date(line)
    if date is None:
        return None
    start = min(found.start() for form in (*_FORMS, _SLASHED) if (found := form.search(line)))
    before, dated = line[:start], line[start:]
    for form in (*_FORMS, _SLASHED):
        dated = form.sub(" ", dated)
    weekday = re.search(rf"(?:\b(?:{_WEEKDAYS}),?\s*)$", before, re.IGNORECASE)
    place = before[: weekday.start()] if weekday else before
    if _APPARATUS.sub("", dated):
        return None
    if not _APPARATUS.sub("", place):
        return date, ""
    comma = place.rstrip().endswith((",", "|", "-", "–", "—", "/", "·"))
    place = place.strip(" ,|–—-/·")
    stands_alone = comma or place.split(",")[0] == place.split(",")[0].upper()
    return (date, place) if stands_alone and len(place.split()) <= 5 and _PLACE.match(place) else None


def split_glued_date(text: str) -> tuple[str, str, dt.date | None]:
    """A headline without the date line behind it, the date line, and its date.

    >>> split_glued_date("Fair opens in Oslo Sunday, May 4, 2008")
    ('Fair opens in Oslo', 'Sunday, May 4, 2008', datetime.date(2008, 5, 4))
    >>> split_glued_date("Fair opens in May 2008")[2] is None
    True
    """
    day = rf"(?:{_WEEKDAYS}),?\s+"
    found = re.search(rf"\s+(?P<date>{day}(?:{_FORMS[1].pattern}|{_FORMS[2].pattern.replace('?P<', '?P<_')}))$", text, re.IGNORECASE)
    date = find_date(found["date"]) if found else None
    return (text[: found.start()].rstrip(" |,–—-"), found["date"], date) if found and date else (text, "", None)


def parse_dateline(text: str) -> Dateline | None:
    """The dateline that a paragraph opens with.

    >>> parse_dateline("SALVADOR, Feb 26 - Showers continued").place
    'SALVADOR'
    >>> parse_dateline("WASHINGTON (AP) — The Senate").agency
    'Associated Press'
    >>> parse_dateline("KYIV, Ukraine, 18 March 2025 (AFP) - Talks").date
    datetime.date(2025, 3, 18)
    >>> parse_dateline("Bergen, Norway — The fair").length
    17
    >>> parse_dateline("He said - and meant it - that") is None
    True
    """
    found = _DATELINE.match(text[:_LONGEST_LINE])
    if not found:
        return _bare_dateline(text[:_LONGEST_LINE])
    place, day = found["place"].strip(), found["day"] or ""
    before, _, last = place.rpartition(", ")
    if not day and _DAY_ONLY.match(last):
        place, day = before, last
    named = found["agency"] or found["after"] or ""
    agency = agencies().get(fold(named), "")
    is_dated = bool(_DAY_ONLY.search(day) or find_date(day))
    if not (agency or is_dated or (named and place == place.upper())):
        return None
    # in brackets behind a place in capitals, or behind a day, only who sent it can stand
    return Dateline(place, day, find_date(day), agency or named, found.end())


def opens_with_month(text: str) -> bool:
    """Whether a text goes on with a month, as behind the day of a date. "May" and "March" are words as well."""
    return bool(_OPENS_WITH_MONTH.match(text))


def _bare_dateline(opening: str) -> Dateline | None:
    """`HOUSTON — ` in capitals, `Bergen, Norway — `, or `Oslo, 7 February 2031. ` with the whole date."""
    found = _PLACE_ONLY.match(opening) or _town_and_country(opening)
    if found:
        return Dateline(found["place"], length=found.end())
    found = _DATE_AND_STOP.match(opening)
    date = find_date(found["day"]) if found else None
    return Dateline(found["place"], found["day"], date, length=found.end()) if found and date else None


def _town_and_country(opening: str) -> re.Match[str] | None:
    found = _TOWN_AND_COUNTRY.match(opening)
    return found if found and is_place(key(found["country"])) else None


def opening_date(text: str) -> dt.date | None:
    """The date line glued to the front of a paragraph: a weekday and a full date before a capital.

    >>> opening_date("Thursday, March 15, 2012 The council met"), opening_date("On March 15, 2012 the council met")
    (datetime.date(2012, 3, 15), None)
    """
    found = _GLUED.match(text)
    return find_date(found[0]) if found else None


def without_opening(paragraph: str) -> str:
    """A paragraph without the dateline or the date line that it opens with.

    >>> without_opening("OSLO (Reuters) - Ministers met."), without_opening("Thursday, March 15, 2012 The council met.")
    ('Ministers met.', 'The council met.')
    """
    dateline = parse_dateline(paragraph)
    glued = None if dateline else _GLUED.match(paragraph)
    return paragraph[dateline.length if dateline else glued.end() if glued else 0 :]


def days_named(text: str) -> tuple[str, ...]:
    """The weekdays, and the days without a year, that a text names, in its order; hints for who has to date it.

    >>> days_named("It met on Tuesday and on February 28; on Tuesday it left.")
    ('Tuesday', 'February 28')
    """
    found = [(match.start(), match[0].title()) for match in re.finditer(rf"\b(?:{_WEEKDAYS.title()})\b", text)]
    found += [(match.start(), match[0]) for match in _DAY_ONLY.finditer(text) if match[0][0].isupper() or match[0][0].isdigit()]
    return tuple(dict.fromkeys(name for _, name in sorted(found)))


def iso_day(text: str) -> dt.date | None:
    """The day of a declared ISO date or time; a date written out is read, too.

    >>> iso_day("2025-03-18T10:00:00Z"), iso_day("20250318T1000Z"), iso_day("Tue, 18 Mar 2025 10:00:00 GMT"), iso_day("soon")
    (datetime.date(2025, 3, 18), datetime.date(2025, 3, 18), datetime.date(2025, 3, 18), None)
    """
    compact = re.match(r"(\d{4})(\d\d)(\d\d)(?!\d)", text.strip())
    return _day(*map(int, compact.groups())) if compact else find_date(text)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
