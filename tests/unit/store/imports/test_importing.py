"""Importing end to end: what comes in, what is given back, what is never half done."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from signoff.errors import DataError
from signoff.store.engines.duck import fresh_session
from signoff.store.imports import ImportOptions, ImportReceipt, import_file, preview_import
from signoff.store.imports.identity import make_id
from signoff.store.lake.current import duckdb_engine
from signoff.store.register.ledger import ImportState, list_imports
from signoff.store.workspace import Workspace

Bring = Callable[..., ImportReceipt]


Rows = Callable[[str], list[tuple[Any, ...]]]


def test_import_file_plain_accounts_are_in_the_lake(
    accounts: ImportReceipt, lake_rows: Rows, workspace: Workspace
) -> None:
    assert (accounts.n_read, accounts.n_published, accounts.n_rejected) == (4, 4, 0)
    assert lake_rows("SELECT name, domain, country FROM lake.account ORDER BY external_id")[:2] == [
        ("Acme", "acme.example", "FR"),
        ("Bolt", "bolt.example", "DE"),
    ]
    found = lake_rows("SELECT account_id FROM lake.account WHERE external_id = 'A1'")
    assert found == [(make_id(workspace.key, kind="account", text="A1"),)]


def test_import_file_same_content_twice_adds_nothing(bring: Bring, lake_rows: Rows) -> None:
    text = "name,country\nAcme,FR\n"
    first = bring(text, "one.csv")
    again = bring(text, "other name.csv")
    assert (again.is_new, again.n_published, again.import_id) == (False, 0, first.import_id)
    assert "Nothing new" in again.text()
    assert lake_rows("SELECT count(*) FROM lake.account") == [(1,)]


def test_import_file_corrected_file_supersedes_by_key(bring: Bring, workspace: Workspace) -> None:
    bring("name,employees\nAcme,10\nBolt,20\n")
    corrected = bring("name,employees\nAcme,12\n")
    assert corrected.n_superseded == 1
    with duckdb_engine(workspace) as engine:
        found = engine.session.execute("SELECT name, employees FROM account ORDER BY name")
        assert found.fetchall() == [("Acme", 12), ("Bolt", 20)]


def test_import_file_counts_of_firms_in_french_are_in_the_lake(
    bring: Bring, lake_rows: Rows
) -> None:
    heading = "Pays;Région;Nomenclature;Code activité;Tranche d'effectif;Entreprises;Année;Source"
    bring(
        f"{heading}\nFrance;;NAF;62;TPE;1 200;2024;Insee\n"
        "France;;NAF;62;Ensemble;1 500;2024;Insee\n"
        "France;Bretagne;NAF;62;50 à 249;7;2024;Insee\n"
    )
    assert lake_rows(
        "SELECT country, region, industry_scheme, industry_code, size_band, n_firms, year, source "
        "FROM lake.firm_count ORDER BY n_firms"
    ) == [
        ("FR", "Bretagne", "naf", "62", "medium", 7, 2024, "Insee"),
        ("FR", None, "naf", "62", "micro", 1200, 2024, "Insee"),
        ("FR", None, "naf", "62", None, 1500, 2024, "Insee"),
    ]


def test_import_file_corrected_counts_of_firms_supersede_where_the_key_has_empty_parts(
    bring: Bring, workspace: Workspace
) -> None:
    heading = "country,region,industry_scheme,industry_code,size_band,n_firms,year,source"
    bring(f"{heading}\nFR,,naf,62,,10,2024,Insee\nFR,,naf,62,small,4,2024,Insee\n")
    corrected = bring(f"{heading}\nFR,,naf,62,,12,2024,Insee\n", "corrected.csv")
    assert corrected.n_superseded == 1
    with duckdb_engine(workspace) as engine:
        found = engine.session.execute("SELECT n_firms FROM firm_count ORDER BY n_firms")
        assert found.fetchall() == [(4,), (12,)]


def test_import_file_repeated_count_of_firms_with_empty_key_parts_comes_back(bring: Bring) -> None:
    heading = "country,region,industry_scheme,industry_code,size_band,n_firms,year,source"
    receipt = bring(
        f"{heading}\nFR,,naf,62,,10,2024,Insee\nFR,,naf,62,,12,2024,Insee\n"
        "FR,,naf,62,small,4,2024,Insee\n"
    )
    assert [(f.line, f.kind) for f in receipt.faults] == [(3, "repeated")]


def test_import_file_finer_size_classes_than_ours_come_back(bring: Bring) -> None:
    receipt = bring(
        "country,industry_scheme,industry_code,size_band,n_firms,year,source\n"
        "FR,naf,62,10-19,10,2024,Insee\nFR,naf,62,10-49,14,2024,Insee\n"
        "FR,naf,63,,14,2024,Insee\n"
    )
    assert [(f.line, f.column, f.value) for f in receipt.faults] == [(2, "size_band", "10-19")]


def test_import_file_bad_rows_are_named_and_given_back(bring: Bring, lake_rows: Rows) -> None:
    receipt = bring(
        "name,country,employees\nAcme,France,10\nBolt,Atlantis,x\n,FR,3\nCorp,DE,-1\nDodo,DE,5\n"
        "Echo,DE,6\n"
    )
    assert (receipt.n_published, receipt.n_rejected) == (3, 3)
    assert [(f.line, f.column, f.value, f.kind) for f in receipt.faults] == [
        (3, "country", "Atlantis", "not_listed"),
        (3, "employees", "x", "unreadable"),
        (4, "name", "", "missing"),
        (5, "employees", "-1", "out_of_range"),
    ]
    listed = receipt.rejected_path.read_text()
    assert listed.splitlines()[0] == "line,column,value,kind,reason"
    assert "3,country,Atlantis,not_listed" in listed
    assert lake_rows("SELECT count(*) FROM lake.account") == [(3,)]


def test_import_file_mended_rows_are_imported_from_the_file_given_back(
    bring: Bring, lake_rows: Rows
) -> None:
    first = bring("name;founded year;revenue\nAcme;1996;1.234,50\nBolt;new;2,5\nCorp;2001;7,25\n")
    text = first.rejected_rows_path.read_text().replace("new", "2003").replace("2,5", "1.000")
    second = bring(text, "mended.csv")
    assert second.n_published == 1
    found = lake_rows("SELECT revenue FROM lake.account WHERE name = 'Bolt'")
    assert found == [(Decimal("1000.00"),)]


def test_import_file_repeated_key_names_the_earlier_line(bring: Bring) -> None:
    receipt = bring("name,city\nAcme,Paris\nBolt,Rome\nACME,Lyon\n")
    assert [(f.line, f.kind, f.reason) for f in receipt.faults] == [
        (4, "repeated", "line 2 names the same organisation")
    ]


def test_import_file_mostly_bad_imports_nothing(bring: Bring, workspace: Workspace) -> None:
    with pytest.raises(DataError, match="2 of 3 rows") as caught:
        bring("name,country\nAcme,FR\nBolt,XX1\nCorp,YY1\n")
    assert [fault.where for fault in caught.value.faults] == ["line 3, country", "line 4, country"]
    assert [entry.state for entry in list_imports(workspace.register)] == [ImportState.FAILED]
    left = [p for p in workspace.path.rglob("*") if p.suffix in {".parquet", ".csv"}]
    assert left == []


def test_import_file_account_list_without_the_markets_columns_says_which(bring: Bring) -> None:
    with pytest.raises(DataError) as caught:
        bring("venue_id,name\nv,V\n", table="venue")
    assert {"kind", "unit", "exposures_per_unit", "basis"} <= {f.where for f in caught.value.faults}


def test_import_file_wrong_date_is_rejected_not_guessed(bring: Bring) -> None:
    receipt = bring("case_id,activity,date\n1,asked,2026-02-28\n1,given,2026-02-30\n")
    assert [(f.line, f.kind) for f in receipt.faults] == [(3, "unreadable")]


def test_import_file_short_and_long_rows_are_rejected(bring: Bring) -> None:
    receipt = bring("name,country,city\nA,FR,Paris\nB,FR\nC,FR,Lyon,x\nD,FR,Nice,\nE,DE,Bonn\n")
    assert [(f.line, f.kind) for f in receipt.faults] == [(3, "n_cells"), (4, "n_cells")]
    assert "the row has 2 cells, the heading 3" in receipt.faults[0].reason
    assert receipt.n_published == 3


def test_import_file_email_address_in_a_lake_column_is_rejected(
    bring: Bring, workspace: Workspace
) -> None:
    receipt = bring("name,city\nAcme,Paris\nann@acme.example,Rome\nBolt,x bo@b.example\nCorp,L\n")
    assert [(f.line, f.kind) for f in receipt.faults] == [(3, "personal"), (4, "personal")]
    files = (workspace.path / "lake").rglob("*")
    assert not any(b"bo@b.example" in path.read_bytes() for path in files if path.is_file())


def test_import_file_references_by_id_domain_and_name(
    accounts: ImportReceipt, bring: Bring, lake_rows: Rows
) -> None:
    receipt = bring(
        "deal_id,account id,account domain,account name,stage\n"
        "D1,A1,,,won\nD2,,www.Bolt.example,,lost\nD3,,,ACME,Negotiation\nD4,,,,open\n"
        "D5,A9,,,won\nD6,,,Twin,won\n"
    )
    assert [(f.line, f.column, f.kind) for f in receipt.faults] == [
        (6, "account id", "unknown_account"),
        (7, "account name", "ambiguous_account"),
    ]
    found = lake_rows(
        "SELECT o.external_id, a.name, stage, source_stage FROM lake.opportunity AS o "
        "LEFT JOIN lake.account AS a USING (account_id) ORDER BY 1"
    )
    assert found == [
        ("D1", "Acme", "won", "won"),
        ("D2", "Bolt", "lost", "lost"),
        ("D3", "Acme", "open", "Negotiation"),
        ("D4", None, "open", "open"),
    ]


def test_import_file_stage_changes_need_their_opportunity(bring: Bring, lake_rows: Rows) -> None:
    bring("deal id,stage\nD1,won\n", "deals.csv")
    receipt = bring(
        "deal id,stage,changed at\nD1,Demo,2026-01-05T10:00:00+02:00\nD2,Demo,2026-01-05\n"
    )
    assert [(f.line, f.kind) for f in receipt.faults] == [(3, "unknown_opportunity")]
    found = lake_rows("SELECT stage, occurred_at FROM lake.stage_change")
    assert found == [("Demo", datetime.fromisoformat("2026-01-05T08:00"))]


def test_import_file_events_hide_visitor_and_query_string(
    accounts: ImportReceipt, bring: Bring, lake_rows: Rows
) -> None:
    receipt = bring(
        "timestamp,kind,account id,visitor,page,e-mail\n"
        "2026-01-05 10:00,Clic,A1,cookie-7,/p?mail=x@y.example#top,\n"
        "2026-01-05 10:00,Clic,A1,cookie-7,/p?z=2,nobody@x.example\n"
        "05/13/2026 10:00,visit,,,,\n"
    )
    assert receipt.n_rejected == 0
    found = lake_rows(
        "SELECT kind, page, visitor, person_id, occurred_at FROM lake.event ORDER BY 5"
    )
    visitor = found[0][2]
    assert len(visitor) == 20
    assert (
        found[:2]
        == [("click", "/p", visitor, None, datetime.fromisoformat("2026-01-05T10:00"))] * 2
    )
    assert found[2][4] == datetime.fromisoformat("2026-05-13T10:00")
    assert lake_rows("SELECT count(DISTINCT event_id) FROM lake.event") == [(3,)]


def test_import_file_same_touch_in_a_longer_file_supersedes(bring: Bring, lake_rows: Rows) -> None:
    bring("timestamp,kind\n2026-01-05,visit\n2026-01-05,visit\n", table="event")
    longer = bring("timestamp,kind\n2026-01-05,visit\n2026-01-05,visit\n2026-01-06,form\n")
    assert (longer.n_published, longer.n_superseded) == (3, 2)


def test_import_file_mapping_and_constants(bring: Bring, lake_rows: Rows) -> None:
    receipt = bring(
        "Kampagne X;Geld;Wer\nA;1,50;Hans\n",
        table="spend",
        mapping={
            "Kampagne X": "campaign",
            "Geld": "spend",
            "Wer": "",
            "=Radio": "venue",
            "=2026-01-01": "starts_on",
        },
        currency="CHF",
    )
    assert receipt.ignored == {"Wer": "the mapping leaves it out"}
    found = lake_rows("SELECT venue, campaign, starts_on, spend, currency FROM lake.spend")
    assert found == [("Radio", "A", date(2026, 1, 1), Decimal("1.50"), "CHF")]


def test_import_file_mapping_to_unknown_columns_is_refused(bring: Bring) -> None:
    with pytest.raises(DataError, match=r"no column 'nope'.*no column 'shoe'"):
        bring("name,x\nA,1\n", table="account", mapping={"nope": "name", "x": "shoe"})


def test_import_file_unknown_columns_ask_for_the_table(bring: Bring) -> None:
    with pytest.raises(DataError, match=r"cannot be told what file\.csv holds"):
        bring("foo,bar\n1,2\n")


def test_import_file_two_readings_of_a_number_are_refused(bring: Bring) -> None:
    with pytest.raises(DataError, match="a decimal point or a decimal comma"):
        bring("name;revenue\nAcme;1.234\nBolt;5.678\n")
    receipt = bring("name;revenue\nAcme;1.234\nBolt;5.678\n", decimal_mark=",")
    assert receipt.n_published == 2


def test_import_file_two_readings_of_a_day_are_refused(bring: Bring) -> None:
    text = "deal id,stage,close date\nD1,won,1/2/2026\nD2,won,3/4/2026\n"
    with pytest.raises(DataError, match="day first or month first"):
        bring(text)
    assert bring(text, date_order="mdy").n_published == 2


def test_import_file_cancelled_leaves_nothing(
    workspace: Workspace, tmp_path: Path, options: ImportOptions
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("first_name,last_name,email\nAnn,Lee,ann@x.example\n")

    def cancel(doing: str, n_rows: int) -> None:
        if doing == "publishing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(workspace, path, options=options, on_progress=cancel)
    assert [entry.state for entry in list_imports(workspace.register)] == [ImportState.FAILED]
    assert list(workspace.staging_dir.iterdir()) == []
    assert not list((workspace.path / "lake").rglob("*.parquet"))
    with workspace.register.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM person").scalar() == 0


def test_preview_import_shows_rows_and_stores_nothing(
    workspace: Workspace, tmp_path: Path, options: ImportOptions
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Raison sociale;Pays;Effectif\nAcme;Allemagne;1 234\nBolt;Nulle part;2\n")
    preview = preview_import(workspace, path, options=options)
    assert (preview.n_read, preview.n_good, preview.n_bad) == (2, 1, 1)
    assert preview.rows()[0]["country"] == "DE"
    assert preview.rows()[0]["employees"] == 1234
    assert "2 rows read, 1 would be imported" in preview.text()
    assert list_imports(workspace.register) == []
    assert list(workspace.staging_dir.iterdir()) == []


def test_import_file_formula_stays_text_and_comes_back_inert(bring: Bring, lake_rows: Rows) -> None:
    receipt = bring("name,city,country\n=cmd(),@x,FR\n'=two(),b,FR\n+three,-,??\n")
    assert lake_rows("SELECT name FROM lake.account ORDER BY 1") == [("=cmd()",), ("=two()",)]
    assert "'+three" in receipt.rejected_rows_path.read_text()


def test_import_file_staff_columns_are_ignored_and_said(bring: Bring) -> None:
    receipt = bring("name,country,Account owner\nAcme,FR,Jane Smith\n")
    assert receipt.ignored == {
        "Account owner": "it names the firm's own staff, who are never imported"
    }
    assert "Account owner" in receipt.text()


def test_import_options_said_holds_only_decisions() -> None:
    options = ImportOptions(by="a", at=datetime(2026, 1, 1, tzinfo=UTC), mapping={"=x": "name"})
    assert options.said() == {"mapping": {"=x": "name"}}


def test_import_file_both_decimal_marks_in_a_column_refuse_what_could_be_either(
    bring: Bring, lake_rows: Rows
) -> None:
    receipt = bring("name;revenue\nA;1.5\nB;1,5\nC;1.234\nD;2.25\nE;7\n")
    assert [(f.line, f.value) for f in receipt.faults] == [(3, "1,5"), (4, "1.234")]
    assert lake_rows("SELECT sum(revenue) FROM lake.account") == [(Decimal("10.75"),)]


def test_import_file_decimal_mark_that_is_said_is_binding(bring: Bring) -> None:
    receipt = bring("name;revenue\nA;1,5\nB;1.5\nC;1.234\n", decimal_mark=",")
    assert [(f.line, f.value) for f in receipt.faults] == [(3, "1.5")]


def test_import_file_lines_of_a_report_are_added_up(bring: Bring, lake_rows: Rows) -> None:
    receipt = bring(
        "Day,Campaign,Device,Impr.,Cost\n2026-01-01,A,Mobile,10,1.10\n2026-01-01,A,Desktop,5,2.20\n"
        "2026-01-02,A,Mobile,1,0.05\nTotal: Account,,,16,3.35\n"
    )
    assert (receipt.format, receipt.n_read, receipt.n_published) == ("google_ads_report", 3, 2)
    assert "3 lines were added up to 2 rows" in receipt.text()
    assert lake_rows("SELECT sum(spend), sum(impressions) FROM lake.spend") == [
        (Decimal("3.35"), 16)
    ]


def test_import_file_workbook_and_parquet_give_the_same_rows(
    bring: Bring, tmp_path: Path, lake_rows: Rows
) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Nom", "Effectif", "Chiffre d'affaires", "Pays"])
    book.active.append(["Acme", 1200, 1234.57, "Allemagne"])
    book.active.append(["Bolt", 7, "1 234,50", "FR"])
    book.active.append(["Total", 1207, 2469.06, None])
    path = tmp_path / "book.xlsx"
    book.save(path)
    receipt = bring(path.read_bytes(), "clients.xlsx")
    assert [(f.line, f.value, f.kind) for f in receipt.faults] == [(3, "1 234,50", "unreadable")]
    assert "line 4 (a total)" in receipt.text()
    other = tmp_path / "other.parquet"
    with fresh_session() as session:
        session.execute(
            "COPY (SELECT 'Acme' AS name, 1200 AS employees, 1234.57::DECIMAL(9,2) AS revenue, "
            f"'DE' AS country) TO '{other}'"
        )
    again = bring(other.read_bytes(), "clients.parquet")
    assert (again.n_published, again.n_superseded) == (1, 1)
    rows = lake_rows("SELECT employees, revenue, country FROM lake.account")
    assert rows == [(1200, Decimal("1234.57"), "DE")] * 2
