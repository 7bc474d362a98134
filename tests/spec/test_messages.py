"""What messages ask of the lake."""

from typing import Any

from signoff.messages.venue_refs import VENUE_NAMES

VENUES = [
    {"venue_id": "b", "name": "Trade Weekly", "kind": "trade_title"},
    {"venue_id": "a", "name": "Trade Weekly", "kind": "newsletter"},
    {"venue_id": "c", "name": "LinkedIn", "kind": "social"},
]


def test_venue_names_gives_every_venue_by_name(engines: Any) -> None:
    engines.expect(
        VENUE_NAMES,
        [
            {"venue_id": "c", "name": "LinkedIn", "kind": "social"},
            {"venue_id": "a", "name": "Trade Weekly", "kind": "newsletter"},
            {"venue_id": "b", "name": "Trade Weekly", "kind": "trade_title"},
        ],
        tables={"venue": VENUES},
    )
