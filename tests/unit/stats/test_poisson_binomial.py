"""How many of several independent things happen, against every case there is."""

from itertools import product

import numpy as np
import pytest

from signoff.stats.poisson_binomial import count_shares, pivotal_shares


def by_case(chances: np.ndarray) -> np.ndarray:
    """Add up every case: the chance of 0, 1 … of them."""
    found = np.zeros(len(chances) + 1)
    for happens in product((0, 1), repeat=len(chances)):
        found[sum(happens)] += np.prod(np.where(happens, chances, 1 - chances))
    return found


@pytest.mark.parametrize("n_counts", [1, 2, 4, 6])
def test_count_shares_equal_a_sum_over_every_case(n_counts: int) -> None:
    for chances in np.random.default_rng(n_counts).random((5, 4)):
        exactly, more = count_shares([np.array(c) for c in chances], n_counts=n_counts)
        whole = np.pad(by_case(chances), (0, 4))
        assert exactly == pytest.approx(whole[:n_counts], abs=1e-12)
        assert float(more) == pytest.approx(whole[n_counts:].sum(), abs=1e-12)


def test_count_shares_equal_chances_are_binomial() -> None:
    from scipy.stats import binom

    exactly, more = count_shares([np.array([0.3])] * 7, n_counts=3)
    assert exactly[:, 0] == pytest.approx(binom.pmf(np.arange(3), 7, 0.3))
    assert more[0] == pytest.approx(binom.sf(2, 7, 0.3))


def test_count_shares_tiny_chances_keep_their_digits() -> None:
    _, more = count_shares([np.array(1e-12)] * 3, n_counts=3)
    assert float(more) == pytest.approx(1e-36, rel=1e-12, abs=0.0)


@pytest.mark.parametrize("needed", [1, 2, 3, 4, 5])
def test_pivotal_shares_are_what_a_certain_thing_adds(needed: int) -> None:
    chances = [np.array(c) for c in (0.2, 0.7, 0.0, 1.0)]
    found = pivotal_shares(chances, needed=needed)
    for place in range(4):
        certain, never = (
            count_shares([*chances[:place], np.array(c), *chances[place + 1 :]], n_counts=needed)[1]
            for c in (1.0, 0.0)
        )
        assert found[place] == pytest.approx(float(certain - never), abs=1e-12)
