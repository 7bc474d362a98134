"""Industries across schemes, and places in the supply chain."""

import pytest

from signoff.audience import guess_place, match_industry
from signoff.audience.industries import read_industry
from signoff.audience.organisations.industry import _lines
from signoff.errors import DataError


@pytest.mark.parametrize(
    ("industry", "to", "first"),
    [
        ("naics:3344", "naf", "naf:26"),
        ("naics:622110", "nace", "nace:86"),
        ("naics:541511", "nace", "nace:62"),
        ("naf:6201Z", "nace", "nace:6201"),
        ("nace:25.11", "naf", "naf:2511"),
        ("nace:24", "naics", "naics:331"),
        ("naf:8610Z", "naics", "naics:621"),
        ("naics:331110", "naics", "naics:331110"),
    ],
)
def test_match_industry_names_the_surest_first(industry: str, to: str, first: str) -> None:
    found = match_industry(industry, to=to)
    assert found[0].industry == first
    shares = [match.share for match in found]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) <= 1.001


def test_match_industry_of_a_broad_code_is_unsure() -> None:
    (first, *rest) = match_industry("naics:541", to="nace")
    assert first.share == 0.4
    assert len(rest) == 7


def test_match_industry_of_a_sector_alone_says_nothing() -> None:
    assert match_industry("naics:54", to="nace") == ()


def test_match_industry_refuses_a_scheme_that_is_none() -> None:
    with pytest.raises(DataError, match="no industry scheme 'own'"):
        match_industry("own:steel", to="nace")
    with pytest.raises(DataError):
        match_industry("nace:24", to="sic")


@pytest.mark.parametrize(
    ("industry", "place"),
    [
        ("naics:331110", "materials"),
        ("naics:336350", "components"),
        ("naics:336111", "final_goods"),
        ("naf:4690Z", "distribution"),
        ("nace:62", "services"),
    ],
)
def test_guess_place_reads_the_industry(industry: str, place: str) -> None:
    found = guess_place(industry)
    assert found is not None
    assert found.place == place
    assert 0 < found.confidence_share < 1


@pytest.mark.parametrize("industry", ["own:steel", "naics:99", "nace:33", "naics:31-33"])
def test_guess_place_of_what_is_not_known_is_empty_or_unsure(industry: str) -> None:
    found = guess_place(industry)
    assert found is None or found.confidence_share < 0.5


def test_every_division_of_nace_has_a_subsector_but_own_use_and_embassies() -> None:
    known = {division for line in _lines() for division in line.divisions}
    sections = [read_industry(f"nace:{letter}")[1] for letter in "ABCDEFGHIJKLMNOPQRSTU"]
    assert {division for section in sections for division in section} - known == {"98", "99"}
