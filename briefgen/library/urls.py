"""URLs: the one place that decides where a page stands. All are from the root of the site, without a leading slash."""

import datetime as dt
import re
from functools import lru_cache

from briefgen.config import Config
from briefgen.library.headers import BriefingHeader
from briefgen.model import Moment
from briefgen.text import slug

UNDATED = "undated/"
DATES = "dates/"
ANCHOR_PREFIX = "s-"
"""Keeps ids that come from headings apart from those of the theme, and from names that scripts know."""

ANCHOR_LENGTH = 80
"""Most bytes of a heading that its id keeps."""


def briefing_url(name: str, header: BriefingHeader, config: Config) -> str:
    """The URL of the briefing in the file `name` (its path below content/briefings, without the suffix).

    Its last part is the `slug` or the file's name without its date, never the title: a better title breaks no link.
    """
    return url_on(header.date, last_part(name, header), config.permalink)


def last_part(name: str, header: BriefingHeader) -> str:
    """The last part of that URL."""
    return slug(header.slug or undated_name(name))


def url_on(date: Moment | None, last: str, permalink: str) -> str:
    """The URL of what has a date, or none, with this last part.

    >>> url_on(Moment(dt.date(2025, 3, 18)), "the-call", "{year}/{month}/{slug}/"), url_on(None, "the-call", "{year}/{slug}/")
    ('2025/03/the-call/', 'undated/the-call/')
    """
    return _on(date.day, permalink).replace("{slug}", last) if date else f"{UNDATED}{last}/"


@lru_cache(maxsize=1 << 14)
def _on(day: dt.date, permalink: str) -> str:
    return permalink.format(year=f"{day.year:04}", month=f"{day.month:02}", day=f"{day.day:02}", slug="{slug}")


def undated_name(name: str) -> str:
    """The last part of a path without the date in front of it.

    >>> undated_name("2025/03/18-the-call"), undated_name("2025-03-18-the-call"), undated_name("18-years-on")
    ('the-call', 'the-call', '18-years-on')
    """
    folder, _, last = name.rpartition("/")
    last = re.sub(r"^\d{4}-\d{2}-\d{2}-(?=.)", "", last)
    return re.sub(r"^\d{2}-(?=.)", "", last) if re.search(r"(^|/)\d{4}/\d{2}$", folder) else last


def page_url(name: str, own_slug: str) -> str:
    """The URL of a page of `content/pages`: its folders and its name; `index` is the folder itself."""
    *folders, last = name.split("/")
    parts = [slug(folder) for folder in folders] + ([slug(own_slug or last)] if own_slug or last != "index" else [])
    return "".join(f"{part}/" for part in parts)


@lru_cache(maxsize=1 << 14)
def day_url(day: dt.date) -> str:
    """The URL of a day's edition."""
    return f"{day.year:04}/{day.month:02}/{day.day:02}/"


def month_url(day: dt.date) -> str:
    """The URL of the month that a day is in."""
    return f"{day.year:04}/{day.month:02}/"


def year_url(day: dt.date) -> str:
    """The URL of the year that a day is in."""
    return f"{day.year:04}/"


def slice_url(url: str, number: int) -> str:
    """The URL of an older slice of an index; they are numbered from the oldest, which is 1."""
    return f"{url}page/{number}/"


def path_of(url: str) -> str:
    """The file that a web server answers a URL with.

    >>> path_of(""), path_of("people/"), path_of("feed.xml")
    ('index.html', 'people/index.html', 'feed.xml')
    """
    return f"{url}index.html" if not url or url.endswith("/") else url
