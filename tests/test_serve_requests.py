"""What the preview answers, and to whom: planned pages alone, and this computer's own names alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serve.harness import Serving, lines_of, serving
from tests.worlds import CONFIG, World

PICTURE = bytes(range(256))


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """One site for all questions, with a secret in every place from which a wrong answer could take it."""
    root = tmp_path_factory.mktemp("outer") / "site"
    world = World(root).put({"briefgen.yaml": CONFIG, "SECRET": "S3CR3T", "public/SECRET": "S3CR3T", "static/dot.png": PICTURE})
    world.put({"../SECRET": "S3CR3T", "../outside/SECRET": "S3CR3T", ".env": "S3CR3T", ".git/config": "S3CR3T"})
    (root / "public/link").symlink_to(root.parent / "outside")
    (root / "static/link").symlink_to(root.parent / "outside")
    world.briefing("call", "The call", "2025-03-18", "Words of the call.", topics="[Énergie]")
    with serving(world) as served:
        yield served


@pytest.mark.parametrize("target", lines_of("targets.txt"))
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_no_target_leads_out_of_the_plan(preview: Serving, method: str, target: str) -> None:
    answer = preview.send(f"{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode("latin-1"))
    assert answer.split(b" ")[1] in {b"200", b"301", b"400", b"403", b"404", b"414"}
    assert b"S3CR3T" not in answer
    assert b"root:" not in answer


def test_a_target_without_end_is_refused(preview: Serving) -> None:
    answer = preview.send(b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 414 ")
    assert preview.get("/" + "a/" * 5_000).status == 404


def hosts() -> Iterator[tuple[str, bool]]:
    text = (Path(__file__).parent / "serve/hosts.txt").read_text()
    yes, no = text.removeprefix("# yes\n").split("# no\n")
    yield from ((line, True) for line in yes.splitlines())
    yield from ((line, False) for line in no.splitlines())


@pytest.mark.parametrize(("host", "allowed"), list(hosts()))
def test_only_the_names_of_this_computer_get_an_answer(preview: Serving, host: str, allowed: bool) -> None:
    plain = preview.send(f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    whole = preview.send(f"GET http://{host}/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    for answer in (plain, whole):
        assert (b" 200 " in answer.split(b"\r\n")[0]) == allowed
        assert (b"The call" in answer) == allowed
    assert preview.get("/").status == 200


@pytest.mark.parametrize(
    "fields", ["", "Host: \r\n", "Host: localhost\r\nHost: localhost\r\n", "Host: localhost\r\nHost: evil.example\r\n"]
)
def test_a_request_names_one_host(preview: Serving, fields: str) -> None:
    answer = preview.send(f"GET / HTTP/1.1\r\n{fields}Connection: close\r\n\r\n".encode())
    assert answer.split(b" ")[1] in {b"400", b"403"}
    assert b"The call" not in answer


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost.evil.example", "http://127.0.0.1:1"])
def test_a_page_of_another_site_gets_nothing(preview: Serving, origin: str) -> None:
    for target in ("/", "/-/state?page=index.html", "/-/events"):
        assert preview.get(target, Origin=origin).status == 403


def test_its_own_pages_may_ask(preview: Serving) -> None:
    assert preview.get("/-/state?page=index.html", Origin=preview.url.strip("/")).status == 200


def test_a_page_answers_at_its_folder_and_its_file(preview: Serving) -> None:
    page = preview.get("/2025/03/18/call/")
    assert page.status == 200
    assert page.fields["content-type"] == "text/html; charset=utf-8"
    assert page.fields["cache-control"] == "no-cache"
    assert "Words of the call." in page.text
    assert preview.get("/2025/03/18/call/index.html").body == page.body
    assert preview.get("/topics/%C3%A9nergie/").status == 200


def test_a_folder_without_its_slash_leads_to_the_page(preview: Serving) -> None:
    moved = preview.get("/2025/03/18/call?x=1&y=%20")
    assert (moved.status, moved.fields["location"]) == (301, "./call/?x=1&y=%20")
    assert preview.get("//topics").fields["location"] == "./topics/"


def test_what_is_not_planned_is_the_sites_own_404(preview: Serving) -> None:
    missing = preview.get("/nowhere/")
    assert missing.status == 404
    assert "<title>" in missing.text


def test_head_says_what_get_would_and_sends_nothing(preview: Serving) -> None:
    for target in ("/", "/nowhere/", "/dot.png", "/-/preview.js"):
        head, get = preview.get(target, "HEAD"), preview.get(target)
        assert head.body == b""
        assert head.status == get.status
        assert {**head.fields, "date": ""} == {**get.fields, "date": ""}
        assert int(get.fields["content-length"]) == len(get.body)


def test_what_the_browser_has_is_not_sent_again(preview: Serving) -> None:
    etag = preview.get("/").fields["etag"]
    assert preview.get("/", If_None_Match=etag).status == 304
    assert preview.get("/", If_None_Match=f'"other", W/{etag}').status == 304
    assert preview.get("/", If_None_Match='"other"').status == 200


@pytest.mark.parametrize(
    ("asked", "status", "sent"),
    [
        ("bytes=0-9", 206, PICTURE[:10]),
        ("bytes=250-", 206, PICTURE[250:]),
        ("bytes=-6", 206, PICTURE[-6:]),
        ("bytes=100-9999", 206, PICTURE[100:]),
        ("bytes=256-", 416, b""),
        ("bytes=-0", 416, b""),
        ("bytes=9-3", 200, PICTURE),
        ("bytes=0-1,5-6", 200, PICTURE),
        ("bytes=-", 200, PICTURE),
        (f"bytes=0-{'9' * 5000}", 200, PICTURE),
        ("lines=1-2", 200, PICTURE),
    ],
)
def test_a_range_of_a_file_is_sent_alone(preview: Serving, asked: str, status: int, sent: bytes) -> None:
    answer = preview.get("/dot.png", Range=asked)
    assert (answer.status, answer.body) == (status, sent)
    assert answer.fields.get("content-range", "").endswith("/256") == (status != 200)


def test_a_range_of_an_older_version_gets_the_whole(preview: Serving) -> None:
    etag = preview.get("/dot.png").fields["etag"]
    assert preview.get("/dot.png", Range="bytes=0-9", If_Range=etag).status == 206
    assert preview.get("/dot.png", Range="bytes=0-9", If_Range='"older"').status == 200


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/dot.png", "image/png"),
        ("/-/preview.js", "text/javascript; charset=utf-8"),
        ("/-/preview.css", "text/css; charset=utf-8"),
        ("/-/state", "application/json"),
    ],
)
def test_every_file_has_its_type(preview: Serving, target: str, kind: str) -> None:
    assert preview.get(target).fields["content-type"] == kind
    assert preview.get(target).fields["x-content-type-options"] == "nosniff"


def test_only_pages_carry_the_script(preview: Serving) -> None:
    assert '<script src="/-/preview.js" defer' in preview.get("/").text
    assert "preview.js" not in preview.get("/feed.xml").text


def test_a_file_that_leads_out_of_the_site_is_not_served_even_before_the_next_load(world: World) -> None:
    world.put({"../SECRET": "S3CR3T", "static/a.txt": "fine"})
    with serving(world) as served:
        assert served.get("/a.txt").text == "fine"
        world.put({"briefgen.yaml": "title: [\n"})
        served.wait_for_line("still shown")
        (world.root / "static/a.txt").unlink()
        (world.root / "static/a.txt").symlink_to(world.root.parent / "SECRET")
        assert served.get("/a.txt").status == 404
        served.wait_for_line("still shown")
        assert served.get("/a.txt").status == 404


def test_nothing_can_be_sent_to_it(preview: Serving) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert preview.get("/", method).status == 405


def test_what_is_no_request_does_no_harm(preview: Serving) -> None:
    for junk in (
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01",
        b"GET / HTTP/1.1\r\nHost",
        b"A" * 100_000,
    ):
        preview.send(junk)
    assert preview.get("/").status == 200
