from typing import Any

import numpy as np
import pytest

from signoff.stats.shares import Z90
from signoff.venues.market.priors import PriorMeasure, find_kind_prior
from signoff.venues.market.response import (
    Response,
    ResponseFinder,
    chain_shares,
    find_posterior_faults,
)

VENUE: dict[str, Any] = {
    "venue_id": "tw",
    "kind": "trade_title",
    "unit": "insertion",
    "response_share": 0.01,
    "response_low_share": 0.004,
    "response_high_share": 0.025,
    "basis": "prior",
    "source": "a guess",
}
EMPTY = {name: None for name in VENUE if name.startswith("response")}
ROW: dict[str, Any] = {
    "scope": "venue",
    "item": "tw",
    "measure": "visits_per_exposure",
    "value": 0.002,
    "low": 0.0016,
    "high": 0.0025,
    "grounds": "data",
    "estimated_at": None,
    "run_id": None,
    "source": "mix model of spring",
}


def find(*rows: dict[str, Any], **venue: Any) -> Response:
    return ResponseFinder([{**ROW, **row} for row in rows]).find({**VENUE, **venue})


def methods(found: Response) -> list[str]:
    return [source.method for source in found.sources]


def logit(share: float) -> float:
    return float(np.log(share / (1 - share)))


def test_find_card_alone_stands_as_it_is() -> None:
    found = find()
    assert (found.share, found.low_share, found.high_share) == (0.01, 0.004, 0.025)
    assert (found.basis, methods(found)) == ("prior", ["card"])


def test_find_empty_response_is_assumed_of_the_kind_whatever_the_card_calls_itself() -> None:
    prior = find_kind_prior("trade_title", measure=PriorMeasure.VISITS)
    found = find(**EMPTY, basis="measured")
    assert (found.share, found.low_share, found.high_share) == (prior.value, prior.low, prior.high)
    assert (found.basis, methods(found)) == ("prior", ["kind"])
    assert find(**EMPTY, unit="click").share == 0.8


def test_find_estimate_is_put_together_with_the_card_by_precision() -> None:
    found = find({})
    doubt = (logit(0.025) - logit(0.004)) / 2 / Z90
    error = (logit(0.0025) - logit(0.0016)) / 2 / Z90
    weights = np.array([doubt**-2, error**-2])
    expected = weights @ [logit(0.01), logit(0.002)] / weights.sum()
    assert logit(found.share) == pytest.approx(expected)
    assert logit(found.high_share) == pytest.approx(expected + Z90 * weights.sum() ** -0.5)
    assert (found.basis, methods(found)) == ("measured", ["card", "campaigns"])


def test_find_estimate_that_holds_a_prior_is_not_counted_with_another() -> None:
    found = find({"grounds": "data_and_prior"})
    assert found.share == pytest.approx(0.002)
    assert methods(found) == ["campaigns"]


def test_find_estimate_of_the_kind_is_less_sure_of_one_venue() -> None:
    kind = {"scope": "kind", "item": "trade_title"}
    of_kind, own = find(kind, **EMPTY), find({}, **EMPTY)
    assert of_kind.high_share / of_kind.low_share > 2 * own.high_share / own.low_share
    assert methods(find(kind, {}, **EMPTY)) == ["kind", "campaigns", "campaigns"]
    assert methods(find({**kind, "grounds": "data_and_prior"}, **EMPTY)) == ["campaigns"]
    assert methods(find({**kind, "grounds": "data_and_prior"})) == ["card", "campaigns"]


def test_find_other_venues_and_measures_change_nothing() -> None:
    assert find({"item": "other"}, {"measure": "hands_per_visit"}) == find()


def test_find_hands_per_visit_come_from_kind_and_campaigns() -> None:
    rows = [{**ROW, "measure": "hands_per_visit", "value": 0.05, "low": 0.03, "high": 0.08}]
    found = ResponseFinder(rows, measure=PriorMeasure.HANDS).find(VENUE)
    assert 0.03 < found.share < 0.05
    assert methods(found) == ["kind", "campaigns"]


def test_find_interval_holds_truths_at_its_rate_where_the_prior_is_right() -> None:
    rng, n_held = np.random.default_rng(3), 0
    doubt, error = (logit(0.025) - logit(0.004)) / 2 / Z90, 0.4
    for _ in range(600):
        truth = logit(0.01) + doubt * rng.normal()
        seen = truth + error * rng.normal()
        ends = [1 / (1 + np.exp(-(seen + side * Z90 * error))) for side in (-1, 0, 1)]
        found = find(dict(zip(("low", "value", "high"), ends, strict=True)))
        n_held += logit(found.low_share) <= truth <= logit(found.high_share)
    assert n_held / 600 == pytest.approx(0.9, abs=0.04)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"item": "ghost"}, "an estimate of the venue ghost, which there is not"),
        ({"scope": "kind", "item": "tw"}, "an estimate of the kind tw, which there is not"),
        ({"low": 0.3}, "an estimate of 0.002, interval 0.3 to 0.0025"),
        ({"high": 2.0}, "an estimate of 0.002, interval 0.0016 to 2.0"),
        ({"measure": "peak_week", "high": 30.0}, "an estimate of 0.002, interval 0.0016 to 30.0"),
    ],
)
def test_find_posterior_faults_name_what_cannot_be_used(
    changes: dict[str, Any], words: str
) -> None:
    faults = list(find_posterior_faults([{**ROW, **changes}], known={"tw"}))
    assert [fault.what for fault in faults] == [words]
    peak = {**ROW, "measure": "peak_week", "value": 2.0, "low": 1.0, "high": 4.0}
    assert not list(find_posterior_faults([ROW, peak], known={"tw"}))


def test_chain_shares_interval_is_near_that_of_products_drawn_apart() -> None:
    rng = np.random.default_rng(3)
    first, then = (Response(s, s / 4, s * 4, "measured", ()) for s in (0.002, 0.03))
    sd = np.log(4) / Z90
    drawn = first.share * then.share * np.exp(sd * rng.standard_normal((2, 200_000)).sum(axis=0))
    found = chain_shares(first, then)
    low, high = np.quantile(drawn, [0.05, 0.95])
    assert (found.low_share, found.high_share) == pytest.approx((low, high), rel=0.02)


def test_chain_shares_of_nothing_is_nothing_at_best() -> None:
    none, some = Response(0.0, 0.0, 0.02, "measured", ()), Response(0.1, 0.05, 0.2, "prior", ())
    found = chain_shares(none, some)
    assert (found.share, found.low_share, found.basis) == (0.0, 0.0, "prior")
    assert found.high_share == pytest.approx(0.004)


def test_find_hands_on_the_card_stand_before_what_is_assumed() -> None:
    ends = ("raised_hand_low_share", "raised_hand_share", "raised_hand_high_share")
    card = {**VENUE, **dict(zip(ends, (0.03, 0.06, 0.12), strict=True))}
    finder = ResponseFinder([], measure=PriorMeasure.HANDS)
    found = finder.find(card)
    assert (found.low_share, found.share, found.high_share) == (0.03, 0.06, 0.12)
    assert (found.basis, methods(found)) == ("prior", ["card"])
    assert methods(finder.find({**card, "raised_hand_share": None})) == ["kind"]
