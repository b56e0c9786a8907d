"""What a web page declares of itself: JSON-LD first, then `meta`, then what the page shows."""

import re
from dataclasses import dataclass
from typing import Any

from briefgen.importing.dates import find_date, iso_day
from briefgen.importing.markup import plain_text
from briefgen.importing.pagehead import Thing, all_things, articles, meta_of, name_of, resolved, text_of
from briefgen.importing.phrases import words_of
from briefgen.importing.writers import declared_authors
from briefgen.text import clean, fold, one_line, web_address

_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title")
_DATES = (
    *("article:published_time", "og:published_time", "og:article:published_time", "parsely-pub-date", "sailthru.date", "datepublished"),
    *("date", "pubdate", "publishdate", "publish-date", "publish_date", "published_time", "displaydate", "originalpublicationdate"),
    *("dc.date", "dc.date.issued", "dc.date.created", "dcterms.created", "dcterms.date", "article.published"),
)
_BYLINE = re.compile(r"\b(?:posted|published|updated|by)\b", re.IGNORECASE)
_OF_DATES = "//@class[contains(., 'date') or contains(., 'publish') or contains(., 'time')]/.. | //@id[contains(., 'date')]/.."
_PART = 0.25
_SEPARATOR = re.compile(r"\s+[|–—·•»:-]\s+|\s*\|\s*")


@dataclass(frozen=True, slots=True)
class Declared:
    """Title, day or time, authors, publisher and so on as a page gives them; empty where it does not."""

    title: str = ""
    date: str = ""
    date_doubt: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    description: str = ""
    url: str = ""
    lang: str = ""
    text: str = ""


def read_declared(root: Any) -> Declared:
    """What the page at `root` (an lxml tree) declares."""
    things = all_things(root)
    article = next(articles(things), {})
    meta = meta_of(root)
    by_id = {str(thing.get("@id")): thing for thing in things if thing.get("name")}
    date, date_doubt = _date(root, article, meta)
    publisher = name_of(resolved(article.get("publisher"), by_id)) or meta.get("og:site_name", "") or meta.get("application-name", "")
    return Declared(
        title=_title(root, article, meta, publisher),
        date=date,
        date_doubt=date_doubt,
        authors=declared_authors(root, article, by_id, publisher),
        publisher=publisher if len(publisher) <= 80 and not re.match(r"https?:", publisher) else "",
        description=text_of(article.get("description")) or meta.get("og:description", "") or meta.get("description", ""),
        url=_url(root, meta, article),
        lang=one_line(root.get("lang") or "")[:20],
        text=text_of(article.get("articleBody")),
    )


def _title(root: Any, article: Thing, meta: dict[str, str], publisher: str) -> str:
    """The headline as the page shows it, where it agrees with what the page declares; else as declared."""
    page_title = one_line(clean(" ".join(root.xpath("//head/title//text() | //title[not(ancestor::svg)]//text()")[:1])))
    declared = [title for title in (text_of(article.get("headline")), *(meta.get(name, "") for name in _TITLES), page_title) if title]
    bare = [_without_site(title, publisher) for title in declared]
    said = {word for title in bare for word in _telling(title)} - set(_telling(publisher))
    shown = [
        text
        for element in root.iter("h1")
        if (text := plain_text(element)) and len(text) <= 300 and not _is_site(text, publisher, declared)
    ]
    agreeing = [
        (-len(said & set(_telling(heading))), at, heading) for at, heading in enumerate(shown) if len(shown) == 1 or _covers(heading, bare)
    ]
    if agreeing and (best := min(agreeing))[0] < 0:
        # a heading that goes on behind the headline carries the byline or the date with it
        return next(
            (title for title in bare if len(title) > 15 and fold(best[2]).startswith(fold(title) + " ") and _BYLINE.search(best[2])),
            best[2],
        )
    return next(iter(bare), "") or next(iter(shown), "")


