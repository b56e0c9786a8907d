"""The keys of front matter: one table for each kind of file, by which it is read, documented and completed."""

import re
from typing import Any

from briefgen.forms import DAY, EXTRA, FLAG, LANG, MOMENT, TEXT, WHOLE, list_of, table_of
from briefgen.library.headers import BriefingHeader, PageHeader, RecordHeader
from briefgen.model import Correction, Image, Name, Quote, RelatedLink, ReviewNote, Role, Source
from briefgen.schema import Form, Key, Schema, Sheet
from briefgen.text import web_address
from briefgen.yamltext import Scalar, Tree


def _read_url(tree: Tree, sheet: Sheet, name: str) -> str | None:
    text = tree.text.strip() if isinstance(tree, Scalar) else ""
    if text and web_address(text) == text:
        return text
    sheet.fault(sheet.wrong_form, tree, f"`{name}` is not a web address", "write it with https://")
    return None


def _read_slug(tree: Tree, sheet: Sheet, name: str) -> str | None:
    text = TEXT.read(tree, sheet, name)
    if text is not None and re.search(r"[/\\]|^\.*$", text):
        sheet.fault(
            "BG208",
            tree,
            f"`{name}` must be one part of a path",
            "write letters, digits and `-`; the permalink of the site has the folders",
        )
        return None
    return text


def _read_old_url(tree: Tree, sheet: Sheet, name: str) -> str | None:
    text = TEXT.read(tree, sheet, name)
    if text is None:
        return None
    path = text.strip("/")
    if text.startswith("//") or not is_old_url(path):
        sheet.fault("BG208", tree, f"`{name}` must be a path inside the site", "write an old URL such as /2024/old-title/")
        return None
    return path


def is_old_url(path: str) -> bool:
    """Whether a page can stand at a path that leads on to another one.

    >>> is_old_url("2024/old-title"), is_old_url("a/../b"), is_old_url("100%")
    (True, False, False)
    """
    return not any(part.startswith(".") or not part or re.search(r"[\\?#:%<>\"|*]", part) for part in path.split("/"))


URL: Form[str] = Form("a web address", _read_url, {"type": "string", "format": "uri"})
SLUG: Form[str] = Form("one part of a path", _read_slug, {"type": "string"})
OLD_URL: Form[str] = Form("a path inside the site", _read_old_url, {"type": "string"})
TEXTS = list_of(TEXT)

_SOURCE = Schema(
    "a source",
    Source,
    (
        Key("name", TEXT, "the publisher"),
        Key("agency", TEXT, "the news agency that wrote it"),
        Key("authors", TEXTS, "its byline"),
        Key("title", TEXT, "its headline"),
        Key("angle", TEXT, "what it stresses, or has alone"),
        Key("url", URL, "where it was published"),
        Key("published", TEXT, "the day or time that it says of itself"),
        Key("retrieved", TEXT, "when it was taken from there"),
        Key("origin", TEXT, "the name of the imported file"),
        Key("sha256", TEXT, "the digest of the imported file"),
    ),
)
_QUOTE = Schema(
    "a quote",
    Quote,
    (
        Key("text", TEXT, "the words, as they were said", required=True),
        Key("speaker", TEXT, "the person who said them"),
        Key("attributed_to", TEXT, "the office, organisation or unnamed person who said them"),
        Key("source", TEXT, "who reported them"),
    ),
)
_PERSON = Schema(
    "a person",
    Name,
    (
        Key("name", TEXT, "the name, an alias or the id of a record", required=True),
        Key("role", TEXT, "who they are in this briefing"),
        Key("weight", WHOLE, "people with a greater weight come first"),
    ),
)
_IMAGE = Schema(
    "an image",
    Image,
    (
        Key("src", TEXT, "a file beside this one or in static/", required=True),
        Key("alt", TEXT, "what it shows, in words", required=True),
        Key("credit", TEXT, "who made it"),
    ),
)
_CORRECTION = Schema(
    "a correction",
    Correction,
    (Key("date", MOMENT, "the day of the correction", required=True), Key("text", TEXT, "what was wrong and what is right", required=True)),
)
_RELATED = Schema("a related article", RelatedLink, (Key("title", TEXT, "its headline", required=True), Key("url", URL, "where it is")))
_REVIEW = Schema(
    "a review note",
    ReviewNote,
    (
        Key("field", TEXT, "the key that import was unsure of", required=True),
        Key("reason", TEXT, "why", required=True),
        Key("text", TEXT, "the words it rests on"),
        Key("candidates", TEXTS, "what it may be"),
    ),
)
_ROLE = Schema(
    "a role",
    Role,
    (
        Key("title", TEXT, "the office", required=True),
        Key("org", TEXT, "where it was held"),
        Key("from", DAY, "the first day", into="since"),
        Key("to", DAY, "the last day", into="until"),
    ),
)
_SOURCE_FORM = table_of(_SOURCE, short=lambda name: Source(name=name))

