"""What audiences and responses may be, drawn alike in every plan that starts from one seed.

Each venue has draws of its own, told by its id: what else is planned, bought or excluded changes
none of them. So two plans of one seed are compared draw by draw, and the interval of the difference
is not widened by luck that both share.
"""

import numpy as np

from signoff.brief import Brief
from signoff.stats.reach import Array
from signoff.stats.shares import draw_share, logit_spread
from signoff.venues.book import VenueBook
from signoff.venues.exposure import MarketAudience, make_problem
from signoff.venues.problem import PlanProblem

__all__ = ["N_DRAWS", "draw_normals", "drawn_problem"]

N_DRAWS = 200


def draw_normals(book: VenueBook, *, rng: np.random.Generator, n_draws: int = N_DRAWS) -> Array:
    """Draw how far each venue's audience and response lie from their best single values.

    Args:
        book: Venues.
        rng: Source of chance; the same state gives a venue the same draws in every book.
        n_draws: How many.

    Returns:
        Standard normals, shape (draws, 2, venues): audience first, then response.
    """
    key = int(rng.integers(2**62))
    normals = np.empty((n_draws, 2, len(book.venues)))
    for v, venue in enumerate(book.venues):
        own = np.random.default_rng([key, *venue.venue_id.encode()])
        normals[:, :, v] = own.standard_normal((n_draws, 2))
    return normals


def drawn_problem(
    audience: MarketAudience, book: VenueBook, *, brief: Brief, normal: Array
) -> tuple[PlanProblem, Array]:
    """Give the problem as one draw has it.

    Args:
        audience: Reach, with its spread.
        book: Venues, with the intervals of their response.
        brief: Objective, rule, terms.
        normal: One draw, shape (2, venues). It moves all audiences of a venue together, since they
            come from one source.

    Returns:
        The problem, and the reach by venue, profile and role that it rests on.
    """
    share = np.array([venue.response_share for venue in book.venues])
    low = np.array([venue.response_low_share for venue in book.venues])
    high = np.array([venue.response_high_share for venue in book.venues])
    spread = logit_spread(share, low=low, high=high)
    reach = draw_share(audience.reach, spread=audience.spread, normal=normal[0][:, None, None])
    responses = draw_share(share, spread=spread, normal=normal[1])
    return (
        make_problem(audience, book, brief=brief, reach=reach, response_shares=responses),
        reach,
    )
