"""Rate cards, dates of issue and packages, as publishers and planners write them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from signoff.store.imports import ImportReceipt
from signoff.units import VenueKind
from signoff.venues.cards.prices import Ladder, PriceStep

Bring = Callable[..., ImportReceipt]
Rows = Callable[[str], list[tuple[Any, ...]]]
VENUE = (
    "venue_id,name,kind,unit,currency,exposures_per_unit,response_share,response_low_share,"
    "response_high_share,basis"
)
SAID = "insertion,EUR,1,0.01,0.005,0.02,prior"


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book, out = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def faults_of(receipt: ImportReceipt) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.column, fault.reason) for fault in receipt.faults]


def test_published_card_of_sizes_and_steps_is_exact(
    bring: Bring, lake_rows: Rows, shared_data: Path
) -> None:
    content = (shared_data / "reach" / "rate_card_enterprising_women.csv").read_bytes()
    mapping = {
        "=enterprising-women": "venue_id",
        "price_usd_per_insertion": "unit_price",
        "=USD": "currency",
    }
    receipt = bring(content, "card.csv", table="rate", mapping=mapping)
    assert receipt.n_rejected == 0
    steps = lake_rows(
        "SELECT units_from, unit_price FROM lake.rate "
        "WHERE venue_id = 'enterprising-women 1 page' ORDER BY 1"
    )
    pages = Ladder(tuple(PriceStep(n, price) for n, price in steps), 1, 12)
    # a discount for all units: four pages cost 4 x 4,785, eight 8 x 4,270
    assert (pages.cost_cents(4), pages.cost_cents(8)) == (1_914_000, 3_416_000)
    sizes = lake_rows("SELECT count(DISTINCT venue_id), count(DISTINCT currency) FROM lake.rate")
    assert sizes == [(5, 1)]


def test_rate_card_in_french_headings_brings_all_columns(bring: Bring, lake_rows: Rows) -> None:
    receipt = bring(
        "Id support;À partir de;Jusqu'à;Prix unitaire;Devise;Minimum;Maximum;Type de remise;"
        "Frais fixes\nradio;1;9;120,50;EUR;1;40;par tranches;1 500,00\n"
        "radio;10;;99,90;EUR;1;40;par tranches;1 500,00\n",
    )
    assert receipt.table == "rate"
    columns = "units_from, units_to, unit_price, discount_kind, setup_cost, maximum_units"
    assert lake_rows(f"SELECT {columns} FROM lake.rate ORDER BY 1") == [
        (1, 9, Decimal("120.50"), "incremental", Decimal("1500.00"), 40),
        (10, None, Decimal("99.90"), "incremental", Decimal("1500.00"), 40),
    ]


def test_rate_card_as_a_workbook_is_read_alike(bring: Bring, lake_rows: Rows) -> None:
    bring(
        workbook(
            ("venue id", "units from", "unit price", "currency", "discount kind", "set-up cost"),
            ("fair", 1, 8200, "EUR", "all_units", 2500.5),
        ),
        "card.xlsx",
    )
    found = lake_rows("SELECT unit_price, setup_cost, discount_kind FROM lake.rate")
    assert found == [(Decimal("8200.00"), Decimal("2500.50"), "all_units")]


@pytest.mark.parametrize("price", ["0", "-12", "0,00"])
def test_rate_card_with_a_price_of_nothing_or_less_gives_the_row_back(
    bring: Bring, price: str
) -> None:
    receipt = bring(
        f"venue_id;units_from;unit_price;currency\na;1;100,00;EUR\na;5;{price};EUR\na;9;80,00;EUR\n"
    )
    assert faults_of(receipt) == [(3, "unit_price", "it must be at least 0.01")]


def test_audience_over_the_whole_gives_the_row_back(bring: Bring) -> None:
    receipt = bring(
        "venue_id,role,reach_share,reach_low_share,reach_high_share\n"
        "a,user,0.2,0.1,0.3\nb,user,0.5,0.4,0.6\nc,user,1.2,0.4,1.4\n"
    )
    assert [(line, reason) for line, _, reason in faults_of(receipt)] == [
        (4, "it must be at least 0 and at most 1"),
        (4, "it must be at least 0 and at most 1"),
    ]


@pytest.mark.parametrize("kind", list(VenueKind))
def test_venue_of_every_kind_is_read(bring: Bring, lake_rows: Rows, kind: VenueKind) -> None:
    bring(f"{VENUE}\nv,V,{kind.value.replace('_', ' ')},{SAID}\n")
    assert lake_rows("SELECT kind FROM lake.venue") == [(kind.value,)]


def test_venue_in_french_brings_terms_and_kind(bring: Bring, lake_rows: Rows) -> None:
    bring(
        "Id support,Nom,Genre,Unité,Devise,Expositions par unité,Part de réponse,"
        "Part de réponse basse,Part de réponse haute,Fondement,Groupe,Objectif,Délai,"
        "Capacité par semaine,Capping,Capping en jours,Visiteurs qui se manifestent,"
        "Raised hand low share,Raised hand high share\n"
        'sat,Sat,Radio par satellite,parrainage,EUR,1,"0,01","0,005","0,02",hypothèse,audio,'
        'notoriété,21,14,3,7,"0,06","0,03","0,12"\n'
    )
    columns = "kind, unit, venue_group, purpose, lead_days, capacity_per_week, frequency_cap"
    columns += ", frequency_cap_days, raised_hand_share, raised_hand_low_share"
    assert lake_rows(f"SELECT {columns} FROM lake.venue") == [
        ("satellite_radio", "sponsorship", "audio", "brand", 21, 14, 3, 7, 0.06, 0.03)
    ]


def test_venue_file_from_before_still_loads(bring: Bring, lake_rows: Rows) -> None:
    bring(f"{VENUE}\nv,V,trade_title,{SAID}\n")
    empty = "venue_group, purpose, lead_days, capacity_per_week, frequency_cap"
    assert lake_rows(f"SELECT {empty} FROM lake.venue") == [(None,) * 5]


def test_dates_of_issue_come_with_deadline_and_capacity(bring: Bring, lake_rows: Rows) -> None:
    receipt = bring(
        "Id support;Date de parution;Date limite;Capacité\n"
        "weekly;25/03/2027;10/03/2027;2\nweekly;29/04/2027;;\n"
    )
    assert receipt.table == "venue_issue"
    assert lake_rows("SELECT * EXCLUDE (import_id, import_seq) FROM lake.venue_issue") == [
        ("weekly", date(2027, 3, 25), date(2027, 3, 10), 2, None),
        ("weekly", date(2027, 4, 29), None, None, None),
    ]


def test_dates_of_issue_twice_the_same_day_give_the_row_back(bring: Bring) -> None:
    receipt = bring(
        "venue_id,issue_on\na,2027-03-25\na,2027-04-25\nb,2027-04-25\na,2027-03-25\n", "i.csv"
    )
    assert faults_of(receipt) == [(5, "", "line 2 names the same day on which a venue appears")]


def test_packages_come_in_the_workspaces_currency_unless_they_say(
    bring: Bring, lake_rows: Rows
) -> None:
    receipt = bring(
        "package_id,name,venue_id,units,package_price\n"
        "duo,Duo,title,4,9000.00\nduo,Duo,letter,2,9000.00\n"
    )
    assert receipt.table == "venue_package"
    assert any("package_price is taken to be in EUR" in note for note in receipt.notes)
    found = lake_rows("SELECT venue_id, units, package_price, currency FROM lake.venue_package")
    assert sorted(found) == [
        ("letter", 2, Decimal("9000.00"), "EUR"),
        ("title", 4, Decimal("9000.00"), "EUR"),
    ]
