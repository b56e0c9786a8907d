"""E-mail: one message is one article, its subject the headline."""

import re
from collections.abc import Iterator
from email import message_from_bytes, message_from_string, policy
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime
from typing import Literal

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
_FORWARDED = re.compile(
    r"^(?:-{2,} ?(?:forwarded message|original message)[ -]*|begin forwarded message:)[ \t]*\n\s*"
    r"(?P<headers>(?:[A-Z][\w-]+:[^\n]*\n)+)",
    re.IGNORECASE | re.MULTILINE,
)
_STUB = 40


def read_mail(content: bytes) -> Iterator[Article]:
    """The article of a message in text or HTML, of a forwarded one what was forwarded; attachments are not read."""
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 -- the policy makes it one
    text, markup, doubt = _body(message)
    attached = [one_line(name) for part in message.walk() if part.is_attachment() and (name := part.get_filename())]
    forwarded = _FORWARDED.search(text)
    dropped: tuple[Dropped, ...] = ()
    if forwarded and len(text[: forwarded.start()].split()) < _STUB:
        message, dropped = _forwarded(message, forwarded["headers"]), _lines("navigation", text[: forwarded.end()])
        text = "\n" * text.count("\n", 0, forwarded.end()) + text[forwarded.end() :]
    blocks, below = (parse_fragment(markup), ()) if markup else _without_signature(text)
    notes = [ReviewNote("encoding", doubt)] if doubt else []
    if attached:
        notes.append(ReviewNote("body", "attachments were not read", ", ".join(attached)[:300]))
    yield Article(
        _source(message),
        blocks,
        "mail",
        title=_PREFIX.sub("", one_line(clean(_header(message, "subject")))),
        date=_date(message),
        dropped=(*dropped, *below),
        review=tuple(notes),
    )


def _forwarded(message: EmailMessage, headers: str) -> EmailMessage:
    """The message that was forwarded; what its headers leave out is as in the message around it."""
    inner = message_from_string(headers, policy=policy.default)
    assert isinstance(inner, EmailMessage)  # noqa: S101 -- the policy makes it one
    for name in ("subject", "date"):
        if not _header(inner, name):
            # encoded words may bear a break of lines, which no header may
            inner[name] = one_line(clean(_header(message, name)))
    return inner


def _body(message: EmailMessage) -> tuple[str, str, str]:
    """The text; the HTML where the text is only a hint at it, else ""; and why an encoding was guessed."""
    # pictures between them cut a text into parts: each is read, where get_body gives the first
    plain, markup = [_plain(part) for part in _parts(message) if part.get_content_type() == "text/plain"], message.get_body(("html",))
    text, doubt = "\n\n".join(text for text, _ in plain), next((doubt for _, doubt in plain if doubt), "")
    if markup and len(text.split()) < _STUB:
        page, doubt_too = _decoded(markup)
        if sum(len(block.text.split()) for block in parse_fragment(page)) > len(text.split()):
            return "", page, doubt_too
    return text, "", doubt


def _parts(part: MIMEPart) -> Iterator[MIMEPart]:
    """What a message shows, in its order; nothing of what is attached to it."""
    if part.is_attachment():
        return
    if part.get_content_maintype() != "multipart":
        yield part
    elif part.is_multipart():
        for inner in part.iter_parts():
            yield from _parts(inner)


def _plain(part: MIMEPart) -> tuple[str, str]:
    text, doubt = _decoded(part)
    return re.sub(r" \n ?(?=\S)", " ", text) if "flowed" in str(part.get("content-type", "")) else text, doubt


def _without_signature(text: str) -> tuple[tuple[Block, ...], tuple[Dropped, ...]]:
    """The blocks above the signature, and its lines."""
    signature = _SIGNATURE.search(text)
    if not signature:
        return parse_layout(text), ()
    first = text.count("\n", 0, signature.end()) + 1
    return parse_layout(text[: signature.start()]), _lines("footer", text[signature.end() + 1 :], first)


def _lines(reason: Literal["navigation", "footer"], text: str, before: int = 0) -> tuple[Dropped, ...]:
    """The lines of a text that is left out; `before` counts those that stand above it."""
    return tuple(Dropped(reason, row.strip(), before + at) for at, row in enumerate(text.split("\n"), 1) if row.strip())


def _decoded(part: MIMEPart) -> tuple[str, str]:
    payload = part.get_payload(decode=True)
    text, doubt = decode(payload if isinstance(payload, bytes) else b"", part.get_content_charset() or "")
    return clean(text), doubt


def _source(message: EmailMessage) -> Source:
    """The sender: a person is the author, anybody else and the sender of a mailing list the publisher."""
    try:
        senders: tuple[Address, ...] = message["from"].addresses if message["from"] else ()
    except (AttributeError, ValueError, IndexError, OverflowError):
        senders = ()
    name = one_line(clean(senders[0].display_name)) if senders else ""
    if is_name(name) and not is_outlet(name) and not message["list-unsubscribe"] and not message["list-id"]:
        return Source(authors=(name,))
    return Source(name=name)


def _date(message: EmailMessage) -> str:
    said = _header(message, "date")
    try:
        return parsedate_to_datetime(said).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return one_line(clean(said))


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message[name] or "")
    except (ValueError, IndexError, AttributeError, TypeError, OverflowError):
        return ""
