"""The archive: the library as pages see it, every link resolved, every card filed, each once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from briefgen.config import Config
from briefgen.digest import digest
from briefgen.library.document import Document
from briefgen.library.library import Entry, Library
from briefgen.library.names import ROOTS
from briefgen.model import Briefing, Card, Image, Prose
from briefgen.problems import Problems
from briefgen.site.briefings import Mentioned, Quotes, pending_briefing, pending_mentions, pending_quotes
from briefgen.site.directory import Directory
from briefgen.site.indexes import Filed, Quoted, editions, file_cards, file_quotes, oldest_first
from briefgen.site.links import Atlas
from briefgen.site.page import Pending
from briefgen.site.parts import Edition
from briefgen.site.pictures import Gallery, Smaller


@dataclass(frozen=True, slots=True)
class Archive:
    """All that the plan is made from. Cards stand newest first, entries and briefings are by id.

    `filed` and `quoted` are by the records that they name. `quotes` holds those of each briefing that has some, `mentions` the rows
    of each where the configuration asks for the table. `prose` holds all texts by content path, `copies` what they show: URL →
    content path, `smaller` the pictures that are to be made; `atlas` is what their links were resolved by.
    """

    config: Config
    library: Library
    cards: tuple[Card, ...]
    entries: Mapping[str, Entry]
    briefings: Mapping[str, Pending[Briefing]]
    quotes: Mapping[str, Pending[Quotes]]
    mentions: Mapping[str, Pending[Mentioned]]
    filed: Filed
    quoted: Mapping[str, Quoted]
    days: tuple[Edition, ...]
    prose: Mapping[str, Prose]
    images: Mapping[str, Image]
    backlinks: Mapping[str, tuple[Card, ...]]
    copies: Mapping[str, str]
    smaller: Mapping[str, Smaller]
    atlas: Atlas


def survey(library: Library, config: Config, gallery: Gallery, beside: frozenset[str], problems: Problems) -> Archive:
    """The archive of a library; links that lead nowhere are reported. `gallery` and `beside` know the files there are."""
    atlas = Atlas(Directory(library, config), gallery, beside, problems)
    documents = [*texts_of(library)]
    prose = {document.path: atlas.resolve(document) for document in (*documents, *(entry.document for entry in library.entries))}
    images = {document.path: image for document in documents if (image := _image(document.header.image, document, atlas))}
    entries = [with_image(entry, atlas) for entry in library.entries]
    briefings = {entry.card.id: pending_briefing(entry, prose[entry.document.path], library.names) for entry in entries}
    cards = tuple(entry.card for entry in entries)
    by_id = {card.id: card for card in cards}
    topics = library.names["topic"]
    above = {identity: topics.ancestors(topics.terms[identity]) for identity in topics.parents}
    return Archive(
        config=config,
        library=library,
        cards=cards,
        entries={entry.card.id: entry for entry in entries},
        briefings=briefings,
        quotes={entry.card.id: pending_quotes(entry, library.names) for entry in entries if entry.outline.quotes},
        mentions={entry.card.id: pending_mentions(entry, library.names) for entry in entries} if "mentions" in config.outputs else {},
        filed=file_cards(cards, above),
        quoted=file_quotes(entries, library.names["person"], above),
        days=tuple(editions(cards)),
        prose=prose,
        images=images,
        backlinks={identity: tuple(by_id[by] for by in sorted(ids)) for identity, ids in atlas.backlinks.items()},
        copies=dict(sorted(atlas.copies.items())),
        smaller=dict(sorted(atlas.smaller.items())),
        atlas=atlas.afresh(),
    )


def texts_of(library: Library) -> Iterator[Document]:
    """The documents that are no briefings: records, pages, the home page's text."""
    for kind in ROOTS:
        yield from library.names[kind].records.values()
    yield from (document for document, _, _ in library.pages)
    if library.home:
        yield library.home


def _image(image: Image | None, document: Document, atlas: Atlas) -> Image | None:
    target = atlas.image(image.src, document) if image else None
    return replace(image, src=target.url, picture=target.picture) if image and target and target.url else None


def with_image(entry: Entry, atlas: Atlas) -> Entry:
    """The entry, on its card the URL of its picture; none where that is not there."""
    return showing(entry, _image(entry.outline.image, entry.document, atlas)) if entry.outline.image else entry


def showing(entry: Entry, image: Image | None) -> Entry:
    """The entry of a briefing whose front matter names a picture, with that picture where it is published."""
    return replace(entry, card=replace(entry.card, image=image, digest=digest((entry.card.digest, image))))


def neighbours(cards: Sequence[Card]) -> dict[str, tuple[Card | None, Card | None]]:
    """The (newer, older) card of each card, by id; the cards are given newest first."""
    around: dict[str, tuple[Card | None, Card | None]] = {card.id: (None, None) for card in cards}
    for older, newer in pairwise(oldest_first(cards)):
        around[newer.id] = (None, older)
        around[older.id] = (newer, around[older.id][1])
    return around
