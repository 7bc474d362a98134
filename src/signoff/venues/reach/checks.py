"""What cannot be: audiences over 100 %, duplications outside their range, pairs that contradict."""

from collections.abc import Iterator, Mapping, Sequence

from signoff.errors import DataError, Fault
from signoff.stats.duplication import conflicting_pairs, duplication_range
from signoff.stats.frequency import later_reach_range, second_reach_range
from signoff.venues.reach.lines import ReachPair, ReachVenue

__all__ = ["check_reach"]

Key = tuple[str, str]

MOST_FAULTS = 20
MOST_INSERTIONS = 1000
MOST_VENUES = 200
SLACK = 5e-5
"""Published shares have four decimals: so much each may be off."""
CHANCE = 0.1
"""Reaches of several insertions are counted one by one: so much of each may be chance."""


def check_reach(
    venues: Sequence[ReachVenue], pairs: Sequence[ReachPair]
) -> dict[tuple[int, int], float]:
    """Refuse venues and pairs that no audience can have; give the pairs by place.

    Args:
        venues: Venues of a schedule.
        pairs: Measured duplications.

    Returns:
        Share of people in both audiences, by the places of the two venues, the lower first.

    Raises:
        DataError: everything that is wrong, each with what it may be.

    >>> check_reach([ReachVenue("A", 0.2), ReachVenue("B", 0.1)], [ReachPair("B", "A", 0.03)])
    {(0, 1): 0.03}
    """
    places: dict[str, int] = {}
    faults = list(_venue_faults(venues, places))
    shares: dict[tuple[int, int], float] = {}
    for pair in pairs:
        faults.extend(_pair_faults(pair, venues, places, shares))
    if not faults:
        faults.extend(_joint_faults(venues, shares))
    if faults:
        raise DataError(
            "these venues and pairs cannot be",
            why="no audience has such figures",
            fix="mend each of what follows",
            faults=faults[:MOST_FAULTS],
        )
    return shares


def _venue_faults(venues: Sequence[ReachVenue], places: dict[str, int]) -> Iterator[Fault]:
    if not venues:
        yield Fault("there are no venues", "net reach is that of venues", "give at least one")
    if len(venues) > MOST_VENUES:
        yield Fault(
            f"{len(venues):,} venues",
            f"net reach is integrated over at most {MOST_VENUES} venues",
            "leave those out that are not bought",
        )
    for place, line in enumerate(venues):
        if _key(line.venue) in places:
            yield Fault(
                f"{line.venue} stands twice",
                "a pair names its venues",
                "give each venue one line, with all its insertions",
                line.venue,
            )
        places.setdefault(_key(line.venue), place)
        yield from _share_faults(line)
        yield from _count_faults(line)


def _share_faults(line: ReachVenue) -> Iterator[Fault]:
    if not 0 <= line.reach_share <= 1:
        yield Fault(
            f"{line.venue} reaches {_percent(line.reach_share)}",
            "an audience is at most 100 % of all people, and at least nobody",
            "give a share from 0 to 1, or name the column reach_pct if it holds percent",
            line.venue,
        )
        return
    second = line.second_reach_share
    low, high = second_reach_range(line.reach_share)
    if second is not None and not low - SLACK <= second <= high + SLACK:
        fix = f"give {_percent(low)} to {_percent(high)}, or leave it empty"
        if second > 1:
            fix = "give a share from 0 to 1, or name it second_reach_pct if it holds percent"
        yield Fault(
            f"two insertions in {line.venue} reach {_percent(second)}",
            f"one reaches {_percent(low)}: two reach no fewer, and at most {_percent(high)}, "
            "which is by chance",
            fix,
            line.venue,
        )
        return
    yield from _later_faults(line)


def _later_faults(line: ReachVenue) -> Iterator[Fault]:
    before = line.reach_share if line.second_reach_share is None else line.second_reach_share
    for n_insertions, share in line.later_reach_shares:
        low, high = later_reach_range(
            line.reach_share, second_share=line.second_reach_share, n_insertions=n_insertions
        )
        low = max(low, before)
        if not low * (1 - CHANCE) - SLACK <= share <= high * (1 + CHANCE) + SLACK:
            yield Fault(
                f"{n_insertions} insertions in {line.venue} reach {_percent(share)}",
                f"beside the reach of fewer they reach {_percent(low)} to {_percent(high)}",
                f"give {_percent(low)} to {_percent(high)}, or leave it empty",
                line.venue,
            )
        before = max(share, before)


