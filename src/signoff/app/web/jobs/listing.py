"""The list of jobs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from signoff.app.jobs import JobView, list_jobs
from signoff.app.web.jobs.words import KIND_WORDS, STATE_WORDS, step_word
from signoff.app.web.place import current_workspace
from signoff.app.web.tables import Head, export_table, show_table

__all__ = ["show_jobs"]


def show_jobs(request: HttpRequest) -> HttpResponse:
    """Show the jobs, the one asked for last first."""
    jobs = list_jobs(current_workspace())
    rows, heads = [_row(job) for job in jobs], _heads()
    if form := request.GET.get("export"):
        return export_table(request, rows, name="jobs", heads=heads, form=form)
    caption = _("The jobs of the last 90 days, the one asked for last first; 200 at most.")
    table = show_table(request, rows, name="jobs", caption=caption, heads=heads)
    context = {"table": table, "n_jobs": len(jobs), "is_any": any(map(_is_running, jobs))}
    return render(request, "jobs/list.html", context)


def _is_running(job: JobView) -> bool:
    return not job.state.is_over


def _row(job: JobView) -> dict[str, Any]:
    return {
        "job_id": job.job_id,
        "asked_at": job.asked_at,
        "kind": job.kind,
        "state": job.state.value,
        "step": step_word(job.step) if job.step and not job.state.is_over else "",
        "n_rows": job.n_rows or None if not job.state.is_over else None,
        "by": job.by,
        "finished_at": job.finished_at,
    }


def _heads() -> Sequence[Head]:
    return (
        Head("asked_at", _("Asked for at"), kind="moment", address=_address),
        Head("kind", _("Job"), choices=tuple(KIND_WORDS.items())),
        Head("state", _("State"), choices=tuple(STATE_WORDS.items())),
        Head("step", _("Step")),
        Head("n_rows", _("Rows done"), kind="number"),
        Head("by", _("Asked for by")),
        Head("finished_at", _("Ended at"), kind="moment"),
    )


def _address(row: Mapping[str, Any]) -> str:
    return reverse("jobs:show", args=[row["job_id"]])
