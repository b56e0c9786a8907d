"""A build that is killed, interrupted or refused by the system leaves the old site or the new one, and the next build is right."""

import errno
import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from briefgen.site.update import Way
from tests.faults import Calls, at_call, calls_of, in_child
from tests.test_histories import showing_everything
from tests.worlds import CONFIG, World, command, run, surroundings, tree

KILLED, REFUSED, BUILT = 9, 3, 0
REASONS = (errno.ENOSPC, errno.EACCES, errno.EIO, errno.EDQUOT, errno.EXDEV, errno.EROFS, errno.EMFILE)


@pytest.fixture
def desk(world: World) -> World:
    """A site whose edit adds, changes and removes pages, and makes a file of a folder and a folder of a file."""
    world.put(showing_everything())  # they show as much as the templates that ship, and are compiled in a tenth of the time
    for number in range(5):
        world.briefing(f"b{number}", f"Title {number}", f"2025-03-1{number}", topics=f"[Topic {number % 2}]", people="[Ann Lee]")
    return world.put({"static/shelf": "a file", "static/data/a.txt": "in a folder"})


def edit(world: World) -> None:
    world.briefing("b1", "Another title", "2025-03-11", "Other words.", topics="[Topic 2]", people="[Bo Ek]")
    (world.root / "content/briefings/b2.md").unlink()
    (world.root / "content/briefings/b3.md").rename(world.root / "content/briefings/b9.md")
    (world.root / "static/shelf").unlink()
    shutil.rmtree(world.root / "static/data")
    world.put({"static/shelf/a.txt": "in a folder", "static/data": "a file"})


def copy_of(world: World, name: str) -> World:
    """The same site with all its outputs and memories in another folder of the same name."""
    folder = world.root.parent / name / world.root.name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(world.root, folder, symlinks=True)
    return World(folder)


def sources(world: World) -> dict[str, bytes]:
    return {name: content for name, content in tree(world.root).items() if name.startswith(("content/", "static/", "briefgen.yaml"))}


class Case:
    """A site before and after an edit, and what its output is before and after a build."""

    def __init__(self, world: World, start: str, way: Way) -> None:
        self.way = way
        if start == "incremental":
            world.build(way=way)
        self.old = tree(world.public)
        if start == "incremental":
            edit(world)
        self.world = world
        after = copy_of(world, "after")
        after.build(way=way)
        self.new = tree(after.public)
        self.whole = start == "full" or way.atomic

    def calls(self, *, reading: bool) -> int:
        """How many calls of the build touch files."""
        counting = copy_of(self.world, "counting")
        return calls_of(lambda: counting.build(way=self.way), str(counting.root) if reading else "")

    def try_at(self, calls: Calls, reason: int = 0) -> tuple[int, World]:
        """Build a copy of it in a process of its own in which something happens at a call; `reason` is what it must say if it fails."""
        world = copy_of(self.world, "tried")

        def work() -> int:
            at_call(calls, str(world.root) if reason else "")
            report, problems = world.attempt(way=self.way)
            if report is not None:
                return BUILT
            said = [problem for problem in problems if problem.code in ("BG504", "BG701") and problem.place.path and problem.help]
            return REFUSED if any(os.strerror(reason) in problem.message for problem in said) else 1

        return in_child(work), world

    def check(self, world: World) -> None:
        """The output is the old or the new site, or between them with whole files only; the next build is right."""
        left = {name: content for name, content in tree(world.public).items() if name != ".briefgen-manifest"}
        if self.whole:
            assert tree(world.public) in (self.old, self.new)
        for name, content in left.items():
            assert content in (self.old.get(name), self.new.get(name)), f"{name} is of no build"
        assert sources(world) == sources(self.world)
        world.build(way=self.way)
        assert tree(world.public) == self.new
        assert not [path for path in (world.root / ".briefgen").iterdir() if path.name.startswith((".", "staging"))]
        assert not [path for path in world.root.iterdir() if path.name.endswith("-old")]


