"""How to split a budget over venues whose response to money is known as curves, with their draws.

For venues of which `measure` estimates how response grows with money, without committees: one
result, continuous spend. The committee planner (`plan_venues`) is for whole insertions and people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

import numpy as np

from signoff.errors import DataError, Fault
from signoff.results import Estimate, Result, Row
from signoff.stats.reach import Array
from signoff.stats.shares import middle_interval
from signoff.venues.curves.curve_split import CurveSet, split_bound, split_money, worst_mean
from signoff.venues.curves.response_curve import ResponseCurve, check_curves
from signoff.venues.solver.gap import share_above

__all__ = ["Allocation", "VenueShare", "allocate_budget"]

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class VenueShare:
    """What one venue gets, and what that brings.

    Attributes:
        venue_id: Venue.
        spend: Money, whole cents.
        response: What it brings by itself, over the draws.
        marginal_response: What one more unit of money there would add, on the mean.
    """

    venue_id: str
    spend: Decimal
    response: Estimate
    marginal_response: float


@dataclass(frozen=True)
class Allocation(Result):
    """A budget split over venues, and how far the best split could be.

    Attributes:
        lines: One entry for each venue, in the order given.
        budget: Most to spend.
        total_spend: Sum of the lines' spend.
        response: What it brings in all; the value is the mean of the draws.
        value: What was maximised: the mean of all draws, or of the worst share of them.
        bound: What no split can bring of that, by proof.
        worst_share: Share of the draws, the worst ones, whose mean was maximised; 1: all.
        is_concave: Whether every curve is concave; else the split is the best one found.
        n_draws: Draws.
    """

    lines: tuple[VenueShare, ...]
    budget: Decimal
    total_spend: Decimal
    response: Estimate
    value: float
    bound: float
    worst_share: float
    is_concave: bool
    n_draws: int

    @property
    def gap_share(self) -> float:
        """How much more than the split the best one could bring, as a share of the split."""
        return share_above(self.value, self.bound)

    def rows(self) -> Sequence[Row]:
        """Give one row for each venue."""
        return [
            {
                "venue_id": line.venue_id,
                "spend": line.spend,
                "response": line.response.value,
                "response_low": line.response.low,
                "response_high": line.response.high,
                "marginal_response": line.marginal_response,
            }
            for line in self.lines
        ]

    def text(self) -> str:
        """Say what is spent, what it should bring, and how far the best split could be."""
        kept = "" if self.worst_share >= 1 else f" (worst {100 * self.worst_share:g} % of draws)"
        return (
            f"{self.total_spend:,} of {self.budget:,} over {len(self.lines)} venues bring "
            f"{self.response.text(digits=2)}. Maximised{kept}: {self.value:,.4f}; no split can "
            f"bring more than {self.bound:,.4f}, so the best one brings at most "
            f"{100 * self.gap_share:.4f} % more."
        )


def allocate_budget(
    curves: Sequence[ResponseCurve],
    *,
    budget: Decimal,
    floors: Mapping[str, Decimal] | None = None,
    ceilings: Mapping[str, Decimal] | None = None,
    worst_share: float = 1.0,
) -> Allocation:
    """Split a budget over venues so that their response is greatest, over draws of their curves.

    Args:
        curves: Response to money at each venue, all with the same draws; later these come from what
            `measure` estimates.
        budget: Most to spend, above 0.
        floors: Least to spend by venue; 0 where none is named.
        ceilings: Most to spend by venue; the budget where none is named.
        worst_share: Share of the draws, the worst ones, whose mean is maximised (the conditional
            value at risk), above 0; 1: the mean of all draws.

    Returns:
        The split in whole cents, with its proven distance from the best one. With concave curves
        that is below 0.1 % for the mean; curves like an S are searched from several starts, and
        bounded by their concave hulls.

    Raises:
        DataError: curves that are none, limits that contradict each other, or a share out of range.

    Source: concave curves by water-filling (equal slopes) with Newton steps on the price; others by
    dynamic programming over steps of money, then sequential quadratic programming.

    >>> from signoff.venues.curves.response_curve import CurveShape
    >>> title = ResponseCurve("title", CurveShape.EXPONENTIAL, np.ones(2), np.array([40.0, 60.0]))
    >>> fair = ResponseCurve("fair", CurveShape.HILL, np.full(2, 2.0), np.array([90.0, 110.0]))
    >>> split = allocate_budget([title, fair], budget=Decimal(100))
    >>> [line.spend for line in split.lines], split.gap_share < 0.001
    ([Decimal('43.82'), Decimal('56.18')], True)
    """
    check_curves(curves)
    limits = _limits(curves, budget, floors=floors or {}, ceilings=ceilings or {})
    if not 0 < worst_share <= 1:
        raise DataError(
            f"worst_share is {worst_share}",
            why="it is the share of the draws whose mean is maximised",
            fix="give a share above 0, up to 1 for all draws",
            where="worst_share",
        )
    money, weight = split_money(limits, worst_share=worst_share)
    spends = _in_cents(money, limits, budget=budget)
    spent = np.array([float(spend) for spend in spends])
    value = worst_mean(limits, spent, worst_share=worst_share)
    return Allocation(
        lines=_lines(limits, spends, spent),
        budget=budget,
        total_spend=sum(spends, Decimal(0)),
        response=_estimate(limits.responses(spent).sum(axis=0)),
        value=value,
        bound=max(split_bound(limits, money, weight=weight), value),
        worst_share=worst_share,
        is_concave=limits.is_concave,
        n_draws=len(weight),
    )


def _limits(
    curves: Sequence[ResponseCurve],
    budget: Decimal,
    *,
    floors: Mapping[str, Decimal],
    ceilings: Mapping[str, Decimal],
) -> CurveSet:
    names = [curve.venue_id for curve in curves]
    faults = [
        Fault(f"{where} names {name}", "no curve is of that venue", "mend the name", where)
        for where, limits in (("floors", floors), ("ceilings", ceilings))
        for name in sorted(set(limits) - set(names))
    ]
    for name in names:
        low, high = floors.get(name, Decimal(0)), ceilings.get(name, budget)
        if not 0 <= low <= high:
            what = f"{name} is to get {low} at least and {high} at most"
            fix = "lower the floor or raise the ceiling; neither is below 0"
            faults.append(Fault(what, "no amount is both", fix, f"floors.{name}"))
    least = sum((floors.get(name, Decimal(0)) for name in names), Decimal(0))
    if not budget > 0 or least > budget:
        what = f"floors take {least} of a budget of {budget}"
        faults.append(Fault(what, "the budget has to pay them", "raise the budget", "budget"))
    if faults:
        raise DataError(
            f"{len(faults)} limits cannot be kept",
            why="a split has to keep all of them",
            fix="see each below",
            faults=faults,
        )
    return CurveSet(
        curves=tuple(curves),
        low=np.array([float(floors.get(name, 0)) for name in names]),
        high=np.array([float(min(ceilings.get(name, budget), budget)) for name in names]),
        budget=float(budget),
    )


def _in_cents(money: Array, limits: CurveSet, *, budget: Decimal) -> list[Decimal]:
    """Round down to cents that keep all limits, and give single cents where they bring most."""
    lows = [Decimal(str(x)) for x in limits.low.tolist()]
    highs = [Decimal(str(x)) for x in limits.high.tolist()]
    spends = [
        min(max(Decimal(str(x)).quantize(_CENT, rounding=ROUND_FLOOR), low), high)
        for x, low, high in zip(money.tolist(), lows, highs, strict=True)
    ]
    even = np.full(len(limits.curves[0].ceiling), 1.0 / len(limits.curves[0].ceiling))
    order = np.argsort(-limits.slopes(money, even)[0], kind="stable").tolist()
    for venue in order * 2:
        if sum(spends, _CENT) <= budget and spends[venue] + _CENT <= highs[venue]:
            spends[venue] += _CENT
    return spends


def _lines(limits: CurveSet, spends: list[Decimal], spent: Array) -> tuple[VenueShare, ...]:
    responses = limits.responses(spent)
    even = np.full(responses.shape[1], 1.0 / responses.shape[1])
    slopes = limits.slopes(spent, even)[0].tolist()
    return tuple(
        VenueShare(curve.venue_id, spend, _estimate(draws), slope)
        for curve, spend, draws, slope in zip(limits.curves, spends, responses, slopes, strict=True)
    )


def _estimate(draws: Array) -> Estimate:
    low, high = middle_interval(draws)
    return Estimate(float(draws.mean()), low, high)
