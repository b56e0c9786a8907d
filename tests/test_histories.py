"""Whatever happens to a site, the next build gives what a first build would give, byte for byte.

The templates of these sites show everything that their pages may show, so that nothing can change unseen.
"""

import contextlib
import dataclasses
import datetime as dt
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from briefgen.config import load_config
from briefgen.library.show import Show
from briefgen.model import Briefing
from briefgen.problems import Problem, Problems
from briefgen.site.build import Report
from briefgen.site.parts import Profile
from briefgen.site.site import load_site
from briefgen.site.update import Way
from briefgen.tree import read_tree
from tests.worlds import NOW, World, command, record_of, surroundings, text_of, tree

NAMES = ["2025/03/18-call", "2025/03/19-deal", "vote", "strike", "undated/note", "winter"]
BRIEFINGS = [f"content/briefings/{name}.md" for name in NAMES]
RECORDS = {
    "content/people/ann-lee.md": record_of("Ann Lee", "Of the [grid](../topics/energy.md).", aliases="[A. Lee, no]"),
    "content/topics/energy.md": record_of("Energy", "See [[The call]].", aliases="[Power]"),
    "content/topics/grid.md": record_of("Grid", parent="Energy"),
    "content/stories/saga.md": record_of("Saga", "A long one."),
    "content/sources/wire.md": record_of("Wire", summary="An agency."),
    "content/pages/about.md": "---\ntitle: About\nnav: 1\naliases: [who]\n---\nSee [[Ann Lee]].\n",
    "content/index.md": "---\ntitle: Home\n---\nWelcome.\n",
    "static/logo.svg": "<svg/>",
    "strings.yaml": "feed: Follow\n",
    "content/people/bo-ek.md": record_of("Bo Ek", roles="[{title: Chair, from: 2025-03-19}]"),
}
CONFIGS = [
    "title: Desk\nbase_url: https://desk.example/\npage_size: 2\n",
    "title: Desk\nbase_url: https://desk.example/\npage_size: 1\nnav: [topics]\noutputs: [atom, json, bibtex, markdown, news, mentions]\n",
    "title: Desk\nbase_url: https://desk.example/sub/\ntimezone: Pacific/Kiritimati\n",
    "title: News\nlang: de\npermalink: '{year}/{slug}/'\nmarkdown:\n  typographer: true\n",
]
BODIES = ["Words.", "Other words.", 'See [[Ann Lee]] and "[the deal](2025/03/19-deal.md)".', "## Head\n\n[up](#head)", "Long. " * 300]
TIMES = [NOW, NOW + dt.timedelta(days=400)]


