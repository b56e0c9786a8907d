"""E-mail: one message is one article, its subject the headline."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime

from briefgen.importing.article import Article, Block, Dropped
from briefgen.importing.bylines import is_outlet
from briefgen.importing.encodings import decode
from briefgen.importing.fragments import parse_fragment
from briefgen.importing.layout import parse_layout
from briefgen.importing.shapes import is_name
from briefgen.model import ReviewNote, Source
from briefgen.text import clean, one_line

_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr)\s*:\s*)+", re.IGNORECASE)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_STUB = 40


def read_mail(content: bytes) -> Iterator[Article]:
    """The article of a message in text or HTML; attachments are not read."""
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 -- the policy makes it one
    blocks, dropped, doubt = _body(message)
    notes = [ReviewNote("encoding", doubt)] if doubt else []
    attached = [one_line(name) for part in message.walk() if part.is_attachment() and (name := part.get_filename())]
    if attached:
        notes.append(ReviewNote("body", "attachments were not read", ", ".join(attached)[:300]))
    yield Article(
        _source(message),
        blocks,
        "mail",
        title=_PREFIX.sub("", one_line(clean(_header(message, "subject")))),
        date=_date(message),
        dropped=dropped,
        review=tuple(notes),
    )


def _body(message: EmailMessage) -> tuple[tuple[Block, ...], tuple[Dropped, ...], str]:
    """The text where it is more than a hint at the HTML beside it, else the HTML."""
    plain, markup = message.get_body(("plain",)), message.get_body(("html",))
    text, doubt = _decoded(plain) if plain else ("", "")
    if markup and len(text.split()) < _STUB:
        page, doubt_too = _decoded(markup)
        blocks = parse_fragment(page)
        if sum(len(block.text.split()) for block in blocks) > len(text.split()):
            return blocks, (), doubt_too
    if plain and "flowed" in str(plain.get("content-type", "")):
        text = re.sub(r" \n ?(?=\S)", " ", text)
    signature = _SIGNATURE.search(text)
    if not signature:
        return parse_layout(text), (), doubt
    line = text.count("\n", 0, signature.start()) + 2
    below = [(line + at, row.strip()) for at, row in enumerate(text[signature.end() + 1 :].split("\n")) if row.strip()]
    return parse_layout(text[: signature.start()]), tuple(Dropped("footer", row, at) for at, row in below), doubt


def _decoded(part: MIMEPart) -> tuple[str, str]:
    payload = part.get_payload(decode=True)
    text, doubt = decode(payload if isinstance(payload, bytes) else b"", part.get_content_charset() or "")
    return clean(text), doubt


def _source(message: EmailMessage) -> Source:
    """The sender: a person is the author, anybody else the publisher."""
    try:
        senders: tuple[Address, ...] = message["from"].addresses if message["from"] else ()
    except (AttributeError, ValueError, IndexError):
        senders = ()
    name = one_line(clean(senders[0].display_name)) if senders else ""
    if is_name(name) and not is_outlet(name):
        return Source(authors=(name,))
    return Source(name=name)


def _date(message: EmailMessage) -> str:
    said = _header(message, "date")
    try:
        return parsedate_to_datetime(said).isoformat()
    except (ValueError, TypeError, IndexError):
        return one_line(clean(said))


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message[name] or "")
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""
