"""Scenarios made from a plan's own snapshot and seed, kept, listed, taken back and adopted."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

import numpy as np

from signoff import __version__
from signoff.brief import Brief
from signoff.errors import DataError
from signoff.plan.campaign import CampaignPlan
from signoff.plan.changes import ScenarioChanges, change_brief, keeps_market
from signoff.plan.compose import PlanInputs
from signoff.plan.fits import KeptFit, find_fit, list_plan_facts
from signoff.plan.record import (
    PlanOptions,
    load_plan,
    make_plan,
    recorded_inputs,
    refuse_bad_id,
)
from signoff.plan.scenario import Scenario, ScenarioLine, read_scenario, write_scenario
from signoff.results import Estimate
from signoff.stats.shares import middle_interval
from signoff.store.engines import Engine
from signoff.store.lake import duckdb_engine
from signoff.store.register import (
    document_history,
    list_documents,
    load_document,
    save_document,
)
from signoff.store.running import new_run_id
from signoff.store.workspace import Workspace
from signoff.venues import DrawnPlan, RoleShare, VenuePlan, draw_results, list_venues, plan_facts

__all__ = [
    "ScenarioOptions",
    "adopt_scenario",
    "list_scenarios",
    "load_scenario",
    "make_scenario",
    "withdraw_scenario",
]

KIND = "scenario"
LONGEST_TITLE = 120

_DRAWN = "Both were judged in the same {n} draws, so that what they share cancels out."
_UNLIKE = "The scenario counts {unit} towards {objective}, the plan {base_unit} towards {base}."


@dataclass(frozen=True)
class ScenarioOptions:
    """How a scenario is made.

    Attributes:
        title: What to call it.
        by: Who asks for it.
        at: When, in UTC.
        scenario_id: Its id, 8 to 64 letters, digits and hyphens; None for a new one. A job that
            was cut off names it again and makes no second one.
    """

    title: str
    by: str
    at: datetime
    scenario_id: str | None = None


def make_scenario(
    workspace: Workspace, run_id: str, *, changes: ScenarioChanges, options: ScenarioOptions
) -> Scenario:
    """Plan the venues again with some things changed, on the plan's own facts and seed.

    Args:
        workspace: The workspace.
        run_id: The plan's run, or the first characters of its id.
        changes: What is different; at least one thing.
        options: Title, author.

    Returns:
        The scenario, kept; the kept one where a scenario of the id is there.

    Raises:
        BriefError: the changes do not fit the brief, or cannot be met; all faults at once.
        DataError: nothing is changed, the snapshot is gone, or a part of the committee cannot be
            reached.
        MissingError: there is no such plan.

    Call it so: `make_scenario(workspace, plan.run_id, changes=ScenarioChanges(budget=80_000),
    options=ScenarioOptions(title="More money", by="ann", at=datetime.now(UTC)))`.
    """
    scenario_id = options.scenario_id or new_run_id()
    refuse_bad_id(scenario_id, where="scenario_id")
    _refuse_bad_title(options.title)
    if document_history(workspace.register, kind=KIND, name=scenario_id):
        return load_scenario(workspace, scenario_id=scenario_id)
    if changes.is_empty():
        raise DataError(
            "the scenario changes nothing",
            why="it would be the plan once more",
            fix="change the budget, a venue, the committee, the objective or the period",
            where="changes",
        )
    plan = load_plan(workspace, run_id=run_id)
    inputs = recorded_inputs(workspace, run_id=plan.run_id)
    base = _Base(plan, inputs, find_fit(workspace, run_id=plan.run_id))
    with duckdb_engine(workspace, snapshot=inputs.lake_snapshot) as engine:
        brief = _changed(engine, inputs.brief, changes, as_of=inputs.as_of)
        made, draws = _plan_venues(engine, base, brief=brief)
    named = _Identity(scenario_id, options.title.strip(), changes, options.by, options.at)
    scenario = _compose(base, made, base_draws=draws, identity=named)
    _keep(workspace, scenario, by=options.by, at=options.at)
    return scenario


def load_scenario(workspace: Workspace, *, scenario_id: str) -> Scenario:
    """Give a scenario as it is kept.

    Args:
        workspace: The workspace.
        scenario_id: Which one.

    Returns:
        The scenario.

    Raises:
        MissingError: there is no such scenario.

    Call it so: `load_scenario(workspace, scenario_id=scenario_id)`.
    """
    kept = load_document(workspace.register, kind=KIND, name=scenario_id)
    return read_scenario(json.dumps(kept.body))


def list_scenarios(
    workspace: Workspace, *, run_id: str | None = None, with_withdrawn: bool = False
) -> tuple[Scenario, ...]:
    """List the scenarios of a plan, or of all plans, in the order in which they were made.

    Args:
        workspace: The workspace.
        run_id: The plan's run, its whole id; None for every plan.
        with_withdrawn: Whether to list those taken back too.

    Returns:
        The scenarios.

    Call it so: `list_scenarios(workspace, run_id=plan.run_id)`.
    """
    kept = [
        read_scenario(json.dumps(version.body))
        for version in list_documents(workspace.register, kind=KIND)
    ]
    wanted = [
        scenario
        for scenario in kept
        if run_id in (None, scenario.base_run_id) and (with_withdrawn or not scenario.is_withdrawn)
    ]
    return tuple(sorted(wanted, key=lambda each: (each.made_at, each.scenario_id)))


def withdraw_scenario(workspace: Workspace, *, scenario_id: str, by: str, at: datetime) -> Scenario:
    """Take a scenario back: it is listed no more, and stays as it was for whoever looks it up.

    Args:
        workspace: The workspace.
        scenario_id: Which one.
        by: Who takes it back.
        at: When, in UTC.

    Returns:
        The scenario, marked.

    Raises:
        MissingError: there is no such scenario.

    Call it so: `withdraw_scenario(workspace, scenario_id=scenario_id, by="ann", at=at)`.
    """
    scenario = load_scenario(workspace, scenario_id=scenario_id)
    if scenario.is_withdrawn:
        return scenario
    marked = replace(scenario, is_withdrawn=True)
    _keep(workspace, marked, by=by, at=at)
    return marked


def adopt_scenario(workspace: Workspace, *, scenario_id: str, options: PlanOptions) -> CampaignPlan:
    """Make a scenario the plan: its brief becomes the next version, and a plan is made from it.

    Args:
        workspace: The workspace.
        scenario_id: Which one.
        options: Seed, day, author. With the seed of the plan that the scenario changes, and the
            same facts, the plan brings what the scenario says, to the last digit.

    Returns:
        The plan, kept.

    Raises:
        ConflictError: the brief was changed since the plan was made; nothing of that is covered.
        MissingError: there is no such scenario.

    Call it so: `adopt_scenario(workspace, scenario_id=scenario_id, options=PlanOptions(
    seed=plan.seed, as_of=plan.as_of, by="ann", at=at))`.
    """
    scenario = load_scenario(workspace, scenario_id=scenario_id)
    inputs = recorded_inputs(workspace, run_id=scenario.base_run_id)
    with duckdb_engine(workspace, snapshot=inputs.lake_snapshot) as engine:
        brief = _changed(engine, inputs.brief, scenario.changes, as_of=inputs.as_of)
    body, name = json.loads(brief.model_dump_json()), inputs.brief_name
    newest = load_document(workspace.register, kind="brief", name=name)
    if newest.body != body:
        save_document(
            workspace.register,
            kind="brief",
            name=name,
            body=body,
            author=options.by,
            at=options.at,
            expected_version=inputs.brief_version,
        )
    return make_plan(workspace, brief=name, options=options)


def _refuse_bad_title(title: str) -> None:
    if not 0 < len(title.strip()) <= LONGEST_TITLE:
        raise DataError(
            f"the title has {len(title.strip())} characters",
            why="scenarios are told apart by their titles",
            fix=f"write 1 to {LONGEST_TITLE} characters",
            where="title",
        )


@dataclass(frozen=True, eq=False)
class _Base:
    plan: CampaignPlan
    inputs: PlanInputs
    fit: KeptFit | None


@dataclass(frozen=True)
class _Identity:
    scenario_id: str
    title: str
    changes: ScenarioChanges
    by: str
    at: datetime


def _changed(engine: Engine, brief: Brief, changes: ScenarioChanges, *, as_of: date) -> Brief:
    """Change the brief; units that are fixed need the prices of the brief without them."""
    if all(change.fixed_units is None for change in changes.venues):
        return change_brief(brief, changes)
    rest = [change.model_copy(update={"fixed_units": None}) for change in changes.venues]
    priced = change_brief(brief, changes.model_copy(update={"venues": tuple(rest)}))
    return change_brief(brief, changes, book=list_venues(engine, brief=priced, as_of=as_of))


def _plan_venues(
    engine: Engine, base: _Base, *, brief: Brief
) -> tuple[DrawnPlan, tuple[float, ...]]:
    """Plan the changed brief; give the base plan's results in the same draws too."""
    inputs, fit = base.inputs, base.fit
    if fit is None:
        facts = list_plan_facts(engine, inputs)
        cells = facts.cells
        draws = draw_results(facts, brief=inputs.brief, plan=base.plan.venues)
    else:
        cells, draws = fit.cells, fit.venues.plan_draws
    is_kept = keeps_market(inputs.brief, brief)
    changed = list_plan_facts(
        engine, replace(inputs, brief=brief), cells=cells if is_kept else None
    )
    return plan_facts(changed, brief=brief, seed=inputs.seed), draws


