"""What to know about a plan besides its units: what limits cost, and what is worth learning."""

from dataclasses import dataclass, replace

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.exposures.broken import End, climb
from signoff.venues.exposures.model import ExposureModel
from signoff.venues.exposures.money import relax_limits
from signoff.venues.exposures.problem import ExposureProblem

__all__ = ["LearningValue", "ShadowPrice", "list_learning_values", "list_shadow_prices"]

_STEP_SHARE = 0.01
_TIGHT_SHARE = 1e-3
_MOST_VENUES = 12
_N_GROUPS = 4


@dataclass(frozen=True)
class ShadowPrice:
    """What a limit on money costs.

    Attributes:
        limit: Name of the limit.
        spend_cents: What the plan spends under it.
        least_cents: Least to spend.
        most_cents: Most to spend.
        per_thousand: What 1,000 more (or, at a floor, 1,000 less) would add, if units could be
            broken; 0 where the limit does not bind.
        binds: most, least, or nothing.
    """

    limit: str
    spend_cents: float
    least_cents: float
    most_cents: float
    per_thousand: float
    binds: str


@dataclass(frozen=True)
class LearningValue:
    """What it would be worth to know how well one venue works before the money is spent.

    Attributes:
        venue: Place of the venue.
        value: What the plan would bring more, on average, if its draws fell into four groups and
            one knew into which; in the unit of the result.
    """

    venue: int
    value: float


def list_shadow_prices(problem: ExposureProblem, units: Array, spend: Array) -> list[ShadowPrice]:
    """Say what loosening each limit on money would bring.

    Args:
        problem: The problem.
        units: Units of the plan.
        spend: Money of each venue, in cents.

    Returns:
        One entry for each limit, in the problem's order.
    """
    base = _climbed(problem, units)
    found = []
    for place, limit in enumerate(problem.limits):
        spent = float(spend[list(limit.venues)].sum())
        tolerance = _TIGHT_SHARE * max(abs(spent), 1.0) + _slack(problem, limit.venues)
        binds, looser = "nothing", limit
        step = _STEP_SHARE * max(spent, 100.0)
        if limit.most_cents < 1e15 and spent >= limit.most_cents - tolerance:
            binds, looser = "most", replace(limit, most_cents=limit.most_cents + step)
        elif limit.least_cents > 0 and spent <= limit.least_cents + tolerance:
            binds, looser = "least", replace(limit, least_cents=max(limit.least_cents - step, 0.0))
        gain = 0.0
        if binds != "nothing":
            limits = [*problem.limits]
            limits[place] = looser
            other = _climbed(replace(problem, limits=tuple(limits)), base.units)
            gain = max(other.value - base.value, 0.0) / step * 100_000
        found.append(
            ShadowPrice(limit.name, spent, limit.least_cents, limit.most_cents, gain, binds)
        )
    return found


def list_learning_values(problem: ExposureProblem, units: Array) -> list[LearningValue]:
    """Say which venues it would pay to learn more about before the money is spent.

    Args:
        problem: The problem; without draws nothing is uncertain.
        units: Units of the plan.

    Returns:
        Venues by falling value, those alone whose exposures differ between draws; at most twelve
        are looked at, those first whose draws move the plan most.

    Source: partial value of perfect information by grouping draws (Strong and Oakley 2013).
    """
    draws = problem.draws
    if len(draws) < 2 * _N_GROUPS:
        return []
    base = _climbed(problem, units)
    _, slopes = ExposureModel(problem).gradient(base.units)
    size = np.maximum(base.units, 0.1 * relax_limits(problem).high)
    matters = np.abs(slopes) * size * draws.std(axis=0)
    chosen = [v for v in np.argsort(-matters, kind="stable")[:_MOST_VENUES] if matters[v] > 0]
    found = []
    for venue in chosen:
        groups = np.array_split(np.argsort(draws[:, venue], kind="stable"), _N_GROUPS)
        known = [_climbed(replace(problem, draws=draws[g]), base.units) for g in groups]
        plain = [ExposureModel(replace(problem, draws=draws[g])).value(base.units) for g in groups]
        share = np.array([len(g) for g in groups]) / len(draws)
        gain = float(share @ (np.array([end.value for end in known]) - np.array(plain)))
        found.append(LearningValue(int(venue), max(gain, 0.0)))
    return sorted(found, key=lambda learning: -learning.value)


def _climbed(problem: ExposureProblem, units: Array) -> End:
    """Climb from a plan as if units could be broken."""
    money = relax_limits(problem)
    broken = replace(problem, is_whole=False, caps=money.high)
    return climb(
        ExposureModel(broken), money, start=np.clip(units, money.low, money.high), n_steps=60
    )


def _slack(problem: ExposureProblem, venues: tuple[int, ...]) -> float:
    """Give the money that whole units leave over: one unit of the cheapest venue."""
    if not problem.is_whole:
        return 0.0
    prices = [float(problem.options[v].ladder.steps[0].unit_price) * 100 for v in venues]
    return min(prices, default=0.0)
