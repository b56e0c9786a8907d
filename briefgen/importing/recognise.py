"""What an article mentions: people, quotes, topics, key points – and what it leaves open."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from briefgen.forms import is_language
from briefgen.importing.article import Article, Block
from briefgen.importing.dates import iso_day
from briefgen.importing.days import published
from briefgen.importing.draft import Draft
from briefgen.importing.keypoints import choose_key_points
from briefgen.importing.known import Known
from briefgen.importing.learned import Judge
from briefgen.importing.notes import open_fields, open_quotes, sentence_around, still_open
from briefgen.importing.people import PersonMention, find_people
from briefgen.importing.quotes import find_quotes
from briefgen.importing.report import Options
from briefgen.importing.titles import derive_title
from briefgen.importing.topics import find_topics
from briefgen.model import Name, Quote, ReviewNote
from briefgen.text import fold, one_line

LONGEST = 300_000
"""Characters of an article in which recognisers look; a whole book takes too long."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """What the recognisers have found so far, and what they could not be sure of.

    `titled` is the sentence that the title was made of, `judge` what the archive taught.
    """

    people: tuple[PersonMention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    title: str = ""
    titled: str = ""
    key_points: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    review: tuple[ReviewNote, ...] = ()
    judge: Judge = field(default_factory=Judge)


_ALIKE = 0.7

Recogniser = Callable[[Article, Known, Mentions], Mentions]


def recognise(article: Article, known: Known, judge: Judge, options: Options) -> Draft:
    """The briefing that an article becomes; what was told at the command line goes before what was found."""
    seen, notes = _within_limits(article)
    mentions = Mentions(review=(*article.review, *notes), judge=judge)
    for find in RECOGNISERS:
        mentions = find(seen, known, mentions)
    date = options.date or iso_day(article.date)
    online = published(article, options.date)
    source = replace(
        article.source,
        name=options.source or article.source.name or options.default_source,
        title=article.title,
        published=article.date if iso_day(article.date) else online.isoformat() if online else "",
    )
    open_notes = open_fields(article, options, date.isoformat() if date else "", source.name, mentions.titled)
    return Draft(
        title=one_line(options.title or article.title or mentions.title),
        blocks=article.blocks,
        source=source,
        date=date.isoformat() if date else "",
        summary=article.summary,
        key_points=article.key_points or mentions.key_points,
        topics=tuple(dict.fromkeys((*options.topics, *mentions.topics)))[: max(5, len(options.topics))],
        people=_people(mentions.people, options.people),
        quotes=mentions.quotes,
        related=article.related,
        lang=lang if is_language(lang := article.lang.replace("_", "-")) else "",
        review=tuple(dict.fromkeys((*open_notes, *still_open(mentions.review, options)))),
    )


def recognise_people(article: Article, known: Known, mentions: Mentions) -> Mentions:
    """Everybody in body and key points; who is named by surname only is noted."""
    points = tuple(Block("item", point) for point in article.key_points)
    people = find_people(replace(article, blocks=(*article.blocks, *points)), known)
    authors = {fold(author) for author in article.source.authors}
    people = tuple(person for person in people if fold(person.name) not in authors)
    notes = tuple(
        ReviewNote("people", f"{person.name} is named by surname only", _sentence(article, person), _candidates(person, people))
        for person in people
        if person.surname_only and not person.id
    )
    return replace(mentions, people=people, review=(*mentions.review, *notes))


def recognise_quotes(article: Article, known: Known, mentions: Mentions) -> Mentions:
    """Quotations with their speakers; one that has none is noted."""
    del known
    quotes = find_quotes(article, mentions.people)
    return replace(mentions, quotes=quotes, review=(*mentions.review, *open_quotes(article, quotes, mentions.people)))


def recognise_title(article: Article, known: Known, mentions: Mentions) -> Mentions:
    """The title, derived where none is given."""
    del known
    if article.title:
        return mentions
    roles = tuple((person.role, person.name) for person in mentions.people if person.role)
    title, titled = derive_title(article, roles)
    return replace(mentions, title=title, titled=titled)


def recognise_key_points(article: Article, known: Known, mentions: Mentions) -> Mentions:
    """The key points, chosen where none are given."""
    del known
    if article.key_points:
        return mentions
    points, note = choose_key_points(article)
    return replace(mentions, key_points=points, review=(*mentions.review, note) if note else mentions.review)


def recognise_topics(article: Article, known: Known, mentions: Mentions) -> Mentions:
    """At most five topics."""
    names = tuple(form for person in mentions.people for form in (person.name, *person.forms))
    heads = replace(article, title=article.title or mentions.title, key_points=article.key_points or mentions.key_points)
    topics, note = find_topics(heads, known.topics, mentions.judge, names)
    return replace(mentions, topics=topics, review=(*mentions.review, note) if note else mentions.review)


RECOGNISERS: tuple[Recogniser, ...] = (recognise_people, recognise_quotes, recognise_title, recognise_key_points, recognise_topics)


def _within_limits(article: Article) -> tuple[Article, tuple[ReviewNote, ...]]:
    left, kept = LONGEST, []
    for block in article.blocks:
        kept.append(block if len(block.text) <= left else replace(block, text=block.text[:left]))
        left -= len(block.text)
        if left <= 0:
            note = ReviewNote(
                "people", f"the article is very long; people, quotes and topics were looked for in its first {LONGEST:,} characters"
            )
            return replace(article, blocks=tuple(kept)), (note,)
    return article, ()


def _people(found: tuple[PersonMention, ...], told: tuple[str, ...]) -> tuple[Name, ...]:
    names = {fold(name): Name(name) for name in told}
    for person in found:
        names.setdefault(fold(person.name), Name(person.name, person.role))
    return tuple(names.values())


def _sentence(article: Article, person: PersonMention) -> str:
    """The sentence that names a person first; key points stand behind the blocks, and have none."""
    if person.block >= len(article.blocks):
        return ""
    first = person.spans[0]
    return sentence_around(article.blocks[first.block].text, first.start, first.end)


def _candidates(person: PersonMention, people: tuple[PersonMention, ...]) -> tuple[str, ...]:
    """Who a surname may mean: persons of the site, then those of the article whose name is nearly the same."""
    full = [other.name for other in people if " " in other.name]
    near = [name for name in full if SequenceMatcher(None, fold(person.name), fold(name.split()[-1]), autojunk=False).ratio() > _ALIKE]
    return tuple(dict.fromkeys((*person.candidates, *near)))
