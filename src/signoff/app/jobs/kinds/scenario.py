"""The jobs behind the planner's page: a fit, a scenario, and a scenario made the plan."""

from datetime import UTC, datetime

from pydantic import ValidationError

from signoff.app.jobs.kind import JobKind, Result, Step, Work
from signoff.errors import DataError
from signoff.plan import (
    PlanOptions,
    ScenarioChanges,
    ScenarioOptions,
    adopt_scenario,
    fit_plan,
    load_plan,
    load_scenario,
    make_scenario,
)

__all__ = ["ADOPT_SCENARIO", "FIT_PLAN", "MAKE_SCENARIO"]


def _fit(work: Work) -> Result:
    work.tell("fit")
    run_id = str(work.found.get("run_id") or work.inputs["run_id"])
    fit_plan(work.workspace, run_id=run_id, by=work.by, at=datetime.now(UTC))
    return {"run_id": run_id}


def _make(work: Work) -> Result:
    work.tell("scenario")
    options = ScenarioOptions(
        title=work.inputs["title"], by=work.by, at=datetime.now(UTC), scenario_id=work.job_id
    )
    run_id, changes = work.inputs["run_id"], _read_changes(work.inputs["changes"])
    made = make_scenario(work.workspace, run_id, changes=changes, options=options)
    return {"scenario_id": made.scenario_id, "run_id": made.base_run_id}


def _adopt(work: Work) -> Result:
    work.tell("adopt")
    scenario_id = work.inputs["scenario_id"]
    scenario = load_scenario(work.workspace, scenario_id=scenario_id)
    before = load_plan(work.workspace, run_id=scenario.base_run_id)
    options = PlanOptions(
        seed=before.seed,
        as_of=before.as_of,
        by=work.by,
        at=datetime.now(UTC),
        run_id=work.job_id,
    )
    plan = adopt_scenario(work.workspace, scenario_id=scenario_id, options=options)
    return {"run_id": plan.run_id, "brief": plan.brief_name, "version": plan.brief_version}


def _read_changes(text: str) -> ScenarioChanges:
    try:
        return ScenarioChanges.model_validate_json(text)
    except ValidationError as error:
        raise DataError(
            "the changes of the scenario cannot be read",
            why=f"{error.error_count()} of them are not of the form that they should have",
            fix="make the scenario on the planner's page",
            where="changes",
        ) from error


FIT_PLAN = JobKind("fit_plan", (Step("fit", _fit),), inputs=("run_id",))
MAKE_SCENARIO = JobKind(
    "make_scenario", (Step("scenario", _make),), inputs=("run_id", "title", "changes")
)
ADOPT_SCENARIO = JobKind(
    "adopt_scenario", (Step("adopt", _adopt), Step("fit", _fit)), inputs=("scenario_id",)
)
