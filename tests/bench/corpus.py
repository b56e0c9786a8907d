"""Briefings about towns that do not exist: as many as wanted, 3.6 KB each, three topics and two people, the same ones every time."""

import datetime as dt
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

FIRST = "Ada Bela Chidi Dora Emre Farah Goran Hana Ilya Joana Kofi Lena Mika Noor Oskar Priya Quim Rosa Samir Tove Uma Viktor Wen Yara"
LAST = "Abara Brandt Castell Dunmore Eriksen Ferrow Galván Holm Ibarra Jansky Kestrel Lindqvist Moreau Nakata Oyelaran Petrov Quist Roth"
PLACES = "Ardmouth Belhaven Carrick Dunsby Eastlake Fallbrook Greyport Hollin Inverdale Juniper Kestwick Lowmoor Marston Norbury Oxgate"
THINGS = "berths pumps schools turbines clinics signals ledgers harvests bridges depots reservoirs permits buses pipelines archives"
BODIES = ("port authority", "water board", "city council", "grid operator", "health trust", "rail regulator", "audit office")
SOURCES = ("Greyport Courier", "Lowmoor Wire", "The Belhaven Ledger", "Carrick Public Radio")
SENTENCES = (
    "The {body} of {place} said it would close {count} {things} before the end of the month, {share} per cent more than a year ago.",
    "“We were told in {month}, and nobody asked us what it would cost,” said {person}, who has run the {things} of {place} for years.",
    "Figures that the {body} published on Tuesday put the cost at {count} million, against {share} million in the plan of {month}.",
    "Two members of the {body} voted against; {person} abstained and called the papers incomplete.",
    "A review by the {body} found no fault in the {things} themselves but {count} gaps in how they are inspected.",
    "In {place} the {things} are older than the rules that govern them, and the {body} has asked for {share} years to replace them.",
    "{person} wants the {body} to publish every contract above {count},000 and to answer within {share} weeks.",
    "The {things} that opened in {place} in {month} serve {count},000 households, {share} per cent of those that applied.",
)
HEADINGS = ("What happens next in {place}", "Why the {things} matter", "What the {body} says", "The cost to {place}")
MONTHS = "January February March April May June July August September October November December"
FIRST_DAY = dt.datetime(2023, 11, 1, 6, tzinfo=dt.UTC)
SIZE = 3_100
"""Characters of a body; with the front matter that makes 3.6 KB."""


@dataclass(frozen=True)
class Text:
    """One briefing; generators differ in the keys that they want for it."""

    name: str
    date: dt.datetime
    keys: Mapping[str, str | list[str]]
    body: str


