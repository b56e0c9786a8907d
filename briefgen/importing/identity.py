"""When two names are one person: full forms, initials, missing middle names, surnames and the site's own aliases."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from briefgen.importing.evidence import Candidate
from briefgen.importing.known import KnownPerson

FIRST_ALONE = -1.5
LONG = 7
ALIKE = 0.86
Records = Mapping[tuple[str, ...], KnownPerson]


@dataclass(slots=True)
class Group:
    """All mentions that are one person: `words` tell the person apart, `record` is the site's, if there is one."""

    words: tuple[str, ...]
    members: list[Candidate]
    record: KnownPerson | None = None

    @property
    def name(self) -> str:
        """The full form that the text uses most, the first of equals; written-out names go before initials."""
        forms = Counter(
            " ".join(token.text for token in member.tokens)
            for member in self.members
            if len(member.words) == len(self.words) or len(member.words) > 1
        )
        return max(forms, key=lambda form: (len(form.split()[0].rstrip(".")) > 1, forms[form]))


def merge(found: list[Group], records: Records) -> list[Group]:
    """The persons behind full names: the same name with and without initials and middle names is one person."""
    persons: list[Group] = []
    by_last: dict[str, list[Group]] = defaultdict(list)
    for group in sorted(found, key=lambda group: (group.words not in records, -len(group.words[0]), -len(group.words))):
        record = records.get(group.words)
        same = [person for person in by_last[group.words[-1]] if _same(group.words, person.words)]
        if record:
            same = [person for person in persons if person.record == record] or same
        if len(same) == 1 or (same and record):
            same[0].members += group.members
        else:
            group.record = record
            persons.append(group)
            by_last[group.words[-1]].append(group)
    return persons


def _same(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    first, second = words[0].replace(".", ""), other[0].replace(".", "")
    if first == second:
        return _within(words[1:-1], other[1:-1])
    return (len(first) <= 2 or len(second) <= 2) and first[0] == second[0] and min(len(first), len(second)) < 3


def _within(middle: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether middle names do not contradict each other: one side is silent, or both begin alike."""
    return all(one[0] == two[0] for one, two in zip(middle, other, strict=False))


def attach(persons: list[Group], alone: list[Group], records: Records, least: float, sure: float) -> list[Group]:
    """Give single words to the person whom they belong to; what is left and sure of itself becomes a person of its own."""
    by_last: dict[str, list[Group]] = defaultdict(list)
    by_first: dict[str, list[Group]] = defaultdict(list)
    for person in persons:
        by_last[person.words[-1]].append(person)
        for word in dict.fromkeys(person.words[:-1]):
            by_first[word].append(person)
    new: list[Group] = []
    for group in alone:
        word = group.words[0]
        owners = by_last.get(word) or by_first.get(word) or []
        if len(owners) == 1:
            bar = least if word in by_last else FIRST_ALONE
            owners[0].members += [member for member in group.members if member.score >= bar]
        elif not owners:
            record = records.get(group.words)
            if record and any(person.record == record for person in persons):
                next(person for person in persons if person.record == record).members += group.members
            elif record or max(member.score for member in group.members) >= sure:
                meant = None if record else _misspelt(word, by_last)
                if meant:
                    meant.members += group.members
                else:
                    new.append(Group(group.words, group.members, record))
    return new


def _misspelt(word: str, by_last: Mapping[str, list[Group]]) -> Group | None:
    """The one person whose family name this is, but for a slip of the pen."""
    if len(word) < LONG:
        return None
    close = [owners for last, owners in by_last.items() if last[0] == word[0] and len(last) >= LONG and _ratio(word, last) > ALIKE]
    return close[0][0] if len(close) == 1 and len(close[0]) == 1 else None


def _ratio(word: str, other: str) -> float:
    return SequenceMatcher(None, word, other, autojunk=False).ratio()
