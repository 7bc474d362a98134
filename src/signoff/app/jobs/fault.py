"""What went wrong with a job, kept where erasing a person looks: a fault may repeat a cell."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from signoff.errors import Fault, SignoffError
from signoff.store.jobs import job_faults_folder
from signoff.store.workspace import Workspace

__all__ = ["MISTAKE", "JobFault", "drop_fault", "keep_fault", "load_fault"]

MOST_FAULTS = 50


@dataclass(frozen=True)
class JobFault:
    """Why a job failed.

    Attributes:
        what: What is wrong.
        why: Why it cannot be used.
        fix: What to do about it.
        where: The place.
        step: The step that failed.
        faults: The single faults, where there are several; the first fifty.
    """

    what: str
    why: str
    fix: str
    where: str = ""
    step: str = ""
    faults: tuple[Fault, ...] = ()


MISTAKE = JobFault(
    what="Signoff made a mistake",
    why="the fault is ours, not yours; what was kept before is as it was",
    fix="try again; if it happens again, whoever runs this server finds the details in its log",
)
LOST = JobFault(
    what="the details of this fault are gone",
    why="its file was removed, perhaps because it named somebody who was erased",
    fix="start the job again to see what is wrong",
)


def keep_fault(workspace: Workspace, job_id: str, *, step: str, error: Exception) -> None:
    """Keep why a job failed.

    Args:
        workspace: The workspace.
        job_id: The job.
        step: The step that failed.
        error: What was raised; of an error that is not ours only that there was one is kept.
    """
    fault = asdict(MISTAKE)
    if isinstance(error, SignoffError):
        others = [one for one in error.faults if one != error.fault][:MOST_FAULTS]
        fault = {**asdict(error.fault), "faults": [asdict(one) for one in others]}
    path = _path(workspace, job_id)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    draft = path.with_suffix(".unfinished")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps({**fault, "step": step}, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)


def load_fault(workspace: Workspace, job_id: str, *, step: str) -> JobFault:
    """Give why a job failed.

    Args:
        workspace: The workspace.
        job_id: The job.
        step: The step that failed.
    """
    try:
        kept = json.loads(_path(workspace, job_id).read_text(encoding="utf-8"))
        faults = tuple(Fault(**one) for one in kept.pop("faults"))
        return JobFault(**kept, faults=faults)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return JobFault(**{**asdict(LOST), "step": step})


def drop_fault(workspace: Workspace, job_id: str) -> None:
    """Remove what is kept of a job that is no longer listed."""
    _path(workspace, job_id).unlink(missing_ok=True)


def _path(workspace: Workspace, job_id: str) -> Path:
    return job_faults_folder(workspace) / f"{job_id}.json"
