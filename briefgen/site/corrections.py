"""Corrections: what was put right in any briefing, newest first, on one page."""

from collections.abc import Iterator

from briefgen.library.urls import path_of
from briefgen.site.archive import Archive
from briefgen.site.directory import CORRECTIONS
from briefgen.site.page import Page
from briefgen.site.parts import Corrected, Head
from briefgen.site.shows import CorrectionsPage


def correction_pages(archive: Archive) -> Iterator[Page]:
    """The page of all corrections; it is there before there are any, so that a link to it can stand on every page."""
    found = [
        Corrected(one, entry.card) for entry in archive.entries.values() if entry.outline.corrections for one in entry.header.corrections
    ]
    # of one day the order of the archive stays: newest briefing first
    found.sort(key=lambda one: one.correction.date.day, reverse=True)
    yield Page(path_of(CORRECTIONS), "corrections.html", CorrectionsPage(Head("Corrections"), tuple(found)))
