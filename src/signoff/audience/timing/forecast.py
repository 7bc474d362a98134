"""When a yes comes: of requests that wait or will be made, with intervals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from signoff.audience.timing.durations import DurationGroup, DurationStudy, GroupKey
from signoff.audience.timing.model import INTERVAL_SHARES
from signoff.errors import DataError
from signoff.results import Estimate

__all__ = ["Awaited", "find_group", "predict_days"]

FEWEST_APPROVED = 5
"""With fewer yeses a group says nothing by itself."""


@dataclass(frozen=True)
class Awaited:
    """A yes that is waited for.

    Attributes:
        began_at: When the request was submitted, or put before the level; None is any moment.
        kind: request (the final yes), level or role (the yes of one level).
        document: What is asked for; empty or unknown here: the commonest of the study.
        level: How many levels a request passes, or which level it is; 0 is not known.
        role: Who decides, for kind role.
    """

    began_at: datetime | None
    kind: str = "request"
    document: str = ""
    level: int = 0
    role: str = ""


def predict_days(study: DurationStudy, awaited: Sequence[Awaited]) -> list[Estimate]:
    """Give the days until each yes comes, counted from its beginning, with 90 % intervals.

    Args:
        study: What the log told.
        awaited: What is waited for.

    Returns:
        For each the median, and the days between which nine in ten yeses come; it is the time of
        those that end in a yes.

    Raises:
        DataError: the study has no group with at least five yeses for one of them.

    >>> from signoff.audience.timing.log import ApprovalEvent, make_approval_log
    >>> from signoff.audience.timing.durations import study_durations
    >>> from datetime import UTC, timedelta
    >>> noon = datetime(2026, 1, 5, 12, tzinfo=UTC)
    >>> log = make_approval_log([ApprovalEvent(str(n), words, noon + timedelta(days))
    ...     for n in range(20) for words, days in (("submitted", 0), ("approved", 1 + n / 10))],
    ...     now=noon.replace(month=2))
    >>> found = predict_days(study_durations(log), [Awaited(noon)])
    >>> 1.5 < found[0].value < 2.5
    True
    """
    places: dict[GroupKey, list[int]] = {}
    for place, one in enumerate(awaited):
        places.setdefault(find_group(study, one).key, []).append(place)
    found: dict[int, Estimate] = {}
    for key, here in places.items():
        model = study.groups[key].model
        if model is not None:
            moments = [awaited[place].began_at for place in here]
            days = model.days(moments, shares=INTERVAL_SHARES)
            for place, (low, median, high) in zip(here, days.tolist(), strict=True):
                found[place] = Estimate(median, low, high)
    return [found[place] for place in range(len(awaited))]


def find_group(study: DurationStudy, awaited: Awaited) -> DurationGroup:
    """Give the group of a study that tells most about a yes that is waited for.

    Its own group where that has at least five yeses; else the same level and role of the commonest
    document, the nearest level, or all of the kind.

    Args:
        study: What the log told.
        awaited: What is waited for.

    Raises:
        DataError: no group of that kind has at least five yeses.

    >>> find_group(DurationStudy({}, (), ()), Awaited(None))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    signoff.errors.DataError: no request was approved at least 5 times. Why: ...
    """
    usable = [
        group
        for group in study.groups.values()
        if group.n_approved >= FEWEST_APPROVED
        and (group.key.kind == awaited.kind or (awaited.kind, group.key.kind) == ("role", "level"))
    ]
    if not usable:
        raise DataError(
            f"no {awaited.kind} was approved at least {FEWEST_APPROVED} times",
            why="a few yeses do not tell how long the next one takes",
            fix="give a longer log, or take the usual times: prior_durations()",
        )
    return min(usable, key=lambda group: _distance(group, awaited))


def _distance(group: DurationGroup, awaited: Awaited) -> tuple[float, ...]:
    """Order groups by how far they are from what is asked, what matters most first."""
    key = group.key
    level_gap = float(np.abs(key.level - awaited.level))
    if key.kind == "request" and (key.level == 0) != (awaited.level == 0):
        level_gap = 0.5 if awaited.level else 100.0
    return (
        float(awaited.role != "" and key.role.casefold() != awaited.role.casefold()),
        float(key.document != awaited.document.casefold()),
        level_gap,
        float(key.kind != awaited.kind),
        -group.n_approved,
    )
