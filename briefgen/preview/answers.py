"""Answers: what a browser gets for a request, from the table of what the site plans and from nothing else."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from importlib import resources
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qsl, quote, urlsplit

from briefgen import files
from briefgen.digest import digest_bytes
from briefgen.preview.live import NOT_FOUND, Preview
from briefgen.preview.overlay import LAST_GOOD, NONE_YET, error_page, overlay
from briefgen.preview.renderer import Renderer
from briefgen.preview.requests import Request
from briefgen.problems import BriefgenError
from briefgen.site.pictures import made_smaller
from briefgen.site.site import Copy

OWN = "/-/"
"""Where the preview's own files stand; no page of a site has such a name."""

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".pdf": "application/pdf",
    ".woff2": "font/woff2",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".wasm": "application/wasm",
}
_IN_QUERY = "%&=+;/?:@!$'()*,~"
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; a HEAD request gets all of it but the body."""

    status: int
    fields: Mapping[str, str]
    body: bytes = b""


def answer(request: Request, preview: Preview, renderer: Renderer) -> Answer:
    """The answer to a GET or HEAD request, as far as the browser needs it: all, a range, or the news that nothing changed."""
    if request.path.startswith(OWN):
        found = _own(request, preview, renderer)
    elif preview.good is None:
        found = _page(503, error_page(preview.errors, "nothing", note=NONE_YET))
    else:
        found = _planned(_below_base(request.path, preview), request, preview, renderer)
    if found.status != HTTPStatus.OK:
        return found
    return _unchanged(found, request) or _ranged(found, request)


# -- the site -----------------------------------------------------------------------------------------------------


def _planned(path: str, request: Request, preview: Preview, renderer: Renderer) -> Answer:
    plain = path[1:]
    name = f"{plain}index.html" if not plain or plain.endswith("/") else plain
    if name in preview.table:
        return _served(name, preview, renderer)
    if f"{plain}/index.html" in preview.table:
        # from here, so that it cannot lead to another host
        last, query = quote(plain.rpartition("/")[2]), quote(request.query.encode("latin-1"), safe=_IN_QUERY)
        return Answer(301, {"Location": f"./{last}/" + (f"?{query}" if query else "")})
    if NOT_FOUND in preview.table:
        wanted = name if PurePosixPath(name).suffix else f"{name}/index.html"
        return replace(_served(NOT_FOUND, preview, renderer, wanted), status=404)
    return _text(404, "Not found.")


def _served(path: str, preview: Preview, renderer: Renderer, wanted: str = "") -> Answer:
    served, good = preview.table[path], preview.good
    if isinstance(served, Copy):
        return _copied(served, good.site.root) if good else _text(404, "Not found.")
    try:
        rendered = renderer.rendered(preview, served, wanted)
    except BriefgenError as error:
        return _page(500, error_page(error.problems, renderer.tag(preview, path), wanted or path))
    return Answer(200, {"Content-Type": _type(path), "ETag": f'"{rendered.etag}"'}, rendered.content)


def _copied(copy: Copy, root: Path) -> Answer:
    try:
        content = files.read(copy.source, files.MOST_COPIED) if copy.source else b""
    except BriefgenError:
        return _text(404, "Not found.")  # taken away since it was planned
    sha256 = hashlib.sha256(content).hexdigest()
    if copy.source and sha256 != copy.sha256 and not copy.source.resolve().is_relative_to(root.resolve()):
        return _text(404, "Not found.")  # it leads out of the site since it was planned
    if copy.source and copy.width:
        content = made_smaller(content, copy.width, copy.source.suffix)
        sha256 = hashlib.sha256(content).hexdigest()
    return Answer(200, {"Content-Type": _type(copy.path), "ETag": f'"{sha256}"'}, content)


def _below_base(path: str, preview: Preview) -> str:
    """The path in the site, whether it was asked for from the root or below the path of `base_url`."""
    base = urlsplit(preview.good.config.base_url).path if preview.good else ""
    return f"/{path.removeprefix(base)}" if len(base) > 1 and path.startswith(base) else path


def _type(path: str) -> str:
    return _TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")


# -- the preview's own files --------------------------------------------------------------------------------------


def _own(request: Request, preview: Preview, renderer: Renderer) -> Answer:
    name = request.path.removeprefix(OWN)
    if name in ("preview.js", "preview.css"):
        content = (resources.files("briefgen.preview") / "browser" / name).read_bytes()
        return Answer(200, {"Content-Type": _type(name), "ETag": f'"{digest_bytes(content)}"'}, content)
    if name == "state":
        return _state(dict(parse_qsl(request.query)), preview, renderer)
    return _text(404, "Not found.")


def _state(asked: Mapping[str, str], preview: Preview, renderer: Renderer) -> Answer:
    """What a page that is being looked at must know: whether it is another one now, what is wrong, which stylesheets there are."""
    state = {
        "reload": renderer.tag(preview, asked.get("page", "")) != asked.get("tag", ""),
        "overlay": overlay(preview.errors, LAST_GOOD if preview.good else NONE_YET),
        "styles": {f"/{quote(name)}": f"/{quote(url, safe='/?')}" for name, url in preview.styles.items()},
    }
    return Answer(200, {"Content-Type": _TYPES[".json"]}, json.dumps(state).encode())


def _page(status: int, html: str) -> Answer:
    return Answer(status, {"Content-Type": _TYPES[".html"]}, html.encode())


def _text(status: int, text: str) -> Answer:
    return Answer(status, {"Content-Type": _TYPES[".txt"]}, f"{text}\n".encode())


# -- as far as the browser needs it -------------------------------------------------------------------------------


def _unchanged(found: Answer, request: Request) -> Answer | None:
    """RFC 9110, 13.1.2: the browser has what it would get."""
    known = [tag.strip().removeprefix("W/") for tag in request.fields.get("if-none-match", "").split(",")]
    etag = found.fields.get("ETag", "")
    return Answer(304, {"ETag": etag}) if etag and (etag in known or "*" in known) else None


def _ranged(found: Answer, request: Request) -> Answer:
    """RFC 9110, 14.2: one range of bytes; several, and those of an older version, get the whole."""
    whole = Answer(found.status, {**found.fields, "Accept-Ranges": "bytes"}, found.body)
    asked = _RANGE.match(request.fields.get("range", ""))
    if asked is None or request.method != "GET" or request.fields.get("if-range", found.fields.get("ETag")) != found.fields.get("ETag"):
        return whole
    size, (first, last) = len(found.body), asked.groups()
    if not first and not last:
        return whole
    start, end = (int(first), min(int(last or size), size - 1)) if first else (max(0, size - int(last)), size - 1)
    if last and first and int(last) < start:
        return whole
    if start > end:
        return Answer(416, {"Content-Range": f"bytes */{size}"})
    return Answer(206, {**whole.fields, "Content-Range": f"bytes {start}-{end}/{size}"}, found.body[start : end + 1])
