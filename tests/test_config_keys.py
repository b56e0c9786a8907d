"""Every key of the configuration changes something: a key that does nothing is a promise that is not kept."""

import re
from typing import Any

import pytest

from briefgen.config import SCHEMA
from briefgen.schema import Key
from tests.worlds import World, record_of, tree

BODY = '## Then\n\n"Words" -- and <b>more</b> of [them](b.md).\n'
CHANGES = {
    "title": "title: Another",
    "description": "description: What it is",
    "base_url": "base_url: https://other.example/",
    "timezone": "timezone: Asia/Tokyo",
    "lang": "lang: de",
    "publisher": "publisher: The Desk",
    "nav": "nav: [dates]",
    "theme": "theme: plain",
    "permalink": 'permalink: "{slug}/"',
    "page_size": "page_size: 1",
    "output": "output: site",
    "outputs": "outputs: [json]",
    "feeds": "feeds: [{name: Grid}]",
    "feeds.name": "feeds: [{name: Power}]",
    "feeds.topics": "feeds: [{name: Grid, topics: [Trade]}]",
    "feeds.people": "feeds: [{name: Grid, people: [Ann Lee]}]",
    "feeds.sources": "feeds: [{name: Grid, sources: [The Wire]}]",
    "markdown": "markdown: {raw_html: true, typographer: true}",
    "markdown.raw_html": "markdown: {raw_html: true}",
    "markdown.typographer": "markdown: {typographer: true}",
    "search": "search: none",
    "links": "links: file",
    "stylesheets": "stylesheets: [desk.css]",
    "head": "head: desk.html",
    "content_security_policy": "content_security_policy: none",
    "headers": "headers: true",
    "extra": "extra: {colour: red}",
}
"""A line of YAML for each key that a build looks at; a key within a table has the name of both."""
OF_IMPORT = {"engines", "source"}
"""Keys under `import`, at which no build looks: the last test and tests/test_import_files.py show what they change."""


def names(keys: tuple[Key, ...] = SCHEMA.keys, above: str = "") -> list[str]:
    found = []
    for key in keys:
        found.append(f"{above}{key.name}")
        table: Any = key.form.json.get("items", key.form.json)
        if above == "" and key.name not in ("extra", "import"):
            found += [f"{key.name}.{name}" for name in table.get("properties", {})]
    return found


def test_no_key_is_without_its_effect() -> None:
    assert {*names()} == {*CHANGES} | {"import"}
    (key,) = (key for key in SCHEMA.keys if key.name == "import")
    assert {*key.form.json["properties"]} == OF_IMPORT


def built(world: World, config: str) -> dict[str, bytes]:
    given = {line.partition(":")[0] for line in config.splitlines()}
    usual = "".join(line for line in ("title: Desk\n", "base_url: https://desk.example/\n") if line.partition(":")[0] not in given)
    world.put({"briefgen.yaml": f"{usual}{config}\n"})
    ran = world.run("build", "-q")
    assert ran.code == 0, ran.err
    return tree(world.root / ("site" if "output" in given else "public"))


@pytest.mark.parametrize("name", CHANGES)
def test_a_key_changes_the_site(world: World, name: str) -> None:
    world.put(
        {
            "static/desk.css": "body { color: #222 }",
            "templates/page.html": "{{ site.extra }}",
            "templates/desk.html": "<meta name='desk'>",
            "content/pages/about.md": record("About"),
        }
    )
    world.briefing("a", date="2025-03-18T22:00Z", body=BODY, topics="[Energy, Trade]", people="[Ann Lee]", source="The Wire")
    for name_of_file in "bcd":
        world.briefing(name_of_file, date="2025-03-17", topics="[Energy]")
    without = "feeds: [{name: Grid}]" if name.startswith("feeds.") else ""
    before = built(world, without)
    after = built(world, CHANGES[name])
    assert before != after or (name == "output" and (world.root / "site").is_dir())


def record(title: str) -> str:
    return record_of("").replace("---\n", f"---\ntitle: {title}\n", 1)


def test_the_head_of_a_page_links_the_feeds_that_there_are(world: World) -> None:
    world.briefing("a", topics="[Energy]")
    for config, expected in (("", ["feed.xml", "feed.json"]), ("outputs: [json]", ["feed.json"]), ("outputs: []", [])):
        files = built(world, config)
        for page in ("", "topics/energy/"):
            linked = re.findall(
                r'<link rel="alternate" type="application/(\w+)\+\w+"[^>]* href="([^"]+)"', files[f"{page}index.html"].decode()
            )
            assert [url.rpartition("/")[2] for _, url in linked] == expected
            assert [kind for kind, _ in linked] == [{"feed.xml": "atom", "feed.json": "feed"}[name] for name in expected]
            assert all(f"{page}{name}" in files for name in expected)


def test_import_takes_the_source_of_the_configuration_where_an_article_names_none(world: World) -> None:
    world.put({"briefgen.yaml": "title: Desk\nimport:\n  source: The Wire\n"})
    world.put({"inbox/a.txt": "Ministers agree a draft\n\nMinisters agreed a draft in principle on Wednesday after long talks.\n"})
    assert world.run("import", "inbox/a.txt").code == 0
    (text,) = (path.read_text() for path in (world.root / "content/briefings").rglob("*.md"))
    assert "The Wire" in text


def test_what_only_a_shell_understands_is_no_folder_and_a_city_is_nearly_a_zone(world: World) -> None:
    world.put({"briefgen.yaml": "output: ~/public\ntimezone: new york\nmarkdown: {html: true}\n"})
    said = [(problem.message, problem.help) for problem in world.attempt()[1]]
    assert said == [
        ("`output` begins with `~`, which means a home folder to a shell only", "write the whole path"),
        ("`timezone` is not a time zone", "did you mean `America/New_York`?"),
        ("unknown key `html`", "there are `raw_html`, `typographer`"),
    ]
