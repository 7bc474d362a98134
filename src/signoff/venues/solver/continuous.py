"""The best plan of broken units: from several starts, never from nothing, along exact gradients."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from signoff.stats.reach import Array
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.relaxation import Relaxation

__all__ = ["Judge", "LocalOptimum", "climb", "draw_starts", "find_optima"]

N_DRAWN = 24
N_CLIMBED = 6


class Judge(Protocol):
    """Anything that gives a schedule a value and a gradient."""

    @property
    def ceiling(self) -> float:
        """Most that any schedule could bring."""
        ...

    def value(self, units: Array) -> float:
        """Give what a schedule brings."""
        ...

    def gradient(self, units: Array) -> tuple[float, Array]:
        """Give what a schedule brings and what one more unit of each venue would add."""
        ...


@dataclass(frozen=True, eq=False)
class LocalOptimum:
    """Where one start ended.

    Attributes:
        units: Units of each venue, broken.
        value: What they bring.
    """

    units: Array
    value: float


def find_optima(
    model: ResultModel,
    money: Relaxation,
    *,
    rng: np.random.Generator,
    starts: Sequence[Array] = (),
    n_climbed: int | None = None,
) -> list[LocalOptimum]:
    """Climb from several starts and give where they ended, best first.

    Args:
        model: Judges schedules.
        money: Limits.
        rng: Source of the drawn starts.
        starts: Units to start from besides the drawn ones; the first ones are always climbed.
        n_climbed: How many starts to climb; None: 2 where the optimum is proven, else 6.

    Returns:
        Local optima by falling value.
    """
    wanted = n_climbed or (2 if model.measure.is_concave else N_CLIMBED)
    drawn = draw_starts(model, money, rng=rng, n_starts=N_DRAWN if wanted > 2 else 2)
    drawn.sort(key=model.value, reverse=True)
    chosen = [*starts, *drawn][: max(wanted, len(starts))]
    optima = [climb(model, money, start=start) for start in chosen]
    return sorted(optima, key=lambda optimum: -optimum.value)


def draw_starts(
    model: ResultModel, money: Relaxation, *, rng: np.random.Generator, n_starts: int
) -> list[Array]:
    """Draw schedules that spend all the money: one even, the others on some venues each.

    Args:
        model: Judges schedules; venues that add nothing on their own are left out.
        money: Limits.
        rng: Source of chance.
        n_starts: How many.

    Returns:
        Units by start. None is empty: where every level must be reached, no first step from
        nothing shows the way.
    """
    n_venues = len(money.low)
    useful = model.problem.membership.any(axis=(1, 2, 3)) & (money.high > money.low)
    starts = [money.scaled(useful.astype(np.float64))]
    n_useful = int(useful.sum())
    for _ in range(n_starts - 1):
        n_used = int(rng.integers(1, max(n_useful, 1) + 1)) if n_useful else 0
        used = rng.permutation(np.flatnonzero(useful))[:n_used]
        direction = np.zeros(n_venues)
        direction[used] = rng.dirichlet(np.ones(n_used)) if n_used else 0.0
        starts.append(money.scaled(direction))
    return starts


def climb(model: Judge, money: Relaxation, *, start: Array) -> LocalOptimum:
    """Climb from one start to a local optimum; never ends below the start.

    Args:
        model: Judges schedules.
        money: Limits.
        start: Units to start from.

    Returns:
        The local optimum (the optimum, where the measure is concave).

    Source: sequential quadratic programming (Kraft 1988, SLSQP in scipy).
    """
    scale = max(money.spare_cents, 1.0) / money.unit_cents
    free = np.flatnonzero(money.high > money.low)
    total = max(model.ceiling, 1e-300)

    def units_of(shares: Array) -> Array:
        units = money.low.copy()
        units[free] += np.maximum(shares, 0.0) * scale[free]
        return units

    def loss(shares: Array) -> tuple[float, Array]:
        value, gradient = model.gradient(units_of(shares))
        return -value / total, -(gradient * scale)[free] / total

    best = LocalOptimum(start, model.value(start))
    if not len(free) or money.spare_cents <= 0:
        return best
    bounds = [(0.0, min(1.0, r)) for r in (money.high - money.low)[free] / scale[free]]
    rows = _group_rows(money, free=free, spent_cents=scale[free] * money.unit_cents[free])
    begun = (money.within_groups(start) - money.low)[free] / scale[free]
    end_shares = _least(loss, begun, bounds=bounds, groups=rows)
    units = money.within_groups(_within_money(units_of(end_shares), money))
    end = LocalOptimum(units, model.value(units))
    return max(best, end, key=lambda optimum: optimum.value)


def _least(
    loss: Callable[[Array], tuple[float, Array]],
    start: Array,
    *,
    bounds: Sequence[tuple[float, float]],
    groups: tuple[Array, Array],
) -> Array:
    """Give the shares of the money, 1 in all at most, where a loss is least within groups."""
    from scipy.optimize import minimize

    rows, room = groups
    within = {"type": "ineq", "fun": lambda x: room - rows @ x, "jac": lambda _: -rows}

    spend = {
        "type": "ineq",
        "fun": lambda shares: 1.0 - shares.sum(),
        "jac": lambda shares: -np.ones_like(shares),
    }
    minimise: Any = minimize
    found = minimise(
        loss,
        start,
        jac=True,
        method="SLSQP",
        bounds=bounds,
        constraints=[spend, within] if len(rows) else [spend],
        options={"maxiter": 60, "ftol": 1e-7},
    )
    return np.asarray(found.x, dtype=np.float64)


def _group_rows(
    money: Relaxation, *, free: NDArray[np.signedinteger], spent_cents: Array
) -> tuple[Array, Array]:
    """Give the groups' ceilings as rows over the shares of the money."""
    if not len(money.groups):
        return np.empty((0, len(free))), np.empty(0)
    size = max(money.spare_cents, 1.0)
    return money.groups[:, free] * spent_cents / size, np.maximum(money.group_cents, 0.0) / size


def _within_money(units: Array, money: Relaxation) -> Array:
    bounded = np.clip(units, money.low, money.high)
    spent = float((bounded - money.low) @ money.unit_cents)
    if spent <= money.spare_cents:
        return bounded
    return np.asarray(money.low + (bounded - money.low) * (money.spare_cents / spent))
