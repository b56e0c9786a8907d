"""One content file, read and typed: its header, its body, and where it stands."""

import json
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from briefgen.codec import decode
from briefgen.config import MarkdownSettings
from briefgen.digest import digest_of
from briefgen.library import frontmatter
from briefgen.library.headers import BriefingHeader, Header, PageHeader, RecordHeader
from briefgen.library.keys import SCHEMAS
from briefgen.library.outline import Outline, outline_of
from briefgen.model import Body, Kind, Place
from briefgen.problems import Problem, Problems
from briefgen.schema import Sheet, parse_table

FOLDERS: dict[str, Kind] = {"people": "person", "topics": "topic", "stories": "story", "sources": "source"}
"""The folders of `content/` that hold records, with the kind of their terms."""

HEADERS: dict[str, type[Header]] = {"briefings": BriefingHeader, "pages": PageHeader, "index": PageHeader} | dict.fromkeys(
    FOLDERS, RecordHeader
)


@dataclass(frozen=True, slots=True)
class Document:
    """A content file.

    `path` is from the site's root, `folder` its part of `content/`, `name` the path below that without the suffix.
    `digest` stands for the whole front matter as it is written, `card` for as much of it as other pages may show; a briefing has an
    `outline` of it. `written` is the header, or how the cache has it.
    """

    path: str
    folder: str
    name: str
    written: Header | bytes
    body: Body
    digest: str
    card: str
    outline: Outline | None

    @property
    def header(self) -> Header:
        """What the front matter says; from the cache it is read when somebody looks at it."""
        return _header(self.folder, self.written) if isinstance(self.written, bytes) else self.written

    def at(self, *key: str) -> Place:
        """The place of a value of the front matter: keys, and in a list the text of an entry."""
        return Place(self.path, key=key)


@lru_cache(maxsize=1 << 10)
def _header(folder: str, row: bytes) -> Header:
    return decode(HEADERS[folder], json.loads(row))


def parse_document(path: str, content: bytes, markdown: MarkdownSettings, zone: ZoneInfo) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document that the bytes of a file make, None when it has an error; and everything found in it."""
    from briefgen.library.markdown import render_markdown  # a build with nothing to parse is spared the parser

    problems = Problems()
    sheet = Sheet(path, "", problems, zone)
    folder, name = _stand(path)
    parts = frontmatter.split(sheet) if frontmatter.decode(content, sheet) else None
    if parts is None:
        return None, tuple(problems)
    table = parse_table(parts.header, sheet, first_line=2)
    header = SCHEMAS[folder].read(table, sheet) if table else None
    body = render_markdown(parts.body, parts.body_line, markdown, sheet)
    if table is None or header is None or sheet.failed:
        return None, tuple(problems)
    outline = outline_of(header, name) if isinstance(header, BriefingHeader) else None
    mark = digest_of(parts.header, str(zone))
    return Document(path, folder, name, header, body, mark, _card_digest(header), outline), tuple(problems)


def _card_digest(header: Header) -> str:
    if not isinstance(header, BriefingHeader):
        return ""
    texts = (header.title, header.summary, header.why, header.slug, header.id, header.story)
    people = tuple([f"{person.name}\x1c{person.weight}" for person in header.people])
    sources = tuple([f"{source.name}\x1c{source.agency}" for source in (header.source, *header.sources) if source])
    moment = f"{header.date.day} {header.date.at}" if header.date else None
    return digest_of(texts, header.topics, people, sources, moment, f"{header.weight} {len(header.review)}", header.image)


def _stand(path: str) -> tuple[str, str]:
    below = path.removeprefix("content/").removesuffix(".md")
    folder, slash, name = below.partition("/")
    return (folder, name) if slash else (below, below)
