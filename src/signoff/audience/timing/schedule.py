"""When to address which level, so that the yes comes by a day; and usual times without a log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

import numpy as np
from numpy.typing import NDArray

from signoff.audience.timing.durations import DurationStudy, GroupKey
from signoff.audience.timing.forecast import FEWEST_APPROVED
from signoff.errors import DataError, ModelError
from signoff.results import Result, Row

__all__ = [
    "AddressPlan",
    "AddressTime",
    "LevelTime",
    "level_times",
    "prior_durations",
    "when_to_address",
]

Floats = NDArray[np.float64]
N_POINTS = 200
POINTS = (np.arange(N_POINTS) + 0.5) / N_POINTS
USUAL_DAYS, USUAL_SPREAD = 7.0, 1.6
MOST_LEVELS = 12
PRIOR_SOURCE = (
    "Assumed, for want of a log: 7 days a level for a costly purchase, not measured. The spread, "
    "1.6 in log days, lies between the 1.3 and 2.3 measured at the second and third levels of two "
    "public logs of travel requests (doi:10.4121/uuid:52fb97d4-4588-43c9-9d04-3604d4613b51)."
)


@dataclass(frozen=True)
class LevelTime:
    """How long one level takes to its yes.

    Attributes:
        level: Which level, from 1.
        role: Who mostly decides there; empty where nobody is named.
        days: 200 equally likely times in days, rising.
        basis: What they rest on.
    """

    level: int
    role: str
    days: tuple[float, ...]
    basis: str


@dataclass(frozen=True)
class AddressTime:
    """When one level has to be addressed.

    Attributes:
        level: Which level, from 1.
        role: Who mostly decides there.
        address_on: Last day on which the request may come before it.
        usual_on: The day that does in half of the cases.
        median_days: Days from there to the final yes, in half of the cases.
        sure_days: The same, in the share of the cases that was asked for.
    """

    level: int
    role: str
    address_on: date
    usual_on: date
    median_days: float
    sure_days: float


@dataclass(frozen=True)
class AddressPlan(Result):
    """When to address which level, so that the yes comes by a day.

    Attributes:
        decision_on: Day of the final yes.
        sure_share: Share of the cases in which it comes by then, if the days are kept.
        times: By level.
        basis: What the times rest on.
    """

    decision_on: date
    sure_share: float
    times: tuple[AddressTime, ...]
    basis: str

    def rows(self) -> Sequence[Row]:
        """Give one row per level."""
        return [
            {
                "level": time.level,
                "role": time.role,
                "address_on": time.address_on,
                "usual_on": time.usual_on,
                "median_days": round(time.median_days, 1),
                "sure_days": round(time.sure_days, 1),
            }
            for time in self.times
        ]

    def text(self) -> str:
        """Say when the request has to begin, and what that rests on."""
        first = self.times[0]
        return (
            f"For a yes by {self.decision_on} in {100 * self.sure_share:.0f} % of the cases, put "
            f"the request before the first level by {first.address_on}; {first.usual_on} does in "
            f"half of them. {self.basis}"
        )


def level_times(study: DurationStudy, *, document: str = "") -> tuple[LevelTime, ...]:
    """Give how long each level takes in a study, level by level.

    Args:
        study: What a log told.
        document: What is asked for; by default what the study knows most approvals of.

    Returns:
        The levels from the first to the last that has at least five yeses.

    Raises:
        DataError: no level has them.

    >>> level_times(DurationStudy({}, (), ()))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    signoff.errors.DataError: no level was approved at least 5 times. Why: ...
    """
    levels = [g for g in study.groups.values() if g.key.kind == "level" and g.model is not None]
    usable = [group for group in levels if group.n_approved >= FEWEST_APPROVED]
    known = {group.key.document for group in usable}
    if not usable:
        raise DataError(
            f"no level was approved at least {FEWEST_APPROVED} times",
            why="a few yeses do not tell how long the next one takes",
            fix="give a longer log, or take the usual times: prior_durations()",
        )
    commonest = max(usable, key=lambda group: group.n_approved).key.document
    wanted = document.casefold() if document.casefold() in known else commonest
    chosen = sorted(
        (group for group in usable if group.key.document == wanted), key=lambda g: g.key.level
    )
    return tuple(
        LevelTime(
            group.key.level,
            _usual_role(study, group.key),
            tuple(group.model.days([None], shares=POINTS.tolist())[0].tolist()),
            f"The firm's own log, {group.n_approved:,} yeses.",
        )
        for group in chosen
        if group.model is not None
    )


def prior_durations(n_levels: int) -> tuple[LevelTime, ...]:
    """Give the usual time of each level where no log is at hand: an assumption, and a wide one.

    Args:
        n_levels: How many levels, 1 to 12.

    Returns:
        The levels; the source says what is measured and what assumed.

    Raises:
        ModelError: n_levels outside its range.

    >>> first = prior_durations(2)[0]
    >>> round(float(np.quantile(first.days, 0.5)), 1)
    7.0
    """
    if not 1 <= n_levels <= MOST_LEVELS:
        raise ModelError(
            f"{n_levels} levels of approval",
            why=f"1 to {MOST_LEVELS} are told apart",
            fix=f"give a number from 1 to {MOST_LEVELS}",
        )
    odds = np.log(POINTS / (1 - POINTS))
    days = USUAL_DAYS * np.exp(USUAL_SPREAD * odds * np.sqrt(3) / np.pi)
    return tuple(
        LevelTime(level, "", tuple(days.tolist()), PRIOR_SOURCE) for level in range(1, n_levels + 1)
    )


def when_to_address(
    levels: Sequence[LevelTime],
    *,
    decision_on: date,
    n_levels: int | None = None,
    sure_share: float = 0.9,
) -> AddressPlan:
    """Tell by when each level has to be addressed, so that the final yes comes by a day.

    Counted back from the day: the times of a level and of all after it, taken for independent,
    are added.

    Args:
        levels: From `level_times` or `prior_durations`.
        decision_on: Day of the final yes.
        n_levels: How many of the levels the request passes; by default all.
        sure_share: Share of the cases in which the yes comes by then, above 0 and below 1.

    Returns:
        The plan, one time per level.

    Raises:
        ModelError: no levels, or sure_share outside its range.

    >>> plan = when_to_address(prior_durations(2), decision_on=date(2026, 12, 31), sure_share=0.5)
    >>> [time.level for time in plan.times], plan.times[1].address_on.isoformat()
    ([1, 2], '2026-12-23')
    """
    chosen = list(levels)[: len(levels) if n_levels is None else n_levels]
    if not chosen or not 0 < sure_share < 1:
        raise ModelError(
            f"{len(chosen)} levels and a share of {sure_share}",
            why="the yes needs at least one level, and no day is certain",
            fix="give levels, and a share above 0 and below 1",
        )
    times: list[AddressTime] = []
    total = np.zeros(1)
    for level in reversed(chosen):
        sums = np.add.outer(total, np.array(level.days)).ravel()
        total = np.quantile(sums, POINTS)
        median, sure = np.quantile(total, [0.5, sure_share]).tolist()
        usual_on, address_on = (_before(decision_on, days) for days in (median, sure))
        times.append(AddressTime(level.level, level.role, address_on, usual_on, median, sure))
    return AddressPlan(decision_on, sure_share, tuple(reversed(times)), chosen[0].basis)


def _before(day: date, days: float) -> date:
    return day - timedelta(days=min(ceil(days - 1e-9), day.toordinal() - 1))


def _usual_role(study: DurationStudy, key: GroupKey) -> str:
    roles = [
        group
        for group in study.groups.values()
        if group.key.kind == "role"
        and (group.key.document, group.key.level) == (key.document, key.level)
    ]
    return max(roles, key=lambda group: group.n_approved).key.role if roles else ""
