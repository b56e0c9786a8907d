"""Days that a text names relatively – `yesterday`, `on Tuesday`, `March 2` – resolved against a known day, never without one."""

import datetime as dt
import re

from briefgen.importing.article import Article
from briefgen.importing.dates import find_date, parse_dateline

_WEEKDAYS = (
    "monday montag lundi lunes lunedì maandag",
    "tuesday dienstag mardi martes martedì dinsdag",
    "wednesday mittwoch mercredi miércoles mercoledì woensdag",
    "thursday donnerstag jeudi jueves giovedì donderdag",
    "friday freitag vendredi viernes venerdì vrijdag",
    "saturday samstag samedi sábado sabato zaterdag",
    "sunday sonntag dimanche domingo domenica zondag",
)
_NUMBER = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
_AGO = {
    **dict.fromkeys(("today", "heute", "aujourd'hui", "hoy", "oggi", "vandaag", "this morning", "this evening", "this afternoon"), 0),
    **dict.fromkeys(("yesterday", "gestern", "hier", "ayer", "ieri", "gisteren", "last night"), 1),
    "vorgestern": 2,
    "avant-hier": 2,
}
_NAMED = "|".join(sorted((*_NUMBER, *_AGO), key=len, reverse=True))
_DAYS_AGO = re.compile(r"\b(?P<number>\d{1,2}) days? ago\b", re.IGNORECASE)
_WORD = re.compile(rf"\b(?:{_NAMED})\b", re.IGNORECASE)
_CLOCK = r"(?:[ ,]+(?:at |um |à |a las )?\d\d?(?:[:.h]\d\d)?(?: ?[ap]\.?m\.?| Uhr)?(?: [A-Z]{2,4})?)?"
_ONLINE = re.compile(
    rf"(?:(?:first |last )?(?:published|updated|posted|veröffentlicht|publié|mis à jour|publicado)(?: on| am| le| el)?:? )"
    rf"(?:{_NAMED}|\d{{1,2}} (?:minutes?|mins?|hours?|days?|weeks?) ago){_CLOCK}\.?",
    re.IGNORECASE,
)
_LONGEST = 80
_FURTHEST = 31
"""Days back within which a day without a year is taken for the last one of that name."""


def resolve(words: str, day: dt.date) -> dt.date | None:
    """The one day that words name, seen from a known day; None where they name none, or one that is not near.

    >>> friday = dt.date(2031, 5, 9)
    >>> [str(resolve(words, friday)) for words in ("yesterday at 18:30", "on Tuesday", "am Freitag", "hier", "3 days ago")]
    ['2031-05-08', '2031-05-06', '2031-05-09', '2031-05-08', '2031-05-06']
    >>> resolve("April 28", friday), resolve("Dec. 30", dt.date(2031, 1, 2))
    (datetime.date(2031, 4, 28), datetime.date(2030, 12, 30))
    >>> resolve("last week", friday), resolve("May 10", friday), resolve("June 2", friday)
    (None, None, None)
    """
    text = words.replace("’", "'")
    found = _WORD.search(text)
    if found and (name := found[0].casefold()) in _AGO:
        return day - dt.timedelta(_AGO[name])
    if ago := _DAYS_AGO.search(text):
        return day - dt.timedelta(int(ago["number"]))
    for year in (day.year, day.year - 1):
        near = find_date(f"{text}, {year}")
        if near and 0 <= (day - near).days <= _FURTHEST:
            return near
    return day - dt.timedelta((day.weekday() - _NUMBER[found[0].casefold()]) % 7) if found and not re.search(r"\d", text) else None


def is_online_line(line: str) -> bool:
    """Whether a line says when the text went online, in words that need a day to be understood.

    >>> is_online_line("Published yesterday at 18:30"), is_online_line("Yesterday the port closed.")
    (True, False)
    """
    return len(line) <= _LONGEST and _ONLINE.fullmatch(line.strip()) is not None


def published(article: Article, day: dt.date | None) -> dt.date | None:
    """When an article came out, by its dateline or the line above it, seen from the day of the edition; None without that day."""
    if day is None:
        return None
    opening = next((block.text for block in article.blocks if block.kind == "paragraph"), "")
    dateline = parse_dateline(opening)
    return resolve(dateline.day if dateline and dateline.day else online_line(article), day)


def online_line(article: Article) -> str:
    """The line, no longer in the body, that says when the text went online; empty where none does."""
    return next((dropped.text for dropped in article.dropped if is_online_line(dropped.text)), "")
