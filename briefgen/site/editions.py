"""The archive by date: editions, months, years, the calendar of all of it, and what has no date."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from briefgen.library.urls import DATES, UNDATED, path_of, year_url
from briefgen.site.archive import Archive
from briefgen.site.indexes import calendar, counts, day_links, slices
from briefgen.site.page import Page, Sketch
from briefgen.site.parts import Crumb, DayLink, Edition, Head, MonthLink, YearLink
from briefgen.site.shows import DatesPage, EditionPage, MonthPage, SlicePage, YearPage

T = TypeVar("T")


def edition_pages(archive: Archive) -> Iterator[Page]:
    """A page for each day that has briefings."""
    for edition, newer, older in _with_neighbours(archive.days):
        month = edition.url[:8]
        crumbs = (Crumb(month[:4], month[:5]), Crumb(month[5:7], month))
        head = Head(edition.day.isoformat(), "", crumbs)
        yield Page(path_of(edition.url), "edition.html", Sketch(_edition, (head, edition, _link(newer), _link(older))))


def _edition(head: Head, edition: Edition, newer: DayLink | None, older: DayLink | None) -> EditionPage:
    return EditionPage(head, edition, newer, older, counts(edition.cards, "person", 40))


def date_pages(archive: Archive) -> Iterator[Page]:
    """The calendar, the years and the months."""
    years = calendar(day_links(archive.cards))
    undated = sum(card.date is None for card in archive.cards)
    yield Page(path_of(DATES), "dates.html", DatesPage(Head("Dates"), years, undated))
    for year, newer, older in _with_neighbours(years):
        head = Head(year.url.strip("/"), "", (Crumb("Dates", DATES),))
        yield Page(path_of(year.url), "year.html", YearPage(head, year, _plain_year(newer), _plain_year(older)))
    yield from _months(archive, tuple(month for year in years for month in reversed(year.months)))


def _months(archive: Archive, months: tuple[MonthLink, ...]) -> Iterator[Page]:
    held: dict[str, list[Edition]] = {}
    for edition in reversed(archive.days):
        held.setdefault(edition.url[:8], []).append(edition)
    for month, newer, older in _with_neighbours(months):
        head = Head(month.first.isoformat()[:7], "", (Crumb(month.url[:4], year_url(month.first)),))
        shows = MonthPage(head, month, tuple(held[month.url]), _plain_month(newer), _plain_month(older))
        yield Page(path_of(month.url), "month.html", shows)


def undated_pages(archive: Archive) -> Iterator[Page]:
    """What has no date, where there is any."""
    undated = [card for card in archive.cards if card.date is None]
    for url, part in slices(undated, UNDATED, archive.config.page_size) if undated else ():
        yield Page(path_of(url), "slice.html", SlicePage(Head("Undated"), "Undated", UNDATED, part))


def _with_neighbours(things: tuple[T, ...]) -> Iterator[tuple[T, T | None, T | None]]:
    for number, thing in enumerate(things):
        yield thing, things[number - 1] if number else None, things[number + 1] if number + 1 < len(things) else None


def _link(edition: Edition | None) -> DayLink | None:
    return DayLink(edition.day, edition.url, len(edition.cards)) if edition else None


def _plain_year(year: YearLink | None) -> YearLink | None:
    # a neighbour is a link: what happens in it changes no other year's page
    return replace(year, briefings=0, months=()) if year else None


def _plain_month(month: MonthLink | None) -> MonthLink | None:
    return replace(month, briefings=0, days=()) if month else None
