"""Ten sorts of raw files that try to be more than text, in many ways each: shown as written, or refused with their name."""

import html
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml

from tests.casefiles import Case
from tests.test_import_hostile import FAULTS, UNSAFE
from tests.worlds import World, tree

SORTS = sorted((Path(__file__).parent / "cases" / "variants").glob("*.yaml"))


@pytest.mark.parametrize("sort", SORTS, ids=[path.stem for path in SORTS])
def test_a_raw_file_is_shown_as_it_was_written_or_refused_by_its_name(world: World, sort: Path) -> None:
    cases: dict[str, Case] = {f"{number:02}": case for number, case in enumerate(yaml.safe_load(sort.read_text(encoding="utf-8")))}
    for number, case in cases.items():
        text = case["text"].replace("KEEPME", f"KEEPME{number}")
        world.put({f"in/{number}{case['suffix']}": text.encode(case.get("encoding", "utf-8"))})
    before = tree(world.root)
    ran = world.run("import", "in", "--date", "2025-03-18")
    assert "Traceback" not in ran.err
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", ran.out + ran.err)
    after = tree(world.root)
    assert {name: after[name] for name in before} == before
    assert [name for name in after if name not in before and not name.startswith("content/briefings/2025/03/18-")] == []
    world.build()
    shown = texts(world)
    for number, case in cases.items():
        own = [(title, text) for title, text in shown if re.search(rf"KEEPME{number}\b", text)]
        if "KEEPME" not in case["text"]:
            assert f"in/{number}" in ran.err, case["case"]
            continue
        assert len(own) == 1, case["case"]
        assert case.get("title", own[0][0]) == own[0][0], case["case"]
        assert case.get("shows", "") in own[0][1], case["case"]


def texts(world: World) -> list[tuple[str, str]]:
    """What readers see of each briefing, title and text; looks at every file of the output on the way."""
    shown = []
    for path in sorted(world.public.rglob("*")):
        name = path.relative_to(world.public).as_posix()
        assert not UNSAFE.search(path.name), name
        assert len(path.name.encode()) <= 255, name
        page = path.read_text() if path.suffix in (".html", ".xml", ".json") else ""
        assert not re.search("root:x:|[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]", page), name
        if path.suffix == ".xml":
            ET.fromstring(page)  # noqa: S314 – briefgen wrote it
        assert path.suffix != ".html" or not FAULTS.search(page), name
        found = re.search(r'<h1[^>]*>(.*?)</h1>.*<div class="prose"[^>]*>(.*?)(?:<nav|<aside|<footer|</article>)', page, re.DOTALL)
        if found and name.startswith("2025/03/18/"):
            shown.append((_seen(found[1]), _seen(found[2])))
    return shown


def _seen(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", markup)).split())
