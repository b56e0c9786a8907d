"""Hugo: `content/` with front matter in YAML, TOML or JSON, sections, page bundles and shortcodes."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from briefgen.files import walk
from briefgen.importing.moving.fields import moment_of
from briefgen.importing.moving.old import Leftovers, OldSite, Post, Raw, Refer, plain, read_raw, texts
from briefgen.importing.moving.settings import read_settings, table
from briefgen.model import Place

_CONFIGS = tuple(
    f"{folder}{name}.{suffix}"
    for folder in ("", "config/_default/")
    for name in ("hugo", "config")
    for suffix in ("toml", "yaml", "yml", "json")
)
_TAKEN = frozenset(
    ["tags", "categories", "keywords", "author", "authors", "aliases", "url", "slug", "draft", "cascade", "build", "_build", "resources"]
)
_REF = re.compile(r"\{\{[<%]\s*(?:rel)?ref\s+[\"'`]?([^\"'`>%\s]+)[\"'`]?\s*[>%]\}\}")
_FIGURE = re.compile(r"\{\{<\s*figure\s([^>\n]*)>\}\}")
_QUOTED = re.compile(r"(\w+)=[\"'`]([^\"'`\n]*)[\"'`]")
_CODE = re.compile(r"\{\{[<%]\s*highlight\s+([\w+-]+)[^\n]*?[>%]\}\}\n?(.*?)\n?\{\{[<%]\s*/highlight\s*[>%]\}\}", re.DOTALL)
_FOREIGN = re.compile(r"\{\{[<%].*?[>%]\}\}", re.DOTALL)


def read_hugo(folder: Path, left: Leftovers) -> OldSite:
    """The posts and pages of a Hugo site; `_index` files and other languages' addresses stay behind, and that is said."""
    settings = read_settings(folder, _CONFIGS, left)
    content = folder / (plain(settings.get("contentdir")) or "content")
    raws: dict[Path, Raw] = {}
    for path in walk(content):
        if path.suffix not in (".md", ".markdown"):
            continue
        if re.fullmatch(r"_index(\.\w+)?", path.stem):
            cure = "write it into a page, or into a record of a topic or a person"
            left.add(Place(path.relative_to(folder).as_posix()), "the text of a list was not brought", cure)
        elif raw := read_raw(path, left):
            raws[path] = raw
    dated = {_section(path, content) for path, raw in raws.items() if moment_of(plain(raw.fields.get("date")))}
    posts = tuple(_post(path, raw, folder, content, settings, is_dated=_section(path, content) in dated) for path, raw in raws.items())
    base = urlsplit(plain(settings.get("baseurl"))).path.strip("/")
    return OldSite(posts, (folder / "static",), _plain, _FOREIGN, base)


def _section(path: Path, content: Path) -> str:
    parts = path.relative_to(content).parts
    return parts[0] if len(parts) > 1 else ""


def _post(path: Path, raw: Raw, folder: Path, content: Path, settings: Mapping[str, Any], *, is_dated: bool) -> Post:
    fields = raw.fields
    bundle = path.parent if re.fullmatch(r"index(\.\w+)?", path.stem) and path.parent != content else None
    where = (path.parent if bundle else path).relative_to(content)
    # a language stands between the name and the suffix
    stem, _, last = path.stem.rpartition(".")
    lang = last if stem and last.casefold() in table(settings, "languages") else ""
    name = where.name if bundle else stem if lang else path.stem
    parts = (*where.parent.parts, name)
    is_post = bool(moment_of(plain(fields.get("date")))) or (is_dated and len(parts) > 1)
    slug = plain(fields.get("slug")) or name
    inside = path.relative_to(content).as_posix()
    return Post(
        path.relative_to(folder).as_posix(),
        "briefings" if is_post else "pages",
        slug,
        {key: value for key, value in fields.items() if key not in _TAKEN},
        raw.body,
        raw.above,
        draft=plain(fields.get("draft")) == "true",
        topics=texts([*texts(fields.get("tags")), *texts(fields.get("categories"))]),
        authors=texts(fields.get("authors") or fields.get("author")),
        lang=lang,
        url=None if lang else _url(parts, slug, fields, settings),
        aliases=tuple(alias.strip("/") for alias in texts(fields.get("aliases")) if alias.startswith("/")),
        names=(inside, inside.removesuffix(path.suffix), "/".join(parts), f"{'/'.join(parts)}{path.suffix}", name, f"{name}{path.suffix}"),
        bundle=bundle,
    )


