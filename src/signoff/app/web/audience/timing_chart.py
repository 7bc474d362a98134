"""The picture of time to yes: how long each level takes, half of the cases and nine in ten."""

from collections.abc import Sequence

import numpy as np
from django.utils.translation import gettext as _

from signoff.app.web.cells import measure
from signoff.app.web.charts import ChartFigure, compile_chart
from signoff.audience.timing import LevelTime

__all__ = ["level_figure"]

BAND = 34
SHARES = (0.1, 0.5, 0.9)


def level_figure(levels: Sequence[LevelTime]) -> ChartFigure:
    """Draw for each level how long it takes: one in ten, half and nine in ten of the cases.

    Args:
        levels: At least one level.
    """
    told = [
        (_name(level), tuple(float(q) for q in np.quantile(level.days, SHARES))) for level in levels
    ]
    return ChartFigure(
        name="levels",
        title=_("How long each level takes to its yes"),
        spec=compile_chart(_specification(told)),
        headings=(_("Level"), _("One in ten within days"), _("Half"), _("Nine in ten")),
        rows=[(name, *(measure(days) for days in times)) for name, times in told],
        notes=(_("The bar holds eight in ten of the cases, the mark stands at half of them."),),
    )


def _name(level: LevelTime) -> str:
    numbered = _("Level %(n)s") % {"n": level.level}
    return f"{numbered}: {level.role.lower()}" if level.role else numbered


def _specification(told: Sequence[tuple[str, tuple[float, ...]]]) -> dict[str, object]:
    rows = [{"name": name, "low": t[0], "half": t[1], "high": t[2]} for name, t in told]
    axis = {"labelColor": "var(--ink)", "titleColor": "var(--muted)", "domain": False}
    y = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {**axis, "ticks": False, "labelLimit": 220},
    }
    x_axis = {**axis, "tickCount": 5, "gridColor": "var(--rule)"}
    return {
        "height": BAND * len(told),
        "background": "transparent",
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "bar", "height": {"band": 0.5}, "color": "var(--accent)"},
                "encoding": {
                    "y": y,
                    "x": {
                        "field": "low",
                        "type": "quantitative",
                        "title": _("Days"),
                        "axis": x_axis,
                    },
                    "x2": {"field": "high"},
                },
            },
            {
                "mark": {"type": "tick", "thickness": 3, "color": "var(--ink)"},
                "encoding": {"y": y, "x": {"field": "half", "type": "quantitative"}},
            },
        ],
        "config": {"view": {"stroke": None}},
    }
