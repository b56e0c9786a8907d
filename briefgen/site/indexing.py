"""Indexing as a step of a build: only a site whose configuration asks for full-text search pays for it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from briefgen.config import Config
from briefgen.stopwatch import Lap

if TYPE_CHECKING:
    from briefgen.site.site import Site


def search_version(config: Config) -> str:
    """What makes the index of the full text, with its version; empty where there is no such index."""
    if config.search != "full":
        return ""
    from briefgen.site.fulltext import installed_version

    return installed_version()


def with_index(site: "Site", lap: Lap) -> "tuple[Site, float]":
    """The site with the files of its full-text index, and the seconds that these took; raises as `index_copies` does."""
    if site.config.search != "full":
        return site, 0.0
    from briefgen.site.fulltext import index_copies

    copies, took = index_copies(site)
    lap("indexing the full text", len(site.archive.cards) if took else 0, "briefing")
    return replace(site, copies=(*site.copies, *copies)), took
