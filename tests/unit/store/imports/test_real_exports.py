"""Files as people's tools write them: sums exact, or refused with line, column and reason."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from signoff.errors import DataError
from signoff.store.imports import ImportReceipt, import_file, undo_import
from signoff.store.imports.options import ImportOptions
from signoff.store.lake.current import duckdb_engine
from signoff.store.workspace import Workspace

Bring = Callable[..., ImportReceipt]
Rows = Callable[[str], list[tuple[Any, ...]]]
PREAMBLE = 'Campaign report\n"January 1, 2026 - January 31, 2026"\n'


def _kinds(receipt: ImportReceipt) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.column, fault.kind) for fault in receipt.faults]


def test_google_ads_clicks_go_before_interactions(bring: Bring, lake_rows: Rows) -> None:
    bring(PREAMBLE + "Campaign,Interactions,Cost,Clicks\nBrand,999,1.50,210\n")
    assert lake_rows("SELECT clicks FROM lake.spend") == [(210,)]


def test_google_ads_campaign_named_like_a_total_is_a_row(bring: Bring, lake_rows: Rows) -> None:
    text = (
        "Campaign,Campaign status,Cost,Clicks\nTotal Energies: Q1,Enabled,100.00,5\n"
        "Total: Brand,Enabled,10.00,5\nBrand,Enabled,50.00,4\nTotal: Account, --,160.00,14\n"
    )
    receipt = bring(PREAMBLE + text)
    assert "line 7 (a total)" in receipt.text()
    assert lake_rows("SELECT sum(spend), count(*) FROM lake.spend") == [(Decimal("160.00"), 3)]


def test_google_ads_days_do_not_end_with_the_period(bring: Bring, lake_rows: Rows) -> None:
    bring(
        PREAMBLE + "Day\tCampaign\tCost\n2026-01-01\tBrand\t1.50\n2026-01-02\tBrand\t2.25\n"
        "Total: Account\t --\t3.75\n"
    )
    assert lake_rows("SELECT starts_on, ends_on FROM lake.spend ORDER BY 1") == [
        (date(2026, 1, 1), None),
        (date(2026, 1, 2), None),
    ]


def test_linkedin_rows_of_the_whole_period_end_with_it(bring: Bring, lake_rows: Rows) -> None:
    bring(
        '"Report Start: January 1, 2026"\n"Report End: January 31, 2026"\n'
        "Start Date (in UTC),Campaign Name,Currency,Total Spent\n1/1/2026,Launch,EUR,5.00\n"
    )
    assert lake_rows("SELECT ends_on FROM lake.spend") == [(date(2026, 1, 31),)]


def test_linkedin_currencies_are_never_added_up(bring: Bring, lake_rows: Rows) -> None:
    receipt = bring(
        "Start Date (in UTC),Campaign Name,Currency,Total Spent\n1/13/2026,Launch,EUR,10.25\n"
        "1/13/2026,Launch,USD,7.00\n1/13/2026,Other,EUR,1.00\n1/13/2026,Other,EUR,2.00\n"
    )
    assert _kinds(receipt) == [(2, "", "two_currencies"), (3, "", "two_currencies")]
    assert lake_rows("SELECT campaign, spend FROM lake.spend") == [("Other", Decimal("3.00"))]


def test_french_amount_before_a_hard_space_and_euro_is_read(bring: Bring, lake_rows: Rows) -> None:
    text = "Campagne\tCoût\tClics\nMarque\t1\u202f234,56\u00a0€\t12\u202f345\n"
    bring(('Rapport\n"1 janvier 2026 - 31 janvier 2026"\n' + text).encode("utf-16"))
    assert lake_rows("SELECT spend, clicks FROM lake.spend") == [(Decimal("1234.56"), 12345)]


def test_amounts_in_another_currency_are_given_back(bring: Bring, lake_rows: Rows) -> None:
    head = "venue,campaign,starts_on,spend,currency\n"
    receipt = bring(
        f"{head}X,a,2026-01-01,€5.00,USD\nX,b,2026-01-01,$5.00,CAD\nX,c,2026-01-01,USD 5.00,usd\n"
        "X,d,2026-01-01,5.00 GBP,\nX,e,2026-01-01,£1.00,GBP\n"
    )
    assert _kinds(receipt) == [(2, "spend", "other_currency"), (5, "spend", "other_currency")]
    assert lake_rows("SELECT campaign FROM lake.spend ORDER BY 1") == [("b",), ("c",), ("e",)]


def test_dollars_in_a_workspace_of_euros_are_refused_unless_said(
    bring: Bring, lake_rows: Rows
) -> None:
    text = PREAMBLE + 'Campaign,Cost\nBrand,"$1,234.56"\n'
    with pytest.raises(DataError, match="another currency than its row"):
        bring(text)
    bring(text, currency="USD")
    assert lake_rows("SELECT spend, currency FROM lake.spend") == [(Decimal("1234.56"), "USD")]


def test_amounts_finer_than_a_cent_are_given_back(bring: Bring, lake_rows: Rows) -> None:
    receipt = bring(
        "venue_id,units_from,unit_price,currency\na,1,0.125,EUR\nb,1,0.120,EUR\n"
        "c,1,12.5000000001,EUR\nd,50%,10,EUR\n"
    )
    assert _kinds(receipt) == [(2, "unit_price", "too_fine"), (5, "units_from", "unreadable")]
    assert lake_rows("SELECT unit_price FROM lake.rate ORDER BY venue_id") == [
        (Decimal("0.12"),),
        (Decimal("12.50"),),
    ]


def test_addresses_never_reach_the_lake_by_another_column(bring: Bring) -> None:
    accounts = bring("name,industry,country\nAcme,ask ann@a.example,FR\nBolt,Steel,FR\n")
    assert _kinds(accounts) == [(2, "industry", "personal")]
    deals = bring("external_id,stage,value\n1,ask ann@a.example,5\n2,won,5\n", "deals.csv")
    assert _kinds(deals) == [(2, "stage", "personal")]
    events = bring(
        "occurred_at,kind,page\n2026-01-05,visit,https://a.example/u/ann%40a.example\n"
        "2026-01-05,visit,https://medium.example/@ann/post.html\n",
        "events.csv",
    )
    assert _kinds(events) == [(2, "page", "personal")]


def test_days_outside_of_business_are_given_back(bring: Bring, lake_rows: Rows) -> None:
    days = ("2024-02-29", "2025-02-29", "9999-12-31", "0001-01-01", "0000-01-01", "2026-01-05")
    rows = "".join(f"{number},won,{day}\n" for number, day in enumerate(days))
    receipt = bring(f"external_id,stage,began_on\n{rows}", largest_bad_share=0.9)
    assert [fault.kind for fault in receipt.faults] == ["unreadable", *["no_such_time"] * 3]
    assert lake_rows("SELECT count(*) FROM lake.opportunity") == [(2,)]


def test_hundreds_of_empty_lines_are_no_rows(bring: Bring) -> None:
    receipt = bring("name;country\nAcme;FR\n;\nBolt;DE\n" + ";\n" * 200)
    assert (receipt.n_read, receipt.n_rejected) == (2, 0)
    assert "196 more" in receipt.text()


def test_a_quotation_mark_left_open_at_the_end_swallows_no_row(bring: Bring) -> None:
    with pytest.raises(DataError, match=r"line 2 .*never closed"):
        bring('name,country,city\nAcme,FR,"Paris\nBolt,DE,Bonn\n')


def test_a_lone_carriage_return_in_a_cell_is_kept(bring: Bring, lake_rows: Rows) -> None:
    bring('name,country\n"Ac\rme",FR\nBolt,DE\n')
    assert lake_rows("SELECT name FROM lake.account ORDER BY 1") == [("Ac\rme",), ("Bolt",)]


def test_a_cell_of_megabytes_is_called_that(bring: Bring) -> None:
    with pytest.raises(DataError, match=r"line 2 .*longer than 1,048,576 letters"):
        bring("name,country\n" + "x" * 3_000_000 + ",FR\n")
    with pytest.raises(DataError, match=r"row on line 2 .*more than"):
        bring("name,country,a,b,c\nAcme,FR" + ",yyyyyyyy" * 3 * 100_000 + "\n")


def test_repeated_headings_stay_apart(bring: Bring, lake_rows: Rows) -> None:
    bring("name,name,name (2),country,country,\nAcme,Other,Third,FR,DE,\n")
    assert lake_rows("SELECT name, country FROM lake.account") == [("Acme", "FR")]


def test_import_file_that_changes_while_it_is_read_is_refused(
    workspace: Workspace, tmp_path: Path, options: ImportOptions, lake_rows: Rows
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,country\nAcme,FR\n")

    def write_more(doing: str, n_rows: int) -> None:
        if doing == "checking":
            path.write_text(f"name,country\nAcme,FR\nBolt,DE\n{n_rows}")

    with pytest.raises(DataError, match="changed while it was read"):
        import_file(workspace, path, options=options, on_progress=write_more)
    assert lake_rows("SELECT count(*) FROM lake.account") == [(0,)]


def test_undo_import_of_the_middle_one_of_three(bring: Bring, workspace: Workspace) -> None:
    bring("name,employees,city\nAcme,1,Paris\nBolt,1,\n", "1.csv")
    middle = bring("name,employees\nAcme,2\nBolt,2\n", "2.csv")
    bring("name,employees\nAcme,3\n", "3.csv")
    undo_import(workspace, middle.import_id, by="ann", at=datetime(2026, 11, 24, tzinfo=UTC))
    with duckdb_engine(workspace) as engine:
        found = engine.session.execute("SELECT name, employees FROM account ORDER BY name")
        assert found.fetchall() == [("Acme", 3), ("Bolt", 1)]
    again = bring("name,employees\nAcme,2\nBolt,2\n", "2.csv")
    assert (again.is_new, again.n_published) == (True, 2)
