"""Articles shaped as real ones are, through import and onto a page: `python -m tests.tools.roundtrips 10000` names what is lost.

Seeded: the same number gives the same articles. Headlines, bylines, datelines, paragraphs and lists of the articles in
`tests/import_quality` are put together anew and changed as people and programs change them. Every word that went in must stand
on the page or among what was dropped, or a review note must say that words are missing; and the page must build.
"""

import html
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from briefgen.config import MarkdownSettings
from briefgen.importing.known import NOTHING_KNOWN
from briefgen.importing.learned import Judge
from briefgen.importing.readers import reader_of
from briefgen.importing.recognise import recognise
from briefgen.importing.render import render_markdown
from briefgen.importing.report import Options, UnreadableError
from briefgen.importing.shapes import words
from briefgen.importing.structure import structure
from briefgen.importing.write import plan_path, render_file
from briefgen.library.document import parse_document
from briefgen.text import clean
from tests.worlds import REPOSITORY

SEEDS = REPOSITORY / "tests/import_quality"
_LABELS = [
    "Key points",
    "The News",
    "What we know:",
    "Read more:",
    "Related",
    "Signals",
    "Background",
    "SUMMARY",
    "Also in the news",
    "Share this",
]
_MARKS = ["- ", "• ", "* ", "– ", "1. ", "2) ", "(a) ", "> ", "    ", "\t", "Q: ", "## ", "“", "|", "— "]
_SPACES = ["\u00a0", "\u2009", "  ", "\u3000", "\t", "\u200b", "\u00ad"]
_TAILS = [
    " (Reuters)",
    " –",
    "…",
    " © 2031 The Post",
    " | The Post",
    " [1]",
    " https://a.example/x_y",
    " #harbour",
    " @jane",
    " 1/2",
    ' "so"',
    "”",
    " <b>",
    " *so*",
    " _a_",
    "\\",
]
_NUMBER = re.compile(r"^\s*\(?\w{1,3}[.)]\s")


@dataclass(frozen=True)
class Raw:
    """A raw file, and the lines that a reader of it sees."""

    suffix: str
    content: bytes
    lines: tuple[str, ...]


def main(number: int, seed: int) -> int:
    """Send that many articles through; gives 1 where one was lost in part or failed."""
    faults = 0
    refused: Counter[str] = Counter()
    for at, raw in zip(range(number), articles(seed), strict=False):
        try:
            lost = round_trip(raw)
        except UnreadableError as error:
            refused[error.message] += 1
            continue
        except Exception as error:  # noqa: BLE001 -- this is what is looked for
            lost = [f"{type(error).__name__}: {error}"]
        if lost:
            faults += 1
            sys.stdout.write(f"{at}{raw.suffix}: {lost[:8]}\n{raw.content.decode()[:1500]}\n\n" if faults <= 10 else "")
    sys.stdout.write(f"{number:,} articles, {sum(refused.values()):,} refused {dict(refused)}, {faults} lost words or failed\n")
    return int(bool(faults))


def round_trip(raw: Raw) -> list[str]:
    """The words of an article that neither its page nor the list of what was dropped holds, and that no note speaks of."""
    # the number of an item is the list's on a page
    lost = Counter(word.casefold() for line in raw.lines for word in words(_NUMBER.sub("", clean(line))))
    for article in reader_of(raw.suffix, raw.content).load()(raw.content):
        if not article.blocks:
            raise UnreadableError("no text in it")
        told = structure(replace(article, source=replace(article.source, origin="a", sha256="b")))
        draft = recognise(told, NOTHING_KNOWN, Judge(), Options())
        content = render_file(draft, render_markdown(draft.blocks)).encode()
        document, problems = parse_document(plan_path(draft), content, MarkdownSettings(), ZoneInfo("UTC"))
        assert document, [problem.message for problem in problems]
        if any(note.field == "body" for note in draft.review):
            return []
        page = html.unescape(re.sub(r"<[^>]*>", " ", re.sub(r"</?(?:strong|em|a|code|del)\b[^>]*>", "", str(document.body.html))))
        header = document.header
        shown = [page, *(getattr(header, name) for name in ("title", "summary")), *getattr(header, "key_points", ())]
        said = [draft.source.name, draft.source.agency, draft.source.title, *draft.source.authors, *(link.title for link in draft.related)]
        for text in (*shown, *said, *(dropped.text for dropped in told.dropped)):
            lost.subtract(word.casefold() for word in words(text))
    return sorted((+lost).elements())


