"""Whatever is put in the place of what a build remembers: the next one ends without a traceback, and damage changes no page."""

import json
import random
import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from briefgen.codec import seal, unseal
from briefgen.digest import digest_bytes
from briefgen.journal import read_pieces, write_piece
from briefgen.site.update import Way
from tests.worlds import CONFIG, World, record_of, tree

CALL = "content/briefings/call.md"
EVERYTHING = "outputs: [atom, json, bibtex, markdown, news, mentions]\nfeeds: [{name: Power, topics: [Energy]}]\n"
KEPT = {"last": "*.last", "recipes": "*.recipes", "ledger": "ledger-*.json", "cache": "documents.json", "bodies": "bodies/*.pack"}
STRANGE: tuple[Any, ...] = (None, True, -1, 7, 2**70, 1.5, "", "x", "../../x", "Mars/Olympus", "\x00", [], [[]], ["x"], {}, {"url": 3})


@pytest.fixture
def desk(world: World) -> World:
    """A built site with something for every record to remember."""
    world.put({"briefgen.yaml": CONFIG + EVERYTHING})
    keys = {"topics": "[Energy, Trade]", "story": "Grid", "people": "[{name: Ann Lee, role: Minister}]", "image": "{src: a.png, alt: A}"}
    world.briefing("call", "The call", "2025-03-19", "Words to [the deal](deal.md), [[Ann Lee]], ![a](a.png).", **keys)
    world.briefing("deal", "The deal", "2025-03-18T10:00:00Z", quotes="[{text: So be it., speaker: Ann Lee}]", expires="2030-01-01")
    world.briefing("note", "A note", "").put({"content/briefings/a.png": b"png"})
    world.put({"content/people/ann-lee.md": record_of("Ann Lee", "About her.", roles="[{title: Chair, from: 2025-03-01}]")})
    world.build()
    return world


def record(world: World, name: str) -> Path:
    (path,) = (world.root / ".briefgen").glob(KEPT[name])
    return path


EDITS: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    lambda text: text.replace("Words to", "Many words to"),
    lambda text: text.replace("The call", "The long call"),
)
"""What is different when the next build begins: nothing, a text, or a title, which asks for the text, the plan and the ledger."""


def rebuilt(world: World, edit: Callable[[str], str]) -> None:
    (world.root / CALL).write_text(edit((world.root / CALL).read_text()))
    report, problems = world.attempt()
    assert report is not None, problems


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """The bytes cut short, without some, with others, or with one that is another."""
    at, some = chance.randrange(len(content)), chance.randrange(1, 40)
    other = bytes([content[at] ^ chance.randrange(1, 256)])
    return chance.choice((content[:at], content[:at] + content[at + some :], content[:at] + b"\xff{" + content[at:], content[:at] + other))


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("edit", EDITS, ids=("nothing", "a text", "a title"))
def test_what_is_damaged_is_done_without(desk: World, name: str, edit: Callable[[str], str]) -> None:
    chance = random.Random(name)  # noqa: S311 – the same damage each time
    for _ in range(2):
        path = record(desk, name)
        path.write_bytes(spoilt(path.read_bytes(), chance))
        rebuilt(desk, edit)
        found = tree(desk.public)
        desk.build(way=Way(fresh=True))
        assert tree(desk.public) == found


def forged(text: bytes, chance: random.Random) -> bytes:
    """JSON with one of its values replaced by a strange one, by another of its own, or taken away."""
    whole = {"": json.loads(text)}
    way = chance.choice([*_ways(whole)])
    place, last = _at(whole, way[:-1]), way[-1]
    if chance.random() < 0.1 and len(way) > 1:
        del place[last]
    else:
        place[last] = deepcopy(chance.choice((*STRANGE, *(_at(whole, other) for other in _ways(whole)))))
    return json.dumps(whole[""], ensure_ascii=False, separators=(",", ":")).encode()


def _ways(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    parts: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield (*way, key)
        yield from _ways(part, (*way, key))


def _at(value: Any, way: tuple[Any, ...]) -> Any:
    for key in way:
        value = value[key]
    return value


def forge_last(world: World, chance: random.Random) -> None:
    path = record(world, "last")
    path.write_bytes(seal(forged(unseal(path.read_bytes()), chance)))


def forge_recipes(world: World, chance: random.Random) -> None:
    path, last = record(world, "recipes"), record(world, "last")
    before = path.read_bytes()
    path.write_bytes(_with_a_forged_line(before, chance, 0))
    was, now = (digest_bytes(content).encode() for content in (before, path.read_bytes()))
    last.write_bytes(seal(unseal(last.read_bytes()).replace(was, now)))


def forge_ledger(world: World, chance: random.Random) -> None:
    path = record(world, "ledger")
    write_piece(path, forged(read_pieces(path)[0], chance))


def forge_cache(world: World, chance: random.Random) -> None:
    path = record(world, "cache")
    write_piece(path, _with_a_forged_line(read_pieces(path)[0], chance, 1))


def _with_a_forged_line(content: bytes, chance: random.Random, first: int) -> bytes:
    lines = content.split(b"\n")
    number = chance.randrange(first, len(lines))
    return b"\n".join([*lines[:number], forged(lines[number], chance), *lines[number + 1 :]])


@pytest.mark.parametrize("forge", [forge_last, forge_recipes, forge_ledger, forge_cache])
@pytest.mark.parametrize("times", [10, pytest.param(1_000, marks=pytest.mark.nightly)])
def test_what_is_forged_with_all_its_seals_ends_no_build_with_a_traceback(
    desk: World, forge: Callable[[World, random.Random], None], times: int
) -> None:
    chance = random.Random(forge.__name__)  # noqa: S311 – the same forgeries each time
    plain = (desk.root / CALL).read_text()
    clean = tree(desk.public)
    for _ in range(times):
        forge(desk, chance)
        rebuilt(desk, chance.choice(EDITS))
        (desk.root / CALL).write_text(plain)
        shutil.rmtree(desk.public)  # pages whose bytes a forged ledger vouches for are somebody else's now
        desk.build(way=Way(fresh=True))
        assert tree(desk.public) == clean


def test_what_is_forged_and_comes_to_a_worker_is_done_without(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    for number in range(130):
        world.briefing(f"b{number}", f"B {number}")
    world.build()
    path = record(world, "cache")
    lines = read_pieces(path)[0].split(b"\n")
    write_piece(path, b"\n".join([*lines[:132], *[b"{"] * 130]))
    world.put({"briefgen.yaml": CONFIG.replace("Desk", "Other desk")})
    report, problems = world.attempt(way=Way(2))
    assert report is not None
    assert ([problem.code for problem in problems], capfd.readouterr().err) == (["BG506"], "")


def test_a_pack_that_leads_nowhere_is_no_damage(desk: World) -> None:
    (desk.root / ".briefgen/bodies/lost.pack").symlink_to("nowhere")
    desk.edit(CALL, "Words to", "Many words to")
    assert "BG506" not in desk.found()
