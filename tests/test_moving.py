"""Moving in: what a site of Hugo, Jekyll or Pelican becomes here, and what is said of the rest."""

import shutil
from pathlib import Path

import pytest

from tests.worlds import World, run, tree

SITES = Path(__file__).parent / "moving"
GENERATORS = ("hugo", "jekyll", "pelican")


def put_old_site(folder: Path, generator: str) -> Path:
    """A copy of the site of a generator; its Python file is kept under another name, so that no tool takes it for ours."""
    shutil.copytree(SITES / generator / "site", folder, dirs_exist_ok=True)
    if (folder / "pelicanconf.py.txt").exists():
        (folder / "pelicanconf.py.txt").replace(folder / "pelicanconf.py")
    return folder


def moved(world: World, generator: str, *flags: str) -> str:
    """What is said when the site of a generator moves into a world."""
    put_old_site(world.root.parent / "old", generator)
    ran = world.run("import", "--from", generator, "../old", *flags)
    assert ran.code == 0, ran.err
    return ran.out + ran.err


@pytest.mark.parametrize("generator", GENERATORS)
def test_every_old_address_leads_somewhere(world: World, generator: str) -> None:
    moved(world, generator)
    world.build()
    for url in (SITES / generator / "urls.txt").read_text().splitlines():
        page = world.page(url[1:])
        assert "<h1" in page or 'http-equiv="refresh"' in page, url


@pytest.mark.parametrize("generator", GENERATORS)
def test_the_site_that_comes_out_has_no_faults_of_ours(world: World, generator: str) -> None:
    moved(world, generator)
    # a draft of Jekyll has no day, and what its generator alone understands waits for review
    assert set(world.found()) <= {"BG111", "BG112"}


@pytest.mark.parametrize("generator", GENERATORS)
def test_the_old_site_stays_as_it_was_and_a_second_time_brings_nothing(world: World, tmp_path: Path, generator: str) -> None:
    moved(world, generator)
    before = tree(world.root)
    assert tree(world.root.parent / "old") == tree(put_old_site(tmp_path / "copy", generator))
    assert "Brought 0 briefings, 0 pages, 0 files" in moved(world, generator)
    assert tree(world.root) == before


@pytest.mark.parametrize("generator", GENERATORS)
def test_a_dry_run_writes_nothing_and_shows_what_would_come(world: World, generator: str) -> None:
    before = tree(world.root)
    said = moved(world, generator, "--dry-run", "-v")
    assert "title: The ferry stays" in said
    assert "Would bring" in said
    assert tree(world.root) == before


EXPECTED = {
    "hugo": (
        "2021/03/04-ferry.md",
        "date: 2021-03-04T22:30:00+01:00\nupdated: 2021-03-09\n",
        "topics:\n- Ferries\n- Harbour\n- News\nstory: The crossing\nauthors:\n- Ann Roe\naliases:\n- /posts/ferry/\n",
        "[council said](../04/05-vote.md)",
        "![The quay at night](/images/quay.png)",
        '```python\nprint("boat")\n```',
        "See [the vote](../04/05-vote.md) and `{{< youtube >}}` in code.",
        "text: '{{< youtube 5h0uY7mTg2k >}}'",
        "rating: '4'",
    ),
    "jekyll": (
        "2021/03/04-the-ferry-stays.md",
        "date: 2021-03-04 23:30:00 +0000\n",
        "topics:\n- ferries\n- harbour\n- Late boats\n",
        "The late boat stays.\n",
        "![The quay](/assets/quay.png)",
        "See [the vote](../04/05-the-vote.md), [here](../../../pages/about.md) and {% include map.html %}.",
        '```ruby\nputs "boat"\n```',
    ),
    "pelican": (
        "2021/03/04-the-ferry-stays-for-now.md",
        "date: 2021-03-04 22:30\nupdated: 2021-03-09 08:00\n",
        "topics:\n- Ferries\n- Islands\n- harbour\nauthors:\n- Ann Roe\n- Ben Ode\n",
        "[the vote](../04/05-vote-of-april.md)",
        "![The quay](/images/quay.png) and ![a crane](04-the-ferry-stays-for-now/crane.png)",
    ),
}


