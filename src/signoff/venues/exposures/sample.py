"""A small problem for examples and tests: two venues, two cells, two roles."""

from decimal import Decimal

import numpy as np

from signoff.venues.cards.prices import Ladder, PriceStep
from signoff.venues.exposures.approval import Approval
from signoff.venues.exposures.problem import ExposureProblem
from signoff.venues.solver.problem import VenueOption
from signoff.venues.terms.limits import SpendLimit

__all__ = ["sample_problem"]


def sample_problem() -> ExposureProblem:
    """Give a problem in which each venue reaches one role well and the other one hardly.

    >>> sample_problem().budget_cents
    60000
    """
    options = tuple(
        VenueOption(name, Ladder((PriceStep(1, Decimal(100)),), 1, 4), 1.0, 0.0)
        for name in ("weekly", "fair")
    )
    return ExposureProblem(
        weight=np.array([3.0, 1.0]),
        people=np.array([[1.0, 2.0], [1.0, 1.0]]),
        segment=np.array([0, 0]),
        exposure=np.array([[[0.6, 0.1], [0.1, 0.4]]]),
        approval=Approval("every_level", levels=(0, 1)),
        exposures_needed=1,
        options=options,
        limits=(SpendLimit("budget", (0, 1), most_cents=60_000),),
    )
