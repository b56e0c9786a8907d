"""The plan: every page of the site, with everything that it shows."""

from collections.abc import Callable, Collection, Iterable, Iterator
from urllib.parse import urlsplit

from briefgen.config import Config
from briefgen.library.library import Entry
from briefgen.model import Place
from briefgen.problems import Problem, Problems, nearest
from briefgen.site.archive import Archive
from briefgen.site.corrections import correction_pages
from briefgen.site.directory import CORRECTIONS, FORMATS, NUMBERS, SEARCH, SECTIONS
from briefgen.site.editions import date_pages, edition_pages, undated_pages
from briefgen.site.exports import EXPORTS, export_pages
from briefgen.site.feeds import lost_queries, query_pages
from briefgen.site.news import news_pages
from briefgen.site.page import Page, Sketch
from briefgen.site.pages import briefing_pages, home_pages, not_found_page, redirect_pages, text_pages
from briefgen.site.parts import Crumb
from briefgen.site.policy import policy_of, widest_policy_of
from briefgen.site.searching import search_pages
from briefgen.site.shows import Headers, Robots, Sitemap
from briefgen.site.terms import list_pages, term_pages
from briefgen.site.view import SiteView
from briefgen.text import caseless

Output = Callable[[Archive], Iterator[Page]]
Owner = Callable[[], Place]
"""Finds where a path is from, which is asked for when there is something to say of it."""

OUTPUTS: dict[str, Output] = {
    "home": home_pages,
    "briefings": briefing_pages,
    "editions": edition_pages,
    "dates": date_pages,
    "undated": undated_pages,
    "lists": list_pages,
    "terms": term_pages,
    "queries": query_pages,
    "news": news_pages,
    "pages": text_pages,
    "redirects": redirect_pages,
    "corrections": correction_pages,
    "search": search_pages,
    "exports": export_pages,
    "not found": not_found_page,
}
"""What the site consists of; a further row is a further kind of page, with a template of its own."""

_NOT_IN_SITEMAP = ("redirect.html", "404.html", "slice.html", "feed.xml", "feed.json", "search.json", *NUMBERS, *EXPORTS)


def plan_pages(archive: Archive) -> tuple[Page, ...]:
    """Every rendered page of the site."""
    pages = [page for output in OUTPUTS.values() for page in output(archive)]
    return (*pages, *_for_robots(archive, pages), *_for_hosts(archive.config))


def plan_view(archive: Archive, templates: Collection[str], problems: Problems) -> SiteView:
    """What every page may show of the configuration; reports what is not there, BG303 to BG306, and BG404 for `head`."""
    config = archive.config
    nav = _navigation(archive, problems)
    problems.extend(_lost_stylesheets(archive))
    problems.extend(_lost_head(archive.config, templates))
    problems.extend(lost_queries(archive))
    if not config.base_url:
        message = "no `base_url`: no canonical URLs, no sitemap, and no absolute links in feeds"
        problems.add(Problem("BG303", config.at(), message, "add `base_url: https://…` when you know where the site will be published"))
    return SiteView(
        config.title,
        config.description,
        config.base_url,
        config.lang,
        config.publisher,
        nav,
        config.stylesheets,
        config.head,
        config.search if config.search != "none" else "",
        tuple(form for form in config.outputs if form not in FORMATS),
        policy_of(config),
        widest_policy_of(config),
        file_links=config.links == "file",
        extra=config.extra,
    )


def owner_of(page: Page) -> Place:
    """Where a page has its path from: its content file, of a redirect the old URL in it; or the index that it belongs to."""
    if not page.origin:
        return Place(f"a page of the index ({page.template})")
    key = ("aliases", page.path.removesuffix("/index.html")) if page.template == "redirect.html" else ("slug",)
    return Place(page.origin, key=key)


def check_paths(owners: Iterable[tuple[str, Owner]], problems: Problems) -> None:
    """Report every two (path, owner) that a web server or a file system could not keep apart (BG202).

    That is the same path, also by case or Unicode form, and a path that is another one's folder.
    """
    taken: dict[str, tuple[str, Owner]] = {}
    folders: dict[str, tuple[str, Owner]] = {}
    for path, owner in owners:
        key = caseless(path)
        if key in taken:
            _collide((path, owner), taken[key], problems)
        taken.setdefault(key, (path, owner))
        # what is above a folder that was seen was seen with it
        while (key := key.rpartition("/")[0]) and key not in folders:
            folders[key] = path, owner
    for key in sorted(taken.keys() & folders.keys()):
        _collide(taken[key], folders[key], problems)


