"""Many browsers, slow ones and those that vanish, while the site is edited."""

import http.client
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tests.serve.harness import PATIENCE, Serving, descriptors, serving
from tests.worlds import World, text_of

TEMPLATE = "<html><head></head><body><p>{{ briefing.card.title }}</p>{{ briefing.body|html }}<p>{{ head.title }}</p></body></html>"
CLIENTS = 20
EDITS = 40


@pytest.fixture
def preview(world: World) -> Iterator[Serving]:
    world.put({"templates/briefing.html": TEMPLATE})
    for number in range(10):
        world.briefing(f"b{number}", "Version 0", body="Version 0.")
    with serving(world) as served:
        yield served


def is_whole(page: str) -> bool:
    """Whether a page ends where it should and shows one version from head to foot."""
    versions = {part.partition("<")[0].rstrip(".") for part in page.split("Version ")[1:]}
    return page.endswith("</html>") and len(versions) == 1


def ask(port: int, stop: threading.Event, faults: list[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    number = 0
    while not stop.is_set():
        number += 1
        connection.request("GET", f"/2025/03/18/b{number % 10}/")
        answer = connection.getresponse()
        page = answer.read().decode()
        if answer.status != 200 or not is_whole(page):
            faults.append(f"{answer.status}: {page}")
    connection.close()


def test_no_browser_ever_sees_a_mixed_page(preview: Serving, world: World) -> None:
    stop, faults = threading.Event(), list[str]()
    threads = [threading.Thread(target=ask, args=(preview.port, stop, faults)) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for number in range(1, EDITS + 1):
        world.briefing(f"b{number % 10}", f"Version {number}", body=f"Version {number}.")
        time.sleep(0.1)
    stop.set()
    for thread in threads:
        thread.join()
    assert faults == []
    for number in range(EDITS - 9, EDITS + 1):
        preview.shows(f"/2025/03/18/b{number % 10}/", f"Version {number}.")


def test_slow_and_vanishing_browsers_do_no_harm(preview: Serving, world: World) -> None:
    world.put({"static/large.bin": bytes(8_000_000)})
    preview.wait_until(lambda: preview.get("/large.bin", "HEAD").status == 200, "the large file is served")
    before = descriptors(preview)
    slow = [socket.create_connection(("127.0.0.1", preview.port)) for _ in range(30)]
    for number, connection in enumerate(slow):
        asked = [b"GET / HT", b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET /-/events HTTP/1.1\r\nHost: localhost\r\n\r\n"]
        connection.sendall(asked[number % 3])
    world.put({"content/briefings/b1.md": text_of("Version 9", body="Version 9.")})
    preview.shows("/2025/03/18/b1/", "Version 9.")
    for connection in slow:
        connection.close()
    # a stream finds out that nobody listens when there is something to say
    for number in (10, 11):
        world.put({"content/briefings/b1.md": text_of(f"Version {number}", body=f"Version {number}.")})
        preview.shows("/2025/03/18/b1/", f"Version {number}.")
    preview.wait_until(lambda: descriptors(preview) <= before, "everything is closed again")


def test_more_connections_than_it_takes_are_closed_and_the_next_ones_served(preview: Serving) -> None:
    many = [socket.create_connection(("127.0.0.1", preview.port)) for _ in range(300)]
    for connection in many:
        connection.close()
    preview.wait_until(lambda: preview.get("/").status == 200, "a page is served")
