"""What is known of venues and of two of them together, as media kits and surveys give it."""

from dataclasses import dataclass

__all__ = ["ReachPair", "ReachTable", "ReachVenue"]


@dataclass(frozen=True)
class ReachVenue:
    """One venue of a schedule.

    Attributes:
        venue: Its name.
        reach_share: Share of people whom one insertion reaches, 0 to 1.
        second_reach_share: Share whom two insertions reach; None: not known.
        n_insertions: Insertions in the schedule, 0 or more.
        universe_people: People of whom these are shares; None: not known.
        n_respondents: People asked or measured; None: not known.
        later_reach_shares: Number of insertions, 3 or more, and share whom so many reach, as far
            as that is known.
    """

    venue: str
    reach_share: float
    second_reach_share: float | None = None
    n_insertions: int = 1
    universe_people: float | None = None
    n_respondents: int | None = None
    later_reach_shares: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True)
class ReachPair:
    """How much the audiences of two venues are the same people.

    Attributes:
        venue: One venue.
        other_venue: Another.
        both_share: Share of all people whom one insertion of each reaches both, 0 to 1.
    """

    venue: str
    other_venue: str
    both_share: float


@dataclass(frozen=True)
class ReachTable:
    """A file of venues, read.

    Attributes:
        venues: Its venues, in its order.
        pairs: Pairs from its columns dup_…, if it has a square matrix.
        unused_columns: Headings that say nothing about reach.
        doubts: What may be meant otherwise than it was read.
    """

    venues: tuple[ReachVenue, ...]
    pairs: tuple[ReachPair, ...] = ()
    unused_columns: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
