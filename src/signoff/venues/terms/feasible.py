"""The cheapest schedule that keeps all limits, by a whole-number programme: where a search ends."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from signoff.venues.solver.problem import VenueOption
from signoff.venues.terms.limits import SpendLimit, excess_cents
from signoff.venues.terms.programme import Offers, find_purchase, venue_limits

__all__ = ["cheapest_plan"]


def cheapest_plan(
    options: Sequence[VenueOption], limits: Sequence[SpendLimit]
) -> NDArray[np.int64] | None:
    """Give the whole units that keep every limit for the least money.

    Args:
        options: What can be bought.
        limits: Least and most to spend on groups.

    Returns:
        Units of each venue; None where no schedule keeps the limits.
    """
    rules = [*limits, *venue_limits(options)]
    for margin_cents in (0.0, 1.0):
        found = find_purchase(Offers(options), rules, is_cheapest=True, margin_cents=margin_cents)
        if found is None:
            return None
        pairs = list(zip(options, found.units.tolist(), strict=True))
        spend = np.array([option.cost_cents(n) for option, n in pairs], dtype=np.int64)
        if all(option.fits(n) for option, n in pairs) and excess_cents(limits, spend) == 0:
            return found.units
    return None
