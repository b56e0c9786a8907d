"""What lies in content/ and becomes no page is told: nothing is passed over in silence, and nothing makes a build wait."""

import os
import socket

from tests.worlds import World, tree


def told(world: World) -> dict[str, str]:
    """What a check says of files that are not used: what by path."""
    found = {problem.place.path: problem.message for problem in world.attempt()[1] if problem.code == "BG209"}
    assert {problem.code for problem in world.attempt()[1]} <= {"BG209"}
    return found


def test_pipes_sockets_and_symlinks_that_are_not_followed_are_told(world: World) -> None:
    world.briefing("a")
    folder = world.root / "content/briefings"
    os.mkfifo(folder / "pipe.md")
    with socket.socket(socket.AF_UNIX) as listening:
        here = os.getcwd()
        os.chdir(folder)  # the path of a socket must be short
        try:
            listening.bind("door.md")
        finally:
            os.chdir(here)
    outside = world.root.parent / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("---\ntitle: SECRET\n---\n")
    (folder / "out.md").symlink_to(outside / "secret.md")
    (folder / "gone.md").symlink_to("nothing.md")
    (folder / "ring.md").symlink_to("ring.md")
    (folder / "year").symlink_to(outside, target_is_directory=True)
    (folder / "twin.md").symlink_to("a.md")
    (world.root / "static").mkdir()
    (world.root / "static/key.txt").symlink_to(outside / "secret.md")
    assert told(world) == {
        "content/briefings/pipe.md": "this is no file but a named pipe, a socket or a device",
        "content/briefings/door.md": "this is no file but a named pipe, a socket or a device",
        "content/briefings/out.md": "this symlink leads out of the site: it is not followed",
        "content/briefings/gone.md": "this symlink leads nowhere",
        "content/briefings/ring.md": "this symlink leads nowhere",
        "content/briefings/year": "this symlink leads to a folder: it is not followed",
        "static/key.txt": "this symlink leads out of the site: it is not followed",
    }
    assert (world.public / "2025/03/18/twin/index.html").is_file()
    assert b"SECRET" not in b"".join(tree(world.public).values())


def test_what_is_not_followed_is_told_as_soon_as_it_is_there_although_nothing_else_moved(world: World) -> None:
    """Also of templates and words: who shares them between two sites by a symlink must not wonder."""
    world.briefing("a").put({"../shared/item.html": "", "../shared/words.yaml": "feed: Follow\n", "templates/own.html": ""})
    for name, make in (
        ("content/briefings/pipe.md", os.mkfifo),
        ("static/gone.css", lambda path: os.symlink("nothing", path)),
        ("templates/item.html", lambda path: os.symlink(world.root.parent / "shared/item.html", path)),
        ("strings.yaml", lambda path: os.symlink(world.root.parent / "shared/words.yaml", path)),
    ):
        (world.root / "static").mkdir(exist_ok=True)
        world.build()
        assert name not in told(world)
        make(world.root / name)
        assert name in told(world)
        (world.root / name).unlink()
        assert name not in told(world)


def test_a_pipe_for_words_makes_no_build_wait(world: World) -> None:
    os.mkfifo(world.root / "strings.yaml")
    ran = world.run("build")
    assert (ran.code, "strings.yaml" in ran.err) == (0, True)
    assert world.run("build").err == ran.err


def test_markdown_by_another_suffix_is_told_and_its_name_given(world: World) -> None:
    world.put({f"content/briefings/{name}": "---\ntitle: A\n---\n" for name in ("a.markdown", "b.MD", "c.Md", "d.mdx")})
    world.put({"content/index.markdown": "", "content/photo.png": b"", "content/briefing/x.png": b""})
    found = world.attempt()[1]
    assert {(problem.place.path, problem.help) for problem in found} == {
        ("content/briefings/a.markdown", "rename it to a.md"),
        ("content/briefings/b.MD", "rename it to b.md"),
        ("content/briefings/c.Md", "rename it to c.md"),
        ("content/briefings/d.mdx", "rename it to d.md"),
        ("content/index.markdown", "rename it to index.md"),
        ("content/photo.png", "move it to one of briefings/, people/, topics/, stories/, sources/, pages/"),
        ("content/briefing/x.png", "did you mean content/briefings/?"),
    }


def test_a_text_beside_a_briefing_is_told_unless_something_links_to_it(world: World) -> None:
    world.put({"content/briefings/wire.txt": "Words.", "content/briefings/terms.txt": "Words.", "content/briefings/a.png": b""})
    world.briefing("a", body="See [the terms](terms.txt).")
    assert list(told(world)) == ["content/briefings/wire.txt"]


def test_a_name_that_no_line_of_text_can_hold_is_an_error_with_the_name_made_visible(world: World) -> None:
    world.briefing("a")
    folder = os.fsencode(world.root / "content/briefings")
    for name in (b"b\nb.md", b"c\xff.md", b"d\x1b[31m.md", b"e\\e.md"):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(b"---\ntitle: A\n---\n")
    ran = world.run("build")
    assert (ran.code, ran.err.count("error[BG109]")) == (1, 4)
    assert "\x1b" not in ran.err
    assert not world.public.exists()
