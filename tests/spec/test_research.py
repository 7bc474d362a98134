"""What research asks of the lake."""

from typing import Any

from signoff.research.reading import READING

EMPTY = dict.fromkeys(
    [
        *("country", "segment", "role", "reach_share", "reach_low_share", "reach_high_share"),
        *("basis", "source", "source_url", "n_people"),
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
    unstated = {"reach_low_share": None, "reach_high_share": None}
    study = {k: v for k, v in {**AUDIENCE, **unstated}.items() if k != "basis"}
    engines.expect(
        READING,
        [
            {"venue_id": "li", "venue": "LinkedIn", "kind": "social", **EMPTY},
            {**tw, **EMPTY, **other},
            {**tw, **EMPTY, **AUDIENCE},
            {**tw, **EMPTY, **AUDIENCE, **unstated, "source": "spring", "n_people": 80.0},
            {**tw, **EMPTY, **AUDIENCE, **unstated, "basis": "prior", "n_people": 41.5},
        ],
        tables={
            "venue": [
                {"venue_id": "tw", "name": "Trade Weekly", "kind": "trade_title"},
                {"venue_id": "li", "name": "LinkedIn", "kind": "social"},
            ],
            "venue_audience": [AUDIENCE, other],
            "audience_evidence": [
                {**study, "method": "survey", "study": "spring", "n_asked": 80, "source": None},
                {**study, "method": "lookup", "study": "census", "n_asked": 60}
                | {"n_effective": 41.5},
            ],
        },
    )
