"""One job: its steps, how far it is, what came of it; cancelled and resumed here."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from signoff.app.jobs import (
    JobFault,
    JobState,
    JobView,
    cancel_job,
    living_workers,
    look_at_job,
    resume_job,
)
from signoff.app.web.jobs.outcome import outcome_address, outcome_facts
from signoff.app.web.jobs.stopping import may_stop, require_stopping
from signoff.app.web.jobs.words import STATE_WORDS, kind_word, step_word
from signoff.app.web.pages import role_of
from signoff.app.web.place import current_workspace
from signoff.app.web.rights import Right, has_right

__all__ = ["cancel", "resume", "show_job"]

TONES = {"done": "good", "failed": "bad", "cancelled": "caution", "waiting": "quiet"}

HIDDEN = JobFault(
    what="the job failed",
    why="what exactly went wrong may repeat a contact's data, which your role does not show",
    fix="ask a planner or an owner to look at it",
)


def show_job(request: HttpRequest, job_id: str) -> HttpResponse:
    """Show a job; asked by htmx, the part that changes."""
    job = look_at_job(current_workspace(), job_id)
    is_part = bool(request.headers.get("HX-Request"))
    template = "jobs/_job.html" if is_part else "jobs/show.html"
    context = _context(job, shows_cells=has_right(role_of(request), Right.SEE_PERSONS))
    context["may_stop"] = may_stop(role_of(request), job)
    return render(request, template, context)


def cancel(request: HttpRequest, job_id: str) -> HttpResponse:
    """Cancel a job."""
    require_stopping(role_of(request), look_at_job(current_workspace(), job_id))
    cancel_job(current_workspace(), job_id, by=request.user.email)
    return redirect("jobs:show", job_id)


def resume(request: HttpRequest, job_id: str) -> HttpResponse:
    """Go on with a cancelled job, or try a failed one again."""
    require_stopping(role_of(request), look_at_job(current_workspace(), job_id))
    return redirect("jobs:show", resume_job(current_workspace(), job_id, by=request.user.email))


def _context(job: JobView, *, shows_cells: bool) -> dict[str, Any]:
    state = job.state.value
    fault = job.fault if shows_cells or job.fault is None else HIDDEN
    return {
        "job": job,
        "kind": kind_word(job.kind),
        "state": STATE_WORDS[state],
        "tone": TONES.get(state, ""),
        "step": step_word(job.step),
        "is_alone": job.state is JobState.WAITING and not living_workers(current_workspace()),
        "steps": [
            {"word": step_word(step.name), "state": step.state, "said": STATE_WORDS[step.state]}
            for step in job.steps()
        ],
        "facts": outcome_facts(job),
        "address": outcome_address(job),
        "fault": fault,
        "faults": fault.faults if fault else (),
    }
