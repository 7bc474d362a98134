"""Lines written around numbers of a plan."""

import pytest

from signoff.errors import DataError
from signoff.plan import CampaignPlan
from signoff.report.document import Link, Number, Verbatim, Words
from signoff.report.scribe import Scribe
from signoff.report.wording import read_catalog


@pytest.fixture
def scribe(plan: CampaignPlan) -> Scribe:
    return Scribe(plan, read_catalog("en"))


def test_measure_keeps_the_exact_value_beside_the_rounded_one(scribe: Scribe) -> None:
    number = scribe.measure("venues.result.value", within="venues.result")
    assert number == Number("venues.result.value", "4.2134567890123", "4.2")


def test_money_keeps_every_cent(scribe: Scribe) -> None:
    number = scribe.money("venues.lines[0].unit_price")
    assert (number.value, number.text) == ("4200.50", "€4,200.50")


@pytest.mark.parametrize("path", ["venues.lines[0].name", "venues.lines[0].in_plan"])
def test_count_of_what_is_no_number_is_refused(scribe: Scribe, path: str) -> None:
    with pytest.raises(DataError, match="holds no number"):
        scribe.count(path)


def test_source_links_to_the_web_alone(scribe: Scribe) -> None:
    web = "https://example.org/kit"
    assert scribe.source("Kit", web) == (Link(web, "Kit"),)
    assert scribe.source(None, web) == (Link(web, web),)
    assert scribe.source("Kit", "javascript:alert(1)") == (Verbatim("Kit"),)
    assert scribe.source("", "") == (Verbatim("–"),)  # noqa: RUF001  # the dash of an empty cell


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a, x", "b", "c"], "a, x; b; and c"),
    ],
)
def test_listed_puts_and_before_the_last(scribe: Scribe, names: list[str], expected: str) -> None:
    line = scribe.listed([(Words(name),) for name in names])
    assert "".join(span.text for span in line) == expected


def test_estimate_as_share_gives_all_three_alike(scribe: Scribe) -> None:
    line = scribe.estimate("venues.reach_by_role[2].reach", as_share=True)
    assert "".join(span.text for span in line) == "4.5% (1.0% to 11.0%)"
