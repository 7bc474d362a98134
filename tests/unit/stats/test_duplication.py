from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signoff.errors import ModelError
from signoff.stats.duplication import conflicting_pairs, duplication_range, union_range
from signoff.stats.union_bounds import insertion_bounds


def test_duplication_range_of_small_audiences_begins_at_nothing() -> None:
    assert duplication_range(0.2, 0.3) == (0.0, 0.2)
    assert duplication_range(0.8, 0.7) == pytest.approx((0.5, 0.7))


def test_conflicting_pairs_of_possible_duplications_are_none() -> None:
    shares = [0.4902, 0.033, 0.03]
    assert conflicting_pairs(shares, {(0, 1): 0.0157, (0, 2): 0.0139, (1, 2): 0.0003}) == ()


def test_conflicting_pairs_among_four_names_only_the_three_that_clash() -> None:
    # 0 and 1 are the same people, 1 and 2 never meet, and yet half of 0 is in 2
    pairs = {(0, 1): 0.4, (1, 2): 0.0, (0, 2): 0.2, (0, 3): 0.05, (1, 3): 0.05, (2, 3): 0.05}
    assert conflicting_pairs([0.4, 0.4, 0.4, 0.1], pairs) == ((0, 1), (0, 2), (1, 2))


def test_conflicting_pairs_without_a_bad_triple_are_found_among_four() -> None:
    # four audiences of .3 that never meet would be 1.2 of everybody; any three are possible
    pairs = dict.fromkeys(combinations(range(4), 2), 0.0)
    assert len(conflicting_pairs([0.3] * 4, pairs)) == 6


def test_conflicting_pairs_of_many_venues_still_finds_bad_triples() -> None:
    pairs = dict.fromkeys(combinations(range(14), 2), 0.02)
    pairs |= {(3, 5): 0.0, (3, 7): 0.099, (5, 7): 0.099}
    assert set(conflicting_pairs([0.1] * 14, pairs)) <= {(3, 5), (3, 7), (5, 7)}


def test_union_range_of_contradicting_pairs_is_refused() -> None:
    with pytest.raises(ModelError, match="contradict"):
        union_range([0.5] * 3, dict.fromkeys(combinations(range(3), 2), 0.0))
    with pytest.raises(ModelError, match="12"):
        union_range([0.1] * 13, {})


@st.composite
def audiences(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Give people with a chance for each of several venues, and insertions."""
    n_venues = draw(st.integers(2, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    chance = rng.beta(0.4, 1.2, size=(60, n_venues)) * rng.uniform(size=(60, 1))
    return chance, np.array(draw(st.lists(st.integers(0, 4), min_size=n_venues, max_size=n_venues)))


@given(audiences())
@settings(max_examples=60, deadline=None)
def test_insertion_bounds_hold_for_every_audience(
    audience: tuple[np.ndarray, np.ndarray],
) -> None:
    chance, count = audience
    both = chance.T @ chance / len(chance)
    low, high = insertion_bounds(
        chance.mean(axis=0), n_insertions=count, least_both=both, most_both=both
    )
    net = 1 - np.prod((1 - chance) ** count, axis=1).mean()
    assert low - 1e-9 <= net <= high + 1e-9


@given(audiences())
@settings(max_examples=25, deadline=None)
def test_union_range_is_within_the_bounds_from_sums(
    audience: tuple[np.ndarray, np.ndarray],
) -> None:
    chance, _ = audience
    rng = np.random.default_rng(1)
    people = rng.uniform(size=chance.shape) < chance
    both = (people.T.astype(float) @ people) / len(people)
    pairs = {(i, j): both[i, j] for i, j in combinations(range(len(both)), 2)}
    low, high = union_range(list(people.mean(axis=0)), pairs)
    ones = np.ones(len(both), dtype=int)
    summed = insertion_bounds(
        people.mean(axis=0), n_insertions=ones, least_both=both, most_both=both
    )
    slack = 1e-3
    assert summed[0] - slack <= low <= people.any(axis=1).mean() <= high <= summed[1] + slack


def test_insertion_bounds_of_nothing_bought_are_nothing() -> None:
    both = np.eye(2) * 0.2
    none = np.zeros(2, dtype=int)
    found = insertion_bounds(
        np.array([0.2, 0.2]), n_insertions=none, least_both=both, most_both=both
    )
    assert found == (0.0, 0.0)
