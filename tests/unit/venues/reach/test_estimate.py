from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signoff.errors import DataError
from signoff.venues.reach import NetReach, ReachPair, ReachVenue, estimate_net_reach


def kim(n_insertions: int = 2) -> NetReach:
    """Two web sites of Kim (2005), as majesus/mediaPlanR quotes them for calc_canex."""
    return estimate_net_reach(
        [
            ReachVenue("v1", 0.4902, 0.5805, n_insertions),
            ReachVenue("v2", 0.033, 0.0502, n_insertions),
        ],
        [ReachPair("v1", "v2", 0.0157)],
    )


def test_estimate_net_reach_is_near_the_published_canonical_expansion() -> None:
    # majesus/mediaPlanR, tests/testthat/test-calc_canex.R: CANEX gives 60.2057 %, 1.7380 contacts
    found = kim()
    assert found.net_reach.value == pytest.approx(0.602057, abs=0.002)
    assert found.mean_exposures / found.net_reach.value == pytest.approx(1.738, abs=0.01)
    assert found.venues[0].reach_share == pytest.approx(0.5805, abs=1e-3)


def test_estimate_net_reach_of_business_titles_is_near_the_published_net() -> None:
    # BE:Europe 2009 titles (malltomall.com, 947441); the wave before published 40 % for all
    # international titles together; independence gives 54 %
    shares = (14.7, 2.4, 1.7, 1.6, 12.3, 7.0, 4.7, 4.5, 9.4, 8.5, 2.7, 2.6, 1.6)
    found = estimate_net_reach(
        [ReachVenue(f"title {k}", share / 100) for k, share in enumerate(shares)]
    )
    assert found.net_reach.low < 0.40 < found.net_reach.high
    assert found.net_reach.value == pytest.approx(0.40, abs=0.03)
    assert found.independence_share == pytest.approx(0.54, abs=0.01)
    assert not any(pair.is_measured for pair in found.pairs)
    assert any("78 of 78 duplications were not measured" in note for note in found.notes)


def test_estimate_net_reach_without_pairs_is_wider_than_with_them() -> None:
    venues = [ReachVenue("A", 0.4), ReachVenue("B", 0.3), ReachVenue("C", 0.2)]
    pairs = [ReachPair("A", "B", 0.2), ReachPair("A", "C", 0.13), ReachPair("B", "C", 0.1)]
    widths = []
    for known in (pairs, pairs[:2], []):
        found = estimate_net_reach(venues, known)
        assert found.net_reach.value < found.independence_share
        widths.append(found.net_reach.high - found.net_reach.low)
    assert widths == sorted(widths)
    assert widths[2] > 3 * widths[0]


def test_estimate_net_reach_predicts_missing_pairs_from_the_measured_ones() -> None:
    venues = [ReachVenue(name, 0.3) for name in "ABCD"]
    known = [ReachPair("A", "B", 0.2), ReachPair("A", "C", 0.2), ReachPair("B", "C", 0.2)]
    found = {(p.venue, p.other_venue): p for p in estimate_net_reach(venues, known).pairs}
    assert found["A", "D"].both_share == pytest.approx(0.2, abs=0.01)
    assert not found["A", "D"].is_measured
    assert found["A", "B"].is_measured


def test_estimate_net_reach_few_people_asked_widen_the_interval() -> None:
    def width(n: int | None) -> float:
        found = estimate_net_reach(
            [ReachVenue("A", 0.4, n_respondents=n), ReachVenue("B", 0.3, n_respondents=n)],
            [ReachPair("A", "B", 0.2)],
        )
        return found.net_reach.high - found.net_reach.low

    # net reach is .5 exactly: a simple random sample of 400 has a standard error of .025
    assert width(400) == pytest.approx(2 * 1.645 * 0.025, rel=0.05)
    assert width(None) < 0.01


def test_estimate_net_reach_unknown_second_reach_is_assumed_and_told() -> None:
    venues = [ReachVenue("A", 0.3, n_insertions=6), ReachVenue("B", 0.2, n_insertions=6)]
    measured = [ReachVenue("A", 0.3, 0.405, 6), ReachVenue("B", 0.2, 0.28, 6)]
    pairs = [ReachPair("A", "B", 0.1)]
    guess, known = estimate_net_reach(venues, pairs), estimate_net_reach(measured, pairs)
    assert guess.net_reach.value == pytest.approx(known.net_reach.value, abs=1e-6)
    assert guess.net_reach.high - guess.net_reach.low > 0.15
    assert guess.net_reach.low < known.net_reach.low
    assert any("assumed for A, B" in note for note in guess.notes)
    assert not guess.venues[0].is_second_measured


def test_estimate_net_reach_needed_exposures_are_fewer_people() -> None:
    found = estimate_net_reach(
        [ReachVenue("A", 0.4, 0.5, 3), ReachVenue("B", 0.3, 0.4, 2)],
        [ReachPair("A", "B", 0.18)],
        needed=3,
    )
    assert found.needed_reach.value == pytest.approx(found.frequency[3].at_least_share)
    assert 0 < found.needed_reach.value < found.net_reach.value
    assert sum(line.exactly_share for line in found.frequency) == pytest.approx(1)
    assert "At least 3 exposures" in found.text()
    beyond = estimate_net_reach([ReachVenue("A", 0.4)], needed=2)
    assert beyond.needed_reach.value == 0


