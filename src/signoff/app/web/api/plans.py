"""Plans through the API: made as a job, read whole, and where each number comes from."""

import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from signoff.app.web.api.bearer import Bearer
from signoff.app.web.api.problems import PROBLEMS
from signoff.app.web.place import current_workspace
from signoff.app.web.rights import Right
from signoff.plan import load_plan, write_plan
from signoff.report import media_plan_rows
from signoff.store.register import RunRecord, list_runs

__all__ = ["router"]

router = Router(tags=["plans"])
LARGEST_SEED = 2**63 - 1


class RunOut(Schema):
    """One run that made a plan."""

    run_id: str
    started_at: datetime
    finished_at: datetime | None
    lake_snapshot: int
    documents: dict[str, int]
    seed: int
    package_version: str


@router.get(
    "/plans",
    response={200: list[RunOut], **PROBLEMS},
    auth=Bearer(Right.SEE),
    summary="The runs that made a plan, newest first",
)
def list_plans(request: HttpRequest) -> list[RunRecord]:
    """Give the finished runs."""
    runs = list_runs(current_workspace().register, command="plan")
    return [run for run in runs if run.finished_at]


@router.get(
    "/plans/{run_id}",
    response={200: dict[str, Any], **PROBLEMS},
    auth=Bearer(Right.SEE),
    summary="One plan, whole",
)
def show_plan(request: HttpRequest, run_id: str) -> dict[str, Any]:
    """Give a plan as it was kept."""
    kept: dict[str, Any] = json.loads(write_plan(load_plan(current_workspace(), run_id=run_id)))
    return kept


@router.get(
    "/plans/{run_id}/media-plan",
    response={200: list[dict[str, Any]], **PROBLEMS},
    auth=Bearer(Right.SEE),
    summary="The venues to book, one row for each",
)
def show_media_plan(request: HttpRequest, run_id: str) -> list[dict[str, Any]]:
    """Give the media plan of a plan."""
    plan = load_plan(current_workspace(), run_id=run_id)
    return [dict(row) for row in media_plan_rows(plan)]
