import numpy as np
import pytest

from signoff.errors import ModelError
from signoff.stats.frequency import (
    beta_binomial_count_shares,
    chance_correlation,
    later_reach_range,
    second_from_later,
    second_reach_range,
)


@pytest.mark.parametrize("n_insertions", [0, 1, 2, 5, 12])
@pytest.mark.parametrize(("first", "second"), [(0.4902, 0.5805), (0.03, 0.0371), (0.3, 0.509)])
def test_beta_binomial_counts_equal_scipy(first: float, second: float, n_insertions: int) -> None:
    from scipy.stats import betabinom

    kept = (1 - second) / (1 - first)
    total = (1 - kept) / (kept - (1 - first))
    expected = betabinom.pmf(
        np.arange(n_insertions + 1), n_insertions, total * first, total * (1 - first)
    )
    shares = beta_binomial_count_shares(first, second_share=second, n_insertions=n_insertions)
    assert shares == pytest.approx(expected, abs=1e-9)


def test_beta_binomial_counts_same_people_again_are_all_or_nothing() -> None:
    shares = beta_binomial_count_shares(0.2, second_share=0.2, n_insertions=3)
    assert shares == pytest.approx([0.8, 0, 0, 0.2])
    assert beta_binomial_count_shares(0.2, second_share=0.2, n_insertions=0) == pytest.approx([1])


def test_beta_binomial_counts_at_independence_are_binomial() -> None:
    shares = beta_binomial_count_shares(0.5, second_share=0.75, n_insertions=2)
    assert shares == pytest.approx([0.25, 0.5, 0.25])


@pytest.mark.parametrize(("first", "second"), [(0.2, 0.19), (0.2, 0.37), (0, 0), (1, 1)])
def test_beta_binomial_counts_of_impossible_reaches_are_refused(
    first: float, second: float
) -> None:
    with pytest.raises(ModelError, match="independence"):
        beta_binomial_count_shares(first, second_share=second, n_insertions=2)


def test_chance_correlation_is_one_for_the_same_people_and_none_by_chance() -> None:
    first = np.array([0.3, 0.3])
    second = np.array(second_reach_range(0.3))
    assert chance_correlation(first, second_share=second) == pytest.approx([1, 0])


@pytest.mark.parametrize("n_insertions", [3, 4, 8])
def test_later_reach_range_holds_every_audience(n_insertions: int) -> None:
    rng = np.random.default_rng(4)
    for _ in range(200):
        chance = rng.beta(*rng.uniform(0.1, 3, 2), 5) * (rng.random(5) < 0.7)
        people = rng.dirichlet(np.full(5, 0.4))
        first, second, later = (
            float(people @ (1 - (1 - chance) ** n)) for n in (1, 2, n_insertions)
        )
        low, high = later_reach_range(first, second_share=second, n_insertions=n_insertions)
        assert low - 1e-9 <= later <= high + 1e-9
        assert (
            later_reach_range(first, second_share=None, n_insertions=n_insertions)[1] >= high - 1e-9
        )


def test_second_from_later_inverts_the_beta_binomial() -> None:
    counts = beta_binomial_count_shares(0.2, second_share=0.28, n_insertions=5)
    found = second_from_later(0.2, n_insertions=5, later_share=1 - counts[0])
    assert found == pytest.approx(0.28, abs=1e-6)
