"""Groups and months of the money: they come back from TOML and JSON as they were written."""

from decimal import Decimal

import pytest

from signoff.brief import Brief, GroupTerms, MonthTerms, read_brief, starter_brief
from signoff.errors import BriefError

TERMS = """\
[[money.groups]]
purpose = "brand"
floor_share = 0.3

[[money.groups]]
name = "Paper"
venue_group = "print"
ceiling = 20000

[[money.groups]]
venues = ["people-weekly", "finance-letter"]
floor = 1000.50
ceiling_share = 0.5

[[money.months]]
month = "2027-03"
ceiling = 9000

"""


def _brief(terms: str = TERMS) -> Brief:
    text = starter_brief()
    return read_brief(text.replace("[money.exchange_rates]", f"{terms}[money.exchange_rates]"))


def test_read_brief_groups_and_months_are_read_as_written() -> None:
    money = _brief().money
    assert money.groups == (
        GroupTerms(purpose="brand", floor_share=0.3),
        GroupTerms(name="Paper", venue_group="print", ceiling=Decimal(20000)),
        GroupTerms(
            venues=("people-weekly", "finance-letter"), floor=Decimal("1000.50"), ceiling_share=0.5
        ),
    )
    assert money.months == (MonthTerms(month="2027-03", ceiling=Decimal(9000)),)


def test_brief_groups_and_months_come_back_from_json() -> None:
    brief = _brief()
    assert Brief.model_validate_json(brief.model_dump_json()) == brief


def test_read_brief_without_groups_has_none() -> None:
    money = read_brief(starter_brief()).money
    assert (money.groups, money.months) == ((), ())


@pytest.mark.parametrize(
    ("terms", "title"),
    [
        (GroupTerms(purpose="brand"), "brand"),
        (GroupTerms(venue_group="print"), "print"),
        (GroupTerms(name="Paper", venue_group="print"), "Paper"),
        (GroupTerms(venues=("a", "b")), "a, b"),
    ],
)
def test_group_terms_title_is_its_name_or_what_it_names(terms: GroupTerms, title: str) -> None:
    assert terms.title == title


@pytest.mark.parametrize(
    ("written", "wrong", "where"),
    [
        ('month = "2027-03"', 'month = "2027-13"', "money.months[1].month"),
        ('month = "2027-03"', 'month = "March"', "money.months[1].month"),
        ('purpose = "brand"', 'purpose = "fame"', "money.groups[1].purpose"),
        ("floor_share = 0.3", "floor_share = 30", "money.groups[1].floor_share"),
        ("ceiling = 20000", "ceiling = -1", "money.groups[2].ceiling"),
        ("ceiling = 9000\n", "", "money.months[1].ceiling"),
    ],
)
def test_read_brief_faulty_group_or_month_is_named_with_its_place(
    written: str, wrong: str, where: str
) -> None:
    with pytest.raises(BriefError) as caught:
        _brief(TERMS.replace(written, wrong))
    assert [fault.where for fault in caught.value.faults] == [where]
