from datetime import date, timedelta
from typing import Any

import pytest

from signoff.brief import Brief, Language
from signoff.venues import VenuePlan, plan_venues
from signoff.venues.cards.absence import say_absence
from signoff.venues.sample import sample_brief, sample_engine, sample_tables, sample_venue

PERIOD = sample_brief().period


def plan(language: str = "en", *, as_of: date | None = None, **tables: Any) -> VenuePlan:
    visits = {**sample_brief().objective.model_dump(), "aim": "traffic"}  # then titles are bought
    changes = {"language": language, "objective": visits}
    brief = Brief.model_validate({**sample_brief().model_dump(), **changes})
    with sample_engine(**tables) as engine:
        return plan_venues(engine, brief=brief, seed=1, as_of=as_of)


def title_of(found: VenuePlan) -> Any:
    return next(line for line in found.lines if line.venue_id == "title")


def dates(*days: date, capacity_units: int | None = None) -> list[dict[str, Any]]:
    return [{"venue_id": "title", "issue_on": d, "capacity_units": capacity_units} for d in days]


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "the nearest are 2020-01-01, 2040-01-01."), ("fr", "les plus proches : 2020-01-01")],
)
def test_plan_without_a_date_in_the_period_says_which_are_nearest(language: str, told: str) -> None:
    found = plan(language, venue_issue=dates(date(2020, 1, 1), date(2040, 1, 1)))
    line = title_of(found)
    assert (line.units, line.in_plan, line.reason_kind) == (0, False, "cannot_appear")
    assert told in line.reason
    assert any("The Title" in caution and told in caution for caution in found.cautions)
    assert line.unit_price == line.list_price


def test_plan_too_late_to_order_says_so() -> None:
    venues = [{**row, "lead_days": 40} for row in sample_tables()["venue"][:1]]
    venues += sample_tables()["venue"][1:]
    found = plan(
        as_of=PERIOD.ends_on - timedelta(days=10), venue=venues, venue_issue=dates(PERIOD.ends_on)
    )
    assert "too late to order: 0 units" in title_of(found).reason


def test_plan_buys_no_more_than_can_appear() -> None:
    free = title_of(plan())
    held = title_of(plan(venue_issue=dates(PERIOD.starts_on, capacity_units=2)))
    assert free.units > 2
    assert (held.units, held.reason_kind) == (2, "at_most")


def test_venue_that_can_appear_has_nothing_to_say() -> None:
    assert say_absence(sample_venue(), period=PERIOD, language=Language.EN) == ""
