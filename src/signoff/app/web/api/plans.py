"""Plans through the API: made as a job, read whole, and where each number comes from."""

import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Router, Schema, Status
from pydantic import Field

from signoff.app.jobs import start_job
from signoff.app.web.api.bearer import Bearer, author
from signoff.app.web.api.jobs import JobStarted
from signoff.app.web.api.problems import PROBLEMS
from signoff.app.web.place import current_workspace
from signoff.app.web.rights import Right
from signoff.plan import load_plan, write_plan
from signoff.report import media_plan_rows
from signoff.store.register import RunRecord, list_runs, load_document

__all__ = ["router"]

router = Router(tags=["plans"])
LARGEST_SEED = 10**18 - 1


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
    summary=gettext_noop("The runs that made a plan, newest first"),
)
def list_plans(request: HttpRequest) -> list[RunRecord]:
    """Give the finished runs."""
    runs = list_runs(current_workspace().register, command="plan")
    return [run for run in runs if run.finished_at]


class PlanIn(Schema):
    """What to plan from."""

    brief: str = Field(max_length=400, description="Name of a kept brief.")
    seed: int = Field(1, ge=0, le=LARGEST_SEED)


@router.post(
    "/plans",
    response={202: JobStarted, **PROBLEMS},
    auth=Bearer(Right.PLAN),
    summary=gettext_noop("Make a plan from a kept brief, as a job"),
)
def make_one(request: HttpRequest, sent: PlanIn) -> Status[dict[str, str]]:
    """Ask for a plan; the job's result names its run."""
    workspace = current_workspace()
    load_document(workspace.register, kind="brief", name=sent.brief)
    inputs = {"brief": sent.brief, "seed": str(sent.seed)}
    job_id = start_job(workspace, "make_plan", inputs=inputs, by=author(request))
    return Status(202, {"job_id": job_id})


@router.get(
    "/plans/{run_id}",
    response={200: dict[str, Any], **PROBLEMS},
    auth=Bearer(Right.SEE),
    summary=gettext_noop("One plan, whole"),
)
def show_plan(request: HttpRequest, run_id: str) -> dict[str, Any]:
    """Give a plan as it was kept."""
    kept: dict[str, Any] = json.loads(write_plan(load_plan(current_workspace(), run_id=run_id)))
    return kept


@router.get(
    "/plans/{run_id}/media-plan",
    response={200: list[dict[str, Any]], **PROBLEMS},
    auth=Bearer(Right.SEE),
    summary=gettext_noop("The venues to book, one row for each"),
)
def show_media_plan(request: HttpRequest, run_id: str) -> list[dict[str, Any]]:
    """Give the media plan of a plan."""
    plan = load_plan(current_workspace(), run_id=run_id)
    return [dict(row) for row in media_plan_rows(plan)]
