"""Requests: what a browser may ask, and who may ask it; only this machine's own names lead to the preview."""

import ipaddress
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes, urlsplit

_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)\.?)(?::(?P<port>\d{1,5}))?\Z", re.ASCII)
_LOOPBACK = ("127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: its header fields are by lower-case name.

    `path` is decoded and starts with a slash, `query` is as it came.
    """

    method: str
    path: str
    query: str
    fields: Mapping[str, str]


class RefusedError(Exception):
    """A request that gets no answer; the status and a sentence that repeats nothing of it."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


def read_request(method: str, target: str, fields: Sequence[tuple[str, str]], host: str) -> Request:
    """The request in a target and header fields as they came over the wire; `host` is what the server was told to listen on.

    Raises RefusedError: 400 for what cannot be read, 403 for another site's name or page.
    """
    by_name = {name.lower(): value.strip() for name, value in fields}
    if sum(name.lower() == "host" for name, _ in fields) != 1:
        raise RefusedError(400, "A request names one host.")
    authority, path = _split(target)
    for name in (by_name["host"], *([authority] if authority is not None else [])):
        if not is_allowed(name, host):
            raise RefusedError(403, "This is a preview for this computer alone.")
    origin = by_name.get("origin")
    if origin is not None and not _is_own(origin, by_name["host"]):
        raise RefusedError(403, "This is a preview, and not for other sites.")
    plain, _, query = path.partition("#")[0].partition("?")
    return Request(method, _decoded(plain), query, by_name)


def is_allowed(authority: str, host: str) -> bool:
    """Whether a Host field names this computer: localhost and what is below it, loopback addresses, what serve listens on.

    A page elsewhere can make its own name mean this computer, but no number: where serve listens for everyone, any address is fine.

    >>> is_allowed("LocalHost.:8000", "127.0.0.1"), is_allowed("localhost.evil.example", "127.0.0.1"), is_allowed("127.1", "127.0.0.1")
    (True, False, False)
    """
    match = _HOST.match(authority.lower())
    if match is None or int(match["port"] or 0) > 65535:
        return False
    name = match["six"] or match["name"]
    if name in (*_LOOPBACK, "localhost", host.lower()) or name.endswith(".localhost"):
        return True
    return not is_loopback(host) and is_address(name)


def is_loopback(host: str) -> bool:
    """Whether only this computer reaches what listens on that host."""
    return host.lower() == "localhost" or (is_address(host) and ipaddress.ip_address(host).is_loopback)


def is_address(name: str) -> bool:
    """Whether a name is an IP address, written out."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _split(target: str) -> tuple[str | None, str]:
    """The authority, where a target has one, and the path with its query."""
    if target.startswith("/"):
        return None, target
    if re.match(r"https?://", target, re.IGNORECASE):
        try:
            parts = urlsplit(target)
        except ValueError:
            raise RefusedError(400, "This is not a web address.") from None
        return parts.netloc, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    raise RefusedError(400, "A request asks for a path.")


def _is_own(origin: str, host: str) -> bool:
    scheme, _, authority = origin.partition("://")
    return scheme.lower() in ("http", "https") and authority.lower() == host.lower()


def _decoded(path: str) -> str:
    try:
        # the wire's bytes came as Latin-1
        text = unquote_to_bytes(path.encode("latin-1")).decode()
    except UnicodeError:
        raise RefusedError(400, "A path is UTF-8.") from None
    if "\0" in text:
        raise RefusedError(400, "A path has no zero bytes.")
    return text
