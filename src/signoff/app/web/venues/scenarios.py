"""Scenarios of a plan: asked for, side by side, adopted, withdrawn."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from signoff.app.jobs import start_job
from signoff.app.web.cells import measure, money, number, share
from signoff.app.web.place import current_workspace
from signoff.app.web.tables import Head, Table, export_table, show_table
from signoff.app.web.venues.changes import ChangesForm
from signoff.app.web.venues.curve import say_result
from signoff.plan import (
    ScenarioColumn,
    ScenarioTable,
    compare_scenarios,
    list_scenarios,
    load_plan,
    load_scenario,
    withdraw_scenario,
)
from signoff.report.wording import read_catalog
from signoff.results import Estimate

__all__ = ["adopt", "new_scenario", "show_scenarios", "withdraw"]


def new_scenario(request: HttpRequest, run_id: str) -> HttpResponse:
    """Ask for a scenario, as a job; faults stand beside their fields."""
    workspace = current_workspace()
    plan = load_plan(workspace, run_id=run_id)
    form = ChangesForm(request.POST, plan=plan)
    if not form.is_valid():
        context = {"plan": plan, "form": form}
        return render(request, "venues/changes.html", context, status=422)
    inputs = {
        "run_id": plan.run_id,
        "title": form.cleaned_data["title"],
        "changes": form.changes().model_dump_json(exclude_defaults=True),
    }
    job_id = start_job(workspace, "make_scenario", inputs=inputs, by=request.user.email)
    return redirect("jobs:show", job_id=job_id)


def show_scenarios(request: HttpRequest, run_id: str) -> HttpResponse:
    """Show a plan and its scenarios side by side; the address says which."""
    workspace = current_workspace()
    plan = load_plan(workspace, run_id=run_id)
    known = list_scenarios(workspace, run_id=plan.run_id)
    chosen = request.GET.getlist("scenario") or [each.scenario_id for each in known]
    if not chosen:
        context = {"plan": plan, "known": known}
        return render(request, "venues/scenarios.html", context)
    compared = compare_scenarios(workspace, chosen)
    rows, heads = _rows(compared), _heads(compared)
    if request.GET.get("export"):
        form = request.GET["export"]
        return export_table(request, rows, name="scenarios", heads=heads, form=form)
    table = _table(request, rows, heads)
    context = {"plan": plan, "known": known, "chosen": chosen, "table": table}
    return render(request, "venues/scenarios.html", context)


def adopt(request: HttpRequest, scenario_id: str) -> HttpResponse:
    """Make the scenario's brief the newest, and plan from it, as a job."""
    workspace = current_workspace()
    scenario = load_scenario(workspace, scenario_id=scenario_id)
    inputs = {"scenario_id": scenario.scenario_id}
    job_id = start_job(workspace, "adopt_scenario", inputs=inputs, by=request.user.email)
    return redirect("jobs:show", job_id=job_id)


def withdraw(request: HttpRequest, scenario_id: str) -> HttpResponse:
    """Take a scenario off the list; nothing is overwritten."""
    workspace, by = current_workspace(), request.user.email
    scenario = withdraw_scenario(workspace, scenario_id=scenario_id, by=by, at=timezone.now())
    messages.success(request, _("The scenario is withdrawn."))
    return redirect("venues:scenarios", run_id=scenario.base_run_id)


def _heads(compared: ScenarioTable) -> list[Head]:
    first = Head("what", _("What"))
    titles = [column.title for column in compared.columns]
    titles[0] = _("The plan")
    return [first, *(Head(f"column_{place}", title) for place, title in enumerate(titles))]


def _rows(compared: ScenarioTable) -> list[dict[str, Any]]:
    """Give one row for each thing compared, a column for the plan and for each scenario."""
    catalog = read_catalog(get_language() or "en")
    lines: list[tuple[str, list[str]]] = [
        (_("Budget"), [money(c.budget, c.currency) for c in compared.columns]),
        (_("Spend"), [money(c.total_spend, c.currency) for c in compared.columns]),
        (_("What is counted"), [say_result(c.objective) for c in compared.columns]),
        (_("Expected result"), [say_estimate(c.result) for c in compared.columns]),
        (_("Difference from the plan"), [_difference(c) for c in compared.columns]),
        (_("No plan can exceed"), [measure(c.bound) for c in compared.columns]),
        (_("The best brings more, at most by"), [share(c.gap_share) for c in compared.columns]),
        (_("Accounts covered"), [say_estimate(c.covered_accounts) for c in compared.columns]),
    ]
    lines += _caution_lines(compared)
    for role in compared.roles:
        word = catalog.term("role", role.value)
        reached = [column.reach_by_role.get(role) for column in compared.columns]
        label = _("Reach of the role %(role)s") % {"role": word}
        lines.append((label, [say_shares(each) for each in reached]))
    for venue_id, name in compared.venue_names.items():
        units = [number(column.units.get(venue_id, 0)) for column in compared.columns]
        lines.append((_("Units: %(venue)s") % {"venue": name}, units))
    return [
        {"what": what, **{f"column_{place}": text for place, text in enumerate(texts)}}
        for what, texts in lines
    ]


def _caution_lines(compared: ScenarioTable) -> list[tuple[str, list[str]]]:
    """Say what worst draws bring, where one of those compared was chosen for caution."""
    cautions = [column.caution for column in compared.columns]
    if not any(cautions):
        return []
    return [
        (_("Caution: share of the worst draws"), [share(c.share if c else 1.0) for c in cautions]),
        (
            _("Mean result of its worst draws"),
            [say_estimate(c.result) if c else share(None) for c in cautions],
        ),
        (
            _("Expected result that caution costs"),
            [say_estimate(c.cost) if c else share(None) for c in cautions],
        ),
    ]


def say_estimate(estimate: Estimate) -> str:
    """Give an estimate with its interval, in the reader's form."""
    words = {part: measure(getattr(estimate, part)) for part in ("value", "low", "high")}
    return _("%(value)s (%(low)s to %(high)s)") % words


def say_shares(estimate: Estimate | None) -> str:
    """Give a share with its interval; a dash where the role is not in the committee."""
    if estimate is None:
        return share(None)
    words = {part: share(getattr(estimate, part)) for part in ("value", "low", "high")}
    return _("%(value)s (%(low)s to %(high)s)") % words


def _difference(column: ScenarioColumn) -> str:
    return say_estimate(column.difference) if column.difference else share(None)


def _table(request: HttpRequest, rows: list[dict[str, Any]], heads: list[Head]) -> Table:
    caption = _("Side by side; intervals hold the truth with a certainty of 90 %")
    return show_table(request, rows, name="scenarios", caption=caption, heads=heads)
