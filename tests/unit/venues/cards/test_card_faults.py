from decimal import Decimal
from typing import Any

import pytest

from signoff.brief import Brief
from signoff.errors import Fault
from signoff.venues.cards.card_faults import find_card_faults
from signoff.venues.sample import sample_brief

VENUE: dict[str, Any] = {
    "venue_id": "v",
    "kind": "other",
    "exposures_per_unit": 1.0,
    "contacts_per_unit": None,
    "on_target_share": None,
    "response_share": 0.1,
    "response_low_share": 0.05,
    "response_high_share": 0.2,
    "raised_hand_share": None,
    "raised_hand_low_share": None,
    "raised_hand_high_share": None,
}
RATE: dict[str, Any] = {
    "units_from": 1,
    "unit_price": Decimal(100),
    "currency": "EUR",
    "minimum_units": 1,
    "maximum_units": 10,
    "units_to": None,
    "discount_kind": None,
    "setup_cost": None,
}
AUDIENCE: dict[str, Any] = {
    "country": "*",
    "segment": "*",
    "role": "*",
    "reach_share": 0.2,
    "reach_low_share": 0.1,
    "reach_high_share": 0.3,
}


def faults_of(
    *,
    venue: dict[str, Any] | None = None,
    rates: list[dict[str, Any]] | None = None,
    audiences: list[dict[str, Any]] | None = None,
    brief: Brief | None = None,
) -> list[Fault]:
    return find_card_faults(
        [{**VENUE, **(venue or {})}],
        rates={"v": [{**RATE, **rate} for rate in ([{}] if rates is None else rates)]},
        audiences={
            "v": [{**AUDIENCE, **row} for row in ([{}] if audiences is None else audiences)]
        },
        brief=brief or sample_brief(),
        known={"v"},
    )


def only(faults: list[Fault]) -> Fault:
    assert len(faults) == 1, [fault.what for fault in faults]
    assert faults[0].why
    assert faults[0].fix
    assert faults[0].where
    return faults[0]


def test_find_card_faults_sound_venue_has_none() -> None:
    assert faults_of() == []


def test_find_card_faults_no_venue_at_all_is_one() -> None:
    found = find_card_faults([], rates={}, audiences={}, brief=sample_brief(), known=set())
    assert "no venue to plan with" in only(found).what


def test_find_card_faults_venue_without_price_is_named() -> None:
    assert only(faults_of(rates=[])).what == "the venue v has no price"


def test_find_card_faults_venue_without_audience_is_left_to_what_is_assumed() -> None:
    assert faults_of(audiences=[]) == []


@pytest.mark.parametrize("price", [Decimal(0), Decimal(-5)])
def test_find_card_faults_price_of_nothing_or_less_is_refused(price: Decimal) -> None:
    assert f"one costs {price}" in only(faults_of(rates=[{"unit_price": price}])).what


def test_find_card_faults_first_step_above_minimum_is_a_gap() -> None:
    fault = only(faults_of(rates=[{"units_from": 5}]))
    assert "gap" in fault.what
    assert "from 1 on" in fault.fix


def test_find_card_faults_first_step_below_minimum_is_fine() -> None:
    assert faults_of(rates=[{"units_from": 1, "minimum_units": 3}]) == []


def test_find_card_faults_steps_with_two_minimums_are_refused() -> None:
    fault = only(faults_of(rates=[{}, {"units_from": 5, "minimum_units": 2}]))
    assert "[1, 2]" in fault.what


def test_find_card_faults_most_below_least_is_refused() -> None:
    fault = only(faults_of(rates=[{"minimum_units": 4, "maximum_units": 3}]))
    assert "at most 3 units" in fault.what


def test_find_card_faults_gap_between_steps_names_both_ends() -> None:
    fault = only(faults_of(rates=[{"units_to": 3}, {"units_from": 6}]))
    assert "gap: one price ends with 3 units, the next begins with 6" in fault.what
    assert fault.why == "4 units have no price"
    assert "end the one step with 5" in fault.fix


def test_find_card_faults_steps_that_overlap_are_refused() -> None:
    fault = only(faults_of(rates=[{"units_to": 6}, {"units_from": 6}]))
    assert "two prices overlap" in fault.what


def test_find_card_faults_steps_that_follow_each_other_are_fine() -> None:
    assert faults_of(rates=[{"units_to": 5}, {"units_from": 6, "units_to": 9}]) == []


def test_find_card_faults_step_that_ends_before_it_begins_is_refused() -> None:
    fault = only(faults_of(rates=[{"units_from": 1, "units_to": 0}]))
    assert "from 1 to 0 units" in fault.what


@pytest.mark.parametrize(
    ("name", "value"), [("discount_kind", "incremental"), ("setup_cost", Decimal(9))]
)
def test_find_card_faults_steps_that_differ_in_what_is_said_once_are_refused(
    name: str, value: str | Decimal
) -> None:
    fault = only(faults_of(rates=[{}, {"units_from": 5, name: value}]))
    assert f"differ in {name}" in fault.what


