"""Load the sample campaign with one press, and take it back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from signoff.app.jobs import list_jobs, start_job
from signoff.app.web.place import current_workspace
from signoff.plan import sample_imports
from signoff.store.register import ImportState, list_imports

__all__ = ["load", "running_sample", "sample_state", "take_back"]


def load(request: HttpRequest) -> HttpResponse:
    """Start the job that loads the sample campaign and plans from it."""
    return _start(request, "load_sample")


def take_back(request: HttpRequest) -> HttpResponse:
    """Start the job that takes the sample campaign back."""
    return _start(request, "undo_sample")


def sample_state() -> str:
    """Say whether the sample is loaded, could be, or must not mix with facts of one's own."""
    workspace = current_workspace()
    if sample_imports(workspace):
        return "loaded"
    live = list_imports(workspace.register, state=ImportState.LIVE)
    return "refused" if any(not entry.is_derived for entry in live) else "possible"


def running_sample() -> str:
    """Give the job that loads the sample or takes it back, where one is under way."""
    jobs = list_jobs(current_workspace(), unfinished=True, limit=20)
    kinds = {"load_sample", "undo_sample"}
    return next((job.job_id for job in jobs if job.kind in kinds), "")


def _start(request: HttpRequest, kind: str) -> HttpResponse:
    """Start a job, unless one of the two is under way already: then show that."""
    job_id = running_sample() or start_job(
        current_workspace(), kind, inputs={}, by=request.user.email
    )
    return redirect("jobs:show", job_id)
