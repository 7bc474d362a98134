"""What to know about a plan besides its units: margins, limits, what to learn, the present."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from signoff.app.web.place import current_workspace
from signoff.app.web.tables import Head, Table, export_table, show_table
from signoff.app.web.venues.curve import say_result
from signoff.app.web.venues.margins import draw_margins
from signoff.plan import CampaignPlan, load_plan
from signoff.results import Row
from signoff.venues import LimitKind, VenueStudy

__all__ = ["show_advice"]

TABLES = ("limits", "learning", "present")


def show_advice(request: HttpRequest, run_id: str) -> HttpResponse:
    """Show what the next thousand adds where, what limits cost, and what is worth learning."""
    plan = load_plan(current_workspace(), run_id=run_id)
    tables = _tables(plan.study) if plan.study else {}
    for name, (rows, heads) in tables.items():
        if form := request.GET.get(f"{name}-export"):
            return export_table(request, rows, name=name, heads=heads, form=form)
    context: dict[str, Any] = {
        "plan": plan,
        "study": plan.study,
        "counts": say_result(plan.venues.objective),
        "figure": draw_margins(plan.venues) if _has_margins(plan) else None,
    }
    if plan.study:
        context |= {"budget": _budget(plan.study)}
        context |= {name: _shown(request, name, *tables[name]) for name in tables}
    return render(request, "venues/advice.html", context)


def _has_margins(plan: CampaignPlan) -> bool:
    return any(line.marginal_result_per_1000 for line in plan.venues.lines)


def _budget(study: VenueStudy) -> Any:
    return next(limit for limit in study.limits.limits if limit.kind is LimitKind.BUDGET)


def _tables(study: VenueStudy) -> dict[str, tuple[Sequence[Row], tuple[Head, ...]]]:
    limits = [row for row in study.limits.rows() if row["kind"] != LimitKind.BUDGET.value]
    found = {
        "limits": (limits, _limit_heads()),
        "learning": (study.learning.rows(), _learning_heads()),
    }
    if study.present:
        found["present"] = (study.present.rows(), _present_heads())
    return found


def _shown(request: HttpRequest, name: str, rows: Sequence[Row], heads: Sequence[Head]) -> Table:
    captions = {
        "limits": _("What each limit of the brief costs, the dearest first"),
        "learning": _("What knowing one thing exactly would add on average"),
        "present": _("Spend and units now and in the plan"),
    }
    empty = {"limits": _("The brief limits nothing but the budget.")}
    return show_table(
        request,
        rows,
        name=name,
        caption=captions[name],
        heads=heads,
        empty=empty.get(name, _("Nothing was found.")),
        prefix=f"{name}-",
    )


def _limit_heads() -> tuple[Head, ...]:
    return (
        Head("name", _("Venue or group")),
        Head("kind", _("Limit"), kind="term", family="limit_kind"),
        Head("amount", _("Amount"), kind="money", family="currency"),
        Head("spend", _("Spend under it"), kind="money", family="currency"),
        Head("gain", _("Gain without it"), kind="measure"),
        Head("per_1000", _("Gain by 1,000 more or less"), kind="measure"),
    )


def _learning_heads() -> tuple[Head, ...]:
    return (
        Head("name", _("Venue")),
        Head("research", _("Research"), kind="term", family="research"),
        Head("gain", _("Gain"), kind="measure"),
        Head("is_clear", _("Stands out from chance"), kind="flag"),
        Head("budget_worth", _("Worth as budget"), kind="money", family="currency"),
        Head("deal_worth", _("Worth in sales"), kind="money", family="currency"),
    )


def _present_heads() -> tuple[Head, ...]:
    return (
        Head("name", _("Venue")),
        Head("spend", _("Spend now"), kind="money", family="currency"),
        Head("units", _("Units for it"), kind="number"),
        Head("plan_spend", _("Spend in the plan"), kind="money", family="currency"),
        Head("plan_units", _("Units in the plan"), kind="number"),
    )