CASES = [("full", Way()), ("incremental", Way()), ("incremental", Way(2)), ("incremental", Way(atomic=True))]


def points(total: int, wanted: int) -> list[int]:
    """So many moments, spread over all of them; all of them where there are fewer."""
    wanted = min(wanted, total)
    return sorted({1 + round(number * (total - 1) / (wanted - 1)) for number in range(wanted)})


def kill_at(desk: World, start: str, way: Way, wanted: int) -> None:
    """Kill as many builds, each at another change of a file, from the first to the last."""
    case = Case(desk, start, way)
    for number in points(total := case.calls(reading=False), wanted):
        code, world = case.try_at(Calls(number, kill))
        assert code == -KILLED, f"at change {number} of {total}: exit code {code}"
        case.check(world)


def kill(_path: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail_at(case: Case, numbers: Iterable[int], *, lasting: bool = False) -> None:
    """Let the system refuse these calls, each for another reason."""
    for number in numbers:
        reason = REASONS[number % len(REASONS)]
        code, world = case.try_at(Calls(number, fail(reason), lasting=lasting), reason)
        assert code in (REFUSED, BUILT), f"at call {number}, {os.strerror(reason)}: exit code {code}"
        case.check(world)


def fail(reason: int) -> Callable[[str], None]:
    def refuse(path: str) -> None:
        # as the system does it: who writes to a file that is open is not told its name
        raise OSError(reason, os.strerror(reason), *([path] if path else []))

    return refuse


@pytest.mark.parametrize(("start", "way"), CASES)
def test_a_killed_build_leaves_the_old_site_or_the_new_one(desk: World, start: str, way: Way) -> None:
    kill_at(desk, start, way, 40)


@pytest.mark.nightly
@pytest.mark.parametrize(("start", "way"), CASES)
def test_a_build_that_is_killed_anywhere_leaves_the_old_site_or_the_new_one(desk: World, start: str, way: Way) -> None:
    kill_at(desk, start, way, 200)


@pytest.mark.parametrize(("start", "way"), CASES)
def test_a_call_that_the_system_refuses_is_an_error_and_no_harm(desk: World, start: str, way: Way) -> None:
    case = Case(desk, start, way)
    fail_at(case, [*range(1, 51), *points(case.calls(reading=True), 20)[3:]])


@pytest.mark.parametrize(("start", "way"), CASES)
def test_a_system_that_refuses_everything_from_a_moment_on_does_no_harm(desk: World, start: str, way: Way) -> None:
    case = Case(desk, start, way)
    fail_at(case, points(case.calls(reading=True), 10), lasting=True)


@pytest.mark.nightly
@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize(("start", "way"), CASES)
def test_whatever_the_system_refuses_is_an_error_and_no_harm(desk: World, start: str, way: Way, lasting: bool) -> None:
    case = Case(desk, start, way)
    fail_at(case, points(case.calls(reading=True), 200), lasting=lasting)


def test_a_file_that_grows_too_large_for_the_system_is_an_error_with_its_path(desk: World) -> None:
    desk.build()
    before = tree(desk.public)
    desk.briefing("long", "Long", body="Many words. " * 20_000)

    def limited() -> int:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        report, problems = desk.attempt()
        found = [problem for problem in problems if problem.severity == "error"]
        return int(report is not None or [problem.code for problem in found] != ["BG504"] or "too large" not in found[0].message)

    assert in_child(limited) == 0
    assert tree(desk.public) == before


@pytest.mark.skipif(os.geteuid() != 0 or not Path("/bin/mount").exists(), reason="only root can make a small disk")
@pytest.mark.parametrize("left", [0, 4_096, 65_536])
def test_a_full_disk_is_said_and_costs_nothing(desk: World, left: int) -> None:
    disk = desk.root.parent / "small"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk], capture_output=True, check=False).returncode:
        pytest.skip("may not mount here")
    try:
        small = World(disk / "site")
        shutil.copytree(desk.root, small.root)
        assert small.run("build").code == 0
        before = tree(small.public)
        edit(small)
        room = os.statvfs(small.root)
        ballast = disk / "ballast"
        ballast.write_bytes(b"0" * (room.f_bavail * room.f_frsize - left))
        ran = small.run("build")
        assert (ran.code, "No space left on device" in ran.err, "Traceback" in ran.err) == (3, True, False)
        assert tree(small.public) == before
        ballast.unlink()
        assert small.run("build").code == 0
        after = tree(small.public)
        assert small.run("clean").code == 0
        assert small.run("build").code == 0
        assert tree(small.public) == after
    finally:
        subprocess.run(["umount", disk], check=True)


