"""Did it work: holdouts and what was observed now, models later."""

from signoff.measure.design import HoldoutDesign, HoldoutOptions, StageReading, StageShare
from signoff.measure.holdout import design_holdout, draw_holdout
from signoff.measure.observed import (
    PlannedSpend,
    SpendAgainstPlan,
    compare_spend,
    count_events,
    count_events_by_month,
    sum_spend_by_month,
)

__all__ = [
    "HoldoutDesign",
    "HoldoutOptions",
    "PlannedSpend",
    "SpendAgainstPlan",
    "StageReading",
    "StageShare",
    "compare_spend",
    "count_events",
    "count_events_by_month",
    "design_holdout",
    "draw_holdout",
    "sum_spend_by_month",
]
