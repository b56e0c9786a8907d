"""Where pages stand and how they are linked: names that make URLs, and URLs in attributes."""

import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefgen.config import PERMALINK, Config
from briefgen.library.headers import BriefingHeader
from briefgen.library.urls import briefing_url, page_url
from briefgen.model import Moment, Target
from briefgen.site.addresses import absolute, href
from briefgen.text import ROOT_MARK, SLUG_BYTES, slug
from tests.casefiles import Case

CASES = Path(__file__).parent / "cases" / "addresses"


def cases(name: str) -> list[Case]:
    read: list[Case] = yaml.safe_load((CASES / name).read_text("utf-8"))
    return read


@pytest.mark.parametrize("case", cases("slugs.yaml"))
def test_a_name_makes_one_part_of_a_url(case: Case) -> None:
    assert slug(case["name"], case.get("limit", SLUG_BYTES)) == case["slug"]


@given(st.text() | st.text(st.sampled_from("a1é日ี़\u0301 -_.'’+#/\\:\x00\u202e🚀")))
def test_whatever_a_name_is_its_slug_is_one_harmless_part_of_a_path(name: str) -> None:
    made = slug(name)
    assert made
    assert len(made.encode()) <= SLUG_BYTES
    assert all(char == "-" or unicodedata.category(char)[0] in "LNM" for char in made)
    assert slug(made) == made


@given(st.text(st.sampled_from("Aé\u0301ñ한각ạ̈ſﬁ①")))
def test_a_slug_does_not_depend_on_the_unicode_form_of_the_name(name: str) -> None:
    assert slug(unicodedata.normalize("NFC", name)) == slug(unicodedata.normalize("NFD", name))


@pytest.mark.parametrize("case", cases("briefings.yaml"))
def test_a_briefing_stands_by_its_date_and_the_name_of_its_file(case: Case) -> None:
    header = BriefingHeader("A title makes no address", Moment(case["date"]) if case["date"] else None, slug=case.get("slug", ""))
    assert briefing_url(case["file"], header, Config(permalink=case.get("permalink", PERMALINK))) == case["url"]


@pytest.mark.parametrize("case", cases("pages.yaml"))
def test_a_page_stands_where_its_folders_and_its_name_say(case: Case) -> None:
    assert page_url(case["file"], case.get("slug", "")) == case["url"]


@pytest.mark.parametrize("case", cases("attributes.yaml"))
def test_an_address_is_encoded_and_never_one_that_runs_something(case: Case) -> None:
    target = Target(case["address"])
    for written in (target, target.url):
        assert href(written).replace(ROOT_MARK, "../../") == case["here"]
        assert absolute(written, "https://desk.example/") == case["whole"]


def test_a_site_that_does_not_know_its_address_has_whole_addresses_of_others_only() -> None:
    assert absolute("people/", "") == ""
    assert absolute("https://example.org/", "") == "https://example.org/"
