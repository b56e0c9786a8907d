"""Programs of the site's own that see each article before it is written."""

import sys

import pytest

from tests.worlds import Ran, World

ARTICLE = """\
Harbour to close for a week

By Ann Lindholm
12 March 2025

The harbour of Vessel Point will close on Monday for seven days, Drury said.

“We have to turn the lock gates round,” said Étienne Lefèvre, who has run the harbour since 2011.
"""
BRIEFING = "content/briefings/2025/03/12-harbour-to-close-for-a-week.md"


def imported(world: World, program: str, *more: str) -> Ran:
    """Import the article with an engine whose program has `article` and prints `answer`."""
    head = "import json, sys, os, time\narticle = json.load(sys.stdin)\nanswer = {}\n"
    config = f"title: Desk\nimport: {{engines: [{{name: house, command: [{sys.executable}, engine.py]}}]}}\n"
    world.put({"briefgen.yaml": config, "engine.py": f"{head}{program}\njson.dump(answer, sys.stdout)\n", "in/a.txt": ARTICLE})
    return world.run("import", "in/a.txt", *more)


def test_an_engine_reads_the_article_and_adds_what_it_knows(world: World) -> None:
    ran = imported(
        world, "answer = {'topics': ['Ports', '<b>' + article['title']], 'people': [{'name': 'Karl Drury', 'role': 'master'}, '']}"
    )
    text = (world.root / BRIEFING).read_text()
    assert (ran.code, ran.err) == (0, "Imported 1 article · 4 review notes · 6 words dropped\n")
    assert "topics:\n- Ports\n- <b>Harbour to close for a week\npeople:\n- name: Karl Drury\n  role: master\nsources:" in text
    assert "- field: people\n  reason: found by the engine house\n- field: topics\n  reason: found by the engine house\n" in text
    assert text.count("- field: topics") == 1


def test_an_engine_that_gives_the_article_back_changes_nothing(world: World) -> None:
    imported(world, "answer = article | {'entities': [{'label': 'ORG'}]}")
    text = (world.root / BRIEFING).read_text()
    assert "engine" not in text
    assert "- field: topics" in text


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("sys.exit('no model')", "ended with 1: no model"),
        ("os.kill(os.getpid(), 9)", "ended with -9"),
        ("print('loading'); os._exit(0)", "did not answer with JSON"),
        ("answer = [article]", "did not answer with a JSON object"),
        ("print('[' * 100_000)", "did not answer with JSON"),
        ("sys.stdout.write('x' * 11_000_000)", "answered with more than 10 MB"),
        ("answer = {'people': 'Karl Drury'}", "answered with `people` in another form than a list of names or of {name, role}"),
        ("answer = {'people': [{'role': 'x'}]}", "answered with `people` in another form"),
        ("answer = {'topics': ['a', 3]}", "answered with `topics` in another form than a list of texts"),
        ("answer = {'quotes': {'text': 'x'}}", "answered with `quotes` in another form"),
        ("answer = {'summary': None}", "answered with `summary` in another form than a text"),
        ("os.write(2, b'\\x1b[2J' * 9); sys.exit(3)", "ended with 3: [2J"),
    ],
)
def test_an_engine_that_fails_is_an_error_that_says_how(world: World, program: str, said: str) -> None:
    ran = imported(world, program)
    assert (ran.code, ran.out) == (1, "")
    assert f"error[BG608]: the engine `house` {said}" in ran.err
    assert "take it out of `import: engines:`" in ran.err
    assert "Traceback" not in ran.err.replace("no model", "")
    assert not (world.root / "content").exists()


def test_an_engine_that_is_not_there_is_said_once_and_before_anything(world: World) -> None:
    config = "title: Desk\nimport: {engines: [{name: house, command: [./engine.sh]}]}\n"
    ran = world.put({"briefgen.yaml": config, "in/a.txt": ARTICLE, "in/b.txt": ARTICLE}).run("import", "in")
    assert (ran.code, ran.out, ran.err.count("error[BG608]")) == (3, "", 1)
    assert "there is no program `./engine.sh`" in ran.err


def test_what_an_engine_started_ends_with_it(world: World) -> None:
    imported(
        world,
        "import subprocess; child = subprocess.Popen(['sleep', '600'], stdout=subprocess.DEVNULL); open('pid', 'w').write(str(child.pid))",
    )
    child = int((world.root / "pid").read_text())
    assert not running(child)


def running(process: int) -> bool:
    """Whether a process is there and not only waits for somebody to take note of its end."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
