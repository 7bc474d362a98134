"""How people reached add up to accounts won, by each approval rule."""

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.solver.committee_parts import CommitteePart, list_parts
from signoff.venues.solver.problem import Cells, Measure
from signoff.venues.solver.quorum import quorum_chance, quorum_slopes
from signoff.venues.solver.uplift import uplift_gain, uplift_slopes

__all__ = ["accounts_by_role", "add_up_misses", "combine_misses", "sum_by_profile"]

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
    logs = _logs(miss)
    slopes = np.zeros_like(logs)
    if measure.combination in _BY_HIT:
        value = _by_hit(logs, cells, measure=measure, weight=account_weight, slopes=slopes)
    elif measure.combination == "mean":
        value = _mean(logs, cells, measure=measure, weight=account_weight, slopes=slopes)
    else:
        weight = account_weight[:, None] * measure.weight
        levels = _levels(measure, role_levels, cells, logs)
        value = _every_hit(levels, weight=weight)
        for i, level in enumerate(levels):
            others = -weight
            for other in levels[:i] + levels[i + 1 :]:
                others *= other.hit
            level.add_slopes(slopes, by_miss=others)
    return value, slopes.transpose(2, 0, 1) / np.maximum(miss, _SMALLEST)


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
    logs = _logs(miss)
    if measure.combination in _BY_HIT:
        return _by_hit(logs, cells, measure=measure, weight=account_weight)
    if measure.combination == "mean":
        return _mean(logs, cells, measure=measure, weight=account_weight)
    weight = account_weight[:, None] * measure.weight
    return _every_hit(_levels(measure, role_levels, cells, logs), weight=weight)


def accounts_by_role(miss: Array, cells: Cells, *, account_weight: Array) -> Array:
    """Give the accounts where at least one person of a role counts, by role.

    Args:
        miss: Chance that a person does not count, by profile, role and account appetite.
        cells: Accounts.
        account_weight: Weight of each point of account appetite.
    """
    logs = _logs(miss)
    return np.array(
        [
            np.einsum("k,ak,a->", part.weight_of(cells.n_accounts), hits, account_weight)
            for part in _role_parts(cells)
            for hits in [1 - part.misses(logs)]
        ]
    )


def _logs(miss: Array) -> Array:
    """Log of the chance that a person does not count, by role, account appetite and profile."""
    return np.ascontiguousarray(np.log(np.maximum(miss, _SMALLEST)).transpose(1, 2, 0))


def _by_hit(
    logs: Array, cells: Cells, *, measure: Measure, weight: Array, slopes: Array | None = None
) -> float:
    """Add up a rule that looks at roles one by one, and its slopes where they are wanted."""
    by_cell = weight[:, None] * measure.weight
    parts = _role_parts(cells)
    by_part = [part.misses(logs) for part in parts]
    pairs = zip(parts, by_part, strict=True)
    hits = np.stack([part.by_cell(1 - misses) for part, misses in pairs])
    if slopes is not None:
        steep = -by_cell * _chance_slopes(hits, measure)
        for role, (part, misses) in enumerate(zip(parts, by_part, strict=True)):
            part.add_slopes(slopes, slopes=part.summed(steep[role]), misses=misses)
    return float((by_cell * _chance(hits, measure)).sum())


def _mean(
    logs: Array, cells: Cells, *, measure: Measure, weight: Array, slopes: Array | None = None
) -> float:
    """Add up roles one by one: accounts with equally many people in one count together."""
    value, share = 0.0, weight[:, None] / len(logs)
    for part in _role_parts(cells):
        misses = part.misses(logs)
        by_part = share * part.weight_of(measure.weight)
        value += float((by_part * (1 - misses)).sum())
        if slopes is not None:
            part.add_slopes(slopes, slopes=-by_part, misses=misses)
    return value


def _chance(hits: Array, measure: Measure) -> Array:
    """Give what an account counts for, from the chance that each of its roles is reached."""
    if measure.combination == "quorum":
        return quorum_chance(hits, needed=measure.quorum_roles)
    return uplift_gain(hits, base_share=measure.base_share, uplifts=measure.uplifts)


def _chance_slopes(hits: Array, measure: Measure) -> Array:
    if measure.combination == "quorum":
        return quorum_slopes(hits, needed=measure.quorum_roles)
    return uplift_slopes(hits, base_share=measure.base_share, uplifts=measure.uplifts)


def _role_parts(cells: Cells) -> list[CommitteePart]:
    return [list_parts(cells, [role])[0] for role in range(cells.people.shape[1])]


class _Level:
    """One level of approval at all accounts: the chance that somebody of it is reached.

    Attributes:
        hit: Chance by account appetite and cell.
    """

    def __init__(self, parts: list[CommitteePart], logs: Array) -> None:
        self._parts = parts
        self._by_part = [part.misses(logs) for part in parts]
        if len(parts) == 1:
            self.hit = parts[0].by_cell(1 - self._by_part[0])
        else:
            self._by_cell = [
                part.by_cell(misses) for part, misses in zip(parts, self._by_part, strict=True)
            ]
            self.hit = 1 - np.multiply.reduce(self._by_cell)

    def add_slopes(self, total: Array, *, by_miss: Array) -> None:
        """Add the derivatives by the logs of persons, given those by the level's chance."""
        for i, (part, misses) in enumerate(zip(self._parts, self._by_part, strict=True)):
            others = by_miss
            if len(self._parts) > 1:
                rest = self._by_cell[:i] + self._by_cell[i + 1 :]
                others = by_miss * np.multiply.reduce(rest)
            part.add_slopes(total, slopes=part.summed(others), misses=misses)


def _levels(
    measure: Measure, role_levels: tuple[int, ...], cells: Cells, logs: Array
) -> list[_Level]:
    """Give the levels of approval; one level alone is the rule any."""
    is_any = measure.combination != "every_level"
    of_role = np.zeros(len(role_levels)) if is_any else np.array(role_levels)
    members = [np.flatnonzero(of_role == name).tolist() for name in np.unique(of_role)]
    return [_Level(list_parts(cells, roles), logs) for roles in members]


def _every_hit(levels: list[_Level], *, weight: Array) -> float:
    """Give the chance that each level is reached by somebody, added up over cells."""
    hit = weight * levels[0].hit
    for level in levels[1:]:
        hit *= level.hit
    return float(hit.sum())


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
