"""Least and most to spend on venues together, by hand."""

import numpy as np
import pytest

from signoff.venues.terms.limits import (
    SpendLimit,
    excess_cents,
    free_cents,
    keeps_pairs,
    spare_cents,
)

LIMITS = (
    SpendLimit("budget", (0, 1, 2), most_cents=100),
    SpendLimit("brand", (0, 1), least_cents=30, most_cents=70),
)


@pytest.mark.parametrize(
    ("spend", "excess"),
    [((20, 20, 60), 0.0), ((20, 20, 61), 1.0), ((50, 30, 0), 10.0), ((5, 5, 100), 30.0)],
)
def test_excess_cents_adds_what_each_limit_lacks(spend: tuple[int, ...], excess: float) -> None:
    assert excess_cents(LIMITS, np.array(spend)) == excess


def test_excess_cents_without_limits_is_none() -> None:
    assert excess_cents((), np.array([5])) == 0.0


def test_spare_cents_is_the_tightest_limit_of_each_venue() -> None:
    assert spare_cents(LIMITS, np.array([30, 30, 10])).tolist() == [10.0, 10.0, 30.0]
    assert spare_cents(LIMITS, np.array([60, 30, 20])).tolist() == [-20.0, -20.0, -10.0]


def test_free_cents_stops_at_the_floor_and_never_below_nothing() -> None:
    assert free_cents(LIMITS, np.array([30, 30, 10]))[:2].tolist() == [30.0, 30.0]
    assert free_cents(LIMITS, np.array([10, 10, 10]))[:2].tolist() == [0.0, 0.0]


@pytest.mark.parametrize("seed", range(20))
def test_keeps_pairs_equals_trying_each_pair(seed: int) -> None:
    rng = np.random.default_rng(seed)
    limits = [
        SpendLimit("all", (0, 1, 2, 3), most_cents=float(rng.integers(50, 200))),
        SpendLimit("some", (0, 2), float(rng.integers(0, 60)), float(rng.integers(60, 120))),
    ]
    spend = rng.integers(0, 60, 4)
    falls = (rng.integers(0, 4, 5), -rng.integers(1, 40, 5))
    rises = (rng.integers(0, 4, 6), rng.integers(1, 40, 6))
    kept = keeps_pairs(limits, spend, falls=falls, rises=rises)
    for f in range(5):
        for r in range(6):
            after = spend.copy()
            after[falls[0][f]] += falls[1][f]
            after[rises[0][r]] += rises[1][r]
            worse = any(
                excess_cents([SpendLimit("", x.venues, most_cents=x.most_cents)], after)
                > excess_cents([SpendLimit("", x.venues, most_cents=x.most_cents)], spend)
                or excess_cents([SpendLimit("", x.venues, x.least_cents)], after)
                > excess_cents([SpendLimit("", x.venues, x.least_cents)], spend)
                for x in limits
            )
            assert kept[f, r] == (not worse)
