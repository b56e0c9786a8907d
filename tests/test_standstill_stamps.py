"""What a build remembers of the files that it looked at and left, and when that is enough to do nothing."""

import datetime as dt
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from briefgen.config import Config
from briefgen.library.show import Show
from briefgen.site.manifest import NAME
from briefgen.site.standstill import MOST_YOUNG, Last, Stamps, input_stamps, output_stamps, remember, stands_still, told
from briefgen.stamps import NO_STAMP
from briefgen.tree import read_tree
from tests.worlds import NOW, World

DAY = dt.timedelta(days=1)
DIGEST = "0" * 64


@pytest.fixture
def desk(world: World) -> World:
    """A site that was built a long time ago: every file of it is older than any clock's tick."""
    world.briefing("call").put(
        {"static/a.css": "a", "strings.yaml": "x: y", f"public/{NAME}": f"{DIGEST}  index.html\n", "public/index.html": "x"}
    )
    long_ago(world.root)
    return world


def long_ago(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (1_000_000_000, 1_000_000_000))


def inputs_of(world: World, config: Config | None = None, *, drafts: bool = False, future: bool = False, code: str = "1") -> Stamps:
    return input_stamps(read_tree(world.root), config or Config(), Show(NOW, drafts, future), code)


def test_everything_that_a_build_looks_at_is_stamped(desk: World) -> None:
    stamped = inputs_of(desk).digest
    assert inputs_of(desk).digest == stamped
    assert inputs_of(desk, Config(title="Other")).digest != stamped
    assert len({stamped, inputs_of(desk, drafts=True).digest, inputs_of(desk, future=True).digest, inputs_of(desk, code="2").digest}) == 4
    for name in ("content/briefings/call.md", "static/a.css", "strings.yaml", "briefgen.yaml"):
        before = inputs_of(desk).digest
        desk.put({name: "changed"})
        assert inputs_of(desk).digest != before
    for name in ("templates/a.html", "themes/own/theme.yaml"):
        before = inputs_of(desk).digest
        desk.put({name: "new"})
        assert inputs_of(desk).digest != before
    before = inputs_of(desk).digest
    (desk.root / "strings.yaml").unlink()
    assert inputs_of(desk).digest != before
    desk.put({"public/index.html": "not looked at", "notes.txt": "nor this"})
    assert inputs_of(desk).digest == inputs_of(desk).digest != before


def test_a_file_that_a_symlink_leads_to_is_looked_at_within_the_site_only(desk: World) -> None:
    desk.put({"../outside.md": "a", "shared/part.md": "a"})
    (desk.root / "content/briefings/link.md").symlink_to("../../../outside.md")
    (desk.root / "content/briefings/part.md").symlink_to("../../shared/part.md")
    before = inputs_of(desk).digest
    desk.put({"../outside.md": "another"})
    assert inputs_of(desk).digest == before
    desk.put({"shared/part.md": "another"})
    assert inputs_of(desk).digest != before


