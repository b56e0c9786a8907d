"""The end of an article: sign-off, agency mark, and the footer that a copied page leaves behind it."""

import re
from dataclasses import replace

from briefgen.importing.article import Article, Block, Dropped
from briefgen.importing.bylines import Byline, is_outlet, parse_byline, split_sign_off, with_byline
from briefgen.importing.dates import parse_date_line
from briefgen.importing.shapes import ends_sentence, words

_DEEPEST = 4
_SOURCE_LINE = re.compile(r"[(\[]?source: +(\S.{1,98}?)[)\]]?\.?", re.IGNORECASE)


def take_tail(article: Article) -> Article:
    """The article without its last lines up to the sign-off; what the sign-off says goes into the source."""
    article = _without_source_line(article)
    blocks = article.blocks
    for back in range(1, min(_DEEPEST, len(blocks) - 1) + 1):
        byline = parse_byline(blocks[-back].text) if blocks[-back].kind in ("paragraph", "item") else None
        if byline is None:
            continue
        below = blocks[len(blocks) - back + 1 :]
        if not all(_is_footer(block) for block in below):
            break
        source = with_byline(article.source, byline)
        dropped = [
            Dropped("byline", blocks[-back].text, blocks[-back].line),
            *(Dropped("footer", block.text, block.line) for block in below),
        ]
        return replace(article, source=source, blocks=blocks[:-back], dropped=(*article.dropped, *dropped))
    return _without_agency_mark(article)


def _without_source_line(article: Article) -> Article:
    """`Source: Point Press, 3 May 2031` as the last line names the outlet, and the day where nothing else does."""
    last = article.blocks[-1] if len(article.blocks) > 1 else None
    found = _SOURCE_LINE.fullmatch(last.text) if last and last.kind == "paragraph" else None
    if last is None or found is None:
        return article
    date, outlet = parse_date_line(found[1]) or (None, found[1])
    if not is_outlet(outlet):
        return article
    return replace(
        article,
        source=with_byline(article.source, Byline(outlet=outlet)),
        date=article.date or (date.isoformat() if date else ""),
        blocks=article.blocks[:-1],
        dropped=(*article.dropped, Dropped("byline", last.text, last.line)),
    )


def _is_footer(block: Block) -> bool:
    return block.kind in ("paragraph", "item") and len(words(block.text)) <= 15 and not ends_sentence(block.text)


def _without_agency_mark(article: Article) -> Article:
    """`… of the bid. REUTER`: the mark behind the last sentence names the agency."""
    if not article.blocks or article.blocks[-1].kind not in ("paragraph", "item"):
        return article
    last = article.blocks[-1]
    text, mark, agency = split_sign_off(last.text)
    if not mark:
        return article
    source = replace(article.source, agency=article.source.agency or agency)
    blocks = (*article.blocks[:-1], replace(last, text=text))
    return replace(article, source=source, blocks=blocks, dropped=(*article.dropped, Dropped("byline", mark, last.line)))
