"""`briefgen review` on a terminal, as somebody uses it who has never seen it."""

import re
from collections.abc import Iterator

import pytest

from tests.terminals import END_OF_FILE, INTERRUPT, at_terminal
from tests.worlds import World, record_of, tree

BRIEFING = """\
---
title: Talks  # not final
# who was there
people:
- Bo Ek
- {name: Drury, role: chair}   # check
quotes:
- text: Not today.
  speaker: Drury
topics: [Canals]
# what import asked
review:
- field: date
  reason: 'not in the text; days named: Tuesday'
# somebody asked Oslo about this
- field: people
  reason: Drury is named by surname only
  text: "“Not today,” said Drury, who chairs the canal board of the three countries and has not been seen in the capital since."
  candidates: [Karl Drury]
- {field: topics, reason: none of the site's topics fits, candidates: [Canals, Torrow]}
---

“Not today,” said Drury.
"""
FIRST, SECOND = "content/briefings/undated/talks.md", "content/briefings/undated/zoo.md"


def desk(world: World) -> World:
    return world.put({FIRST: BRIEFING, "content/people/lena-drury.md": record_of("Lena Drury", roles="\n- {title: minister}")})


def text(world: World, name: str = FIRST) -> str:
    return (world.root / name).read_text()


def test_a_question_shows_what_it_rests_on_and_who_may_be_meant(world: World) -> None:
    ran = at_terminal(desk(world).root, ["review"], ["\n", "\n", "q\n"])
    assert ran.code == 0
    assert "content/briefings/undated/talks.md · 1 of 1\n" in ran.out
    assert "    | “Not today,” said Drury, who chairs the canal board of the three countries\n    | and has" in ran.out
    assert "    now: Bo Ek; Drury\n    1. Karl Drury\n    2. Lena Drury (record, minister)\n" in ran.out
    assert ran.out.endswith("0 notes settled, 3 open\n")
    assert max(len(line) for line in ran.out.splitlines()) <= 80
    assert "\x1b[1m" not in ran.out
    assert text(world) == BRIEFING


def test_colours_are_for_those_who_want_them(world: World) -> None:
    assert "\x1b[1mDrury\x1b[0m" in at_terminal(desk(world).root, ["review"], ["\n", "q\n"], NO_COLOR="").out


def test_choosing_a_record_names_that_person_everywhere(world: World) -> None:
    ran = at_terminal(desk(world).root, ["review"], ["\n", "2\n", "q\n"])
    assert ran.out.endswith("1 note settled, 2 open\n")
    closed = re.sub(r"- field: people\n.*?\n(?=- )", "", BRIEFING, flags=re.DOTALL)
    assert text(world) == closed.replace("{name: Drury, role: chair}", "{name: Lena Drury, role: chair}").replace(
        "speaker: Drury", "speaker: Lena Drury"
    )


def test_every_answer_is_in_the_file_before_the_next_question(world: World) -> None:
    ran = at_terminal(desk(world).root, ["review"], ["2025-03-18\n", "ok\n", INTERRUPT])
    assert (ran.code, "2 notes settled, 1 open\n" in ran.out, "Traceback" in ran.out) == (130, True, False)
    assert "date: '2025-03-18'\n" in text(world)
    assert text(world).count("reason:") == 1


def test_the_end_of_input_is_a_way_to_stop(world: World) -> None:
    ran = at_terminal(desk(world).root, ["review"], ["2025-03-18\n", END_OF_FILE])
    assert (ran.code, ran.out.endswith("1 note settled, 2 open\n")) == (0, True)


def test_what_cannot_be_done_is_said_and_asked_again(world: World) -> None:
    answers: list[str | bytes] = [
        "Tuesday\n",
        "drop\n",
        "2\n",
        "?\n",
        b"\xff\xfe\n",
        "2025-03-18\n",
        "9\n",
        "new Lena Drury\n",
        "=;\n",
        "q\n",
    ]
    ran = at_terminal(desk(world).root, ["review"], answers)
    for said in (
        "`Tuesday` is no day",
        "`date` cannot be dropped here",
        "begin a record of it",
        "choose from 1 to 2",
        "there is a record of this name already",
        "write a value, or `?`",
    ):
        assert said in ran.out
    assert (ran.code, ran.out.endswith("1 note settled, 2 open\n")) == (0, True)


def test_somebody_who_is_no_person_goes_and_keeps_the_words(world: World) -> None:
    at_terminal(desk(world).root, ["review"], ["\n", "drop\n", "Torrow; Freight\n"])
    assert "people:\n- Bo Ek\nquotes:\n- text: Not today.\n  attributed_to: Drury\ntopics: [Torrow, Freight]\n" in text(world)


def test_a_new_record_is_begun_and_taken(world: World) -> None:
    at_terminal(desk(world).root, ["review"], ["\n", "new Kaja Drury\n", "1 2\n"])
    assert text(world, "content/people/kaja-drury.md") == "---\nname: Kaja Drury\nsummary:\naliases: []\n---\n\n"
    assert "speaker: Kaja Drury\ntopics: [Canals, Torrow]\n# what import asked\nreview:\n- field: date\n" in text(world)
    assert world.found() == ["BG111"]


def test_a_briefing_is_passed_over_as_a_whole(world: World) -> None:
    desk(world).put({SECOND: "---\ntitle: Zoo\nreview: [{field: title, reason: derived}]\n---\n\nWords.\n"})
    at_terminal(world.root, ["review"], ["skip\n", "The zoo\n"])
    assert (text(world), text(world, SECOND)) == (BRIEFING, "---\ntitle: The zoo\n---\n\nWords.\n")