def test_the_themes_that_come_with_briefgen_are_looked_at(desk: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefgen.site.standstill.shipped", lambda: desk.root.parent / "shipped")
    desk.put({"../shipped/own/theme.yaml": "x"})
    before = inputs_of(desk).digest
    desk.put({"../shipped/own/theme.yaml": "another"})
    assert inputs_of(desk).digest != before


def test_names_that_are_no_text_are_stamped_too(desk: World) -> None:
    before = inputs_of(desk).digest
    desk.put({f"static/{os.fsdecode(bytes([255]))}.css": "x"})
    assert inputs_of(desk).digest != before


def test_files_that_were_changed_just_now_are_remembered_by_what_they_hold(desk: World) -> None:
    now = time.time_ns()
    stamps = inputs_of(desk)
    # the times of a change are the system's: the files of this test are as young as it is
    assert {Path(path).name for path, _ in stamps.young} >= {"call.md", "a.css", "strings.yaml", "briefgen.yaml"}
    assert abs(stamps.youngest - now) < 60_000_000_000
    digest, contents = told(stamps, desk.root)
    assert (digest, [(path, stamp) for path, _, stamp in contents]) == (stamps.digest, list(stamps.young))
    gone = ("nowhere", NO_STAMP)
    assert told(replace(stamps, young=(gone,) * MOST_YOUNG), desk.root) == (stamps.digest, (("nowhere", "", NO_STAMP),) * MOST_YOUNG)
    assert told(replace(stamps, young=(gone,) * (MOST_YOUNG + 1)), desk.root) == ("", ())


def test_every_file_of_the_output_is_stamped(desk: World) -> None:
    stamped = output_stamps(desk.public)
    desk.put({"public/foreign": "x"})
    assert output_stamps(desk.public) == stamped
    desk.put({"public/index.html": "y"})
    assert output_stamps(desk.public).digest != stamped.digest
    (desk.public / "index.html").unlink()
    without = output_stamps(desk.public)
    assert without.digest != stamped.digest
    desk.put({f"public/{NAME}": f"{DIGEST}  index.html\n{DIGEST}  b.html\n"})
    assert output_stamps(desk.public).digest != without.digest
    without_both = output_stamps(desk.public).digest
    desk.put({"public/b.html": "b"})
    assert output_stamps(desk.public).digest != without_both
    desk.put({f"public/{NAME}": DIGEST.encode() + b"  \xff.html\n"})
    assert output_stamps(desk.public).digest not in {stamped.digest, without.digest}
    assert output_stamps(desk.root / "nowhere") == Stamps(0, "", 0, ())


def last_of(world: World, inputs: Stamps, since: str = "", until: str = "") -> Last:
    return Last(*told(inputs, world.root), output_stamps(world.public).digest, since, until, 3, 1, ())


def still(world: World, inputs: Stamps, last: Last, now: dt.datetime = NOW, later: int = 10) -> bool:
    """Whether there is nothing to do, for a record that was written some seconds later than the output."""
    record = world.root / ".briefgen/last.json"
    remember(record, last)
    written = output_stamps(world.public).youngest + later * 1_000_000_000
    os.utime(record, ns=(written, written))
    found = stands_still(record, inputs, world.root, world.public, now)
    assert found in {None, last}
    return found is not None


def test_nothing_is_to_do_where_nothing_moved(desk: World) -> None:
    inputs = inputs_of(desk)
    last = last_of(desk, inputs)
    assert still(desk, inputs, last)
    assert not still(desk, replace(inputs, digest="another"), last)
    assert not still(desk, inputs, replace(last, outputs="another"))
    assert not still(desk, inputs, last, later=0)
    assert not still(desk, inputs, last, later=-1)


def test_a_file_that_was_young_is_read_again(desk: World) -> None:
    inputs = inputs_of(desk)
    last = last_of(desk, inputs)
    desk.put({"static/a.css": "b"})
    assert not still(desk, inputs, last)
    (desk.root / "static/a.css").unlink()
    assert not still(desk, inputs, last)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, True),
        (-DAY, None, True),
        (None, DAY, True),
        (-DAY, DAY, True),
        (0 * DAY, None, True),
        (DAY, None, False),
        (None, -DAY, False),
        (None, 0 * DAY, False),
        (-2 * DAY, -DAY, False),
        (DAY, 2 * DAY, False),
    ],
)
def test_nothing_is_to_do_only_while_the_same_briefings_are_visible(
    desk: World, since: dt.timedelta | None, until: dt.timedelta | None, expected: bool
) -> None:
    begin, end = ("" if span is None else (NOW + span).isoformat() for span in (since, until))
    inputs = inputs_of(desk)
    assert still(desk, inputs, last_of(desk, inputs, begin, end)) is expected


@pytest.mark.parametrize("content", [b"", b"{}", b"null", b"\xff\x00", b"[" * 100_000])
def test_a_record_that_is_damaged_is_none(desk: World, content: bytes) -> None:
    desk.put({".briefgen/last.json": content})
    inputs = inputs_of(desk)
    assert stands_still(desk.root / ".briefgen/last.json", inputs, desk.root, desk.public, NOW) is None
    assert stands_still(desk.root / ".briefgen/none.json", inputs, desk.root, desk.public, NOW) is None


def test_a_record_that_cannot_be_written_does_no_harm(desk: World) -> None:
    desk.put({".briefgen/last.json/file": "in the way"})
    inputs = inputs_of(desk)
    remember(desk.root / ".briefgen/last.json", last_of(desk, inputs))
    assert stands_still(desk.root / ".briefgen/last.json", inputs, desk.root, desk.public, NOW) is None
