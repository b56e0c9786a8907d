"""Templates: jinja2 with autoescape, strict names, bounded loops and the theme's filters; a page becomes text here."""

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import compress, repeat
from typing import Any
from urllib.parse import quote, urlsplit

import jinja2
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from briefgen.model import Card
from briefgen.problems import BriefgenError, Problem
from briefgen.site import addresses, charts, letters
from briefgen.site.dates import date_filters, filled, month_alone
from briefgen.site.engine import ROUNDS, Engine
from briefgen.site.faults import TemplateError, fault_of
from briefgen.site.identities import authority
from briefgen.site.jsonld import json_ld
from briefgen.site.markup import as_html, csv_cell, img, markdown_text, plain, prose_html
from briefgen.site.page import Page
from briefgen.site.parts import Crumb, FeedEntry
from briefgen.site.theme import Theme
from briefgen.site.view import SiteView
from briefgen.text import ROOT_MARK

MOST_ROUNDS = 1_000_000
"""How many rounds all loops of one page may take together."""
LONGEST_RANGE = 100_000
"""How many numbers `range` gives."""
LONGEST_PAGE = 100_000_000
"""How many characters a page may have, so that a slip of its template does not fill the disk."""
_KEPT_ENTRIES = 4_000
_KEPT_PHRASES = 4_096
_MONTH = re.compile(r"\d{4}/(0[1-9]|1[0-2])/")
_FEEDS = (".xml", ".json", ".txt", ".md")


@dataclass(frozen=True)
class PageView:
    """What a template knows of the page itself: its file, its URL from the root, its whole address (empty without a base URL).

    `policy` is its Content-Security-Policy, or empty.
    """

    path: str
    url: str
    canonical: str
    template: str
    policy: str
    _described: Callable[[], Markup]

    @cached_property
    def json_ld(self) -> Markup:
        """What the page says to machines, put together for the templates that ask."""
        return self._described()


