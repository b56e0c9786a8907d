"""Front matter of another generator in the words of this one."""

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from briefgen.forms import is_language, read_moment
from briefgen.importing.dates import find_date
from briefgen.importing.moving.old import Leftovers, Post, plain, texts
from briefgen.model import Place, ReviewNote
from briefgen.yamldump import dump
from briefgen.yamltext import Plain

_MOMENTS = {"updated": ("lastmod", "modified", "last_modified_at", "updated"), "publish": ("publishdate",), "expires": ("expirydate",)}
_SUMMARY = ("description", "summary", "excerpt", "subtitle")
_OWN = frozenset(["title", "date", "draft", "series", "lang", "language", "locale", "slug", *_SUMMARY, *sum(_MOMENTS.values(), ())])
_FOR_THEMES = frozenset(["layout", "template", "type", "markup", "toc", "comments", "math", "weight", "menu", "sitemap", "outputs"])
"""What says how a theme or the generator treats a page, not what the page is."""


def day_of(post: Post) -> str:
    """The ISO day on which a post stands, as it was written; empty where none can be told."""
    date = moment_of(plain(post.fields.get("date"))) or post.day
    return date[:10]


def moment_of(text: str) -> str:
    """A date as front matter here takes it, as it was written where that will do; empty where it names no day.

    >>> moment_of("2025-03-18 10:00:00 +0100"), moment_of("2025-3-8"), moment_of("18 March 2025"), moment_of("soon")
    ('2025-03-18 10:00:00 +0100', '2025-03-08', '2025-03-18', '')
    """
    short = re.sub(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", lambda found: f"{found[1]}-{found[2]:>02}-{found[3]:>02}", text)
    for form in (text, short):
        try:
            read_moment(form, ZoneInfo("UTC"))
        except ValueError:
            continue
        return form
    day = find_date(text)
    return day.isoformat() if day else ""


def render_fields(post: Post, aliases: tuple[str, ...], notes: tuple[ReviewNote, ...], left: Leftovers) -> str:
    """The front matter of a post here; what has no place in it is told to `left`."""
    fields, place = post.fields, Place(post.origin, 1)
    is_page = post.part == "pages"
    title = plain(fields.get("title"))
    if not title:
        title = re.sub(r"[-_]+", " ", post.slug).strip().capitalize() or "Untitled"
        notes = (ReviewNote("title", "none given; made of the file's name", post.slug), *notes)
    date = plain(fields.get("date"))
    if date and not moment_of(date):
        notes = (ReviewNote("date", "is in no form that names one day", date), *notes)
    lang = (post.lang or next((plain(fields[key]) for key in ("lang", "language", "locale") if key in fields), "")).replace("_", "-")
    series = texts(fields.get("series"))
    if len(series) > 1:
        left.add(place, "a briefing is part of one story: only the first of `series` was brought", "put the others among the topics")
    brought: dict[str, Plain] = {
        "summary": next((text for key in _SUMMARY if (text := plain(fields.get(key)))), ""),
        "topics": () if is_page else post.topics,
        "story": "" if is_page else next(iter(series), ""),
        "authors": () if is_page else post.authors,
        "aliases": [f"/{alias}" for alias in aliases],
        "lang": lang if is_language(lang) and not is_page else "",
        "extra": dict(_extra(post, left)),
        "review": [] if is_page else [{"field": note.field, "reason": note.reason, "text": note.text} for note in notes],
    }
    return dump({"title": title}) + "".join(_moments(post, left)) + (dump(brought) if any(brought.values()) else "")


def _moments(post: Post, left: Leftovers) -> Iterator[str]:
    date = moment_of(plain(post.fields.get("date"))) or post.day
    if date and post.part == "briefings":
        yield f"date: {date}\n"
    for name, keys in _MOMENTS.items():
        given = next((text for key in keys if (text := plain(post.fields.get(key)))), "")
        if (post.part == "pages" and name != "updated") or not given:
            continue
        if moment := moment_of(given):
            yield f"{name}: {moment}\n"
        else:
            left.add(Place(post.origin, 1), f"`{keys[0]}` is in no form that names one day", f"write it under `{name}`")
    if post.draft:
        yield "draft: true\n"


def _extra(post: Post, left: Leftovers) -> Iterator[tuple[str, Plain]]:
    """Keys of the author's own; a table in one has no place here."""
    for key, value in post.fields.items():
        if key in _OWN | _FOR_THEMES or value in (None, "", [], {}):
            continue
        if isinstance(value, list) and all(plain(one) for one in value):
            yield key, [plain(one) for one in value]
        elif text := plain(value):
            yield key, text
        else:
            left.add(Place(post.origin, 1), f"`{key}` is a table, and was left behind", "`extra` holds texts and lists of texts")