BRIEFING = Schema(
    "briefing",
    BriefingHeader,
    (
        Key("title", TEXT, "the headline", required=True),
        Key("date", MOMENT, "the day of the edition that it belongs to"),
        Key("updated", MOMENT, "when it was last changed in substance"),
        Key("publish", MOMENT, "hidden before this moment"),
        Key("expires", MOMENT, "hidden from this moment on"),
        Key("draft", FLAG, "hidden unless drafts are built"),
        Key("summary", TEXT, "what happened, in a sentence or two"),
        Key("why", TEXT, "why it matters, in one line"),
        Key("key_points", TEXTS, "the points that a reader in a hurry needs"),
        Key("topics", TEXTS, "names, aliases or ids of topics"),
        Key("people", list_of(table_of(_PERSON, short=Name)), "who it is about"),
        Key("story", TEXT, "the story across days that it is a part of"),
        Key("sources", list_of(_SOURCE_FORM), "where it is from"),
        Key("source", _SOURCE_FORM, "short for one entry of sources"),
        Key("quotes", list_of(table_of(_QUOTE)), "who said what"),
        Key("id", TEXT, "its identity, if not its path"),
        Key("slug", SLUG, "its part of the URL, if not the file's name"),
        Key("aliases", list_of(OLD_URL), "old URLs that lead here"),
        Key("authors", TEXTS, "who wrote the briefing"),
        Key("weight", WHOLE, "a greater weight stands earlier in the edition"),
        Key("lang", LANG, "its language, if not the site's"),
        Key("image", table_of(_IMAGE), "a picture"),
        Key("corrections", list_of(table_of(_CORRECTION)), "what was put right"),
        Key("related", list_of(table_of(_RELATED, short=RelatedLink)), "what the source pointed to"),
        Key("review", list_of(table_of(_REVIEW)), "what import was unsure of"),
        Key("extra", EXTRA, "keys of your own"),
    ),
)
_RECORD_KEYS = (
    Key("name", TEXT, "the name that pages show", required=True),
    Key("aliases", TEXTS, "other names that lead here"),
    Key("summary", TEXT, "who or what this is, in a sentence"),
    Key("image", table_of(_IMAGE), "a picture"),
    Key("same_as", list_of(URL), "the same elsewhere: Wikidata, a home page"),
    Key("different_from", TEXTS, "similar names that mean somebody or something else"),
    Key("redirects", list_of(OLD_URL), "old URLs that lead here"),
)
_LAST_KEY = (Key("extra", EXTRA, "keys of your own"),)
PERSON = Schema(
    "person",
    RecordHeader,
    (
        *_RECORD_KEYS,
        Key("roles", list_of(table_of(_ROLE)), "offices held"),
        Key("sort_name", TEXT, "the name as the index sorts it, such as `Putin, Vladimir`"),
        *_LAST_KEY,
    ),
)
TOPIC = Schema(
    "topic",
    RecordHeader,
    (
        *_RECORD_KEYS,
        Key("parent", TEXT, "the topic above it"),
        Key("keywords", TEXTS, "words by which import recognises it"),
        Key("iptc", TEXT, "its IPTC media topic, such as medtop:20000209"),
        *_LAST_KEY,
    ),
)
RECORD = Schema("record", RecordHeader, (*_RECORD_KEYS, *_LAST_KEY))
_PAGE_KEYS = (
    Key("title", TEXT, "the heading", required=True),
    Key("summary", TEXT, "what it is, in a sentence"),
    Key("draft", FLAG, "hidden unless drafts are built"),
    Key("updated", MOMENT, "when it was last changed"),
    Key("image", table_of(_IMAGE), "a picture"),
)
HOME = Schema("home page", PageHeader, (*_PAGE_KEYS, *_LAST_KEY))
PAGE = Schema(
    "page",
    PageHeader,
    (
        *_PAGE_KEYS,
        Key("nav", WHOLE, "its place in the navigation"),
        Key("slug", SLUG, "its part of the URL, if not the file's name"),
        Key("aliases", list_of(OLD_URL), "old URLs that lead here"),
        *_LAST_KEY,
    ),
)

SCHEMAS: dict[str, Schema[Any]] = {
    "briefings": BRIEFING,
    "people": PERSON,
    "topics": TOPIC,
    "stories": RECORD,
    "sources": RECORD,
    "pages": PAGE,
    "index": HOME,
}
"""By the folder of `content/` that a file stands in; `index` is `content/index.md`."""
