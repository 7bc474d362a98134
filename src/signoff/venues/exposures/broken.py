"""The best schedule of broken units: from several starts, along exact gradients."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.exposures.model import ExposureModel
from signoff.venues.exposures.money import within_limits
from signoff.venues.exposures.relaxed import MoneyRows
from signoff.venues.exposures.sketch import sample_cells

__all__ = ["End", "climb", "draw_starts", "find_ends"]

_DRAWN_FOR_EACH = 6
_SAME_SHARE = 1e-6
_THOROUGH = 40
_FEW_VENUES = 8
_FEWEST_TIMES = 3
_MOST_TIMES = 4
_MET_OFTEN = 5
_N_POLISHED = 3


@dataclass(frozen=True, eq=False)
class End:
    """Where one start ended.

    Attributes:
        units: Units of each venue, broken.
        value: What they bring.
    """

    units: Array
    value: float


def find_ends(
    model: ExposureModel,
    money: MoneyRows,
    *,
    rng: np.random.Generator,
    n_climbed: int,
    near: Sequence[Array] = (),
) -> list[End]:
    """Climb from several starts and give where they ended, best first.

    Args:
        model: Judges schedules.
        money: Limits.
        rng: Source of the starts.
        n_climbed: How many of the drawn starts are climbed: the best ones, and some others. From
            40 on, as many again are climbed, three to four times as many in all, until the best end
            was met five times: an end that is rarely met may not be the best there is. With few
            venues once may do.
        near: Units to start from besides.

    Returns:
        Ends by falling value. Of many cells, starts are climbed on a sample of them, and the best
        ends on all.
    """
    sample = sample_cells(model, rng=rng)
    ends = [climb(sample, money, start=start) for start in near]
    fewest = 1 if len(money.high) <= _FEW_VENUES else _FEWEST_TIMES
    times = range(1, _MOST_TIMES + 1) if n_climbed >= _THOROUGH else (_MOST_TIMES,)
    for time in times:
        starts = _choose_starts(sample, money, rng=rng, n_climbed=n_climbed)
        ends += [climb(sample, money, start=start) for start in starts]
        if time >= fewest and _n_best(ends) >= _MET_OFTEN:
            break
    ends.sort(key=lambda end: -end.value)
    if sample is model:
        return ends
    polished = [climb(model, money, start=end.units) for end in _distinct(ends)[:_N_POLISHED]]
    return sorted(polished, key=lambda end: -end.value)


def _choose_starts(
    model: ExposureModel, money: MoneyRows, *, rng: np.random.Generator, n_climbed: int
) -> Array:
    """Draw more starts than are climbed, and choose the best ones and some others."""
    drawn = draw_starts(
        money, rng=rng, n_starts=_DRAWN_FOR_EACH * n_climbed if n_climbed > 2 else 2
    )
    order = np.argsort(-model.values(drawn), kind="stable")
    chosen = order[: max(1, n_climbed - n_climbed // 3)].tolist()
    chosen += rng.permutation(order[len(chosen) :])[: n_climbed - len(chosen)].tolist()
    return np.asarray(drawn[chosen])


def _n_best(ends: Sequence[End]) -> int:
    """Count how often the best end was met."""
    values = np.array([end.value for end in ends])
    return int((values >= values.max() - _SAME_SHARE * abs(values.max())).sum())


def _distinct(ends: Sequence[End]) -> list[End]:
    """Give ends that differ in what they bring, in the order given."""
    kept: list[End] = []
    for end in ends:
        if all(abs(end.value - other.value) > 1e-4 * abs(other.value) for other in kept):
            kept.append(end)
    return kept


def draw_starts(money: MoneyRows, *, rng: np.random.Generator, n_starts: int) -> Array:
    """Draw schedules that spend the money: the first evenly, the others on some venues each.

    Args:
        money: Limits.
        rng: Source of chance.
        n_starts: How many.

    Returns:
        Units, shape (starts, venues). None is empty: where several roles must be reached, no first
        step from nothing shows the way.
    """
    room = (money.high - money.low) > 0
    places = np.flatnonzero(room)
    starts = np.tile(money.low, (n_starts, 1))
    if not len(places):
        return starts[:1]
    for row, start in enumerate(starts):
        n_used = len(places) if row == 0 else int(rng.integers(1, len(places) + 1))
        used = rng.permutation(places)[:n_used]
        share = np.ones(n_used) / n_used if row == 0 else rng.dirichlet(np.ones(n_used))
        start[used] += share * money.most_cents[0] / money.unit_cents[used]
        starts[row] = within_limits(start, money)
    return starts


def climb(model: ExposureModel, money: MoneyRows, *, start: Array, n_steps: int = 100) -> End:
    """Climb from one start to a local optimum; never ends below the start.

    Args:
        model: Judges schedules.
        money: Limits.
        start: Units to start from.
        n_steps: Most steps.

    Returns:
        The local optimum (the optimum, where the rule is concave).

    Source: sequential quadratic programming (Kraft 1988, SLSQP in scipy).
    """
    free = np.flatnonzero(money.high > money.low)
    best = End(start, model.value(start) if _is_within(start, money) else -np.inf)
    if not len(free):
        return best
    scale = max(float(money.most_cents[0]), 1.0) / money.unit_cents[free]
    total = max(model.ceiling, 1e-300)

    def units_of(shares: Array) -> Array:
        units = money.low.copy()
        units[free] += np.maximum(shares, 0.0) * scale
        return units

    def loss(shares: Array) -> tuple[float, Array]:
        value, gradient = model.gradient(units_of(shares))
        return -value / total, -gradient[free] * scale / total

    shares = _least(loss, (start - money.low)[free] / scale, money, free=free, n_steps=n_steps)
    units = _without_crumbs(within_limits(units_of(shares), money), money)
    if not _is_within(units, money):
        return best
    end = End(units, model.value(units))
    return max(best, end, key=lambda found: found.value)


def _least(loss: Any, start: Array, money: MoneyRows, *, free: Any, n_steps: int) -> Array:
    """Give the shares of the money where a loss is least, within all limits."""
    from scipy.optimize import minimize

    budget = max(float(money.most_cents[0]), 1.0)
    rows = money.groups[:, free]
    spent = money.rows @ money.low
    upper = np.isfinite(money.most_cents) & (rows.sum(axis=1) > 0)
    lower = np.isfinite(money.least_cents) & (rows.sum(axis=1) > 0)
    sides = np.concatenate([-rows[upper], rows[lower]])
    room = (
        np.concatenate([(money.most_cents - spent)[upper], (spent - money.least_cents)[lower]])
        / budget
    )
    scale = budget / money.unit_cents[free]
    minimise: Any = minimize
    found = minimise(
        loss,
        np.clip(start, 0.0, (money.high - money.low)[free] / scale),
        jac=True,
        method="SLSQP",
        bounds=[(0.0, r) for r in (money.high - money.low)[free] / scale],
        constraints=[{"type": "ineq", "fun": lambda x: room + sides @ x, "jac": lambda _: sides}],
        options={"maxiter": n_steps, "ftol": 1e-10},
    )
    return np.asarray(found.x, dtype=np.float64)


def _without_crumbs(units: Array, money: MoneyRows) -> Array:
    """Drop what costs less than a millionth of the money: a climb leaves such traces."""
    crumbs = (units - money.low) * money.unit_cents < 1e-6 * float(money.most_cents[0])
    return np.where(crumbs, money.low, units)


def _is_within(units: Array, money: MoneyRows) -> bool:
    spent = money.rows @ units
    size = np.maximum(np.abs(money.most_cents), 1.0)
    below = bool((spent <= money.most_cents + 1e-9 * size).all())
    return below and bool((spent >= money.least_cents - 1e-9 * size).all())
