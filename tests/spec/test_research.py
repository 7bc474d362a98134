"""What research asks of the lake."""

from typing import Any

from signoff.research.reading import READING

EMPTY = dict.fromkeys(
    [
        *("country", "segment", "role", "reach_share", "reach_low_share", "reach_high_share"),
        *("basis", "source", "source_url"),
    ]
)
AUDIENCE = {
    "venue_id": "tw",
    "country": "*",
    "segment": "*",
    "role": "user",
    "reach_share": 0.25,
    "reach_low_share": 0.1,
    "reach_high_share": 0.5,
    "basis": "measured",
    "source": "media kit",
}


def test_reading_gives_every_venue_with_each_of_its_audiences(engines: Any) -> None:
    tw = {"venue_id": "tw", "venue": "Trade Weekly", "kind": "trade_title"}
    other = {**AUDIENCE, "role": "approver", "source": None, "source_url": "https://tw.example"}
    engines.expect(
        READING,
        [
            {"venue_id": "li", "venue": "LinkedIn", "kind": "social", **EMPTY},
            {**tw, **EMPTY, **other},
            {**tw, **EMPTY, **AUDIENCE},
        ],
        tables={
            "venue": [
                {"venue_id": "tw", "name": "Trade Weekly", "kind": "trade_title"},
                {"venue_id": "li", "name": "LinkedIn", "kind": "social"},
            ],
            "venue_audience": [AUDIENCE, other],
        },
    )
