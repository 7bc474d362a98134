"""One plan: its report in the page, and everything that can be done with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from signoff.app.web.plans.downloads import FORMS
from signoff.app.web.plans.listing import summary_of
from signoff.app.web.plans.report_page import body_of_text, kept_text, plan_of, reader_language
from signoff.app.web.plans.whereabouts import first_address
from signoff.report import BodyLinks

__all__ = ["show_plan"]


def show_plan(request: HttpRequest, run_id: str) -> HttpResponse:
    """Show a plan as its report, in the reader's language."""
    text = kept_text(run_id)
    plan = plan_of(text)
    links = BodyLinks(
        why=reverse("plans:why", args=[plan.run_id]),
        tables=reverse("plans:table", args=[plan.run_id]),
    )
    context = {
        "plan": plan,
        "summary": summary_of(plan.run_id),
        "body": body_of_text(text, reader_language(), links=links),
        "forms": FORMS,
        "brief_address": first_address(("documents:show", ["brief", plan.brief_name])),
        "share_address": first_address(("sharing:new", [plan.run_id])),
        "venues_address": first_address(("venues:planner", [plan.run_id])),
    }
    return render(request, "plans/plan.html", context)
