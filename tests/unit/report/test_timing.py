"""What the report says of when the result comes."""

import json
from dataclasses import replace

import pytest

from signoff.plan import CampaignPlan, read_plan, write_plan
from signoff.report import compose_report, explain_number, render_html
from signoff.report.document import Block, Figure, Folded, Paragraph, Table, numbers_of
from signoff.report.scribe import Scribe
from signoff.report.sections.timing import write_timing
from signoff.report.wording import read_catalog


def _written(plan: CampaignPlan, language: str = "en") -> list[Block]:
    return write_timing(Scribe(plan, read_catalog(language)))


def _text(blocks: list[Block]) -> str:
    return " ".join(
        span.text for block in blocks if isinstance(block, Paragraph) for span in block.line
    )


def _rows(table: Table) -> list[list[str]]:
    return [["".join(span.text for span in cell) for cell in row] for row in table.rows]


def test_write_timing_says_when_half_has_come_and_what_comes_after_the_period(
    plan: CampaignPlan,
) -> None:
    text = "".join(_text(_written(plan)).split())
    assert "Halfoftheresulthascome18.2(17.6to19.3)weeksafter" in text
    assert "ninetenthsofit24.6(22.8to27.0)weeksafter" in text
    assert "By27June2027,thelastdayofthebrief,3.6(1.7to6.9)havecome" in text
    assert "0.61(0.20to1.40)comeafterit,15%(8%to21%)ofthewhole" in text
    assert "finalyes" in text


def test_write_timing_of_coverage_does_not_speak_of_a_final_yes(plan: CampaignPlan) -> None:
    assert plan.venues.timing is not None
    timing = replace(plan.venues.timing, counts_approval=False)
    changed = replace(plan, venues=replace(plan.venues, timing=timing))
    assert "its yes comes later" in _text(_written(changed))


def test_write_timing_table_ends_with_what_comes_later_and_the_whole(plan: CampaignPlan) -> None:
    figure = next(block for block in _written(plan) if isinstance(block, Figure))
    rows = _rows(figure.table)
    assert len(rows) == 28
    assert rows[0][0] == "11 January 2027"
    assert rows[-1] == ["Later", "0.16 (0.01 to 0.60)", "4.2 (2.0 to 7.9)"]


def test_write_timing_chart_tells_weeks_after_the_period_apart(plan: CampaignPlan) -> None:
    figure = next(block for block in _written(plan, "fr") if isinstance(block, Figure))
    rows = figure.spec["data"]["values"] if "data" in figure.spec else None
    rows = rows or figure.spec["layer"][0]["data"]["values"]
    parts = [row["part"] for row in rows]
    assert parts.count("pendant la période") == 24
    assert parts.count("après elle") == 3


def test_write_timing_lags_name_what_they_rest_on(plan: CampaignPlan) -> None:
    folded = next(block for block in _written(plan) if isinstance(block, Folded))
    table = next(block for block in folded.blocks if isinstance(block, Table))
    assert _rows(table)[0][1:] == [
        "80% (50% to 92%)",
        "1.0 (0.0 to 3.0)",
        "30% (10% to 50%)",
        "wide prior",
        "What is assumed of such venues, a guess: no published number was found",
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_explain_number_knows_every_number_of_the_timing(plan: CampaignPlan, language: str) -> None:
    report = compose_report(plan, language=language)
    paths = {
        number.path
        for section in report.sections
        for number in numbers_of(section.blocks)
        if number.path.startswith("venues.timing")
    }
    assert len(paths) > 160
    for path in sorted(paths)[::9]:
        explained = explain_number(plan, path, language=language, report=report)
        assert explained.meaning
        assert explained.unit
        assert float(explained.value) == pytest.approx(float(explained.value))


def test_compose_report_plan_of_an_earlier_version_says_nothing_of_it(plan: CampaignPlan) -> None:
    body = json.loads(write_plan(plan))
    del body["venues"]["timing"]
    older = read_plan(json.dumps(body))
    assert older.venues.timing is None
    assert 'id="chart-arrivals"' in render_html(plan)
    assert 'id="chart-arrivals"' not in render_html(older)
