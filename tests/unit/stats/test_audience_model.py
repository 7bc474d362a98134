import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signoff.stats.audience_model import AudienceModel, fit_audience
from signoff.stats.chances import GRID, Spread, chance_quantiles, normal_correlations
from signoff.stats.frequency import beta_binomial_count_shares
from signoff.stats.reach import Array, sainsbury_reach_share
from signoff.stats.union_bounds import insertion_bounds

MASS = np.exp(-(GRID**2) / 2) / np.exp(-(GRID**2) / 2).sum()


def people(seed: int, n_venues: int) -> Array:
    """Give chances of people who differ in appetite by a gamma, as no fitted version does."""
    rng = np.random.default_rng(seed)
    appetite = rng.gamma(0.6, 1 / 0.6, size=(4000, 1)) * rng.gamma(1.5, 1 / 1.5, (4000, n_venues))
    return np.asarray(1 - np.exp(-appetite * rng.uniform(0.02, 0.8, n_venues)))


def fitted(chance: Array) -> AudienceModel:
    both = chance.T @ chance / len(chance)
    second = 2 * chance.mean(axis=0) - np.diag(both)
    return fit_audience(chance.mean(axis=0), second_share=second, both_share=both)


@pytest.mark.parametrize("spread", ["beta", "lognormal", "heavy"])
def test_chance_quantiles_have_the_moments_asked_for(spread: Spread) -> None:
    mean, tie = np.array([0.02, 0.2, 0.5]), np.array([0.6, 0.4, 0.1])
    table = chance_quantiles(mean, tie=tie, spread=spread)
    assert (np.diff(table, axis=1) >= 0).all()
    assert table @ MASS == pytest.approx(mean, rel=2e-3)
    assert table**2 @ MASS == pytest.approx(tie * mean * (1 - mean) + mean**2, rel=5e-3)


def test_normal_correlations_out_of_reach_stop_at_the_closest() -> None:
    table = chance_quantiles(np.array([0.1, 0.3]), tie=np.array([0.5, 0.5]), spread="beta")
    assert normal_correlations(table, covariance=np.full((2, 2), 1.0))[0, 1] > 0.96
    assert normal_correlations(table, covariance=np.zeros((2, 2)))[0, 1] == pytest.approx(
        0, abs=1e-6
    )


def test_fit_audience_holds_reaches_and_duplications() -> None:
    chance = people(1, 5)
    model = fitted(chance)
    both = chance.T @ chance / len(chance)
    off = ~np.eye(5, dtype=bool)
    assert model.both_shares()[off] == pytest.approx(both[off], rel=2e-3)
    assert model.venue_shares(np.ones(5)) == pytest.approx(chance.mean(axis=0), rel=1e-3)
    two = 1 - ((1 - chance) ** 2).mean(axis=0)
    assert model.venue_shares(np.full(5, 2)) == pytest.approx(two, rel=2e-3)


def test_fit_audience_recovers_net_reach_of_another_family() -> None:
    errors, independent_errors = [], []
    for seed in range(6):
        chance = people(seed, 4 + seed % 3)
        count = np.random.default_rng(seed).integers(1, 6, chance.shape[1])
        truth = 1 - np.prod((1 - chance) ** count, axis=1).mean()
        model = fitted(chance)
        independent = sainsbury_reach_share(1 - ((1 - chance) ** count).mean(axis=0))
        errors.append(abs(model.weight @ model.net_shares(count) / truth - 1))
        independent_errors.append(independent / truth - 1)
    assert np.median(errors) < 0.03
    assert max(errors) < 0.06
    assert min(independent_errors) > 0.05


def test_fit_audience_of_one_venue_is_the_beta_binomial() -> None:
    model = fit_audience(
        np.array([0.146]), second_share=np.array([0.191]), both_share=np.array([[0.146]])
    )
    counts = model.weight @ model.count_shares(np.array([3]), n_counts=4)
    expected = beta_binomial_count_shares(0.146, second_share=0.191, n_insertions=3)
    assert counts == pytest.approx(expected, abs=2e-3)


def test_count_shares_sum_to_everybody_and_keep_the_mean() -> None:
    chance = people(2, 3)
    model, count = fitted(chance), np.array([2, 0, 3])
    shares = model.weight @ model.count_shares(count, n_counts=6)
    assert shares.sum() == pytest.approx(1)
    assert shares @ np.arange(6) == pytest.approx(count @ chance.mean(axis=0), rel=2e-3)
    assert 1 - shares[0] == pytest.approx(model.weight @ model.net_shares(count))
    lumped = model.weight @ model.count_shares(count, n_counts=3)
    assert lumped == pytest.approx([*shares[:2], shares[2:].sum()])


@given(
    seed=st.integers(0, 50),
    count=st.lists(st.integers(0, 8), min_size=3, max_size=3),
    more=st.integers(0, 2),
)
@settings(max_examples=8, deadline=None)
def test_more_insertions_never_reach_fewer(seed: int, count: list[int], more: int) -> None:
    chance = people(seed, 3)
    model, bought = fitted(chance), np.array(count)
    added = bought + np.eye(3, dtype=int)[more]
    assert (model.net_shares(added) >= model.net_shares(bought) - 1e-12).all()


@given(seed=st.integers(0, 50), count=st.lists(st.integers(0, 8), min_size=4, max_size=4))
@settings(max_examples=8, deadline=None)
def test_net_reach_is_within_the_bounds_that_hold_for_all(seed: int, count: list[int]) -> None:
    chance = people(seed, 4)
    both, bought = chance.T @ chance / len(chance), np.array(count)
    low, high = insertion_bounds(
        chance.mean(axis=0), n_insertions=bought, least_both=both, most_both=both
    )
    model = fitted(chance)
    assert low - 1e-4 <= model.weight @ model.net_shares(bought) <= high + 1e-4


def test_fit_audience_does_not_depend_on_the_order_of_venues() -> None:
    chance, count = people(3, 4), np.array([1, 2, 3, 4])
    there = fitted(chance)
    back = fitted(chance[:, ::-1])
    assert there.weight @ there.net_shares(count) == pytest.approx(
        back.weight @ back.net_shares(count[::-1]), rel=2e-3
    )


def test_fit_audience_holds_the_reach_of_many_insertions() -> None:
    chance = people(2, 4) * (np.random.default_rng(2).random((4000, 4)) < 0.6)
    eight = 1 - ((1 - chance) ** 8).mean(axis=0)
    both = chance.T @ chance / len(chance)
    first = chance.mean(axis=0)
    model = fit_audience(
        first,
        second_share=2 * first - np.diag(both),
        both_share=both,
        later_share=[(venue, 8, float(share)) for venue, share in enumerate(eight)],
    )
    assert model.venue_shares(np.full(4, 8)) == pytest.approx(eight, rel=5e-3)


def test_fit_audience_of_pairs_that_no_version_has_stands_on_many_people() -> None:
    # appetite alone, few readers and nearly all in common: the tilt would end at one point
    appetite = np.random.default_rng(3).gamma(0.2, 5, (4000, 1))
    chance = 1 - np.exp(-appetite * np.array([0.6, 0.3, 0.2, 0.05, 0.02, 0.01]))
    count = np.array([1, 3, 5, 2, 4, 6])
    model = fitted(chance)
    truth = 1 - np.prod((1 - chance) ** count, axis=1).mean()
    assert model.weight @ model.net_shares(count) == pytest.approx(truth, rel=0.1)
    for held in model.people_weight:
        assert 1 / (held @ held) > 100