@pytest.mark.parametrize("needed", [0, 101])
def test_estimate_net_reach_of_exposures_out_of_range_is_refused(needed: int) -> None:
    with pytest.raises(DataError, match="frequency"):
        estimate_net_reach([ReachVenue("A", 0.4)], needed=needed)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_estimate_net_reach_of_nobody_and_of_everybody(share: float) -> None:
    found = estimate_net_reach([ReachVenue("A", share, n_insertions=2), ReachVenue("B", 0.3)])
    assert found.net_reach.value == pytest.approx(max(share, 0.3), abs=2e-3)


def test_estimate_net_reach_of_nothing_bought_reaches_nobody() -> None:
    found = estimate_net_reach([ReachVenue("A", 0.4, n_insertions=0)])
    assert found.net_reach.value == found.net_reach.high == 0
    assert "Net reach 0.0 %" in found.text()


def test_estimate_net_reach_gives_people_where_the_universe_is_known() -> None:
    found = estimate_net_reach([ReachVenue("A", 0.4, universe_people=1000)])
    assert found.rows()[1]["at_least_people"] == 400
    assert "400 of 1,000 people" in found.text()


def test_estimate_net_reach_says_which_duplication_it_could_not_keep() -> None:
    # by chance only in both venues, and yet nearly all of B is in A
    found = estimate_net_reach(
        [ReachVenue("A", 0.3, 0.5099, 2), ReachVenue("B", 0.2, 0.3599, 2)],
        [ReachPair("A", "B", 0.19)],
    )
    assert any("A and B have 19 %" in note for note in found.notes)


def test_estimate_net_reach_more_exposures_than_are_told_apart_are_put_together() -> None:
    found = estimate_net_reach([ReachVenue("A", 0.6, 0.7, 150)])
    assert found.frequency[-1].exposures == 100
    assert "holds all exposures from 100 on" in found.notes[-1]


@given(seed=st.integers(0, 10_000), order=st.permutations(range(3)))
@settings(max_examples=6, deadline=None)
def test_estimate_net_reach_order_is_no_matter_and_bounds_hold(seed: int, order: list[int]) -> None:
    rng = np.random.default_rng(seed)
    chance = rng.beta(0.5, 2.0, (200, 3)) * rng.uniform(0.2, 1, (200, 1))
    both = chance.T @ chance / 200
    count = rng.integers(0, 5, 3)
    venues = [
        ReachVenue(
            "ABC"[k],
            float(chance[:, k].mean()),
            float(2 * chance[:, k].mean() - both[k, k]),
            int(count[k]),
        )
        for k in range(3)
    ]
    pairs = [ReachPair("ABC"[i], "ABC"[j], float(both[i, j])) for i, j in combinations(range(3), 2)]
    found = estimate_net_reach(venues, pairs)
    other = estimate_net_reach([venues[k] for k in order], pairs[::-1])
    assert other.net_reach == found.net_reach
    assert [line.venue for line in other.venues] == ["ABC"[k] for k in order]
    slack = 1e-9
    assert found.bound_low - slack <= found.net_reach.low <= found.net_reach.value
    assert found.net_reach.value <= found.net_reach.high <= found.bound_high + slack
    if count.any():
        assert found.net_reach.value >= max(line.reach_share for line in found.venues) - 1e-3


def test_estimate_net_reach_keeps_the_reach_of_eight_and_is_surer_with_it() -> None:
    def answer(*later: tuple[int, float]) -> NetReach:
        return estimate_net_reach(
            [
                ReachVenue("A", 0.3, 0.4, 8, later_reach_shares=later),
                ReachVenue("B", 0.2, 0.27),
            ],
            [ReachPair("A", "B", 0.1)],
        )

    free, few, many = answer(), answer((8, 0.53)), answer((8, 0.62))
    assert few.venues[0].reach_share == pytest.approx(0.53, rel=5e-3)
    assert many.venues[0].reach_share == pytest.approx(0.62, rel=5e-3)
    assert few.net_reach.value < free.net_reach.value < many.net_reach.value
    for known in (few, many):
        width = known.net_reach.high - known.net_reach.low
        assert width < free.net_reach.high - free.net_reach.low
    assert any("more than 3 insertions in A" in note for note in free.notes)
    assert not any("more than 3 insertions in A" in note for note in few.notes)


def test_estimate_net_reach_takes_the_reach_of_two_from_that_of_more() -> None:
    # beta-binomial with first .5 and tie .5: four insertions reach 1 - E(1 - p) ** 4
    found = estimate_net_reach(
        [ReachVenue("A", 0.5, None, 2, later_reach_shares=((4, 0.7265625),))]
    )
    assert found.net_reach.value == pytest.approx(0.625, abs=2e-3)
    assert not any("second insertion is assumed" in note for note in found.notes)


def test_estimate_net_reach_asks_about_duplications_far_below_chance() -> None:
    venues = [ReachVenue("A", 0.4), ReachVenue("B", 0.3)]
    notes = estimate_net_reach(venues, [ReachPair("A", "B", 0.0019)]).notes
    assert any("less than a tenth of what chance gives" in note for note in notes)
