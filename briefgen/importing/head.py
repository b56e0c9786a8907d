"""The head of an article: kicker, headline, standfirst, byline and date line, in whichever order they stand."""

import re
from dataclasses import replace

from briefgen.importing.article import Article, Block, Dropped
from briefgen.importing.bylines import Byline, is_outlet, parse_byline, with_byline
from briefgen.importing.dates import opening_date, parse_date_line, parse_dateline, split_glued_date
from briefgen.importing.names import key, lists
from briefgen.importing.phrases import is_key_point_label, is_section, standing
from briefgen.importing.shapes import is_heading_like, is_name, is_upper, words
from briefgen.model import ReviewNote, Source
from briefgen.text import fold

_DEEPEST = 8
_LONGEST_TITLE = 200
_READING_TIME = re.compile(r"(?:read in |reading time:? )?(?:\w+)[- ]min(?:ute)?s?(?: read)?", re.IGNORECASE)

_DATED_BY = re.compile(r"(.*\d.*?),?\s+(by:?\s.+)", re.IGNORECASE)


def take_head(article: Article) -> Article:
    """The article with title, date, authors and agency from its first lines, which leave the body."""
    at = 0
    while at < min(_DEEPEST, len(article.blocks) - 1):
        taken = _take_line(article, at)
        if taken is article:
            if not _is_standfirst(article, at):
                break
            at += 1
        article = taken
    return _date_from_text(article)


def _take_line(article: Article, at: int) -> Article:
    """The article without the line, where the line belongs to the head; else the same article."""
    block, text = article.blocks[at], article.blocks[at].text
    if block.kind not in ("paragraph", "heading"):
        return article
    if article.title and fold(text) == fold(article.title):
        return _without(article, at, "duplicate")
    if credited := with_credit_line(article, text):
        return _without(credited, at, "dateline" if credited.date != article.date and credited.source == article.source else "byline")
    if not article.title and _is_headline(article, at):
        return _with_title(article, at)
    return _name_alone(article, at)


def with_credit_line(article: Article, text: str) -> Article | None:
    """The article with what a line of the head says of author, outlet and day; None for a line that says anything else."""
    if len(text) > _LONGEST_TITLE:
        return None
    parts = [part.strip() for part in re.split(r"[|·•]", text) for part in _date_and_author(part) if part.strip()]
    if not parts:
        return None
    for part in parts:
        dated = parse_date_line(part)
        byline = None if dated else parse_byline(part)
        if dated:
            article = replace(article, date=article.date or dated[0].isoformat())
            byline = Byline(outlet=dated[1]) if is_outlet(dated[1]) else _name_and_place(dated[1])
        elif byline is None and is_outlet(part) and (article.date or article.source.authors):
            byline = Byline(outlet=part)
        elif byline is None and not standing(part) and not (article.date and _READING_TIME.fullmatch(part)):
            return None
        if byline:
            article = replace(article, source=with_byline(article.source, byline))
    return article


def _date_and_author(part: str) -> tuple[str, ...]:
    """`18 July 2031, by Jane Roe` in two; any other text as it is."""
    found = _DATED_BY.fullmatch(part.strip())
    return found.groups() if found and parse_date_line(found[1]) and parse_byline(found[2]) else (part,)


def _name_and_place(text: str) -> Byline | None:
    """`Jane Roe, Oslo` before a date: an author where the first word is a given name."""
    name = text.partition(",")[0].strip()
    return Byline((name,)) if is_name(name) and key(name.split()[0]) in lists().given else None


def _is_headline(article: Article, at: int) -> bool:
    block, following = article.blocks[at], article.blocks[at + 1]
    text = block.text
    if len(text) > _LONGEST_TITLE or is_section(text) or is_key_point_label(text) or not any(char.isalpha() for char in text):
        return False
    if block.kind == "heading":
        return True
    gap = block.line > 0 and following.line - block.line > 1
    if is_upper(text):
        # one or two capitals without a gap are a kicker or a label, not a headline
        return len(words(text)) > 2 or gap
    if is_heading_like(split_glued_date(text)[0]) or is_heading_like(text):
        return gap or len(words(text)) > 3 or following.kind == "item" or _is_masthead(article, at)
    return len(words(text)) <= 18 and _is_apparatus(following)


def _is_masthead(article: Article, at: int) -> bool:
    """Whether two or three words above a date line are the name of a newsletter: what follows is no headline, and they are no name."""
    text, behind = article.blocks[at].text, article.blocks[at + 2 : at + 3]
    if key(text.split()[0]) in lists().given or not parse_date_line(article.blocks[at + 1].text) or not behind:
        return False
    return is_key_point_label(behind[0].text) or is_section(behind[0].text) or not is_heading_like(behind[0].text)


def _with_title(article: Article, at: int) -> Article:
    block = article.blocks[at]
    title, line, date = split_glued_date(block.text)
    dropped = (*article.dropped, Dropped("dateline", line, block.line)) if date else article.dropped
    title = title.removesuffix(".") if not title.endswith("..") and title.count(".") == 1 else title
    found = replace(article, title=title, dropped=dropped, date=article.date or (date.isoformat() if date else ""))
    return replace(found, blocks=(*article.blocks[:at], *article.blocks[at + 1 :]))


def _name_alone(article: Article, at: int) -> Article:
    """A bare name under the headline stays in the text: perhaps the author, perhaps whom the story is about."""
    text = article.blocks[at].text
    if article.title and not article.source.authors and is_name(text) and _is_apparatus(article.blocks[at + 1]):
        note = ReviewNote("authors", "a name stands alone under the headline; perhaps the author", text, (text,))
        if note not in article.review:
            return replace(article, review=(*article.review, note))
    return article


def _is_standfirst(article: Article, at: int) -> bool:
    """Whether a line stands between parts of the head: it stays in the text, and the head goes on behind it."""
    if not article.title or len(article.blocks[at].text) > 400:
        return False
    return _is_apparatus(article.blocks[at + 1])


def _is_apparatus(block: Block) -> bool:
    text = block.text
    if block.kind != "paragraph":
        return False
    return bool(with_credit_line(Article(Source(), (), ""), text) or is_name(text) or parse_dateline(text))


def _without(article: Article, at: int, reason: str) -> Article:
    block = article.blocks[at]
    dropped = Dropped("duplicate" if reason == "duplicate" else "byline" if reason == "byline" else "dateline", block.text, block.line)
    return replace(article, blocks=(*article.blocks[:at], *article.blocks[at + 1 :]), dropped=(*article.dropped, dropped))


def _date_from_text(article: Article) -> Article:
    """The agency and the date of the dateline that the first paragraph opens with; the words stay where they are."""
    first = next((block for block in article.blocks if block.kind == "paragraph"), None)
    if first is None:
        return article
    dateline = parse_dateline(first.text)
    date = dateline.date if dateline else opening_date(first.text)
    if dateline and dateline.agency and not article.source.agency:
        article = replace(article, source=replace(article.source, agency=dateline.agency))
    return replace(article, date=date.isoformat()) if date and not article.date else article