def _compose(
    base: _Base, made: DrawnPlan, *, base_draws: tuple[float, ...], identity: _Identity
) -> Scenario:
    plan, before = made.plan, base.plan.venues
    is_alike = (plan.objective, plan.result_unit) == (before.objective, before.result_unit)
    words = {"unit": plan.result_unit, "objective": plan.objective, "n": len(base_draws)}
    words |= {"base_unit": before.result_unit, "base": before.objective}
    return Scenario(
        scenario_id=identity.scenario_id,
        title=identity.title,
        base_run_id=base.plan.run_id,
        changes=identity.changes,
        by=identity.by,
        made_at=identity.at,
        is_withdrawn=False,
        package_version=__version__,
        currency=plan.currency,
        objective=plan.objective,
        result_unit=plan.result_unit,
        budget=plan.budget,
        total_spend=plan.total_spend,
        result=plan.result,
        bound=plan.bound,
        gap_share=plan.gap_share,
        covered_accounts=plan.covered_accounts,
        n_accounts=plan.n_accounts,
        reach_by_role=tuple(RoleShare(each.role, each.reach) for each in plan.reach_by_role),
        lines=_pair_lines(plan, before),
        curve=plan.curve,
        difference=_difference(made, before, base_draws=base_draws) if is_alike else None,
        difference_note=(_DRAWN if is_alike else _UNLIKE).format(**words),
        result_draws=made.result_draws,
        caution=plan.caution,
    )


