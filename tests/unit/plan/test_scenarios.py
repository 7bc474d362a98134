"""Scenarios are planned on the plan's facts and seed, kept, compared, taken back, adopted."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from signoff.brief import BuyingRole
from signoff.errors import BriefError, ConflictError, DataError, MissingError
from signoff.plan import (
    CampaignPlan,
    PlanOptions,
    Scenario,
    ScenarioChanges,
    ScenarioOptions,
    VenueChange,
    adopt_scenario,
    change_brief,
    compare_scenarios,
    fit_plan,
    list_scenarios,
    load_fit,
    load_scenario,
    make_plan,
    make_scenario,
    withdraw_scenario,
)
from signoff.plan.scenario import read_scenario, write_scenario
from signoff.store.register import document_history, save_document
from signoff.store.workspace import Workspace, open_workspace
from signoff.units import CommitteeRole, Objective

MORE = ScenarioChanges(budget=Decimal(12_000))


@pytest.fixture(scope="module")
def base(
    workspace: Workspace,
    brief_path: Path,
    options: PlanOptions,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Workspace, CampaignPlan]:
    """Make one plan in a copy of the workspace."""
    copy = tmp_path_factory.mktemp("scenarios") / "w"
    shutil.copytree(workspace.path, copy)
    own = open_workspace(copy)
    return own, make_plan(own, brief=brief_path, options=options)


@pytest.fixture
def make(base: tuple[Workspace, CampaignPlan], options: PlanOptions) -> Callable[..., Scenario]:
    own, plan = base

    def made(changes: ScenarioChanges, title: str = "Other", **named: Any) -> Scenario:
        asked = ScenarioOptions(title=title, by="ann", at=options.at, **named)
        return make_scenario(own, plan.run_id, changes=changes, options=asked)

    return made


def test_make_scenario_more_money_brings_no_less_and_is_compared_in_the_same_draws(
    base: tuple[Workspace, CampaignPlan], make: Callable[..., Scenario]
) -> None:
    scenario, plan = make(MORE, "More money"), base[1]
    assert scenario.budget == 12_000
    assert scenario.difference is not None
    assert scenario.difference.value == scenario.result.value - plan.venues.result.value >= 0
    # paired draws are closer than the two intervals laid over each other
    apart = scenario.result.high - plan.venues.result.low
    assert scenario.difference.high - scenario.difference.low < apart
    assert len(scenario.result_draws) == 200


def test_make_scenario_equals_a_plan_of_the_changed_brief(
    base: tuple[Workspace, CampaignPlan], make: Callable[..., Scenario], options: PlanOptions
) -> None:
    own, plan = base
    scenario = make(ScenarioChanges(exposures_needed=1))
    brief = change_brief(plan.brief, scenario.changes)
    body = json.loads(brief.model_dump_json())
    save_document(own.register, kind="brief", name="x", body=body, author="ann", at=options.at)
    again = make_plan(own, brief="x", options=options)
    assert again.venues.result == scenario.result
    assert again.venues.bound == scenario.bound
    assert {line.venue_id: line.units for line in again.venues.lines if line.units} == {
        line.venue_id: line.units for line in scenario.lines if line.units
    }


def test_make_scenario_excluded_venue_gets_nothing(
    base: tuple[Workspace, CampaignPlan], make: Callable[..., Scenario]
) -> None:
    scenario = make(ScenarioChanges(venues=(VenueChange(venue="trade", exclude=True),)))
    line = next(line for line in scenario.lines if line.venue_id == "trade")
    assert (line.units, line.spend) == (0, 0)
    assert line.plan_units > 0
    assert scenario.difference is not None
    assert scenario.difference.high < 0


def test_make_scenario_fixed_units_are_bought_exactly(make: Callable[..., Scenario]) -> None:
    scenario = make(ScenarioChanges(venues=(VenueChange(venue="daily", fixed_units=2),)))
    units = {line.venue_id: (line.units, line.spend) for line in scenario.lines}
    assert units["daily"] == (2, Decimal("6000.00"))


def test_make_scenario_role_added_counts_its_people(make: Callable[..., Scenario]) -> None:
    user = BuyingRole(role=CommitteeRole.USER, people_expected=3)
    scenario = make(ScenarioChanges(roles_added=(user,)))
    assert scenario.reach_of(CommitteeRole.USER) is not None
    assert scenario.reach_of(CommitteeRole.GATEKEEPER) is None


def test_make_scenario_other_objective_gives_no_difference_and_says_why(
    make: Callable[..., Scenario],
) -> None:
    scenario = make(ScenarioChanges(aim=Objective.TRAFFIC))
    assert scenario.result_unit == "people"
    assert scenario.difference is None
    assert "traffic" in scenario.difference_note


def test_make_scenario_from_a_kept_fit_is_equal(
    base: tuple[Workspace, CampaignPlan], make: Callable[..., Scenario], options: PlanOptions
) -> None:
    own, plan = base
    before = make(MORE)
    with pytest.raises(MissingError, match="not been fitted"):
        load_fit(own, run_id=plan.run_id)
    fitted = fit_plan(own, run_id=plan.run_id[:10], by="ann", at=options.at)
    assert fitted.at_budget(plan.venues.budget).result == plan.venues.result
    after = make(MORE)
    assert (after.result, after.lines, after.result_draws) == (
        before.result,
        before.lines,
        before.result_draws,
    )
    assert after.difference is not None
    assert before.difference is not None
    assert after.difference.low == pytest.approx(before.difference.low, rel=1e-9)
    again = fit_plan(own, run_id=plan.run_id, by="ann", at=options.at)
    assert again.curve == load_fit(own, run_id=plan.run_id).curve == fitted.curve
    assert len(document_history(own.register, kind="fit", name=plan.run_id)) == 1


def test_fit_plan_unreadable_fit_is_made_anew(
    base: tuple[Workspace, CampaignPlan], options: PlanOptions
) -> None:
    own, plan = base
    fit_plan(own, run_id=plan.run_id, by="ann", at=options.at)
    spoilt = {"venues": "AAAA", "cells": "AAAA"}
    save_document(
        own.register, kind="fit", name=plan.run_id, body=spoilt, author="ann", at=options.at
    )
    with pytest.raises(MissingError, match="not been fitted"):
        load_fit(own, run_id=plan.run_id)
    fitted = fit_plan(own, run_id=plan.run_id, by="ann", at=options.at)
    assert load_fit(own, run_id=plan.run_id).curve == fitted.curve


def test_make_scenario_named_twice_is_made_once(
    base: tuple[Workspace, CampaignPlan], make: Callable[..., Scenario]
) -> None:
    first = make(MORE, scenario_id="job-scenario-1")
    again = make(MORE, scenario_id="job-scenario-1")
    assert again == first == load_scenario(base[0], scenario_id="job-scenario-1")
    assert len(document_history(base[0].register, kind="scenario", name="job-scenario-1")) == 1


@pytest.mark.parametrize(
    ("changes", "named", "match"),
    [
        (ScenarioChanges(), {}, "changes nothing"),
        (MORE, {"title": " "}, "title has 0"),
        (MORE, {"title": "x" * 121}, "title has 121"),
        (MORE, {"scenario_id": "../x"}, "cannot be used as an id"),
    ],
)
def test_make_scenario_what_cannot_be_made_is_refused(
    make: Callable[..., Scenario], changes: ScenarioChanges, named: dict[str, str], match: str
) -> None:
    with pytest.raises(DataError, match=match):
        make(changes, **named)


def test_make_scenario_unknown_venue_is_told_with_what_is_meant(
    make: Callable[..., Scenario],
) -> None:
    with pytest.raises(BriefError, match="did you mean trade"):
        make(ScenarioChanges(venues=(VenueChange(venue="traed", exclude=True),)))


def test_list_scenarios_by_plan_in_order_without_those_taken_back(
    base: tuple[Workspace, CampaignPlan], make: Callable[..., Scenario], options: PlanOptions
) -> None:
    own, plan = base
    kept, gone = make(MORE, "kept"), make(MORE, "gone")
    later = options.at + timedelta(hours=1)
    marked = withdraw_scenario(own, scenario_id=gone.scenario_id, by="bob", at=later)
    assert marked == replace(gone, is_withdrawn=True)
    assert withdraw_scenario(own, scenario_id=gone.scenario_id, by="bob", at=later) == marked
    listed = {each.scenario_id for each in list_scenarios(own, run_id=plan.run_id)}
    assert kept.scenario_id in listed
    assert gone.scenario_id not in listed
    everything = list_scenarios(own, with_withdrawn=True)
    assert gone.scenario_id in {each.scenario_id for each in everything}
    assert list_scenarios(own, run_id="another") == ()
    history = document_history(own.register, kind="scenario", name=gone.scenario_id)
    assert [version.author for version in history] == ["bob", "ann"]


def test_compare_scenarios_stand_beside_the_plan(
    base: tuple[Workspace, CampaignPlan], make: Callable[..., Scenario]
) -> None:
    own, plan = base
    more, role = make(MORE, "More"), make(ScenarioChanges(exposures_needed=1), "Once")
    table = compare_scenarios(own, [role.scenario_id, more.scenario_id, role.scenario_id])
    assert [column.title for column in table.columns] == ["plan", "Once", "More"]
    rows = table.rows()
    assert len({tuple(row) for row in rows}) == 1
    assert rows[0]["result"] == plan.venues.result.value
    assert rows[0]["difference"] is None
    assert more.difference is not None
    assert rows[2]["difference"] == more.difference.value
    bought = {line.venue_id: line.units for line in more.lines}
    assert all(rows[2][f"units_{venue}"] == n for venue, n in bought.items())
    assert "More: " in table.text()


def test_compare_scenarios_of_two_plans_or_none_is_refused(
    base: tuple[Workspace, CampaignPlan],
    make: Callable[..., Scenario],
    brief_path: Path,
    options: PlanOptions,
) -> None:
    own, _ = base
    other = make_plan(own, brief=brief_path, options=replace(options, seed=8))
    asked = ScenarioOptions(title="Else", by="ann", at=options.at)
    apart = make_scenario(own, other.run_id, changes=MORE, options=asked)
    with pytest.raises(DataError, match="2 plans"):
        compare_scenarios(own, [make(MORE).scenario_id, apart.scenario_id])
    with pytest.raises(DataError, match="no scenario is named"):
        compare_scenarios(own, [])
    with pytest.raises(MissingError):
        compare_scenarios(own, ["nowhere"])


def test_adopt_scenario_brings_what_it_said_as_the_next_version_of_the_brief(
    base: tuple[Workspace, CampaignPlan],
    make: Callable[..., Scenario],
    options: PlanOptions,
    tmp_path: Path,
) -> None:
    scenario = make(MORE, "Adopted")
    shutil.copytree(base[0].path, tmp_path / "w")
    own = open_workspace(tmp_path / "w")
    named = replace(options, run_id="adopted-0001")
    plan = adopt_scenario(own, scenario_id=scenario.scenario_id, options=named)
    assert (plan.brief_name, plan.brief_version) == ("spring", 2)
    assert plan.venues.result == scenario.result
    again = adopt_scenario(own, scenario_id=scenario.scenario_id, options=named)
    assert again == plan


def test_adopt_scenario_brief_changed_meanwhile_is_not_covered_up(
    base: tuple[Workspace, CampaignPlan],
    make: Callable[..., Scenario],
    options: PlanOptions,
    tmp_path: Path,
) -> None:
    scenario = make(MORE)
    shutil.copytree(base[0].path, tmp_path / "w")
    own = open_workspace(tmp_path / "w")
    edited = change_brief(base[1].brief, ScenarioChanges(exposures_needed=9))
    body = json.loads(edited.model_dump_json())
    save_document(own.register, kind="brief", name="spring", body=body, author="bob", at=options.at)
    with pytest.raises(ConflictError, match="changed meanwhile"):
        adopt_scenario(own, scenario_id=scenario.scenario_id, options=options)


def test_read_scenario_written_one_is_equal(make: Callable[..., Scenario]) -> None:
    scenario = make(MORE)
    assert read_scenario(write_scenario(scenario)) == scenario
    assert scenario.text().startswith("Other: ")
    assert {row["venue_id"] for row in scenario.rows()} == {
        line.venue_id for line in scenario.lines
    }
