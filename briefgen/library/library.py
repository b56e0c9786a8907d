"""The library: every visible briefing in order, every record, and the names that lead to them."""

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefgen.config import Config
from briefgen.digest import digest_of
from briefgen.library.document import FOLDERS, Document
from briefgen.library.headers import BriefingHeader, PageHeader
from briefgen.library.mentions import Mention, Naming, independent_sources, mentions_of, namings_of, sources_of
from briefgen.library.names import Names, Use, register
from briefgen.library.show import Show, State
from briefgen.library.urls import briefing_url, page_url
from briefgen.model import Card, Kind, Moment, Place, Term
from briefgen.problems import Problem, Problems
from briefgen.text import fold, minutes

_Named = tuple[Document, BriefingHeader, State, tuple[Naming, ...]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A visible briefing: the file's words, the card that other pages may show of it, and its rows of the table of mentions."""

    document: Document
    header: BriefingHeader
    card: Card
    mentions: tuple[Mention, ...]


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
        """The table of mentions: every row, newest briefing first. Whatever an index shows, it has from here."""
        return (mention for entry in self.entries for mention in entry.mentions)


def assemble(documents: Iterable[Document], config: Config, show: Show, problems: Problems) -> Library:
    """The library that these documents make; reports what they contradict each other in."""
    documents = list(documents)
    states = [(document, state_of(document, show.now)) for document in documents]
    visible = [(document, state) for document, state in states if not show.hides(state)]
    briefings = [
        (document, document.header, state, namings_of(document.header))
        for document, state in visible
        if isinstance(document.header, BriefingHeader)
    ]
    names = _names(documents, briefings, problems)
    entries = [_entry(named, config, names) for named in briefings]
    _check_identities(entries, problems)
    problems.extend(_undated(entries))
    problems.extend(_never_shown(documents, show.now.tzinfo))
    pages = tuple(
        (document, document.header, page_url(document.name, document.header.slug))
        for document, _ in visible
        if isinstance(document.header, PageHeader) and document.folder == "pages"
    )
    home = next((document for document, _ in visible if document.folder == "index"), None)
    hidden = tuple((document.path, state) for document, state in states if show.hides(state))
    period = _period([document.header for document in documents if isinstance(document.header, BriefingHeader)], show.now)
    return Library(tuple(sorted(entries, key=newest_first)), names, pages, home, hidden, period)


def state_of(document: Document, now: dt.datetime) -> State:
    """Whether a document is a draft, of the future, or expired at that moment; empty when it is published.

    A day alone is never in the future on that day.
    """
    header = document.header
    if isinstance(header, PageHeader):
        return "draft" if header.draft else ""
    if not isinstance(header, BriefingHeader):
        return ""
    if header.draft:
        return "draft"
    if header.expires and _begun(header.expires, now):
        return "expired"
    begins = header.publish or header.date
    return "future" if begins and not _begun(begins, now) else ""


def _begun(moment: Moment, now: dt.datetime) -> bool:
    return moment.at <= now if moment.at else moment.day <= now.date()


def _period(headers: Iterable[BriefingHeader], now: dt.datetime) -> tuple[str, str]:
    moments = {moment for header in headers for moment in (header.date, header.publish, header.expires) if moment}
    instants = [_instant(moment, now.tzinfo) for moment in moments]
    since = max((instant for instant in instants if instant <= now), default=None)
    until = min((instant for instant in instants if instant > now), default=None)
    return since.isoformat() if since else "", until.isoformat() if until else ""


def _instant(moment: Moment, zone: dt.tzinfo | None) -> dt.datetime:
    return moment.at or dt.datetime.combine(moment.day, dt.time(), zone)


def _names(documents: Iterable[Document], briefings: Iterable[_Named], problems: Problems) -> dict[Kind, Names]:
    uses: dict[Kind, list[Use]] = {kind: [] for kind in FOLDERS.values()}
    for document, _, _, namings in briefings:
        for naming in namings:
            uses[naming.kind].append(Use(naming.name, document, naming.key))
    documents = list(documents)
    return {
        kind: register(kind, [document for document in documents if document.folder == folder], uses[kind], problems)
        for folder, kind in FOLDERS.items()
    }


def _entry(named: _Named, config: Config, names: Mapping[Kind, Names]) -> Entry:
    document, header, state, namings = named
    identity = header.id or document.name
    mentions = mentions_of(identity, header.date.day if header.date else None, namings, names)
    return Entry(document, header, _card(document, header, state, config, names["source"], mentions), mentions)


def rewritten(entry: Entry, document: Document, config: Config, names: Mapping[Kind, Names]) -> Entry:
    """The entry of the same briefing with another text that has the same date, state and names."""
    header = document.header
    assert isinstance(header, BriefingHeader), document.path  # noqa: S101 – it was one before
    card = _card(document, header, entry.card.state, config, names["source"], entry.mentions)
    return Entry(document, header, entry.card if card == entry.card else card, entry.mentions)


def _card(  # everything that other pages may show, each from where it is known
    document: Document, header: BriefingHeader, state: State, config: Config, sources: Names, mentions: tuple[Mention, ...]
) -> Card:
    url = briefing_url(document.name, header, config)
    by_kind: dict[Kind, dict[str, Term]] = {"topic": {}, "person": {}, "story": {}, "source": {}}
    for mention in mentions:
        by_kind[mention.kind][mention.record.url] = mention.record
    reading, independent = minutes(document.body.words), independent_sources(sources_of(header), sources)
    terms = [f"{term.name}\x1f{term.url}" for found in by_kind.values() for term in found.values()]
    return Card(
        id=header.id or document.name,
        title=header.title,
        url=url,
        date=header.date,
        summary=header.summary,
        why=header.why,
        topics=tuple(by_kind["topic"].values()),
        people=tuple(by_kind["person"].values()),
        story=next(iter(by_kind["story"].values()), None),
        sources=tuple(by_kind["source"].values()),
        independent=independent,
        minutes=reading,
        weight=header.weight,
        image=header.image,
        notes=len(header.review),
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
        header = document.header
        if isinstance(header, BriefingHeader) and header.expires and (begins := header.publish or header.date):
            key = "publish" if header.publish else "date"
            if _instant(header.expires, zone) <= _instant(begins, zone):
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