@pytest.mark.parametrize("generator", GENERATORS)
def test_dates_topics_authors_links_pictures_and_code_come_along(world: World, generator: str) -> None:
    moved(world, generator)
    name, *said = EXPECTED[generator]
    text = (world.root / "content/briefings" / name).read_text()
    assert [words for words in said if words not in text] == [], text


@pytest.mark.parametrize(
    ("generator", "file"),
    [
        ("hugo", "content/briefings/2022/05/06-islands/map.png"),
        ("hugo", "static/images/quay.png"),
        ("jekyll", "static/assets/quay.png"),
        ("pelican", "content/briefings/2021/03/04-the-ferry-stays-for-now/crane.png"),
    ],
)
def test_files_that_a_text_shows_come_along_and_no_others(world: World, generator: str, file: str) -> None:
    moved(world, generator)
    assert (world.root / file).is_file()
    assert not list(world.root.rglob("unused.png"))


@pytest.mark.parametrize("generator", GENERATORS)
def test_drafts_stay_drafts(world: World, generator: str) -> None:
    moved(world, generator)
    assert len(world.run("list", "drafts").out.splitlines()) == 1


LEFT = {
    "hugo": ("`youtube` is understood by the old generator only", "`cover` is a table", "the text of a list", "HTML in the text"),
    "jekyll": ("`include` is understood", "the collection `_recipes`", "`.html` was not brought"),
    "pelican": ("`TOC` is understood", "`.rst` was not brought"),
}


@pytest.mark.parametrize("generator", GENERATORS)
def test_what_could_not_come_is_said_with_its_place(world: World, generator: str) -> None:
    said = moved(world, generator)
    assert [words for words in LEFT[generator] if words not in said] == []
    assert f"{len(LEFT[generator])} things left behind" in said
    assert "--> ../old/" in said


def test_dates_are_never_guessed(world: World) -> None:
    old = World(world.root.parent / "old")
    for name, date in {"a": "soon", "b": "2021-02-30", "c": "03/04/2021", "d": "4 March 2021", "e": "2021-3-4"}.items():
        old.put({f"content/posts/{name}.md": f"---\ntitle: {name}\ndate: {date}\n---\n\nWords.\n"})
    old.put({"hugo.toml": "", "content/posts/f.md": "---\ntitle: f\n---\n\nWords.\n"})
    ran = world.run("import", "--from", "hugo", "../old")
    undated = {path.stem for path in (world.root / "content/briefings/undated").glob("*.md")}
    assert (ran.code, undated) == (0, {"a", "b", "c", "f"})
    assert {path.name for path in (world.root / "content/briefings/2021/03").glob("*.md")} == {"04-d.md", "04-e.md"}
    assert "reason: is in no form that names one day" in (world.root / "content/briefings/undated/a.md").read_text()


def test_posts_of_one_name_both_come_and_an_alias_goes_to_the_first(world: World) -> None:
    old = World(world.root.parent / "old").put({"_config.yml": "permalink: /:title/\n"})
    for folder in ("a", "b"):
        old.put({f"{folder}/_posts/2021-03-04-talks.md": f"---\ntitle: Talks {folder}\n---\n\nWords.\n"})
    assert world.run("import", "--from", "jekyll", "../old").code == 0
    assert len(world.run("list", "briefings").out.splitlines()) == 2
    world.build()
    assert "2021/03/04/talks/" in world.page("talks/")


def test_what_is_at_the_place_already_is_left_alone(world: World) -> None:
    world.briefing("2021/03/04-the-ferry-stays", "Mine", "2021-03-04")
    mine = (world.root / "content/briefings/2021/03/04-the-ferry-stays.md").read_text()
    assert "it was left alone" in moved(world, "jekyll")
    assert (world.root / "content/briefings/2021/03/04-the-ferry-stays.md").read_text() == mine