def _collide(one: tuple[str, Owner], other: tuple[str, Owner], problems: Problems) -> None:
    (path, owner), (taken, holder) = ((path, place()) for path, place in (one, other))
    message = f"this and {holder.path} both want {'/' + path if path == taken else f'/{path} and /{taken}'}"
    if owner.path == holder.path and owner.key[:1] == ("aliases",):
        message = f"this old URL is the page's own or is given twice: /{path}"
    cure = "take this alias out" if "aliases" in owner.key else "give one of them another `slug:`, name or date"
    problems.add(Problem("BG202", owner, message, cure, other=holder if holder.key else None))


_SECTIONS = {"topics": "topic", "people": "person", "stories": "story", "sources": "source", "dates": "date"}


def _navigation(archive: Archive, problems: Problems) -> tuple[Crumb, ...]:
    pages = {document.name: (header, url) for document, header, url in archive.library.pages}
    sections = {**{name: SECTIONS[kind] for name, kind in _SECTIONS.items()}, "corrections": CORRECTIONS}
    if archive.config.search != "none":
        sections["search"] = SEARCH
    entries = []
    for name in archive.config.nav:
        if name in sections:
            entries.append(Crumb(name.capitalize(), sections[name]))
        elif name in pages:
            entries.append(Crumb(pages[name][0].title, pages[name][1]))
        else:
            near = nearest(name, [*sections, *pages])
            cure = (
                f"did you mean `{near}`?"
                if near
                else "write topics, people, stories, sources, dates, or the path of a file in content/pages"
            )
            problems.add(Problem("BG304", archive.config.at("nav", name), f"`nav`: there is no `{name}`", cure))
    placed = sorted((header.nav, header.title, url) for header, url in pages.values() if header.nav is not None)
    return tuple(dict.fromkeys([*entries, *(Crumb(title, url) for _, title, url in placed)]))


def _lost_stylesheets(archive: Archive) -> Iterator[Problem]:
    there = {name for name in archive.atlas.gallery.statics if name.endswith(".css")}
    for sheet in archive.config.stylesheets:
        if sheet not in archive.atlas.gallery.statics:
            near = nearest(sheet, there)
            cure = f"did you mean `{near}`?" if near else "write the path of a file below static/, such as desk.css for static/desk.css"
            yield Problem("BG305", archive.config.at("stylesheets", sheet), f"there is no stylesheet `{sheet}` in static/", cure)


def _lost_head(config: Config, templates: Collection[str]) -> Iterator[Problem]:
    if config.head and config.head not in templates:
        near = nearest(config.head, templates)
        cure = f"did you mean `{near}`?" if near else "write the path of a file below templates/, such as head.html for templates/head.html"
        yield Problem("BG404", config.at("head"), f"there is no template `{config.head}` for the head of pages", cure)


def _for_robots(archive: Archive, pages: Iterable[Page]) -> Iterator[Page]:
    base_url = archive.config.base_url
    if base_url:
        listed = tuple(page.path for page in pages if page.template not in _NOT_IN_SITEMAP)
        dated = [entry for entry in archive.entries.values() if entry.card.date]
        urls, changed = tuple([entry.card.url for entry in dated]), tuple([_changed(entry) for entry in dated])
        yield Page("sitemap.xml", "sitemap.xml", Sketch(_sitemap, (listed, urls, changed)))
    news = f"{base_url}news-sitemap.xml" if base_url and "news" in archive.config.outputs else ""
    yield Page("robots.txt", "robots.txt", Robots(f"{base_url}sitemap.xml" if base_url else "", news))


def _for_hosts(config: Config) -> Iterator[Page]:
    if config.headers:
        yield Page("_headers", "headers.txt", Headers(urlsplit(config.base_url).path or "/"))


def _sitemap(paths: tuple[str, ...], dated: tuple[str, ...], changed: tuple[str, ...]) -> Sitemap:
    days = dict(zip(dated, changed, strict=True))
    urls = sorted(path.removesuffix("index.html") for path in paths)
    return Sitemap(tuple((url, days.get(url, "")) for url in urls))


def _changed(entry: Entry) -> str:
    moment = entry.outline.updated or entry.outline.date
    return moment.day.isoformat() if moment else ""
