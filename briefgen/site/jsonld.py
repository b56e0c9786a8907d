"""What a page says to machines: schema.org as JSON-LD, which cannot end the script that it stands in."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from briefgen.model import Card, Kind, Named, Source, Term
from briefgen.site.addresses import absolute, web
from briefgen.site.dates import day_of, iso
from briefgen.site.markup import as_html
from briefgen.site.parts import Crumb
from briefgen.site.shows import BriefingPage, HomePage, TermPage
from briefgen.site.view import SiteView

Thing = dict[str, Any]

_ENCODE = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def json_ld(shows: object, canonical: str, site: SiteView, named: Callable[[Crumb], str]) -> Markup:
    """The JSON of a page: what it is in words of schema.org, and the BreadcrumbList of its way; empty where there is nothing to say.

    `named` is what the page calls a step of its way. Without a base URL nothing has an address. `<`, `>` and `&` are written
    as escapes, so that no text can close the script.
    """
    describe = _DESCRIBED.get(type(shows))
    what = describe(shows, canonical, site) if describe else {}
    things = [thing for thing in (what, _way(shows, canonical, site, named)) if thing]
    if not things:
        return Markup()
    whole: Thing = (
        {"@context": "https://schema.org", **things[0]} if len(things) == 1 else {"@context": "https://schema.org", "@graph": things}
    )
    return as_html(_ENCODE(whole).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _briefing(shows: BriefingPage, canonical: str, site: SiteView) -> Thing:
    briefing, card, known = shows.briefing, shows.briefing.card, dict(shows.same_as)
    return _filled(
        {
            "@type": "NewsArticle",
            "headline": card.title,
            "description": shows.head.description,
            "url": canonical,
            "mainEntityOfPage": canonical,
            "inLanguage": briefing.lang or site.lang,
            "datePublished": iso(card.date) if card.date else "",
            "dateModified": iso(briefing.updated) if briefing.updated else "",
            "author": [{"@type": "Person", "name": name} for name in briefing.authors] or _publisher(site),
            "publisher": _publisher(site),
            "image": _image(card, site),
            "about": [_term("Thing", topic, site, known) for topic in card.topics],
            "mentions": [_mention(named, site, known) for named in briefing.people],
            "citation": [_cited(source) for source in briefing.sources if source.name or source.title or source.url],
            "correction": [
                _filled({"@type": "CorrectionComment", "datePublished": iso(one.date), "text": one.text}) for one in briefing.corrections
            ],
        }
    )


def _profile(shows: TermPage, canonical: str, site: SiteView) -> Thing:
    profile = shows.profile
    return _filled(
        {
            "@type": _TYPES[profile.term.kind],
            "name": profile.term.name,
            "url": canonical,
            "alternateName": list(profile.aliases),
            "jobTitle": profile.role,
            "description": profile.summary,
            "image": absolute(profile.image.src, site.base_url) if profile.image else "",
            "sameAs": [address for address in map(web, profile.same_as) if address],
        }
    )


_TYPES: Mapping[Kind, str] = {"person": "Person", "topic": "Thing", "story": "Thing", "source": "Organization"}
"""What the record of a kind is in the words of schema.org."""


def _website(_shows: HomePage, canonical: str, site: SiteView) -> Thing:
    return _filled(
        {
            "@type": "WebSite",
            "name": site.title,
            "url": canonical,
            "description": site.description,
            "publisher": _publisher(site),
            "inLanguage": site.lang,
        }
    )


_DESCRIBED: Mapping[type, Callable[[Any, str, SiteView], Thing]] = {BriefingPage: _briefing, TermPage: _profile, HomePage: _website}


def _way(shows: object, canonical: str, site: SiteView, named: Callable[[Crumb], str]) -> Thing:
    head = getattr(shows, "head", None)
    if head is None or not head.crumbs or not canonical:
        return {}
    steps = [(named(crumb), absolute(crumb, site.base_url)) for crumb in head.crumbs]
    listed = [
        {"@type": "ListItem", "position": place, "name": title, "item": item}
        for place, (title, item) in enumerate([*steps, (head.title, canonical)], 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": listed}


def _publisher(site: SiteView) -> Thing:
    return {"@type": "Organization", "name": site.publisher or site.title}


def _term(kind: str, term: Term, site: SiteView, known: Mapping[str, tuple[str, ...]]) -> Thing:
    same_as = [address for address in map(web, known.get(term.url, ())) if address]
    return _filled({"@type": kind, "name": term.name, "url": absolute(term, site.base_url), "sameAs": same_as})


def _mention(named: Named, site: SiteView, known: Mapping[str, tuple[str, ...]]) -> Thing:
    return _filled({**_term("Person", named.person, site, known), "jobTitle": named.role})


def _cited(source: Source) -> Thing:
    publisher = {"@type": "Organization", "name": source.name or source.agency} if source.name or source.agency else {}
    authors = [{"@type": "Person", "name": name} for name in source.authors]
    day = day_of(source.published)
    return _filled(
        {
            "@type": "NewsArticle",
            "headline": source.title,
            "url": web(source.url),
            "publisher": publisher,
            "author": authors,
            "datePublished": iso(day) if day else "",
        }
    )


def _image(card: Card, site: SiteView) -> str:
    return absolute(card.image.src, site.base_url) if card.image else ""


def _filled(thing: Thing) -> Thing:
    """The thing without what nobody said."""
    return {key: value for key, value in thing.items() if value}
