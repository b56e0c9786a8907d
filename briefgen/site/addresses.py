"""Addresses in attributes: percent-encoded, from the root mark, and never a scheme that runs something."""

import re
from functools import lru_cache
from typing import Protocol
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from briefgen.text import ROOT_MARK

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ALLOWED = ("http://", "https://", "mailto:")
# browsers ignore these inside a scheme
_UNSEEN = re.compile(r"[\x00-\x1f\x7f]+|^\s+|\s+$")
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9/._-]*+")
"""What nothing has to be done to; most addresses of the site are."""
_IN_PATH = "/-._~!$()*,;=@+?&"
_IN_URL = "%/:?#[]@!$&'()*+,;=~-._"


class Linked(Protocol):
    """What has a page: a Term, a Card, a Crumb, a day, month or year."""

    @property
    def url(self) -> str:
        """From the root of the site, or whole."""
        ...


def href(target: Linked | str) -> Markup:
    r"""The address for an attribute: from the root mark for a path of the site, as it is for another site, else empty.

    >>> href("topics/énergie/#part two").replace(ROOT_MARK, "../")
    Markup('../topics/%C3%A9nergie/#part%20two')
    >>> href("https://example.org/?a=1&b=2"), href(" Java\tscript:alert(1)"), href("//example.org/").replace(ROOT_MARK, "")
    (Markup('https://example.org/?a=1&amp;b=2'), Markup(''), Markup('example.org/'))
    """
    return _href(target if isinstance(target, str) else target.url)


@lru_cache(maxsize=1 << 12)
def _href(url: str) -> Markup:
    if _is_external(url):
        return external(url)
    return escape(("" if url.startswith("#") else ROOT_MARK) + _encoded(url))


def absolute(target: Linked | str, base_url: str) -> str:
    """The whole address of a page, not yet escaped; empty for a site that does not know its own."""
    return _absolute(target if isinstance(target, str) else target.url, base_url)


@lru_cache(maxsize=1 << 12)
def _absolute(url: str, base_url: str) -> str:
    if _is_external(url):
        return web(url)
    return base_url + _encoded(url) if base_url else ""


@lru_cache(maxsize=1 << 12)
def external(url: str) -> Markup:
    """The address of a page elsewhere, for an attribute."""
    return escape(web(url))


def web(url: str) -> str:
    """The address of a page elsewhere, not yet escaped; empty unless it is http, https or mailto.

    >>> web("javascript:alert(1)"), web("example.org"), web("HTTPS://example.org/a b")
    ('', '', 'HTTPS://example.org/a%20b')
    """
    seen = _UNSEEN.sub("", url)
    return quote(seen, safe=_IN_URL) if seen.lower().startswith(_ALLOWED) else ""


def host(url: str) -> str:
    """The name of the site that an address belongs to.

    >>> host("https://www.example.org/a"), host("not a url"), host("http://[")
    ('example.org', '', '')
    """
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def root_of(path: str) -> str:
    """The way from a page back to the root of the site.

    >>> root_of("index.html"), root_of("2025/03/index.html")
    ('', '../../')
    """
    return "../" * path.count("/")


def _is_external(url: str) -> bool:
    return ":" in url and _SCHEME.match(_UNSEEN.sub("", url)) is not None


def _encoded(url: str) -> str:
    if _PLAIN.fullmatch(url):
        return url
    path, mark, fragment = url.partition("#")
    return quote(path.lstrip("/"), safe=_IN_PATH) + (mark + quote(fragment, safe=_IN_PATH + ":?%") if fragment else "")
