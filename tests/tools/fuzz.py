"""Fuzzing: what nobody would write, by the thousand. `python -m tests.tools.fuzz 60` spends a minute on each target.

Seeded: the same number gives the same inputs. Every answer is right but an exception that is no message for a person, a text that
does not come back as it should, and more than twenty seconds. An input that fails is kept below `.fuzz/`.
"""

import hashlib
import json
import random
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

from briefgen.config import MarkdownSettings
from briefgen.importing.frontmatter import split
from briefgen.importing.known import NOTHING_KNOWN
from briefgen.importing.learned import Judge
from briefgen.importing.recognise import recognise
from briefgen.importing.render import render_markdown
from briefgen.importing.report import Options, UnreadableError
from briefgen.importing.structure import structure
from briefgen.importing.write import plan_path, render_file
from briefgen.library.document import parse_document
from briefgen.library.inplace import rewrite
from briefgen.library.markdown import render_markdown as render_body
from briefgen.problems import BriefgenError, Problems
from briefgen.schema import Sheet
from briefgen.text import SLUG_BYTES, clean, slug
from briefgen.yamltext import YamlError, entries_of
from tests.worlds import REPOSITORY

SEEDS = REPOSITORY / "tests/import_quality"
KEPT = Path(".fuzz")
_SLOW = 20
_LONGEST = 20_000
_TOKENS: list[str] = json.loads(Path(__file__).with_name("fuzz_tokens.json").read_text())


@dataclass(frozen=True)
class Target:
    """What is fuzzed: the seeds by suffix, and what is done with each input."""

    suffixes: tuple[str, ...]
    run: Callable[[bytes], object]


class SlowError(Exception):
    """An input that takes too long."""


def main(seconds: float, seed: int, names: list[str]) -> int:
    """Spend that long on each target; gives 1 where something failed."""
    failed = 0
    for name in names or TARGETS:
        runs, faults = fuzz(name, seed, _for(seconds))
        sys.stdout.write(f"{name:14} {runs:>10,} executions  {len(faults):>3} uncaught\n")
        for content, fault in faults[:5]:
            KEPT.mkdir(exist_ok=True)
            path = KEPT / f"{name}-{hashlib.sha256(content).hexdigest()[:12]}"
            path.write_bytes(content)
            sys.stdout.write(f"    {path}: {type(fault).__name__}: {str(fault)[:150]}\n")
        sys.stdout.flush()
        failed += len(faults)
    return int(bool(failed))


def _for(seconds: float) -> Callable[[], bool]:
    until = time.monotonic() + seconds
    return lambda: time.monotonic() < until


def fuzz(name: str, seed: int, go_on: Callable[[], bool]) -> tuple[int, list[tuple[bytes, Exception]]]:
    """Run one target on mutated seeds as long as wanted: the number of executions, and the first input of every sort of fault."""
    target, pick, runs = TARGETS[name], random.Random(f"{name} {seed}"), 0  # noqa: S311 -- repeatable is the point
    seeds = [path.read_bytes()[:_LONGEST] for path in sorted(SEEDS.iterdir()) if path.suffix in target.suffixes]
    faults: dict[str, tuple[bytes, Exception]] = {}
    signal.signal(signal.SIGALRM, _too_slow)
    try:
        for content in _inputs(seeds, pick):
            if not go_on():
                break
            runs += 1
            signal.setitimer(signal.ITIMER_REAL, _SLOW)
            try:
                target.run(content)
            except (UnreadableError, YamlError, BriefgenError):
                pass  # a message for a person
            except Exception as fault:  # noqa: BLE001 -- this is what is looked for
                faults.setdefault(_sort_of(fault), (content, fault))
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    return runs, list(faults.values())


def _too_slow(_signal: int, _frame: object) -> None:
    raise SlowError(f"more than {_SLOW} seconds")


def _sort_of(fault: Exception) -> str:
    place = fault.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    return f"{type(fault).__name__} {place.tb_frame.f_code.co_filename if place else ''}:{place.tb_lineno if place else 0}"


def _inputs(seeds: list[bytes], pick: random.Random) -> Iterator[bytes]:
    while True:
        content = bytearray(pick.choice(seeds))
        for _ in range(pick.choice((1, 2, 4, 8, 16))):
            pick.choice(_MUTATIONS)(content, seeds, pick)
        yield bytes(content[:_LONGEST])


def _insert(content: bytearray, _seeds: list[bytes], pick: random.Random) -> None:
    at = pick.randint(0, len(content))
    content[at:at] = pick.choice(_TOKENS).encode(errors="surrogatepass") * pick.choice((1, 1, 1, 2, 50))


