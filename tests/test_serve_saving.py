"""Every way in which editors and other programs change files reaches the browser."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.serve.harness import Serving, serving
from tests.worlds import World, text_of

NAME = "content/briefings/call.md"
URL = "/2025/03/18/call/"


@pytest.fixture(params=[(), ("--poll",)], ids=["events", "poll"])
def preview(request: pytest.FixtureRequest, world: World) -> Iterator[Serving]:
    world.briefing("call", "The call").briefing("other", "Another")
    with serving(world, *request.param) as served:
        yield served


def in_place(path: Path, text: str) -> None:
    path.write_text(text)


def in_two_halves(path: Path, text: str) -> None:
    half = len(text) // 2
    with path.open("w") as file:
        file.write(text[:half])
        file.flush()
        time.sleep(0.3)
        file.write(text[half:])


def write_and_rename(path: Path, text: str) -> None:
    aside = path.with_name(f".{path.name}.tmp")
    aside.write_text(text)
    aside.replace(path)


def as_vim(path: Path, text: str) -> None:
    path.with_name("4913").touch()
    path.with_name("4913").unlink()
    path.with_name(f".{path.name}.swp").write_text("swap")
    backup = path.with_name(f"{path.name}~")
    path.rename(backup)
    path.write_text(text)
    backup.unlink()


def as_emacs(path: Path, text: str) -> None:
    lock = path.with_name(f".#{path.name}")
    lock.symlink_to("somebody@somewhere.1:2")
    path.with_name(f"#{path.name}#").write_text("half a text")
    path.write_text(text)
    lock.unlink()
    path.with_name(f"#{path.name}#").unlink()


def delete_and_write(path: Path, text: str) -> None:
    path.unlink()
    time.sleep(0.2)
    path.write_text(text)


def empty_and_fill(path: Path, text: str) -> None:
    path.write_text("")
    time.sleep(0.1)
    path.write_text(text)


def from_outside(path: Path, text: str) -> None:
    outside = path.parents[3] / "outside.md"
    outside.write_text(text)
    outside.replace(path)


def as_rsync(path: Path, text: str) -> None:
    aside = path.with_name(f".{path.name}.Ab12Cd")
    aside.write_text(text)
    os.utime(aside, (1_700_000_000, 1_700_000_000))
    aside.replace(path)


def with_the_old_time(path: Path, text: str) -> None:
    status = path.stat()
    path.write_text(text)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


WAYS: list[Callable[[Path, str], None]] = [
    in_place,
    in_two_halves,
    write_and_rename,
    as_vim,
    as_emacs,
    delete_and_write,
    empty_and_fill,
    from_outside,
    as_rsync,
    with_the_old_time,
]


@pytest.mark.parametrize("save", WAYS, ids=[way.__name__ for way in WAYS])
def test_a_save_is_shown(preview: Serving, world: World, save: Callable[[Path, str], None]) -> None:
    for number in range(3):
        save(world.root / NAME, text_of("The call", body=f"Token {number}."))
        preview.shows(URL, f"Token {number}.")
    assert '"overlay": ""' in preview.get("/-/state").text
    assert preview.get("/").text.count("The call") == preview.get("/").text.count("Another")


def test_a_new_briefing_is_shown_with_its_folder(preview: Serving, world: World) -> None:
    world.put({"content/briefings/2025/04/02-vote.md": text_of("The vote", "2025-04-02", "Words of the vote.")})
    preview.shows("/2025/04/02/vote/", "Words of the vote.")
    preview.shows("/", "The vote")


def test_an_import_is_shown_at_once(preview: Serving, world: World) -> None:
    article = "The dam held\n\nEngineers said on Monday that the dam had held through the night and that the water was falling again.\n"
    world.put({"../article.txt": article})
    assert world.run("import", "--date", "2025-05-05", "../article.txt").code == 0
    preview.shows("/2025/05/05/", "The dam held")


def test_a_renamed_folder_is_followed(preview: Serving, world: World) -> None:
    world.put({"content/pages/about/us.md": "---\ntitle: About us\n---\n\nWho we are.\n"})
    preview.shows("/about/us/", "Who we are.")
    (world.root / "content/pages/about").rename(world.root / "content/pages/desk")
    preview.shows("/desk/us/", "Who we are.")
    assert preview.get("/about/us/").status == 404
    world.edit("content/pages/desk/us.md", "Who we are.", "Who we were.")
    preview.shows("/desk/us/", "Who we were.")


def test_a_deleted_briefing_is_gone(preview: Serving, world: World) -> None:
    (world.root / NAME).unlink()
    preview.wait_until(lambda: preview.get(URL).status == 404, "the page is gone")
    assert "The call" not in preview.get("/").text


def test_templates_words_and_configuration_are_followed(preview: Serving, world: World) -> None:
    world.put({"templates/404.html": "<!doctype html><title>Nothing</title><p>Not here at all"})
    preview.shows("/nowhere/", "Not here at all")
    world.put({"briefgen.yaml": "title: Bench\n"})
    preview.shows("/", "Bench")
    world.put({"static/a.txt": "one"})
    preview.shows("/a.txt", "one")
    world.put({"static/a.txt": "two"})
    preview.shows("/a.txt", "two")
    shutil.rmtree(world.root / "templates")
    preview.wait_until(lambda: b"Not here at all" not in preview.get("/nowhere/").body, "the template is gone")


@pytest.mark.parametrize("name", ["call.md~", ".call.md.swp", "#call.md#", ".DS_Store", "call.md.tmp", "call.md.bak"])
def test_files_of_editors_are_no_pages(world: World, name: str) -> None:
    world.briefing("call", "The call")
    with serving(world) as preview:
        world.put({f"content/briefings/{name}": text_of("Half", body="Half a text.")})
        world.put({"content/briefings/after.md": text_of("After")})
        preview.shows("/", "After")
        assert "Half" not in preview.get("/").text
        preview.wait_for_line("after.md")
        assert name not in preview.output


def test_its_own_reading_is_no_change(world: World) -> None:
    world.briefing("call", "The call")
    with serving(world) as preview:
        number = preview.output
        for _ in range(3):
            (world.root / NAME).read_bytes()
            os.utime(world.root / NAME)
        world.edit(NAME, "Words.", "Other words.")
        preview.shows(URL, "Other words.")
        assert preview.output.removeprefix(number).count("\n") <= 1


def test_content_that_is_taken_away_keeps_the_site_until_it_is_back(preview: Serving, world: World) -> None:
    content, aside = world.root / "content", world.root / "aside"
    content.rename(aside)
    preview.wait_for_line("the folder is gone")
    assert preview.get(URL).status == 200
    aside.rename(content)
    preview.wait_for_line("mended")
    world.edit(NAME, "Words.", "Words after all.")
    preview.shows(URL, "Words after all.")
    shutil.copytree(content, aside)
    shutil.rmtree(content)
    preview.wait_for_line("the folder is gone")
    shutil.copytree(aside, content)
    preview.wait_for_line("mended")
    world.edit(NAME, "Words after all.", "Words once more.")
    preview.shows(URL, "Words once more.")


def test_a_file_in_the_place_of_content_keeps_the_site_until_it_is_mended(world: World) -> None:
    world.briefing("call", "The call")
    with serving(world) as preview:
        (world.root / "content").rename(world.root / "aside")
        (world.root / "content").write_text("not a folder")
        preview.wait_for_line("the folder is gone")
        assert preview.get(URL).status == 200
        (world.root / "content").unlink()
        (world.root / "aside").rename(world.root / "content")
        preview.wait_for_line("mended")


def test_a_configuration_that_is_taken_away_keeps_the_site_until_it_is_back(preview: Serving, world: World) -> None:
    config = world.root / "briefgen.yaml"
    config.rename(world.root / "aside.yaml")
    preview.wait_for_line("BG301")
    assert preview.get(URL).status == 200
    (world.root / "aside.yaml").rename(config)
    preview.wait_for_line("mended")
    world.edit(NAME, "Words.", "Other words.")
    preview.shows(URL, "Other words.")


def test_a_storm_is_a_few_loads_and_ends_at_what_is_there(world: World) -> None:
    for number in range(300):
        world.briefing(f"b{number}", f"Briefing {number}", body="One branch.")
    with serving(world) as preview:
        before = preview.output.count("\n")
        for number in range(0, 300, 3):
            world.briefing(f"b{number}", f"Briefing {number}", body="Another branch.")
            (world.root / f"content/briefings/b{number + 1}.md").unlink()
            (world.root / f"content/briefings/b{number + 2}.md").rename(world.root / f"content/briefings/c{number}.md")
        world.briefing("last", "The last of them", "2025-03-19")
        preview.shows("/", "The last of them")
        for number in range(0, 300, 3):
            preview.shows(f"/2025/03/18/b{number}/", "Another branch.")
            preview.shows(f"/2025/03/18/c{number}/", "One branch.")
            assert preview.get(f"/2025/03/18/b{number + 1}/").status == 404
        assert preview.output.count("\n") - before <= 6


def test_the_limit_of_watches_is_explained_and_does_no_harm(world: World, tmp_path: Path) -> None:
    # the system's own limit cannot be lowered here: an observer that meets it stands in for watchdog's
    site = tmp_path / "limited"
    site.mkdir()
    (site / "sitecustomize.py").write_text(
        "import errno, watchdog.observers as o\n"
        "def full(self, *a, **k): raise OSError(errno.ENOSPC, 'inotify watch limit reached')\n"
        "o.Observer.schedule = full\n"
    )
    world.briefing("call", "The call")
    repository = Path(__file__).parent.parent
    with serving(world, PYTHONPATH=f"{site}{os.pathsep}{repository}") as preview:
        assert "fs.inotify.max_user_watches" in preview.output
        assert "the disk is not full" in preview.output
        world.edit(NAME, "Words.", "Other words.")
        preview.shows(URL, "Other words.")
