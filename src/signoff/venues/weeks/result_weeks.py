"""When a plan's result comes: its units in their weeks, through carry-over and levels of approval.

What has come by the end of a week is what the plan's own model gives for the exposures that work by
then. So weeks add up to the plan's result, whatever rule adds roles up, and what venues share is
counted once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from signoff.brief import Brief, Language
from signoff.results import Estimate
from signoff.stats.reach import Array
from signoff.stats.shares import middle_interval
from signoff.units import Objective
from signoff.venues.book import VenueBook
from signoff.venues.draws import Drawn, MarketDraws, draw_normals
from signoff.venues.forecast import Forecast
from signoff.venues.market.audience import MarketAudience
from signoff.venues.market.bases import say_carry_over
from signoff.venues.market.carry_over import (
    CarryOver,
    WeeklyResponse,
    draw_carry_over,
    weekly_response,
)
from signoff.venues.solver.exposure import make_problem
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.problem import Cells
from signoff.venues.weeks.plan_weeks import WeekLine
from signoff.venues.weeks.result_timing import ResultTiming, VenueLag, WeekResult
from signoff.venues.weeks.whom_when import LevelTiming, final_yes_days

__all__ = ["time_results"]

WEEK_DAYS = 7
DELAY_WEEKS = 52
LISTED_SHARE = 0.98
N_POINTS = 12
N_DELAYS, N_BEST_DELAYS = 8, 12
MOST_CELLS = 200


def time_results(
    audience: MarketAudience,
    book: VenueBook,
    *,
    brief: Brief,
    forecast: Forecast,
    weeks: Sequence[WeekLine],
    timings: Sequence[LevelTiming],
    rng: np.random.Generator,
) -> ResultTiming | None:
    """Say in which weeks a plan's result comes, over the draws behind its interval.

    Args:
        audience: The market as the venues see it.
        book: Venues, with how long their exposures work on.
        brief: Objective, rule, period.
        forecast: What the plan is expected to bring.
        weeks: Its units by week.
        timings: How long the levels of approval take; none, or another objective than
            conversions: what counts is when people are met, not when the final yes comes.
        rng: Source of chance in the state in which the forecast had it.

    Returns:
        Weeks, with what comes within the period and after it; None where nothing is bought or
        nothing is brought. Carry-over and peak are drawn too, apart from each other. Where the
        market has many different committees, some of them, drawn by their number of accounts, say
        which share comes in which week; the result itself is that of all.
    """
    if not weeks or forecast.result.value <= 0:
        return None
    placed = {line.venue_id for line in weeks}
    bought = [v for v, venue in enumerate(book.venues) if venue.venue_id in placed]
    part = replace(book, venues=tuple(book.venues[v] for v in bought))
    seen = replace(audience, reach=audience.reach[bought], spread=audience.spread[:, bought])
    normals, lag_normals = (draw_normals(part, rng=rng, n_draws=forecast.n_draws) for _ in range(2))
    few = _few_cells(seen, rng=rng)
    market = MarketDraws(few, part, problem=make_problem(few, part, brief=brief))
    counted = timings if brief.objective.aim is Objective.CONVERSIONS else ()
    path = _Path(_units_by_week(part, weeks, brief=brief), _by_level(counted, brief=brief))
    found = tuple(venue.carry_over for venue in part.venues)
    drawn = [
        tuple(draw_carry_over(one, normals=lag[:, v]) for v, one in enumerate(found))
        for lag in lag_normals
    ]
    best = path.shares(market.best(), found, places=_even_places(N_BEST_DELAYS))
    shares = [best]
    for normal, lags in zip(normals, drawn, strict=True):
        places = _even_places(N_DELAYS, shift=float(rng.random()))
        shares.append(path.shares(market.at(normal), lags, places=places, best=best))
    late = np.array([path.working(lags).late_share for lags in (found, *drawn)])
    totals = np.array([forecast.result.value, *forecast.result_draws])
    arrivals = _Arrivals(np.array(shares), totals, min(line.starts_on for line in weeks), brief)
    return arrivals.timing(
        counts_approval=bool(counted), lags=_lags(part, late, language=brief.language)
    )


def _units_by_week(book: VenueBook, weeks: Sequence[WeekLine], *, brief: Brief) -> Array:
    column = {venue.venue_id: v for v, venue in enumerate(book.venues)}
    units = np.zeros((_n_weeks(brief), len(column)))
    for line in weeks:
        week = (line.starts_on - brief.period.starts_on).days // WEEK_DAYS
        units[week, column[line.venue_id]] += line.units
    return units


def _n_weeks(brief: Brief) -> int:
    return (brief.period.ends_on - brief.period.starts_on).days // WEEK_DAYS + 1


def _few_cells(audience: MarketAudience, *, rng: np.random.Generator) -> MarketAudience:
    """Let some cells stand for all, drawn by their number of accounts; few ones all stay."""
    cells = audience.cells
    n_accounts = cells.n_accounts
    if len(n_accounts) <= MOST_CELLS:
        return audience
    step = float(n_accounts.sum()) / MOST_CELLS
    marks = step * (np.arange(MOST_CELLS) + rng.random())
    ends = np.cumsum(n_accounts)
    drawn = np.minimum(np.searchsorted(ends, marks, side="right"), len(ends) - 1)
    profiles, profile = np.unique(cells.profile[drawn], return_inverse=True)
    return replace(
        audience,
        reach=audience.reach[:, profiles],
        spread=audience.spread[:, :, profiles],
        cells=Cells(
            profile=profile.astype(cells.profile.dtype),
            people=cells.people[drawn],
            weight=cells.weight[drawn] / n_accounts[drawn] * step,
            n_accounts=np.full(MOST_CELLS, step),
        ),
    )


def _by_level(timings: Sequence[LevelTiming], *, brief: Brief) -> tuple[LevelTiming, ...]:
    """Give the timing of each level of the brief, by rising level; none where there are none."""
    by_level = {timing.level: timing for timing in timings}
    levels = sorted({role.approval_level for role in brief.committee.roles})
    return tuple(by_level[min(level, max(by_level))] for level in levels) if by_level else ()


def _even_places(n_places: int, *, shift: float = 0.5) -> Array:
    """Give normals that stand for equal shares of all accounts, each as far into its own."""
    from scipy.special import ndtri

    return np.asarray(ndtri((np.arange(n_places) + min(max(shift, 1e-3), 1 - 1e-3)) / n_places))


@dataclass(frozen=True, eq=False)
class _Path:
    """The way of a plan's result through the weeks.

    Attributes:
        units: Units by week of the period and venue.
        timings: How long the later levels take, by level; none where that is not looked at.
    """

    units: Array
    timings: tuple[LevelTiming, ...]

    def working(self, lags: tuple[CarryOver, ...]) -> WeeklyResponse:
        """Give the units that work in each week, as if each brought one visit."""
        one = np.ones(len(lags))
        return weekly_response(self.units, lags, exposures_per_unit=one, response_shares=one)

    def shares(
        self,
        drawn: Drawn,
        lags: tuple[CarryOver, ...],
        *,
        places: Array,
        best: Array | None = None,
    ) -> Array:
        """Give the share of the result that has come by the end of each week.

        Args:
            drawn: The market as one draw has it.
            lags: How long exposures work on, by venue.
            places: How slow accounts are to say their final yes, as normals of equal share.
            best: The same at the best single numbers: only weeks between which it, or the answers
                that have come, grow much are worked out, and what lies between is interpolated by
                these answers. None: every week.
        """
        model = ResultModel(drawn.problem, kinds=drawn.kinds)
        by_then = np.cumsum(self.working(lags).visits, axis=0)
        by_then = np.concatenate([np.zeros_like(by_then[:1]), by_then])
        delays = self._delays(places)
        seen = _weeks_seen(delays, n_weeks=len(by_then) - 1, most=DELAY_WEEKS)
        answers = by_then @ (model.mean_per_unit * drawn.reached.sum(axis=1))
        come = answers[seen].mean(axis=(1, 2)) / max(float(answers[-1]), 1e-300)
        weeks = np.arange(len(come))
        if best is not None:
            weeks = np.unique([*_even(best), *_even(come), len(self.units) - 1])
        values = _Values(model, by_then)
        known = [np.mean([values.of(levels) for levels in seen[week]]) for week in weeks]
        total = values.of(np.full(delays.shape[1], len(by_then) - 1))
        found = np.interp(come, np.append(0.0, come[weeks]), np.append(0.0, known))
        return np.asarray(found / max(total, 1e-300))

    def _delays(self, places: Array) -> NDArray[np.intp]:
        """Give whole weeks from what moved a level, amid its week, to the final yes."""
        if not self.timings:
            return np.zeros((1, 1), dtype=np.intp)
        days = [
            [final_yes_days(timing, normal=float(place)) for timing in self.timings]
            for place in places
        ]
        weeks = (np.array(days) / WEEK_DAYS + 0.5).astype(np.intp)
        return np.asarray(np.minimum(weeks, DELAY_WEEKS))


def _weeks_seen(delays: NDArray[np.intp], *, n_weeks: int, most: int) -> NDArray[np.intp]:
    """Give how many weeks had passed when each level was moved, by week, place and level."""
    ends = np.arange(1, n_weeks + (most if delays.any() else 0) + 1)
    return np.asarray(np.clip(ends[:, None, None] - delays, 0, n_weeks))


class _Values:
    """What a plan brings where each level's people have met what worked by weeks of their own.

    Args:
        model: Judges units.
        by_then: Units that have worked by week, none first, and venue.
    """

    def __init__(self, model: ResultModel, by_then: Array) -> None:
        self._model, self._by_then = model, by_then
        self._role_levels = np.array(model.problem.role_levels)
        self._misses: dict[int, Array] = {}
        self._values: dict[tuple[int, ...], float] = {}

    def of(self, weeks: NDArray[np.intp]) -> float:
        """Give the value.

        Args:
            weeks: Weeks that had passed, by level; one for all levels alike.
        """
        key = tuple(weeks.tolist())
        if key not in self._values:
            miss = self._miss(key[0])
            if len(set(key)) > 1:
                miss = miss.copy()
                for level, week in enumerate(key[1:], start=1):
                    roles = self._role_levels == level
                    miss[:, roles] = self._miss(week)[:, roles]
            self._values[key] = self._model.add_up(miss)
        return self._values[key]

    def _miss(self, week: int) -> Array:
        if week not in self._misses:
            self._misses[week] = self._model.person_miss(self._by_then[week])
        return self._misses[week]


def _even(rising: Array) -> NDArray[np.intp]:
    """Give weeks between which something grows by as much each, and the last one."""
    last = len(rising) - 1
    found = np.searchsorted(rising, np.linspace(0.0, rising[-1], N_POINTS))
    return np.asarray(np.minimum(np.append(found, last), last))


@dataclass(frozen=True, eq=False)
class _Arrivals:
    """Shares of the result that have come by the end of each week, the best ones first.

    Attributes:
        shares: By draw and week; the first row is that of the best single numbers.
        totals: The result, by draw.
        first_on: First day on which anything appears.
        brief: Period.
    """

    shares: Array
    totals: Array
    first_on: date
    brief: Brief

    def timing(self, *, counts_approval: bool, lags: tuple[VenueLag, ...]) -> ResultTiming:
        """Put it in words' reach: weeks, what comes within the period, when most has come."""
        come = self.shares * self.totals[:, None]
        n_weeks = _n_weeks(self.brief)
        n_days = (self.brief.period.ends_on - self.brief.period.starts_on).days + 1
        part = n_days / WEEK_DAYS - (n_weeks - 1)
        padded = np.concatenate([np.zeros((len(come), 1)), come], axis=1)
        within = padded[:, n_weeks - 1] * (1 - part) + padded[:, n_weeks] * part
        listed = np.searchsorted(self.shares[0], LISTED_SHARE) + 1
        n_listed = int(min(max(listed, n_weeks), come.shape[1]))
        after = self.totals - within
        return ResultTiming(
            weeks=tuple(self._week(week, padded) for week in range(n_listed)),
            later=_estimate(self.totals - come[:, n_listed - 1]),
            within_period=_estimate(within),
            after_period=_estimate(after),
            after_share=_estimate(after / np.maximum(self.totals, 1e-300)),
            half_weeks=self._weeks_until(0.5),
            most_weeks=self._weeks_until(0.9),
            counts_approval=counts_approval,
            n_draws=len(self.totals) - 1,
            lags=lags,
        )

    def _week(self, week: int, padded: Array) -> WeekResult:
        starts_on = self.brief.period.starts_on + timedelta(days=WEEK_DAYS * week)
        return WeekResult(
            starts_on=starts_on,
            result=_estimate(padded[:, week + 1] - padded[:, week]),
            so_far=_estimate(padded[:, week + 1]),
            is_after_period=starts_on > self.brief.period.ends_on,
        )

    def _weeks_until(self, share: float) -> Estimate:
        begins = (self.first_on - self.brief.period.starts_on).days / WEEK_DAYS
        ends = np.arange(self.shares.shape[1] + 1.0)
        found = [np.interp(share, np.concatenate([[0.0], row]), ends) for row in self.shares]
        return _estimate(np.maximum(np.array(found) - begins, 0.0))


def _estimate(draws: Array) -> Estimate:
    """Give the best single number, which is the first, with the interval of the others."""
    value, (low, high) = float(draws[0]), middle_interval(draws[1:])
    return Estimate(value, min(low, value), max(high, value))


def _lags(book: VenueBook, late: Array, *, language: Language) -> tuple[VenueLag, ...]:
    return tuple(
        VenueLag(
            venue_id=venue.venue_id,
            carry_over_share=Estimate(
                venue.carry_over.decay_share,
                venue.carry_over.decay_low_share,
                venue.carry_over.decay_high_share,
            ),
            peak_week=Estimate(venue.carry_over.peak_week, *venue.carry_over.peak_interval),
            late_share=_estimate(late[:, v]),
            basis=venue.carry_over.basis,
            source=say_carry_over(venue, language=language),
        )
        for v, venue in enumerate(book.venues)
    )