def _difference(made: DrawnPlan, before: VenuePlan, *, base_draws: tuple[float, ...]) -> Estimate:
    value = made.plan.result.value - before.result.value
    low, high = middle_interval(np.array(made.result_draws) - np.array(base_draws))
    return Estimate(value, min(low, value), max(high, value))


def _pair_lines(plan: VenuePlan, before: VenuePlan) -> tuple[ScenarioLine, ...]:
    """Give each venue that either spends money at, those dearest to the scenario first."""
    ours = {line.venue_id: line for line in plan.lines}
    theirs = {line.venue_id: line for line in before.lines}
    nothing = (0, Decimal("0.00"))
    pairs = []
    for venue_id, known in {**theirs, **ours}.items():
        one, two = ours.get(venue_id), theirs.get(venue_id)
        units, spend = (one.units, one.spend) if one else nothing
        plan_units, plan_spend = (two.units, two.spend) if two else nothing
        if spend or plan_spend:
            pairs.append(ScenarioLine(venue_id, known.name, units, spend, plan_units, plan_spend))
    return tuple(sorted(pairs, key=lambda pair: (-pair.spend, -pair.plan_spend, pair.venue_id)))


def _keep(workspace: Workspace, scenario: Scenario, *, by: str, at: datetime) -> None:
    body = json.loads(write_scenario(scenario))
    save_document(
        workspace.register, kind=KIND, name=scenario.scenario_id, body=body, author=by, at=at
    )