def test_find_card_faults_no_maximum_is_fine() -> None:
    assert faults_of(rates=[{"maximum_units": None}]) == []


def test_find_card_faults_card_in_two_currencies_is_refused() -> None:
    fault = only(faults_of(rates=[{}, {"units_from": 5, "currency": "GBP"}]))
    assert "EUR, GBP" in fault.what


def test_find_card_faults_currency_without_rate_names_the_field() -> None:
    fault = only(faults_of(rates=[{"currency": "CHF"}]))
    assert "money.exchange_rates.CHF" in fault.fix


@pytest.mark.parametrize(
    ("low", "share", "high"),
    [(0.1, 0.2, 1.1), (0.3, 0.2, 0.4), (0.1, 0.5, 0.4), (-0.1, 0.2, 0.3), (10.0, 12.0, 20.0)],
)
def test_find_card_faults_reach_outside_its_interval_is_refused(
    low: float, share: float, high: float
) -> None:
    row = {"reach_low_share": low, "reach_share": share, "reach_high_share": high}
    fault = only(faults_of(audiences=[row]))
    assert "reach share" in fault.what
    assert ("over 100 %" in fault.what) == (high > 1)


def test_find_card_faults_response_outside_its_interval_is_refused() -> None:
    assert "response share" in only(faults_of(venue={"response_share": 0.5})).what


def test_find_card_faults_contacts_without_target_share_are_refused() -> None:
    fault = only(faults_of(venue={"contacts_per_unit": 1000.0}))
    assert "on_target_share" in fault.fix


@pytest.mark.parametrize(
    "venue",
    [{"exposures_per_unit": 0.0}, {"contacts_per_unit": 0.0, "on_target_share": 1.0}],
)
def test_find_card_faults_unit_that_exposes_nobody_is_refused(venue: dict[str, float]) -> None:
    assert "one unit gives" in only(faults_of(venue=venue)).what


def test_find_card_faults_rows_of_unknown_venues_are_named() -> None:
    found = find_card_faults(
        [VENUE],
        rates={"v": [RATE], "ghost": [RATE]},
        audiences={"v": [AUDIENCE], "spirit": [AUDIENCE]},
        brief=sample_brief(),
        known={"v"},
    )
    assert [(fault.where, "ghost" in fault.what) for fault in found] == [
        ("rate", True),
        ("venue_audience", False),
    ]


def test_find_card_faults_many_faults_come_together() -> None:
    found = faults_of(
        venue={"response_share": 2.0, "contacts_per_unit": 5.0},
        rates=[{"unit_price": Decimal(0), "currency": "CHF", "units_from": 9}],
        audiences=[{"reach_share": 3.0}],
    )
    assert len(found) == 6


def test_find_card_faults_two_prices_for_the_same_units_are_refused() -> None:
    fault = only(faults_of(rates=[{}, {"unit_price": Decimal(90)}]))
    assert fault.what == "2 prices hold from 1 units on"


def test_find_card_faults_minimum_of_nothing_is_refused() -> None:
    assert "minimum buy is 0" in only(faults_of(rates=[{"minimum_units": 0}])).what


def test_find_card_faults_unknown_role_is_asked_about() -> None:
    fault = only(faults_of(audiences=[{"role": "Decidr"}]))
    assert fault.what == "no role is called Decidr"
    assert fault.fix == "did you mean decider?"


def test_find_card_faults_role_like_no_other_lists_all() -> None:
    assert only(faults_of(audiences=[{"role": "xyz"}])).fix.startswith("use one of: ")


def test_find_card_faults_unknown_kind_of_venue_is_named() -> None:
    assert only(faults_of(venue={"kind": "zeppelin"})).what == "no kind of venue is called zeppelin"


@pytest.mark.parametrize("target", [0.0, -0.1, 12.0])
def test_find_card_faults_target_outside_0_to_1_is_refused(target: float) -> None:
    fault = only(faults_of(venue={"contacts_per_unit": 1000.0, "on_target_share": target}))
    assert "on_target_share" in fault.fix


def test_find_card_faults_contacts_below_0_are_refused() -> None:
    only(faults_of(venue={"contacts_per_unit": -1.0, "on_target_share": 1.0}))


def test_find_card_faults_steps_in_any_order_of_price_are_fine() -> None:
    assert faults_of(rates=[{}, {"units_from": 5, "unit_price": Decimal(120)}]) == []


def test_find_card_faults_raised_hands_without_their_interval_are_named() -> None:
    found = only(faults_of(venue={"raised_hand_share": 0.05}))
    assert found.what.startswith("raised_hand_share is given without both ends")
    ends = {"raised_hand_low_share": 0.02, "raised_hand_share": 0.05}
    wrong = only(faults_of(venue={**ends, "raised_hand_high_share": 0.04}))
    assert wrong.what == "raised_hand share 0.05, interval 0.02 to 0.04"
    assert faults_of(venue={**ends, "raised_hand_high_share": 0.1}) == []