def _telling(title: str) -> list[str]:
    return [word for word in re.findall(r"\w+", fold(title)) if len(word) > 3 and word not in words_of("function_words")]


def _covers(heading: str, titles: list[str]) -> bool:
    """Whether a heading shares enough words with a declared title to be it, not a section named after one of its words."""
    said = set(_telling(heading))
    return any(len(common := said & set(words)) > 1 or len(common) >= _PART * len(words) for title in titles if (words := _telling(title)))


def _is_site(heading: str, publisher: str, declared: list[str]) -> bool:
    """Whether a heading is the site's name: its publisher, or what stands behind the bar of every title."""
    key = fold(heading)
    return key == fold(publisher) or any(len(parts) > 1 and key == fold(parts[-1]) for parts in map(_SEPARATOR.split, declared))


def _without_site(title: str, publisher: str) -> str:
    """A title without the site's name around it.

    >>> _without_site("Talks resume | The Daily Example", "The Daily Example"), _without_site("Talks - resume", "")
    ('Talks resume', 'Talks - resume')
    """
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    for end in (len(parts) - 1, 0):
        if _names_site(parts[end], publisher):
            kept = title[: title.rindex(parts[-1])] if end else title[title.index(parts[0]) + len(parts[0]) :]
            return _without_site(kept.strip(" |–—·•»:-"), publisher)
    if "|" in title and len(parts[-1].split()) <= 4 and len(parts[0].split()) >= 4:
        return title[: title.rindex("|")].strip()
    return title


def _names_site(part: str, publisher: str) -> bool:
    site, name = (re.sub(r"\W|^the", "", fold(text)) for text in (publisher, part))
    if re.search(r"\w\.(?:com|org|net|co\.\w\w)$", part):
        return True
    return bool(site and name) and (name == site or (len(name) > 3 and name in site) or (site in name and len(name) < 1.6 * len(site)))


def _date(root: Any, article: Thing, meta: dict[str, str]) -> tuple[str, str]:
    """The day or time of publication: declared, of a `time` element, in the address, or the first that is written out.

    With it comes where it is from, where nothing declares it as the day of publication.
    """
    candidates = [text_of(article.get("datePublished")), *(meta.get(name, "") for name in _DATES)]
    candidates += [
        text_of(element.get("datetime") or element.get("content")) for element in root.xpath("//@itemprop[. = 'datePublished']/..")[:2]
    ]
    candidates += [text_of(element.get("datetime")) for element in root.iter("time") if element.get("datetime")][:1]
    for candidate in candidates:
        if iso_day(candidate):
            return candidate, ""
    for name in ("dateCreated", "dateModified"):
        if iso_day(changed := text_of(article.get(name))):
            return changed, f"the page declares it as {name}, not as the day of publication"
    address = re.search(r"/((?:19|20)\d\d)/(\d\d?)/(\d\d?)/", _url(root, meta, article))
    if address:
        return "-".join(part.zfill(2) for part in address.groups()), "taken from the address of the page"
    written = _written_date(root)
    return written, "declared nowhere; the first day that is written near the headline or in a mark for dates" if written else ""


def _written_date(root: Any) -> str:
    """The first date written out beside a mark of the page that speaks of dates, or shortly behind the headline."""
    marked = root.xpath(_OF_DATES)
    heading = next(root.iter("h1"), None)
    behind = heading.xpath("following::*[not(*)][position() < 30] | ancestor::header//text()/parent::*") if heading is not None else []
    for element in (*marked[:12], *behind):
        text = plain_text(element)
        if len(text) <= 120 and (date := find_date(text)):
            return date.isoformat()
    return ""


def _url(root: Any, meta: dict[str, str], article: Thing) -> str:
    canonical = next(
        (link.get("href") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical" and link.get("href")), ""
    )
    urls = (canonical, meta.get("og:url", ""), text_of(article.get("url")))
    return next((url for given in urls if (url := web_address(given or ""))), "")
