"""One campaign plan, composed from the domains."""

from signoff.plan.advice import compare_plan_with_present, present_of_plan, study_plan
from signoff.plan.campaign import CampaignPlan, SourceNote, read_plan, write_plan
from signoff.plan.changes import ScenarioChanges, VenueChange, change_brief, read_changes
from signoff.plan.comparison import LinePair, PlanComparison, compare_plans
from signoff.plan.compose import PlanInputs, compose_plan
from signoff.plan.fits import fit_plan, load_fit
from signoff.plan.record import PlanOptions, load_plan, make_plan, repeat_plan
from signoff.plan.repetition import Difference, Repetition, check_repetition, list_differences
from signoff.plan.sample import (
    SAMPLE_BRIEF,
    SampleReceipt,
    load_sample,
    sample_imports,
    undo_sample,
)
from signoff.plan.scenario import Scenario, ScenarioLine
from signoff.plan.scenario_table import ScenarioColumn, ScenarioTable, compare_scenarios
from signoff.plan.scenarios import (
    ScenarioOptions,
    adopt_scenario,
    list_scenarios,
    load_scenario,
    make_scenario,
    withdraw_scenario,
)
from signoff.plan.summary import PlanSummary, list_plan_runs, summarise_plan
from signoff.plan.targets import list_target_accounts

__all__ = [
    "SAMPLE_BRIEF",
    "CampaignPlan",
    "Difference",
    "LinePair",
    "PlanComparison",
    "PlanInputs",
    "PlanOptions",
    "PlanSummary",
    "Repetition",
    "SampleReceipt",
    "Scenario",
    "ScenarioChanges",
    "ScenarioColumn",
    "ScenarioLine",
    "ScenarioOptions",
    "ScenarioTable",
    "SourceNote",
    "VenueChange",
    "adopt_scenario",
    "change_brief",
    "check_repetition",
    "compare_plan_with_present",
    "compare_plans",
    "compare_scenarios",
    "compose_plan",
    "fit_plan",
    "list_differences",
    "list_plan_runs",
    "list_scenarios",
    "list_target_accounts",
    "load_fit",
    "load_plan",
    "load_sample",
    "load_scenario",
    "make_plan",
    "make_scenario",
    "present_of_plan",
    "read_changes",
    "read_plan",
    "repeat_plan",
    "sample_imports",
    "study_plan",
    "summarise_plan",
    "undo_sample",
    "withdraw_scenario",
    "write_plan",
]
