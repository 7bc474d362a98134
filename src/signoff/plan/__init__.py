"""One campaign plan, composed from the domains."""

from signoff.plan.campaign import CampaignPlan, SourceNote, read_plan, write_plan
from signoff.plan.comparison import LinePair, PlanComparison, compare_plans
from signoff.plan.compose import PlanInputs, compose_plan
from signoff.plan.record import PlanOptions, load_plan, make_plan, repeat_plan
from signoff.plan.repetition import Difference, Repetition, check_repetition, list_differences
from signoff.plan.summary import PlanSummary, list_plan_runs, summarise_plan
from signoff.plan.targets import list_target_accounts

__all__ = [
    "CampaignPlan",
    "Difference",
    "LinePair",
    "PlanComparison",
    "PlanInputs",
    "PlanOptions",
    "PlanSummary",
    "Repetition",
    "SourceNote",
    "check_repetition",
    "compare_plans",
    "compose_plan",
    "list_differences",
    "list_plan_runs",
    "list_target_accounts",
    "load_plan",
    "make_plan",
    "read_plan",
    "repeat_plan",
    "summarise_plan",
    "write_plan",
]
