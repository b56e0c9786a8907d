"""`briefgen terms merge`: two names of one become one, and every other byte of every file stays as it was."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen import yamldump, yamltext
from briefgen.config import load_config
from briefgen.library.inplace import rewrite
from briefgen.library.library import assemble
from briefgen.library.load import documents_of, load_content
from briefgen.library.merging import Merge, plan_merge, write_merge
from briefgen.library.renaming import Renaming, renamed
from briefgen.library.show import Show
from briefgen.problems import BriefgenError, Problems
from briefgen.text import fold
from briefgen.tree import read_tree
from briefgen.yamltext import entries_of
from tests.worlds import NOW, World, record_of, tree

CALL = """\
---
# kept
title: 'The call'   # so
date: 2025-03-18
people:
  - "V. Putin"          # as the wire has it
  - {name: Putin, role: Guest}
  # between
  - Ann Lee
topics: [ War,  Peace ]
quotes:
- text: We talked to V. Putin.
  speaker: >-
    Vladimir
    Putin
sources: [{name: TASS, agency: Tass News}]
story: 'The calls'
---

[[V. Putin]] spoke.
"""
MERGED = """\
---
# kept
title: 'The call'   # so
date: 2025-03-18
people:
  - "Vladimir V. Putin"          # as the wire has it
  - {name: Vladimir V. Putin, role: Guest}
  # between
  - Ann Lee
topics: [ War,  Peace ]
quotes:
- text: We talked to V. Putin.
  speaker: Vladimir V. Putin
sources: [{name: TASS, agency: Tass News}]
story: 'The calls'
---

