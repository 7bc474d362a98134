"""What the report says of weeks, levels of approval, groups and months."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from signoff.plan import CampaignPlan, read_plan, write_plan
from signoff.report import compose_report, render_html
from signoff.report.document import Figure, Paragraph, Section, Table
from signoff.report.scribe import Scribe
from signoff.report.sections import write_weeks
from signoff.report.wording import read_catalog
from signoff.venues import VenueLine, WeekLine

NONE = "\u2013"


def _written(plan: CampaignPlan, language: str = "en") -> Section:
    found = write_weeks(Scribe(plan, read_catalog(language)))
    assert found is not None
    return found


def _figure(section: Section) -> Figure:
    return next(block for block in section.blocks if isinstance(block, Figure))


def _rows(section: Section, name: str) -> list[list[str]]:
    tables = [block.table if isinstance(block, Figure) else block for block in section.blocks]
    table = next(block for block in tables if isinstance(block, Table) and block.anchor == name)
    return [["".join(span.text for span in cell) for cell in row] for row in table.rows]


def test_write_weeks_table_holds_every_entry_with_the_levels_it_meets_in_time(
    plan: CampaignPlan,
) -> None:
    rows = _rows(_written(plan), "by_week")
    assert [[row[0], *row[2:]] for row in rows] == [
        ["11 January 2027", "2", "€8,401", NONE],
        ["25 January 2027", "4", "€16,802", NONE],
        ["17 May 2027", "1", "€18,500", "1, 2, 3"],
        ["17 May 2027", "400", "€37,000", "1, 2, 3"],
    ]


def test_write_weeks_chart_adds_up_to_the_spend_and_shows_empty_weeks(plan: CampaignPlan) -> None:
    spec = _figure(_written(plan)).spec
    amounts = [row["value"] for row in spec["data"]["values"]]
    assert sum(amounts) == pytest.approx(float(plan.venues.total_spend))
    # 11 January to 27 June are 24 weeks
    assert len(spec["encoding"]["x"]["scale"]["domain"]) == 24
    assert {row["time"] for row in spec["data"]["values"]} == {
        "11 January",
        "25 January",
        "17 May",
    }


def test_write_weeks_many_venues_share_a_last_colour(plan: CampaignPlan) -> None:
    lines = tuple(
        replace(plan.venues.lines[0], venue_id=f"v{n}", name=f"V{n}", spend=Decimal(100 - n))
        for n in range(9)
    )
    spec = _figure(_written(_with(plan, lines))).spec
    assert spec["encoding"]["color"]["scale"]["domain"] == [
        "V0",
        "V1",
        "V2",
        "V3",
        "V4",
        "other venues",
    ]
    others = [row for row in spec["data"]["values"] if row["part"] == "other venues"]
    assert sum(row["value"] for row in others) == pytest.approx(95 + 94 + 93 + 92)


def _with(plan: CampaignPlan, lines: tuple[VenueLine, ...]) -> CampaignPlan:
    day = plan.brief.period.starts_on + timedelta(days=7)
    weeks = tuple(WeekLine(day, line.venue_id, line.units, line.spend) for line in lines)
    return replace(plan, venues=replace(plan.venues, lines=lines, weeks=weeks))


def test_write_weeks_levels_say_roles_days_and_what_they_rest_on(plan: CampaignPlan) -> None:
    assert _rows(_written(plan), "levels") == [
        ["1", "user", "2 April 2027", "14 June 2027", "21", "71", "an assumption"],
        ["2", "approver", "20 April 2027", "20 June 2027", "9", "32", "an assumption"],
        ["3", "decider", "16 May 2027", "27 June 2027", "0", "0", "an assumption"],
    ]


@pytest.mark.parametrize(("basis", "words"), [("measured", "was measured"), ("assumed", "import")])
def test_write_weeks_says_whether_times_are_measured(
    plan: CampaignPlan, basis: str, words: str
) -> None:
    timings = tuple(replace(window, basis=basis) for window in plan.venues.timings)  # type: ignore[arg-type]  # one of the two
    changed = replace(plan, venues=replace(plan.venues, timings=timings))
    said = [
        "".join(span.text for span in block.line)
        for block in _written(changed).blocks
        if isinstance(block, Paragraph)
    ]
    assert words in said[1]


def test_write_weeks_limits_stand_beside_what_is_spent(plan: CampaignPlan) -> None:
    section = _written(plan, "fr")
    narrow, fixed = "\u202f", "\u00a0"
    assert [row[1:] for row in _rows(section, "groups")] == [
        [f"20{narrow}000{fixed}€", f"25{narrow}203{fixed}€", NONE],
        [NONE, f"37{narrow}000{fixed}€", f"40{narrow}000{fixed}€"],
    ]
    assert _rows(section, "months") == [
        ["2027-01", f"25{narrow}203{fixed}€", f"30{narrow}000{fixed}€"],
        ["2027-05", f"55{narrow}500{fixed}€", NONE],
    ]


def test_compose_report_plan_of_an_earlier_version_has_no_weeks(plan: CampaignPlan) -> None:
    import json

    body = json.loads(write_plan(plan))
    for key in ("weeks", "timings", "limits"):
        del body["venues"][key]
    older = read_plan(json.dumps(body))
    assert (older.venues.weeks, older.venues.timings, older.venues.limits) == ((), (), ())
    assert "weeks" not in [section.anchor for section in compose_report(older).sections]
    assert 'id="chart-weeks"' not in render_html(older)


def test_write_plan_keeps_weeks_and_levels_to_the_day(plan: CampaignPlan) -> None:
    kept = read_plan(write_plan(plan)).venues
    assert kept == plan.venues
    assert kept.weeks[0].starts_on == date(2027, 1, 11)
