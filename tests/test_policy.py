"""What the pages let a browser load, and where that is said."""

import re

import pytest

from tests.gallery import gallery
from tests.worlds import World

STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
META = re.compile(r'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="([^"]+)">')


@pytest.mark.parametrize("theme", ["dossier", "plain"])
def test_every_page_says_first_what_it_may_load(world: World, theme: str) -> None:
    gallery(world).edit("briefgen.yaml", "nav:", f"theme: {theme}\nnav:")
    world.build()
    for path in sorted(world.public.rglob("*.html")):
        [policy] = META.findall(path.read_text())
        assert policy.replace("&#39;", "'").startswith(STRICT), path


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("content_security_policy: \"default-src 'self' https://stats.example\"", ["default-src 'self' https://stats.example"]),
        ("content_security_policy: none", []),
        ("links: file", []),
    ],
)
def test_a_site_may_need_another_policy_or_none(world: World, line: str, said: list[str]) -> None:
    gallery(world).edit("briefgen.yaml", "nav:", f"{line}\nnav:")
    world.build()
    policies = [policy.replace("&#39;", "'") for policy in META.findall(world.page(""))]
    assert len(policies) == len(said)
    assert all(part in policy for part, policy in zip(said, policies, strict=True))


@pytest.mark.parametrize("theme", ["dossier", "plain"])
@pytest.mark.parametrize(("search", "pages"), [("full", {"search/index.html"}), ("titles", set())])
def test_webassembly_runs_on_the_page_to_search_on_alone(world: World, theme: str, search: str, pages: set[str]) -> None:
    gallery(world).edit("briefgen.yaml", "nav:", f"search: {search}\nheaders: true\ntheme: {theme}\nnav:")
    world.build()
    said = {path.relative_to(world.public).as_posix() for path in world.public.rglob("*.html") if "wasm" in path.read_text()}
    assert said == pages
    # a host sends one policy for every address, and that of the page narrows it
    assert ("script-src 'self' 'wasm-unsafe-eval';" in world.page("_headers")) == bool(pages)


def test_headers_for_hosts_are_written_where_they_are_wanted(world: World) -> None:
    gallery(world).build()
    assert not (world.public / "_headers").exists()
    world.edit("briefgen.yaml", "nav:", "headers: true\nnav:")
    world.build()
    rules = dict(re.findall(r"^(/\S*)\n((?:  .+\n)+)", (world.public / "_headers").read_text(), re.MULTILINE))
    assert list(rules) == ["/north/*", "/north/assets/*"]
    assert f"  Content-Security-Policy: {STRICT}" in rules["/north/*"]
    assert "  X-Content-Type-Options: nosniff\n" in rules["/north/*"]
    assert (world.public / "assets").is_dir()
