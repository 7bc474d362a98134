"""The planner: a budget slider with its curve, constraints in a form, scenarios beside the plan."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from signoff.app.jobs import start_job
from signoff.app.web.place import current_workspace
from signoff.app.web.tables import Head, Table, export_table, show_table
from signoff.app.web.venues.changes import ChangesForm
from signoff.app.web.venues.curve import draw_curve, say_result
from signoff.app.web.venues.fits import fit_of, require_fit
from signoff.app.web.venues.wanted import find_wanted
from signoff.errors import DataError, MissingError
from signoff.plan import CampaignPlan, list_scenarios, load_plan
from signoff.venues import BudgetAnswer, FittedVenues

__all__ = ["show_answer", "show_newest", "show_planner", "start_fit"]


def show_newest(request: HttpRequest) -> HttpResponse:
    """Show the planner of the newest plan, or how to come to one."""
    try:
        plan = load_plan(current_workspace())
    except MissingError:
        return render(request, "venues/none.html")
    return redirect("venues:planner", run_id=plan.run_id)


def show_planner(request: HttpRequest, run_id: str) -> HttpResponse:
    """Show a plan's venues, what another budget would bring, and its scenarios."""
    workspace = current_workspace()
    plan = load_plan(workspace, run_id=run_id)
    fitted = fit_of(plan.run_id)
    answer = fitted.at_budget(read_budget(request, fitted, plan)) if fitted else None
    rows = _venue_rows(plan, answer)
    if request.GET.get("export"):
        name, form = "venues", request.GET["export"]
        return export_table(request, rows, name=name, heads=_heads(answer), form=form)
    context = {
        "plan": plan,
        "fitted": fitted,
        "answer": answer,
        "counts": say_result(plan.venues.objective),
        "figure": draw_curve(fitted, answer) if fitted and answer else None,
        "table": _table(request, rows, answer),
        "form": ChangesForm(plan=plan),
        "scenarios": list_scenarios(workspace, run_id=plan.run_id),
    }
    if fitted:
        context |= find_wanted(request, fitted)
    return render(request, "venues/planner.html", context)


def show_answer(request: HttpRequest, run_id: str) -> HttpResponse:
    """Give the part of the page that the slider changes: what this budget brings and buys."""
    fitted = require_fit(run_id)
    plan = load_plan(current_workspace(), run_id=run_id)
    answer = fitted.at_budget(read_budget(request, fitted, plan))
    context = {
        "plan": plan,
        "answer": answer,
        "fitted": fitted,
        "counts": say_result(answer.objective),
        "rows": [row for row in _venue_rows(plan, answer) if row["units"] or row["plan_units"]],
    }
    return render(request, "venues/_answer.html", context)


def start_fit(request: HttpRequest, run_id: str) -> HttpResponse:
    """Ask for the fit of a plan, as a job."""
    workspace = current_workspace()
    plan = load_plan(workspace, run_id=run_id)
    inputs = {"run_id": plan.run_id}
    job_id = start_job(workspace, "fit_plan", inputs=inputs, by=request.user.email)
    messages.success(request, _("The plan is being fitted; its slider works as soon as it is."))
    return redirect("jobs:show", job_id=job_id)


def read_budget(request: HttpRequest, fitted: FittedVenues, plan: CampaignPlan) -> Decimal:
    """Read the budget that the address asks for; the plan's own where it names none.

    Raises:
        DataError: it is no amount.
    """
    text = request.GET.get("budget", "").strip().replace("\u202f", "").replace(",", ".")
    try:
        asked = Decimal(text).quantize(Decimal("0.01")) if text else plan.venues.budget
    except InvalidOperation as error:
        raise DataError(
            f"{text[:40]!r} is no amount",
            why="a budget is a number",
            fix="move the slider, or type a number",
            where="budget",
        ) from error
    return (
        min(max(asked, fitted.lowest_budget), fitted.highest_budget)
        if asked.is_finite()
        else (plan.venues.budget)
    )


def _venue_rows(plan: CampaignPlan, answer: BudgetAnswer | None) -> list[dict[str, Any]]:
    """Give one row for each venue: the plan's units, and those of the budget asked for."""
    asked = {line.venue_id: line for line in answer.lines} if answer else {}
    return [
        {
            "venue_id": line.venue_id,
            "name": line.name,
            "kind": line.kind,
            "unit": line.unit,
            "plan_units": line.units,
            "units": asked[line.venue_id].units if line.venue_id in asked else line.units,
            "unit_price": line.unit_price,
            "spend": asked[line.venue_id].spend if line.venue_id in asked else line.spend,
            "currency": line.currency,
            "basis": line.basis,
            "reason": line.reason,
        }
        for line in plan.venues.lines
    ]


def _heads(answer: BudgetAnswer | None) -> tuple[Head, ...]:
    """Give the columns; without a fit there is no other budget to speak of."""
    spend = _("Spend at this budget") if answer else _("Spend")
    here = (Head("units", _("Units at this budget"), kind="number"),) if answer else ()
    return (
        Head("name", _("Venue")),
        Head("kind", _("Kind"), kind="term", family="venue_kind"),
        Head("unit", _("Unit"), kind="term", family="unit"),
        Head("plan_units", _("Units in the plan"), kind="number"),
        *here,
        Head("unit_price", _("Unit price"), kind="money", family="currency"),
        Head("spend", spend, kind="money", family="currency"),
        Head("basis", _("Basis"), kind="term", family="basis"),
        Head("reason", _("Why it is in or out")),
    )


def _table(request: HttpRequest, rows: list[dict[str, Any]], answer: BudgetAnswer | None) -> Table:
    return show_table(
        request,
        rows,
        name="venues",
        caption=_("Venues of the plan"),
        heads=_heads(answer),
        empty=_("No venues."),
    )