def articles(seed: int) -> Iterator[Raw]:
    """One article after the other, without end."""
    pick = random.Random(f"articles {seed}")  # noqa: S311 -- repeatable is the point
    texts = [path.read_text(encoding="utf-8", errors="ignore").split("\n") for path in sorted(SEEDS.glob("*.txt"))]
    while True:
        lines = _composed(texts, pick)
        for _ in range(pick.choice((0, 1, 2, 4, 8))):
            pick.choice(_CHANGES)(lines, pick)
        yield pick.choice(_FORMATS)([clean(line) for line in lines])


def _composed(texts: list[list[str]], pick: random.Random) -> list[str]:
    """The head of one article, the middle of some others, and the end of one."""
    head, tail = pick.choice(texts), pick.choice(texts)
    lines = head[: pick.randint(2, 8)]
    for _ in range(pick.randint(1, 4)):
        other = pick.choice(texts)
        at = pick.randrange(len(other))
        lines += ["", *([pick.choice(_LABELS)] if pick.random() < 0.3 else []), *other[at : at + pick.randint(1, 12)]]
    return lines + tail[-pick.randint(1, 5) :]


def _swap(lines: list[str], pick: random.Random) -> None:
    one, other = pick.randrange(len(lines)), pick.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _repeat(lines: list[str], pick: random.Random) -> None:
    lines.insert(pick.randrange(len(lines)), pick.choice(lines))


def _mark(lines: list[str], pick: random.Random) -> None:
    start, mark = pick.randrange(len(lines)), pick.choice(_MARKS)
    lines[start : start + pick.randint(1, 4)] = [mark + line for line in lines[start : start + pick.randint(1, 4)]] or [mark]


def _wrap(lines: list[str], pick: random.Random) -> None:
    at, width = pick.randrange(len(lines)), pick.choice((40, 60, 72))
    lines[at : at + 1] = re.findall(rf".{{1,{width}}}(?:\s|$)|\S+", lines[at]) or [""]


def _join(lines: list[str], pick: random.Random) -> None:
    at = pick.randrange(len(lines))
    lines[at : at + 2] = [" ".join(lines[at : at + 2])]


def _blank(lines: list[str], pick: random.Random) -> None:
    if pick.random() < 0.5:
        lines[:] = [line for line in lines if line.strip()] or lines
    else:
        lines[:] = [part for line in lines for part in (line, "")]


def _case(lines: list[str], pick: random.Random) -> None:
    at = pick.randrange(len(lines))
    lines[at] = pick.choice((str.upper, str.title, str.lower))(lines[at])


def _space(lines: list[str], pick: random.Random) -> None:
    at = pick.randrange(len(lines))
    lines[at] = lines[at].replace(" ", pick.choice(_SPACES[:5]), pick.randint(1, 9))


def _tail(lines: list[str], pick: random.Random) -> None:
    lines[pick.randrange(len(lines))] += pick.choice(_TAILS)


def _quotes(lines: list[str], pick: random.Random) -> None:
    marks = pick.choice(('""', "«»", "„“", "‘’", "「」", "''"))
    lines[:] = [line.replace("“", marks[0]).replace("”", marks[1]) for line in lines]


_CHANGES: tuple[Callable[[list[str], random.Random], None], ...] = (
    *(_swap, _repeat, _mark, _mark, _wrap, _join, _blank, _case, _space, _tail, _tail, _quotes),
)


def _text(lines: list[str]) -> Raw:
    return Raw(".txt", "\n".join(lines).encode(), tuple(lines))


def _page(lines: list[str]) -> Raw:
    shown = [line for line in lines if line.strip()] or ["x"]
    body = "".join(f"<p>{html.escape(line)}</p>\n" for line in shown[1:])
    return Raw(".html", f"<html><body><article><h1>{html.escape(shown[0])}</h1>\n{body}</article></body></html>".encode(), tuple(shown))


def _mail(lines: list[str]) -> Raw:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Harbour", "desk@a.example"
    mail.set_content("\n".join(lines), cte="8bit")
    return Raw(".eml", bytes(mail), tuple(lines))


_FORMATS: tuple[Callable[[list[str]], Raw], ...] = (_text, _text, _text, _page, _mail)

if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, int(sys.argv[2]) if len(sys.argv) > 2 else 0))
