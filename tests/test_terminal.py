"""No text of an article or a briefing reaches a terminal raw: what would move the cursor, colour or turn a line around is spelled out."""

import json
import re

import pytest

from tests.worlds import World, record_of

RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
ESCAPES = [
    "\x1b[2J",
    "\x1b]0;title\x07",
    "\x1b]8;;https://evil.example\x07",
    "\x9b31m",
    "\x07",
    "\x08\x08",
    "\r",
    "\u202eexe.",
    "\u2066",
    "\x7f",
    "\x1bP",
    "\u200f",
]
NAME = "x\x1b[2J\u202e\u2066y"
"""What a file may be called; import takes away what a name cannot hold."""


@pytest.fixture
def desk(world: World) -> World:
    """A site whose every text and name would like to write elsewhere on the screen."""
    text = f"Harbour {''.join(ESCAPES)} shut"
    world.put({f"in/{NAME}.txt": f"{text}\n\nThe harbour is shut, {text} said Jane {text} on Tuesday.\n\n{text}\n"})
    world.put(
        {f"in/{NAME}.html": f"<title>{text}</title><h1>{text}</h1><p>{text} was said.</p><script>{text}</script>", f"in/{NAME}.json": text}
    )
    world.put({f"content/people/{NAME}.md": record_of(json.dumps(NAME), aliases=json.dumps([NAME + "z"]))})
    keys = {"topics": json.dumps([NAME]), "people": json.dumps([NAME]), "story": json.dumps(NAME), "source": json.dumps(NAME)}
    world.briefing(NAME, json.dumps(NAME), review=f"[{{field: title, reason: {json.dumps(NAME)}, text: {json.dumps(NAME)}}}]", **keys)
    return world.put(
        {f"content/briefings/{NAME}-bad.md": f"---\n{text}: {text}\ntitle: [\n---\n", f"content/briefings/{NAME}-odd.md": text}
    )


COMMANDS = [
    *(
        ["import", "in"],
        ["import", "in", "-v"],
        ["import", "in", "--dry-run"],
        ["import", "in", "--format", "json"],
        ["import", f"{NAME}.txt"],
    ),
    *(
        ["build"],
        ["build", "--format", "json"],
        ["build", "--format", "github"],
        ["build", "-o", NAME],
        ["build", "-c", NAME],
        ["check"],
        ["check", "--strict"],
    ),
    *(["review"], ["review", "--list"], ["review", NAME], ["review", NAME, "--set", f"title={NAME}"], ["review", NAME, "--close", NAME]),
    *(["list", what] for what in ("briefings", "topics", "people", "mentions", "pages", "sources", "stories", "drafts")),
    *(
        ["new", "briefing", NAME],
        ["new", "person", NAME],
        ["terms", "merge", NAME, f"{NAME}q"],
        ["terms", "merge", NAME, "Nobody"],
        ["clean", "--dry-run"],
    ),
    *(
        [NAME],
        ["build", f"--{NAME}"],
        ["list", NAME],
        ["build", "-j", NAME],
        ["build", "--now", NAME],
        ["build", "-b", NAME],
        ["-C", NAME, "build"],
    ),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words).replace(NAME, "NAME"))
@pytest.mark.parametrize("colours", ["NO_COLOR", "FORCE_COLOR"])
def test_no_command_lets_a_text_steer_the_terminal(desk: World, command: list[str], colours: str) -> None:
    ran = desk.run(*command, **({"NO_COLOR": "", "FORCE_COLOR": "1"} if colours == "FORCE_COLOR" else {}))
    shown = re.sub(r"\x1b\[[0-9;]*m", "", ran.out + ran.err) if colours == "FORCE_COLOR" else ran.out + ran.err
    assert RAW.findall(shown) == [], (ran.out, ran.err)
    assert "Traceback" not in ran.err


def test_what_a_build_explains_is_spelled_out_too(desk: World) -> None:
    for name in ("bad", "odd"):
        (desk.root / f"content/briefings/{NAME}-{name}.md").unlink()
    ran = desk.run("build", "--explain", "-v", "--profile")
    assert ran.code in (0, 1)
    assert RAW.findall(ran.out + ran.err) == []