[[V. Putin]] spoke.
"""


@pytest.fixture
def desk(world: World) -> World:
    """One person with two records and five names."""
    return world.put(
        {
            "content/briefings/call.md": CALL,
            "content/briefings/other.md": "---\ntitle: Other\ndate: 2025-03-19\npeople: [Ann Lee]\n---\n",
            "content/people/putin.md": record_of(
                "Vladimir Putin",
                "He was born in Leningrad.",
                aliases="[V. Putin, Putin]",
                roles="[{title: President, org: Russia, from: 2012-05-07}]",
                same_as="['https://www.wikidata.org/wiki/Q7747']",
                summary="President of Russia",
            ),
            "content/people/vladimir-v-putin.md": "---\nname: Vladimir V. Putin # whole\naliases:\n- VVP\n---\n\nA text.\n",
        }
    )


def test_every_briefing_says_the_name_that_stays_and_nothing_else_differs(desk: World) -> None:
    before = tree(desk.root / "content")
    ran = desk.run("terms", "merge", "v. putin", "Vladimir V. Putin")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "Merged `Vladimir Putin` into `Vladimir V. Putin`: 3 files; /people/putin/ leads to /people/vladimir-v-putin/\n"
    after = tree(desk.root / "content")
    assert after["briefings/call.md"].decode() == MERGED
    assert after["briefings/other.md"] == before["briefings/other.md"]
    assert before.keys() - after.keys() == {"people/putin.md"}
    assert after["people/vladimir-v-putin.md"].decode() == (
        "---\nname: Vladimir V. Putin # whole\naliases:\n- VVP\n- Vladimir Putin\n- V. Putin\n- Putin\n"
        "redirects:\n- people/putin\nsame_as:\n- https://www.wikidata.org/wiki/Q7747\n"
        "roles:\n- title: President\n  org: Russia\n  from: '2012-05-07'\nsummary: President of Russia\n---\n\n"
        "A text.\n\nHe was born in Leningrad.\n"
    )


def test_the_old_page_leads_to_the_new_one_and_so_do_the_old_names(desk: World) -> None:
    desk.build()
    desk.run("terms", "merge", "putin", "vladimir-v-putin")
    assert desk.found() == []
    assert 'href="../../people/vladimir-v-putin/"' in desk.page("people/putin/")
    assert "The call" in desk.page("people/vladimir-v-putin/")
    assert 'href="../../../../people/vladimir-v-putin/"' in desk.page("2025/03/18/call/")


def test_whatever_led_to_the_old_page_leads_on(desk: World) -> None:
    desk.put({"briefgen.yaml": "title: Desk\nbase_url: https://desk.example/\nfeeds:\n- {name: Calls, people: [putin]}\n"})
    for number in range(13):
        quotes = f"[{{text: 'No {number}.', speaker: Putin}}]"
        body = "See [him](../people/putin.md), [[putin]], [here](/people/putin/) and [there](/people/putin/feed.xml)."
        desk.briefing(f"b{number}", date=f"2025-04-{number + 1:02}", people="[putin]", quotes=quotes, body=body)
    # the id leads to the record, also where it is no name of it
    desk.edit("content/people/putin.md", "[V. Putin, Putin]", "[V. Putin]")
    desk.edit("content/briefings/call.md", "name: Putin", "name: putin")
    assert desk.found() == []
    desk.build()
    was = desk.page("feeds/calls/feed.xml").count("<entry>")
    desk.run("terms", "merge", "Vladimir Putin", "VVP")
    assert desk.found() == []
    assert "aliases:\n- VVP\n- Vladimir Putin\n- V. Putin\nredirects:" in (desk.root / "content/people/vladimir-v-putin.md").read_text()
    assert 'url=../../../people/vladimir-v-putin/quotes/"' in desk.page("people/putin/quotes/")
    for name, address in (("feed.xml", 'rel="self" type="application/atom+xml" href="'), ("feed.json", '"feed_url":"')):
        assert desk.page(f"people/putin/{name}") == desk.page(f"people/vladimir-v-putin/{name}")
        assert f"{address}https://desk.example/people/vladimir-v-putin/{name}" in desk.page(f"people/putin/{name}")
    assert desk.page("feeds/calls/feed.xml").count("<entry>") == was == 14
    assert desk.page("2025/04/01/b0/").count('href="../../../../people/vladimir-v-putin/"') >= 2


def test_a_page_does_not_lead_to_itself(world: World) -> None:
    world.put({"content/people/a.md": record_of("A", redirects="[people/b]"), "content/people/b.md": record_of("B")})
    world.run("terms", "merge", "A", "B")
    assert "redirects:\n- people/a\n---" in (world.root / "content/people/b.md").read_text()
    assert world.found() == []


def test_what_somebody_saved_meanwhile_is_not_written_over(desk: World) -> None:
    whole = planned(desk, "Putin", "VVP")
    desk.edit("content/briefings/call.md", "spoke", "spoke to us")
    before = tree(desk.root)
    with pytest.raises(BriefgenError, match="was saved while"):
        write_merge(desk.root, whole)
    assert tree(desk.root) == before
    assert desk.run("terms", "merge", "Putin", "VVP").code == 0
    assert "spoke to us" in (desk.root / "content/briefings/call.md").read_text()


def test_a_name_without_a_record_gets_one_where_it_is_merged(desk: World) -> None:
    ran = desk.run("terms", "merge", "Peace", "War", "--kind", "topic")
    assert ran.code == 0
    assert (desk.root / "content/topics/war.md").read_text() == "---\nname: War\naliases:\n- Peace\nredirects:\n- topics/peace\n---\n"
    # a list does not name it twice
    assert "topics: [ War ]\n" in (desk.root / "content/briefings/call.md").read_text()
    desk.run("terms", "merge", "Tass News", "TASS")
    assert "sources: [{name: TASS, agency: TASS}]\n" in (desk.root / "content/briefings/call.md").read_text()


def test_topics_below_move_along_and_leave_redirects(world: World) -> None:
    world.put(
        {
            "content/topics/power.md": record_of("Power", parent="Economy", summary="Electricity"),
            "content/topics/grid.md": record_of("Grid", parent="Power"),
            "content/topics/lines.md": record_of("Lines", parent="Grid"),
            "content/topics/energy.md": record_of("Energy", summary="All of it"),
        }
    )
    world.briefing("a", topics="[Lines, Power]").build()
    ran = world.run("terms", "merge", "Power", "Energy")
    assert ran.err == "Left out, because the other record has its own – summary: Electricity\n"
    assert world.found() == []
    for old, new in (("economy/power", "economy/energy"), ("economy/power/grid", "economy/energy/grid")):
        assert f'/topics/{new}/"' in world.page(f"topics/{old}/"), old
    assert "economy/energy/grid/lines/" in world.page("topics/economy/power/grid/lines/")


def test_a_dry_run_says_what_would_change_and_changes_nothing(desk: World) -> None:
    before = tree(desk.root)
    ran = desk.run("terms", "merge", "V. Putin", "VVP", "--dry-run")
    assert ran.out.splitlines() == [
        "content/briefings/call.md: changes",
        "content/people/vladimir-v-putin.md: changes",
        "content/people/putin.md: goes",
        "Would merge `Vladimir Putin` into `Vladimir V. Putin`: 3 files; /people/putin/ leads to /people/vladimir-v-putin/",
    ]
    assert tree(desk.root) == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Putin", "V. Putin", "are one already"),
        ("Putn", "VVP", "nothing is called `Putn`"),
        ("Putin", "Nobody", "nothing is called `Nobody`"),
        ("Ann Lee", "War", "are of different kinds"),
        ("Economy", "Energy", "`Energy` stands below `Economy`"),
        ("One", "Two", "`One` is not `Two`"),
        ("Both", "Other", "each more than one thing"),
        ("", "Other", "nothing is called"),
    ],
)
def test_nonsense_is_refused_and_changes_nothing(desk: World, old: str, new: str, said: str) -> None:
    desk.put({"content/topics/energy.md": record_of("Energy", parent="Economy")})
    desk.put({"content/people/one.md": record_of("One", different_from="[Two]"), "content/people/two.md": record_of("Two")})
    desk.briefing("both", topics="[Both, Other]", people="[Both, Other]")
    before = tree(desk.root)
    ran = desk.run("terms", "merge", old, new)
    assert (ran.code in (1, 2), "BG213" in ran.err, said in ran.err) == (True, True, True), ran.err
    assert tree(desk.root) == before


def test_a_file_with_an_error_stops_it_before_anything_is_written(desk: World) -> None:
    desk.put({"content/briefings/bad.md": "---\ntitle: [\n---\n"})
    before = tree(desk.root)
    ran = desk.run("terms", "merge", "Putin", "VVP")
    assert (ran.code, "BG101" in ran.err) == (1, True)
    assert tree(desk.root) == before


def test_front_matter_that_cannot_be_changed_in_place_stops_it_before_anything_is_written(desk: World) -> None:
    desk.put({"content/briefings/odd.md": "---\ntitle: Odd\n? topics\n: - War\n  - Peace\n---\n"})
    before = tree(desk.root)
    ran = desk.run("terms", "merge", "War", "Peace")
    assert (ran.code, "BG213" in ran.err, "content/briefings/odd.md" in ran.err) == (1, True, True)
    assert tree(desk.root) == before


def test_a_name_with_a_sign_that_nobody_sees_is_merged_too(desk: World) -> None:
    desk.put({"content/briefings/odd.md": "---\ntitle: Odd\ntopics: ['W\u202ear', Talks]\n---\n"})
    assert desk.run("terms", "merge", "War", "Peace").code == 0
    assert "topics: ['Peace', Talks]\n" in (desk.root / "content/briefings/odd.md").read_text()


@pytest.mark.parametrize(("old", "new"), [("Putin", "VVP"), ("War", "Peace")])
def test_a_merge_that_was_cut_short_is_finished_by_the_same_merge(desk: World, tmp_path: Path, old: str, new: str) -> None:
    before = tree(desk.root / "content")
    whole = planned(desk, old, new)
    write_merge(desk.root, whole)
    after = tree(desk.root / "content")
    assert len(whole.changes) > 1
    for done in range(len(whole.changes)):
        again = World(tmp_path / str(done)).put({f"content/{name}": content for name, content in before.items()})
        again.put({"briefgen.yaml": (desk.root / "briefgen.yaml").read_bytes()})
        write_merge(again.root, replace(whole, changes=whole.changes[:done]))
        assert again.run("terms", "merge", old, new).code == 0
        assert tree(again.root / "content") == after, done
        assert again.run("terms", "merge", old, new).out.startswith("Nothing to do")


def planned(world: World, old: str, new: str) -> Merge:
    problems = Problems()
    config = load_config(world.root, problems)
    documents = documents_of(load_content(read_tree(world.root), config, "test", problems, keep=False), problems)
    return plan_merge(world.root, documents, assemble(documents, config, Show(NOW), problems).names, old, new, None)


NAMES = st.text("ab ,:#'\"[]{}-é&*!%@|>", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)


@given(old=NAMES, new=NAMES, others=st.lists(NAMES, max_size=3), form=st.sampled_from(["block", "flow", "tables"]), windows=st.booleans())
def test_a_renamed_name_reads_back_and_the_others_stay(old: str, new: str, others: list[str], form: str, *, windows: bool) -> None:
    names = [*others, old]
    if form == "flow":
        listed = "people: [" + ", ".join("'" + name.replace("'", "''") + "'" for name in names) + "] # end\n"
    else:
        listed = yamldump.dump({"people": [{"name": name, "role": "x"} for name in names] if form == "tables" else names})
    text = f"---\n{listed}extra: {{a: b}} # kept\n---\n\nBody.\n"
    text = text.replace("\n", "\r\n") if windows else text
    paths = (("people", "*"), ("people", "*", "name"))
    renaming = Renaming(new, lambda name: fold(name) == fold(old), lambda name: fold(name) == fold(new))
    changed = rewrite(text, renamed(entries_of(yamltext.parse(front_of(text))), paths, renaming))
    assert changed is not None
    read = read_people(changed)
    assert {fold(name) for name in read} == {fold(new if fold(name) == fold(old) else name) for name in names}
    assert fold(old) == fold(new) or fold(old) not in map(fold, read)
    assert changed.endswith(text[text.index("extra:") :])


def front_of(text: str) -> str:
    return text.replace("\r\n", "\n").removeprefix("---\n").partition("\n---\n")[0]


def read_people(text: str) -> list[str]:
    table = yamltext.parse(front_of(text))
    (people,) = [value for key, value in table.entries if key.text == "people"]
    assert isinstance(people, yamltext.Listing)
    return [entry.text if isinstance(entry, yamltext.Scalar) else first_value(entry) for entry in people.items]


def first_value(entry: yamltext.Tree) -> str:
    assert isinstance(entry, yamltext.Table)
    value = entry.entries[0][1]
    assert isinstance(value, yamltext.Scalar)
    return value.text