def test_a_configuration_is_read_and_never_run(world: World, tmp_path: Path) -> None:
    old = World(world.root.parent / "old")
    old.put({"pelicanconf.py": f"open({str(tmp_path / 'ran')!r}, 'w')\nARTICLE_URL = '{{slug}}/'\n"})
    old.put({"content/a.md": "Title: Talks\nDate: 2021-03-04\n\nWords.\n"})
    assert world.run("import", "--from", "pelican", "../old").code == 0
    assert not (tmp_path / "ran").exists()
    assert "- /talks/\n" in (world.root / "content/briefings/2021/03/04-talks.md").read_text()


def test_nothing_outside_of_the_old_site_comes_along(world: World) -> None:
    world.root.parent.joinpath("secret.png").write_bytes(b"secret")
    old = World(world.root.parent / "old").put({"hugo.toml": "", "static/x.png": b"x", "static/.git/config": b"secret"})
    old.put(
        {
            "content/posts/a/index.md": "---\ntitle: A\ndate: 2021-03-04\n---\n\n"
            "![a](../../../../secret.png) ![b](/../../secret.png) ![c](link.png) ![d](/.git/config) ![e](/x/../.git/config)\n"
        }
    )
    (old.root / "content/posts/a/link.png").symlink_to(world.root.parent / "secret.png")
    assert "0 files" in world.run("import", "--from", "hugo", "../old").err
    assert b"secret" not in tree(world.root).values()


def test_an_address_that_no_file_can_have_stays_as_it_is(world: World) -> None:
    text = f"---\ntitle: A\ndate: 2021-03-04\n---\n\n![a](/{'a' * 300}) ![b]({'b' * 300}) ![c](/%00)\n"
    World(world.root.parent / "old").put({"hugo.toml": "", "static/x.png": b"x", "content/posts/a/index.md": text})
    ran = world.run("import", "--from", "hugo", "../old")
    assert (ran.code, "Brought 1 briefing" in ran.err) == (0, True), ran.err
    assert text.partition("---\n\n")[2] in (world.root / "content/briefings/2021/03/04-a.md").read_text()


def test_front_matter_that_cannot_be_read_is_an_error_and_the_others_come(world: World) -> None:
    old = World(world.root.parent / "old").put({"hugo.toml": "", "content/posts/bad.md": "---\ntitle: [a\n---\n\nWords.\n"})
    old.put({"content/posts/good.md": "---\ntitle: Good\ndate: 2021-03-04\n---\n\nWords.\n"})
    ran = world.run("import", "--from", "hugo", "../old")
    assert (ran.code, "error[BG601]" in ran.err, "content/briefings/2021/03/04-good.md" in ran.out) == (1, True, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--from", "hugo", "nowhere"], "there is no such folder"),
        (["--from", "hugo", "."], "no post in this folder"),
        (["--from", "hugo", "a", "b"], "takes the folder of one site"),
        (["--from", "hugo", ".", "--date", "today", "--topic", "Water"], "goes without --date and --topic"),
        (["--from", "ghost", "."], "'ghost' is not one of"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(world: World, words: list[str], said: str) -> None:
    ran = world.run("import", *words)
    assert ran.code != 0
    assert said in ran.err


def test_moving_in_needs_a_site_to_move_into(tmp_path: Path) -> None:
    assert "BG301" in run(tmp_path, "import", "--from", "hugo", str(SITES / "hugo/site")).err


def test_a_name_with_an_impossible_day_costs_the_date_and_nothing_else(world: World) -> None:
    World(world.root.parent / "old").put({"_config.yml": "", "_posts/2021-99-99-talks.md": "---\ntitle: Talks\n---\n\nWords.\n"})
    ran = world.run("import", "--from", "jekyll", "../old")
    assert (ran.code, ran.out) == (0, "content/briefings/undated/talks.md\n")
