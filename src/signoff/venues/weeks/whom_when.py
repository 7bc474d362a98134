"""Whom it is worth reaching when: a level before its turn, and not so long before that it forgets.

Counted back from the day of the final yes, a level says its yes as long before as all later levels
take. An exposure counts if it comes before that, and the less the longer before: memory fades.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log
from typing import Literal

__all__ = [
    "MEMORY_WEEKS",
    "LevelTiming",
    "LevelWindow",
    "best_days",
    "final_yes_days",
    "level_windows",
    "level_worth",
    "worth_by_level",
]

MEMORY_WEEKS = 6.0
"""Weeks in which half of what an exposure does is forgotten: an assumption."""
_SURE_NORMAL = 1.2815515655446004
_WEEK = 7.0


@dataclass(frozen=True)
class LevelTiming:
    """How long after a level's yes the final yes comes.

    Attributes:
        level: Level of approval, from 1.
        median_days: Days that the later levels take, in half of the cases; 0 for the last level.
        sure_days: The same, in 90 % of the cases.
        basis: measured: from the workspace's approvals; assumed: usual times, for want of these.
    """

    level: int
    median_days: float
    sure_days: float
    basis: Literal["measured", "assumed"] = "assumed"


@dataclass(frozen=True)
class LevelWindow:
    """When one level is best met.

    Attributes:
        level: Level of approval, from 1.
        best_from: First day on which an exposure does at least half of the most it can for it.
        best_until: Last such day; None, as the first: no day of the period does anything.
        median_days: Days that the later levels take, in half of the cases.
        sure_days: The same, in 90 % of the cases.
        basis: measured or assumed, as in `LevelTiming`.
    """

    level: int
    best_from: date | None
    best_until: date | None
    median_days: float
    sure_days: float
    basis: Literal["measured", "assumed"]


def level_worth(day: date, *, decision_on: date, timing: LevelTiming) -> float:
    """Give what an exposure on a day does for one level.

    Args:
        day: Day of the exposure.
        decision_on: Day by which the final yes is wanted.
        timing: How long the later levels take.

    Returns:
        0 to 1: the chance that the level has not said its yes yet, times what is remembered then.

    >>> last = LevelTiming(2, 0.0, 0.0)
    >>> level_worth(date(2027, 3, 31), decision_on=date(2027, 3, 31), timing=last)
    1.0
    >>> first = LevelTiming(1, 14.0, 30.0)
    >>> round(level_worth(date(2027, 3, 17), decision_on=date(2027, 3, 31), timing=first), 3)
    0.5
    """
    left = (decision_on - day).days
    if left < 0:
        return 0.0
    kept: float = 0.5 ** (max(left - timing.median_days, 0.0) / (MEMORY_WEEKS * _WEEK))
    if timing.median_days <= 0:
        return kept
    if left == 0:
        return 0.0
    spread = max(_log_spread(timing), 1e-6)
    return kept * _normal_share(log(left / timing.median_days) * _SURE_NORMAL / spread)


def best_days(
    timing: LevelTiming, *, starts_on: date, decision_on: date, share: float = 0.5
) -> tuple[date, date] | None:
    """Give the days between which an exposure does at least half of the most it can for a level.

    Args:
        timing: How long the later levels take.
        starts_on: First day that counts.
        decision_on: Day by which the final yes is wanted, and the last day that counts.
        share: Part of the most that a day must reach, above 0 and at most 1.

    Returns:
        First and last such day; None where no day does anything.

    >>> best_days(LevelTiming(1, 0.0, 0.0), starts_on=date(2027, 1, 4),
    ...     decision_on=date(2027, 3, 31))
    (datetime.date(2027, 2, 17), datetime.date(2027, 3, 31))
    """
    days = [starts_on + timedelta(days=n) for n in range((decision_on - starts_on).days + 1)]
    worth = [level_worth(day, decision_on=decision_on, timing=timing) for day in days]
    most = max(worth, default=0.0)
    if most <= 0:
        return None
    good = [day for day, value in zip(days, worth, strict=True) if value >= share * most - 1e-12]
    return good[0], good[-1]


def level_windows(
    timings: Sequence[LevelTiming], *, starts_on: date, decision_on: date
) -> tuple[LevelWindow, ...]:
    """Say for each level between which days it is best met.

    Args:
        timings: How long the later levels take.
        starts_on: First day of the period.
        decision_on: Day by which the final yes is wanted.

    >>> windows = level_windows([LevelTiming(1, 0.0, 0.0)], starts_on=date(2027, 1, 4),
    ...     decision_on=date(2027, 3, 31))
    >>> windows[0].best_from, windows[0].basis
    (datetime.date(2027, 2, 17), 'assumed')
    """
    found = []
    for timing in timings:
        best = best_days(timing, starts_on=starts_on, decision_on=decision_on)
        begins, ends = best or (None, None)
        found.append(
            LevelWindow(
                timing.level, begins, ends, timing.median_days, timing.sure_days, timing.basis
            )
        )
    return tuple(found)


def worth_by_level(
    day: date, *, decision_on: date, timings: Sequence[LevelTiming]
) -> dict[int, float]:
    """Give what an exposure on a day does for each level.

    >>> worth_by_level(date(2027, 4, 1), decision_on=date(2027, 3, 31),
    ...     timings=[LevelTiming(1, 0.0, 0.0)])
    {1: 0.0}
    """
    return {
        timing.level: level_worth(day, decision_on=decision_on, timing=timing) for timing in timings
    }


def final_yes_days(timing: LevelTiming, *, normal: float) -> float:
    """Give the days from a level's yes to the final one, as one draw has them.

    Args:
        timing: How long the later levels take.
        normal: A standard normal draw; 0 gives the median.

    >>> round(final_yes_days(LevelTiming(1, 14.0, 30.0), normal=1.2815515655446004), 6)
    30.0
    """
    if timing.median_days <= 0:
        return 0.0
    return timing.median_days * exp(normal * _log_spread(timing) / _SURE_NORMAL)


def _log_spread(timing: LevelTiming) -> float:
    return log(max(timing.sure_days, timing.median_days) / timing.median_days)


def _normal_share(z: float) -> float:
    """Give the share of a normal below z, by the logistic that differs from it by 0.01 at most."""
    return 1.0 / (1.0 + exp(-1.702 * z)) if abs(z) < 100 else float(z > 0)