def write_corpus(folder: Path, numbers: range, spelling: str) -> list[Text]:
    """Write the briefings of these numbers, with the front matter that a generator wants: `briefgen`, `hugo` or `pelican`."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = [make_text(number) for number in numbers]
    for text in texts:
        header = _PELICAN.format(date=text.date, **_joined(text.keys)) if spelling == "pelican" else _front_matter(text, spelling)
        (folder / f"{text.name}.md").write_text(f"{header}\n{text.body}", "utf-8")
    return texts


_PELICAN = """\
Title: {title}
Date: {date:%Y-%m-%d %H:%M:%S}
Tags: {topics}
Authors: {people}
Byline: {authors}
Source: {source}
Summary: {summary}
"""


def _joined(keys: Mapping[str, str | list[str]]) -> dict[str, str]:
    return {key: value if isinstance(value, str) else ", ".join(value) for key, value in keys.items()}


def _front_matter(text: Text, spelling: str) -> str:
    keys = {**text.keys, **(_periods(text.date) if spelling == "hugo" else {})}
    return f"---\ndate: {text.date:%Y-%m-%dT%H:%M:%SZ}\n{''.join(_line(key, value) for key, value in keys.items())}---\n"


def _periods(date: dt.datetime) -> dict[str, list[str]]:
    # Hugo has no archive by date: taxonomies of dates are the usual way to one
    return {"years": [f"{date:%Y}"], "months": [f"{date:%Y-%m}"], "days": [f"{date:%Y-%m-%d}"]}


def _line(key: str, value: str | list[str]) -> str:
    if isinstance(value, str):
        return f"{key}: {json.dumps(value, ensure_ascii=False)}\n"
    return f"{key}:\n" + "".join(f"  - {json.dumps(part, ensure_ascii=False)}\n" for part in value)


def make_text(number: int) -> Text:
    """The briefing of that number."""
    pick = random.Random(number)  # noqa: S311  # the same briefing every time is the point
    filled = _Filler(pick)
    title = f"{filled('{place} {body} and the {things}')} ({number})"
    minutes = number * 7919 % (1096 * 960)
    keys: dict[str, str | list[str]] = {
        "title": title[0].upper() + title[1:],
        "source": pick.choice(SOURCES),
        "authors": [filled("{person}")],
        "topics": _distinct(3, lambda: filled("{kind} {things}")),
        "people": _distinct(2, lambda: filled("{person}")),
        "summary": filled(pick.choice(SENTENCES)),
    }
    date = FIRST_DAY + dt.timedelta(days=minutes // 960, minutes=minutes % 960)
    return Text(f"briefing-{number}", date, keys, _body(number, pick, filled))


class _Filler:
    """Fills the gaps of a sentence from the vocabulary; few names are frequent and many rare, as in the news."""

    def __init__(self, pick: random.Random) -> None:
        self.pick = pick

    def __call__(self, sentence: str) -> str:
        return sentence.format(
            person=f"{self._often(FIRST)} {self._often(LAST)}",
            place=self._often(PLACES),
            things=self._often(THINGS),
            body=self.pick.choice(BODIES),
            month=self._often(MONTHS),
            kind=self._often("Local National Rural Public Private Coastal"),
            count=self.pick.randint(2, 90),
            share=self.pick.randint(2, 40),
        )

    def _often(self, names: str) -> str:
        choices = names.split()
        return choices[int(len(choices) * self.pick.random() ** 1.5)]


def _distinct(count: int, make: Callable[[], str]) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found[make()] = None
    return list(found)


def _body(number: int, pick: random.Random, filled: _Filler) -> str:
    points = [f"- {_marked(pick, filled(sentence))}" for sentence in pick.sample(SENTENCES, 4)]
    blocks = [filled(pick.choice(SENTENCES)), "## Key points", "\n".join(points)]
    if number % 8 == 3:
        blocks += _not_plain(number, points)
    while sum(map(len, blocks)) < SIZE:
        if len(blocks) % 6 == 5:
            blocks.append("## " + filled(pick.choice(HEADINGS)))
        said = _marked(pick, " ".join(filled(sentence) for sentence in pick.sample(SENTENCES, 2)))
        blocks.append(f"> {said}" if len(blocks) % 11 == 7 else said)
    return "\n\n".join([*blocks, f"Source: [the record](https://wire.example/story/{number})"]) + "\n"


def _marked(pick: random.Random, text: str) -> str:
    """The text with some word strong, emphasised or linked, or as it is."""
    words = text.split(" ")
    place = pick.randrange(2, len(words) - 1)
    form = pick.choice(("{0}", "*{0}*", "**{0}**", "[{0}](https://news.example/{1}/story)"))
    words[place] = form.format(words[place], pick.randint(1, 9_999)) if words[place].isalnum() else words[place]
    return " ".join(words)


def _not_plain(number: int, points: list[str]) -> list[str]:
    rows = "\n".join(f"| {day} | {(number * 37 + day) % 900 / 10} | *{day % 3 - 1}* per cent |" for day in range(1, 6))
    return [
        f"| day | price | change |\n|---|---:|---|\n{rows}",
        f"1. {points[0][2:]}\n   {points[1]}\n   - see `desk-{number}`\n2. {points[2][2:]}",
        f"```\nledger --from {number} --to {number + 1}\n```",
    ]
