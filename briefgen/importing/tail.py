"""The end of an article: sign-off, agency mark, and the footer that a copied page leaves behind it."""

from dataclasses import replace

from briefgen.importing.article import Article, Block, Dropped
from briefgen.importing.bylines import parse_byline, split_sign_off, with_byline
from briefgen.importing.shapes import ends_sentence, words

_DEEPEST = 4


def take_tail(article: Article) -> Article:
    """The article without its last lines up to the sign-off; what the sign-off says goes into the source."""
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


def _is_footer(block: Block) -> bool:
    return block.kind in ("paragraph", "item") and len(words(block.text)) <= 15 and not ends_sentence(block.text)


def _without_agency_mark(article: Article) -> Article:
    """`… of the bid. REUTER`: the mark behind the last sentence names the agency."""
    if not article.blocks or article.blocks[-1].kind != "paragraph":
        return article
    last = article.blocks[-1]
    text, mark, agency = split_sign_off(last.text)
    if not mark:
        return article
    source = replace(article.source, agency=article.source.agency or agency)
    blocks = (*article.blocks[:-1], replace(last, text=text))
    return replace(article, source=source, blocks=blocks, dropped=(*article.dropped, Dropped("byline", mark, last.line)))
