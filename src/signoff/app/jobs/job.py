"""Start, list, cancel and resume jobs; whoever serves pages only asks, workers do the work."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

from signoff.app.jobs.place import QUEUE, jobs_client
from signoff.app.jobs.registry import find_kind
from signoff.app.jobs.view import JobState, JobView, view_job
from signoff.errors import DataError, MissingError
from signoff.store.register import Act, write_audit
from signoff.store.workspace import Workspace

__all__ = ["WORKFLOW", "cancel_job", "list_jobs", "look_at_job", "resume_job", "start_job"]

WORKFLOW = "job"
PROGRESS = "progress"
MOST_LISTED = 200
UNFINISHED = ("ENQUEUED", "DELAYED", "PENDING")


def start_job(workspace: Workspace, kind: str, *, inputs: Mapping[str, str], by: str) -> str:
    """Ask for a job; a worker takes it up.

    Args:
        workspace: The workspace.
        kind: A key of KINDS.
        inputs: Ids and choices, never anything personal: they stand in the jobs' tables.
        by: Who asks.

    Returns:
        Its id.

    Raises:
        DataError: there is no such kind, or it does not take these inputs.
    """
    find_kind(kind).check(inputs)
    job_id = uuid.uuid4().hex
    _audit(workspace, job_id, action="started", by=by, kind=kind)
    jobs_client(workspace).enqueue(
        {
            "workflow_name": WORKFLOW,
            "queue_name": QUEUE,
            "workflow_id": job_id,
            "authenticated_user": by,
        },
        kind,
        dict(inputs),
        by,
    )
    return job_id


def list_jobs(
    workspace: Workspace, *, by: str = "", unfinished: bool = False, limit: int = MOST_LISTED
) -> list[JobView]:
    """List jobs, the one asked for last first.

    Args:
        workspace: The workspace.
        by: Only those that this member asked for.
        unfinished: Only those that wait or run.
        limit: At most so many.

    Returns:
        The jobs.
    """
    client = jobs_client(workspace)
    found = client.list_workflows(
        name=WORKFLOW,
        user=by or None,
        status=list(UNFINISHED) if unfinished else None,
        limit=limit,
        sort_desc=True,
    )
    return [
        view_job(
            workspace,
            status,
            progress=_progress(workspace, status.workflow_id) if status.status != "SUCCESS" else {},
        )
        for status in found
    ]


def look_at_job(workspace: Workspace, job_id: str) -> JobView:
    """Give one job.

    Args:
        workspace: The workspace.
        job_id: Its id.

    Raises:
        MissingError: there is none.
    """
    found = jobs_client(workspace).list_workflows(workflow_ids=[job_id], name=WORKFLOW)
    if not found:
        raise MissingError(
            f"there is no job {job_id[:40]!r}",
            why="it was never started, or it ended long ago and is no longer kept",
            fix="see the list of jobs",
        )
    return view_job(workspace, found[0], progress=_progress(workspace, job_id))


def cancel_job(workspace: Workspace, job_id: str, *, by: str) -> JobView:
    """Cancel a job: what the step that runs has begun is taken back, earlier steps stay.

    Args:
        workspace: The workspace.
        job_id: Its id.
        by: Who cancels.

    Returns:
        The job.

    Raises:
        DataError: there is none, or it is over already.
    """
    job = look_at_job(workspace, job_id)
    if job.state.is_over:
        raise DataError(
            "the job cannot be cancelled",
            why=f"it is over already: it is {job.state.value}",
            fix="look at what came of it",
        )
    _audit(workspace, job_id, action="cancelled", by=by, kind=job.kind)
    jobs_client(workspace).cancel_workflow(job_id)
    return look_at_job(workspace, job_id)


def resume_job(workspace: Workspace, job_id: str, *, by: str) -> str:
    """Go on with a cancelled job after its last finished step, or try a failed one again.

    Args:
        workspace: The workspace.
        job_id: Its id.
        by: Who resumes.

    Returns:
        The id of the job that runs: the same, or that of a new one with the same inputs in place
        of a failed one.

    Raises:
        DataError: there is none, or it neither failed nor was cancelled.
    """
    job = look_at_job(workspace, job_id)
    if job.state is JobState.FAILED:
        return start_job(workspace, job.kind, inputs=job.inputs, by=by)
    if job.state is not JobState.CANCELLED:
        raise DataError(
            "the job cannot be resumed",
            why=f"it is {job.state.value}",
            fix="wait for its end, or start another one",
        )
    _audit(workspace, job_id, action="resumed", by=by, kind=job.kind)
    jobs_client(workspace).resume_workflow(job_id, queue_name=QUEUE)
    return job_id


def _progress(workspace: Workspace, job_id: str) -> Mapping[str, str | int]:
    found = jobs_client(workspace).get_event(job_id, PROGRESS, timeout_seconds=0)
    return found if isinstance(found, dict) else {}


def _audit(workspace: Workspace, job_id: str, *, action: str, by: str, kind: str) -> None:
    act = Act(by, datetime.now(UTC), action, "job", job_id, {"kind": kind})
    with workspace.register.begin() as connection:
        write_audit(workspace.register, connection, act=act)
