"""Plans in one line each, as a list of them shows."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from signoff.results import Estimate
from signoff.store.register import RunRecord, list_audit, list_runs, load_document, load_run
from signoff.store.workspace import Workspace

__all__ = ["PlanSummary", "list_plan_runs", "summarise_plan"]

COMMAND = "plan"


@dataclass(frozen=True)
class PlanSummary:
    """What a list of plans says of one.

    Attributes:
        run_id: The run that made it.
        made_at: When, in UTC.
        by: Who asked for it.
        as_of: The day that counts as today.
        brief_name: Name of the brief.
        brief_version: Version of the brief.
        objective: leads, conversions or traffic.
        target: Target of the brief for that objective.
        budget: Most that may be spent.
        spend: What it spends.
        currency: Currency of both.
        n_venues: Venues in it.
        result: What it is expected to bring.
        result_unit: weighted_accounts or people.
        gap_share: How much more the best plan could bring, as a share of it.
        lake_snapshot: Snapshot of the lake that it was made from.
        seed: Seed of all chance in it.
        package_version: Version of Signoff.
    """

    run_id: str
    made_at: datetime
    by: str
    as_of: date
    brief_name: str
    brief_version: int
    objective: str
    target: int
    budget: Decimal
    spend: Decimal
    currency: str
    n_venues: int
    result: Estimate
    result_unit: str
    gap_share: float
    lake_snapshot: int
    seed: int
    package_version: str


def list_plan_runs(workspace: Workspace) -> list[RunRecord]:
    """Give the runs that made a plan, the one kept last first, in the order of the audit.

    Args:
        workspace: The workspace.

    Returns:
        The finished runs; none in a workspace without a plan.

    Call it so: `list_plan_runs(workspace)[0].run_id` for the newest.
    """
    runs = {
        run.run_id: run
        for run in list_runs(workspace.register, command=COMMAND)
        if run.finished_at is not None
    }
    acts = [row.act.object_id for row in list_audit(workspace.register, object_kind="run")]
    kept = dict.fromkeys(name for name in reversed(acts) if name in runs)
    return [runs[name] for name in kept]


def summarise_plan(workspace: Workspace, *, run_id: str) -> PlanSummary:
    """Give one plan in one line.

    Args:
        workspace: The workspace.
        run_id: Its run, or the first characters of the id.

    Returns:
        Its brief, money, result with interval, and gap.

    Raises:
        DataError: there is no such plan.

    Call it so: `summarise_plan(workspace, run_id="7f3a09c2").result`.
    """
    run = load_run(workspace.register, run_id)
    kept = load_document(workspace.register, kind="plan", name=run.run_id)
    body, venues = kept.body, kept.body["venues"]
    return PlanSummary(
        run_id=run.run_id,
        made_at=datetime.fromisoformat(body["made_at"]),
        by=kept.author,
        as_of=date.fromisoformat(body["as_of"]),
        brief_name=body["brief_name"],
        brief_version=body["brief_version"],
        objective=venues["objective"],
        target=body["brief"]["objective"]["target"],
        budget=Decimal(venues["budget"]),
        spend=Decimal(venues["total_spend"]),
        currency=venues["currency"],
        n_venues=sum(line["in_plan"] for line in venues["lines"]),
        result=_estimate(venues["result"]),
        result_unit=venues["result_unit"],
        gap_share=float(venues["gap_share"]),
        lake_snapshot=body["lake_snapshot"],
        seed=body["seed"],
        package_version=body["package_version"],
    )


def _estimate(body: dict[str, Any]) -> Estimate:
    return Estimate(
        value=float(body["value"]),
        low=float(body["low"]),
        high=float(body["high"]),
        level_share=float(body["level_share"]),
    )
