"""One campaign plan, composed from the domains."""

from signoff.plan.campaign import CampaignPlan, SourceNote, read_plan, write_plan
from signoff.plan.compose import PlanInputs, compose_plan
from signoff.plan.record import PlanOptions, load_plan, make_plan, repeat_plan
from signoff.plan.targets import list_target_accounts

__all__ = [
    "CampaignPlan",
    "PlanInputs",
    "PlanOptions",
    "SourceNote",
    "compose_plan",
    "list_target_accounts",
    "load_plan",
    "make_plan",
    "read_plan",
    "repeat_plan",
    "write_plan",
]
