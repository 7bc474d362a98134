"""Money spent beside what the newest plan meant to spend."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signoff.app.web.charts import ChartFigure, compile_chart
from signoff.app.web.measure.newest import newest_text
from signoff.app.web.monthly import draw_months
from signoff.app.web.place import lake_engine
from signoff.app.web.plans.report_page import plan_of, reader_language
from signoff.app.web.plans.whereabouts import first_address
from signoff.app.web.tables import Head, export_table, show_table
from signoff.measure import PlannedSpend, SpendAgainstPlan, compare_spend, sum_spend_by_month
from signoff.plan import CampaignPlan
from signoff.report.charts import paired_chart
from signoff.report.forms import reader_forms

__all__ = ["show_spend"]


def show_spend(request: HttpRequest) -> HttpResponse:
    """Show spend by venue against the newest plan, and month by month."""
    text = newest_text()
    plan = plan_of(text) if text else None
    with lake_engine() as engine:
        months = sum_spend_by_month(engine)
        found = _against(engine, plan) if plan else ()
    rows, heads = [_row(line) for line in found], _heads()
    if form := request.GET.get("export"):
        return export_table(request, rows, name="spend", heads=heads, form=form)
    caption = gettext_lazy("Spend of the plan's period, by venue, beside what the plan spends.")
    context: dict[str, Any] = {
        "tab": "spend",
        "plan": plan,
        "has_spend": bool(months),
        "has_spent": any(line.spent is not None for line in found),
        "figure": _figure(plan, found) if plan else None,
        "months": [_by_month(months, currency) for currency in _currencies(months)],
        "table": show_table(request, rows, name="spend", caption=caption, heads=heads),
        "import_address": first_address(("imports:upload", []), ("imports:imports", [])),
    }
    return render(request, "measure/spend.html", context)


def _against(engine: Any, plan: CampaignPlan) -> tuple[SpendAgainstPlan, ...]:
    planned = [
        PlannedSpend(line.venue_id, line.name, line.spend, line.currency)
        for line in plan.venues.lines
        if line.in_plan
    ]
    period = plan.brief.period
    return compare_spend(
        engine, planned=planned, starts_on=period.starts_on, ends_on=period.ends_on
    )


def _row(line: SpendAgainstPlan) -> dict[str, Any]:
    left = None
    if line.planned is not None and line.spent is not None:
        left = line.planned - line.spent
    return {
        "venue": line.venue,
        "planned": line.planned,
        "spent": line.spent,
        "left": left,
        "share": line.share,
        "currency": line.currency,
        "standing": "planned" if line.planned is not None else "unplanned",
        "last_on": line.last_on,
        "n_rows": line.n_rows,
    }


def _figure(plan: CampaignPlan, found: Sequence[SpendAgainstPlan]) -> ChartFigure | None:
    """Draw planned and spent side by side, in the currency of the plan."""
    currency = plan.venues.currency
    lines = [line for line in found if line.currency == currency]
    if not any(line.spent for line in lines):
        return None
    forms = reader_forms(reader_language())
    names, money = (_("planned"), _("spent")), _("Money")
    bars = [(line.venue, float(line.planned or 0), float(line.spent or 0)) for line in lines]
    return ChartFigure(
        name="planned-and-spent",
        title=_("Planned and spent, by venue"),
        spec=compile_chart(paired_chart(bars, axis=f"{money} ({currency})", parts=names)),
        headings=(_("Venue"), *names),
        rows=[
            (
                line.venue,
                *(forms.money(sum_ or 0, currency=currency) for sum_ in (line.planned, line.spent)),
            )
            for line in lines
        ],
    )


def _by_month(months: Sequence[dict[str, Any]], currency: str | None) -> ChartFigure | None:
    rows = [
        (row["month"], row["venue"], row["spend"]) for row in months if row["currency"] == currency
    ]
    return draw_months(
        rows,
        name=f"spend-{currency or 'unknown'}",
        title=_("Spend by month, in %(currency)s") % {"currency": currency or "?"},
        axis=currency or "?",
        notes=(_("A period counts for the month in which it begins."),),
    )


def _currencies(months: Sequence[dict[str, Any]]) -> list[str | None]:
    return list(dict.fromkeys(row["currency"] for row in months))


def _heads() -> Sequence[Head]:
    standings = (
        ("planned", gettext_lazy("in the plan")),
        ("unplanned", gettext_lazy("not in the plan")),
    )
    return (
        Head("venue", gettext_lazy("Venue")),
        Head("planned", gettext_lazy("Planned"), kind="money", family="currency"),
        Head("spent", gettext_lazy("Spent"), kind="money", family="currency"),
        Head("left", gettext_lazy("Left"), kind="money", family="currency"),
        Head("share", gettext_lazy("Spent of planned"), kind="share"),
        Head("standing", gettext_lazy("Standing"), choices=standings),
        Head("last_on", gettext_lazy("Known up to"), kind="day"),
        Head("n_rows", gettext_lazy("Rows"), kind="number"),
    )
