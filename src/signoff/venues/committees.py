"""How people reached add up to accounts won: any role, the mean of roles, every level."""

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.problem import Cells, Measure

__all__ = ["combine_misses", "sum_by_profile"]

_SMALLEST = 1e-300


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
    logs = np.log(np.maximum(miss, _SMALLEST))[cells.profile] * cells.people[:, :, None]
    if measure.combination == "mean":
        role_miss = np.exp(logs)
        value = float((weight[:, None, :] * (1 - role_miss)).sum()) / miss.shape[1]
        slopes = -weight[:, None, :] * role_miss / miss.shape[1]
    else:
        levels = role_levels if measure.combination == "every_level" else (0,) * miss.shape[1]
        value, slopes = _every_level(logs, weight=weight, levels=np.array(levels))
    by_cell = slopes * cells.people[:, :, None]
    return value, sum_by_profile(by_cell, cells, n_profiles=len(miss)) / np.maximum(miss, _SMALLEST)


def _people(
    miss: Array, cells: Cells, *, weight: Array, account_weight: Array
) -> tuple[float, Array]:
    by_cell = (weight[:, None] * cells.people)[:, :, None]
    counts = sum_by_profile(by_cell, cells, n_profiles=len(miss)) * account_weight
    return float((counts * (1 - miss)).sum()), -counts


def _every_level(logs: Array, *, weight: Array, levels: Array) -> tuple[float, Array]:
    """Give the chance that each level is reached by somebody; one level alone is the rule any."""
    names = np.unique(levels)
    misses = [np.exp(logs[:, levels == name].sum(axis=1)) for name in names]
    slopes = np.zeros_like(logs)
    for i, name in enumerate(names):
        others = weight.copy()
        for k, other in enumerate(misses):
            if k != i:
                others *= 1 - other
        slopes[:, levels == name] = -(others * misses[i])[:, None, :]
    hit = weight.copy()
    for level_miss in misses:
        hit *= 1 - level_miss
    return float(hit.sum()), slopes


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
