"""Ask for a plan, or for one to be made again: both are jobs."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from signoff.app.jobs import JobView, list_jobs, start_job
from signoff.app.web.place import current_workspace
from signoff.app.web.plans.listing import summary_of
from signoff.app.web.plans.whereabouts import first_address
from signoff.plan import list_plan_runs
from signoff.store.register import Version, list_documents, load_run

__all__ = ["PlanForm", "make_again", "new_plan"]

LARGEST_SEED = 10**18 - 1


class PlanForm(forms.Form):
    """What a plan is made from, besides the facts."""

    brief = forms.ChoiceField(
        label=_("Brief"), help_text=_("The newest version of it is planned from.")
    )
    as_of = forms.DateField(
        label=_("Day that counts as today"),
        help_text=_("What is past and what is to come is told from it."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    seed = forms.IntegerField(
        label=_("Seed of all chance"),
        help_text=_("The same seed, brief, day and facts give the same plan to the last digit."),
        min_value=0,
        max_value=LARGEST_SEED,
    )

    def __init__(self, *values: Any, briefs: Sequence[Version], **named: Any) -> None:
        super().__init__(*values, **named)
        choices = [(one.name, f"{one.name} ({one.version})") for one in briefs]
        self.fields["brief"].choices = choices


def new_plan(request: HttpRequest) -> HttpResponse:
    """Ask what to plan from; sent, start the job that makes the plan."""
    workspace = current_workspace()
    briefs = list_documents(workspace.register, kind="brief")
    start = {
        "as_of": datetime.now(UTC).date(),
        "seed": 1,
        "brief": request.GET.get("brief", ""),
    }
    form = PlanForm(request.POST or None, briefs=briefs, initial=start)
    if request.method == "POST" and form.is_valid():
        inputs = {name: str(value) for name, value in form.cleaned_data.items()}
        job_id = start_job(workspace, "make_plan", inputs=inputs, by=request.user.email)
        return redirect(_address_of_job(job_id))
    context = {
        "form": form,
        "briefs": briefs,
        "new_brief_address": first_address(("documents:new", ["brief"])),
        "has_plans": bool(list_plan_runs(workspace)),
    }
    status = 400 if form.is_bound else 200
    return render(request, "plans/new.html", context, status=status)


def make_again(request: HttpRequest, run_id: str) -> HttpResponse:
    """Say whether a plan came out the same when it was made again; sent, make it again."""
    workspace = current_workspace()
    run = load_run(workspace.register, run_id)
    if request.method == "POST":
        inputs = {"run_id": run.run_id}
        job_id = start_job(workspace, "repeat_plan", inputs=inputs, by=request.user.email)
        return redirect(_address_of_job(job_id))
    context = {"plan": summary_of(run.run_id), "jobs": _repetitions(run.run_id)}
    return render(request, "plans/again.html", context)


def _repetitions(run_id: str) -> list[JobView]:
    """Give the jobs that made a plan again, the newest first."""
    jobs = list_jobs(current_workspace())
    return [
        job for job in jobs if job.kind == "repeat_plan" and job.inputs.get("run_id") == run_id
    ][:5]


def _address_of_job(job_id: str) -> str:
    """Give the page that follows a job."""
    return first_address(("jobs:show", [job_id]), ("plans:plans", []))
