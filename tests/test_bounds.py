"""Bounds: large articles are taken or refused with the reason, and much of one thing is no trouble."""

import os
import re
import subprocess
import sys

import pytest

from tests.worlds import World, command, record_of, surroundings

PARAGRAPH = "The harbour is shut until Friday, its master said on Tuesday, and the ferries wait at the other pier. "
LARGE = {
    "a line.txt": PARAGRAPH * 20_000,
    "paragraphs.txt": f"Harbour shut\n\n{(PARAGRAPH * 3 + chr(10) * 2) * 6_000}",
    "short lines.txt": "Harbour shut\n\n" + "a\n\n" * 600_000,
    "bullets.txt": "Harbour shut\n\n" + "* a b c\n" * 250_000,
    "one letter.txt": "a" * 9_900_000,
    "blanks.txt": "Harbour shut\n\nx" + " " * 9_900_000 + "y",
    "quotes.txt": "Harbour shut\n\n" + '"' * 2_000_000,
    "open quotes.txt": "Harbour shut\n\n" + "“x, " * 300_000,
    "dates.txt": "Harbour shut\n\n" + "18 July 2031, by " * 100_000,
    "names.txt": "Harbour shut\n\n" + "Jane Roe met " * 150_000,
    "brackets.md": "# Harbour\n\n" + "[a](" * 500_000,
    "stars.md": "# Harbour\n\n" + "*a **b " * 300_000,
    "quotes.md": "# Harbour\n\n" + ">" * 2_000_000,
    "elements.html": "<div>" * 400_000,
    "attributes.html": "<p " + "a=b " * 400_000 + ">x</p>",
    "references.html": "<p>" + "&amp;" * 400_000,
    "subject.eml": "Subject: " + "=?utf-8?q?a?= " * 100_000 + "\n\nx",
    "lists.json": "[" * 2_000_000,
}
"""What articles are when they are no articles."""


_AT_ONCE = ("short lines.txt", "dates.txt", "brackets.md", "elements.html")


@pytest.mark.parametrize("name", [name if name in _AT_ONCE else pytest.param(name, marks=pytest.mark.nightly) for name in LARGE])
def test_a_large_article_is_taken_or_refused_with_the_reason(world: World, name: str) -> None:
    world.put({f"in/{name}": LARGE[name]})
    words, pipe = command("import", f"in/{name}"), subprocess.PIPE
    with subprocess.Popen(words, cwd=world.root, env=surroundings(), stdout=subprocess.DEVNULL, stderr=pipe, text=True) as ran:
        assert ran.stderr is not None
        said = ran.stderr.read()
        _, status, used = os.wait4(ran.pid, 0)
        ran.returncode = os.waitstatus_to_exitcode(status)
    assert "Traceback" not in said
    assert ran.returncode in (0, 1)
    assert ("Imported 1 article" if ran.returncode == 0 else "BG60") in said
    assert used.ru_maxrss <= 512 * 1024 or sys.platform == "darwin"  # in KiB, there in bytes


def test_a_tree_of_topics_two_hundred_deep_is_built(world: World) -> None:
    for number in range(200):
        world.put({f"content/topics/t{number}.md": record_of(f"T{number}", parent=f"T{number - 1}" if number else "")})
    world.briefing("deep", topics="[T199]")
    world.build()
    assert (world.public / "topics" / "/".join(f"t{number}" for number in range(200)) / "index.html").is_file()


def test_a_briefing_may_name_many_people_and_a_topic_have_many_briefings(world: World) -> None:
    world.briefing("many", people=f"[{', '.join(f'Person {number} Roe' for number in range(300))}]", topics="[Energy]")
    for number in range(1_200):
        world.briefing(f"b{number}", date=f"2024-{1 + number % 12:02}-{1 + number % 28:02}", topics="[Energy]")
    world.build()
    assert len([*world.public.glob("people/person-*-roe/index.html")]) == 300
    assert len([*world.public.glob("topics/energy/page/*/index.html")]) == 1_201 // 50 - 1


def test_many_links_that_lead_nowhere_are_all_told_and_the_first_with_what_was_meant(world: World) -> None:
    for number in range(300):
        world.briefing(f"note-{number}", f"Note {number}")
    world.briefing("many", body="\n".join(f"[[Nota {number}]]" for number in range(2_000)))
    told = [problem.help for problem in world.attempt()[1] if problem.code == "BG203"]
    assert len(told) == 2_000
    meant = [number for number, text in enumerate(told) if text.startswith("did you mean `[[Note ")]
    assert meant == list(range(len(meant)))
    assert 300 < len(meant) < 1_500


def test_names_that_are_nearly_one_are_told_and_those_with_other_digits_are_not(world: World) -> None:
    world.put({"content/people/anna-lindholm.md": record_of("Anna Lindholm")})
    many = [f"Person {number} Roe" for number in range(1_500)]
    world.briefing("many", people=f"[{', '.join([*many, 'Anna Lindholmm', 'Jonas Berger', 'Jonas Bergner'])}]")
    found = [line for line in world.run("check").out.splitlines() if line.startswith(("warning", "  -->", "   = also"))]
    assert [re.sub(r"^.*\[BG210\]: |:[\d:]+$", "", line) for line in found] == [
        "`Jonas Berger` and `Jonas Bergner` look like one person",
        "  --> content/briefings/many.md",
        "   = also: content/briefings/many.md",
        "`Anna Lindholm` and `Anna Lindholmm` look like one person",
        "  --> content/people/anna-lindholm.md",
        "   = also: content/briefings/many.md",
    ]


def test_many_names_that_are_nearly_one_are_told_once_each_at_their_places(world: World) -> None:
    many = [f"Annabel of the Great Northern Lakes {one}{other}" for one in "abcdefghijklmno" for other in "abcdefghijklmno"]
    world.briefing("many", people="\n" + "\n".join(f"- {name}" for name in many))
    places = re.findall(r"also: (\S+):(\d+):3$", world.run("check").out, re.MULTILINE)
    assert places == [("content/briefings/many.md", str(number)) for number in range(6, 5 + len(many))]


def test_a_name_that_is_told_apart_from_one_is_still_told_beside_another(world: World) -> None:
    world.put({"content/people/c.md": record_of("Anna Lindholmen", different_from="[Anna Lindholme]")})
    world.briefing("many", people="[Anna Lindholm, Anna Lindholme]")
    found = re.findall(r"BG210\]: `Anna (\w+)` and `Anna (\w+)`", world.run("check").out)
    assert sorted(map(sorted, found)) == [["Lindholm", "Lindholme"], ["Lindholm", "Lindholmen"]]