def _flip(content: bytearray, _seeds: list[bytes], pick: random.Random) -> None:
    if content:
        content[pick.randrange(len(content))] = pick.randrange(256)


def _cut(content: bytearray, _seeds: list[bytes], pick: random.Random) -> None:
    start = pick.randint(0, len(content))
    del content[start : start + pick.choice((1, 4, 40, 400))]


def _repeat(content: bytearray, _seeds: list[bytes], pick: random.Random) -> None:
    start = pick.randint(0, len(content))
    content[start:start] = content[start : start + pick.choice((1, 4, 40, 400))] * pick.choice((1, 2, 20))


def _splice(content: bytearray, seeds: list[bytes], pick: random.Random) -> None:
    other, at = pick.choice(seeds), pick.randint(0, len(content))
    start = pick.randint(0, len(other))
    content[at:at] = other[start : start + pick.choice((4, 40, 400))]


_MUTATIONS = (_insert, _insert, _flip, _cut, _repeat, _splice)


def _import_with(place: str) -> Callable[[bytes], object]:
    module, _, function = place.partition(":")
    read = getattr(import_module(f"briefgen.importing.{module}"), function)

    def run(content: bytes) -> None:
        for article in read(content):
            if article.blocks:
                draft = recognise(structure(article), NOTHING_KNOWN, Judge(), Options())
                written = render_file(draft, render_markdown(draft.blocks))
                document, problems = parse_document(plan_path(draft), written.encode(), MarkdownSettings(), ZoneInfo("UTC"))
                assert document, [problem.message for problem in problems if problem.severity == "error"]

    return run


def _front_matter(content: bytes) -> None:
    content = content if content.startswith(b"---") else b"---\n" + content
    parse_document("content/briefings/a.md", content, MarkdownSettings(), ZoneInfo("UTC"))
    text = content.decode(errors="replace")
    front = split(text)
    if front and front.table.entries:
        wanted = {**entries_of(front.table), "review": [{"field": "title", "reason": "x"}]}
        assert rewrite(text, wanted) in (None, text) or split(rewrite(text, wanted) or "") is not None
        assert rewrite(text, entries_of(front.table)) in (None, text)


def _body(content: bytes) -> None:
    text = clean(content.decode(errors="replace"))
    problems = Problems()
    body = render_body(text, 1, MarkdownSettings(), Sheet("a.md", "", problems, ZoneInfo("UTC")))
    open_elements: list[str] = []
    html = _MARK.sub("", str(body.html))
    assert "<" not in _ELEMENT.sub("", html), "something that only looks like an element"
    assert not set(html) & {"\x00", "\x01", "\x02", "\x03"}
    for closing, name in _ELEMENT.findall(html):
        if closing:
            assert open_elements.pop() == name
        elif name not in ("br", "hr", "img"):
            open_elements.append(name)
    assert not open_elements
    assert not [url for url in re.findall(r' href="([^"]*)"', html) if not re.match(r"https?:|mailto:|//|#", url)]


def _slug(content: bytes) -> None:
    made = slug(content[:300].decode("utf-8", errors="replace"))
    assert made
    assert len(made.encode()) <= SLUG_BYTES + 1
    assert not set(made) & set("/\\.:%?#\0 <>|\"'")
    assert slug(made) == made


# what a body may hold; the address of a link is put in later, in the place of a mark
_MARK = re.compile(r"\x02\d+\x02|\x03\d+\x03")
_ELEMENT = re.compile(
    r"<(/?)(p|h[1-6]|[uo]l|li|d[ltd]|blockquote|pre|code|em|strong|s|a|img|br|hr|sup|table|thead|tbody|tr|t[hd]|aside|div|span)"
    r'(?: (?:id|class|href|title|alt|start|role|aria-label)="[^"<>]*")*>'
)
TARGETS = {
    "front matter": Target((".md",), _front_matter),
    "text": Target((".txt",), _import_with("read_text:read_text")),
    "markdown": Target((".md",), _import_with("read_markdown:read_markdown")),
    "html": Target((".html",), _import_with("read_html:read_html")),
    "feed": Target((".xml",), _import_with("read_xml:read_xml")),
    "ninjs": Target((".json",), _import_with("read_ninjs:read_ninjs")),
    "mail": Target((".eml",), _import_with("read_mail:read_mail")),
    "body": Target((".md", ".txt"), _body),
    "slug": Target((".txt", ".md"), _slug),
}

if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0, int(sys.argv[2]) if len(sys.argv) > 2 else 0, sys.argv[3:]))
