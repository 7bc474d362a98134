"""The picture of missing roles: for each role, the accounts where it is known, likely or not."""

from django.utils.translation import gettext as _

from signoff.app.web.audience.words import say_state, say_value
from signoff.app.web.cells import number
from signoff.app.web.charts import ChartFigure, compile_chart
from signoff.audience import CoverageStudy

__all__ = ["coverage_figure"]

COLOURS = {"known": "var(--accent)", "likely": "var(--muted)", "unknown": "var(--signal)"}
BAND = 34


def coverage_figure(study: CoverageStudy) -> ChartFigure:
    """Draw for each role of the committee at how many accounts somebody is known.

    Args:
        study: The study of an audience with accounts.

    Call it so: `coverage_figure(study_coverage(engine))`.
    """
    counts = [
        (say_value("roles_known", role.role.value), (role.n_known, role.n_likely, role.n_unknown))
        for role in study.roles
    ]
    return ChartFigure(
        name="roles-known",
        title=_("At how many accounts each role is known"),
        spec=compile_chart(_specification(counts)),
        headings=(_("Role"), *(say_state(state, with_mark=False) for state in COLOURS)),
        rows=[(name, *(number(n) for n in parts)) for name, parts in counts],
        notes=(
            _(
                "Likely: nobody counts as playing the role, but somebody known there plays it with "
                "a probability of one half or more. Probabilities are assumptions by department "
                "and level, not measured."
            ),
        ),
    )


def _specification(counts: list[tuple[str, tuple[int, int, int]]]) -> dict[str, object]:
    states = [say_state(state, with_mark=False) for state in COLOURS]
    rows = [
        {"name": name, "state": state, "n": n, "place": place}
        for name, parts in counts
        for place, (state, n) in enumerate(zip(states, parts, strict=True))
    ]
    axis = {"labelColor": "var(--ink)", "titleColor": "var(--muted)", "domain": False}
    return {
        "height": BAND * len(counts),
        "background": "transparent",
        "data": {"values": rows},
        "mark": {"type": "bar", "height": {"band": 0.62}},
        "encoding": {
            "y": {
                "field": "name",
                "type": "nominal",
                "sort": None,
                "title": None,
                "axis": {**axis, "ticks": False, "labelLimit": 180},
            },
            "x": {
                "field": "n",
                "type": "quantitative",
                "title": _("Accounts"),
                "axis": {**axis, "tickCount": 4, "format": ",d", "gridColor": "var(--rule)"},
            },
            "color": {
                "field": "state",
                "type": "nominal",
                "title": None,
                "scale": {"domain": states, "range": list(COLOURS.values())},
                "legend": {"orient": "top", "symbolType": "square", "labelColor": "var(--ink)"},
            },
            "order": {"field": "place", "type": "quantitative"},
        },
        "config": {"view": {"stroke": None}},
    }
