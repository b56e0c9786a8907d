"""Who waits for a long import on a terminal sees how far it is; a pipe, a log and a program see nothing of it."""

import re
import sys

import pytest

from tests.terminals import at_terminal, colourless
from tests.worlds import CONFIG, World

SLOW = "import sys, time\ntime.sleep(0.5)\nsys.stdout.write(sys.stdin.read())\n"
ARTICLES = {f"in/{name}.txt": f"Pier {name} closes\n\nThe pier is closed for repairs, the harbour said on Tuesday.\n" for name in "abcde"}


@pytest.fixture
def slow(world: World) -> World:
    engines = f"import:\n  engines:\n  - name: slow\n    command: [{sys.executable}, slow.py]\n"
    return world.put({"briefgen.yaml": CONFIG + engines, "slow.py": SLOW, **ARTICLES, "in/f.txt": ""})


def test_one_line_on_a_terminal_says_how_far_it_is(slow: World) -> None:
    said = at_terminal(slow.root, ["import", "in"], []).out
    [bar] = [line for line in said.split("\n") if "\r" in line]
    steps = bar.split("\r")
    assert re.fullmatch(r" *\[#+\]  6/6  5 briefings, \d+ notes *", colourless(steps[-1]))
    assert max(len(colourless(step)) for step in steps) <= 80
    assert said.count("\x1b[?25h\n") == 1
    assert said.index("\x1b[?25h\n") < said.index("content/briefings/undated/pier-a-closes.md\n")


@pytest.mark.parametrize(("arguments", "environment"), [(["-q"], {}), (["--format", "json"], {}), ([], {"CI": "true"})])
def test_who_does_not_want_it_does_not_get_it(slow: World, arguments: list[str], environment: dict[str, str]) -> None:
    ran = at_terminal(slow.root, ["import", "in", *arguments], [], **environment)
    assert ("\r" in ran.out, "6/6" in ran.out, "\x1b" in ran.out) == (False, False, False)
    assert len(list((slow.root / "content/briefings/undated").iterdir())) == 5


def test_a_pipe_gets_results_and_problems_alone(slow: World) -> None:
    ran = slow.run("import", "in")
    assert ran.out == "".join(f"content/briefings/undated/pier-{name}-closes.md\n" for name in "abcde")
    assert [line.partition(" ")[0] for line in ran.err.splitlines() if line.strip()] == ["error[BG604]:", "", "", "Imported"]
