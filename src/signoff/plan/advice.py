"""Advice on a kept plan: what limits cost, what to learn next, whether it beats the present."""

from collections.abc import Callable

from signoff.errors import DataError
from signoff.plan.campaign import CampaignPlan
from signoff.plan.compose import PlanInputs
from signoff.plan.fits import find_fit, list_plan_facts
from signoff.plan.record import load_plan, recorded_inputs
from signoff.store.lake import duckdb_engine
from signoff.store.workspace import Workspace
from signoff.venues import (
    PresentComparison,
    PresentSpend,
    VenueStudy,
    compare_present,
    list_present_spend,
    study_venues,
)

__all__ = ["compare_plan_with_present", "present_of_plan", "study_plan"]

Tell = Callable[[str, int, int], None]


def study_plan(
    workspace: Workspace, *, run_id: str | None = None, on_progress: Tell | None = None
) -> VenueStudy:
    """Give what each limit of a plan costs, what to learn next, and whether it beats the present.

    Args:
        workspace: The workspace.
        run_id: The plan's run, or the first characters of its id; None for the newest.
        on_progress: Told the name of each step, its number and how many there are.

    Returns:
        The study that is kept with the plan; of a plan of an earlier Signoff, one made now from
        the snapshot, brief and seed that the run recorded.

    Raises:
        DataError: there is no such plan, or its snapshot is gone.

    Call it so: `study_plan(workspace).limits.text()`.
    """
    plan = load_plan(workspace, run_id=run_id)
    if plan.study is not None:
        return plan.study
    tell = on_progress or (lambda _step, _done, _total: None)
    tell("study", 0, 1)
    inputs = recorded_inputs(workspace, run_id=plan.run_id)
    with duckdb_engine(workspace, snapshot=inputs.lake_snapshot) as engine:
        facts = list_plan_facts(engine, inputs)
        return study_venues(engine, facts, brief=inputs.brief, plan=plan.venues, as_of=inputs.as_of)


def compare_plan_with_present(
    workspace: Workspace,
    *,
    run_id: str | None = None,
    present: PresentSpend | None = None,
    on_progress: Tell | None = None,
) -> PresentComparison:
    """Say in how many draws a kept plan brings more than what is bought at present.

    Args:
        workspace: The workspace.
        run_id: The plan's run, or the first characters of its id; None for the newest.
        present: What is bought at present; None: what was spent in the last period, as the plan
            was made or, where nothing was known of it then, as it is known now.
        on_progress: Told the name of each step, its number and how many there are.

    Returns:
        Both results, their difference and the chance, venue by venue.

    Raises:
        DataError: there is no such plan, no spend is known, or no venue of it is in the plan's
            list of venues.

    Call it so: `compare_plan_with_present(workspace, present=present_of_plan(other)).text()`.
    """
    plan = load_plan(workspace, run_id=run_id)
    kept = None if plan.study is None else plan.study.present
    if present is None and kept is not None:
        return kept
    tell = on_progress or (lambda _step, _done, _total: None)
    tell("present", 0, 1)
    inputs = recorded_inputs(workspace, run_id=plan.run_id)
    spent = present or _spent(workspace, inputs)
    fit = find_fit(workspace, run_id=plan.run_id)
    with duckdb_engine(workspace, snapshot=inputs.lake_snapshot) as engine:
        facts = list_plan_facts(engine, inputs, cells=None if fit is None else fit.cells)
    found = compare_present(facts, brief=inputs.brief, plan=plan.venues, present=spent)
    if found is None:
        raise DataError(
            f"none of the {len(spent.spend):,} venues of the present is in the list of the plan",
            why="it names "
            + ", ".join(sorted(spent.spend)[:5])
            + "; the plan knows "
            + ", ".join(venue.venue_id for venue in facts.book.venues[:10]),
            fix="name venues by the ids or names of the list: signoff venues list BRIEF",
            where="venue",
        )
    return found


def present_of_plan(plan: CampaignPlan) -> PresentSpend:
    """Give a plan as what is bought at present, so that another is compared with it.

    Args:
        plan: The plan that runs at present.

    Returns:
        Its money by venue.

    Call it so: `present_of_plan(load_plan(workspace, run_id="7f3a09c2"))`.
    """
    spend = {line.venue_id: line.spend for line in plan.venues.lines if line.spend}
    return PresentSpend(spend, plan_id=plan.run_id)


def _spent(workspace: Workspace, inputs: PlanInputs) -> PresentSpend:
    """Give what was spent in the last period, by the newest facts: spend may come after a plan."""
    with duckdb_engine(workspace) as engine:
        found = list_present_spend(engine, brief=inputs.brief)
    if found is not None:
        return found
    raise DataError(
        "nothing is known of what is bought at present",
        why=f"no spend before {inputs.brief.period.starts_on} is imported",
        fix="import spend: signoff import spend.csv; or name a plan that runs at present",
        where="present",
    )
