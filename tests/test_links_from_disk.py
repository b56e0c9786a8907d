"""With `links: file` the site works from a disk, where no server answers a folder with its index.html."""

import re
from pathlib import Path

from tests.worlds import CONFIG, World


def test_every_link_of_a_site_for_the_disk_names_a_file(world: World) -> None:
    world.put({"briefgen.yaml": f"{CONFIG}links: file\n"})
    world.briefing("one", "One", "2025-03-18", "See [two](two.md#s-part) and [[Energy]].", topics="[Energy]")
    world.briefing("two", "Two", "2025-03-19", "## Part\n\nWords.", topics="[Energy]", people="[Ann Lee]")
    world.build()
    pages = [path for path in world.public.rglob("*.html") if path.name != "404.html"]
    links = [(page, link) for page in pages for link in re.findall(r'(?:href|src)="([^"]*)"', page.read_text())]
    own = [(page, link) for page, link in links if not re.match(r"[a-z]+:|#", link)]
    assert len(own) > 50
    assert [link for page, link in own if not _file_of(page, link).is_file()] == []


def _file_of(page: Path, link: str) -> Path:
    return page.parent / re.split(r"[#?]", link)[0]
