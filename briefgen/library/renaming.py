"""Names in front matter's entries: one for another wherever it stands, and further values in a list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from briefgen.yamltext import Plain

Entries = dict[str, Plain]
Path = tuple[str, ...]
"""The way to values in front matter: keys, and `*` for each entry of a list; a text where a list may stand is its only entry."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """The name that values get which `means` what is renamed; `is_name` tells what is called so already."""

    name: str
    means: Callable[[str], bool]
    is_name: Callable[[str], bool]


def renamed(entries: Mapping[str, Plain], paths: Sequence[Path], renaming: Renaming) -> Entries:
    """The entries with the name at these paths; in a list that names it elsewhere, a plain entry goes instead of being doubled.

    >>> called = Renaming("War", lambda text: text == "war", lambda text: text == "War")
    >>> renamed({"topics": ["war", "Peace", "war"], "story": "war"}, [("topics", "*")], called)
    {'topics': ['War', 'Peace'], 'story': 'war'}
    """
    changed = dict(entries)
    for path in paths:
        changed = {key: _at(value, path[1:], renaming) if key == path[0] else value for key, value in changed.items()}
    return changed


def added(entries: Mapping[str, Plain], key: str, values: Sequence[Plain]) -> Entries:
    """The entries with further values in the list of a key.

    >>> added({"name": "War", "aliases": "Wars"}, "aliases", ["Battle"])
    {'name': 'War', 'aliases': ['Wars', 'Battle']}
    """
    return {**entries, key: [*listed(entries.get(key, "")), *values]} if values else dict(entries)


def listed(value: Plain) -> Sequence[Plain]:
    """A value as a list; one that stands alone is short for a list of one."""
    return [value] if isinstance(value, str | Mapping) and value else value if not isinstance(value, str | Mapping) else []


def _at(value: Plain, path: Path, renaming: Renaming) -> Plain:
    if not path:
        return renaming.name if isinstance(value, str) and renaming.means(value) else value
    if path[0] != "*":
        return (
            {key: _at(part, path[1:], renaming) if key == path[0] else part for key, part in value.items()}
            if isinstance(value, Mapping)
            else value
        )
    if isinstance(value, str | Mapping):
        return _at(value, path[1:], renaming)
    parts = [_at(part, path[1:], renaming) for part in value]
    return parts if path[1:] else _once(value, parts, renaming)


def _once(before: Sequence[Plain], after: Sequence[Plain], renaming: Renaming) -> list[Plain]:
    """The list without the plain entries that were renamed to what another entry says."""
    kept: list[Plain] = []
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        if old == new or not any(_has_name(other, renaming) for other in (*kept, *before[number + 1 :])):
            kept.append(new)
    return kept


def _has_name(value: Plain, renaming: Renaming) -> bool:
    name = value.get("name") if isinstance(value, Mapping) else value
    return isinstance(name, str) and renaming.is_name(name)
