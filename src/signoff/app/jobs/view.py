"""A job as people see it: what it does, for whom, how far it is, what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from signoff.app.jobs.fault import MISTAKE, JobFault, load_fault
from signoff.app.jobs.kind import Result
from signoff.app.jobs.registry import KINDS
from signoff.store.workspace import Workspace

if TYPE_CHECKING:
    from dbos import WorkflowStatus

__all__ = ["JobState", "JobStep", "JobView", "view_job"]

WORN_OUT = JobFault(
    what="the job was given up",
    why="its worker died each time that it was begun",
    fix="see that the machine has memory and disk to spare, then try again",
)


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens by itself."""
        return self not in {JobState.WAITING, JobState.RUNNING}


STATES = {
    "ENQUEUED": JobState.WAITING,
    "DELAYED": JobState.WAITING,
    "PENDING": JobState.RUNNING,
    "SUCCESS": JobState.DONE,
    "ERROR": JobState.FAILED,
    "CANCELLED": JobState.CANCELLED,
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": JobState.FAILED,
}


@dataclass(frozen=True)
class JobStep:
    """One line of a job's list of steps: its name, and waiting, running, done or failed."""

    name: str
    state: str


@dataclass(frozen=True)
class JobView:
    """One job.

    Attributes:
        job_id: Its id, 32 hexadecimal digits.
        kind: What it does; a key of KINDS.
        by: Who asked for it.
        state: waiting, running, done, failed or cancelled.
        inputs: Ids and choices that it was started with.
        step: Name of the step that runs, ran last or failed; empty before the first.
        step_number: Its number, from 1; 0 before the first.
        n_steps: How many there are.
        n_rows: Rows of the step that are done.
        n_total: Rows of the step there are; 0 when nobody knows.
        asked_at: When it was asked for, UTC.
        started_at: When a worker took it up, UTC.
        finished_at: When it ended, UTC.
        result: Ids and counts that came of it.
        fault: Why it failed.
    """

    job_id: str
    kind: str
    by: str
    state: JobState
    inputs: Mapping[str, str]
    step: str
    step_number: int
    n_steps: int
    n_rows: int
    n_total: int
    asked_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    result: Result = field(default_factory=dict)
    fault: JobFault | None = None

    def steps(self) -> list[JobStep]:
        """Give every step with where it stands."""
        names = KINDS[self.kind].phases if self.kind in KINDS else ()
        if self.state is JobState.DONE:
            return [JobStep(name, "done") for name in names]
        here = {JobState.RUNNING: "running", JobState.FAILED: "failed"}.get(self.state, "waiting")
        return [
            JobStep(name, "done" if place < self.step_number else here)
            if place <= self.step_number
            else JobStep(name, "waiting")
            for place, name in enumerate(names, start=1)
        ]


def view_job(
    workspace: Workspace, status: "WorkflowStatus", *, progress: Mapping[str, Any]
) -> JobView:
    """Give a job as people see it.

    Args:
        workspace: The workspace.
        status: What the library keeps of it.
        progress: What it told last.
    """
    kind, inputs, by = _arguments(status)
    output = status.output if isinstance(status.output, dict) else {}
    failed = output.get("failed", "")
    state = JobState.FAILED if failed else STATES[status.status]
    phases = KINDS[kind].phases if kind in KINDS else ()
    is_done = state is JobState.DONE
    step = (phases[-1] if phases else "") if is_done else progress.get("step", failed)
    return JobView(
        job_id=status.workflow_id,
        kind=kind,
        by=by,
        state=state,
        inputs=inputs,
        step=step,
        step_number=len(phases) if is_done else progress.get("number", 0),
        n_steps=len(phases),
        n_rows=progress.get("n_rows", 0),
        n_total=progress.get("n_total", 0),
        asked_at=_moment(status.created_at) or datetime.now(UTC),
        started_at=_moment(status.dequeued_at),
        finished_at=_moment(status.completed_at) if state.is_over else None,
        result=output.get("result", {}),
        fault=_fault(workspace, status, state=state, failed=failed),
    )


def _fault(
    workspace: Workspace, status: "WorkflowStatus", *, state: JobState, failed: str
) -> JobFault | None:
    if state is not JobState.FAILED:
        return None
    if status.status == "MAX_RECOVERY_ATTEMPTS_EXCEEDED":
        return WORN_OUT
    if status.status == "ERROR":
        return MISTAKE
    return load_fault(workspace, status.workflow_id, step=failed)


def _arguments(status: "WorkflowStatus") -> tuple[str, dict[str, str], str]:
    found = status.input["args"] if status.input else ()
    kind, inputs, by = (*found, "", {}, "")[:3] if len(found) == 3 else ("", {}, "")
    return str(kind), dict(inputs), str(by)


def _moment(milliseconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC) if milliseconds else None
