"""How success will be measured: who is left out, what that lets one see, what is not measured."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from signoff.app.web.charts import ChartFigure, compile_chart
from signoff.app.web.measure.newest import newest_text
from signoff.app.web.plans.report_page import plan_of, reader_language, report_of
from signoff.measure import HoldoutDesign
from signoff.report import BodyLinks
from signoff.report.charts import needed_chart
from signoff.report.forms import reader_forms
from signoff.report.html import body_of

__all__ = ["show_holdout"]


def show_holdout(request: HttpRequest) -> HttpResponse:
    """Show the design of the newest plan's holdout."""
    text = newest_text()
    context: dict[str, Any] = {"tab": "holdout"}
    if text:
        plan = plan_of(text)
        context |= {"plan": plan, "design": plan.holdout, "figure": _figure(plan.holdout)}
        context |= {"body": _section(text, plan.run_id), "smallest": _smallest(plan.holdout)}
    return render(request, "measure/holdout.html", context)


def _smallest(design: HoldoutDesign) -> str:
    """Give the smallest rise that would be seen, in percentage points; a dash for none."""
    share = design.smallest_visible_difference_share
    return "\u2013" if share is None else reader_forms(reader_language()).points(share)


def _section(text: str, run_id: str) -> SafeString:
    """Give the part of the plan's report on measurement, every number leading to its origin."""
    report = report_of(text, reader_language())
    parts = tuple(
        replace(part, sources=()) for part in report.sections if part.anchor == "measurement"
    )
    links = BodyLinks(
        why=reverse("plans:why", args=[run_id]), tables=reverse("plans:table", args=[run_id])
    )
    markup = body_of(replace(report, sections=parts), links=links)
    return mark_safe(markup)  # noqa: S308 - the template of the report escapes all data


def _figure(design: HoldoutDesign) -> ChartFigure | None:
    """Draw how many accounts each rise takes, beside how many there are."""
    points = [(rise, n) for rise, n in design.n_needed_by_difference if n is not None]
    if not points or design.verdict == "no_holdout":
        return None
    forms, at_hand = reader_forms(reader_language()), _("accounts at hand")
    spec = needed_chart(
        [(100 * rise, n) for rise, n in points],
        here=design.n_accounts,
        axes=(_("Rise in percentage points"), _("Accounts needed")),
        label=f"{at_hand}: {forms.number(design.n_accounts)}",
    )
    return ChartFigure(
        name="needed-by-rise",
        title=_("Accounts needed to see each rise, and how many there are"),
        spec=compile_chart(spec),
        headings=(_("Rise in percentage points"), _("Accounts needed")),
        rows=[(forms.points(rise), forms.number(n)) for rise, n in points],
        notes=(_("Each line of the scale is ten times the one below it."),),
    )
