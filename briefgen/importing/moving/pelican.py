"""Pelican: Markdown with lines of metadata, `pelicanconf.py`, `{filename}` and `{static}` links."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from briefgen.files import walk
from briefgen.importing.moving.fields import moment_of
from briefgen.importing.moving.old import Leftovers, OldSite, Post, Raw, Refer, plain, read_raw, texts
from briefgen.importing.moving.settings import read_settings
from briefgen.model import Place

_MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")
_TAKEN = frozenset(["tags", "category", "author", "authors", "slug", "status", "url", "save_as"])
_LINKED = re.compile(r"[{|](?:filename|static|attach)[}|]([^)\s\"'>]*)")
_FOREIGN = re.compile(r"[{|](?:filename|tag|category|author|index)[}|]|^\[TOC\][ \t]*$", re.MULTILINE)
_DAY_IN_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})")


def read_pelican(folder: Path, left: Leftovers) -> OldSite:
    """The articles, drafts and pages of a Pelican site; what is no Markdown stays behind, and that is said."""
    settings = read_settings(folder, ("pelicanconf.py",), left)
    content = folder / (plain(settings.get("path")) or "content")
    posts = []
    for path in walk(content):
        inside = path.relative_to(content)
        if path.suffix in (".rst", ".html", ".adoc", ".org"):
            left.add(
                Place(path.relative_to(folder).as_posix()),
                f"`{path.suffix}` was not brought: it is no Markdown",
                "turn it into Markdown first",
            )
        elif path.suffix in _MARKDOWN and (raw := read_raw(path, left)) and raw.fields:
            posts.append(replace(_post(inside, raw, path.relative_to(folder).as_posix(), settings), bundle=path.parent))
    return OldSite(tuple(posts), (content, content / "extra"), _plain, _FOREIGN)


def _post(inside: Path, raw: Raw, origin: str, settings: Mapping[str, Any]) -> Post:
    fields = raw.fields
    pages = settings.get("page_paths", ["pages"])
    is_page = any(inside.is_relative_to(folder) for folder in pages) if isinstance(pages, list) else False
    folder = inside.parent.name if settings.get("use_folder_as_category", True) is True else ""
    default = plain(settings.get("default_category")) or "misc"
    category = plain(fields.get("category")) or folder or default
    named = _DAY_IN_NAME.match(inside.stem)
    source = inside.stem if settings.get("slugify_source") == "basename" else plain(fields.get("title"))
    slug = plain(fields.get("slug")) or slugified(source)
    day = (moment_of(plain(fields.get("date"))) or (named[1] if named else ""))[:10]
    status = plain(fields.get("status")).lower()
    return Post(
        origin,
        "pages" if is_page else "briefings",
        slug or inside.stem,
        {key: value for key, value in fields.items() if key not in _TAKEN},
        raw.body,
        raw.above,
        day=day,
        draft=status in ("draft", "hidden"),
        topics=texts([*texts(",".join(texts(fields.get("tags"))), ","), *([category] if category != default else [])]),
        authors=_authors(fields),
        url=_url(fields, slug, day, category, settings, is_page=is_page) if slug and status not in ("draft", "hidden") else None,
        names=(inside.as_posix(),),
    )


def _authors(fields: Mapping[str, Any]) -> tuple[str, ...]:
    given = fields.get("authors") or fields.get("author")
    said = ",".join(texts(given)) if isinstance(given, list) else plain(given)
    return texts(said, ";" if ";" in said else ",")


def _url(fields: Mapping[str, Any], slug: str, day: str, category: str, settings: Mapping[str, Any], *, is_page: bool) -> str | None:
    """Where Pelican puts an article or a page; None where its pattern asks for what is not known here."""
    kind, usual = ("page", "pages/{slug}.html") if is_page else ("article", "{slug}.html")
    saved = plain(settings.get(f"{kind}_save_as"))
    pattern = plain(fields.get("url")) or plain(settings.get(f"{kind}_url")) or saved or usual
    known = {
        "slug": slug,
        "category": slugified(category),
        "lang": plain(fields.get("lang")) or plain(settings.get("default_lang")) or "en",
        "author": slugified(next(iter(_authors(fields)), plain(settings.get("author")))),
    }
    date = dt.date.fromisoformat(day) if day else None

    def filled(mark: re.Match[str]) -> str:
        if mark[1] == "date" and date:
            return _written(date, mark[2] or "%Y-%m-%d")
        return known.get(mark[1], mark[0])

    url = re.sub(r"\{(\w+)(?::([^}]*))?\}", filled, pattern)
    return None if "{" in url or "%" in url else url.removesuffix("index.html").lstrip("/")


def _written(day: dt.date, form: str) -> str:
    """A day in the numbers that a pattern asks for; names of months depend on a locale and stay as they are asked for."""
    numbers = {
        "%Y": f"{day.year:04}",
        "%m": f"{day.month:02}",
        "%d": f"{day.day:02}",
        "%y": f"{day.year % 100:02}",
        "%-m": str(day.month),
        "%-d": str(day.day),
    }
    return re.sub(r"%-?\w", lambda mark: numbers.get(mark[0], mark[0]), form)


_LETTERS = {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d", "ð": "d", "þ": "th"}
"""Latin letters that are more than a letter with a mark."""


def slugified(text: str) -> str:
    """A part of an address as Pelican makes it; empty where it needs letters that only Pelican knows how to replace.

    >>> slugified("Über die Straße: Teil 2"), slugified("北京")
    ('uber-die-strasse-teil-2', '')
    """
    text = "".join(_LETTERS.get(char, char) for char in text)
    plain_letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    lost = sum(char.isalnum() for char in unicodedata.normalize("NFC", text)) != sum(map(str.isalnum, plain_letters))
    words = re.sub(r"[^\w\s-]", "", plain_letters).strip().lower()
    return "" if lost else re.sub(r"[-\s]+", "-", words)


def _plain(body: str, refer: Refer) -> str:
    return _LINKED.sub(partial(_reference, refer=refer), body)


def _reference(link: re.Match[str], refer: Refer) -> str:
    target = link[1]
    if "filename" in link[0]:
        return refer(target) or link[0]
    return target
