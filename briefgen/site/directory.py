"""The directory: where each content file's page stands, and what each name leads to; drawn up when a link asks for it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from briefgen.config import Config
from briefgen.library.document import FOLDERS
from briefgen.library.headers import PageHeader
from briefgen.library.library import Library
from briefgen.library.names import ROOTS, former_ids, former_pages, header_of
from briefgen.library.urls import DATES, UNDATED, day_url, month_url, year_url
from briefgen.model import Kind, Target
from briefgen.text import fold, slug

SECTIONS: Mapping[str, str] = {**{str(kind): url for kind, url in ROOTS.items()}, "date": DATES}

NUMBERS = ("in-the-news.csv", "in-the-news.json")
"""The files of numbers beside each list of terms; a further one is a further form, with a template of its name."""

FORMATS = {"atom": "feed.xml", "json": "feed.json"}
"""The files of feeds, by the name in `outputs`; a further row is a further format, with a template of its name."""

BESIDE = {"bibtex": "cite.bib", "ris": "cite.ris", "csl": "cite.json", "markdown": "index.md"}
"""The files beside each briefing, by the name in `outputs`."""

FILES = {
    "llms": ("llms.txt",),
    "news": ("news-sitemap.xml",),
    "mentions": ("data/mentions.csv", "data/mentions.jsonl", "data/datapackage.json"),
}
"""The files of the whole site, by the name in `outputs`."""


CORRECTIONS = "corrections/"
"""Where all corrections are gathered."""

SEARCH = "search/"
"""Where search and its indexes stand."""

QUERIES = "feeds/"
"""Where the feeds of the configuration stand."""


def redirect_path(alias: str) -> str:
    """The file of the page that leads on from an old URL.

    >>> redirect_path("2024/old"), redirect_path("old.html")
    ('2024/old/index.html', 'old.html')
    """
    return alias if "." in alias.rpartition("/")[2] else f"{alias}/index.html"


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a content file's page stands: its URL, title and anchors; `card` is the briefing's id, or empty."""

    url: str
    title: str
    anchors: frozenset[str]
    card: str = ""


class Directory:
    """What links in a library can lead to. Most bodies link to nothing in the site, and then none of it is drawn up."""

    def __init__(self, library: Library, config: Config) -> None:
        self._library, self._config = library, config

    @cached_property
    def stands(self) -> Mapping[str, Stand]:
        """By content path."""
        library = self._library
        stands = {
            entry.document.path: Stand(entry.card.url, entry.card.title, frozenset(entry.document.body.anchors), entry.card.id)
            for entry in library.entries
        }
        for kind in ROOTS:
            names = library.names[kind]
            for identity, document in names.records.items():
                stands[document.path] = Stand(names.terms[identity].url, names.terms[identity].name, frozenset(document.body.anchors))
        for document, header, url in library.pages:
            stands[document.path] = Stand(url, header.title, frozenset(document.body.anchors))
        if library.home and isinstance(library.home.header, PageHeader):
            stands[library.home.path] = Stand("", library.home.header.title, frozenset(library.home.body.anchors))
        return stands

    @cached_property
    def by_url(self) -> Mapping[str, Stand]:
        """The same by URL."""
        return {stand.url: stand for stand in self.stands.values()}

    @cached_property
    def wiki(self) -> Mapping[str, tuple[Target, str]]:
        """By folded name, with the id of the briefing that it leads to; of several the surest: see `_names`."""
        found: dict[str, tuple[Target, str]] = {}
        for name, target, card in self._names():
            found.setdefault(fold(name), (target, card))
        return found

    @cached_property
    def hidden(self) -> Mapping[str, str]:
        """Why a content file has no page: by path, that it is a draft, of the future, or expired."""
        return dict(self._library.hidden)

    @cached_property
    def urls(self) -> frozenset[str]:
        """Every page that has no file of its own, and those that have."""
        library, config = self._library, self._config
        terms = [term.url for kind in ROOTS for term in library.names[kind].terms.values()]
        urls = {"", "robots.txt", *(["sitemap.xml"] if config.base_url else []), *SECTIONS.values(), *terms}
        urls.update(f"{url}{name}" for url in ROOTS.values() for name in NUMBERS)
        queries = [f"{QUERIES}{slug(query.name)}/" for query in config.feeds]
        aliases = [alias for entry in library.entries for alias in entry.outline.aliases]
        aliases += [alias for _, header, _ in library.pages for alias in header.aliases]
        urls.update(redirect_path(alias).removesuffix("index.html") for alias in aliases)
        records = [(kind, header_of(record)) for kind in ROOTS for record in library.names[kind].records.values()]
        moved = [(kind, header) for kind, header in records if header.redirects]
        urls.update(redirect_path(url).removesuffix("index.html") for _, header in moved for url in header.redirects)
        former = [f"{url}/" for kind, header in moved for url in former_pages(kind, header)]
        urls.update(f"{url}{FORMATS[form]}" for url in ("", *terms, *queries, *former) for form in config.outputs if form in FORMATS)
        urls.update(entry.card.url for entry in library.entries)
        urls.update(f"{entry.card.url}{BESIDE[form]}" for form in config.outputs if form in BESIDE for entry in library.entries)
        urls.update(name for form in config.outputs if form in FILES for name in FILES[form])
        urls.update(url for _, _, url in library.pages)
        days = {entry.card.date.day for entry in library.entries if entry.card.date}
        for day in days:
            urls.update((day_url(day), month_url(day), year_url(day)))
        urls.add(CORRECTIONS)
        if config.search != "none":
            urls.add(SEARCH)
        if any(entry.card.date is None for entry in library.entries):
            urls.add(UNDATED)
        return frozenset(urls)

    def taken_in(self, path: str) -> Stand | None:
        """Where a record stands that has taken in the one of a content file which is no longer there, as a merge leaves it."""
        _, _, below = path.partition("/")
        folder, _, name = below.removesuffix(".md").partition("/")
        names = self._library.names[FOLDERS[folder]] if folder in FOLDERS else None
        term = names.find(name.rpartition("/")[2]) if names else None
        record = names.records.get(term.id) if names and term else None
        if names is None or record is None:
            return None
        was = fold(name.rpartition("/")[2])
        return self.stands.get(record.path) if was in former_ids(names.kind, header_of(record)) else None

    def _names(self) -> Iterator[tuple[str, Target, str]]:
        """What wikilinks can say: identities; names of people, topics, stories and sources; titles; last parts of identities."""
        entries = self._library.entries
        yield from ((entry.card.id, Target(entry.card.url, entry.card.title), entry.card.id) for entry in entries)
        kinds: Iterable[Kind] = ("person", "topic", "story", "source")
        for kind in kinds:
            names = self._library.names[kind]
            for name, identity in names.ids.items():
                term = names.terms[identity]
                yield name, Target(term.url, term.name), ""
        yield from ((entry.card.title, Target(entry.card.url, entry.card.title), entry.card.id) for entry in entries)
        yield from ((entry.card.id.rpartition("/")[2], Target(entry.card.url, entry.card.title), entry.card.id) for entry in entries)
