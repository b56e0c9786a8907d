"""When two names are one person: full forms, initials, missing middle names, surnames and the site's own aliases."""

from collections import Counter, defaultdict
from collections.abc import Container, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from briefgen.importing.evidence import SURE_ALONE, Candidate
from briefgen.importing.known import KnownPerson

Records = Mapping[tuple[str, ...], KnownPerson]
_LEAST = -2.5
"""A single word that a full name explains is that person, unless it is a place or a word in its usual sense."""
_LEAST_AS_GIVEN = -1.5
_LEAST_AS_RECORDED = 0.0
"""The surname of a person with a record is worth asking about, unless it is a word, a place or a firm as well."""
_INITIALS = 2
_LONG = 7
_MANY = 500
"""More persons than a slip of the pen is looked for in: the time stays linear in the length of the article."""
_ALIKE = 0.86


@dataclass(slots=True)
class Group:
    """All mentions that are one person: `words` tell the person apart, `record` is the site's, if there is one."""

    words: tuple[str, ...]
    members: list[Candidate]
    record: KnownPerson | None = None

    @property
    def name(self) -> str:
        """The full form that the text uses most, the first of equals; a given name goes before initials."""
        full = [member for member in self.members if len(member.words) > 1] or self.members
        forms = Counter(" ".join(token.text for token in member.tokens) for member in full)
        return max(forms, key=lambda form: (len(form.split()[0].replace(".", "")) > _INITIALS, forms[form]))


def merge(found: list[Group], records: Records) -> list[Group]:
    """The persons behind full names: the same name with and without initials and middle names is one person."""
    persons: list[Group] = []
    by_last: dict[str, list[Group]] = defaultdict(list)
    by_first: dict[str, list[Group]] = defaultdict(list)
    by_record: dict[str, Group] = {}
    for group in sorted(found, key=lambda group: (group.words not in records, -len(group.words[0]), -len(group.words))):
        record = records.get(group.words)
        same = [person for person in by_last[group.words[-1]] if _is_same(group.words, person.words)]
        beside = by_first[group.words[0]] + by_last[group.words[-1]]
        same = same or [person for person in beside if _is_short_for(group.words, person.words)]
        one = by_record.get(record.name) if record else same[0] if len(same) == 1 else None
        if one:
            one.members += group.members
        else:
            group.record = record
            if record:
                by_record[record.name] = group
            persons.append(group)
            by_last[group.words[-1]].append(group)
            by_first[group.words[0]].append(group)
    return persons


def _is_same(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    first, second = words[0].replace(".", ""), other[0].replace(".", "")
    if first == second:
        return all(one[0] == two[0] for one, two in zip(words[1:-1], other[1:-1], strict=False))
    return first[0] == second[0] and min(len(first), len(second)) <= _INITIALS


def _is_short_for(words: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a name leaves out later words of another: `Ana Castro` of `Ana Castro Ibarra`."""
    rest = iter(full)
    return len(words) < len(full) and all(word in rest for word in words)


def attach(
    persons: list[Group], alone: list[Group], records: Records, recorded: Container[str], shared: Container[str] = ()
) -> list[Group]:
    """Give single words to the person whom they belong to; what is left and sure of itself comes back as persons of their own.

    `recorded` are the surnames of persons with a record; what is `shared` is a surname of two, one of whom has no full name.
    """
    by_last: dict[str, list[Group]] = defaultdict(list)
    by_first: dict[str, list[Group]] = defaultdict(list)
    by_record = {person.record.name: person for person in persons if person.record}
    for person in persons:
        by_last[person.words[-1]].append(person)
        for word in dict.fromkeys(person.words[:-1]):
            by_first[word].append(person)
    new: list[Group] = []
    for group in alone:
        word = group.words[0]
        owners = [] if word in shared else by_last.get(word) or by_first.get(word) or []
        record = records.get(group.words)
        if record and record.name in by_record:
            by_record[record.name].members += group.members
        elif len(owners) == 1:
            least = _LEAST if word in by_last else _LEAST_AS_GIVEN
            owners[0].members += [member for member in group.members if member.score >= least]
        elif owners:
            _give_to_earlier(owners, group.members)
        elif record or max(member.score for member in group.members) >= (_LEAST_AS_RECORDED if word in recorded else SURE_ALONE):
            misspelt = None if record or word in shared else _misspelt(word, by_last)
            if misspelt:
                misspelt.members += group.members
            else:
                new.append(Group(group.words, group.members, record))
    return new


def _give_to_earlier(owners: list[Group], members: list[Candidate]) -> None:
    """Of several persons with one surname the first is meant until the second is named."""
    begins = sorted(
        (min((member.block, member.start) for member in owner.members if len(member.words) > 1), index)
        for index, owner in enumerate(owners)
    )
    (first, index), (second, _) = begins[:2]
    owners[index].members += [member for member in members if first < (member.block, member.start) < second and member.score >= _LEAST]


def _misspelt(word: str, by_last: Mapping[str, list[Group]]) -> Group | None:
    """The one person whose family name this is, but for a slip of the pen."""
    if len(word) < _LONG or len(by_last) > _MANY:
        return None
    close = [owners for last, owners in by_last.items() if last[0] == word[0] and len(last) >= _LONG and _likeness(word, last) > _ALIKE]
    return close[0][0] if len(close) == 1 and len(close[0]) == 1 else None


def _likeness(word: str, other: str) -> float:
    return SequenceMatcher(None, word, other, autojunk=False).ratio()
