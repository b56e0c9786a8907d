"""The archive: the library as pages see it, every link resolved, every card filed, each once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from briefgen.config import Config
from briefgen.digest import digest, digest_bytes
from briefgen.library.document import Document
from briefgen.library.headers import BriefingHeader, RecordHeader
from briefgen.library.library import Entry, Library
from briefgen.library.names import ROOTS, Names
from briefgen.library.urls import DATES, UNDATED, month_url, year_url
from briefgen.model import Briefing, Card, Image, Kind, Moment, Named, Prose, Quote, Role, Said, Target
from briefgen.problems import Problems
from briefgen.site.indexes import INDEXES, by_term, editions
from briefgen.site.links import Atlas, Stand, wiki_names
from briefgen.site.shows import Edition

SECTIONS: Mapping[str, str] = {**{str(kind): url for kind, url in ROOTS.items()}, "date": DATES}


@dataclass(frozen=True, slots=True)
class Archive:
    """All that the plan is made from. Cards and briefings stand newest first; `filed` is index → URL of term → cards.

    `prose` holds the texts of records, pages and the home page by content path, `copies` what they show: URL → content path;
    `atlas` is what their links were resolved by.
    """

    config: Config
    library: Library
    cards: tuple[Card, ...]
    briefings: Mapping[str, Briefing]
    filed: Mapping[str, Mapping[str, Sequence[Card]]]
    days: tuple[Edition, ...]
    prose: Mapping[str, Prose]
    images: Mapping[str, Image]
    backlinks: Mapping[str, tuple[Card, ...]]
    copies: Mapping[str, str]
    atlas: Atlas


def survey(library: Library, config: Config, statics: frozenset[str], beside: frozenset[str], problems: Problems) -> Archive:
    """The archive of a library; links that lead nowhere are reported. `statics` and `beside` are the files there are."""
    days = editions([entry.card for entry in library.entries])
    atlas = Atlas(_stands(library), wiki_names(_names(library)), _urls(library, days), statics, beside, problems)
    documents = [*_texts(library)]
    prose = {document.path: atlas.resolve(document) for document in documents}
    bodies = {entry.card.id: atlas.resolve(entry.document) for entry in library.entries}
    images = {document.path: image for document in documents if (image := _image(document.header.image, document, atlas))}
    entries = [_with_image(entry, atlas) for entry in library.entries]
    cards = tuple(entry.card for entry in entries)
    by_id = {card.id: card for card in cards}
    return Archive(
        config=config,
        library=library,
        cards=cards,
        briefings={entry.card.id: briefing_of(entry, bodies[entry.card.id], library.names) for entry in entries},
        filed={name: by_term(cards, terms_of) for name, terms_of in INDEXES.items()},
        days=tuple(editions(cards)),
        prose=prose,
        images=images,
        backlinks={identity: tuple(by_id[by] for by in sorted(ids)) for identity, ids in atlas.backlinks.items()},
        copies=dict(sorted(atlas.copies.items())),
        atlas=atlas.afresh(),
    )


def _texts(library: Library) -> Iterator[Document]:
    for kind in ROOTS:
        yield from library.names[kind].records.values()
    yield from (document for document, _, _ in library.pages)
    if library.home:
        yield library.home


def _stands(library: Library) -> dict[str, Stand]:
    stands = {
        entry.document.path: Stand(entry.card.url, entry.card.title, frozenset(entry.document.body.anchors), entry.card.id)
        for entry in library.entries
    }
    for kind in ROOTS:
        names = library.names[kind]
        for identity, document in names.records.items():
            stands[document.path] = Stand(names.terms[identity].url, names.terms[identity].name, frozenset(document.body.anchors))
    for document, header, url in library.pages:
        stands[document.path] = Stand(url, header.title, frozenset(document.body.anchors))
    if library.home:
        stands[library.home.path] = Stand(
            "", library.home.header.title if hasattr(library.home.header, "title") else "", frozenset(library.home.body.anchors)
        )
    return stands


def _names(library: Library) -> Iterator[tuple[str, Target, str]]:
    """What wikilinks can say, the surest first: identities, names of people, topics, stories and sources, titles, last parts."""
    for entry in library.entries:
        yield entry.card.id, Target(entry.card.url, entry.card.title), entry.card.id
    kinds: tuple[Kind, ...] = ("person", "topic", "story", "source")
    for kind in kinds:
        names = library.names[kind]
        for name, identity in names.ids.items():
            term = names.terms[identity]
            yield name, Target(term.url, term.name), ""
    for entry in library.entries:
        yield entry.card.title, Target(entry.card.url, entry.card.title), entry.card.id
    for entry in library.entries:
        yield entry.card.id.rpartition("/")[2], Target(entry.card.url, entry.card.title), entry.card.id


def _urls(library: Library, days: Sequence[Edition]) -> frozenset[str]:
    urls = {"", "feed.xml", "feed.json", "sitemap.xml", *SECTIONS.values()}
    for kind in ROOTS:
        urls.update(term.url for term in library.names[kind].terms.values())
    for edition in days:
        urls.update((edition.url, month_url(edition.day), year_url(edition.day)))
    urls.update(entry.card.url for entry in library.entries)
    urls.update(url for _, _, url in library.pages)
    if any(entry.card.date is None for entry in library.entries):
        urls.add(UNDATED)
    return frozenset(urls)


def _image(image: Image | None, document: Document, atlas: Atlas) -> Image | None:
    src = atlas.image(image.src, document) if image else ""
    return replace(image, src=src) if image and src else None


def _with_image(entry: Entry, atlas: Atlas) -> Entry:
    if entry.header.image is None:
        return entry
    image = _image(entry.header.image, entry.document, atlas)
    return replace(entry, card=replace(entry.card, image=image, digest=digest((entry.card.digest, image))))


def briefing_of(entry: Entry, body: Prose, names: Mapping[Kind, Names]) -> Briefing:
    """A briefing as its own page and the feeds show it."""
    header, card = entry.header, entry.card
    shown = (
        body,
        entry.document.body.lede,
        header.key_points,
        tuple(_people(header, card, names["person"])),
        tuple(_said(header, names["person"])),
        ((header.source,) if header.source else ()) + header.sources,
        header.authors,
        header.updated,
        header.corrections,
        header.related,
        header.review,
        header.lang,
        header.extra,
        entry.document.path,
    )
    return Briefing(card, *shown, digest=digest((card, shown)))


def _people(header: BriefingHeader, card: Card, names: Names) -> Iterator[Named]:
    given = {term.id: person.role for person in header.people if (term := names.find(person.name))}
    for person in card.people:
        yield Named(person, given.get(person.id) or _role_on(names, person.id, header.date))


def _said(header: BriefingHeader, names: Names) -> Iterator[Said]:
    seen: dict[str, int] = {}
    for quote in header.quotes:
        speaker = names.find(quote.speaker) if quote.speaker else None
        role = _role_on(names, speaker.id, header.date) if speaker else ""
        yield Said(_fragment(quote, seen), quote.text, speaker, quote.attributed_to, role, quote.source)


def _fragment(quote: Quote, seen: dict[str, int]) -> str:
    # from the words alone, so that it stays when quotes are added, sorted or given another speaker
    name = f"q-{digest_bytes(quote.text.encode())[:8]}"
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"


def _role_on(names: Names, identity: str, moment: Moment | None) -> str:
    roles = roles_of(names, identity)
    valid = [role for role in roles if moment and (role.since or moment.day) <= moment.day <= (role.until or moment.day)]
    return role_title(valid[-1]) if valid else ""


def roles_of(names: Names, identity: str) -> tuple[Role, ...]:
    """The roles of a person's record, empty where there is none."""
    document = names.records.get(identity)
    return document.header.roles if document and isinstance(document.header, RecordHeader) else ()


def role_title(role: Role) -> str:
    """A role in words.

    >>> role_title(Role("President", "France"))
    'President, France'
    """
    return f"{role.title}, {role.org}" if role.org else role.title


def neighbours(cards: Sequence[Card]) -> dict[str, tuple[Card | None, Card | None]]:
    """The (newer, older) card of each card, by id, in the order given, which is newest first."""
    around: dict[str, tuple[Card | None, Card | None]] = {card.id: (None, None) for card in cards}
    for newer, older in pairwise(cards):
        around[newer.id] = (around[newer.id][0], older)
        around[older.id] = (newer, None)
    return around
