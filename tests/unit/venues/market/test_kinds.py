"""Counts of exposures over all venues, against polynomials multiplied out one by one."""

import gc
from collections.abc import Callable

import numpy as np
import pytest

from signoff.stats.reach import Array, nbd_count_shares
from signoff.venues.market.kinds import PersonKinds, person_kinds
from signoff.venues.solver.dense_kinds import DenseKinds
from signoff.venues.solver.lined_kinds import LinedKinds, find_lines

VENUES, ROLES, NODES = 7, 3, 5


def lined(membership: Array) -> LinedKinds:
    return LinedKinds(*find_lines(membership))


MADE = [DenseKinds, lined]
Maker = Callable[[Array], PersonKinds]


def drawn_membership(n_profiles: int) -> Array:
    """Draw chances, most of them nought, some all but certain."""
    rng = np.random.default_rng(n_profiles)
    reach = rng.random((VENUES, n_profiles, ROLES)) * (rng.random((VENUES, 1, ROLES)) < 0.5)
    if n_profiles == 150:  # few lines for many profiles, as cards have them
        reach[:] = reach[:, :1]
        reach[3, ::9] = 0.3
    reach[1, : n_profiles // 2] = 0.0
    reach[2, 0] = 1.0 - 1e-6
    membership: Array = 1.0 - (1.0 - reach[..., None]) ** rng.uniform(0.1, 3.0, NODES)
    return membership


def drawn_shares(n_counts: int) -> Array:
    mean = np.array([0.0, 0.5, 3.0, 900.0, 0.0, 1.0, 0.1])
    return nbd_count_shares(mean, shape=2.0, n_counts=n_counts)


def expected_counts(membership: Array, shares: Array, *, left_out: int = -1) -> Array:
    """Multiply generating functions out, by count, profile, role and appetite."""
    n_counts = len(shares)
    counts = np.zeros((n_counts, *membership.shape[1:]))
    counts[0] = 1.0
    for venue in range(len(membership)):
        if venue == left_out:
            continue
        factor = membership[venue] * shares[:, venue].reshape(-1, 1, 1, 1)
        factor[0] += 1.0 - membership[venue]
        counts = np.stack(
            [sum(counts[i] * factor[n - i] for i in range(n + 1)) for n in range(n_counts)]
        )
    return counts


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize("n_profiles", [1, 4, 150, 400])
@pytest.mark.parametrize("n_counts", [1, 2, 3, 5])
def test_counts_equal_polynomials_multiplied_out(
    made: Maker, n_profiles: int, n_counts: int
) -> None:
    membership, shares = drawn_membership(n_profiles), drawn_shares(n_counts)
    kinds = made(membership)
    counts = kinds.counts(shares)
    expected = expected_counts(membership, shares)
    for count in range(n_counts):
        found = kinds.by_profile(counts[count])
        assert found == pytest.approx(expected[count], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize("n_profiles", [4, 150])
@pytest.mark.parametrize("n_counts", [1, 3, 5])
def test_replaced_equals_counts_from_scratch(made: Maker, n_profiles: int, n_counts: int) -> None:
    membership, shares = drawn_membership(n_profiles), drawn_shares(n_counts)
    kinds = made(membership)
    for venue, units in ((1, 0.0), (0, 2.0), (5, 4.0)):
        after = shares.copy()
        after[:, venue] = nbd_count_shares(np.array(units), shape=2.0, n_counts=n_counts)
        quick = kinds.replaced(
            kinds.counts(shares), venue, old=shares[:, venue], new=after[:, venue]
        )
        assert quick == pytest.approx(kinds.counts(after), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize("n_profiles", [4, 150])
@pytest.mark.parametrize("n_counts", [1, 2, 3, 5])
def test_count_slopes_equal_sums_without_the_venue(
    made: Maker, n_profiles: int, n_counts: int
) -> None:
    membership, shares = drawn_membership(n_profiles), drawn_shares(n_counts)
    kinds, rng = made(membership), np.random.default_rng(1)
    slope, weight = rng.random(membership.shape[1:]), rng.random(n_counts)
    found = kinds.count_slopes(
        kinds.counts(shares), shares, slope=kinds.laid_out(slope), count_weight=weight
    )
    for venue in range(VENUES):
        rest = expected_counts(membership, shares, left_out=venue)
        for count in range(n_counts):
            by_kind = sum(weight[count + i] * rest[i] for i in range(n_counts - count))
            expected = float((by_kind * membership[venue] * slope).sum())
            assert found[count, venue] == pytest.approx(expected, rel=1e-8, abs=1e-9)


@pytest.mark.parametrize("made", MADE)
def test_by_profile_takes_back_what_laid_out_gives(made: Maker) -> None:
    membership = drawn_membership(30)
    values = np.random.default_rng(1).random(membership.shape[1:])
    kinds = made(membership)
    assert np.array_equal(kinds.by_profile(kinds.laid_out(values)), values)


def test_person_kinds_are_let_go_with_their_array() -> None:
    from signoff.venues.market import kinds as module

    membership = drawn_membership(2)
    key = id(membership)
    person_kinds(membership)
    assert key in module._KEPT
    del membership
    gc.collect()
    assert key not in module._KEPT


def test_counts_without_venues_are_nought() -> None:
    kinds = DenseKinds(np.zeros((0, 3, 2, 5)))
    assert kinds.counts(np.zeros((2, 0))).tolist() == [[1.0] * 30, [0.0] * 30]


@pytest.mark.parametrize(("n_lines", "kind"), [(3, LinedKinds), (10_000, DenseKinds)])
def test_person_kinds_few_lines_for_many_are_summed_once(n_lines: int, kind: type) -> None:
    rng = np.random.default_rng(1)
    table = rng.random((n_lines, 5))
    membership = table[rng.integers(0, n_lines, (2, 2_000, 4))]
    assert type(person_kinds(membership)) is kind


def test_find_lines_rows_that_differ_between_the_looked_at_appetites_are_told_apart() -> None:
    membership = np.full((1, 2, 1, 5), 0.5)
    membership[0, 1, 0, 1] = 0.6
    assert find_lines(membership)[0].ravel().tolist() == [0, 1]
