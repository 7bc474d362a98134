import numpy as np
import pytest

from signoff.errors import ModelError
from signoff.stats.frequency import (
    beta_binomial_count_shares,
    chance_correlation,
    nbd_insertion_reach_share,
    second_reach_range,
)
from signoff.stats.reach import beta_binomial_reach_share


@pytest.mark.parametrize("n_insertions", [0, 1, 2, 5, 12])
@pytest.mark.parametrize(("first", "second"), [(0.4902, 0.5805), (0.03, 0.0371), (0.3, 0.51)])
def test_beta_binomial_counts_agree_with_reach(
    first: float, second: float, n_insertions: int
) -> None:
    shares = beta_binomial_count_shares(first, second_share=second, n_insertions=n_insertions)
    assert shares.sum() == pytest.approx(1)
    assert shares @ np.arange(n_insertions + 1) == pytest.approx(n_insertions * first)
    reach = beta_binomial_reach_share(first, second_share=second, n_insertions=n_insertions)
    assert 1 - shares[0] == pytest.approx(reach, abs=1e-9)


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


def test_nbd_insertion_reach_returns_what_it_was_fitted_to() -> None:
    for n_insertions, expected in ((1, 0.146), (2, 0.191)):
        found = nbd_insertion_reach_share(0.146, second_share=0.191, n_insertions=n_insertions)
        assert found == pytest.approx(expected, abs=1e-9)
    with pytest.raises(ModelError, match="independence"):
        nbd_insertion_reach_share(0.2, second_share=0.36, n_insertions=2)


def test_chance_correlation_is_one_for_the_same_people_and_none_by_chance() -> None:
    first = np.array([0.3, 0.3])
    second = np.array(second_reach_range(0.3))
    assert chance_correlation(first, second_share=second) == pytest.approx([1, 0])
