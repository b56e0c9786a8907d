"""The docs say what the program says."""

import html
from pathlib import Path

from tests.tools import docs_site
from tests.tools.errors_doc import PAGE, errors_page
from tests.worlds import World, run


def test_the_page_of_messages_is_made_from_the_bad_worlds() -> None:
    assert PAGE.read_text() == errors_page(), "run `python -m tests.tools.errors_doc`"


def test_the_docs_are_a_site_of_briefgen_without_a_broken_link(tmp_path: Path) -> None:
    docs_site.write_site(tmp_path)
    ran = run(tmp_path, "build", "--strict", "--base-url", "https://docs.example/")
    assert (ran.code, ran.err) == (0, "")
    docs = World(tmp_path)
    assert "Ten minutes with briefgen" in docs.page("")
    for source, name in docs_site.pages().items():
        url = name.removeprefix("content/").removeprefix("pages/").removesuffix(".md")
        url = "" if url == "index" else url.removesuffix("/index")
        page = html.unescape(docs.page(f"{url}/" if url else ""))
        assert source.read_text().partition("\n")[0].removeprefix("# ") in page
        assert "<!-- keys of" not in page
