"""Raw files that try to be more than text: what they say is shown, and nothing that they want is done."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from html import escape
from pathlib import Path

import pytest

from tests.worlds import REPOSITORY, World, command, surroundings, tree

CASES = REPOSITORY / "tests/cases/hostile"
FAULTS = re.compile(r"<script>alert|<(?:img|svg|p)[^>]* on\w+=|href=[\"']?\s*javascript:|src=[\"']?https?://track|1337")
UNSAFE = re.compile(r"(?i)^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|[\x00-\x1f<>:\"\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]|[. ]$|^-")


def test_hostile_articles_are_text_on_pages_of_their_own(world: World) -> None:
    shutil.copytree(CASES, world.root / "in")
    before = tree(world.root)
    ran = world.run("import", "in", "--date", "2025-03-18", "-v")
    assert (ran.code, "Traceback" in ran.err) == (0, False), ran.err
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", ran.out + ran.err)
    after = tree(world.root)
    assert {name for name in after if name not in before and not name.startswith("content/briefings/2025/03/18-")} == set()
    assert {name: after[name] for name in before} == before
    world.build()
    pages = {path.relative_to(world.public).as_posix(): path.read_text() for path in world.public.rglob("*.html")}
    marks = {mark for file in CASES.iterdir() for mark in re.findall(r"KEEPME\w+", file.read_text(errors="ignore"))}
    own = {
        mark: [name for name, page in pages.items() if re.search(rf"{mark}\b", page) and name.startswith("2025/03/18/")] for mark in marks
    }
    assert [mark for mark, names in own.items() if not names] == []
    assert [(name, found[0]) for name, page in pages.items() if (found := FAULTS.search(page))] == []
    parts = {part for path in world.public.rglob("*") for part in path.relative_to(world.public).parts}
    assert [part for part in parts if UNSAFE.search(part) or part.lower() == "owned" or len(part.encode()) > 255] == []


def test_names_that_differ_for_people_alone_are_files_of_their_own(world: World) -> None:
    for file in CASES.glob("0[67]-*"):
        world.put({f"in/{file.name}": file.read_bytes()})
    world.run("import", "in", "--date", "2025-03-18")
    names = [path.name for path in (world.root / "content/briefings/2025/03").iterdir()]
    assert len(names) == 23
    assert len({name.casefold() for name in names}) == 23


@pytest.mark.parametrize(
    ("sort", "code"), [("fifo", 3), ("socket", 3), ("zero", 3), ("folder", 1), ("loop", 3), ("secret", 0), ("large", 1)]
)
def test_what_is_no_file_of_text_is_refused_and_the_others_go_on(world: World, sort: str, code: int) -> None:
    path = world.put({"in/b.txt": "The harbour is open again, its master said on Tuesday.\n"}).root / "in/a.txt"
    if sort == "fifo":
        os.mkfifo(path)
    elif sort == "socket":
        with socket.socket(socket.AF_UNIX) as listening:
            os.chdir(path.parent)  # the name of a socket must be short
            listening.bind("a.txt")
    elif sort == "zero":
        path.symlink_to("/dev/zero")
    elif sort == "folder":
        path.mkdir()
    elif sort == "loop":
        path.symlink_to("a.txt")
    elif sort == "secret":
        path.symlink_to("/etc/passwd")
    else:
        with path.open("wb") as file:
            file.truncate(11_000_000)
    ran = world.run("import", "in")
    assert "Imported 1 article" in ran.err
    assert ("larger than 10 MB" in ran.err) == (sort == "large")
    named = world.run("import", "in/a.txt", "--dry-run")
    assert "Traceback" not in named.err
    assert named.code == code


@pytest.mark.parametrize("opening", ["<svg/onload=alert(1)>", "<svg><g><text>x", "<math><mtext>", "<svg><a><b>x</b>", "<p><svg>"])
def test_a_drawing_that_nothing_closes_hides_no_text(world: World, opening: str) -> None:
    words = "<p>The harbour is shut, its master said.</p><ul><li>Ferries wait.</li></ul><p>It opens on Friday.</p>"
    world.put({"in/a.html": f"<html><body><h1>Harbour shut</h1>{opening}{words}</body></html>"})
    world.run("import", "in", "--date", "2025-03-18")
    text = (world.root / "content/briefings/2025/03/18-harbour-shut.md").read_text()
    assert [part for part in ("its master said", "Ferries wait", "opens on Friday") if part not in text] == []


@pytest.mark.parametrize("opening", ["<svg/onload=alert(1)>", "<math><mtext>", "<![CDATA[", "<!--->"])
@pytest.mark.parametrize("suffix", ["xml", "json", "eml"])
def test_nor_does_one_in_a_feed_an_item_or_a_mail(world: World, suffix: str, opening: str) -> None:
    words = f"<p>The harbour is shut, its master said.</p>{opening}<p>Ferries wait.</p><ul><li>It opens on Friday.</li></ul>"
    raw = {
        "xml": f"<rss><channel><item><title>Harbour shut</title><description>{escape(words)}</description></item></channel></rss>",
        "json": json.dumps({"headline": "Harbour shut", "body_xhtml": words}),
        "eml": f"Subject: Harbour shut\nContent-Type: text/html\n\n{words}\n",
    }
    world.put({f"in/a.{suffix}": raw[suffix]}).run("import", "in", "--date", "2025-03-18")
    text = (world.root / "content/briefings/2025/03/18-harbour-shut.md").read_text()
    assert [part for part in ("its master said", "Ferries wait", "opens on Friday") if part not in text] == []


def test_endless_standard_input_is_refused(world: World) -> None:
    with open("/dev/zero", "rb") as endless:
        ended = subprocess.run(
            command("import", "-"), cwd=world.root, env=surroundings(), stdin=endless, capture_output=True, timeout=60, check=False
        )
    assert (ended.returncode, b"standard input" in ended.stderr, b"larger than 10 MB" in ended.stderr) == (1, True, True)


NO_NETWORK = """\
import socket, sys
def refused(*_, **__):
    sys.stderr.write("ASKED THE NETWORK\\n")
    raise OSError("no network here")
class Refused(socket.socket):
    # urllib3, which trafilatura loads, binds one to this machine to see whether it knows IPv6: that asks nobody
    connect = connect_ex = sendto = sendmsg = refused
socket.socket = Refused
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refused
"""


def test_import_and_build_ask_nothing_of_the_network(world: World, tmp_path: Path) -> None:
    shutil.copytree(CASES, world.root / "in")
    shutil.copytree(REPOSITORY / "tests/import_quality", world.root / "in/more", ignore=shutil.ignore_patterns("*.yaml"))
    world.put(
        {"in/entity.xml": '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss><channel><item><title>A</title></item></channel></rss>'}
    )
    (tmp_path / "apart").mkdir()
    (tmp_path / "apart/sitecustomize.py").write_text(NO_NETWORK)
    path = f"{tmp_path / 'apart'}{os.pathsep}{REPOSITORY}"
    imported = world.run("import", "in", PYTHONPATH=path)
    built = world.run("build", PYTHONPATH=path)
    assert "Imported " in imported.err
    assert built.code == 0
    assert "ASKED" not in imported.err + built.err
    # and this is how it would show
    asked = subprocess.run(
        [sys.executable, "-c", "import socket; socket.create_connection(('a.example', 80))"],
        env=surroundings(PYTHONPATH=path),
        capture_output=True,
        check=False,
    )
    assert b"ASKED THE NETWORK" in asked.stderr
