"""The planner's statements on every engine."""

from decimal import Decimal
from typing import Any

from signoff.venues.book import AUDIENCE_ROWS, DUPLICATION_ROWS, RATE_ROWS, VENUE_ROWS
from signoff.venues.card_record import CARD_PRICES
from signoff.venues.cells import MARKET_CELLS
from signoff.venues.sample import sample_tables

VENUE: dict[str, Any] = {
    "venue_id": "b",
    "name": "B",
    "kind": "social",
    "country": None,
    "region": None,
    "unit": "click",
    "currency": "EUR",
    "exposures_per_unit": 1.0,
    "contacts_per_unit": None,
    "on_target_share": None,
    "response_share": 0.9,
    "response_low_share": 0.7,
    "response_high_share": 1.0,
    "basis": "prior",
    "source": None,
    "source_url": None,
}
RATE: dict[str, Any] = {
    "venue_id": "b",
    "units_from": 1,
    "unit_price": Decimal("2.50"),
    "currency": "EUR",
    "minimum_units": 1,
    "maximum_units": None,
    "source": None,
    "source_url": None,
}
AUDIENCE: dict[str, Any] = {
    "venue_id": "b",
    "country": "*",
    "segment": "*",
    "role": "user",
    "reach_share": 0.2,
    "reach_low_share": 0.1,
    "reach_high_share": 0.3,
    "basis": "prior",
    "source": None,
    "source_url": None,
}


def test_venues_come_by_name(engines: Any) -> None:
    first = {**VENUE, "venue_id": "a", "contacts_per_unit": 1000.0, "on_target_share": 0.5}
    engines.expect(VENUE_ROWS, [first, VENUE], tables={"venue": [VENUE, first]})


def test_price_steps_come_by_venue_and_units(engines: Any) -> None:
    later = {**RATE, "units_from": 10, "unit_price": Decimal("2.25"), "maximum_units": 50}
    engines.expect(RATE_ROWS, [RATE, later], tables={"rate": [later, RATE]})


def test_card_prices_come_with_their_notes(engines: Any) -> None:
    first = {**RATE, "note": None}
    later = {**first, "units_from": 10, "maximum_units": 50, "note": "in spring only"}
    engines.expect(CARD_PRICES, [first, later], tables={"rate": [later, first]})


def test_audiences_come_by_venue_country_segment_and_role(engines: Any) -> None:
    everybody = {**AUDIENCE, "role": "*"}
    engines.expect(
        AUDIENCE_ROWS, [everybody, AUDIENCE], tables={"venue_audience": [AUDIENCE, everybody]}
    )


def test_duplications_come_by_pair(engines: Any) -> None:
    pairs = [{"venue_id": "a", "other_venue_id": other, "both_share": 0.1} for other in "bc"]
    engines.expect(DUPLICATION_ROWS, pairs, tables={"venue_duplication": pairs[::-1]})


def test_market_cells_join_equal_committees_and_leave_the_holdout_out(engines: Any) -> None:
    tables = {name: sample_tables()[name] for name in ("market_account", "account_role")}
    tables["market_account"].append(
        {"account_id": "a5", "country": "GB", "segment": "62", "value_weight": 0.1}
        | {"name": "a5", "relationship": "lost", "market_fit_share": 0.5, "is_holdout": False}
    )
    nobody = dict.fromkeys(
        (f"n_{r}" for r in ("initiator", "influencer", "purchaser", "gatekeeper")), 0
    )
    people = {"n_initiator": 0, "n_user": 3, "n_influencer": 0, "n_decider": 1, "n_approver": 1}
    full = {**people, "n_purchaser": 0, "n_gatekeeper": 0}
    none = {**dict.fromkeys(full, 0), **nobody}
    engines.expect(
        MARKET_CELLS,
        [
            {"country": "FR", "segment": "62", **full}
            | {"n_accounts": 1, "weight_billionths": 30_000_000},
            {"country": "GB", "segment": "62", **none}
            | {"n_accounts": 1, "weight_billionths": 100_000_000},
            {"country": "GB", "segment": "62", **full}
            | {"n_accounts": 2, "weight_billionths": 100_000_000},
        ],
        tables=tables,
    )
