"""Jekyll: `_posts/YYYY-MM-DD-title.md`, `_drafts/`, pages with front matter, Liquid and kramdown's marks."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from briefgen.files import walk
from briefgen.forms import read_moment
from briefgen.importing.moving.fields import moment_of
from briefgen.importing.moving.old import Leftovers, OldSite, Post, Raw, Refer, plain, read_raw, texts
from briefgen.importing.moving.settings import read_settings
from briefgen.model import Place

_MARKDOWN = (".md", ".markdown", ".mkd", ".mkdown", ".mkdn")
_NAME = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})-(.+)")
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_TAKEN = frozenset(["tags", "tag", "categories", "category", "author", "authors", "permalink", "redirect_from", "published", "slug"])
_OUTSIDE = frozenset(["vendor", "node_modules"])
_CODE = re.compile(r"\{%-?\s*highlight\s+([\w+-]+)[^%\n]*%\}\n?(.*?)\n?\{%-?\s*endhighlight\s*-?%\}", re.DOTALL)
_RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
_POST = re.compile(r"(?:\{\{\s*site\.(?:baseurl|url)\s*\}\})*\{%-?\s*(?:post_url|link)\s+([^%\s]+)\s*-?%\}")
_PATH = re.compile(r"\{\{\s*[\"']([^\"'\n]*)[\"']\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.\w+)\s*\}\}")
_BASE = re.compile(r"\{\{\s*site\.(?:baseurl|url)\s*\}\}")
_ATTRIBUTES = re.compile(r"(?<=\S)\{:[ \t]*[^}\n]*\}|^[ \t]*\{:[ \t]*[^}\n]*\}[ \t]*\n?", re.MULTILINE)
_FOREIGN = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def read_jekyll(folder: Path, left: Leftovers) -> OldSite:
    """The posts, drafts and pages of a Jekyll site; collections and data stay behind, and that is said."""
    settings = read_settings(folder, ("_config.yml", "_config.yaml", "_config.toml"), left)
    posts = tuple(post for path in walk(folder) if (post := _read(path, folder, settings, left)))
    return OldSite(posts, (folder,), _plain, _FOREIGN, plain(settings.get("baseurl")).strip("/"))


def _read(path: Path, folder: Path, settings: Mapping[str, Any], left: Leftovers) -> Post | None:
    inside = path.relative_to(folder)
    own = next((part for part in inside.parts[:-1] if part.startswith("_")), "")
    if own == "_site" or inside.parts[0] in _OUTSIDE:
        return None
    if path.suffix not in _MARKDOWN:
        if own in ("_posts", "_drafts"):
            left.add(Place(inside.as_posix()), f"`{path.suffix}` was not brought: it is no Markdown", "turn it into Markdown first")
        return None
    if own not in ("", "_posts", "_drafts"):
        if own not in ("_includes", "_layouts"):
            left.add(Place(inside.as_posix()), f"the collection `{own}` was not brought", "put its files into content/ by hand")
        return None
    raw = read_raw(path, left)
    # without front matter Jekyll copies a file as it is; a list of posts has no text of its own
    if raw is None or not (raw.above or own) or not (own or raw.body.strip()):
        return None
    return _post(inside, raw, settings) if own else _page(inside, raw)


def _post(inside: Path, raw: Raw, settings: Mapping[str, Any]) -> Post:
    fields = raw.fields
    named = _NAME.fullmatch(inside.stem)
    day = moment_of("-".join(named.groups()[:3])) if named else ""
    slug = plain(fields.get("slug")) or (named[4] if named else inside.stem)
    folders = inside.parts[: next(at for at, part in enumerate(inside.parts) if part in ("_posts", "_drafts"))]
    categories = texts([*folders, *_words(fields, "category", "categories")])
    published = {key: value for key, value in fields.items() if key not in _TAKEN}
    return Post(
        inside.as_posix(),
        "briefings",
        slug,
        published,
        raw.body,
        raw.above,
        day=day,
        draft="_drafts" in inside.parts or plain(fields.get("published")) == "false",
        topics=texts([*_words(fields, "tag", "tags"), *categories]),
        authors=texts(fields.get("authors") or fields.get("author")),
        url=_url(fields, day, slug, categories, settings),
        aliases=_old(fields),
        names=(inside.as_posix(), inside.stem, "/".join((*folders, inside.stem))),
    )


def _words(fields: Mapping[str, Any], one: str, many: str) -> Iterator[str]:
    """A single value as it is, and the values of a list, which may stand in one text with spaces between them."""
    yield from texts(fields.get(one)) if not isinstance(fields.get(one), list) else texts(fields[one])
    yield from texts(fields.get(many), " ")


def _old(fields: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(url.strip("/") for url in texts(fields.get("redirect_from")) if url.startswith("/"))


def _page(inside: Path, raw: Raw) -> Post:
    given = plain(raw.fields.get("permalink"))
    name = inside.with_suffix("").as_posix()
    url = given if given.startswith("/") and ":" not in given else ("" if name == "index" else f"{name.removesuffix('index')}")
    return Post(
        inside.as_posix(),
        "pages",
        inside.stem,
        {key: value for key, value in raw.fields.items() if key not in _TAKEN},
        raw.body,
        raw.above,
        draft=plain(raw.fields.get("published")) == "false",
        url=url.strip("/") + ("/" if url.endswith("/") and url != "/" else "" if given or not url else ".html"),
        aliases=_old(raw.fields),
        names=(inside.as_posix(),),
    )


def _url(fields: Mapping[str, Any], day: str, slug: str, categories: tuple[str, ...], settings: Mapping[str, Any]) -> str | None:
    """Where Jekyll puts a post; None where its pattern asks for what is not known here, and for a draft without a day."""
    pattern = plain(fields.get("permalink")) or plain(settings.get("permalink")) or "date"
    pattern = _STYLES.get(pattern, pattern)
    stamp = _in_zone(moment_of(plain(fields.get("date"))), plain(settings.get("timezone"))) or day
    if not stamp:
        return None
    date = dt.date.fromisoformat(stamp)
    known = {
        "categories": "/".join(category.lower() for category in categories),
        "slugified_categories": "/".join(_slugified(category) for category in categories),
        "year": f"{date.year:04}",
        "short_year": f"{date.year % 100:02}",
        "month": f"{date.month:02}",
        "i_month": str(date.month),
        "day": f"{date.day:02}",
        "i_day": str(date.day),
        "y_day": f"{date.timetuple().tm_yday:03}",
        "title": slug,
        "slug": _slugified(slug),
        "output_ext": ".html",
    }
    marks = re.findall(r":(\w+)", pattern)
    if any(mark not in known for mark in marks):
        return None
    url = re.sub(r":(\w+)", lambda mark: known[mark[1]], pattern)
    return re.sub(r"/{2,}", "/", url).lstrip("/")


def _in_zone(moment: str, zone: str) -> str:
    """The ISO day of a moment in the zone of the old site; that of its own clock where it names none."""
    try:
        return read_moment(moment, ZoneInfo(zone)).day.isoformat() if moment and zone else moment[:10]
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return moment[:10]


def _slugified(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-")


def _plain(body: str, refer: Refer) -> str:
    body = _CODE.sub(lambda code: f"```{code[1]}\n{code[2]}\n```", body)
    body = _POST.sub(partial(_reference, refer=refer), body)
    return _RAW.sub("", _ATTRIBUTES.sub("", _BASE.sub("", _PATH.sub(r"\1", body))))


def _reference(tag: re.Match[str], refer: Refer) -> str:
    return refer(tag[1]) or tag[0]
