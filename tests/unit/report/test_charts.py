"""Charts: their specifications and drawings."""

import re
from html import unescape

import pytest

from signoff.report.charts import (
    Bar,
    CurveSpan,
    IntervalPoint,
    SplitBar,
    bar_chart,
    curve_chart,
    interval_chart,
    split_chart,
    stacked_chart,
)
from signoff.report.drawing import Frame, draw_svg
from signoff.report.forms import reader_forms

EVIL = "<script>alert(\"1\")</script> & 'co'"
SPECS = {
    "bar": bar_chart([Bar(EVIL, 1200.0, EVIL)], axis=EVIL),
    "interval": interval_chart([IntervalPoint(EVIL, 0.4, 0.3, 0.6, EVIL)], axis=EVIL),
    "stacked": stacked_chart(
        [(EVIL, EVIL, 9.0)], times=[EVIL, "11 January"], series=[EVIL], axis=EVIL
    ),
    "split": split_chart([SplitBar(EVIL, 3.0, 1.0)], axis=EVIL, parts=(EVIL, "missing")),
    "curve": curve_chart(
        [CurveSpan(0.0, 0.0, 0.0, 0.0), CurveSpan(9.0, 5.0, 4.0, 7.0)],
        here=(9.0, 5.0),
        axes=(EVIL, "Leads"),
    ),
}


def _frame(anchor: str = "a", width: int = 700) -> Frame:
    return Frame(anchor, width=width, font="serif", title=EVIL, alternative=EVIL)


@pytest.mark.parametrize("name", SPECS)
def test_draw_svg_script_in_names_stays_text(name: str) -> None:
    drawn = draw_svg(SPECS[name], _frame(), forms=reader_forms("en"))
    assert "<script" not in drawn
    assert EVIL in unescape(drawn)


@pytest.mark.parametrize("name", SPECS)
def test_draw_svg_twice_is_the_same_and_needs_nothing_from_outside(name: str) -> None:
    first, second = (draw_svg(SPECS[name], _frame(), forms=reader_forms("fr")) for _ in range(2))
    assert first == second
    assert not re.search(r"(href|src)=\"(?!#)", first)
    assert not re.search(r"\swidth=\"700\"", first[: first.index(">")])


def test_draw_svg_has_title_and_description_for_readers() -> None:
    drawn = draw_svg(SPECS["bar"], _frame("spend"), forms=reader_forms("en"))
    assert 'role="img" aria-labelledby="spend-title spend-desc"' in drawn


def test_draw_svg_french_axis_groups_by_narrow_space() -> None:
    spec = bar_chart([Bar("a", 40000.0, "x")], axis="y")
    assert "40\u202f000" in draw_svg(spec, _frame(), forms=reader_forms("fr"))
    assert "40,000" in draw_svg(spec, _frame(), forms=reader_forms("en"))


def test_curve_chart_dot_stands_where_the_plan_stands() -> None:
    dot = SPECS["curve"]["layer"][2]
    assert dot["data"]["values"] == [{"budget": 9.0, "result": 5.0}]


def test_curve_chart_band_spans_the_interval_of_each_point() -> None:
    band = SPECS["curve"]["layer"][0]
    assert (band["encoding"]["y"]["field"], band["encoding"]["y2"]["field"]) == ("low", "high")
    assert [(row["low"], row["high"]) for row in band["data"]["values"]] == [(0.0, 0.0), (4.0, 7.0)]
