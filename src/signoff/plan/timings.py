"""How long the levels of approval take, as the venue plan needs it: measured, or assumed."""

from datetime import date

from signoff.audience import fit_approvals, level_times, prior_durations, when_to_address
from signoff.brief import Brief
from signoff.errors import DataError
from signoff.store.engines.engine import Engine
from signoff.venues import LevelTiming

__all__ = ["list_timings"]


def list_timings(engine: Engine, *, brief: Brief, today: date) -> tuple[LevelTiming, ...]:
    """Say how long after the yes of each level the final yes comes.

    Args:
        engine: Holds the approvals of the workspace, if there are any.
        brief: Its roles say which levels there are.
        today: The day up to which approvals that wait have waited.

    Returns:
        One entry for each level, from the workspace's approvals, else from stated assumptions.

    Call it with what a plan is made from: `list_timings(engine, brief=brief, today=today)`.
    """
    n_levels = max(role.approval_level for role in brief.committee.roles)
    try:
        levels = level_times(fit_approvals(engine, today=today))
    except DataError:
        levels = ()
    is_measured = len(levels) >= n_levels
    if not is_measured:
        levels = prior_durations(n_levels)
    plan = when_to_address(levels, decision_on=brief.period.ends_on, n_levels=n_levels)
    later = [(time.median_days, time.sure_days) for time in plan.times[1:]] + [(0.0, 0.0)]
    return tuple(
        LevelTiming(time.level, median, sure, "measured" if is_measured else "assumed")
        for time, (median, sure) in zip(plan.times, later, strict=True)
    )