# -- interrupts ---------------------------------------------------------------------------------------------------


@pytest.fixture
def archive(world: World) -> World:
    """A site that takes a second or two to build, so that it can be interrupted on the way."""
    for number in range(400):
        world.briefing(f"b{number:03}", f"Title {number}", f"2025-{1 + number % 12:02}-{1 + number % 28:02}", "Some *words*.\n\n" * 30)
    return world


def started(world: World, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        command("build", "--jobs", "2", *arguments),
        cwd=world.root,
        # a signal may strike between a file and its `with`; only who asks for warnings is told that Python closed it
        env=surroundings(PYTHONWARNINGS="error,ignore::ResourceWarning"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def has_begun(world: World, building: "subprocess.Popen[str]", sign: str) -> None:
    """Wait until a build has made a file of a kind."""
    while building.poll() is None and not any((world.root / ".briefgen").glob(sign)):
        time.sleep(0.005)


def is_left(group: int) -> bool:
    """Whether any process of a group is still at work after two seconds; the dead that nobody has buried do not count."""
    for _ in range(100):
        listed = subprocess.run(["ps", "-A", "-o", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
        if not any(line.split()[0] == str(group) and "Z" not in line.split()[1] for line in listed.splitlines()):
            return False
        time.sleep(0.02)
    return True


@pytest.mark.parametrize("sign", ["lock", "staging-*/*"])
@pytest.mark.parametrize(("name", "to"), [("SIGINT", "group"), ("SIGINT", "parent"), ("SIGTERM", "parent"), ("SIGINT", "group twice")])
def test_an_interrupted_build_ends_at_once_and_quietly(archive: World, name: str, to: str, sign: str) -> None:
    building = started(archive)
    has_begun(archive, building, sign)
    for number in range(2 if to == "group twice" else 1):
        time.sleep(0.05 * number)
        if to == "parent":
            building.send_signal(signal.Signals[name])
        elif building.poll() is None:
            os.killpg(building.pid, signal.Signals[name])
    out, err = building.communicate(timeout=2)
    assert building.returncode == {"SIGINT": 130, "SIGTERM": 143}[name]
    assert (out, err.strip()) in {("", ""), ("", "Interrupted.")}
    assert not is_left(building.pid)
    assert not archive.public.exists()
    assert not [*(archive.root / ".briefgen").glob("staging-*")]
    archive.build()


def test_a_killed_build_leaves_no_process_and_no_lock(archive: World) -> None:
    for sign in ("lock", "staging-*/*"):
        building = started(archive)
        has_begun(archive, building, sign)
        building.kill()
        out, err = building.communicate(timeout=10)
        assert (out, err) == ("", "")
        assert not is_left(building.pid)
    assert archive.run("build").code == 0


def test_a_worker_that_is_killed_ends_the_build_with_a_sentence(archive: World) -> None:
    building = started(archive)
    has_begun(archive, building, "staging-*/*")
    worker = Path(f"/proc/{building.pid}/task/{building.pid}/children")
    if not worker.exists():
        building.kill()
        pytest.skip("this system does not list the children of a process")
    os.kill(int(worker.read_text().split()[0]), signal.SIGKILL)
    _, err = building.communicate(timeout=10)
    assert building.returncode == 3
    assert "error[BG504]: a worker process ended early" in err
    assert "Traceback" not in err
    assert not archive.public.exists()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_a_build_that_is_ended_while_its_output_is_looked_at_leaves_no_process(archive: World, name: str) -> None:
    archive.build()
    archive.put({"briefgen.yaml": CONFIG.replace("Desk", "Other desk")})
    building = started(archive)
    children = Path(f"/proc/{building.pid}/task/{building.pid}/children")
    if not children.exists():
        building.kill()
        pytest.skip("this system does not list the children of a process")
    while not children.read_text():
        time.sleep(0.001)
    building.send_signal(signal.Signals[name])
    assert building.communicate(timeout=10)[1].strip() in {"", "Interrupted."}
    assert building.returncode == {"SIGINT": 130, "SIGTERM": 143, "SIGKILL": -9}[name]
    assert not is_left(building.pid)
    archive.build()
    after = tree(archive.public)
    archive.build(way=Way(fresh=True))
    assert tree(archive.public) == after


# -- several at once ----------------------------------------------------------------------------------------------


def test_eight_builds_at_once_make_one_site(desk: World) -> None:
    desk.build()
    edit(desk)
    running = [
        subprocess.Popen(command("build"), cwd=desk.root, env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(8)
    ]
    ended = [(*process.communicate(timeout=120), process.returncode) for process in running]
    assert [code for _, _, code in ended] == [0] * 8, ended
    after = copy_of(desk, "after")
    assert after.run("clean").code == 0
    after.build()
    assert tree(desk.public) == tree(after.public)


@pytest.mark.parametrize("content", ["", "1\n", "999999999\n", "garbage\x00"])
def test_a_lock_file_that_nobody_holds_is_no_lock(desk: World, content: str) -> None:
    desk.put({".briefgen/lock": content})
    desk.build()


def test_a_command_that_needs_the_folder_waits_and_then_says_who_holds_it(desk: World) -> None:
    from briefgen.problems import BriefgenError
    from briefgen.site.lock import locked

    with locked(desk.root):

        def other() -> int:
            try:
                with locked(desk.root, patience=0.2):
                    return 1
            except BriefgenError as error:
                (problem,) = error.problems
                return int((problem.code, f"process {os.getppid()}" in problem.message) != ("BG505", True))

        assert in_child(other) == 0


def test_a_folder_that_may_not_be_written_is_an_error_with_its_name(tmp_path: Path) -> None:
    site = World(tmp_path / "site").put({"briefgen.yaml": "title: Desk\n", ".briefgen": "a file where the folder must go"})
    ran = run(site.root, "build")
    assert ran.code == 3
    assert "error[BG504]" in ran.err
    assert ".briefgen" in ran.err


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("wanted", [5, pytest.param(20, marks=pytest.mark.nightly)])
def test_an_interrupt_at_any_moment_ends_a_build_at_once_and_quietly(archive: World, name: str, wanted: int) -> None:
    begun = time.monotonic()
    started(archive).communicate()
    whole, new = time.monotonic() - begun, tree(archive.public)
    for number in range(wanted):
        for folder in (archive.public, archive.root / ".briefgen"):
            shutil.rmtree(folder, ignore_errors=True)
        building = started(archive)
        # while Python itself is loading, in its first tenth of a second, nobody can ask it to be quiet
        time.sleep(max(0.2, whole * number / wanted))
        if building.poll() is None:
            os.killpg(building.pid, signal.Signals[name])
        out, err = building.communicate(timeout=10)
        assert building.returncode in (0, {"SIGINT": 130, "SIGTERM": 143}[name], -signal.Signals[name])
        # click closes the line on which a terminal shows ^C, when it is click that is interrupted
        assert err.lstrip("\n") in ("", "Interrupted.\n")
        assert not is_left(building.pid)
        # what has said that it is done was interrupted on its way out
        assert tree(archive.public) in ([new] if out else [{}, new])
        assert not [*(archive.root / ".briefgen").glob("staging-*")]
