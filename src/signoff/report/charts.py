"""The charts of a plan as Vega-Lite specifications; each width, theme and format comes of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt

__all__ = [
    "ACCENT",
    "GRID",
    "INK",
    "MUTED",
    "PALETTE",
    "SERIES",
    "SIGNAL",
    "Arrival",
    "Bar",
    "CurveSpan",
    "IntervalPoint",
    "SplitBar",
    "arrival_chart",
    "bar_chart",
    "curve_chart",
    "interval_chart",
    "needed_chart",
    "paired_chart",
    "split_chart",
    "stacked_chart",
]

# The page turns each of these into its dark counterpart by its style sheet: same chart, two themes.
INK = "#1b2733"
MUTED = "#51606e"
GRID = "#dbe1e6"
ACCENT = "#0b6377"
SIGNAL = "#b4530c"
VIOLET = "#6a4c93"
GREEN = "#2c7a4b"
RED = "#a8324a"
SERIES = (ACCENT, SIGNAL, VIOLET, GREEN, RED, MUTED)
PALETTE = (INK, MUTED, GRID, ACCENT, SIGNAL, VIOLET, GREEN, RED)

Spec = dict[str, Any]


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its length, and the words at its end."""

    name: str
    value: float
    label: str


@dataclass(frozen=True)
class CurveSpan:
    """One point of a curve with its interval.

    Attributes:
        budget: Where it stands.
        result: What it brings.
        low: Lower end of the interval.
        high: Upper end.
    """

    budget: float
    result: float
    low: float
    high: float


@dataclass(frozen=True)
class IntervalPoint:
    """A point with the interval it may lie in, and the words beside it."""

    name: str
    value: float
    low: float
    high: float
    label: str


@dataclass(frozen=True)
class Arrival:
    """What comes at one time, with its interval, and which of two parts it belongs to."""

    time: str
    part: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class SplitBar:
    """A bar of two parts that make a whole."""

    name: str
    first: float
    second: float


def bar_chart(bars: Sequence[Bar], *, axis: str) -> Spec:
    """Compare amounts, longest first.

    Args:
        bars: What to compare, in the order to show.
        axis: What the length means.

    >>> bar_chart([Bar("Trade weekly", 1200.0, "€1,200")], axis="Spend")["layer"][0]["mark"]["type"]
    'bar'
    """
    import altair as alt

    rows = [{"name": bar.name, "value": bar.value, "label": bar.label} for bar in bars]
    base = alt.Chart(_data(rows)).encode(
        y=_names(),
        x=alt.X("value:Q", title=axis, axis=alt.Axis(tickCount=4, format=",d")),
    )
    layers = alt.layer(
        base.mark_bar(color=ACCENT, height={"band": 0.62}),
        base.mark_text(align="left", dx=5, color=INK).encode(text="label:N"),
    )
    return _finished(layers, rows=len(bars))


def interval_chart(points: Sequence[IntervalPoint], *, axis: str) -> Spec:
    """Show estimated shares with their intervals.

    Args:
        points: Shares from 0 to 1, in the order to show.
        axis: What is estimated.

    >>> spec = interval_chart([IntervalPoint("decider", 0.4, 0.3, 0.6, "40%")], axis="Reached")
    >>> [layer["mark"]["type"] for layer in spec["layer"]]
    ['rule', 'point', 'text']
    """
    import altair as alt

    rows = [
        {"name": p.name, "value": p.value, "low": p.low, "high": p.high, "label": p.label}
        for p in points
    ]
    scale = alt.Scale(domain=[0, 1])
    base = alt.Chart(_data(rows)).encode(y=_names())
    span = alt.X("low:Q", title=axis, scale=scale, axis=alt.Axis(format=".0%", tickCount=5))
    layers = alt.layer(
        base.mark_rule(color=ACCENT, strokeWidth=5, opacity=0.45).encode(x=span, x2="high:Q"),
        base.mark_point(filled=True, size=90, color=ACCENT, opacity=1).encode(x="value:Q"),
        base.mark_text(align="center", dy=-13, color=INK).encode(x="value:Q", text="label:N"),
    )
    return _finished(layers, rows=len(points), step=44)


def split_chart(bars: Sequence[SplitBar], *, axis: str, parts: tuple[str, str]) -> Spec:
    """Show how wholes divide into two parts.

    Args:
        bars: The wholes, in the order to show.
        axis: What is counted.
        parts: Names of the two parts.

    >>> split_chart([SplitBar("user", 3, 1)], axis="Accounts", parts=("known", "missing"))["mark"]
    {'type': 'bar', 'height': {'band': 0.62}}
    """
    import altair as alt

    rows = [
        {"name": bar.name, "part": part, "value": value, "place": place}
        for bar in bars
        for place, (part, value) in enumerate(zip(parts, (bar.first, bar.second), strict=True))
    ]
    colour = alt.Color(
        "part:N",
        title=None,
        scale=alt.Scale(domain=list(parts), range=[ACCENT, SIGNAL]),
        legend=alt.Legend(orient="top", symbolType="square"),
    )
    chart = (
        alt.Chart(_data(rows))
        .mark_bar(height={"band": 0.62})
        .encode(
            y=_names(),
            x=alt.X("value:Q", title=axis, axis=alt.Axis(tickCount=4, format=",d")),
            color=colour,
            order="place:Q",
        )
    )
    return _finished(chart, rows=len(bars))


