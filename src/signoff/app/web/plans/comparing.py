"""Two plans side by side."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from signoff.app.web.charts import ChartFigure, compile_chart
from signoff.app.web.estimates import write_estimate
from signoff.app.web.plans.listing import plan_rows
from signoff.app.web.plans.report_page import kept_text, plan_of, reader_language
from signoff.app.web.tables import Head, export_table, show_table
from signoff.plan import CampaignPlan, PlanComparison, compare_plans
from signoff.report.charts import paired_chart
from signoff.report.forms import reader_forms

__all__ = ["show_comparison"]


def show_comparison(request: HttpRequest) -> HttpResponse:
    """Show what two plans buy and bring, and whether that can be compared at all."""
    plans = plan_rows()
    chosen = _chosen(request, plans)
    context: dict[str, Any] = {"plans": plans, "chosen": chosen}
    if len(chosen) == 2:
        one, other = (plan_of(kept_text(run_id)) for run_id in chosen)
        found, heads = compare_plans(one, other), _heads()
        rows = [
            {**row, "currency": one.venues.currency, "other_currency": other.venues.currency}
            for row in found.rows()
        ]
        if form := request.GET.get("export"):
            return export_table(request, rows, name="comparison", heads=heads, form=form)
        caption = _("Venues that either plan buys; the difference is the second less the first.")
        table = show_table(request, rows, name="lines", caption=caption, heads=heads)
        context |= {"result": write_estimate(one.venues.result)}
        context |= {"other_result": write_estimate(other.venues.result)}
        context |= {"one": one, "other": other, "found": found, "table": table}
        context["figure"] = _figure(one, other, found)
    return render(request, "plans/compare.html", context)


def _chosen(request: HttpRequest, plans: Sequence[dict[str, Any]]) -> list[str]:
    """Give the two plans that the address names; the newest where it names one alone."""
    first, second = request.GET.get("plan", ""), request.GET.get("other", "")
    newest = [row["run_id"] for row in plans]
    first = first or (newest[0] if newest else "")
    second = second or next((name for name in newest if name != first), "")
    return [name for name in (first, second) if name]


def _figure(one: CampaignPlan, other: CampaignPlan, found: PlanComparison) -> ChartFigure:
    forms = reader_forms(reader_language())
    names, spend = (gettext("First plan"), gettext("Second plan")), gettext("Spend")
    bars = [(pair.name, float(pair.spend), float(pair.other_spend)) for pair in found.lines]
    spec = paired_chart(
        bars,
        axis=f"{spend} ({one.venues.currency})",
        parts=names,
    )
    return ChartFigure(
        name="spend-of-both",
        title=gettext("Spend by venue in both plans"),
        spec=compile_chart(spec),
        headings=(gettext("Venue"), *names),
        rows=[
            (
                pair.name,
                forms.money(pair.spend, currency=one.venues.currency),
                forms.money(pair.other_spend, currency=other.venues.currency),
            )
            for pair in found.lines
        ],
    )


def _heads() -> Sequence[Head]:
    return (
        Head("name", _("Venue")),
        Head("kind", _("Kind"), kind="term", family="venue_kind"),
        Head("unit", _("Bought as"), kind="term", family="unit"),
        Head("units", _("Units, first"), kind="number"),
        Head("other_units", _("Units, second"), kind="number"),
        Head("units_difference", _("Difference of units"), kind="number"),
        Head("spend", _("Spend, first"), kind="money", family="currency"),
        Head("other_spend", _("Spend, second"), kind="money", family="other_currency"),
        Head("spend_difference", _("Difference of spend"), kind="money", family="currency"),
    )
