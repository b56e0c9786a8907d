"""The people of an article: text in, names out, case by case."""

from pathlib import Path

import pytest

from briefgen.importing.article import Article, Block
from briefgen.importing.known import NOTHING_KNOWN, Known, KnownPerson
from briefgen.importing.people import PersonMention, find_people
from briefgen.model import Source
from tests.casefiles import Case, read_cases

CASES = read_cases(Path(__file__).parent / "cases" / "people")


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_people_of(case: Case) -> None:
    people = find_people(article(case["text"]), known(case))
    assert [person.name for person in people] == case["people"]
    assert [person.name for person in people if person.surname_only] == case.get("surname_only", [])
    for attribute, expected in (("role", "roles"), ("forms", "forms"), ("count", "counts"), ("id", "ids"), ("candidates", "candidates")):
        for name, value in case.get(expected, {}).items():
            found = getattr(named(people, name), attribute)
            assert (list(found) if isinstance(found, tuple) else found) == value


def test_every_span_is_the_text_that_stands_there() -> None:
    text = "“Late,” said Ann Lindholm. Étienne Lefèvre’s answer to Lindholm: none."
    for person in find_people(article(text), NOTHING_KNOWN):
        assert [text[span.start : span.end] for span in person.spans] == [span.text for span in person.spans]


def test_a_person_is_not_split_by_middle_names_and_initials() -> None:
    forms = ["Anders Rolf Thorvaldsen", "Anders Thorvaldsen", "A. Thorvaldsen", "Thorvaldsen", "Mr. Thorvaldsen"]
    people = find_people(article("\n\n".join(f"It was {form} who spoke." for form in forms)), NOTHING_KNOWN)
    assert [(person.count, person.block) for person in people] == [(5, 0)]


def test_what_a_person_rests_on_is_said_in_words() -> None:
    sure, unsure = find_people(article("French President Camille Roussel quarrelled with Zakharenko."), NOTHING_KNOWN)
    assert sure.reason == "named with the title “President”"
    assert unsure.reason == "named by surname only, speaks or acts as a person"
    assert sure.confidence > unsure.confidence


def test_a_long_row_of_capitals_is_read_once() -> None:
    names = " ".join(f"Jo{chr(97 + index % 26)}" for index in range(40_000))
    assert find_people(article(names), NOTHING_KNOWN) == ()


def article(text: str) -> Article:
    blocks = tuple(Block("paragraph", paragraph.strip()) for paragraph in text.split("\n\n") if paragraph.strip())
    return Article(Source(), blocks, format="text")


def known(case: Case) -> Known:
    return Known(
        people=tuple(KnownPerson(person["id"], person["name"], tuple(person.get("aliases", ()))) for person in case.get("known", [])),
    )


def named(people: tuple[PersonMention, ...], name: str) -> PersonMention:
    return next(person for person in people if person.name == name)