def test_a_value_that_looks_like_a_word_of_the_program_is_taken_behind_a_sign(world: World) -> None:
    world.put({SECOND: "---\ntitle: Zoo\nreview:\n  - {field: title, reason: derived}\n---\n\nWords.\n"})
    at_terminal(world.root, ["review"], ["=ok\n"])
    assert text(world, SECOND) == "---\ntitle: ok\n---\n\nWords.\n"


def test_a_note_that_somebody_else_closed_meanwhile_is_left(world: World) -> None:
    other = BRIEFING.replace("title: Talks", "title: Peace talks").replace(
        "- field: date\n  reason: 'not in the text; days named: Tuesday'\n", ""
    )

    def answers() -> Iterator[str]:
        world.put({FIRST: other})
        yield "2025-03-18\n"
        yield "q\n"

    ran = at_terminal(desk(world).root, ["review"], answers())
    assert "this note is not in the file any more" in ran.out
    assert text(world) == other


def test_text_from_an_article_cannot_steer_the_terminal(world: World) -> None:
    hostile = '---\ntitle: "a\\e[2Jb"\nreview: [{field: title, reason: "x\\e]0;y\\a", text: "\\u202ez"}]\n---\n\nWords.\n'
    ran = at_terminal(world.put({SECOND: hostile}).root, ["review"], ["q\n"])
    assert [char for char in ran.out if char < " " and char != "\n"] == []
    assert "\\x1b[2J" in ran.out


def test_nothing_open_is_one_line(world: World) -> None:
    before = tree(world.root)
    assert at_terminal(world.root, ["review"], []).out == "0 notes settled, 0 open\n"
    assert tree(world.root) == before


SAME = """\
---
title: {0}
key_points: [Words.]
review:
- {{field: key_points, reason: none given; chosen}}
- {{field: title, reason: derived {0}}}
---

Words.
"""


def test_what_is_right_everywhere_is_closed_once(world: World) -> None:
    names = {f"content/briefings/undated/{name}.md": SAME.format(name) for name in "abc"}
    ran = at_terminal(world.put(names).root, ["review"], ["ok all\n", "\n", "ok\n", "q\n"])
    assert "  3 notes closed\n" in ran.out
    assert ran.out.count("key_points: none given; chosen") == 1
    assert ran.out.endswith("4 notes settled, 2 open\n")
    assert [text(world, name).count("field:") for name in sorted(names)] == [1, 0, 1]


QUOTED = """\
---
title: Lund sits
people: [Anders Lund, Peter Lund]
quotes:
- text: We shall open the books on Monday.
  speaker: Anders Lund
- text: Nobody has seen them since May
review:
- field: quotes
  reason: who says it could not be told
  text: “Nobody has seen them since May,” Lund said.
  candidates: [Anders Lund, Peter Lund]
---

“We shall open the books on Monday.” “Nobody has seen them since May,” Lund said.
"""


@pytest.mark.parametrize(
    ("answer", "told"), [("2", "speaker: Peter Lund"), ("peter lund", "speaker: peter lund"), ("the union", "attributed_to: the union")]
)
def test_the_speaker_of_a_quotation_is_chosen(world: World, answer: str, told: str) -> None:
    at_terminal(world.put({SECOND: QUOTED}).root, ["review"], [f"{answer}\n"])
    settled = re.sub(r"review:\n.*?(?=---)", f"  {told}\n", QUOTED, flags=re.DOTALL)
    assert text(world, SECOND) == settled


OTHER = "---\ntitle: Lock closes\nsource: Point Press  # ours\n---\n\nThe lock closes.\n"
TWICE = """\
---
title: Lock to close
sources:
- name: Halden Courier
  sha256: abc
review:
- {field: source, reason: x}
- field: sources
  reason: perhaps the same story as content/briefings/undated/talks.md
  candidates: [undated/talks]
- {field: title, reason: y}
---

The lock is to close.
"""


def test_the_same_story_becomes_a_further_source_of_the_other(world: World) -> None:
    world.put({FIRST: OTHER, SECOND: TWICE})
    ran = at_terminal(world.root, ["review"], ["\n", "merge undated/zoo\n", "1\n", "merge\n"])
    assert "a briefing is no source of itself" in ran.out
    assert "`sources` cannot be set from here" in ran.out
    assert "content/briefings/undated/talks.md has it as a further source\n" in ran.out
    assert ran.out.endswith("3 notes settled, 0 open\n")
    merged = "sources:\n- Point Press\n- name: Halden Courier\n  sha256: abc\naliases:\n- undated/zoo"
    assert text(world) == OTHER.replace("source: Point Press  # ours", merged)
    assert not (world.root / SECOND).exists()
    world.build()
    assert 'href="../../undated/talks/"' in world.page("undated/zoo/")


def test_the_urls_of_a_briefing_that_goes_lead_to_the_other(world: World) -> None:
    gone = TWICE.replace("sources:", "date: 2026-01-03\nslug: lock\naliases: [2025/lock.html, undated/talks]\nsources:", 1)
    world.put({FIRST: OTHER.replace("---\n\n", "aliases: ['2025/lock.html'] # old\n---\n\n"), SECOND: gone})
    at_terminal(world.root, ["review"], ["\n", "merge\n"])
    assert "aliases: ['2025/lock.html', 2026/01/03/lock] # old\n" in text(world)
    assert world.found() == ["BG111"]


def test_a_briefing_with_errors_is_not_merged(world: World) -> None:
    world.put({FIRST: OTHER, SECOND: TWICE.replace("title: Lock to close", "date: soon")})
    before = tree(world.root)
    ran = at_terminal(world.root, ["review"], ["\n", "merge\n", "q\n"])
    assert "BG104" in ran.out
    assert tree(world.root) == before