def _count_faults(line: ReachVenue) -> Iterator[Fault]:
    if not 0 <= line.n_insertions <= MOST_INSERTIONS:
        yield Fault(
            f"{line.venue} has {line.n_insertions:,} insertions",
            f"a schedule has 0 to {MOST_INSERTIONS:,} insertions of a venue",
            "give how often the advertisement appears there",
            line.venue,
        )
    if line.universe_people is not None and line.universe_people <= 0:
        yield Fault(
            f"the universe of {line.venue} has {line.universe_people:,.0f} people",
            "reach is a share of people",
            "give the number of people, or leave it empty",
            line.venue,
        )
    if line.n_respondents is not None and line.n_respondents <= 0:
        yield Fault(
            f"{line.n_respondents:,} people were asked about {line.venue}",
            "the interval comes from how many were asked",
            "give how many were asked, or leave it empty",
            line.venue,
        )


def _pair_faults(
    pair: ReachPair,
    venues: Sequence[ReachVenue],
    places: Mapping[str, int],
    shares: dict[tuple[int, int], float],
) -> Iterator[Fault]:
    named = f"{pair.venue} and {pair.other_venue}"
    unknown = [name for name in (pair.venue, pair.other_venue) if _key(name) not in places]
    if unknown:
        known = ", ".join(line.venue for line in venues[:MOST_FAULTS])
        yield Fault(
            f"the pair {named} names {', '.join(unknown)}",
            "there is no such venue among those of the schedule",
            f"use the names of the venues: {known}",
            named,
        )
        return
    one, two = places[_key(pair.venue)], places[_key(pair.other_venue)]
    first, other = sorted((one, two))
    if first == other:
        yield Fault(
            f"the pair {named} is one venue",
            "a duplication is between two venues",
            "give the reach of two insertions as second_reach_share",
            named,
        )
        return
    if abs(shares.setdefault((first, other), pair.both_share) - pair.both_share) > SLACK:
        yield Fault(
            f"the pair {named} stands twice: "
            f"{_percent(shares[first, other])} and {_percent(pair.both_share)}",
            "of all people the same share is in both, whichever is named first",
            "keep the right one; a share of one audience is not meant",
            named,
        )
        return
    reaches = venues[first].reach_share, venues[other].reach_share
    if not all(0 <= share <= 1 for share in reaches):
        return
    low, high = duplication_range(*reaches)
    if not low - SLACK <= pair.both_share <= high + SLACK:
        fix = (
            f"give {_percent(low)} to {_percent(high)}, as a share of all people and not of "
            "one audience"
        )
        if pair.both_share > 1:
            fix = "give a share from 0 to 1, or name the column both_pct if it holds percent"
        yield Fault(
            f"{named} have {_percent(pair.both_share)} of people in common",
            f"they reach {_percent(venues[one].reach_share)} and "
            f"{_percent(venues[two].reach_share)}: in common they have "
            f"{_percent(low)} to {_percent(high)}",
            fix,
            named,
        )


def _joint_faults(
    venues: Sequence[ReachVenue], shares: Mapping[tuple[int, int], float]
) -> Iterator[Fault]:
    reaches = [min(max(line.reach_share, 0.0), 1.0) for line in venues]
    clash = conflicting_pairs(reaches, shares)
    if clash:
        named = "; ".join(
            f"{venues[i].venue} and {venues[j].venue} {_percent(shares[i, j])}" for i, j in clash
        )
        yield Fault(
            f"{len(clash)} duplications contradict each other: {named}",
            "each is possible, but no audience has them all: leave one out and the others agree",
            "look up these pairs again, and whether all come from one study",
            named,
        )


def _key(name: str) -> str:
    """Names are the same that differ in capitals or spaces alone."""
    return " ".join(name.split()).casefold()


def _percent(share: float) -> str:
    return f"{100 * share:.6g} %"
