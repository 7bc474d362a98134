"""Plans in a list, side by side, and made again."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from signoff.plan import (
    CampaignPlan,
    PlanOptions,
    check_repetition,
    compare_plans,
    list_differences,
    list_plan_runs,
    make_plan,
    summarise_plan,
)
from signoff.store.workspace import Workspace


@pytest.fixture(scope="module")
def plan(workspace: Workspace, brief_path: Path, options: PlanOptions) -> CampaignPlan:
    return make_plan(workspace, brief=brief_path, options=options)


def test_list_plan_runs_gives_the_newest_first(
    workspace: Workspace, brief_path: Path, options: PlanOptions
) -> None:
    early, late = (make_plan(workspace, brief=brief_path, options=options) for _ in range(2))
    names = [run.run_id for run in list_plan_runs(workspace)]
    assert names[:2] == [late.run_id, early.run_id]


def test_summarise_plan_says_what_the_plan_says(workspace: Workspace, plan: CampaignPlan) -> None:
    told = summarise_plan(workspace, run_id=plan.run_id[:12])
    assert (told.run_id, told.made_at, told.as_of) == (plan.run_id, plan.made_at, plan.as_of)
    assert (told.budget, told.spend) == (plan.venues.budget, plan.venues.total_spend)
    assert (told.result, told.gap_share) == (plan.venues.result, plan.venues.gap_share)
    assert told.n_venues == sum(line.in_plan for line in plan.venues.lines)
    assert told.by == "ann"


def test_compare_plans_with_itself_finds_no_difference(plan: CampaignPlan) -> None:
    found = compare_plans(plan, plan)
    assert found.is_same_brief
    assert found.is_same_snapshot
    assert {row["spend_difference"] for row in found.rows()} == {Decimal(0)}


def test_compare_plans_lists_what_either_buys_and_the_difference(plan: CampaignPlan) -> None:
    first = plan.venues.lines[0]
    gone = replace(first, units=0, spend=Decimal(0), in_plan=False)
    other = replace(
        plan, venues=replace(plan.venues, lines=(gone, *plan.venues.lines[1:]), currency="GBP")
    )
    pair = next(p for p in compare_plans(plan, other).lines if p.venue_id == first.venue_id)
    assert (pair.units, pair.other_units) == (first.units, 0)
    row = next(r for r in compare_plans(plan, other).rows() if r["venue_id"] == first.venue_id)
    assert row["spend_difference"] is None  # two currencies are not subtracted


def test_compare_plans_of_two_objectives_are_not_to_be_compared(plan: CampaignPlan) -> None:
    other = replace(plan, venues=replace(plan.venues, objective="traffic", result_unit="people"))
    assert not compare_plans(plan, other).is_same_objective


def test_check_repetition_of_a_kept_plan_is_equal(workspace: Workspace, plan: CampaignPlan) -> None:
    assert check_repetition(workspace, run_id=plan.run_id).is_equal


def test_list_differences_names_place_and_both_values(plan: CampaignPlan) -> None:
    made = replace(plan, venues=replace(plan.venues, gap_share=0.5), cautions=("one", "more"))
    found = {d.path: (d.kept, d.made) for d in list_differences(plan, made)}
    assert found["venues.gap_share"][1] == "0.5"
    assert found["cautions"][1] == '["one", "more"]'
    assert len(found) == 2
