"""The configuration: `briefgen.yaml` becomes one frozen value, with a place for every fault."""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from briefgen import configforms, files
from briefgen.forms import EXTRA, FLAG, LANG, TEXT, Extra, distinct, list_of, one_of, table_of
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem, Problems
from briefgen.schema import UTC, Form, Key, Schema, Sheet, parse_table
from briefgen.text import clean, slug

FILE = "briefgen.yaml"
PERMALINK = "{year}/{month}/{day}/{slug}/"


@dataclass(frozen=True, slots=True)
class MarkdownSettings:
    """How Markdown is read: raw HTML is shown as text, and quotes stay as they were typed, unless these say so."""

    raw_html: bool = False
    typographer: bool = False


@dataclass(frozen=True, slots=True)
class FeedQuery:
    """A feed of the briefings that have all of these topics, people and sources."""

    name: str
    topics: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Engine:
    """A program that reads an article as JSON and writes it back with more fields."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportSettings:
    """What import assumes where an article is silent."""

    engines: tuple[Engine, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that `briefgen.yaml` can say; `base_url` ends with a slash or is empty, `path` is the file as messages name it."""

    path: str = FILE
    title: str = "Briefings"
    description: str = ""
    base_url: str = ""
    timezone: ZoneInfo = UTC
    lang: str = "en"
    publisher: str = ""
    nav: tuple[str, ...] = ("topics", "people", "dates")
    theme: str = "dossier"
    permalink: str = PERMALINK
    page_size: int = 50
    output: str = "public"
    outputs: tuple[str, ...] = ("atom", "json")
    feeds: tuple[FeedQuery, ...] = ()
    markdown: MarkdownSettings = MarkdownSettings()
    search: str = "titles"
    links: str = "url"
    stylesheets: tuple[str, ...] = ()
    head: str = ""
    content_security_policy: str = ""
    headers: bool = False
    imports: ImportSettings = ImportSettings()
    extra: Extra = ()

    def at(self, *key: str) -> Place:
        """The place of a value of the configuration: keys, and in a list the text of an entry."""
        return Place(self.path, key=key)


def load_config(root: Path, problems: Problems, path: Path | None = None) -> Config:
    """The configuration of the site at `root`; raises BriefgenError when there is none or it has an error."""
    missing = missing_config(root, path)
    if missing:
        raise missing
    path = path.absolute() if path else root / FILE
    shown = files.shown(path, root)
    try:
        text = clean(files.read(path).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        place = Place(shown, error.object.count(b"\n", 0, error.start) + 1)
        message = f"not UTF-8 text: byte 0x{error.object[error.start]:02X}"
        raise BriefgenError(Problem("BG109", place, message, "save the file as UTF-8")) from None
    sheet = Sheet(shown, text, problems, wrong_form="BG302")
    table = parse_table(text, sheet)
    config = SCHEMA.read(table, sheet) if table else None
    if config is None or sheet.failed:
        raise BriefgenError(*(problem for problem in problems if problem.severity == "error"))
    return replace(config, path=shown)


def missing_config(root: Path, path: Path | None = None) -> BriefgenError | None:
    """The error for a configuration that is not there, which says where it was looked for, as seen from here."""
    if os.path.isfile(path or root / FILE):  # unlike Path.is_file, it bears a folder that may not be entered
        return None
    if path:
        hint = "check the path after `-c`: it is meant from here, not from the site's folder"
        return BriefgenError(Problem("BG301", Place(files.shown(path.absolute(), Path.cwd())), "there is no such configuration file", hint))
    hint = "run this in a site's folder, name one with `-C DIR`, or make one with `briefgen init DIR`"
    return BriefgenError(Problem("BG301", Place(files.shown(root / FILE, Path.cwd())), "there is no configuration here", hint))


def with_base_url(config: Config, base_url: str) -> Config:
    """The configuration with the base URL of a command line; raises ValueError with the reason when it is none."""
    return replace(config, base_url=configforms.parse_base_url(base_url))


_TEXTS = list_of(TEXT)
_MARKDOWN = Schema(
    "Markdown settings",
    MarkdownSettings,
    (
        Key("raw_html", FLAG, "let HTML in briefings through as it is; only for authors that you trust"),
        Key("typographer", FLAG, "turn straight quotes and dashes into typographic ones"),
    ),
)
_FEED = Schema(
    "a feed of your own",
    FeedQuery,
    (
        Key("name", TEXT, "its title; the URL is made from it", required=True),
        Key("topics", _TEXTS, "only briefings with all of these topics"),
        Key("people", _TEXTS, "only briefings with all of these people"),
        Key("sources", _TEXTS, "only briefings from all of these sources"),
    ),
)
_ENGINE = Schema(
    "an engine for import",
    Engine,
    (
        Key("name", TEXT, "what it is called in messages", required=True),
        Key("command", _TEXTS, "the program and its arguments, one a line", required=True),
    ),
)
_IMPORT = Schema(
    "import settings",
    ImportSettings,
    (
        Key("engines", list_of(table_of(_ENGINE)), "programs that recognise more"),
        Key("source", TEXT, "the publisher where an article names none"),
    ),
)
_LINKS: Form[str] = one_of("url", "file")
_OUTPUTS: Form[str] = one_of("atom", "json", "bibtex", "ris", "csl", "markdown", "llms", "news", "mentions")
_SEARCH: Form[str] = one_of("titles", "full", "none")
SCHEMA = Schema(
    "configuration",
    Config,
    (
        Key("title", TEXT, "the name of the site"),
        Key("description", TEXT, "what it is, in a sentence"),
        Key("base_url", configforms.BASE_URL, "where it will be published"),
        Key("timezone", configforms.ZONE, "the zone of its days, such as Europe/Berlin; UTC if not given"),
        Key("lang", LANG, "the language of the site, such as en"),
        Key("publisher", TEXT, "who publishes it"),
        Key("nav", _TEXTS, "the main navigation: topics, people, dates, stories, sources, corrections, search, or paths of pages"),
        Key("theme", configforms.THEME, "the folder of its theme"),
        Key("permalink", configforms.PERMALINK, "the URL of a briefing"),
        Key("page_size", configforms.PAGE_SIZE, "briefings on one page of an index"),
        Key("output", configforms.FOLDER, "where the finished site goes"),
        Key("outputs", distinct(list_of(_OUTPUTS)), "what it gives beside pages: formats of feeds, and files for programs"),
        Key("feeds", distinct(list_of(table_of(_FEED)), lambda feed: slug(feed.name)), "feeds of your own"),
        Key("markdown", table_of(_MARKDOWN), "how Markdown is read"),
        Key("search", _SEARCH, "what /search/ looks through: titles, topics and people, or with Pagefind the full text"),
        Key("links", _LINKS, "`file` writes links with index.html, so that the site works from a folder"),
        Key("stylesheets", _TEXTS, "stylesheets in static/ which every page loads after the theme's"),
        Key("head", TEXT, "a template in templates/ which the head of every page includes"),
        Key("content_security_policy", TEXT, "what pages may load, instead of the site's own files alone; none for no policy"),
        Key("headers", FLAG, "write `_headers`, from which hosts such as Netlify and Cloudflare Pages take the headers of their answers"),
        Key("import", table_of(_IMPORT), "what import assumes", into="imports"),
        Key("extra", EXTRA, "your own settings, for your templates"),
    ),
)
