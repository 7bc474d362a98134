import numpy as np
import pytest

from signoff.errors import ModelError
from signoff.stats.frailty import (
    audience_rate,
    fit_frailty_shape,
    frailty_duplication_share,
    frailty_nodes,
    frailty_reach_share,
    membership_share,
)
from signoff.stats.reach import sainsbury_reach_share

NODES = frailty_nodes(shape=0.6, correlation_share=0.1)


def test_frailty_nodes_moments_are_those_of_the_gamma() -> None:
    weight, appetite = NODES.weight, NODES.appetite
    assert (weight * appetite).sum() == pytest.approx(1.0)
    assert (weight * appetite**2).sum() == pytest.approx(1 + 1 / 0.6)


def test_frailty_nodes_account_shares_part_of_variance() -> None:
    by_account = NODES.appetite @ NODES.person_weight
    variance = NODES.account_weight @ (by_account - 1) ** 2
    assert variance == pytest.approx(0.1 / 0.6)


@pytest.mark.parametrize(("shape", "correlation"), [(0.0, 0.1), (0.6, 0.0), (0.6, 1.0)])
def test_frailty_nodes_outside_range_are_refused(shape: float, correlation: float) -> None:
    with pytest.raises(ModelError, match="appetite"):
        frailty_nodes(shape=shape, correlation_share=correlation)


@pytest.mark.parametrize("share", [0.0, 1e-5, 0.004, 0.147, 0.6, 0.95])
def test_membership_share_averages_to_reach(share: float) -> None:
    chance = membership_share(np.array([share]), NODES)[0]
    assert chance @ NODES.weight.ravel() == pytest.approx(share, rel=2e-6)


def test_membership_share_duplication_is_near_the_exact_one() -> None:
    chance = membership_share(np.array([0.3, 0.2]), NODES)
    both = (chance[0] * chance[1]) @ NODES.weight.ravel()
    exact = frailty_duplication_share(np.array(0.3), np.array(0.2), shape=0.6)
    assert both == pytest.approx(float(exact), rel=0.01)


def test_frailty_reach_large_shape_is_sainsbury() -> None:
    shares = np.array([0.1, 0.3, 0.2])
    assert frailty_reach_share(shares, shape=1e6) == pytest.approx(
        sainsbury_reach_share(shares), abs=1e-5
    )


def test_frailty_reach_small_shape_is_below_sainsbury() -> None:
    shares = np.array([0.1, 0.3, 0.2])
    assert frailty_reach_share(shares, shape=0.6) < sainsbury_reach_share(shares)


def test_audience_rate_inverts_reach() -> None:
    rate = audience_rate(np.array([0.2]), shape=0.6)
    assert 1 - (1 + rate / 0.6) ** -0.6 == pytest.approx(0.2)


def test_fit_frailty_shape_independent_pairs_give_a_large_shape() -> None:
    first, second = np.array([0.3, 0.2]), np.array([0.4, 0.1])
    assert fit_frailty_shape(first, second, both_share=first * second) > 20


@pytest.mark.parametrize("shape", [0.2, 0.6, 3.0, 17.0, 50.0, 1000.0])
@pytest.mark.parametrize("correlation", [0.001, 0.1, 0.9])
def test_frailty_nodes_any_shape_has_finite_weights_and_the_gammas_moments(
    shape: float, correlation: float
) -> None:
    nodes = frailty_nodes(shape=shape, correlation_share=correlation)
    assert (nodes.weight * nodes.appetite).sum() == pytest.approx(1.0)
    assert (nodes.weight * nodes.appetite**2).sum() == pytest.approx(1 + 1 / shape)
    chance = membership_share(np.array([0.01, 0.4, 0.97]), nodes)
    assert chance @ nodes.weight.ravel() == pytest.approx([0.01, 0.4, 0.97], abs=3e-6)


@pytest.mark.parametrize("shape", [0.3, 0.6, 4.0])
def test_frailty_nodes_equal_the_rules_of_scipy(shape: float) -> None:
    from scipy.special import roots_genlaguerre, roots_jacobi

    account, account_weight = roots_genlaguerre(3, shape / 0.1 - 1)
    root, person_weight = roots_jacobi(5, shape / 0.1 - shape - 1, shape - 1)
    nodes = frailty_nodes(shape=shape, correlation_share=0.1)
    expected = np.outer(account / (shape / 0.1), (1 + root) / 2 / 0.1)
    assert nodes.appetite == pytest.approx(expected)
    assert nodes.account_weight == pytest.approx(account_weight / account_weight.sum())
    assert nodes.person_weight == pytest.approx(person_weight / person_weight.sum())


@pytest.mark.parametrize(("share", "shape"), [(1.0, 0.6), (1.2, 0.6), (-0.1, 0.6), (0.2, 0.0)])
def test_audience_rate_outside_range_is_refused(share: float, shape: float) -> None:
    with pytest.raises(ModelError, match="appetite has a shape"):
        audience_rate(np.array([share]), shape=shape)


def test_frailty_duplication_lies_between_independence_and_the_smaller_audience() -> None:
    first, second = np.array([0.1, 0.3, 0.6]), np.array([0.05, 0.3, 0.9])
    both = frailty_duplication_share(first, second, shape=0.6)
    assert np.all(first * second < both)
    assert np.all(both < np.minimum(first, second))
