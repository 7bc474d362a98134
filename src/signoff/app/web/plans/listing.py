"""The list of plans."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from signoff.app.web.place import current_workspace
from signoff.app.web.tables import Head, export_table, show_table
from signoff.plan import PlanSummary, list_plan_runs, summarise_plan

__all__ = ["OBJECTIVES", "plan_rows", "show_plans", "summary_of"]

OBJECTIVES = {"leads": _("leads"), "conversions": _("conversions"), "traffic": _("traffic")}


def show_plans(request: HttpRequest) -> HttpResponse:
    """Show every plan in one line, the newest first."""
    heads, rows = _heads(), plan_rows()
    if form := request.GET.get("export"):
        return export_table(request, rows, name="plans", heads=heads, form=form)
    table = show_table(
        request,
        rows,
        name="plans",
        caption=_("Plans, the newest first. A result is shown with the ends of its interval."),
        heads=heads,
    )
    return render(request, "plans/list.html", {"table": table, "n_plans": len(rows)})


def plan_rows() -> list[dict[str, Any]]:
    """Give the rows of the list, the plan kept last first."""
    runs = list_plan_runs(current_workspace())
    return [_row(summary_of(run.run_id)) for run in runs]


def summary_of(run_id: str) -> PlanSummary:
    """Give one plan in one line; lines stay in memory, for a kept plan does not change."""
    return _summary(current_workspace().path, run_id)


@lru_cache(maxsize=2000)
def _summary(folder: Path, run_id: str) -> PlanSummary:
    return summarise_plan(current_workspace(), run_id=run_id)


def _row(plan: PlanSummary) -> dict[str, Any]:
    return {
        "made_at": plan.made_at,
        "run_id": plan.run_id,
        "brief": plan.brief_name,
        "version": plan.brief_version,
        "objective": plan.objective,
        "budget": plan.budget,
        "spend": plan.spend,
        "currency": plan.currency,
        "result": plan.result.value,
        "low": plan.result.low,
        "high": plan.result.high,
        "gap": plan.gap_share,
        "by": plan.by,
    }


def _heads() -> Sequence[Head]:
    return (
        Head("brief", _("Brief"), address=_plan_address),
        Head("version", _("Version"), kind="number"),
        Head("made_at", _("Made at"), kind="moment"),
        Head("objective", _("Objective"), choices=tuple(OBJECTIVES.items())),
        Head("budget", _("Budget"), kind="money", family="currency"),
        Head("spend", _("Spend"), kind="money", family="currency"),
        Head("result", _("Result"), kind="measure"),
        Head("low", _("Interval from"), kind="measure"),
        Head("high", _("Interval to"), kind="measure"),
        Head("gap", _("Gap, at most"), kind="share"),
        Head("by", _("Made by")),
    )


def _plan_address(row: Mapping[str, Any]) -> str:
    return reverse("plans:show", args=[row["run_id"]])
