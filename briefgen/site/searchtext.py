"""What full-text search reads of a briefing: all its words and names as a page that nobody sees."""

import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from briefgen.model import Briefing
from briefgen.site.markup import as_html, prose_html
from briefgen.text import ROOT_MARK

UNSPACED = "々〇ぁ-ヿㇰ-ㇿ㐀-䶿一-鿿豈-﫿ｦ-ﾝ\U00020000-\U000323af"
"""The letters of Chinese and Japanese, as a part of a regular expression; `search.js` has the same."""
_LETTER = re.compile(f"[{UNSPACED}]")
_TEXT = re.compile(r"[^<>]+(?=<|\Z)")


def render_document(briefing: Briefing, lang: str) -> str:
    """A briefing as HTML for Pagefind: its text, and as data what results show and what they are narrowed down by."""
    card = briefing.card
    day = card.date.day.isoformat() if card.date else ""
    texts = [card.summary, card.why, *briefing.key_points]
    texts += [f"{said.text} {said.speaker.name if said.speaker else said.attributed_to}" for said in briefing.quotes]
    texts += [f"{named.person.name} {named.role}" for named in briefing.people]
    texts += [term.name for term in (*card.topics, *card.sources, *([card.story] if card.story else []))]
    texts += [text for source in briefing.sources for text in (source.title, *source.authors)]
    shown = Markup("").join(
        (
            _kept("meta", (("title", card.title), ("url", card.url), ("day", day))),
            _kept("filter", _facets(briefing, day)),
            _kept("sort", [("date", day or "0000-00-00")]),
            Markup("<h1>{}</h1>").format(spaced(card.title)),
            as_html(spaced_html(str(prose_html(briefing.body)).replace(ROOT_MARK, ""))),
            *(Markup("<p>{}</p>\n").format(spaced(text)) for text in texts if text),
        )
    )
    return f'<!doctype html>\n<html lang="{escape(lang)}"><body data-pagefind-body>\n{shown}</body></html>\n'


def _facets(briefing: Briefing, day: str) -> Iterator[tuple[str, str]]:
    yield from (("topic", term.name) for term in briefing.card.topics)
    yield from (("person", term.name) for term in briefing.card.people)
    yield from (("source", term.name) for term in briefing.card.sources)
    if day:
        yield "year", day[:4]


def _kept(what: str, values: Iterable[tuple[str, str]]) -> Markup:
    row = Markup('<i data-pagefind-{}="{}[data-v]" data-v="{}"></i>\n')
    return Markup("").join(row.format(what, name, value) for name, value in values)


def spaced(text: str) -> str:
    """The text with each Chinese or Japanese letter as a word of its own: they are written without spaces between words.

    >>> spaced("the 河川 bill")
    'the  河  川  bill'
    """
    return _LETTER.sub(r" \g<0> ", text)


def spaced_html(html: str) -> str:
    """The same for the text of HTML; what stands within tags stays as it is.

    >>> spaced_html('<a href="川">川</a>')
    '<a href="川"> 川 </a>'
    """
    return _TEXT.sub(lambda text: spaced(text[0]), html) if _LETTER.search(html) else html
