"""When a venue of a problem can appear."""

from collections.abc import Sequence
from dataclasses import dataclass

from signoff.venues.cards.availability import Issue

__all__ = ["DatedVenue"]


@dataclass(frozen=True)
class DatedVenue:
    """What is asked of a venue to say when it can appear.

    Attributes:
        lead_days: Days between an order and its first appearance.
        issues: Days on which it appears, rising; empty: on any day.
        capacity_per_week: Most units in one week; None: no limit.
        maximum_units: Most units in all; None: no limit.
    """

    lead_days: int
    issues: Sequence[Issue]
    capacity_per_week: int | None
    maximum_units: int | None
