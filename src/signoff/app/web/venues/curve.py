"""The curve: what other budgets would bring, with a dot where the plan stands."""

from typing import Any

from django.utils.translation import gettext as _

from signoff.app.web.cells import measure, money
from signoff.app.web.charts import ChartFigure, compile_chart
from signoff.venues import BudgetAnswer, BudgetPoint, FittedVenues

__all__ = ["draw_curve", "say_result"]

AXIS = {
    "labelColor": "var(--muted)",
    "titleColor": "var(--ink)",
    "gridColor": "var(--rule)",
    "domainColor": "var(--edge)",
    "tickColor": "var(--edge)",
}


def draw_curve(fitted: FittedVenues, answer: BudgetAnswer) -> ChartFigure:
    """Draw the curve of a fitted plan with its interval, the proven bound and two dots.

    Args:
        fitted: The fit.
        answer: What the slider asks for now; its dot is moved by the page's script.
    """
    plan = next(point for point in fitted.curve if point.budget == _plan_budget(fitted))
    return ChartFigure(
        name="curve",
        title=_("What other budgets would bring"),
        spec=compile_chart(_specification(fitted, plan=plan, answer=answer)),
        headings=(_("Budget"), _("Result"), _("From"), _("To"), _("No plan can exceed")),
        rows=[
            (
                money(point.budget, fitted.currency),
                measure(point.result.value),
                measure(point.result.low),
                measure(point.result.high),
                measure(point.bound),
            )
            for point in fitted.curve
        ],
        notes=(
            _("The band holds the result with a certainty of 90%."),
            _("The dashed line is proven: no plan within that budget rises above it."),
        ),
    )


def say_result(objective: str) -> str:
    """Say what a plan's result counts."""
    words = {
        "leads": _("accounts that raise a hand"),
        "conversions": _("accounts whose committee is covered and that buy now"),
        "traffic": _("visits by people who matter"),
    }
    return words.get(objective, objective)


def _plan_budget(fitted: FittedVenues) -> Any:
    cents = fitted.plan.budget_cents
    return min((p.budget for p in fitted.curve), key=lambda budget: abs(budget * 100 - cents))


def _specification(
    fitted: FittedVenues, *, plan: BudgetPoint, answer: BudgetAnswer
) -> dict[str, Any]:
    points = [
        {
            "budget": float(point.budget),
            "result": point.result.value,
            "low": point.result.low,
            "high": point.result.high,
            "bound": point.bound,
        }
        for point in fitted.curve
    ]
    across = {
        "field": "budget",
        "type": "quantitative",
        "title": _("Budget, %(currency)s") % {"currency": fitted.currency},
        "scale": {"nice": False},
        "axis": {"format": ",.0f", "tickCount": 6},
    }
    # a result may lie far below 1, where a prefix such as milli would puzzle
    axis = {"format": ",.3~g" if plan.result.value < 1000 else ",.0f", "tickCount": 5}
    up = {"type": "quantitative", "title": say_result(fitted.objective), "axis": axis}
    return {
        "width": 680,
        "height": 280,
        "background": None,
        "data": {"values": points},
        "layer": [
            {
                "mark": {"type": "area", "color": "var(--accent)", "opacity": 0.18},
                "encoding": {"x": across, "y": up | {"field": "low"}, "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "line", "color": "var(--signal)", "strokeDash": [5, 4]},
                "encoding": {"x": across, "y": up | {"field": "bound"}},
            },
            {
                "mark": {"type": "line", "color": "var(--accent)", "strokeWidth": 2.5},
                "encoding": {"x": across, "y": up | {"field": "result"}},
            },
            _dot("stands", float(plan.budget), plan.result.value, shape="diamond"),
            _dot("here", float(answer.budget), answer.result.value, shape="circle"),
        ],
        "config": {"axis": AXIS, "view": {"stroke": None}},
    }


def _dot(name: str, budget: float, result: float, *, shape: str) -> dict[str, Any]:
    is_here = shape == "circle"
    return {
        "data": {"name": name, "values": [{"budget": budget, "result": result}]},
        "mark": {
            "type": "point",
            "shape": shape,
            "size": 170 if is_here else 110,
            "filled": True,
            "color": "var(--accent)" if is_here else "var(--ink)",
            "opacity": 1,
        },
        "encoding": {
            "x": {"field": "budget", "type": "quantitative"},
            "y": {"field": "result", "type": "quantitative"},
        },
    }
