"""Venues as documents: opened as the lake has them, and published to it when they are saved."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from signoff.app.web.place import current_workspace, lake_engine
from signoff.store.register import Version
from signoff.venues import VenueCard, keep_card, look_up_card

__all__ = ["begin_venue", "current_venue", "keep_venue"]


def begin_venue(_asked: Mapping[str, str]) -> dict[str, Any]:
    """Begin a card with one price and one audience to fill in."""
    return {"prices": [{"units_from": 1}], "audiences": [{"role": "*", "basis": "prior"}]}


def current_venue(name: str) -> Mapping[str, Any] | None:
    """Give a venue as the lake has it, whether a card or a file brought it in.

    Args:
        name: Short name of the venue.
    """
    with lake_engine() as engine:
        return look_up_card(engine, venue_id=name)


def keep_venue(
    name: str, body: Mapping[str, Any], *, author: str, at: datetime, expected_version: int
) -> Version:
    """Keep a card and publish its rows, so that the next plan reads them.

    Args:
        name: Short name of the venue.
        body: The card.
        author: Who saves it.
        at: When, UTC.
        expected_version: The newest version that the author has seen.
    """
    kept = keep_card(
        current_workspace(),
        VenueCard.model_validate_json(json.dumps(body)),
        venue_id=name,
        author=author,
        at=at,
        expected_version=expected_version,
    )
    return kept.version
