"""When exposures bring answers: week by week, with later weeks and with ever fewer newcomers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from signoff.errors import DataError
from signoff.stats.adstock import carry_over, carry_over_weights
from signoff.stats.reach import Array, nbd_reach_share
from signoff.stats.shares import Z90, draw_share, logit_spread
from signoff.venues.market.evidence import AudienceSource
from signoff.venues.market.priors import PriorMeasure, find_kind_prior
from signoff.venues.market.response import (
    DATA,
    KIND,
    KIND_SPREAD,
    MEASURED,
    PRIOR,
    VENUE,
    ResponseFinder,
)
from signoff.venues.solver.problem import FREQUENCY_SHAPE

__all__ = ["CarryOver", "WeeklyResponse", "draw_carry_over", "find_carry_over", "weekly_response"]

N_WEEKS = 26
SUREST_WEEKS = 0.05


@dataclass(frozen=True)
class CarryOver:
    """How long exposures at one venue work on.

    Attributes:
        decay_share: Part of the effect kept from week to week, 0 to below 1.
        decay_low_share: Lower end of its 90 % interval.
        decay_high_share: Upper end.
        peak_week: Weeks from the exposure to the largest effect; 0: at once.
        basis: measured, or prior where one of the two is assumed.
        peak_low_week: Lower end of the 90 % interval of the peak; None: it is known exactly.
        peak_high_week: Upper end; None likewise.
        sources: What both rest on.
    """

    decay_share: float
    decay_low_share: float
    decay_high_share: float
    peak_week: float
    basis: str
    peak_low_week: float | None = None
    peak_high_week: float | None = None
    sources: tuple[AudienceSource, ...] = ()

    @property
    def peak_interval(self) -> tuple[float, float]:
        """Ends of the 90 % interval of the peak, in weeks after the exposure."""
        low = self.peak_week if self.peak_low_week is None else self.peak_low_week
        return low, self.peak_week if self.peak_high_week is None else self.peak_high_week

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


def find_carry_over(
    venue: Mapping[str, Any], *, estimates: Sequence[Mapping[str, Any]]
) -> CarryOver:
    """Give how long exposures at a venue work on: assumed of its kind, or what campaigns showed.

    Args:
        venue: A row of venue.
        estimates: Rows of posterior; those that measure carry_over_share or peak_week of the venue
            or its kind are put together with what is assumed.

    Returns:
        The carry-over, with the intervals of its decay and its peak.

    >>> found = find_carry_over({"venue_id": "tw", "kind": "event", "unit": "booth"}, estimates=[])
    >>> found.decay_share, found.peak_week, found.peak_interval, found.basis
    (0.8, 1.0, (0.0, 3.0), 'prior')
    """
    decay = ResponseFinder(estimates, measure=PriorMeasure.CARRY_OVER).find(venue)
    peak = _find_peak(venue, estimates)
    are_measured = MEASURED == decay.basis == peak.basis
    return CarryOver(
        decay_share=decay.share,
        decay_low_share=decay.low_share,
        decay_high_share=decay.high_share,
        peak_week=peak.week,
        basis=MEASURED if are_measured else PRIOR,
        peak_low_week=peak.low,
        peak_high_week=peak.high,
        sources=tuple(dict.fromkeys((*decay.sources, *peak.sources))),
    )


@dataclass(frozen=True)
class _Peak:
    week: float
    low: float
    high: float
    basis: str
    sources: tuple[AudienceSource, ...]


def _find_peak(venue: Mapping[str, Any], estimates: Sequence[Mapping[str, Any]]) -> _Peak:
    """Put what is assumed of the peak together with estimates, by precision in weeks."""
    prior = find_kind_prior(venue["kind"], measure=PriorMeasure.PEAK)
    kind = AudienceSource(KIND, venue["kind"], PRIOR)
    found = _Peak(prior.value, prior.low, prior.high, PRIOR, (kind,))
    rows = {
        (row["scope"], row["item"]): row
        for row in estimates
        if row["measure"] == PriorMeasure.PEAK.value
    }
    for scope, item, spread in (
        (KIND, venue["kind"], KIND_SPREAD),
        (VENUE, venue["venue_id"], 0.0),
    ):
        row = rows.get((scope, item))
        if row is not None:
            found = _moved_peak(found, row, spread=spread)
    return found


def _moved_peak(believed: _Peak, row: Mapping[str, Any], *, spread: float) -> _Peak:
    source = AudienceSource("campaigns", row["source"] or row["run_id"] or row["item"], MEASURED)
    week = float(row["value"])
    error = float(np.hypot(_half(row["low"], row["high"]), spread))
    sources: tuple[AudienceSource, ...] = (source,)
    if row["grounds"] == DATA:
        weights = np.array([_half(believed.low, believed.high), error]) ** -2.0
        week = float(weights @ [believed.week, week] / weights.sum())
        error = float(weights.sum() ** -0.5)
        sources = (*believed.sources, source)
    low = max(week - Z90 * error, 0.0)
    return _Peak(week, low, week + Z90 * error, MEASURED, sources)


def _half(low: float, high: float) -> float:
    """Standard deviation in weeks, from the ends of a 90 % interval."""
    return max((float(high) - float(low)) / 2 / Z90, SUREST_WEEKS)


def draw_carry_over(found: CarryOver, *, normals: Array) -> CarryOver:
    """Give the carry-over as one draw has it.

    Args:
        found: With the intervals of its decay and its peak.
        normals: Two standard normal draws: of the decay, and of the peak.

    Returns:
        The same with another decay and another peak, without intervals. A peak drawn before the
        exposure comes at once.

    >>> sure = CarryOver(0.5, 0.5, 0.5, 0.0, "prior")
    >>> drawn = draw_carry_over(sure, normals=np.array([2.0, 2.0]))
    >>> drawn.decay_share, drawn.peak_week
    (0.5, 0.0)
    """
    share = np.array([found.decay_share])
    ends = np.array([found.decay_low_share]), np.array([found.decay_high_share])
    spread = logit_spread(share, low=ends[0], high=ends[1])
    drawn = float(draw_share(share, spread=spread, normal=normals[:1])[0])
    low, high = found.peak_interval
    side = found.peak_week - low if normals[1] < 0 else high - found.peak_week
    peak = max(found.peak_week + side / Z90 * float(normals[1]), 0.0)
    return CarryOver(drawn, drawn, drawn, peak, found.basis, peak, peak, found.sources)


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
