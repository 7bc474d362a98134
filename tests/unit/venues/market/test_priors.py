import pytest

from signoff.units import VenueKind
from signoff.venues.market.priors import (
    CLICK,
    PriorMeasure,
    PriorOrigin,
    find_kind_prior,
    list_kind_priors,
)

SHARES = set(PriorMeasure) - {PriorMeasure.PEAK}


def test_list_kind_priors_every_kind_has_every_measure() -> None:
    known = {(prior.kind, prior.measure) for prior in list_kind_priors().priors}
    assert {(kind.value, measure) for kind in VenueKind for measure in PriorMeasure} <= known


def test_list_kind_priors_values_lie_inside_wide_intervals() -> None:
    for prior in list_kind_priors().priors:
        assert 0 <= prior.low <= prior.value <= prior.high, prior
        if prior.measure in SHARES:
            assert 0 < prior.low < prior.high < 1, prior
            if prior.kind != CLICK:
                assert prior.high / prior.low > 1.5, prior


def test_list_kind_priors_published_numbers_name_source_and_address() -> None:
    for prior in list_kind_priors().priors:
        is_published = prior.origin is not PriorOrigin.ASSUMPTION
        assert bool(prior.source) is is_published, prior
        assert prior.source_url.startswith("http") is is_published, prior


def test_list_kind_priors_of_one_kind_are_its_alone() -> None:
    found = list_kind_priors(VenueKind.SEARCH)
    assert {prior.kind for prior in found.priors} == {"search"}
    assert "6 assumptions on 1 kinds" in found.text()


def test_list_kind_priors_text_says_how_much_is_judgement() -> None:
    assert "judgement alone" in list_kind_priors().text()
    assert "kind" in list_kind_priors().to_csv()


@pytest.mark.parametrize("measure", list(PriorMeasure))
def test_find_kind_prior_unknown_kind_counts_as_other(measure: PriorMeasure) -> None:
    other = find_kind_prior("other", measure=measure)
    assert find_kind_prior("skywriting", measure=measure) == other


def test_find_kind_prior_clicks_change_visits_alone() -> None:
    hands = find_kind_prior("social", measure=PriorMeasure.HANDS, unit="click")
    assert hands == find_kind_prior("social", measure=PriorMeasure.HANDS)
