"""Jobs through the API: how far each is, what came of it, and stopping it."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Router, Schema

from signoff.app.jobs import JobView, cancel_job, list_jobs, look_at_job
from signoff.app.web.api.bearer import Bearer, author
from signoff.app.web.api.problems import PROBLEMS, FaultOut
from signoff.app.web.jobs.stopping import require_stopping
from signoff.app.web.place import current_workspace
from signoff.app.web.rights import Right, Role

__all__ = ["JobOut", "JobStarted", "router"]

router = Router(tags=["jobs"])


class JobStarted(Schema):
    """A job that was asked for; look at it until it is over."""

    job_id: str


class JobOut(Schema):
    """One job."""

    job_id: str
    kind: str
    by: str
    state: str
    step: str
    step_number: int
    n_steps: int
    n_rows: int
    n_total: int
    asked_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    result: dict[str, Any]
    fault: FaultOut | None


@router.get(
    "/jobs",
    response={200: list[JobOut], **PROBLEMS},
    auth=Bearer(Right.SEE),
    summary=gettext_noop("Jobs, the one asked for last first"),
)
def list_all(request: HttpRequest, unfinished: bool = False) -> list[JobView]:  # noqa: FBT002 - a parameter of the address
    """Give the jobs."""
    return list_jobs(current_workspace(), unfinished=unfinished)


@router.get(
    "/jobs/{job_id}",
    response={200: JobOut, **PROBLEMS},
    auth=Bearer(Right.SEE),
    summary=gettext_noop("One job"),
)
def show_job(request: HttpRequest, job_id: str) -> JobView:
    """Give one job."""
    return look_at_job(current_workspace(), job_id)


@router.post(
    "/jobs/{job_id}/cancel",
    response={200: JobOut, **PROBLEMS},
    auth=Bearer(Right.PLAN),
    summary=gettext_noop("Cancel a job; what its running step has begun is taken back"),
)
def stop_job(request: HttpRequest, job_id: str) -> JobView:
    """Cancel a job."""
    require_stopping(Role(request.auth.role), look_at_job(current_workspace(), job_id))
    return cancel_job(current_workspace(), job_id, by=author(request))
