"""Tables of a report as rows: exact numbers, estimates with their ends, words as they are."""

from decimal import Decimal

import pytest

from signoff.errors import MissingError
from signoff.plan import CampaignPlan
from signoff.report import (
    compose_report,
    find_table,
    list_tables,
    read_page,
    render_body,
    table_rows,
)


def test_list_tables_gives_every_table_of_the_page(plan: CampaignPlan) -> None:
    names = [table.anchor for table in list_tables(compose_report(plan))]
    assert len(names) == len(set(names)) == read_page(render_body(plan)).elements["table"]


def test_table_rows_keep_money_and_counts_to_the_digit(plan: CampaignPlan) -> None:
    rows = table_rows(compose_report(plan), "spend")
    assert [row["Spend"] for row in rows] == [
        Decimal("37000.00"),
        Decimal("25203.00"),
        Decimal(18500),
    ]


def test_table_rows_give_an_estimate_three_columns(plan: CampaignPlan) -> None:
    row = table_rows(compose_report(plan, language="fr"), "reach")[0]
    assert [row[name] for name in row if name.startswith("Touch")] == [0.72, 0.55, 0.84]


def test_table_rows_all_have_the_same_columns(plan: CampaignPlan) -> None:
    report = compose_report(plan)
    for table in list_tables(report):
        rows = table_rows(report, table.anchor)
        assert len(rows) == len(table.rows)
        assert len({tuple(row) for row in rows}) == 1, table.anchor


def test_table_rows_of_no_table_names_those_there_are(plan: CampaignPlan) -> None:
    with pytest.raises(MissingError, match="spend"):
        table_rows(compose_report(plan), "nothing")


def test_find_table_gives_the_table_that_shows_a_number(plan: CampaignPlan) -> None:
    report = compose_report(plan)
    found = find_table(report, "venues.lines[1].units")
    assert found is not None
    assert found.anchor == "bought"
    assert find_table(report, "venues.bound") is None
