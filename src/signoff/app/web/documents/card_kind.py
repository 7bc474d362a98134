"""Cards as documents: opened as the lake has them, and published to it when they are saved."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from signoff.app.web.place import current_workspace, lake_engine
from signoff.store.engines import Engine
from signoff.store.register import Version
from signoff.venues import PackageCard, VenueCard, keep_card, look_up_card, look_up_package

__all__ = ["PACKAGE_CARDS", "VENUE_CARDS", "CardKind"]


@dataclass(frozen=True)
class CardKind:
    """Cards of venues, or of packages of venues.

    Attributes:
        model: What a card is.
        start: What a new one begins with.
        look_up: Gives a card as the lake has it, by its short name.
    """

    model: type[VenueCard] | type[PackageCard]
    start: Mapping[str, Any]
    look_up: Callable[[Engine, str], Mapping[str, Any] | None]

    def begin(self, _asked: Mapping[str, str]) -> dict[str, Any]:
        """Begin a card with what there is to fill in."""
        return dict(self.start)

    def current(self, name: str) -> Mapping[str, Any] | None:
        """Give a card as the lake has it, whether a card or a file brought it in.

        Args:
            name: Short name of the venue or package.
        """
        with lake_engine() as engine:
            return self.look_up(engine, name)

    def keep(
        self,
        name: str,
        body: Mapping[str, Any],
        *,
        author: str,
        at: datetime,
        expected_version: int,
    ) -> Version:
        """Keep a card and publish its rows, so that the next plan reads them.

        Args:
            name: Short name of the venue or package.
            body: The card.
            author: Who saves it.
            at: When, UTC.
            expected_version: The newest version that the author has seen.
        """
        kept = keep_card(
            current_workspace(),
            self.model.model_validate_json(json.dumps(body)),
            name=name,
            author=author,
            at=at,
            expected_version=expected_version,
        )
        return kept.version


VENUE_CARDS = CardKind(
    model=VenueCard,
    start={"prices": [{"units_from": 1}], "audiences": [{"role": "*", "basis": "prior"}]},
    look_up=lambda engine, name: look_up_card(engine, venue_id=name),
)
PACKAGE_CARDS = CardKind(
    model=PackageCard,
    start={"parts": [{"units": 1}, {"units": 1}]},
    look_up=lambda engine, name: look_up_package(engine, package_id=name),
)