@cache
def showing_everything() -> dict[str, str]:
    """A template for each kind of page, with every field of what it shows."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder)).put({"briefgen.yaml": CONFIGS[0], **RECORDS})
        for number in range(3):
            world.briefing(f"b{number}", f"Title {number}", topics="[Energy]", people="[Ann Lee]")
        world.briefing("undated", date="")
        site = load_site(read_tree(world.root), load_config(world.root, Problems()), Show(NOW), Problems())
        shown = {page.template: [field.name for field in dataclasses.fields(page.shows)] for page in site.pages}
    return {f"templates/{name}": "".join(_showing(field) for field in fields) for name, fields in shown.items()}


def _showing(name: str) -> str:
    """What shows a field: the parts of those that hold a body, which may be kept elsewhere, and others whole."""
    if name == "text":
        return "{% if text %}{{ text|html }}{% endif %}\n"
    if name == "profile":
        parts = [field.name for field in dataclasses.fields(Profile) if field.name != "text"]
        return "".join(f"{{{{ profile.{part} }}}}\n" for part in parts) + "{% if profile.text %}{{ profile.text|html }}{% endif %}\n"
    if name == "entries":
        return "{% for entry in entries %}{{ entry.id }} {{ entry.published }} {{ entry.updated }} {{ entry|feed_html }}{% endfor %}\n"
    if name == "briefing":
        parts = [field.name for field in dataclasses.fields(Briefing) if field.name not in ("body", "digest")]
        return "".join(f"{{{{ briefing.{part} }}}}\n" for part in parts) + "{{ briefing.body|html }}\n"
    return f"{name}: {{{{ {name} }}}}\n"


class Histories(RuleBasedStateMachine):
    """A site to which anything may happen."""

    templates: Callable[[], dict[str, str]] = staticmethod(showing_everything)

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="history-"))
        self.world = World(self.folder / "site")
        self.past: list[dict[str, bytes]] = []
        self.now = NOW
        self.drafts = False
        self.steps = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize(names=st.sets(st.sampled_from(BRIEFINGS), min_size=2))
    def begin(self, names: set[str]) -> None:
        self.world.put({"briefgen.yaml": CONFIGS[0], **self.templates()})
        for name in sorted(names):
            self.world.put({name: text_of(f"Title of {name[18:-3]}", topics="[Energy]", people="[Ann Lee]", source="Wire")})

    # -- what people do -------------------------------------------------------------------------------------------

    @rule(
        name=st.sampled_from(BRIEFINGS),
        title=st.sampled_from(["The call", "The deal", "Vote"]),
        date=st.sampled_from(["2025-03-18", "2025-03-19", "2025-03-19T23:30Z", "2024-12-31", ""]),
        body=st.sampled_from(BODIES),
        topics=st.sampled_from(["", "[Energy]", "[Power, Grid]", "[Trade, C++]", "[energy, no]"]),
        people=st.sampled_from(["", "[Ann Lee]", "[A. Lee, Bo Ek]", "[{name: Bo Ek, role: Chair, weight: 2}]"]),
        more=st.sampled_from(
            [
                {},
                {"draft": "true"},
                {"story": "Saga", "summary": "In short."},
                {"slug": "call"},
                {"aliases": "[old/call, who]"},
                {"expires": "2026-06-01", "weight": "3"},
                {"publish": "2026-06-01"},
                {"quotes": "[{text: So be it., speaker: A. Lee}]", "source": "{name: Wire, agency: AP}"},
                {"id": "winter", "updated": "2025-04-01", "corrections": "[{date: 2025-04-02, text: Not so.}]"},
            ]
        ),
    )
    def write_a_briefing(self, name: str, title: str, date: str, body: str, topics: str, people: str, more: dict[str, str]) -> None:
        self.world.put({name: text_of(title, date, body, topics=topics, people=people, **more)})

    @rule(name=st.sampled_from(BRIEFINGS), text=st.sampled_from(["Mended.", "Mended again, with *words*.", "> Quoted."]))
    def edit_nothing_but_a_text(self, name: str, text: str) -> None:
        path = self.world.root / name
        if path.exists():
            path.write_bytes(path.read_bytes().rstrip() + f"\n\n{text}\n".encode())  # it may be no text

    @rule(name=st.sampled_from(sorted(RECORDS)))
    def write_a_record_or_page(self, name: str) -> None:
        self.world.put({name: RECORDS[name]})

    @rule(owner=st.sampled_from(["Ann Lee", "Bo Ek"]), former=st.sampled_from(["", "[people/al]", "[people/al, lee]"]))
    def give_an_alias_and_old_pages_to_one_of_two_people(self, owner: str, former: str) -> None:
        for name, path in (("Ann Lee", "content/people/ann-lee.md"), ("Bo Ek", "content/people/bo-ek.md")):
            keys = {"aliases": "[A. Lee, no]", "redirects": former} if name == owner else {}
            self.world.put({path: record_of(name, roles="[{title: Chair}, {title: Clerk, from: 2025-03-19}]", **keys)})

    @rule(name=st.sampled_from([*BRIEFINGS, *sorted(RECORDS)]))
    def remove_a_file(self, name: str) -> None:
        (self.world.root / name).unlink(missing_ok=True)

    @rule(name=st.sampled_from(BRIEFINGS), to=st.sampled_from(BRIEFINGS))
    def rename_a_briefing(self, name: str, to: str) -> None:
        if (self.world.root / name).exists():
            (self.world.root / to).parent.mkdir(parents=True, exist_ok=True)
            (self.world.root / name).rename(self.world.root / to)

    @rule(name=st.sampled_from(BRIEFINGS), by=st.sampled_from([b"---\ntitle: [\n", b"no header", b"\xff"]))
    def break_a_briefing(self, name: str, by: bytes) -> None:
        self.world.put({name: by})

    @rule(config=st.sampled_from(CONFIGS))
    def change_the_configuration(self, config: str) -> None:
        self.world.put({"briefgen.yaml": config})

    @rule(
        name=st.sampled_from(["briefing.html", "feed.xml", "topic.html", "base.html", "item.html"]),
        change=st.sampled_from(["add", "remove"]),
    )
    def change_a_template(self, name: str, change: str) -> None:
        path = self.world.root / "templates" / name
        if change == "remove":
            path.unlink(missing_ok=True)
        else:
            text = path.read_text() if path.exists() else f'{{% include "theme:{name}" %}}'
            self.world.put({f"templates/{name}": f"{text}!"})

    @rule(shape=st.sampled_from(["file", "folder", "page"]))
    def let_a_file_and_a_folder_change_places(self, shape: str) -> None:
        shelf = self.world.root / "static/shelf"
        shutil.rmtree(shelf, ignore_errors=True)
        shelf.unlink(missing_ok=True)
        files = {"file": "static/shelf", "folder": "static/shelf/a/b.txt", "page": "content/pages/shelf.md"}
        (self.world.root / files["page"]).unlink(missing_ok=True)
        self.world.put({files[shape]: "---\ntitle: Shelf\n---\n"})

    @rule(name=st.sampled_from([*BRIEFINGS, "briefgen.yaml"]), years=st.sampled_from([-30, 30]))
    def save_with_a_clock_that_lies(self, name: str, years: int) -> None:
        path = self.world.root / name
        if path.exists():
            path.write_bytes(path.read_bytes().replace(b"o", b"0"))
            then = path.stat().st_mtime + years * 31_000_000
            os.utime(path, (then, then))

    @rule()
    def remember_this(self) -> None:
        self.past.append({name: content for name, content in tree(self.world.root).items() if _is_source(name)})

    @rule(which=st.integers(0, 5))
    def go_back(self, which: int) -> None:
        if self.past:
            for name in [name for name in tree(self.world.root) if _is_source(name)]:
                (self.world.root / name).unlink()
            _remove_empty_folders(self.world.root / "static")
            self.world.put(self.past[which % len(self.past)])

    @rule(days=st.sampled_from(TIMES))
    def let_time_pass(self, days: dt.datetime) -> None:
        self.now = days

    # -- what happens to the output and the cache -----------------------------------------------------------------

    @rule(which=st.integers(0, 200), by=st.sampled_from([None, b"edited", b""]))
    def lose_or_edit_a_page(self, which: int, by: bytes | None) -> None:
        pages = sorted(path for path in self.world.public.rglob("*") if path.is_file() and path.name != ".briefgen-manifest")
        if pages and by is None:
            pages[which % len(pages)].unlink()
        elif pages:
            pages[which % len(pages)].write_bytes(by or b"")

    @rule(what=st.sampled_from(["public", ".briefgen", ".briefgen/documents.json"]))
    def lose(self, what: str) -> None:
        path = self.world.root / what
        shutil.rmtree(path, ignore_errors=True)
        path.unlink(missing_ok=True)

    @rule(call=st.integers(1, 60))
    def kill_a_build(self, call: int) -> None:
        os.waitpid(self._building(call), 0)

    @rule(call=st.integers(0, 60))
    def let_two_processes_build_at_once(self, call: int) -> None:
        children = [self._building(call), self._building(0)]
        for child in children:
            os.waitpid(child, 0)

    @rule(output=st.sampled_from(["public", "other"]), base_url=st.sampled_from(["", "https://other.example/"]))
    def build_elsewhere_or_for_another_address(self, output: str, base_url: str) -> None:
        self.world.attempt(output, base_url=base_url, now=self.now)

    # -- and then a build -----------------------------------------------------------------------------------------

    @rule()
    def build_without_the_cache(self) -> None:
        self.world.attempt(now=self.now, drafts=self.drafts, way=Way(fresh=True))

    @rule()
    def show_or_hide_drafts(self) -> None:
        self.drafts = not self.drafts

    @invariant()
    def a_build_gives_what_a_first_build_would(self) -> None:
        self.steps += 1
        if self.steps % 4 == 3:
            return  # now and then, more than one thing happens between two builds
        before, when = tree(self.world.public), _times(self.world.public)
        report, problems = self.attempt(self.world, jobs=1 + self.steps % 3)
        clean = self._clean()
        expected, found = self.attempt(clean)
        errors = [problem for problem in found if problem.severity == "error"]
        assert [problem for problem in problems if problem.severity == "error"] == errors
        assert "BG506" not in {problem.code for problem in problems}  # nothing of what is kept is ever found to be damaged
        assert (report is None) == (expected is None)
        after = tree(self.world.public)
        if report is None:
            assert after == before
            return
        assert after == tree(clean.public)
        untouched = {name for name, stamp in _times(self.world.public).items() if stamp == when.get(name)}
        assert untouched >= {name for name, content in after.items() if before.get(name) == content}
        if self.steps % 4 == 0:
            assert self.attempt(self.world)[0] == dataclasses.replace(report, rebuilt=(), changed=(), removed=())

    def attempt(self, world: World, jobs: int = 1) -> tuple[Report | None, list[Problem]]:
        return world.attempt(now=self.now, drafts=self.drafts, way=Way(jobs))

    def _building(self, call: int) -> int:
        """The number of a process that builds, and is killed just before its n-th change where there is one."""
        child = os.fork()
        if not child:
            with contextlib.suppress(BaseException):
                _end_at_change(call)
                self.attempt(self.world)
            os._exit(0)
        return child

    def _clean(self) -> World:
        folder = self.folder / "clean"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.world.root, folder, ignore=shutil.ignore_patterns("public", "other", ".briefgen"))
        return World(folder)


def _is_source(name: str) -> bool:
    return name.partition("/")[0] not in ("public", "other", ".briefgen")


def _remove_empty_folders(folder: Path) -> None:
    for below, _, _ in os.walk(folder, topdown=False):
        with contextlib.suppress(OSError):
            os.rmdir(below)


def _times(folder: Path) -> dict[str, tuple[int, int]]:
    return {path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.stat().st_ino) for path in _files(folder)}


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _end_at_change(call: int) -> None:
    """Let this process be killed just before its n-th rename, removal or new folder."""
    left = [call]

    def counted(change: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: object, **options: object) -> object:
            left[0] -= 1
            if not left[0]:
                os._exit(9)
            return change(*arguments, **options)

        return run

    for name in ("replace", "rename", "unlink", "rmdir", "mkdir"):
        setattr(os, name, counted(getattr(os, name)))


class RealTemplates(Histories):
    """The same with the theme that ships."""

    templates: Callable[[], dict[str, str]] = staticmethod(dict)


class Served(RealTemplates):
    """The same while the site is served: the preview keeps its own cache in the same folder."""

    @initialize()
    def serve(self) -> None:
        self.world.put({"briefgen.yaml": CONFIGS[0]})
        with open(self.folder / "said", "wb") as said:
            words = command("serve", "--port", "0")
            self.preview = subprocess.Popen(words, cwd=self.world.root, env=surroundings(), stdout=said, stderr=said)

    def teardown(self) -> None:
        ended = self.preview.poll()
        self.preview.kill()
        self.preview.wait()
        said = (self.folder / "said").read_text()
        super().teardown()
        assert (ended, "Traceback" in said) == (None, False), said


def test_an_incremental_build_equals_a_clean_one() -> None:
    run_state_machine_as_test(Histories, settings=settings(max_examples=25, stateful_step_count=10))


@pytest.mark.nightly
@pytest.mark.parametrize("machine", [Histories, RealTemplates, Served])
def test_an_incremental_build_equals_a_clean_one_for_long_histories(machine: type[Histories]) -> None:
    run_state_machine_as_test(machine, settings=settings(max_examples=500, stateful_step_count=20, derandomize=False))
