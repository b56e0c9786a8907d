"""What docs/hosting.md says, done: the configuration served by a real nginx and crawled, the commands of the recipes run."""

import contextlib
import os
import re
import shlex
import shutil
import socket
import subprocess
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.tools.crawl import crawl
from tests.worlds import REPOSITORY, World, command, run, surroundings, tree

PAGE = (REPOSITORY / "docs/hosting.md").read_text()
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
RSYNC = shutil.which("rsync")
MUST = os.environ.get("BRIEFGEN_SERVERS") == "required"

without_nginx = pytest.mark.skipif(NGINX is None and not MUST, reason="nginx is not installed")
without_rsync = pytest.mark.skipif(RSYNC is None and not MUST, reason="rsync is not installed")


def recipe(language: str, heading: str) -> str:
    """The first example in a language below a heading."""
    return PAGE.partition(f"\n## {heading}\n")[2].partition(f"\n```{language}\n")[2].partition("\n```\n")[0]


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> World:
    root = tmp_path_factory.mktemp("hosting") / "desk"
    assert run(root.parent, "init", "-q", "--example", "desk").code == 0
    return World(root)


@contextlib.contextmanager
def served(site: World, folder: Path) -> Iterator[str]:
    """The site behind nginx, configured as the page says, with another port and folder; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = recipe("nginx", "nginx").replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/desk/public", str(site.public))
    assert str(site.public) in server
    user = "user root;" if os.getuid() == 0 else ""
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"{user} daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ include /etc/nginx/mime.types; access_log off; {temporary}\n{server}\n}}\n"
    )
    running = subprocess.Popen([str(NGINX), "-c", str(configuration), "-p", str(folder)], stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}/briefings/"
    finally:
        running.terminate()
        running.wait(10)


def _wait_for(port: int) -> None:
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    pytest.fail("nginx did not begin")


def _answer(url: str) -> tuple[int, dict[str, str], str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 – our own server
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read().decode()


@without_nginx
def test_no_link_is_broken_under_a_sub_path_of_nginx(demonstration: World, tmp_path: Path) -> None:
    with served(demonstration, tmp_path) as base:
        built = demonstration.run("build", "--strict", "--base-url", base)
        assert (built.code, built.err) == (0, "")
        found = crawl(base)
        assert found.broken == []
        reached = {url.removeprefix(base).removesuffix("index.html") for url in found.pages}
        written = {path.removesuffix("index.html") for path in tree(demonstration.public) if not path.startswith(".")}
        assert {path for path in written - reached if not path.startswith("search/")} <= {"404.html"}  # a script asks for those
        assert found.links > 5 * len(found.pages)

        code, _, text = _answer(f"{base}no/such/page/")
        assert (code, 'href="/briefings/' in text) == (404, True)
        assert _answer(f"{base}.briefgen-manifest")[0] == 404
        assert _answer(base.rstrip("/"))[0] == 200
        asset = next(path for path in tree(demonstration.public) if path.startswith("assets/") and path.endswith(".css"))
        assert "immutable" in _answer(base + asset)[1]["Cache-Control"]
        assert _answer(base)[1]["Cache-Control"] == "no-cache"

        (demonstration.public / "people/neil-armstrong/index.html").unlink()
        assert any(line.endswith("/people/neil-armstrong/") for line in crawl(base).broken), "the crawler must see a broken link"


@without_rsync
@pytest.mark.parametrize("flags", [[], ["--atomic"]], ids=["in place", "atomic"])
def test_rsync_brings_the_site_and_takes_away_what_is_gone(world: World, tmp_path: Path, flags: list[str]) -> None:
    there = tmp_path / "srv"
    words = shlex.split(next(line for line in PAGE.splitlines() if line.startswith("    rsync ")))
    world.briefing("2025/03/18-talks").briefing("2025/03/19-deal", date="2025-03-19")
    for removed in ("", "2025/03/19-deal"):
        if removed:
            (world.root / f"content/briefings/{removed}.md").unlink()
        assert world.run("build", *flags).code == 0
        subprocess.run([str(RSYNC), *words[1:-1], f"{there}/"], cwd=world.root, check=True)
        assert tree(there) == tree(world.public.resolve())
    assert not (there / "2025/03/19/deal").exists()


def commands() -> list[str]:
    """Every command of briefgen on the page."""
    plain = re.findall(r"^    (briefgen .+)$", PAGE, re.MULTILINE)
    workflow = yaml.safe_load(recipe("yaml", "GitHub Pages"))
    steps = [step["run"] for step in workflow["jobs"]["site"]["steps"] if "run" in step]
    gitlab = yaml.safe_load(recipe("yaml", "GitLab Pages"))["pages"]["script"]
    netlify = tomllib.loads(recipe("toml", "Netlify"))["build"]["command"]
    cloudflare = re.findall(r"build command \| `([^`]+)`", PAGE)
    every = [*plain, *steps, *gitlab, netlify, *cloudflare]
    return [one for one in every if one.startswith("briefgen ")]


def test_every_recipe_has_its_commands() -> None:
    assert len(commands()) >= 7


@pytest.mark.parametrize("line", sorted(set(commands())))
def test_the_commands_of_the_recipes_build_the_demonstration(demonstration: World, line: str) -> None:
    line = line.replace("${{ steps.pages.outputs.base_url }}", "https://desk.example/briefings")
    given = surroundings(URL="https://desk.example", CI_PAGES_URL="https://desk.example/briefings", CI="true")
    shell = f'briefgen() {{ {shlex.join(command())} "$@"; }}; {line}'
    ended = subprocess.run(["bash", "-c", shell], cwd=demonstration.root, env=given, capture_output=True, timeout=120, check=False)
    assert (ended.returncode, b"warning" in ended.stderr + ended.stdout) == (0, False)
    if line.startswith("briefgen build"):
        assert "Sitemap: https://desk.example/" in (demonstration.public / "robots.txt").read_text()
