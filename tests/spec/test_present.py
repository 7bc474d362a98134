"""The statements of what is bought at present, each on every engine."""

from datetime import date
from decimal import Decimal
from typing import Any

from signoff.venues.advice.present import LAST_SPEND_DAY, PRESENT_SPEND

JAN, MID, FEB = date(2027, 1, 4), date(2027, 1, 15), date(2027, 2, 1)


def row(starts_on: date, spend: str | None, *, campaign: str = "a") -> dict[str, Any]:
    money = None if spend is None else Decimal(spend)
    rest = {"starts_on": starts_on, "spend": money, "currency": "EUR"}
    return {"venue": "Weekly", "campaign": campaign, **rest}


SPEND = [
    row(JAN, "100.10"),
    row(MID, "0.20"),
    row(MID, None, campaign="b"),
    row(FEB, "50.00"),
]


def test_last_spend_day_lies_before_the_day(engines: Any) -> None:
    tables = {"spend": SPEND}
    engines.expect(LAST_SPEND_DAY, [{"last_on": MID}], tables=tables, values={"before": FEB})
    engines.expect(LAST_SPEND_DAY, [{"last_on": None}], tables=tables, values={"before": JAN})


def test_present_spend_adds_up_between_two_days(engines: Any) -> None:
    expected = {"venue": "Weekly", "currency": "EUR", "spend": Decimal("100.30"), "n_rows": 2}
    values = {"starts_on": JAN, "ends_on": date(2027, 1, 31)}
    engines.expect(PRESENT_SPEND, [expected], tables={"spend": SPEND}, values=values)
