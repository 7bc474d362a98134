"""When exposures bring answers: week by week, with later weeks and with ever fewer newcomers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from signoff.errors import DataError
from signoff.stats.adstock import carry_over, carry_over_weights
from signoff.stats.reach import Array, nbd_reach_share
from signoff.stats.shares import draw_share, logit_spread
from signoff.venues.market.priors import PriorMeasure, find_kind_prior
from signoff.venues.market.response import ResponseFinder
from signoff.venues.solver.problem import FREQUENCY_SHAPE

__all__ = ["CarryOver", "WeeklyResponse", "draw_carry_over", "find_carry_over", "weekly_response"]

N_WEEKS = 26


@dataclass(frozen=True)
class CarryOver:
    """How long exposures at one venue work on.

    Attributes:
        decay_share: Part of the effect kept from week to week, 0 to below 1.
        decay_low_share: Lower end of its 90 % interval.
        decay_high_share: Upper end.
        peak_week: Weeks from the exposure to the largest effect; 0: at once.
        basis: measured or prior.
    """

    decay_share: float
    decay_low_share: float
    decay_high_share: float
    peak_week: float
    basis: str

    def weights(self, *, n_weeks: int = N_WEEKS) -> Array:
        """Give the share of an exposure's answers by week after it; they sum to 1."""
        return carry_over_weights(
            decay_share=self.decay_share, peak_week=self.peak_week, n_weeks=n_weeks
        )


@dataclass(frozen=True, eq=False)
class WeeklyResponse:
    """What a schedule brings week by week, the weeks after its last one included.

    Attributes:
        exposures: Mean exposures of a person in the audience, by week and venue, as they happen.
        visits: Visits by a person in the audience that they bring, by week and venue.
        newcomers: Share of the audience that answers for the first time, by week and venue.
        n_weeks: Weeks of the schedule; what stands behind them comes after its end.
    """

    exposures: Array
    visits: Array
    newcomers: Array
    n_weeks: int

    @property
    def late_share(self) -> Array:
        """Share of the visits that come after the schedule's last week, by venue."""
        total = np.maximum(self.visits.sum(axis=0), 1e-300)
        return np.asarray(self.visits[self.n_weeks :].sum(axis=0) / total)


def find_carry_over(venue: Mapping[str, Any], *, estimates: list[Mapping[str, Any]]) -> CarryOver:
    """Give how long exposures at a venue work on: assumed of its kind, or what campaigns showed.

    Args:
        venue: A row of venue.
        estimates: Rows of posterior; those that measure carry_over_share of the venue or its kind
            are put together with what is assumed.

    Returns:
        The carry-over. When the effect is largest is assumed of the kind in any case.

    >>> find_carry_over({"venue_id": "tw", "kind": "event", "unit": "booth"}, estimates=[])
    CarryOver(decay_share=0.8, decay_low_share=0.5, decay_high_share=0.92, peak_week=1.0, \
basis='prior')
    """
    found = ResponseFinder(estimates, measure=PriorMeasure.CARRY_OVER).find(venue)
    peak = find_kind_prior(venue["kind"], measure=PriorMeasure.PEAK)
    return CarryOver(found.share, found.low_share, found.high_share, peak.value, found.basis)


def draw_carry_over(found: CarryOver, *, normal: float) -> CarryOver:
    """Give the carry-over as one draw has it.

    Args:
        found: With the interval of its decay.
        normal: A standard normal draw.

    Returns:
        The same with another decay, without an interval.

    >>> draw_carry_over(CarryOver(0.5, 0.5, 0.5, 0.0, "prior"), normal=2.0).decay_share
    0.5
    """
    share = np.array([found.decay_share])
    ends = np.array([found.decay_low_share]), np.array([found.decay_high_share])
    spread = logit_spread(share, low=ends[0], high=ends[1])
    drawn = float(draw_share(share, spread=spread, normal=np.array([normal]))[0])
    return CarryOver(drawn, drawn, drawn, found.peak_week, found.basis)


def weekly_response(
    units_by_week: Array,
    carry_overs: tuple[CarryOver, ...],
    *,
    exposures_per_unit: Array,
    response_shares: Array,
) -> WeeklyResponse:
    """Give what a schedule of units by week brings in each week, and in the weeks after.

    Args:
        units_by_week: Units by week and venue, 0 or more.
        carry_overs: How long exposures work on, by venue.
        exposures_per_unit: Mean exposures of a person in the audience by one unit, by venue.
        response_shares: Visits per exposure, 0 to 1, by venue.

    Returns:
        Exposures, visits and newcomers by week and venue. Visits grow with exposures; newcomers
        ever less, since who has answered before is none: exposures of people in one audience are
        negative binomial, as in the plan. Summed over all weeks, newcomers are the share that the
        plan counts.

    Raises:
        DataError: the numbers of venues differ, or a number of units is below 0.

    Source: distributed lags of `stats.adstock` over the reach curve of Ehrenberg (1959).

    >>> found = weekly_response(np.array([[2.0], [0.0]]), (CarryOver(0.5, 0.3, 0.7, 0.0, "prior"),),
    ...     exposures_per_unit=np.array([1.5]), response_shares=np.array([0.02]))
    >>> found.visits[:2].ravel().round(4), round(float(found.visits.sum()), 4)
    (array([0.03 , 0.015]), 0.06)
    """
    units = np.asarray(units_by_week, dtype=np.float64)
    _check_shapes(units, n_venues=len(carry_overs), lengths=(exposures_per_unit, response_shares))
    n_weeks = len(units)
    exposures = np.zeros((n_weeks + N_WEEKS - 1, len(carry_overs)))
    exposures[:n_weeks] = units * exposures_per_unit
    answers = exposures[:n_weeks] * response_shares
    visits = np.zeros_like(exposures)
    for v, one in enumerate(carry_overs):
        visits[:, v] = carry_over(answers[:, v], one.weights())
    met = nbd_reach_share(np.cumsum(visits, axis=0), shape=FREQUENCY_SHAPE)
    newcomers = np.diff(met, axis=0, prepend=0.0)
    return WeeklyResponse(exposures, visits, newcomers, n_weeks)


def _check_shapes(units: Array, *, n_venues: int, lengths: tuple[Array, Array]) -> None:
    found = [units.shape[1] if units.ndim > 1 else 0, *(len(one) for one in lengths)]
    if any(n != n_venues for n in found) or (units < 0).any():
        raise DataError(
            f"units of {found[0]} venues, exposures of {found[1]}, responses of {found[2]}, "
            f"carry-over of {n_venues}",
            why="each venue needs all four, and units are 0 or more",
            fix="give units by week and venue, and one number or carry-over for each venue",
        )
