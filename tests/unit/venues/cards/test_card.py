"""Cards of venues: checked, published to the lake, and read from it again."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from signoff.errors import ConflictError, DataError
from signoff.store.imports import ImportOptions, import_file
from signoff.store.lake import duckdb_engine
from signoff.store.register import ImportState, list_imports, load_document
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace
from signoff.venues import VenueCard, card_from_rows, find_venue_faults, keep_card, look_up_card

AT = datetime(2026, 11, 2, tzinfo=UTC)


def audience(**changes: Any) -> dict[str, Any]:
    shares = {"reach_share": 0.2, "reach_low_share": 0.1, "reach_high_share": 0.3}
    return {"role": "*", **shares, "basis": "prior", **changes}


def data(**changes: Any) -> dict[str, Any]:
    responses = {"response_share": 0.01, "response_low_share": 0.0, "response_high_share": 0.02}
    return {
        "name": "Trade Weekly",
        "kind": "trade_title",
        "unit": "insertion",
        "currency": "EUR",
        "exposures_per_unit": 1.5,
        **responses,
        "basis": "prior",
        "prices": [{"units_from": 1, "unit_price": "900.00", "note": "half a page"}],
        "audiences": [audience()],
        **changes,
    }


def step(units_from: int, units_to: int | None = None) -> dict[str, Any]:
    return {"units_from": units_from, "units_to": units_to, "unit_price": "9.00"}


def issue(**changes: Any) -> dict[str, Any]:
    return {"issue_on": "2027-04-01", "closes_on": "2027-03-15", **changes}


def card(**changes: Any) -> VenueCard:
    return VenueCard.model_validate(data(**changes))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create_workspace(tmp_path / "workspace", settings=Settings(name="Acme"), at=AT)


def keep(workspace: Workspace, *, seen: int, **changes: Any) -> str:
    return keep_card(
        workspace,
        card(**changes),
        name="tw",
        author="ann",
        at=AT,
        expected_version=seen,
    ).import_id


def kept(workspace: Workspace) -> Any:
    with duckdb_engine(workspace) as engine:
        return look_up_card(engine, venue_id="tw")


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({}, []),
        ({"response_share": 0.5}, ["response_share"]),
        ({"contacts_per_unit": 1000}, ["on_target_share"]),
        ({"basis": "measured"}, ["source"]),
        ({"prices": []}, ["prices"]),
        ({"prices": [{"unit_price": "1"}, {"unit_price": "2"}]}, ["prices"]),
        ({"prices": [{"units_from": 5, "unit_price": "1"}]}, ["prices"]),
        ({"minimum_units": 9, "maximum_units": 3}, ["maximum_units"]),
        ({"audiences": []}, []),
        ({"response_share": None, "response_low_share": None, "response_high_share": None}, []),
        ({"response_low_share": None}, ["response_share"]),
        ({"audiences": [audience(), audience()]}, ["audiences"]),
        ({"audiences": [audience(reach_share=0.9)]}, ["audiences[1].reach_share"]),
        ({"audiences": [audience(basis="measured")]}, ["audiences[1].source"]),
        ({"audiences": [audience(country="XX")]}, ["audiences[1].country"]),
        ({"audiences": [audience(country="fr", role="approver")]}, []),
        ({"source": "ask jo@firm.example"}, ["source"]),
        ({"colour": "red"}, ["colour"]),
        ({"prices": [step(1, 3), step(6)]}, ["prices"]),
        ({"prices": [step(1, 6), step(6)]}, ["prices"]),
        ({"prices": [step(2, 1)], "minimum_units": 2}, ["prices"]),
        ({"prices": [step(6), step(1, 5)]}, []),
        ({"prices": [{"unit_price": "0"}]}, ["prices[1].unit_price"]),
        ({"prices": [{"unit_price": "-5"}]}, ["prices[1].unit_price"]),
        ({"audiences": [audience(reach_high_share=1.2)]}, ["audiences[1].reach_high_share"]),
        ({"setup_cost": "-1"}, ["setup_cost"]),
        ({"discount_kind": "stepped"}, ["discount_kind"]),
        ({"frequency_cap_days": 7}, ["frequency_cap"]),
        ({"raised_hand_share": 0.05}, ["raised_hand_share"]),
        (
            {
                "raised_hand_share": 0.05,
                "raised_hand_low_share": 0.06,
                "raised_hand_high_share": 0.1,
            },
            ["raised_hand_share"],
        ),
        ({"raised_hand_share": 1.5}, ["raised_hand_share"]),
        ({"issues": [issue(), issue()]}, ["issues"]),
        ({"issues": [issue(closes_on="2027-04-02")]}, ["issues[1].closes_on"]),
        ({"issues": [issue(capacity_units=-1)]}, ["issues[1].capacity_units"]),
        ({"purpose": "brand", "unit": "sponsorship", "kind": "satellite_radio"}, []),
    ],
)
def test_find_venue_faults_names_the_place(changes: dict[str, Any], where: list[str]) -> None:
    assert [fault.where for fault in find_venue_faults(data(**changes))] == where


def test_card_from_rows_of_steps_that_differ_refuses_to_lose_one() -> None:
    steps = [
        {"units_from": n, "unit_price": Decimal(9), "currency": code, "minimum_units": 1}
        for n, code in ((1, "EUR"), (5, "GBP"))
    ]
    with pytest.raises(DataError, match="differ in currency"):
        card_from_rows({"venue_id": "tw"}, rates=steps, audiences=())


def test_keep_card_is_what_the_lake_has(workspace: Workspace) -> None:
    keep(workspace, seen=0)
    assert VenueCard.model_validate(kept(workspace)) == card()
    assert load_document(workspace.register, kind="venue", name="tw").version == 1


def test_keep_card_with_dates_and_terms_is_what_the_lake_has(workspace: Workspace) -> None:
    said = {
        "discount_kind": "incremental",
        "setup_cost": "250.00",
        "lead_days": 21,
        "capacity_per_week": 4,
        "frequency_cap": 3,
        "frequency_cap_days": 7,
        "raised_hand_share": 0.06,
        "raised_hand_low_share": 0.03,
        "raised_hand_high_share": 0.12,
        "venue_group": "print",
        "purpose": "activation",
        "unit": "sponsorship",
        "prices": [step(1, 3), step(4)],
        "issues": [issue(capacity_units=2), {"issue_on": "2027-05-01"}],
    }
    keep(workspace, seen=0, **said)
    assert VenueCard.model_validate(kept(workspace)) == card(**said)
    keep(workspace, seen=1)
    assert VenueCard.model_validate(kept(workspace)) == card()


def test_keep_card_that_is_silent_on_audience_and_response_is_what_the_lake_has(
    workspace: Workspace,
) -> None:
    silent = dict.fromkeys(("response_share", "response_low_share", "response_high_share"))
    keep(workspace, seen=0)
    keep(workspace, seen=1, audiences=[], **silent)
    found = kept(workspace)
    assert "audiences" not in found
    assert "response_share" not in found
    assert VenueCard.model_validate(found) == card(audiences=[], **silent)


def test_keep_card_again_takes_away_what_was_removed(workspace: Workspace) -> None:
    both = [audience(), audience(role="user")]
    steps = [{"unit_price": "900"}, {"units_from": 5, "unit_price": "800"}]
    keep(workspace, seen=0, audiences=both, prices=steps)
    keep(workspace, seen=1, prices=[{"unit_price": "700"}])
    found = kept(workspace)
    assert [price["unit_price"] for price in found["prices"]] == ["700.00"]
    assert [one["role"] for one in found["audiences"]] == ["*"]
    assert len(list_imports(workspace.register, state=ImportState.LIVE)) == 1


def test_keep_card_as_it_was_before_counts_again(workspace: Workspace) -> None:
    for seen, name in enumerate(("One", "Two", "One")):
        keep(workspace, seen=seen, name=name)
        assert kept(workspace)["name"] == name


def test_keep_card_over_a_later_file_counts_again(workspace: Workspace, tmp_path: Path) -> None:
    keep(workspace, seen=0)
    file = tmp_path / "venue.csv"
    file.write_text(
        "venue_id,name,kind,unit,currency,exposures_per_unit,response_share,response_low_share,"
        "response_high_share,basis\ntw,From a file,trade_title,insertion,EUR,1,0.1,0.1,0.1,prior\n",
        encoding="utf-8",
    )
    import_file(workspace, file, options=ImportOptions(by="bo", at=AT, table="venue"))
    assert kept(workspace)["name"] == "From a file"
    keep(workspace, seen=1)
    assert kept(workspace)["name"] == "Trade Weekly"


def test_keep_card_over_a_version_not_seen_publishes_nothing(workspace: Workspace) -> None:
    keep(workspace, seen=0)
    with pytest.raises(ConflictError):
        keep(workspace, seen=0, name="Another")
    assert kept(workspace)["name"] == "Trade Weekly"
    assert load_document(workspace.register, kind="venue", name="tw").version == 1


def test_look_up_card_of_no_venue_gives_none(workspace: Workspace) -> None:
    assert kept(workspace) is None
