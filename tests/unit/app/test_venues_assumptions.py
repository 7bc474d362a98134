from collections.abc import Callable
from typing import Any

Call = Callable[..., Any]


def test_venues_assumptions_show_source_and_interval(call: Call) -> None:
    done = call("venues", "assumptions", "--kind", "direct_mail")
    assert done.code == 0
    assert "DMA Response Rate Report" in done.out


def test_venues_assumptions_as_json_hold_every_field(call: Call) -> None:
    done = call("venues", "assumptions", "--kind", "search", "--json")
    found = done.json["priors"]
    assert {one["measure"] for one in found} >= {"reach_share", "visits_per_exposure"}
    assert all(one["low"] <= one["value"] <= one["high"] for one in found)