def paired_chart(
    bars: Sequence[tuple[str, float, float]],
    *,
    axis: str,
    parts: tuple[str, str],
) -> Spec:
    """Set two amounts of each thing side by side.

    Args:
        bars: Name, first and second amount of each, in the order to show.
        axis: What the length means.
        parts: What the first amounts are, and the second ones.

    >>> spec = paired_chart([("Weekly", 5.0, 7.0)], axis="Spend", parts=("plan", "spent"))
    >>> spec["encoding"]["yOffset"]["field"]
    'part'
    """
    import altair as alt

    rows = [
        {"name": name, "part": part, "value": value}
        for name, *values in bars
        for part, value in zip(parts, values, strict=True)
    ]
    colour = alt.Color(
        "part:N",
        title=None,
        scale=alt.Scale(domain=list(parts), range=[ACCENT, SIGNAL]),
        legend=alt.Legend(orient="top", symbolType="square"),
    )
    chart = (
        alt.Chart(_data(rows))
        .mark_bar()
        .encode(
            y=_names(),
            yOffset=alt.YOffset("part:N", sort=list(parts)),
            x=alt.X("value:Q", title=axis, axis=alt.Axis(tickCount=4, format=",d")),
            color=colour,
        )
    )
    return _finished(chart, rows=len(bars), step=18)


def stacked_chart(
    bars: Sequence[tuple[str, str, float]],
    *,
    times: Sequence[str],
    series: Sequence[str],
    axis: str,
) -> Spec:
    """Show amounts over time as columns, each built of its parts.

    Args:
        bars: Time, series and amount.
        times: Names of all times, in order; one without a bar keeps its room.
        series: Names of the parts, from the bottom up; six at most.
        axis: What the height means.

    >>> spec = stacked_chart([("4 January", "Weekly", 9.0)], times=["4 January", "11 January"],
    ...     series=["Weekly"], axis="Spend")
    >>> spec["encoding"]["x"]["scale"]["domain"]
    ['4 January', '11 January']
    """
    import altair as alt

    rows = [
        {"time": time, "part": part, "value": value, "place": series.index(part)}
        for time, part, value in bars
    ]
    colour = alt.Color(
        "part:N",
        title=None,
        scale=alt.Scale(domain=list(series), range=list(SERIES[: len(series)])),
        legend=alt.Legend(orient="top", symbolType="square", columns=1, labelLimit=280),
    )
    chart = (
        alt.Chart(_data(rows))
        .mark_bar(stroke=GRID, strokeWidth=0.75)
        .encode(
            x=alt.X(
                "time:O",
                title=None,
                sort=None,
                scale=alt.Scale(domain=list(times)),
                axis=alt.Axis(grid=False, labelAngle=-45, labelOverlap="greedy"),
            ),
            y=alt.Y("value:Q", title=axis, axis=alt.Axis(tickCount=5, format=",d")),
            color=colour,
            order="place:Q",
        )
    )
    return {**_finished(chart, rows=0), "height": 260}


def arrival_chart(arrivals: Sequence[Arrival], *, parts: tuple[str, str], axis: str) -> Spec:
    """Show what comes when as columns with their intervals, in two parts one after the other.

    Args:
        arrivals: What comes, by time.
        parts: Names of the two parts.
        axis: What the height means.

    >>> spec = arrival_chart([Arrival("4 January", "in time", 2.0, 1.0, 4.0)],
    ...     parts=("in time", "later"), axis="Leads")
    >>> [layer["mark"]["type"] for layer in spec["layer"]]
    ['bar', 'rule']
    """
    import altair as alt

    rows = [vars(arrival) for arrival in arrivals]
    x = alt.X(
        "time:O",
        title=None,
        sort=None,
        axis=alt.Axis(grid=False, labelAngle=-45, labelOverlap="greedy"),
    )
    colour = alt.Color(
        "part:N",
        title=None,
        scale=alt.Scale(domain=list(parts), range=[ACCENT, SIGNAL]),
        legend=alt.Legend(orient="top", symbolType="square"),
    )
    base = alt.Chart(_data(rows))
    layers = alt.layer(
        base.mark_bar().encode(
            x=x, y=alt.Y("value:Q", title=axis, axis=alt.Axis(tickCount=5)), color=colour
        ),
        base.mark_rule(color=INK, strokeWidth=1.25).encode(x=x, y=alt.Y("low:Q"), y2="high:Q"),
    )
    return {**_finished(layers, rows=0), "height": 260}


