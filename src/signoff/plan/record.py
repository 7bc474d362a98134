"""Plans made, kept with all they rest on, and made again from that."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from signoff import __version__
from signoff.audience import list_plan_accounts, list_suppressed_accounts
from signoff.brief import Brief, load_brief
from signoff.errors import DataError, MissingError
from signoff.plan.campaign import CampaignPlan, read_plan, write_plan
from signoff.plan.compose import PlanInputs, Progress, compose_plan
from signoff.store.derived import publish_facts
from signoff.store.engines import Engine, Relation
from signoff.store.imports import recover_imports
from signoff.store.lake import LakeEngine, duckdb_engine
from signoff.store.register import (
    RunRecord,
    SuppressionLedger,
    Version,
    document_history,
    list_audit,
    list_runs,
    load_document,
    load_run,
    record_run,
    save_document,
)
from signoff.store.running import clear_runs, hold_run, new_run_id
from signoff.store.workspace import Workspace

__all__ = ["PlanOptions", "compose_on", "load_plan", "make_plan", "recorded_inputs", "repeat_plan"]

COMMAND = "plan"
RUN_ID = r"[0-9A-Za-z-]{8,64}"


@dataclass(frozen=True)
class PlanOptions:
    """How a plan is made.

    Attributes:
        seed: Seed of all chance in it.
        as_of: The day that counts as today.
        by: Who asks for it.
        at: When, in UTC.
        on_progress: Told the name of each step, its number and how many there are.
        run_id: Id of the run, 8 to 64 letters, digits and hyphens; None for a new one. A job that
            was cut off names it again and makes no second plan.
    """

    seed: int
    as_of: date
    by: str
    at: datetime
    on_progress: Progress | None = None
    run_id: str | None = None


def make_plan(workspace: Workspace, *, brief: Path | str, options: PlanOptions) -> CampaignPlan:
    """Make a plan from a brief and the workspace's facts, and keep it with all it rests on.

    Args:
        workspace: The workspace.
        brief: A brief's file, or the name of a brief kept in the workspace.
        options: Seed, day, author.

    Returns:
        The plan, kept under the id of its run; the kept one where a run of the id is finished.

    Raises:
        BriefError: the brief is faulty or cannot be met; all faults at once.
        DataError: the facts do not allow a plan, all faults at once; or the id of the run cannot
            be used: it is no id, belongs to another plan, or another process works on it.

    Call it so: `make_plan(workspace, brief=Path("brief.toml"), options=PlanOptions(seed=1,
    as_of=date(2027, 1, 4), by="ann", at=datetime.now(UTC)))`.
    """
    if options.run_id is not None:
        if kept := _finished(workspace, brief, options=options):
            return load_plan(workspace, run_id=kept.run_id)
        # a run that was cut off may have left the same lines half published
        recover_imports(workspace, at=options.at)
    clear_runs(workspace)
    version = _keep_brief(workspace, brief, options=options)
    with duckdb_engine(workspace) as engine:
        inputs = PlanInputs(
            run_id=options.run_id or new_run_id(),
            made_at=options.at,
            as_of=options.as_of,
            seed=options.seed,
            package_version=__version__,
            lake_snapshot=engine.snapshot,
            brief_name=version.name,
            brief_version=version.version,
            brief=Brief.model_validate_json(json.dumps(version.body)),
            suppressed_account_ids=list_suppressed_accounts(
                engine, ledger=SuppressionLedger.load(workspace)
            ),
        )
        begun = _run_of(inputs)
        with hold_run(workspace, begun, by=options.by) as clock:
            _refuse_lost_snapshot(engine)
            plan = compose_plan(engine, inputs, on_progress=options.on_progress)
            accounts = list_plan_accounts(engine, plan_id=plan.run_id)
            _keep_plan(workspace, plan, accounts, begun=begun, by=options.by, at=clock())
    return plan


def _finished(workspace: Workspace, brief: Path | str, *, options: PlanOptions) -> RunRecord | None:
    """Give the finished run of the id asked for, if there is one and it made this plan."""
    wanted = options.run_id or ""
    refuse_bad_id(wanted, where="run_id")
    try:
        run = load_run(workspace.register, wanted)
    except DataError:
        return None
    if run.run_id != wanted or run.finished_at is None:
        return None
    name = str(brief) if _names_kept_brief(workspace, brief) else Path(brief).stem
    made_from = (run.command, run.parameters.get("brief"), run.seed)
    if made_from != (COMMAND, name, options.seed):
        raise DataError(
            f"the run {wanted} made something else",
            why=f"it was {made_from[0]} of the brief {made_from[1]!r} with the seed {made_from[2]}",
            fix="give the new plan an id of its own",
            where="run_id",
        )
    return run


def refuse_bad_id(text: str, *, where: str) -> None:
    """Refuse what cannot name a run or a scenario.

    Args:
        text: The id that a caller gave.
        where: What it was given as.

    Raises:
        DataError: it is no such id.

    >>> refuse_bad_id("job-0123456789", where="run_id")
    """
    if not re.fullmatch(RUN_ID, text):
        raise DataError(
            f"{text!r} cannot be used as an id",
            why="it names what is made in addresses and files",
            fix="use 8 to 64 letters, digits and hyphens, or leave it out",
            where=where,
        )


def load_plan(workspace: Workspace, *, run_id: str | None = None) -> CampaignPlan:
    """Give a plan as it was kept.

    Args:
        workspace: The workspace.
        run_id: Its run, or the first characters of the id; empty for the newest.

    Returns:
        The plan.

    Raises:
        DataError: there is no such plan, or none at all.

    Call it so: `load_plan(workspace)` for the newest, `load_plan(workspace, run_id="7f3a09c2")`.
    """
    run = load_run(workspace.register, run_id) if run_id else _newest(workspace)
    kept = load_document(workspace.register, kind="plan", name=run.run_id)
    return read_plan(json.dumps(kept.body))


def repeat_plan(workspace: Workspace, *, run_id: str) -> CampaignPlan:
    """Make a plan again from its run record: same snapshot, brief, seed and day.

    Args:
        workspace: The workspace.
        run_id: The run, or the first characters of its id.

    Returns:
        The plan, not kept; equal to the kept one to the last digit.

    Raises:
        DataError: there is no such run, or its snapshot is gone.

    Call it so: `repeat_plan(workspace, run_id="7f3a09c2")`.
    """
    run = load_run(workspace.register, run_id)
    with duckdb_engine(workspace, snapshot=run.lake_snapshot) as engine:
        return compose_on(engine, workspace, run_id=run.run_id)


def compose_on(engine: Engine, workspace: Workspace, *, run_id: str) -> CampaignPlan:
    """Make a plan again on an engine of your choice, from its run record.

    Args:
        engine: Holds the tables of the run's snapshot.
        workspace: Where the run is recorded.
        run_id: The run.

    Returns:
        The plan, not kept.

    Call it with the snapshot in Spark: `with spark_engine(export_dir) as engine:
    compose_on(engine, workspace, run_id=run_id)`.
    """
    return compose_plan(engine, recorded_inputs(workspace, run_id=run_id))


def _keep_brief(workspace: Workspace, brief: Path | str, *, options: PlanOptions) -> Version:
    """Keep the brief of a file as a version of its own, unless the newest version is the same."""
    register, path = workspace.register, Path(brief)
    if _names_kept_brief(workspace, brief):
        return load_document(register, kind="brief", name=str(brief))
    body: Mapping[str, Any] = json.loads(load_brief(path).model_dump_json())
    kept = document_history(register, kind="brief", name=path.stem)
    if kept and max(kept, key=lambda version: version.version).body == body:
        return max(kept, key=lambda version: version.version)
    return save_document(
        register, kind="brief", name=path.stem, body=body, author=options.by, at=options.at
    )


def _names_kept_brief(workspace: Workspace, brief: Path | str) -> bool:
    """Say whether a brief of the workspace is meant rather than a file."""
    path = Path(brief)
    is_kept = bool(document_history(workspace.register, kind="brief", name=str(brief)))
    return not path.exists() and (is_kept or not path.suffix)


def _refuse_lost_snapshot(engine: LakeEngine) -> None:
    """Refuse to go on when the lake was tidied between choosing the snapshot and pinning it."""
    if not engine.is_kept():
        raise DataError(
            f"snapshot {engine.snapshot} of the lake is gone",
            why="somebody was erased, or the lake compacted, at the moment the plan began",
            fix="run the plan again; nothing was kept of this one",
        )


def _run_of(inputs: PlanInputs) -> RunRecord:
    return RunRecord(
        run_id=inputs.run_id,
        command=COMMAND,
        started_at=inputs.made_at,
        finished_at=None,
        lake_snapshot=inputs.lake_snapshot,
        documents={f"brief/{inputs.brief_name}": inputs.brief_version},
        parameters={
            "as_of": inputs.as_of.isoformat(),
            "brief": inputs.brief_name,
            "suppressed_account_ids": list(inputs.suppressed_account_ids),
        },
        seed=inputs.seed,
        package_version=inputs.package_version,
    )


def _keep_plan(
    workspace: Workspace,
    plan: CampaignPlan,
    accounts: Relation,
    *,
    begun: RunRecord,
    by: str,
    at: datetime,
) -> None:
    """Keep lines, accounts and forecasts, the plan and its finished run: all of it or nothing."""
    body = json.loads(write_plan(plan))

    def keep() -> None:
        register, name = workspace.register, plan.run_id
        kept = save_document(register, kind="plan", name=name, body=body, author=by, at=at)
        made = ("plan", name, kept.version)
        record_run(register, replace(begun, finished_at=at, result_document=made), by=by)

    publish_facts(
        workspace,
        {
            "plan_line": _plan_lines(plan),
            "plan_account": accounts,
            "forecast": _forecasts(plan),
        },
        origin=f"plan {plan.run_id}",
        by=by,
        at=at,
        along=keep,
    )


def recorded_inputs(workspace: Workspace, *, run_id: str) -> PlanInputs:
    """Give what a plan was made from, as its run recorded it.

    Args:
        workspace: Where the run is recorded.
        run_id: The run, or the first characters of its id.

    Returns:
        The inputs, with the brief in the version that was read.

    Raises:
        DataError: there is no such run.

    Call it so: `recorded_inputs(workspace, run_id="7f3a09c2").brief`.
    """
    run = load_run(workspace.register, run_id)
    name = run.parameters["brief"]
    version = run.documents[f"brief/{name}"]
    kept = load_document(workspace.register, kind="brief", name=name, version=version)
    return PlanInputs(
        run_id=run.run_id,
        made_at=run.started_at,
        as_of=date.fromisoformat(run.parameters["as_of"]),
        seed=run.seed,
        package_version=run.package_version,
        lake_snapshot=run.lake_snapshot,
        brief_name=name,
        brief_version=version,
        brief=Brief.model_validate_json(json.dumps(kept.body)),
        suppressed_account_ids=tuple(run.parameters["suppressed_account_ids"]),
    )


def _newest(workspace: Workspace) -> RunRecord:
    """Give the plan that was kept last, in the order of the audit: a clock may go back."""
    runs = {
        run.run_id: run
        for run in list_runs(workspace.register, command=COMMAND)
        if run.finished_at is not None
    }
    acts = list_audit(workspace.register, object_kind="run")
    kept = [row.act.object_id for row in acts if row.act.object_id in runs]
    if kept:
        return runs[kept[-1]]
    raise MissingError(
        "the workspace holds no plan",
        why="none has been made yet",
        fix="run: signoff plan BRIEF.toml",
    )


def _plan_lines(plan: CampaignPlan) -> list[dict[str, Any]]:
    return [
        {
            "plan_id": plan.run_id,
            "venue_id": line.venue_id,
            "units": line.units,
            "unit_price": line.unit_price,
            "spend": line.spend,
            "currency": line.currency,
        }
        for line in plan.venues.lines
        if line.in_plan
    ]


def _forecasts(plan: CampaignPlan) -> list[dict[str, Any]]:
    expected = [("objective", "all", plan.venues.result)]
    expected += [("reach_share", role.role, role.reach) for role in plan.venues.reach_by_role]
    return [
        {
            "plan_id": plan.run_id,
            "measure": measure,
            "item": item,
            "value": estimate.value,
            "low": estimate.low,
            "high": estimate.high,
            "level_share": estimate.level_share,
        }
        for measure, item, estimate in expected
    ]
