"""Net reach and frequency of a schedule of several venues with several insertions each."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from signoff.errors import DataError
from signoff.stats.audience_model import AudienceModel, fit_audience
from signoff.stats.reach import Array, sainsbury_reach_share
from signoff.venues.reach.assumed import NEW_SHARES, assumed_both, assumed_second, shape_range
from signoff.venues.reach.bounds import schedule_bounds
from signoff.venues.reach.checks import check_reach
from signoff.venues.reach.interval import ReachSpread, assumed_tails, model_error, tails_of
from signoff.venues.reach.lines import ReachPair, ReachVenue
from signoff.venues.reach.net_reach import FrequencyShare, NetReach, PairUsed, VenueUsed
from signoff.venues.reach.schedule import MOST_COUNTS, ReachSchedule, make_schedule
from signoff.venues.reach.wording import reach_notes

__all__ = ["estimate_net_reach"]


def estimate_net_reach(
    venues: Sequence[ReachVenue], pairs: Sequence[ReachPair] = (), *, needed: int = 1
) -> NetReach:
    """Give the people whom a schedule reaches, how often, and how sure that is.

    Args:
        venues: Venues with the reach of one insertion, and of two where that is known.
        pairs: Measured duplications of one insertion each. What lacks is assumed from one appetite
            for all venues, with a wide interval; never from independence.
        needed: Exposures that are needed, 1 to 100.

    Returns:
        Net reach with a 90 % interval, the distribution of exposures, independence beside it, and
        what was measured and what assumed.

    Raises:
        DataError: venues or pairs that no audience can have, or exposures out of range.

    Source: `stats.audience_model`; bounds by `stats.union_bounds` and `stats.duplication`.

    >>> found = estimate_net_reach(
    ...     [ReachVenue("Weekly", 0.4), ReachVenue("Daily", 0.3)],
    ...     [ReachPair("Weekly", "Daily", 0.2)],
    ... )
    >>> round(found.net_reach.value, 4), round(found.independence_share, 2)
    (0.5, 0.58)
    """
    if not 1 <= needed < MOST_COUNTS:
        raise DataError(
            f"{needed:,} exposures are needed",
            why=f"frequency is worked out for 1 to {MOST_COUNTS - 1} exposures",
            fix=f"ask for 1 to {MOST_COUNTS - 1}",
        )
    check_reach(venues, pairs)
    lines = sorted(venues, key=lambda line: line.venue)
    schedule = make_schedule(lines, check_reach(lines, pairs))
    low_shape, shape, high_shape = shape_range(schedule.first, schedule.pairs)
    both = assumed_both(schedule.first, schedule.pairs, shape=shape)
    second = _second(schedule, both, new_share=NEW_SHARES[1])
    others: list[tuple[Array, float]] = []
    if schedule.misses_pairs:
        ends = (low_shape, high_shape)
        pair_matrices = (assumed_both(schedule.first, schedule.pairs, shape=one) for one in ends)
        others += [(matrix, NEW_SHARES[1]) for matrix in pair_matrices]
    if schedule.misses_second:
        others += [(both, new_share) for new_share in NEW_SHARES[::2]]
    variants = [
        fit_audience(
            schedule.first,
            second_share=_second(schedule, matrix, new_share=new_share),
            both_share=matrix,
            later_share=schedule.later,
        )
        for matrix, new_share in others
    ]
    model = fit_audience(
        schedule.first, second_share=second, both_share=both, later_share=schedule.later
    )
    return _net_reach(schedule, model, variants, second=second, asked=venues, needed=needed)


def _second(schedule: ReachSchedule, both: Array, *, new_share: float) -> Array:
    found = assumed_second(
        schedule.first, known=schedule.known_second, both_share=both, new_share=new_share
    )
    first = schedule.first
    return np.clip(found, first + 1e-9, first + first * (1 - first) - 1e-9)


def _net_reach(
    schedule: ReachSchedule,
    model: AudienceModel,
    variants: Sequence[AudienceModel],
    *,
    second: Array,
    asked: Sequence[ReachVenue],
    needed: int,
) -> NetReach:
    counts = model.count_shares(schedule.count, n_counts=schedule.n_counts)
    bounds = schedule_bounds(schedule)
    exactly = _within(model.weight @ counts, bounds)
    own = model.venue_shares(schedule.count)
    both = model.both_shares()
    net, independence = float(1 - exactly[0]), sainsbury_reach_share(own)
    spread = ReachSpread(
        tails_of(exactly),
        tails_of(counts),
        model.weight,
        assumed_tails(variants, schedule),
        model_error(schedule, own, second=second, net=net, independence=independence),
        schedule.n_respondents,
        bounds,
    )
    universes = {line.universe_people for line in schedule.lines}
    return NetReach(
        net_reach=spread.estimate(1),
        needed=needed,
        needed_reach=spread.estimate(needed),
        independence_share=independence,
        bound_low=bounds[0],
        bound_high=bounds[1],
        mean_exposures=float(schedule.count @ schedule.first),
        universe_people=universes.pop() if len(universes) == 1 else None,
        venues=_venues_used(asked, schedule, second=second, own=own),
        pairs=tuple(_pairs_used(schedule, both)),
        frequency=tuple(
            FrequencyShare(exposures, float(share), float(spread.at_least[exposures]))
            for exposures, share in enumerate(exactly)
        ),
        notes=tuple(reach_notes(schedule, both, second=second)),
    )


def _within(shares: Array, bounds: tuple[float, float]) -> Array:
    """Move the share of people without exposure into the bounds, the others in proportion."""
    none = float(np.clip(shares[0], 1 - bounds[1], 1 - bounds[0]))
    reached = 1 - shares[0]
    found = shares * ((1 - none) / reached if reached > 0 else 0.0)
    found[0] = none
    return np.asarray(found)


def _venues_used(
    asked: Sequence[ReachVenue], schedule: ReachSchedule, *, second: Array, own: Array
) -> tuple[VenueUsed, ...]:
    place = {line.venue: k for k, line in enumerate(schedule.lines)}
    return tuple(
        VenueUsed(
            line.venue,
            line.n_insertions,
            line.reach_share,
            float(second[place[line.venue]]),
            line.second_reach_share is not None,
            float(own[place[line.venue]]),
        )
        for line in asked
    )


def _pairs_used(schedule: ReachSchedule, both: Array) -> Iterator[PairUsed]:
    for i, j in combinations(range(len(schedule.lines)), 2):
        measured = schedule.pairs.get((i, j))
        yield PairUsed(
            schedule.lines[i].venue,
            schedule.lines[j].venue,
            float(both[i, j]),
            measured is not None,
            measured,
        )
