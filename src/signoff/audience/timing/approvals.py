"""Times of approval from the workspace's own log."""

from datetime import UTC, date, datetime, time

from signoff.audience.timing.durations import DurationStudy, study_durations
from signoff.audience.timing.log import ApprovalEvent, make_approval_log
from signoff.audience.timing.statements import APPROVAL_EVENTS
from signoff.errors import DataError
from signoff.store.engines.engine import Engine

__all__ = ["fit_approvals"]


def fit_approvals(engine: Engine, *, today: date) -> DurationStudy:
    """Learn from the workspace's approvals how long a yes takes at each level and in all.

    Args:
        engine: An engine with `approval_step`.
        today: What happened later is left out.

    Returns:
        The study, as of a log in a file.

    Raises:
        DataError: there are no approvals, or none was approved.
    """
    steps = engine.rows(APPROVAL_EVENTS, today=today)
    if not steps:
        raise DataError(
            "the workspace has no approvals",
            why="how long a yes takes is learned from a log of them",
            fix="import one: signoff import approvals.csv; or take the usual times",
        )
    events = [
        ApprovalEvent(
            step["case_id"],
            step["activity"],
            step["occurred_at"],
            step["role"] or "",
            step["amount"],
        )
        for step in steps
    ]
    return study_durations(
        make_approval_log(events, now=datetime.combine(today, time.max, tzinfo=UTC))
    )
