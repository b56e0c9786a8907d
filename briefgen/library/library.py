"""The library: every visible briefing in order, every record, and the names that lead to them."""

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any

from briefgen.config import Config
from briefgen.digest import digest_of
from briefgen.library.document import FOLDERS, Document
from briefgen.library.headers import BriefingHeader, PageHeader
from briefgen.library.mentions import Mention, locate, mentions_of, namings_of
from briefgen.library.names import Names, Used, register
from briefgen.library.outline import Outline
from briefgen.library.show import Show, State
from briefgen.library.urls import page_url, url_on
from briefgen.model import Card, Kind, Moment, Place, Term
from briefgen.problems import Problem, Problems
from briefgen.text import fold, minutes


@dataclass(frozen=True, slots=True)
class Entry:
    """A visible briefing: the file's words, what of them all pages look at, the card that these may show.

    `terms` are the records that its names mean, one for each name, in the order in which the outline has the names.
    """

    document: Document
    outline: Outline
    card: Card
    terms: tuple[Term, ...]

    @property
    def header(self) -> BriefingHeader:
        """What the front matter says; see `Document.header`."""
        header = self.document.header
        assert isinstance(header, BriefingHeader)  # noqa: S101 – what has an outline is a briefing
        return header


@dataclass(frozen=True, slots=True)
class Library:
    """What the site knows. Entries stand newest first, undated ones last; `hidden` holds (path, state).

    `period` is the last moment before and the first after `now` at which something appears or disappears, in ISO form.
    """

    entries: tuple[Entry, ...]
    names: Mapping[Kind, Names]
    pages: tuple[tuple[Document, PageHeader, str], ...]
    home: Document | None
    hidden: tuple[tuple[str, State], ...]
    period: tuple[str, str]

    @property
    def mentions(self) -> Iterator[Mention]:
        """The table of mentions: every row, newest briefing first. Whatever an index shows is in it."""
        return (mention for entry in self.entries for mention in self.mentions_in(entry))

    def mentions_in(self, entry: Entry) -> Iterator[Mention]:
        """The rows of one briefing."""
        return mentions_of(entry.card, namings_of(entry.header), self.names)


def assemble(documents: Iterable[Document], config: Config, show: Show, problems: Problems) -> Library:
    """The library that these documents make; reports what they contradict each other in."""
    documents = list(documents)
    states = [(document, state_of(document, show.now)) for document in documents]
    visible = [(document, state) for document, state in states if not show.hides(state)]
    names = _names(documents, [document for document, _ in visible if document.outline], problems)
    entries = [entry_of(document, document.outline, state, config, names) for document, state in visible if document.outline]
    _check_identities(entries, problems)
    problems.extend(_undated(entries))
    problems.extend(_never_shown(documents, show.now.tzinfo))
    pages = tuple(
        (document, document.header, page_url(document.name, document.header.slug))
        for document, _ in visible
        if document.folder == "pages" and isinstance(document.header, PageHeader)
    )
    home = next((document for document, _ in visible if document.folder == "index"), None)
    hidden = tuple((document.path, state) for document, state in states if show.hides(state))
    period = _period([document.outline for document in documents if document.outline], show.now)
    return Library(tuple(sorted(entries, key=newest_first)), names, pages, home, hidden, period)


def state_of(document: Document, now: dt.datetime) -> State:
    """Whether a document is a draft, of the future, or expired at that moment; empty when it is published.

    A day alone is never in the future on that day.
    """
    outline = document.outline
    if outline is None:
        return "draft" if isinstance(document.header, PageHeader) and document.header.draft else ""
    if outline.draft:
        return "draft"
    if outline.expires and _begun(outline.expires, now):
        return "expired"
    begins = outline.publish or outline.date
    return "future" if begins and not _begun(begins, now) else ""


def _begun(moment: Moment, now: dt.datetime) -> bool:
    return moment.at <= now if moment.at else moment.day <= now.date()


def _period(outlines: Iterable[Outline], now: dt.datetime) -> tuple[str, str]:
    moments = [moment for outline in outlines for moment in (outline.date, outline.publish, outline.expires) if moment]
    instants = [_instant(moment, now.tzinfo) for moment in moments]
    since = max((instant for instant in instants if instant <= now), default=None)
    until = min((instant for instant in instants if instant > now), default=None)
    return since.isoformat() if since else "", until.isoformat() if until else ""


def _instant(moment: Moment, zone: dt.tzinfo | None) -> dt.datetime:
    return moment.at or dt.datetime.combine(moment.day, dt.time(), zone)


def _names(documents: Iterable[Document], briefings: Sequence[Document], problems: Problems) -> dict[Kind, Names]:
    documents = list(documents)
    return {
        kind: register(kind, [document for document in documents if document.folder == folder], _used(kind, briefings), problems)
        for folder, kind in FOLDERS.items()
    }


def _used(kind: Kind, briefings: Sequence[Document]) -> Used:
    named = [(document, _NAMED[kind](document.outline)) for document in briefings if document.outline]
    times = Counter(chain.from_iterable(names for _, names in named))
    first = {name: document for document, names in reversed(named) for name in names}
    return Used(times, first, partial(locate, kind))


