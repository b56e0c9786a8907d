"""Follows every link of a site that is being served: pages, assets, feeds, sitemap and the headings that links name.

python -m tests.tools.crawl http://127.0.0.1:8000/briefings/
"""

import json
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

_LINKING = {"href", "src", "data-src", "poster"}


class _Page(HTMLParser):
    """What a page links to, and the fragments that can be linked to in it."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids |= {given[name] for name in ("id", "name") if name in given}
        self.links += [given[name] for name in _LINKING & given.keys()]
        self.links += [part.split()[0] for part in given.get("srcset", "").split(",") if part.strip()]
        if given.get("http-equiv", "").lower() == "refresh":
            self.links.append(given["content"].partition("url=")[2])


@dataclass(slots=True)
class Crawl:
    """What was found below `base`: `pages` by URL with their fragments, `links` followed, and those that are broken, by page."""

    base: str
    pages: dict[str, set[str]] = field(default_factory=dict)
    links: int = 0
    outside: int = 0
    broken: list[str] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)


def crawl(base: str) -> Crawl:
    """Everything that can be reached from `base` without leaving it; a link that leaves it is counted, not followed."""
    found = Crawl(base)
    waiting = [(base, "the start"), (urljoin(base, "sitemap.xml"), "the start"), (urljoin(base, "robots.txt"), "the start")]
    fragments: list[tuple[str, str, str]] = []
    while waiting:
        url, by = waiting.pop()
        plain, fragment = urldefrag(url)
        found.links += 1
        if fragment:
            fragments.append((plain, fragment, by))
        if not plain.startswith(base):
            found.outside += 1
        elif plain not in found.pages:
            found.pages[plain] = set()
            waiting += [(link, plain) for link in _read(plain, by, found)]
    found.broken += [
        f"{by}: no #{fragment} in {url}" for url, fragment, by in fragments if fragment not in found.pages.get(url, {fragment})
    ]
    return found


def _read(url: str, by: str, found: Crawl) -> Iterator[str]:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 – the site that was asked for
            kind, text = answer.headers.get_content_type(), answer.read().decode(errors="replace")
            where = answer.geturl()
    except urllib.error.HTTPError as error:
        found.broken.append(f"{by}: {error.code} {url}")
        return
    if where != url:
        found.broken.append(f"{by}: {url} is answered by {where}")
    found.kinds[kind] = found.kinds.get(kind, 0) + 1
    if kind == "text/html":
        page = _Page()
        page.feed(text)
        found.pages[url] = page.ids
        yield from (urljoin(url, link) for link in page.links if not re.match(r"mailto:|data:|tel:|javascript:", link))
    else:
        yield from (urljoin(url, link) for link in _links_of(kind, text))


def _links_of(kind: str, text: str) -> Iterator[str]:
    """The links of a feed, a sitemap, a stylesheet."""
    if kind.endswith("xml"):
        yield from re.findall(r"<loc>([^<]+)</loc>", text)
        # the text of an entry is HTML within XML
        yield from re.findall(r"(?:href|src)=(?:&quot;|&#34;|\")([^&\"]+)", text)
    elif kind in ("application/json", "application/feed+json"):
        try:
            yield from _addresses(json.loads(text))
        except ValueError:
            return
    elif kind == "text/css":
        yield from (found for found in re.findall(r"url\([\"']?([^)\"']+)", text) if not found.startswith(("data:", "#")))
    elif kind == "text/plain":
        yield from re.findall(r"^Sitemap: (\S+)", text, re.MULTILINE)


def _addresses(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            if isinstance(one, str) and key.endswith("url"):
                yield one
            elif isinstance(one, str) and key == "content_html":
                yield from re.findall(r"(?:href|src)=\"([^\"]+)\"", one)
            else:
                yield from _addresses(one)
    elif isinstance(value, list):
        for one in value:
            yield from _addresses(one)


if __name__ == "__main__":
    result = crawl(sys.argv[1])
    sys.stdout.write(
        "\n".join([*result.broken, f"{len(result.pages):,} addresses, {result.links:,} links, {result.outside:,} to other sites"])
    )
    sys.stdout.write(f", {len(result.broken)} broken\n{result.kinds}\n")
    sys.exit(bool(result.broken))
