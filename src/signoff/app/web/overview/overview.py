"""The first page: where the campaign stands, what needs attention, what comes next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from signoff.app.web.estimates import write_estimate
from signoff.app.web.measure.newest import newest_text
from signoff.app.web.overview.attention import list_concerns
from signoff.app.web.overview.questions import list_questions
from signoff.app.web.overview.sample import running_sample, sample_state
from signoff.app.web.overview.standing import stand
from signoff.app.web.overview.steps import list_steps
from signoff.app.web.pages import role_of
from signoff.app.web.plans.report_page import plan_of

__all__ = ["show_overview"]


def show_overview(request: HttpRequest) -> HttpResponse:
    """Show where the campaign stands and what needs attention."""
    text = newest_text()
    plan = plan_of(text) if text else None
    context: dict[str, Any] = {
        "plan": plan,
        "standing": stand(plan) if plan else None,
        "result": write_estimate(plan.venues.result) if plan else None,
        "concerns": list_concerns(plan, role_of(request)),
        "questions": list_questions(plan, language=get_language() or "en"),
        "sample": sample_state(),
        "sample_job": running_sample(),
        "steps": [] if plan else list_steps(has_plan=False),
    }
    return render(request, "overview/overview.html", context)