def _url(parts: tuple[str, ...], slug: str, fields: Mapping[str, Any], settings: Mapping[str, Any]) -> str | None:
    """Where Hugo puts a page: its `url`, the pattern of its section, or its folders."""
    if given := plain(fields.get("url")):
        return given.strip("/") if given.startswith("/") else None
    patterns = table(settings, "permalinks")
    pattern = patterns.get(parts[0]) or table(patterns, "page").get(parts[0]) if len(parts) > 1 else None
    if pattern is None:
        return "/".join(map(_kept, parts[:-1])) + "/" * (len(parts) > 1) + (urlize(slug) if "slug" in fields else _kept(slug)) + "/"
    return _expanded(plain(pattern), parts, fields)


def _expanded(pattern: str, parts: tuple[str, ...], fields: Mapping[str, Any]) -> str | None:
    """A pattern with its marks filled in; None where it asks for what is not known here."""
    date = moment_of(plain(fields.get("date")))[:10]
    day = dt.date.fromisoformat(date) if date else None
    title, name, own = plain(fields.get("title")), parts[-1], plain(fields.get("slug"))
    known = {
        **(_of_day(day) if day else {}),
        "section": urlize(parts[0]),
        "sections": "/".join(map(urlize, parts[:-1])),
        "title": urlize(title),
        "slug": urlize(own or title or name),
        "filename": urlize(name),
        "contentbasename": urlize(name),
        "slugorfilename": urlize(own or name),
        "slugorcontentbasename": urlize(own or name),
    }
    marks = re.findall(r":(\w+)", pattern)
    if any(mark not in known for mark in marks):
        return None
    return re.sub(r":(\w+)", lambda mark: known[mark[1]], pattern).strip("/") + ("/" if not re.search(r"\.\w+$", pattern) else "")


def _of_day(day: dt.date) -> dict[str, str]:
    return {
        "year": f"{day.year:04}",
        "month": f"{day.month:02}",
        "monthname": _MONTHS[day.month - 1],
        "day": f"{day.day:02}",
        "yearday": str(day.timetuple().tm_yday),
    }


_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]


def urlize(text: str) -> str:
    """A part of an address as Hugo writes it.

    >>> urlize("Über C++ & Co. (2nd)"), urlize("a_b.c  d -- e"), urlize("x/y")
    ('über-c-co.-2nd', 'a_b.c-d--e', 'x-y')
    """
    spaced = " ".join(_kept(text.replace("/", "-"), " ").split())
    return re.sub(r" *(-+) *", r"\1", spaced).replace(" ", "-").replace("+", "")


def _kept(text: str, space: str = "-") -> str:
    """The name of a file or a folder as Hugo writes it into an address.

    >>> _kept("C++ & Co. (2nd)")
    'c++--co.-2nd'
    """
    kept = (char for char in text if char.isalnum() or char in " ._-#+~@" or unicodedata.category(char)[0] == "M")
    return "".join(kept).replace(" ", space).lower()


def _plain(body: str, refer: Refer) -> str:
    body = _CODE.sub(lambda code: f"```{code[1]}\n{code[2]}\n```", body)
    body = _FIGURE.sub(_figure, body)
    return _REF.sub(partial(_reference, refer=refer), body)


def _figure(shortcode: re.Match[str]) -> str:
    given = dict(_QUOTED.findall(shortcode[1]))
    words = given.get("alt") or given.get("caption") or given.get("title", "")
    return f"![{words}]({given['src']})" if given.get("src") else shortcode[0]


def _reference(shortcode: re.Match[str], refer: Refer) -> str:
    return refer(shortcode[1]) or shortcode[0]
