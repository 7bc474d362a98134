"""Money of groups and months beside what the brief allows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from signoff.brief import GroupTerms, MonthTerms
from signoff.venues.facts import list_facts
from signoff.venues.sample import sample_brief, sample_engine
from signoff.venues.terms.limit_lines import LimitLine, list_limit_lines
from signoff.venues.weeks.plan_weeks import WeekLine


def test_list_limit_lines_sets_spend_beside_floors_and_ceilings() -> None:
    brief = sample_brief()
    with sample_engine() as engine:
        book = list_facts(engine, brief=brief).book
    first, second = (venue.venue_id for venue in book.venues[:2])
    money = brief.money.model_copy(
        update={
            "groups": (
                GroupTerms(name="one", venues=(first,), floor=Decimal("10.00")),
                GroupTerms(venues=(first, second), ceiling_share=0.5),
            ),
            "months": (MonthTerms(month="2027-03", ceiling=Decimal(90)),),
        }
    )
    weeks = (
        WeekLine(date(2027, 1, 4), first, 1, Decimal("7.50")),
        WeekLine(date(2027, 1, 25), second, 2, Decimal("4.00")),
        WeekLine(date(2027, 2, 1), first, 1, Decimal("7.50")),
    )
    found = list_limit_lines(
        replace(book),
        brief=brief.model_copy(update={"money": money}),
        spend={first: Decimal("15.00"), second: Decimal("4.00")},
        weeks=weeks,
    )
    half = (brief.money.budget / 2).quantize(Decimal("0.01"))
    assert found == (
        LimitLine("group", "one", Decimal("10.00"), None, Decimal("15.00")),
        LimitLine("group", f"{first}, {second}", None, half, Decimal("19.00")),
        LimitLine("month", "2027-01", None, None, Decimal("11.50")),
        LimitLine("month", "2027-02", None, None, Decimal("7.50")),
        LimitLine("month", "2027-03", None, Decimal(90), Decimal("0.00")),
    )


def test_list_limit_lines_no_terms_and_no_weeks_is_nothing() -> None:
    brief = sample_brief()
    with sample_engine() as engine:
        book = list_facts(engine, brief=brief).book
    assert list_limit_lines(book, brief=brief, spend={}, weeks=()) == ()
