"""How surely a person can be exposed several times: a sum over venues that is never too low.

Given appetite, venues expose a person independently of each other. Split what one venue gives into
clusters: u is minus the log of the chance of no exposure, and c1 and c2 are the parts of u that
come as one exposure and as two (the logarithm of the generating function, by counts). With u, C1
and C2 summed over venues,

    P(fewer than 3) = exp(-u) (1 + C1 + C1^2 / 2 + C2),    P(fewer than 2) = exp(-u) (1 + C1).

Let Z = C1 + C2 (or C1), and T the most that it can be within the money. The logarithm of the
bracket is at least rate x Z for every Z up to T, where rate is the least of log(bracket) / Z. So

    -log P(fewer than f) <= sum over venues of (u - rate x c).

Each term of that sum is a function of one venue's units, rising slowly at first (a few insertions
give one exposure each) and then concavely: the line from its start that touches it, and the term
itself beyond, is the least concave function above it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from signoff.stats.reach import Array, nbd_count_shares
from signoff.venues.solver.problem import FREQUENCY_SHAPE, PlanProblem
from signoff.venues.solver.relaxation import Relaxation

__all__ = ["MOST_LAID_OUT", "RepeatTable", "lay_out_repeats", "least_rate"]

MOST_LAID_OUT = 3
"""Exposures of which each is counted; who needs more is looked at as if three were enough."""

_MOST_NUMBERS, _MOST_PLACES, _FEWEST_PLACES = 6_000_000, 40, 12
_FINEST, _FLAT, _N_FLAT = 1e-3, 30.0, 6
_PEAK_MARGIN, _RISE_MARGIN = 1.02, 1.05
_N_RATES = 128
_BETWEEN, _ABOVE = 1.5, 1e-9


@dataclass(frozen=True, eq=False)
class RepeatTable:
    """For each venue, something concave in its units that is never below its part of the sum.

    Attributes:
        units: Units at which the parts are known, rising, by venue.
        logs: The parts there, by venue: units by kinds of people. Between two units the line holds.
    """

    units: tuple[Array, ...]
    logs: tuple[Array, ...]

    def at(self, units: Array) -> tuple[Array, Array]:
        """Give the sum over venues, and its slopes.

        Args:
            units: Units of each venue.

        Returns:
            The sum by kind, and by venue and kind how it rises with one more unit.
        """
        n_kinds = self.logs[0].shape[1]
        total, slopes = np.zeros(n_kinds), np.zeros((len(units), n_kinds))
        for v, (known, logs) in enumerate(zip(self.units, self.logs, strict=True)):
            total += logs[0]
            if len(known) == 1:
                continue
            n = min(max(float(units[v]), float(known[0])), float(known[-1]))
            i = min(max(int(np.searchsorted(known, n, side="right")) - 1, 0), len(known) - 2)
            slopes[v] = (logs[i + 1] - logs[i]) / (known[i + 1] - known[i])
            total += logs[i] - logs[0] + slopes[v] * (n - known[i])
        return total, slopes


def lay_out_repeats(
    problem: PlanProblem, money: Relaxation, *, shares_money: bool = True
) -> RepeatTable | None:
    """Lay out the parts of all venues.

    Args:
        problem: A problem that needs two exposures or more; beyond three the parts hold too, since
            whoever has more exposures has three.
        money: Limits that every schedule keeps.
        shares_money: Whether units of all venues together cost no more than the money; False: each
            venue by itself keeps its limits.

    Returns:
        The table; None where it would be too large.
    """
    n_venues = len(problem.options)
    inside = problem.membership.reshape(n_venues, -1)
    n_places = min(_MOST_NUMBERS // max(inside.size, 1), _MOST_PLACES)
    if n_places < _FEWEST_PLACES or not inside.size:
        return None
    steps = [_steps(problem, money, v, inside[v], n_places=n_places) for v in range(n_venues)]
    spare = money.spare_cents if shares_money else np.inf
    most = _most_within([(s.units, s.few) for s in steps], money, spare_cents=spare)
    most_twice = _most_within([(s.units, s.twice) for s in steps], money, spare_cents=spare)
    rate = least_rate(most, most_twice, exposures_needed=problem.exposures_needed)
    logs = tuple(_concave(step, rate) for step in steps)
    return RepeatTable(tuple(step.units for step in steps), logs)


def least_rate(most: Array, most_twice: Array, *, exposures_needed: int) -> Array:
    """Give the rate up to which the bracket's logarithm is at least rate x Z for every Z.

    Args:
        most: Most that Z can be, by kind.
        most_twice: Most that C2 can be.
        exposures_needed: 2, or 3 and more.

    Returns:
        Rates from 0 to 1.

    Source: with two exposures log(1 + Z) / Z falls. With three, C2 is at most most_twice, and at
    most 1.5 C1 (negative binomial counts of shape 2), so C1 is at least the larger of
    Z - most_twice and Z / 2.5. Between two places a line less an eighth of the squared step is
    never above the logarithm, whose second derivative is at most 1.

    >>> least_rate(np.array([1.0]), np.array([0.0]), exposures_needed=2).round(4)
    array([0.6931])
    """
    end = np.maximum(most, _ABOVE)
    if exposures_needed == 2:
        return np.asarray(np.log1p(end) / end)
    z = np.arange(1.0, _N_RATES + 1)[:, None] / _N_RATES * end
    once = np.maximum(z - most_twice, z / 2.5)
    ratio = np.log1p(z + once * once / 2) / z
    step = z[0]
    between = np.minimum(ratio[:-1], ratio[1:]) - step * step / (8 * z[:-1])
    first = np.log1p(step) / step
    return np.asarray(np.clip(np.minimum(between.min(axis=0), first), 0.0, 1.0))


@dataclass(frozen=True, eq=False)
class _Steps:
    """What one venue gives at some units; half-way between these in further rows behind them."""

    units: Array
    none: Array
    few: Array
    twice: Array


def _steps(
    problem: PlanProblem, money: Relaxation, venue: int, inside: Array, *, n_places: int
) -> _Steps:
    option = problem.options[venue]
    low, high = float(money.low[venue]), float(money.high[venue])
    means = _rising_means((high - low) * option.exposures_per_unit, n_places=n_places)
    units = low + (high - low) * means
    both = np.concatenate([units, (units[1:] + units[:-1]) / 2])
    exposed = (both + option.granted_units) * option.exposures_per_unit
    counts = nbd_count_shares(exposed, shape=FREQUENCY_SHAPE, n_counts=MOST_LAID_OUT)[:, :, None]
    chance, kind = np.unique(inside, return_inverse=True)
    left = 1.0 - chance * (1.0 - counts[0])
    once, twice = (counts[k] * chance / left for k in (1, 2))
    pairs = twice - once * once / 2
    few = once + pairs if problem.exposures_needed > 2 else once
    return _Steps(units, *(part[:, kind.ravel()] for part in (-np.log(left), few, pairs)))


def _rising_means(span: float, *, n_places: int) -> Array:
    """Give shares of a span of mean exposures, close together where counts change most."""
    if span <= 0:
        return np.zeros(1)
    if span <= _FLAT:
        return np.concatenate([[0.0], np.geomspace(_FINEST, 1.0, n_places)])
    steep = np.geomspace(_FINEST * _FLAT, _FLAT, n_places - _N_FLAT) / span
    flat = np.geomspace(_FLAT, span, _N_FLAT + 1)[1:] / span
    return np.concatenate([[0.0], steep, flat])


def _most_within(
    parts: Sequence[tuple[Array, Array]], money: Relaxation, *, spare_cents: float
) -> Array:
    """Give the most that a sum over venues can be within the money, or a little more, by kind.

    Each part is at most its highest value, and at most its start plus its steepest rise.
    """
    start = np.stack([values[0] for _, values in parts])
    room = np.maximum(
        np.stack([values.max(axis=0) * _PEAK_MARGIN for _, values in parts]) - start, 0.0
    )
    rise = np.stack([_steepest(units, values) for units, values in parts])
    per_cent = rise / money.unit_cents[:, None]
    order = np.argsort(-per_cent, axis=0, kind="stable")
    rates, rooms = (np.take_along_axis(by, order, axis=0) for by in (per_cent, room))
    cents = np.where(rates > 0, rooms / np.maximum(rates, 1e-300), 0.0)
    before = np.cumsum(cents, axis=0) - cents
    taken = np.clip(spare_cents - before, 0.0, cents)
    return np.asarray(start.sum(axis=0) + (taken * rates).sum(axis=0))


def _steepest(units: Array, values: Array) -> Array:
    if len(units) == 1:
        return np.zeros(values.shape[1])
    further = np.concatenate([units[1:], (units[1:] + units[:-1]) / 2]) - units[0]
    rows = np.concatenate([values[1 : len(units)], values[len(units) :]])
    return np.asarray(((rows - values[0]) / further[:, None]).max(axis=0) * _RISE_MARGIN)


def _concave(step: _Steps, rate: Array) -> Array:
    """Give the least concave function above a venue's part, a little higher between the units."""
    units, n = step.units, len(step.units)
    part = step.none - rate * step.few
    reached = np.where(step.none[-1] > 0, _ABOVE, 0.0)
    if n == 1:
        return np.asarray(part + reached)
    known = np.maximum.accumulate(np.maximum(part[:n], 0.0), axis=0)
    width = np.diff(units)[:, None]
    rays = (known[1:] - known[0]) / (units[1:] - units[0])[:, None]
    touch = n - 2 - np.argmax(rays[::-1], axis=0)
    steepest = np.take_along_axis(rays, touch[None], axis=0)[0]
    own = np.maximum.accumulate((np.diff(known, axis=0) / width)[::-1], axis=0)[::-1]
    is_line = np.arange(n - 1)[:, None] <= touch
    slopes = np.where(is_line, steepest, np.minimum(own, steepest))
    above = np.concatenate([known[:1], known[0] + np.cumsum(slopes * width, axis=0)])
    middle = (above[1:] + above[:-1]) / 2
    excess = np.where(middle > _ABOVE, part[n:] / np.maximum(middle, _ABOVE) - 1.0, 0.0)
    return np.asarray(above * (1.0 + _BETWEEN * np.maximum(excess.max(axis=0), 0.0)) + reached)
