"""Who may ask the preview for what, decided on the request alone; over a socket the same is asked in test_serve_requests.py."""

from pathlib import Path

import pytest

from briefgen.preview.requests import RefusedError, Request, is_address, is_allowed, is_loopback, read_request

YES, NO = (part.splitlines() for part in (Path(__file__).parent / "serve/hosts.txt").read_text().removeprefix("# yes\n").split("# no\n"))
ANY = "0.0.0.0"  # noqa: S104 -- nothing listens here
OWN = [("Host", "localhost:8000")]


@pytest.mark.parametrize("listens", ["127.0.0.1", "localhost", "::1"])
def test_only_names_of_this_computer_are_allowed(listens: str) -> None:
    assert [name for name in YES if not is_allowed(name, listens)] == []
    assert [name for name in NO if is_allowed(name, listens)] == []


@pytest.mark.parametrize(
    ("name", "listens", "allowed"),
    [
        ("10.0.0.7:8000", ANY, True),
        ("[fe80::1]:8000", "::", True),
        ("10.0.0.7", "127.0.0.1", False),
        ("evil.example", ANY, False),
        ("10.0.0.7.evil.example", ANY, False),
        ("desk.lan:8000", "desk.lan", True),
        ("DESK.LAN", "Desk.Lan", True),
        ("desk.lan.evil.example", "desk.lan", False),
        ("localhost", ANY, True),
        ("localhost:0", "127.0.0.1", True),
        ("localhost:65535", "127.0.0.1", True),
        ("localhost:65536", "127.0.0.1", False),
        ("localhost:", "127.0.0.1", False),
        ("[::1", "127.0.0.1", False),
        ("127.0.0.1\n", "127.0.0.1", False),
        ("a_b.localhost", "127.0.0.1", True),
        ("xlocalhost", "127.0.0.1", False),
        ("", "127.0.0.1", False),
    ],
)
def test_where_it_listens_decides_who_else_is_allowed(name: str, listens: str, *, allowed: bool) -> None:
    assert is_allowed(name, listens) == allowed


def test_loopback_is_what_only_this_computer_reaches() -> None:
    hosts = ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1", ANY, "::", "10.0.0.1", "desk.lan"]
    assert [host for host in hosts if is_loopback(host)] == hosts[:5]
    assert [name for name in ("1.2.3.4", "::1", "1.2.3", "a", "") if is_address(name)] == ["1.2.3.4", "::1"]


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        ("/", "/", ""),
        ("/a%20b/%C3%A9?q=%41&x=?#y", "/a b/é", "q=%41&x=?"),
        ("/a\xc3\xa9/", "/aé/", ""),
        ("http://localhost:8000", "/", ""),
        ("HTTP://127.0.0.1/a?b", "/a", "b"),
        ("https://localhost/a#b?c", "/a", ""),
        ("//evil.example/a", "//evil.example/a", ""),
        ("/..%2f", "/../", ""),
    ],
)
def test_a_target_is_a_path_and_a_query(target: str, path: str, query: str) -> None:
    assert read_request("GET", target, [*OWN, ("X-One", " a ")], "127.0.0.1") == Request(
        "GET", path, query, {"host": "localhost:8000", "x-one": "a"}
    )


REFUSED = [
    ("GET", "", OWN, 400, "A request asks for a path."),
    ("GET", "*", OWN, 400, "A request asks for a path."),
    ("GET", "a/b", OWN, 400, "A request asks for a path."),
    ("GET", "ftp://localhost/", OWN, 400, "A request asks for a path."),
    ("GET", "http://[/", OWN, 400, "This is not a web address."),
    ("GET", "/%00", OWN, 400, "A path has no zero bytes."),
    ("GET", "/%ff", OWN, 400, "A path is UTF-8."),
    ("GET", "/\u4e2d", OWN, 400, "A path is UTF-8."),
    ("GET", "/", [], 400, "A request names one host."),
    ("GET", "/", [*OWN, *OWN], 400, "A request names one host."),
    ("GET", "/", [*OWN, ("HOST", "evil.example")], 400, "A request names one host."),
    ("GET", "/", [("Host", "evil.example")], 403, "This is a preview for this computer alone."),
    ("GET", "http://evil.example/", OWN, 403, "This is a preview for this computer alone."),
    ("GET", "http://localhost@evil.example/", OWN, 403, "This is a preview for this computer alone."),
    ("GET", "http:///", OWN, 403, "This is a preview for this computer alone."),
    ("GET", "/", [*OWN, ("Origin", "null")], 403, "This is a preview, and not for other sites."),
    ("GET", "/", [*OWN, ("Origin", "https://evil.example")], 403, "This is a preview, and not for other sites."),
    ("GET", "/", [*OWN, ("Origin", "http://localhost:9000")], 403, "This is a preview, and not for other sites."),
    ("GET", "/", [*OWN, ("Origin", "file://localhost:8000")], 403, "This is a preview, and not for other sites."),
    ("GET", "/", [*OWN, ("Origin", "")], 403, "This is a preview, and not for other sites."),
]


@pytest.mark.parametrize(("method", "target", "fields", "status", "message"), REFUSED)
def test_what_is_refused_is_told_why_and_nothing_of_what_it_said(
    method: str, target: str, fields: list[tuple[str, str]], status: int, message: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        read_request(method, target, fields, "127.0.0.1")
    assert (refused.value.status, refused.value.message, str(refused.value)) == (status, message, message)


@pytest.mark.parametrize("origin", ["http://localhost:8000", "HTTPS://LocalHost:8000"])
def test_its_own_pages_may_ask(origin: str) -> None:
    assert read_request("GET", "/a", [*OWN, ("Origin", origin)], "127.0.0.1").path == "/a"
