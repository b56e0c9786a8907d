"""What an editor's word makes of a briefing's front matter: values set, one person for another, notes taken out."""

from collections.abc import Callable, Mapping, Sequence

from briefgen.importing.frontmatter import strings_of
from briefgen.library.renaming import Entries, listed
from briefgen.model import ReviewNote
from briefgen.text import fold
from briefgen.yamltext import Plain

LISTS = ("topics", "people", "key_points")
TEXTS = ("title", "date", "publish", "summary", "lang", "source", "agency")
_ORDER = (
    *("title", "date", "publish", "summary", "key_points", "topics", "people"),
    *("sources", "quotes", "related", "aliases", "lang", "review"),
)

_ENOUGH = 40
"""Characters by which a quotation is told from the others of its briefing."""


def values_of(field: str, text: str) -> list[str]:
    """What an editor writes for a field; in a list the values stand apart by `;`.

    >>> values_of("topics", "Ferries; Ports, docks and canals"), values_of("title", "First; second")
    (['Ferries', 'Ports, docks and canals'], ['First; second'])
    """
    return [value for part in (text.split(";") if field in LISTS else [text]) if (value := part.strip())]


def with_value(entries: Entries, field: str, given: Sequence[str]) -> Entries:
    """The entries with a field set; people keep the roles that they have."""
    if field == "people":
        kept = {fold(_name_of(person)): person for person in listed(entries.get("people", []))}
        return with_entry(entries, field, [kept.get(fold(name), name) for name in given])
    if field in LISTS:
        return with_entry(entries, field, list(given))
    if field not in ("source", "agency"):
        return with_entry(entries, field, given[0])
    key = "name" if field == "source" else "agency"
    short = "source" in entries
    first, *others = listed(entries.get("source" if short else "sources") or [{}])
    table = {"name": first} if isinstance(first, str) else strings_of(first)
    changed = {**table, key: given[0]} if key in table else {key: given[0], **table}
    return with_entry(entries, "source", changed) if short else with_entry(entries, "sources", [changed, *others])


def renamed(entries: Entries, old: str, new: Sequence[str]) -> Entries:
    """The entries with other people for one; their words stay theirs, or, where nobody is named instead, somebody's called so."""
    people: list[Plain] = []
    for person in listed(entries.get("people", [])):
        if fold(_name_of(person)) != fold(old):
            people.append(person)
            continue
        there = {fold(_name_of(other)) for other in listed(entries.get("people", []))} - {fold(old)}
        people += [{**person, "name": name} if isinstance(person, Mapping) else name for name in new if fold(name) not in there]
    quotes = [_spoken(strings_of(quote), old, new) for quote in listed(entries.get("quotes", []))]
    return with_entry(with_entry(entries, "people", people), "quotes", quotes)


def is_open(quote: Mapping[str, Plain], passage: str) -> bool:
    """Whether a quotation is one that nobody is said to have spoken, and with whose end a passage goes on."""
    text = quote.get("text")
    return isinstance(text, str) and not quote.get("speaker") and not quote.get("attributed_to") and text[-_ENOUGH:] in passage


def spoken(entries: Entries, text: str, name: str) -> Entries:
    """The entries with the speaker of a quotation: one of the people, else somebody to whom it is attributed."""
    people = {fold(_name_of(person)) for person in listed(entries.get("people", []))}
    told = {"speaker" if fold(name) in people else "attributed_to": name}
    quotes = [strings_of(quote) for quote in listed(entries.get("quotes", []))]
    return with_entry(entries, "quotes", [{**quote, **told} if quote.get("text") == text else quote for quote in quotes])


def sources_of(entries: Entries) -> Sequence[Plain]:
    """The sources of a briefing; `source` is short for one."""
    return listed(entries.get("sources") or entries.get("source") or [])


def with_sources(entries: Entries, rows: Sequence[Plain]) -> Entries:
    """The entries with further sources, those that are not there yet."""
    if "sources" not in entries:
        entries = {"sources" if key == "source" else key: value for key, value in entries.items()}
    return with_entry(entries, "sources", [*sources_of(entries), *(row for row in rows if row not in sources_of(entries))])


def without_notes(entries: Entries, is_settled: Callable[[ReviewNote], bool]) -> Entries:
    """The entries without the review notes that are settled."""
    rows = [row for row in listed(entries.get("review", [])) if not is_settled(note_of(strings_of(row)))]
    return with_entry(entries, "review", rows)


def note_of(row: Mapping[str, Plain]) -> ReviewNote:
    """A review note as a file has it, whatever an editor left of it."""
    candidates = row.get("candidates") or ()
    texts = {name: value for name in ("field", "reason", "text") if isinstance(value := row.get(name), str)}
    listed = (candidates,) if isinstance(candidates, str) else tuple(text for text in candidates if isinstance(text, str))
    return ReviewNote(texts.get("field", ""), texts.get("reason", ""), texts.get("text", ""), listed)


def with_entry(entries: Entries, key: str, value: Plain) -> Entries:
    """The entries with one of them changed, in its usual place where it is new, or (for an empty value) taken out."""
    if key in entries or not value:
        return {name: value if name == key else old for name, old in entries.items() if value or name != key}
    behind = _ORDER[_ORDER.index(key) + 1 :] if key in _ORDER else ()
    names = list(entries)
    at = next((place for place, name in enumerate(names) if name in behind), len(names))
    return dict([*list(entries.items())[:at], (key, value), *list(entries.items())[at:]])


def _spoken(quote: Mapping[str, Plain], old: str, new: Sequence[str]) -> Plain:
    if len(new) > 1 or quote.get("speaker") != old:
        return quote
    return {
        ("speaker" if new else "attributed_to") if key == "speaker" else key: new[0] if new and key == "speaker" else value
        for key, value in quote.items()
    }


def _name_of(person: Plain) -> str:
    name = person.get("name", "") if isinstance(person, Mapping) else person
    return name if isinstance(name, str) else ""