_NAMED: Mapping[Kind, Callable[[Outline], Sequence[str]]] = {
    "topic": lambda outline: outline.topics,
    "person": lambda outline: [*outline.people, *outline.speakers] if outline.speakers else outline.people,
    "story": lambda outline: (outline.story,) if outline.story else (),
    "source": lambda outline: outline.sources,
}
"""The names of each kind in a briefing."""


def entry_of(document: Document, outline: Outline, state: State, config: Config, names: Mapping[Kind, Names]) -> Entry:
    """What the library has of a visible briefing."""
    people = names["person"].meant(outline.people)
    people += names["person"].meant(outline.speakers)
    topics, sources = names["topic"].meant(outline.topics), names["source"].meant(outline.sources)
    stories = names["story"].meant((outline.story,)) if outline.story else []
    independent = len(_once(names["source"].meant(outline.origins)))
    card = _card(document, outline, state, config, (topics, people, stories, sources), independent)
    return Entry(document, outline, card, (*topics, *people, *stories, *sources))


def _once(terms: Sequence[Term]) -> tuple[Term, ...]:
    if len(terms) < 2:
        return tuple(terms)
    # by URL: hashing a text is cheaper than hashing a Term
    return tuple({term.url: term for term in terms}.values())


def rewritten(entry: Entry, document: Document, config: Config, names: Mapping[Kind, Names]) -> Entry:
    """The entry of the same briefing with another text that has the same date, state and names."""
    assert document.outline is not None, document.path  # noqa: S101 – it was a briefing before
    new = entry_of(document, document.outline, entry.card.state, config, names)
    return replace(new, card=entry.card) if new.card == entry.card else new


def _card(  # everything that other pages may show, each from where it is known
    document: Document, outline: Outline, state: State, config: Config, found: Iterable[list[Term]], independent: int
) -> Card:
    url = url_on(outline.date, outline.last, config.permalink)
    topics, people, stories, sources = map(_once, found)
    reading = minutes(document.body.words)
    terms = [f"{term.name}\x1f{term.url}" for term in (*topics, *people, *stories, *sources)]
    return Card(
        id=outline.id,
        title=outline.title,
        url=url,
        date=outline.date,
        summary=outline.summary,
        why=outline.why,
        topics=topics,
        people=people,
        story=stories[0] if stories else None,
        sources=sources,
        independent=independent,
        minutes=reading,
        weight=outline.weight,
        image=outline.image,
        notes=outline.notes,
        state=state,
        digest=digest_of(document.card, document.name, url, f"{reading} {independent}", state, *terms),
    )


def newest_first(entry: Entry) -> tuple[Any, ...]:
    """The order of entries: by day, undated ones last, and within a day as its edition has them."""
    return (-entry.card.date.day.toordinal() if entry.card.date else 1, *edition_order(entry.card))


def edition_order(card: Card) -> tuple[int, float, str, str]:
    """The order within a day: by weight, then time, then title."""
    at = card.date.at.timestamp() if card.date and card.date.at else math.inf
    return (-card.weight, at, fold(card.title), card.id)


def _undated(entries: Iterable[Entry]) -> Iterator[Problem]:
    for entry in entries:
        if entry.card.date is None:
            message = f"this briefing has no date: it is at /{entry.card.url}, in no edition and in no feed"
            yield Problem("BG111", Place(entry.document.path, 1, 1), message, "add `date: 2025-03-18` to its front matter")


def _never_shown(documents: Iterable[Document], zone: dt.tzinfo | None) -> Iterator[Problem]:
    for document in documents:
        outline = document.outline
        if outline and outline.expires and (begins := outline.publish or outline.date):
            key = "publish" if outline.publish else "date"
            if _instant(outline.expires, zone) <= _instant(begins, zone):
                message = f"this briefing is never shown: `expires` is not after `{key}`"
                cure = "give it a later day; from that of `expires` on it is hidden"
                yield Problem("BG113", document.at("expires"), message, cure, other=document.at(key))


def open_notes(library: Library) -> Iterator[Problem]:
    """The briefings with review notes that nobody has settled (BG112)."""
    for entry in library.entries:
        if entry.card.notes:
            fields = ", ".join(dict.fromkeys(f"`{note.field}`" for note in entry.header.review))
            yield Problem(
                "BG112",
                entry.document.at("review", entry.header.review[0].field),
                f"import was unsure of {fields}",
                "run `briefgen review`",
            )


def _check_identities(entries: Iterable[Entry], problems: Problems) -> None:
    seen: dict[str, Entry] = {}
    for entry in entries:
        other = seen.setdefault(fold(entry.card.id), entry)
        if other is not entry:
            message, cure = f"`{entry.card.id}` is the identity of two briefings", "give one of them another name, or another `id:`"
            problems.add(Problem("BG207", entry.document.at("id"), message, cure, other=other.document.at("id")))
