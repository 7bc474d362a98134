"""How a worker does one job: step by step, each recorded when it is done."""

import logging
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from signoff.app.jobs.fault import keep_fault
from signoff.app.jobs.job import PROGRESS, WORKFLOW
from signoff.app.jobs.kind import JobKind, Result, Step, Work
from signoff.app.jobs.place import jobs_client
from signoff.app.jobs.progress import JobStopped, Progress
from signoff.app.jobs.registry import find_kind
from signoff.errors import SignoffError
from signoff.store.workspace import Workspace

if TYPE_CHECKING:
    from dbos import WorkflowStatus

__all__ = ["MOST_ATTEMPTS", "register_workflow"]

MOST_ATTEMPTS = 10
log = logging.getLogger("signoff.jobs")


def register_workflow(workspace: Workspace, *, is_stopping: Callable[[], bool]) -> None:
    """Teach the library of this process how jobs of a workspace are done.

    Args:
        workspace: The workspace.
        is_stopping: Says whether the worker is to stop; its jobs then go on at its next start.
    """
    from dbos import DBOS

    @DBOS.workflow(name=WORKFLOW, max_recovery_attempts=MOST_ATTEMPTS)
    def job(kind: str, inputs: dict[str, str], by: str) -> dict[str, Any]:
        job_id = str(DBOS.workflow_id)
        try:
            order = _Order(workspace, job_id, find_kind(kind), inputs, by, is_stopping)
        except SignoffError as error:
            keep_fault(workspace, job_id, step="", error=error)
            return {"failed": "start"}
        found: dict[str, Any] = {}
        for step in order.kind.steps:
            outcome = DBOS.run_step({"name": step.name}, _perform, order, step, dict(found))
            if "failed" in outcome:
                return dict(outcome)
            found |= outcome["found"]
        return {"result": found}


@dataclass(frozen=True)
class _Order:
    """A job as its worker was given it."""

    workspace: Workspace
    job_id: str
    kind: JobKind
    inputs: Mapping[str, str]
    by: str
    is_stopping: Callable[[], bool]


def _perform(order: _Order, step: Step, found: Result) -> dict[str, Any]:
    """Do one step; a failure is its outcome, so that it is not tried again by itself."""
    from dbos import error as library

    # a step that was cancelled may still be taking back what it did when its job is resumed
    lock = FileLock(order.workspace.locks_dir / f"job-{order.job_id}.lock", is_singleton=False)
    try:
        with lock:
            work = _work(order, step, found)
            work.tell(step.phases[0] if step.phases else step.name)
            return {"found": dict(step.run(work))}
    except JobStopped:
        raise library.DBOSWorkflowCancelledError(f"job {order.job_id} was stopped") from None
    except library.DBOSException:
        raise
    except Exception as error:  # noqa: BLE001 - the edge of the work: whatever it is, it is told
        keep_fault(order.workspace, order.job_id, step=step.name, error=error)
        if not isinstance(error, SignoffError):
            told = (order.job_id, step.name, _trace(error))
            log.error("job %s, step %s: %s", *told)  # noqa: TRY400 - a trace repeats values of rows
        return {"failed": step.name}


def _work(order: _Order, step: Step, found: Result) -> Work:
    from dbos import DBOS

    def is_stopped() -> bool:
        if order.is_stopping():
            return True
        now = _status(order)
        return now is None or now.status == "CANCELLED"

    status = _status(order)
    return Work(
        workspace=order.workspace,
        job_id=order.job_id,
        by=order.by,
        asked_at=datetime.fromtimestamp(((status and status.created_at) or 0) / 1000, tz=UTC),
        inputs=order.inputs,
        found=found,
        tell=Progress(
            order.kind.phases,
            write=lambda told: DBOS.set_event(PROGRESS, dict(told)),
            is_stopped=is_stopped,
            step=step.name,
        ),
    )


def _status(order: _Order) -> "WorkflowStatus | None":
    found = jobs_client(order.workspace).list_workflows(
        workflow_ids=[order.job_id], load_input=False, load_output=False
    )
    return found[0] if found else None


def _trace(error: BaseException) -> str:
    """Give where an error came from, without its words: they may hold a value of a row."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__} at {places}"
