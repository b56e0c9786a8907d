"""Lines about an article that stand in its text: mail headers, embargoes, when it went online, whom the press may call."""

import re
from dataclasses import replace

from briefgen.importing.article import Article, Block, Dropped
from briefgen.importing.bylines import is_outlet
from briefgen.importing.dates import find_date
from briefgen.importing.days import is_online_line
from briefgen.importing.shapes import ends_sentence, is_name, words
from briefgen.model import RelatedLink, ReviewNote, Source
from briefgen.text import one_line

_DEEPEST = 8
_MAIL = re.compile(r"(?P<key>From|To|Cc|Subject|Date|Sent|Reply-To): +(?P<said>\S.*)")
_ADDRESS = re.compile(r"\s*[<(\[]?[\w.+-]+@[\w.-]+[>)\]]?")
_EMBARGO = re.compile(r"(?:strictly |under )?embargo(?:ed)?\b.{0,120}", re.IGNORECASE)
_CONTACT = re.compile(
    r"(?:(?:media|press|public relations|pr) (?:contacts?|enquiries|inquiries|office)|contacts?"
    r"|for (?:more|further) information\b.{0,80}):?",
    re.IGNORECASE,
)
_CONTACT_LINE = re.compile(
    r"(?:(?:media|press|public relations|pr) )?(?:contacts?|enquiries|inquiries): +(?=.*(?:\S@\S|\d{3}))\S.{0,200}", re.IGNORECASE
)
_MOST_CONTACTS = 8
_INLINE = re.compile(
    r"(?P<end>[.!?…][\"”’)]?) (?P<line>(?:read (?:more|also|next)|also read|see also|related(?: story| article)?)"
    r" ?[:|] ?(?P<title>[^.!?]{10,140}))$",
    re.IGNORECASE,
)


def take_mail_head(article: Article) -> Article:
    """`From:`, `Subject:`, `Date:` on top of a pasted mail: headline, day and sender, out of the text."""
    count = 0
    while count < min(_DEEPEST, len(article.blocks) - 1) and _MAIL.fullmatch(article.blocks[count].text):
        count += 1
    said = {found["key"]: one_line(found["said"]) for block in article.blocks[:count] if (found := _MAIL.fullmatch(block.text))}
    if "Subject" not in said or len(said) < 2:
        return article
    date = find_date(said.get("Date", said.get("Sent", "")))
    return replace(
        article,
        title=article.title or said["Subject"],
        date=article.date or (date.isoformat() if date else ""),
        source=_sent_by(article.source, _ADDRESS.sub("", said.get("From", "")).strip('" ')),
        blocks=article.blocks[count:],
        dropped=(*article.dropped, *(Dropped("byline", block.text, block.line) for block in article.blocks[:count])),
    )


def take_notices(article: Article) -> Article:
    """An embargo is noted; it, lines that say when the text went online, and contacts leave the body."""
    kept: list[Block] = []
    dropped: list[Dropped] = []
    review: list[ReviewNote] = []
    for at, block in enumerate(article.blocks):
        if (at < _DEEPEST or at >= len(article.blocks) - _DEEPEST) and _CONTACT_LINE.fullmatch(block.text):
            dropped.append(Dropped("footer", block.text, block.line))
            continue
        if at < _DEEPEST and _EMBARGO.fullmatch(block.text) and not ends_sentence(block.text):
            review.append(ReviewNote("publish", "the text is under embargo", block.text))
        elif not is_online_line(block.text):
            kept.append(block)
            continue
        dropped.append(Dropped("dateline", block.text, block.line))
    end = _contacts(kept)
    dropped += [Dropped("footer", block.text, block.line) for block in kept[end:]]
    if not kept[:end] or not dropped:
        return article
    return replace(article, blocks=tuple(kept[:end]), dropped=(*article.dropped, *dropped), review=(*article.review, *review))


def take_inline_links(article: Article) -> Article:
    """`… in March. Read more: Ministers meet`: what stands behind the last sentence of a paragraph is a link, not text."""
    kept: list[Block] = []
    dropped: list[Dropped] = []
    related: list[RelatedLink] = []
    for block in article.blocks:
        found = _INLINE.search(block.text, max(0, len(block.text) - 180)) if block.kind == "paragraph" else None
        kept.append(replace(block, text=block.text[: found.end("end")]) if found else block)
        if found:
            dropped.append(Dropped("related", found["line"], block.line))
            related.append(RelatedLink(found["title"].strip()))
    if not dropped:
        return article
    return replace(article, blocks=tuple(kept), dropped=(*article.dropped, *dropped), related=(*article.related, *related))


def _sent_by(source: Source, sender: str) -> Source:
    """A person is the author, anybody else the publisher."""
    if not sender or source.name or source.authors:
        return source
    person = is_name(sender) and not is_outlet(sender) and not sender.startswith("The ")
    return replace(source, authors=(sender,)) if person else replace(source, name=sender)


def _contacts(blocks: list[Block]) -> int:
    """Where the contacts of a press release begin: a label near the end, and nothing but short lines below it."""
    for at in range(max(1, len(blocks) - _MOST_CONTACTS), len(blocks)):
        below = blocks[at + 1 :]
        if _CONTACT.fullmatch(blocks[at].text) and below and all(len(words(block.text)) <= 12 for block in below):
            return at
    return len(blocks)
