"""What the next thousand would add at each venue, as a chart with its table."""

from typing import Any

from django.utils.translation import gettext as _

from signoff.app.web.cells import measure, money
from signoff.app.web.charts import ChartFigure, compile_chart
from signoff.app.web.venues.curve import AXIS
from signoff.venues import VenueLine, VenuePlan

__all__ = ["draw_margins"]

MOST = 20
BAND = 24


def draw_margins(plan: VenuePlan) -> ChartFigure:
    """Draw what 1,000 more would add at the venues where it adds most.

    Args:
        plan: The plan.
    """
    gains = [line for line in plan.lines if line.marginal_result_per_1000]
    gains.sort(key=lambda line: (-(line.marginal_result_per_1000 or 0.0), line.name))
    return ChartFigure(
        name="margins",
        title=_("What the next 1,000 would add, by venue"),
        spec=compile_chart(_specification(gains[:MOST], plan)),
        headings=(_("Venue"), _("Gain by 1,000 more"), _("Spend in the plan")),
        rows=[
            (
                line.name,
                measure(line.marginal_result_per_1000),
                money(line.spend, line.currency),
            )
            for line in gains[:MOST]
        ],
        notes=(
            _("Worked out at the plan, as if units could be broken."),
            _("Where a venue sells no more, it has no bar."),
        ),
    )


def _specification(lines: list[VenueLine], plan: VenuePlan) -> dict[str, Any]:
    words = {True: _("in the plan"), False: _("not in the plan")}
    rows = [
        {"name": line.name, "gain": line.marginal_result_per_1000, "state": words[line.in_plan]}
        for line in lines
    ]
    return {
        "height": BAND * len(rows),
        "background": None,
        "data": {"values": rows},
        "mark": {"type": "bar", "height": {"band": 0.6}},
        "encoding": {
            "y": {
                "field": "name",
                "type": "nominal",
                "sort": None,
                "title": None,
                "axis": {"ticks": False, "labelLimit": 180, "domain": False},
            },
            "x": {
                "field": "gain",
                "type": "quantitative",
                "title": None,
                "axis": {"tickCount": 4, "format": ",.3~g"},
            },
            "color": {
                "field": "state",
                "type": "nominal",
                "title": None,
                "scale": {
                    "domain": list(words.values()),
                    "range": ["var(--accent)", "var(--edge)"],
                },
                "legend": {
                    "orient": "top",
                    "direction": "vertical",
                    "symbolType": "square",
                    "labelColor": "var(--ink)",
                },
            },
        },
        "config": {"axis": AXIS, "view": {"stroke": None}},
    }
