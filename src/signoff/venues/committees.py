"""How people reached add up to accounts won, by each approval rule."""

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.problem import Cells, Measure
from signoff.venues.quorum import quorum_chance, quorum_slopes
from signoff.venues.uplift import uplift_gain, uplift_slopes

__all__ = ["add_up_misses", "combine_misses", "sum_by_profile"]

_SMALLEST = 1e-300
_BY_HIT = ("quorum", "uplift")


def combine_misses(
    miss: Array,
    cells: Cells,
    *,
    measure: Measure,
    role_levels: tuple[int, ...],
    account_weight: Array,
) -> tuple[float, Array]:
    """Add up accounts (or people) that count, from the chance that one person does not.

    Args:
        miss: Chance that a person does not count, by profile, role and account appetite.
        cells: Accounts.
        measure: What is counted.
        role_levels: Level of each role, an index from 0.
        account_weight: Weight of each point of account appetite.

    Returns:
        The sum, and its derivative by each entry of `miss`.

    Source: people of one account are independent given its appetite, so a role of n people is
    missed with chance miss ** n.
    """
    if measure.combination == "people":
        return _people(miss, cells, weight=measure.weight, account_weight=account_weight)
    weight = measure.weight[:, None] * account_weight
    logs = _role_logs(miss, cells)
    if measure.combination == "mean":
        role_miss = np.exp(logs)
        value = float((weight[:, None, :] * (1 - role_miss)).sum()) / miss.shape[1]
        slopes = -weight[:, None, :] * role_miss / miss.shape[1]
    elif measure.combination in _BY_HIT:
        hits = -np.expm1(logs)
        value = float((weight * _chance(hits, measure)).sum())
        slopes = -weight[:, None, :] * _chance_slopes(hits, measure) * np.exp(logs)
    else:
        levels = _levels(measure, role_levels)
        misses = _level_misses(logs, levels)
        value = _every_hit(misses, weight=weight)
        slopes = _every_slopes(logs, misses, weight=weight, levels=levels)
    by_cell = slopes * cells.people[:, :, None]
    return value, sum_by_profile(by_cell, cells, n_profiles=len(miss)) / np.maximum(miss, _SMALLEST)


def _people(
    miss: Array, cells: Cells, *, weight: Array, account_weight: Array
) -> tuple[float, Array]:
    by_cell = (weight[:, None] * cells.people)[:, :, None]
    counts = sum_by_profile(by_cell, cells, n_profiles=len(miss)) * account_weight
    return float((counts * (1 - miss)).sum()), -counts


def add_up_misses(
    miss: Array,
    cells: Cells,
    *,
    measure: Measure,
    role_levels: tuple[int, ...],
    account_weight: Array,
) -> float:
    """Add up as `combine_misses` does, to the same last digit, without the derivatives.

    Args:
        miss: Chance that a person does not count, by profile, role and account appetite.
        cells: Accounts.
        measure: What is counted.
        role_levels: Level of each role, an index from 0.
        account_weight: Weight of each point of account appetite.

    Returns:
        The sum; most schedules that are tried are judged by it alone.
    """
    if measure.combination == "people":
        return _people(miss, cells, weight=measure.weight, account_weight=account_weight)[0]
    weight = measure.weight[:, None] * account_weight
    logs = _role_logs(miss, cells)
    if measure.combination == "mean":
        n_roles: int = miss.shape[1]
        return float((weight[:, None, :] * (1 - np.exp(logs))).sum()) / n_roles
    if measure.combination in _BY_HIT:
        return float((weight * _chance(-np.expm1(logs), measure)).sum())
    return _every_hit(_level_misses(logs, _levels(measure, role_levels)), weight=weight)


def _chance(hits: Array, measure: Measure) -> Array:
    """Give what an account counts for, from the chance that each of its roles is reached."""
    if measure.combination == "quorum":
        return quorum_chance(hits, needed=measure.quorum_roles)
    return uplift_gain(hits, base_share=measure.base_share, uplifts=measure.uplifts)


def _chance_slopes(hits: Array, measure: Measure) -> Array:
    if measure.combination == "quorum":
        return quorum_slopes(hits, needed=measure.quorum_roles)
    return uplift_slopes(hits, base_share=measure.base_share, uplifts=measure.uplifts)


def _role_logs(miss: Array, cells: Cells) -> Array:
    """Log of the chance that nobody of a role counts, by cell, role and account appetite."""
    logs = np.log(np.maximum(miss, _SMALLEST))[cells.profile] * cells.people[:, :, None]
    return np.asarray(logs)


def _levels(measure: Measure, role_levels: tuple[int, ...]) -> Array:
    """Give the level of each role; one level alone is the rule any."""
    is_any = measure.combination != "every_level"
    return np.zeros(len(role_levels)) if is_any else np.array(role_levels, dtype=np.float64)


def _level_misses(logs: Array, levels: Array) -> list[Array]:
    return [np.exp(logs[:, levels == name].sum(axis=1)) for name in np.unique(levels)]


def _every_hit(misses: list[Array], *, weight: Array) -> float:
    """Give the chance that each level is reached by somebody, added up over cells."""
    hit = weight.copy()
    for level_miss in misses:
        hit *= 1 - level_miss
    return float(hit.sum())


def _every_slopes(logs: Array, misses: list[Array], *, weight: Array, levels: Array) -> Array:
    slopes = np.zeros_like(logs)
    for i, name in enumerate(np.unique(levels)):
        others = weight.copy()
        for k, other in enumerate(misses):
            if k != i:
                others *= 1 - other
        slopes[:, levels == name] = -(others * misses[i])[:, None, :]
    return slopes


def sum_by_profile(by_cell: Array, cells: Cells, *, n_profiles: int) -> Array:
    """Sum rows of cells into rows of profiles.

    Args:
        by_cell: One row for each cell.
        cells: Accounts, by rising profile.
        n_profiles: Rows wanted; a profile without cells gets zeros.

    Returns:
        One row for each profile.
    """
    total = np.zeros((n_profiles, *by_cell.shape[1:]))
    present, starts = np.unique(cells.profile, return_index=True)
    total[present] = np.add.reduceat(by_cell, starts, axis=0)
    return total
