"""What the bar of every page says of the member's jobs: how many run, and which have ended."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from signoff.app.jobs import list_jobs, look_at_job
from signoff.app.web.jobs.outcome import outcome_address
from signoff.app.web.jobs.words import STATE_WORDS, kind_word
from signoff.app.web.place import current_workspace
from signoff.errors import MissingError

__all__ = ["show_badge"]

ID = re.compile(r"[0-9a-f]{32}")
MOST = 20


def show_badge(request: HttpRequest) -> HttpResponse:
    """Show how many jobs of the member run; announce those that ran when last asked.

    The page remembers which ran and sends their ids along as `seen`.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    workspace = current_workspace()
    running = list_jobs(workspace, by=request.user.email, unfinished=True, limit=MOST)
    now = {job.job_id for job in running}
    seen = [name for name in request.GET.get("seen", "").split(",") if ID.fullmatch(name)][:MOST]
    ended = [_ended(job_id) for job_id in seen if job_id not in now]
    context = {
        "n_running": len(running),
        "running": ",".join(sorted(now)),
        "ended": [one for one in ended if one],
    }
    return render(request, "jobs/_badge.html", context)


def _ended(job_id: str) -> dict[str, Any] | None:
    try:
        job = look_at_job(current_workspace(), job_id)
    except MissingError:
        return None
    if not job.state.is_over:
        return None
    return {
        "job_id": job.job_id,
        "kind": kind_word(job.kind),
        "state": STATE_WORDS[job.state.value],
        "is_done": job.state.value == "done",
        "address": outcome_address(job),
    }
