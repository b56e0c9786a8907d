"""What a command has no use for is not loaded: parsers, templates and watchers cost more than many a command does."""

import json
import subprocess
import sys

import pytest

from tests.worlds import World, surroundings

HEAVY = {"jinja2", "markdown_it", "mdit_py_plugins", "yaml", "watchdog", "trafilatura", "lxml", "charset_normalizer", "dateutil", "asyncio"}
LISTED = """
import json, sys
from briefgen.cli import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    print(json.dumps({"code": end.code, "modules": sorted(sys.modules)}), file=sys.stderr)
"""


def loaded_by(world: World, *arguments: str) -> set[str]:
    """The modules that a command, run as a program of its own, has loaded when it ends well."""
    command = [sys.executable, "-c", LISTED, *arguments]
    ran = subprocess.run(command, cwd=world.root, env=surroundings(), capture_output=True, text=True, timeout=60, check=True)
    said = json.loads(ran.stderr.splitlines()[-1])
    assert said["code"] == 0, ran.stderr
    return set(said["modules"])


@pytest.mark.parametrize("arguments", ["--help", "--version", "build --help", "serve --help", "init desk"])
def test_what_needs_no_site_loads_nothing_heavy(world: World, arguments: str) -> None:
    assert not HEAVY & loaded_by(world, *arguments.split())


def test_a_build_with_nothing_changed_loads_neither_parser_nor_templates_nor_plan(world: World) -> None:
    world.briefing("one", body="Some *words*.")
    assert {"jinja2", "markdown_it"} <= loaded_by(world, "build")
    again = loaded_by(world, "build")
    assert HEAVY & again == {"yaml"}  # which reads the configuration
    assert (
        not {"briefgen.site.site", "briefgen.site.plan", "briefgen.library.library", "briefgen.library.load", "briefgen.site.theme"} & again
    )


def test_a_build_in_which_no_text_changed_loads_no_parser_of_markdown(world: World) -> None:
    world.briefing("one")
    world.run("build")
    world.put({"static/note.txt": "new"})
    loaded = loaded_by(world, "build")
    assert not {"markdown_it", "jinja2"} & loaded


@pytest.mark.parametrize("arguments", ["list pages", "list people", "list drafts", "review", "clean --dry-run", "new topic Ports"])
def test_commands_that_show_or_begin_files_load_neither_parser_nor_templates(world: World, arguments: str) -> None:
    world.briefing("one")
    world.run("build")
    assert HEAVY & loaded_by(world, *arguments.split()) <= {"yaml"}


def test_importing_pasted_text_loads_no_reader_of_html(world: World) -> None:
    world.put({"in/one.txt": "A pier reopens\n\nBy Ann Lee\n\nThe pier of Greyport reopened on Monday.\n"})
    assert HEAVY & loaded_by(world, "import", "in") <= {"yaml"}
