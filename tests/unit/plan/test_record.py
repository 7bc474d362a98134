"""Plans are kept with all they rest on, and made again from it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from signoff.audience import list_accounts
from signoff.errors import BriefError, DataError
from signoff.plan import (
    CampaignPlan,
    PlanOptions,
    list_target_accounts,
    load_plan,
    make_plan,
    read_plan,
    repeat_plan,
    write_plan,
)
from signoff.store.browse import Filter, TableRequest
from signoff.store.engines import Statement
from signoff.store.lake import duckdb_engine
from signoff.store.register import document_history, list_runs, load_run, suppress
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace

LINES = Statement(
    "lines of a plan",
    "SELECT venue_id, units, unit_price, spend FROM plan_line "
    "WHERE plan_id = :plan ORDER BY venue_id",
    ("plan_line",),
)
FORECASTS = Statement(
    "forecasts of a plan",
    "SELECT measure, item, value FROM forecast WHERE plan_id = :plan ORDER BY measure, item",
    ("forecast",),
)


@pytest.fixture(scope="module")
def plan(workspace: Workspace, brief_path: Path, options: PlanOptions) -> CampaignPlan:
    return make_plan(workspace, brief=brief_path, options=options)


def test_make_plan_spends_within_the_budget_and_sums_exactly(plan: CampaignPlan) -> None:
    assert sum(line.spend for line in plan.venues.lines) == plan.venues.total_spend
    assert 0 < plan.venues.total_spend <= plan.brief.money.budget


def test_make_plan_keeps_the_fit_of_every_account_of_its_market(
    workspace: Workspace, plan: CampaignPlan
) -> None:
    wanted = TableRequest(
        columns=("account_id", "value_weight", "is_holdout"),
        filters=(Filter("value_weight", "known"),),
        limit=1000,
    )
    with duckdb_engine(workspace) as engine:
        page = list_accounts(engine, wanted, plan_id=plan.run_id)
    found = {row["account_id"]: (row["value_weight"], row["is_holdout"]) for row in page.rows()}
    assert len(found) == plan.audience.n_accounts
    for line in plan.audience.accounts:
        assert found[line.account_id] == (line.value_weight, line.is_holdout)


def test_make_plan_leaves_the_holdout_out(plan: CampaignPlan) -> None:
    assert len(plan.holdout_account_ids) == plan.holdout.n_holdout
    held = {line.account_id for line in plan.audience.accounts if line.is_holdout}
    assert held == set(plan.holdout_account_ids)
    assert plan.venues.n_accounts == plan.audience.n_accounts - len(held)


def test_make_plan_too_few_deals_ranks_by_market_fit_alone(plan: CampaignPlan) -> None:
    assert not plan.audience.fit.usable
    assert "ranked by market fit alone" in plan.cautions[0]


def test_make_plan_writes_a_message_for_each_role_and_bought_venue(plan: CampaignPlan) -> None:
    bought = {line.venue_id for line in plan.venues.lines if line.in_plan}
    roles = {role.role for role in plan.brief.committee.roles}
    assert {(m.venue_id, m.role) for m in plan.messages.messages} == {
        (venue, role) for venue in bought for role in roles
    }


def test_make_plan_keeps_lines_and_forecasts_in_the_lake(
    workspace: Workspace, plan: CampaignPlan
) -> None:
    with duckdb_engine(workspace) as engine:
        lines = engine.rows(LINES, plan=plan.run_id)
        forecasts = engine.rows(FORECASTS, plan=plan.run_id)
    assert [(row["venue_id"], row["units"], row["spend"]) for row in lines] == sorted(
        (line.venue_id, line.units, line.spend) for line in plan.venues.lines if line.in_plan
    )
    assert forecasts[0]["value"] == plan.venues.result.value


def test_make_plan_records_what_it_read(workspace: Workspace, plan: CampaignPlan) -> None:
    run = load_run(workspace.register, plan.run_id)
    assert run.lake_snapshot == plan.lake_snapshot
    assert run.documents == {"brief/spring": plan.brief_version}
    assert run.seed == 7
    assert run.parameters["as_of"] == "2026-11-23"
    assert run.result_document == ("plan", plan.run_id, 1)


def test_write_plan_read_again_is_equal(plan: CampaignPlan) -> None:
    assert read_plan(write_plan(plan)) == plan


def test_load_plan_by_the_start_of_its_id_gives_the_kept_plan(
    workspace: Workspace, plan: CampaignPlan
) -> None:
    assert load_plan(workspace, run_id=plan.run_id[:12]) == plan


def test_repeat_plan_after_later_changes_is_equal_to_the_last_digit(
    workspace: Workspace, plan: CampaignPlan, options: PlanOptions
) -> None:
    suppress(
        workspace, kind="domain", value="acme.example", reason="asked", by="ann", at=options.at
    )
    assert write_plan(repeat_plan(workspace, run_id=plan.run_id)) == write_plan(plan)


def test_make_plan_suppressed_account_is_left_out_and_counted(
    workspace: Workspace, brief_path: Path, options: PlanOptions
) -> None:
    suppress(
        workspace, kind="domain", value="acme.example", reason="asked", by="ann", at=options.at
    )
    later = replace(options, at=options.at + timedelta(hours=1))
    plan = make_plan(workspace, brief=brief_path, options=later)
    assert "Acme" not in {line.name for line in plan.audience.accounts}
    assert plan.audience.n_accounts == 5


def test_make_plan_same_brief_twice_keeps_one_version(
    workspace: Workspace, brief_path: Path, options: PlanOptions
) -> None:
    make_plan(workspace, brief=brief_path, options=options)
    assert len(document_history(workspace.register, kind="brief", name="spring")) == 1


def test_make_plan_by_the_name_of_a_kept_brief_plans_from_it(
    workspace: Workspace, plan: CampaignPlan, options: PlanOptions
) -> None:
    assert make_plan(workspace, brief="spring", options=options).brief == plan.brief


def test_make_plan_budget_below_every_minimum_says_so_and_keeps_nothing(
    workspace: Workspace, brief_path: Path, options: PlanOptions, tmp_path: Path
) -> None:
    poor = tmp_path / "poor.toml"
    poor.write_text(
        brief_path.read_text(encoding="utf-8").replace("budget = 9000", "budget = 12"),
        encoding="utf-8",
    )
    before = len(list_runs(workspace.register))
    with pytest.raises((BriefError, DataError), match="budget") as caught:
        make_plan(workspace, brief=poor, options=options)
    assert caught.value.fault.fix
    assert len(list_runs(workspace.register)) == before


def test_load_plan_of_an_empty_workspace_says_how_to_make_one(
    tmp_path: Path, options: PlanOptions
) -> None:
    empty = create_workspace(tmp_path / "w", settings=Settings(name="Empty"), at=options.at)
    with pytest.raises(DataError, match="signoff plan"):
        load_plan(empty)


def test_list_target_accounts_are_the_market_without_the_holdout(
    workspace: Workspace, plan: CampaignPlan
) -> None:
    listed = {line.account_id for line in plan.audience.accounts}
    targets = list_target_accounts(workspace, run_id=plan.run_id)
    assert set(targets) == listed - set(plan.holdout_account_ids)
