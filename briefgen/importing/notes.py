"""Review notes: what the text of an article does not say, and what was only guessed."""

from collections.abc import Iterable, Sequence

from briefgen.importing.article import Article
from briefgen.importing.dates import days_named, parse_dateline
from briefgen.importing.days import online_line
from briefgen.importing.people import PersonMention
from briefgen.importing.report import Options
from briefgen.importing.sentences import split_sentences
from briefgen.model import Quote, ReviewNote

_LONGEST_EXCERPT = 300
_READ = 300_000
_NEAR, _MOST = 3, 4
"""Paragraphs around a quotation from which its speaker is offered, and how many are."""


def open_fields(article: Article, options: Options, date: str, source: str, titled: str) -> tuple[ReviewNote, ...]:
    """A note for each of title, date and source that neither the text nor the command line gives; the title was made of `titled`."""
    notes = []
    if not article.title and not options.title:
        notes.append(ReviewNote("title", "not in the text; derived from the first sentence", titled[:_LONGEST_EXCERPT]))
    if not date:
        notes.append(_date_note(article, first_paragraph(article)))
    if not source:
        notes.append(_source_note(article.source.agency))
    return tuple(notes)


def open_quotes(article: Article, quotes: Iterable[Quote], people: Sequence[PersonMention]) -> tuple[ReviewNote, ...]:
    """A note for each quotation that nobody is said to have spoken, with those who are named nearest to it."""
    notes = []
    for quote in quotes:
        if quote.speaker or quote.attributed_to:
            continue
        at, text = next((at, block.text) for at, block in enumerate(article.blocks) if quote.text in block.text)
        end = text.index(quote.text) + len(quote.text)
        away = {person.name: min(abs(span.block - at) for span in person.spans) for person in people}
        near = sorted((name for name in away if away[name] < _NEAR), key=away.__getitem__)
        notes.append(ReviewNote("quotes", "who says it could not be told", sentence_around(text, end - 1, end), tuple(near[:_MOST])))
    return tuple(notes)


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence of a paragraph that holds these characters, or as much of it as one wants to read.

    >>> sentence_around("He left. Mr. Roe stayed. All saw it.", 9, 16)
    'Mr. Roe stayed.'
    """
    at = 0
    for sentence in split_sentences(text):
        first = text.index(sentence, at)
        at = first + len(sentence)
        if at >= end:
            cut = max(0, min(start - first - _LONGEST_EXCERPT // 2, len(sentence) - _LONGEST_EXCERPT))
            return sentence[cut : cut + _LONGEST_EXCERPT]
    return text[start : start + _LONGEST_EXCERPT]


def still_open(notes: tuple[ReviewNote, ...], options: Options) -> tuple[ReviewNote, ...]:
    """The notes whose field the command line did not settle."""
    told = {"topics": options.topics, "title": options.title, "date": options.date, "source": options.source}
    return tuple(note for note in notes if not told.get(note.field))


def first_paragraph(article: Article) -> str:
    """The text that the article opens with; "" where it has no paragraph."""
    return next((block.text for block in article.blocks if block.kind == "paragraph"), "")


def _date_note(article: Article, opening: str) -> ReviewNote:
    if article.date:
        return ReviewNote("date", f"the source says `{article.date[:60]}`, which is no date")
    dateline = parse_dateline(opening)
    if dateline and dateline.day:
        reason = f"not in the text; the dateline says {dateline.day}, no year"
        return ReviewNote("date", reason, sentence_around(opening, 0, 1))
    if said := online_line(article):
        return ReviewNote("date", "not in the text; only a relative day is", said)
    days = days_named(" ".join(block.text for block in article.blocks)[:_READ])
    return ReviewNote("date", "not in the text" + (f"; days named: {', '.join(day.rstrip('.') for day in days[:8])}" if days else ""))


def _source_note(agency: str) -> ReviewNote:
    if agency:
        return ReviewNote("source", f"the text names the agency {agency}, and no publisher", candidates=(agency,))
    return ReviewNote("source", "the publisher is not named in the text")
