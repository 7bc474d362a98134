"""The catalogs: the same keys and places in each language, and no digit in any text."""

import re

import pytest

from signoff.errors import DataError
from signoff.report.document import Number, Words
from signoff.report.forms import LANGUAGES
from signoff.report.wording import read_catalog
from signoff.units import CommitteeRole, Objective, Relationship, VenueKind

ONE_LANGUAGE = ("source.",)  # notes of the plan are English; other languages bring their own


def _texts(language: str) -> dict[str, str]:
    texts = read_catalog(language).texts
    return {key: text for key, text in texts.items() if not key.startswith(ONE_LANGUAGE)}


def test_catalogs_have_the_same_keys() -> None:
    assert _texts("en").keys() == _texts("fr").keys()


def test_catalogs_have_the_same_places() -> None:
    english, french = _texts("en"), _texts("fr")
    for key, text in english.items():
        assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", french[key])), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogs_hold_no_digit(language: str) -> None:
    assert [key for key, text in _texts(language).items() if re.search(r"\d", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("family", "vocabulary"),
    [("role", CommitteeRole), ("relationship", Relationship), ("venue_kind", VenueKind)],
)
def test_catalogs_name_every_term(
    language: str, family: str, vocabulary: type[CommitteeRole | Relationship | VenueKind]
) -> None:
    texts = read_catalog(language).texts
    assert [name for name in vocabulary if f"{family}.{name}" not in texts] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogs_have_a_sentence_for_every_aim(language: str) -> None:
    assert all(f"summary.expect.{aim}" in read_catalog(language).texts for aim in Objective)


def test_french_has_no_plain_space_before_high_punctuation() -> None:
    assert [k for k, text in read_catalog("fr").texts.items() if re.search(r" [:;?!]", text)] == []


@pytest.mark.parametrize(("count", "expected"), [("1", "account."), ("2", "accounts.")])
def test_say_takes_the_singular_when_it_should(count: str, expected: str) -> None:
    spans = {"advertiser": Words("a"), "offering": Words("b"), "roles": Words("c")}
    number = Number("n", count, count)
    line = read_catalog("en").say("summary.whom", n=number, **spans)
    assert number in line
    assert ("account." in "".join(span.text for span in line)) == (expected == "account.")


def test_word_unknown_names_the_key() -> None:
    with pytest.raises(DataError, match=r"no\.such\.key"):
        read_catalog("en").word("no.such.key")


def test_term_unknown_stays_as_it_is() -> None:
    assert read_catalog("fr").term("role", "sponsor_in_chief") == "sponsor in chief"