def curve_chart(
    points: Sequence[CurveSpan], *, here: tuple[float, float], axes: tuple[str, str]
) -> Spec:
    """Show what each budget would bring with its interval, and a dot where the plan stands.

    Args:
        points: By rising budget.
        here: The plan's own budget and result.
        axes: What each axis means.

    >>> points = [CurveSpan(0.0, 0.0, 0.0, 0.0), CurveSpan(100.0, 5.0, 4.0, 7.0)]
    >>> spec = curve_chart(points, here=(100.0, 5.0), axes=("Budget", "Leads"))
    >>> [layer["mark"]["type"] for layer in spec["layer"]]
    ['area', 'line', 'point']
    """
    import altair as alt

    x = alt.X("budget:Q", title=axes[0], axis=alt.Axis(tickCount=5, format=",d", grid=False))
    up = partial(alt.Y, title=axes[1], axis=alt.Axis(tickCount=5), scale=alt.Scale(zero=True))
    rows = [{"budget": p.budget, "result": p.result, "low": p.low, "high": p.high} for p in points]
    curve, plan = (alt.Chart(_data(r)) for r in (rows, [{"budget": here[0], "result": here[1]}]))
    layers = alt.layer(
        curve.mark_area(color=ACCENT, opacity=0.18).encode(x=x, y=up("low:Q"), y2="high:Q"),
        curve.mark_line(color=ACCENT, strokeWidth=2.5).encode(x=x, y=up("result:Q")),
        plan.mark_point(filled=True, size=150, color=SIGNAL, opacity=1).encode(
            x=x, y=up("result:Q")
        ),
    )
    spec = _finished(layers, rows=0)
    return {**spec, "height": 260}


def needed_chart(
    points: Sequence[tuple[float, int]], *, here: int, axes: tuple[str, str], label: str
) -> Spec:
    """Show how many accounts each rise takes, with a line at how many there are.

    Args:
        points: Rise in percentage points, and accounts needed to see it.
        here: Accounts there are.
        axes: What each axis means.
        label: Words beside the line.

    >>> spec = needed_chart([(1.0, 5000), (10.0, 90)], here=85, axes=("Rise", "Accounts"), label="")
    >>> [layer["mark"]["type"] for layer in spec["layer"]]
    ['line', 'rule', 'text']
    """
    import altair as alt

    rows = [{"rise": rise, "needed": needed} for rise, needed in points]
    now = [{"here": here, "label": label, "rise": points[-1][0]}]
    y = alt.Scale(type="log", nice=False)
    tens = [10**power for power in range(12)]
    layers = alt.layer(
        alt.Chart(_data(rows))
        .mark_line(color=ACCENT, strokeWidth=2.5, point={"color": ACCENT, "size": 60})
        .encode(
            x=alt.X("rise:Q", title=axes[0], axis=alt.Axis(tickCount=6, grid=False)),
            y=alt.Y("needed:Q", title=axes[1], scale=y, axis=alt.Axis(format=",d", values=tens)),
        ),
        alt.Chart(_data(now)).mark_rule(color=SIGNAL, strokeWidth=2).encode(y="here:Q"),
        alt.Chart(_data(now))
        .mark_text(align="right", dy=-8, color=SIGNAL)
        .encode(x="rise:Q", y="here:Q", text="label:N"),
    )
    return {**_finished(layers, rows=0), "height": 260}


def _data(rows: Sequence[Mapping[str, object]]) -> "alt.Data":
    import altair as alt

    return alt.Data(values=[dict(row) for row in rows])  # type: ignore[no-untyped-call]  # altair's own


def _names() -> "alt.Y":
    import altair as alt

    return alt.Y("name:N", title=None, sort=None, axis=alt.Axis(grid=False, ticks=False))


def _finished(
    chart: "alt.Chart | alt.LayerChart | alt.FacetChart", *, rows: int, step: int = 32
) -> Spec:
    spec: Spec = chart.to_dict()
    spec.pop("$schema", None)
    spec["height"] = {"step": step} if rows else 240
    spec["config"] = _CONFIG
    return spec


_CONFIG: Spec = {
    "background": "transparent",
    "padding": {"left": 8, "right": 28, "top": 6, "bottom": 6},
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED,
        "titleColor": MUTED,
        "titleFontWeight": "normal",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "gridColor": GRID,
        "domain": False,
        "tickColor": GRID,
        "labelLimit": 190,
        "labelPadding": 6,
        "titlePadding": 10,
    },
    # a screen without our fonts has wider ones: words must not run into the next square
    "legend": {"labelColor": MUTED, "labelFontSize": 12, "columnPadding": 28},
    "text": {"fontSize": 12},
}
