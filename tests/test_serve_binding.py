"""Where the preview listens, how it starts, and how it ends."""

import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.serve.harness import Serving, serving
from tests.worlds import World, command, surroundings, tree


def listening(preview: Serving) -> set[str]:
    """The local addresses on which this process accepts connections, as /proc writes them."""
    own = {path.readlink().name for path in Path(f"/proc/{preview.process.pid}/fd").iterdir() if path.is_symlink()}
    rows = [row.split() for name in ("tcp", "tcp6") for row in Path(f"/proc/{preview.process.pid}/net/{name}").read_text().splitlines()[1:]]
    return {row[1].partition(":")[0] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in own}


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="needs /proc")
def test_it_listens_on_the_loopback_address_alone(world: World) -> None:
    with serving(world) as preview:
        assert listening(preview) == {"0100007F"}


def test_port_0_takes_any_and_says_which(world: World) -> None:
    with serving(world) as preview:
        assert preview.port > 0
        assert preview.get("/").status == 200


@pytest.mark.skipif(sys.version_info < (3, 12), reason="before 3.12 Python says nothing of a fork beside threads")
def test_processes_that_read_a_large_site_begin_before_there_are_threads(world: World) -> None:
    for number in range(250):
        world.briefing(f"b{number}")
    with serving(world, PYTHONWARNINGS="always") as preview:
        assert (preview.get("/2025/03/18/b249/").status, "Warning" in preview.output) == (200, False)


def test_a_taken_port_gives_way_to_the_next_free_one(world: World) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with serving(world, port=taken) as preview:
            assert preview.port != taken
            assert f"Port {taken} is taken." in preview.output


def test_the_port_is_free_again_at_once(world: World) -> None:
    with serving(world) as preview:
        port = preview.port
        preview.get("/")
        preview.interrupt()
    with serving(world, port=port) as preview:
        assert preview.port == port


def test_ctrl_c_ends_it_quietly_while_browsers_listen(world: World) -> None:
    with serving(world) as preview, socket.create_connection(("127.0.0.1", preview.port)) as stream:
        stream.sendall(b"GET /-/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert stream.recv(100)
        assert preview.interrupt() == 0
        assert preview.output.count("\n") <= 2


def test_a_public_address_is_said_to_be_one(world: World) -> None:
    with serving(world, "--host", "0.0.0.0") as preview:  # noqa: S104 – that is what is tested
        assert "everyone who can reach 0.0.0.0 sees this preview" in preview.output
        assert preview.get("/", Host="192.0.2.7").status == 200
        assert preview.get("/", Host="evil.example").status == 403


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
def test_an_address_that_is_not_ours_is_one_clear_error(world: World, host: str) -> None:
    ran = world.run("serve", "--port", "0", "--host", host)
    assert ran.code == 3
    assert f"cannot listen on {host}, port 0" in ran.err


def test_a_folder_without_a_site_is_one_clear_error(tmp_path: Path) -> None:
    ended = subprocess.run(command("serve"), check=False, cwd=tmp_path, env=surroundings(), capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert "BG301" in ended.stderr
    assert "briefgen init" in ended.stderr


def test_a_quiet_one_says_nothing_but_problems(world: World) -> None:
    world.briefing("call", "The call", body="[Nowhere](nowhere.md)")
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        command("serve", "-q", "-p", str(port)),
        cwd=world.root,
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    assert "BG203" in process.stderr.readline()
    process.terminate()
    assert process.communicate(timeout=60)[0] == ""


def test_it_never_writes_the_output_folder(world: World) -> None:
    world.briefing("call", "The call").build()
    before = tree(world.public)
    with serving(world) as preview:
        world.edit("content/briefings/call.md", "Words.", "Other words.")
        preview.shows("/2025/03/18/call/", "Other words.")
    assert tree(world.public) == before


def test_what_is_not_published_is_shown_unless_it_is_asked_not_to(world: World) -> None:
    world.briefing("idea", "An idea", draft="true").briefing("soon", "Soon", "2026-05-01").briefing("past", "Past", expires="2025-04-01")
    with serving(world) as preview:
        assert 'data-state="draft"' in preview.get("/2025/03/18/idea/").text
        assert 'data-state="future"' in preview.get("/2026/05/01/soon/").text
        assert preview.get("/2025/03/18/past/").status == 404
    with serving(world, "--no-drafts", "--no-future") as preview:
        assert preview.get("/2025/03/18/idea/").status == 404
        assert preview.get("/2026/05/01/soon/").status == 404
    with serving(world, "--no-future", "--now", "2026-06-01") as preview:
        assert preview.get("/2026/05/01/soon/").status == 200


def test_a_banner_names_the_source_and_what_is_open(world: World) -> None:
    world.briefing("call", "The call", "", review="[{field: date, reason: none found}]")
    with serving(world) as preview:
        page = preview.get("/undated/call/").text
        assert 'data-source="content/briefings/call.md"' in page
        assert 'data-undated="yes"' in page
        assert 'data-notes="1"' in page


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="puts itself in the place of xdg-open")
def test_the_browser_is_opened_when_it_is_asked_to(world: World, tmp_path: Path) -> None:
    world.briefing("call")
    opener, opened = tmp_path / "xdg-open", tmp_path / "opened"
    opener.write_text(f'#!/bin/sh\necho "$1" > {opened}\n')
    opener.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    # click does not wait for the program that it starts
    with serving(world, "--open", PATH=path, PYTHONWARNINGS="error,ignore::ResourceWarning") as preview:
        preview.wait_until(lambda: opened.exists() and opened.read_text() == f"{preview.url}\n", "the browser is opened")


def test_a_site_below_a_path_is_served_there_too(world: World) -> None:
    world.put({"briefgen.yaml": "title: Desk\nbase_url: https://desk.example/briefs/\n"}).briefing("call", "The call")
    with serving(world) as preview:
        assert preview.get("/briefs/2025/03/18/call/").body == preview.get("/2025/03/18/call/").body
