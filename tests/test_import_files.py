"""What import does to a site's files: it creates, and touches nothing else."""

import pytest

from tests.worlds import World, tree

ARTICLE = """\
Harbour to close for a week

By Ann Lindholm
12 March 2025

The harbour of Vessel Point will close on Monday for seven days, its master said.

“We have to turn the lock gates round,” said Étienne Lefèvre, who has run the harbour since 2011.
"""


def written(world: World) -> dict[str, str]:
    return {name: content.decode() for name, content in tree(world.root / "content").items()}


def test_an_article_becomes_one_new_file_under_its_day(world: World) -> None:
    ran = world.put({"in/harbour.txt": ARTICLE}).run("import", "in/harbour.txt")
    assert (ran.code, ran.out) == (0, "content/briefings/2025/03/12-harbour-to-close-for-a-week.md\n")
    assert list(written(world)) == ["briefings/2025/03/12-harbour-to-close-for-a-week.md"]
    assert "Imported 1 article" in ran.err


def test_what_import_wrote_can_be_built(world: World) -> None:
    world.put({"in/harbour.txt": ARTICLE}).run("import", "in/harbour.txt")
    world.build()
    assert "We have to turn the lock gates round" in world.page("2025/03/12/harbour-to-close-for-a-week/")


def test_the_same_text_is_left_alone_whatever_an_editor_made_of_it(world: World) -> None:
    world.put({"in/harbour.txt": ARTICLE}).run("import", "in/harbour.txt")
    world.edit("content/briefings/2025/03/12-harbour-to-close-for-a-week.md", "title: Harbour", "title: Old harbour")
    before = tree(world.root)
    ran = world.run("import", "in/harbour.txt")
    assert tree(world.root) == before
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "Imported 0 articles · 0 review notes · 0 words dropped · 1 already there\n"
    told = "already there: content/briefings/2025/03/12-harbour-to-close-for-a-week.md"
    assert told in world.run("import", "-v", "in/harbour.txt").err
    assert told in world.run("import", "--format", "json", "in/harbour.txt").err


def test_another_article_with_the_same_title_and_day_gets_a_number(world: World) -> None:
    world.put({"in/a.txt": ARTICLE, "in/b.txt": ARTICLE.replace("seven days", "two weeks for good reason")}).run("import", "in")
    assert list(written(world)) == [
        "briefings/2025/03/12-harbour-to-close-for-a-week-2.md",
        "briefings/2025/03/12-harbour-to-close-for-a-week.md",
    ]


def test_a_dry_run_shows_the_file_and_writes_none(world: World) -> None:
    before = tree(world.put({"in/harbour.txt": ARTICLE}).root)
    ran = world.run("import", "--dry-run", "in/harbour.txt")
    assert tree(world.root) == before
    assert "title: Harbour to close for a week" in ran.out
    assert "dropped (byline, line 3): By Ann Lindholm" in ran.err


def test_every_dropped_line_is_told_with_its_reason(world: World) -> None:
    footer = ARTICLE + "\nSign up for our newsletter\n"
    ran = world.put({"in/harbour.txt": footer}).run("import", "-v", "in/harbour.txt")
    assert "dropped (promotion, line 10): Sign up for our newsletter" in ran.err
    assert "50 words in, 39 out" in ran.err
    assert "11 words dropped" in ran.err


def test_the_command_line_closes_what_the_text_leaves_open(world: World) -> None:
    world.put({"in/bare.txt": "The lock gates of Vessel Point are open again, the harbour master said on Tuesday.\n"})
    world.run("import", "in/bare.txt", "--date", "2025-03-20", "--title", "Open again", "--source", "Point Press", "--topic", "Harbours")
    [text] = written(world).values()
    assert "title: Open again\ndate: '2025-03-20'\n" in text
    assert "topics:\n- Harbours\n" in text
    assert [field for field in ("title", "date", "source", "topics") if f"field: {field}\n" in text] == []


def test_what_the_text_does_not_say_is_empty_and_noted(world: World) -> None:
    world.put({"in/bare.txt": "The lock gates of Vessel Point are open again, the harbour master said on Tuesday.\n"}).run("import", "in")
    [(name, text)] = written(world).items()
    assert name.startswith("briefings/undated/")
    assert "\ndate:" not in text
    assert "not in the text; days named: Tuesday" in text
    assert [field for field in ("title", "date", "source") if f"field: {field}\n" in text] == ["title", "date", "source"]


def test_a_near_copy_is_imported_and_named(world: World) -> None:
    copy = ARTICLE.replace("Harbour to close for a week", "Harbour shuts").replace("Ann Lindholm", "Bo Almgren")
    long = "\n\nThe ferries will land at the old pier, as they did in 1987.\n\nFishermen may keep their berths for the whole week.\n"
    world.put({"in/a.txt": ARTICLE + long}).run("import", "in/a.txt")
    ran = world.put({"in/b.txt": copy + long}).run("import", "in/b.txt")
    assert "nearly the same text as content/briefings/2025/03/12-harbour-to-close-for-a-week.md" in ran.err
    assert len(written(world)) == 2
    name = "2025/03/12-harbour-to-close-for-a-week"
    note = f"reason: nearly the same text as content/briefings/{name}.md\n  candidates:\n  - {name}\n"
    assert any(note in text for text in written(world).values())


def test_one_bad_file_does_not_stop_the_others(world: World) -> None:
    ran = world.put({"in/a.txt": "", "in/b.xml": "<rss><channel>", "in/c.txt": ARTICLE}).run("import", "in")
    assert ran.code == 1
    assert ran.out.count("\n") == 1
    assert "error[BG604]: no text in it" in ran.err
    assert "b.xml:1" in ran.err


