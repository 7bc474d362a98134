"""The job that backs the workspace up."""

from signoff.app.jobs.kind import JobKind, Result, Step, Work
from signoff.store.backups.backup import back_up

__all__ = ["BACKUP"]


def _back_up(work: Work) -> Result:
    work.tell("back_up")
    name = f"{work.asked_at:%Y-%m-%d-%H%M}-{work.job_id[:8]}.backup"
    path = work.workspace.backups_dir / name
    if not path.exists():
        back_up(work.workspace, path, by=work.by)
    return {"file": name, "n_bytes": path.stat().st_size}


BACKUP = JobKind("backup", (Step("back_up", _back_up),))