class Templates:
    """The templates of a theme, ready to render the pages of a site; compiled once, when they are first asked for."""

    def __init__(self, theme: Theme, site: SiteView) -> None:
        self.theme, self.site = theme, site
        self._strings = theme.strings.get(site.lang) or theme.strings.get(site.lang.partition("-")[0]) or theme.strings["en"]
        # what belongs to the page that this thread renders: the rounds that are left, the way to the root
        self._now = threading.local()
        self._compiled: dict[str, jinja2.Template] = {}
        self._once: dict[tuple[str, str], Markup] = {}
        self._entries: dict[tuple[str, str], Markup] = {}
        self._environment = Engine(theme)
        self._environment.globals.update(site=site, range=_range, strings=self._strings)
        filters = self._filters()
        self._environment.filters.update(filters)
        self.filters = frozenset(filters)

    def render(self, page: Page) -> str:
        """The text of a page. Raises BriefgenError (BG402, BG403, BG404) with the template's place when it cannot be made."""
        self._now.rounds, self._now.root = repeat(True, MOST_ROUNDS), _root(page.path, self.site.base_url)
        shows = page.shows
        try:
            text = self._render(page.template, page=self._view(page, shows), **_shown(shows))
        except Exception as error:
            raise fault_of(error, page, self.theme) from error
        if next(self._now.rounds, None) is None:
            raise self._beyond(page, f"its loops take more than {MOST_ROUNDS:,} rounds, the limit of a page")
        if len(text) > LONGEST_PAGE:
            raise self._beyond(page, f"its text has more than {LONGEST_PAGE:,} characters, the limit of a page")
        if self.site.file_links and page.path.endswith(".html"):
            text = _FOLDER.sub(rf"{ROOT_MARK}\1index.html", text)
        return _from_root(text, self._now.root)

    def _beyond(self, page: Page, message: str) -> BriefgenError:
        return fault_of(TemplateError(message), page, self.theme)

    def faults(self) -> Iterator[Problem]:
        """What keeps templates from being compiled, also those that no page uses."""
        for name in sorted(self.theme.templates):
            try:
                self._environment.get_template(name)
            except Exception as error:  # noqa: BLE001 – whatever it is, `fault_of` says it
                yield from fault_of(error, Page(name, name, None), self.theme).problems

    def _view(self, page: Page, shows: object) -> PageView:
        url = page.path.removesuffix("index.html")
        canonical = addresses.absolute(url, self.site.base_url)
        policy = self.site.widest_policy if page.template == "search.html" else self.site.policy
        return PageView(page.path, url, canonical, page.template, policy, lambda: json_ld(shows, canonical, self.site, self._named))

    def _render(self, name: str, **shown: object) -> str:
        template = self._compiled.get(name)
        if template is None:
            template = self._compiled[name] = self._environment.get_template(name)
        return "".join(template.root_render_func(template.new_context(shown)))

    # -- filters ------------------------------------------------------------------------------------------------

    def _filters(self) -> dict[str, Callable[..., Any]]:
        return {
            **date_filters(self._strings),
            "url": addresses.href,
            "external": addresses.external,
            "absurl": lambda target: addresses.absolute(target, self.site.base_url),
            "host": addresses.host,
            "authority": authority,
            "asset": self._asset,
            "html": prose_html,
            "img": img,
            "t": lru_cache(_KEPT_PHRASES)(self._translated),
            "named": self._named,
            "tojson": self._json,
            "header": self._header,
            "item": self._item,
            "feed_item": self._feed_item,
            "feed_html": self._feed_html,
            "bars": charts.bars,
            "csv": csv_cell,
            "heat": charts.heat,
            "md": markdown_text,
            "plain": plain,
            "by_letter": letters.by_letter,
            "initials": letters.initials,
            "direction": letters.direction,
            ROUNDS: self._bounded,
        }

    def _asset(self, name: str) -> Markup:
        if name not in self.theme.static:
            raise TemplateError(f"the theme has no static file `{name}`")
        return addresses.href(self.theme.static[name].output)

    def _translated(self, key: str, **values: object) -> Markup:
        """The theme's words for a key; `n` chooses between its forms `one` and `other`."""
        form = f"{key}.{'one' if values['n'] == 1 else 'other'}" if "n" in values else key
        text = self._strings.get(form, self._strings.get(key))
        if not isinstance(text, str):
            raise TemplateError(f"the theme has no words for `{key}`")
        return as_html(filled(str(escape(text)), {name: escape(value) for name, value in values.items()}))

    def _named(self, crumb: Crumb) -> str:
        """What a step of the way is called: sections of the site and months in the theme's words, all else by its own title."""
        month = _MONTH.fullmatch(crumb.url)
        if month:
            return month_alone(int(month[1]), self._strings)
        return str(self._strings.get(f"section.{crumb.url.rstrip('/')}", crumb.title))

    def _json(self, value: object) -> Markup:
        """JSON that may stand in HTML; the way to the root is put in before JSON would escape its mark."""
        return htmlsafe_json_dumps(value.replace(ROOT_MARK, self._now.root) if isinstance(value, str) else value)

    def _header(self, page: PageView) -> Markup:
        """The top of a page, rendered once for all pages of one section of the menu."""
        section = next((crumb.url for crumb in self.site.nav if crumb.url and page.url.startswith(crumb.url)), "")
        return self._rendered_once("header.html", section, section=section)

    def _item(self, card: Card, template: str = "item.html") -> Markup:
        """A card as lists show it, rendered once for all the pages that it stands on."""
        return self._rendered_once(template, card.digest, card=card)

    def _feed_item(self, entry: FeedEntry, template: str) -> Markup:
        """An entry as feeds hold it, rendered once for the site's feeds and those of its terms; the latest are remembered."""
        key = (template, f"{self._now.root} {entry.id} {entry.updated} {entry.briefing.digest}")
        if len(self._entries) > _KEPT_ENTRIES:
            self._entries.clear()
        if key not in self._entries:
            self._entries[key] = as_html(self._render(template, entry=entry, briefing=entry.briefing))
        return self._entries[key]

    def _feed_html(self, entry: FeedEntry) -> Markup:
        """The full text of a briefing, with its links into its own page made to lead there from anywhere."""
        text = self._render("entry.html", entry=entry, briefing=entry.briefing)
        return as_html(text.replace('href="#', f'href="{addresses.href(entry.briefing.card)}#'))

    def _rendered_once(self, template: str, key: str, **shown: object) -> Markup:
        if (template, key) not in self._once:
            self._once[template, key] = as_html(self._render(template, **shown))
        return self._once[template, key]

    def _bounded(self, iterable: Iterable[object]) -> Iterator[object]:
        return compress(iterable, self._now.rounds)


def _range(*bounds: int) -> range:
    numbers = range(*bounds)
    if len(numbers) > LONGEST_RANGE:
        raise TemplateError(f"range of {len(numbers):,} numbers; the limit is {LONGEST_RANGE:,}")
    return numbers


def _shown(shows: Any) -> dict[str, object]:
    """The fields of what a page shows by name; every kind of page is a dataclass with slots."""
    return {name: getattr(shows, name) for name in type(shows).__slots__}


def _root(path: str, base_url: str) -> str:
    """The way from a page to the root of the site.

    A feed is read far from its site and 404.html stands at every address, so theirs start with the site's own address.
    """
    if path.endswith(_FEEDS) and base_url:
        return quote(base_url, safe=":/%[]")
    if path == "404.html":
        return quote(urlsplit(base_url).path, safe="/%") or "/"
    return addresses.root_of(path)


_FOLDER = re.compile(rf"{ROOT_MARK}((?:[^\"#?<>\s]*/)?)(?=[\"#?])")
"""A link to a folder of the site: from a disk it is not answered with the folder's index.html."""


def _from_root(text: str, root: str) -> str:
    if not root:
        # an empty address would mean this very page, with its query
        text = text.replace(f'"{ROOT_MARK}"', '"./"')
    return text.replace(ROOT_MARK, root)