def test_standard_input_is_an_article(world: World) -> None:
    import subprocess

    from tests.worlds import command, surroundings

    ended = subprocess.run(
        command("import", "-"), cwd=world.root, env=surroundings(), input=ARTICLE.encode(), capture_output=True, check=False
    )
    assert ended.stdout.decode() == "content/briefings/2025/03/12-harbour-to-close-for-a-week.md\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["in/a.docx"], 1), (["in/a.txt", "--date", "soon"], 2), (["nowhere.txt"], 3), (["in/a.docx", "nowhere.txt"], 3)],
)
def test_what_cannot_be_followed_is_said_and_writes_nothing(world: World, arguments: list[str], code: int) -> None:
    before = tree(world.put({"in/a.docx": "PK", "in/a.txt": ARTICLE}).root)
    ran = world.run("import", *arguments)
    assert ran.code == code
    assert tree(world.root) == before
    assert "Traceback" not in ran.err


def test_an_article_can_become_a_further_source_of_a_briefing(world: World) -> None:
    world.put({"in/a.txt": ARTICLE, "in/b.txt": ARTICLE.replace("By Ann Lindholm", "By Bo Almgren")}).run("import", "in/a.txt")
    [name] = written(world)
    ran = world.run("import", "in/b.txt", "--into", "2025/03/12-harbour-to-close-for-a-week")
    assert (ran.code, list(written(world))) == (0, [name])
    assert written(world)[name].count("  - Bo Almgren\n") == 1
    assert "already there" in world.run("import", "in/b.txt").err
    assert "there is no such briefing" in world.run("import", "in/a.txt", "--into", "2025/nothing").err


@pytest.mark.parametrize(
    ("source", "then"),
    [
        ("source: Point Press  # ours", "sources:\n- Point Press\n- "),
        ("source: {name: Point Press, url: 'https://a.example/'}", "sources:\n- name: Point Press\n  url: https://a.example/\n- "),
        ("sources: [Point Press]  # ours", "sources: [Point Press, {"),
        ("sources:\n  # ours\n  - Point Press\n# end", "sources:\n  # ours\n  - Point Press\n  - "),
    ],
)
def test_a_further_source_loses_none_of_the_others(world: World, source: str, then: str) -> None:
    world.put({"in/b.txt": ARTICLE, "content/briefings/a.md": f"---\ntitle: A\n{source}\nextra: {{x: y}}\n---\n\nWords.\n"})
    assert world.run("import", "in/b.txt", "--into", "a").code == 0
    assert then in written(world)["briefings/a.md"]
    assert written(world)["briefings/a.md"].endswith("extra: {x: y}\n---\n\nWords.\n")
    assert "origin: b.txt" in written(world)["briefings/a.md"]
    assert world.found() == ["BG111"]


def test_a_note_shows_the_sentence_and_who_of_the_article_may_be_meant(world: World) -> None:
    text = "Wells run dry\n\nRuta Sabaliene keeps a shop. Her neighbour Sabalis, she says, keeps goats. Nobody keeps wells.\n"
    world.put({"in/a.txt": text}).run("import", "in/a.txt", "--date", "2025-03-12", "--topic", "Water", "--source", "Point Press")
    [briefing] = written(world).values()
    assert "text: Her neighbour Sabalis, she says, keeps goats.\n  candidates:\n  - Ruta Sabaliene\n" in briefing


def test_a_greeting_is_no_title(world: World) -> None:
    world.put({"in/a.txt": "Good morning. Here is the news.\n\nThe bank left its rate at 3.5% on Friday. Markets fell.\n"}).run(
        "import", "in"
    )
    [(name, briefing)] = written(world).items()
    assert name == "briefings/undated/the-bank-left-its-rate-at-3-5-on-friday.md"
    assert "first sentence\n  text: The bank left its rate at 3.5% on Friday.\n" in briefing


def test_a_press_contact_above_the_headline_is_not_the_article(world: World) -> None:
    contact = "Press contact: Lotte Brandvold, press@brandtal.example, +00 555 0132"
    text = f"FOR IMMEDIATE RELEASE\n\n{contact}\n\nMuseum opens wing for clocks\n\nBRANDTAL, June 2, 2031 -- The museum opened a wing.\n"
    ran = world.put({"in/a.txt": text}).run("import", "in", "-v")
    [(name, briefing)] = written(world).items()
    assert name == "briefings/2031/06/02-museum-opens-wing-for-clocks.md"
    assert f"  dropped (footer, line 3): {contact}\n" in ran.err
    assert "Lotte" not in briefing


@pytest.mark.parametrize(
    ("line", "then"),
    [
        ("Source: Coastal News, 5 October 2031", "date: '2031-10-05'\nkey_points:"),
        ("(Source: Coastal News)", "sources:\n- name: Coastal News\n"),
        ("Source: a table of the harbour board", "\n\nSource: a table of the harbour board\n"),
    ],
)
def test_a_last_line_that_names_the_outlet_is_its_source(world: World, line: str, then: str) -> None:
    text = f"Quake shakes coast\n\nAn earthquake shook the coast near Lindvik on Sunday, an institute said.\n\n{line}\n"
    world.put({"in/a.txt": text}).run("import", "in")
    [briefing] = written(world).values()
    assert then in briefing
    assert ("field: source\n" in briefing) == ("table" in line)
