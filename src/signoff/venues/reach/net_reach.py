"""Net reach and frequency of a schedule, as the planner reads them."""

from collections.abc import Sequence
from dataclasses import dataclass

from signoff.results import Cell, Estimate, Result, Row

__all__ = ["FrequencyShare", "NetReach", "PairUsed", "VenueUsed"]


@dataclass(frozen=True)
class VenueUsed:
    """One venue as it was used.

    Attributes:
        venue: Its name.
        n_insertions: Insertions.
        first_reach_share: Reach of one insertion.
        second_reach_share: Reach of two.
        is_second_measured: Whether that was measured; else it is assumed.
        reach_share: Reach of all its insertions.
    """

    venue: str
    n_insertions: int
    first_reach_share: float
    second_reach_share: float
    is_second_measured: bool
    reach_share: float


@dataclass(frozen=True)
class PairUsed:
    """The duplication of two venues as it was used.

    Attributes:
        venue: One venue.
        other_venue: The other.
        both_share: Share of all people whom one insertion of each reaches both, in the model.
        is_measured: Whether it was measured; else it is assumed.
        measured_share: What was measured; None: nothing was.
    """

    venue: str
    other_venue: str
    both_share: float
    is_measured: bool
    measured_share: float | None


@dataclass(frozen=True)
class FrequencyShare:
    """How many people have how many exposures.

    Attributes:
        exposures: Exposures to the whole schedule.
        exactly_share: Share of people with exactly so many.
        at_least_share: Share with so many or more.
    """

    exposures: int
    exactly_share: float
    at_least_share: float


@dataclass(frozen=True)
class NetReach(Result):
    """Whom a schedule reaches.

    Attributes:
        net_reach: Share of people with at least one exposure, with a 90 % interval.
        needed: Exposures that are needed.
        needed_reach: Share of people with at least so many, with a 90 % interval.
        independence_share: Net reach by Sainsbury, as if who meets one venue said nothing about who
            meets another: the baseline, not the answer.
        bound_low: Least net reach of any audience with these reaches and measured duplications.
        bound_high: Most of it.
        mean_exposures: Exposures per person, reached or not.
        universe_people: People of whom these are shares; None: not known.
        venues: The venues as they were used.
        pairs: The duplications as they were used.
        frequency: The distribution of exposures; the last line holds all above as well.
        notes: What the interval covers, what was assumed, what could not be kept.
    """

    net_reach: Estimate
    needed: int
    needed_reach: Estimate
    independence_share: float
    bound_low: float
    bound_high: float
    mean_exposures: float
    universe_people: float | None
    venues: tuple[VenueUsed, ...]
    pairs: tuple[PairUsed, ...]
    frequency: tuple[FrequencyShare, ...]
    notes: tuple[str, ...]

    def rows(self) -> Sequence[Row]:
        """Give the distribution of exposures."""
        return [
            {
                "exposures": line.exposures,
                "exactly_share": round(line.exactly_share, 6),
                "at_least_share": round(line.at_least_share, 6),
                **self._people("at_least_people", line.at_least_share),
            }
            for line in self.frequency
        ]

    def venue_rows(self) -> Sequence[Row]:
        """Give the reach of each venue."""
        return [
            {
                "venue": line.venue,
                "insertions": line.n_insertions,
                "first_reach_share": round(line.first_reach_share, 6),
                "second_reach_share": round(line.second_reach_share, 6),
                "second_reach": "measured" if line.is_second_measured else "assumed",
                "reach_share": round(line.reach_share, 6),
            }
            for line in self.venues
        ]

    def pair_rows(self) -> Sequence[Row]:
        """Give the duplication of each two venues."""
        return [
            {
                "venue": line.venue,
                "other_venue": line.other_venue,
                "both_share": round(line.both_share, 6),
                "duplication": "measured" if line.is_measured else "assumed",
                "measured_share": line.measured_share,
            }
            for line in self.pairs
        ]

    def text(self) -> str:
        """Give the answer in words, with its interval, its baseline and what was assumed."""
        lines = [
            f"Net reach {_with_interval(self.net_reach)}{self._of(self.net_reach.value)}.",
            f"As if venues were independent: {_percent(self.independence_share)}.",
            f"Possible at all: {_percent(self.bound_low)} to {_percent(self.bound_high)}.",
        ]
        if self.net_reach.value > 0:
            often = self.mean_exposures / self.net_reach.value
            lines.append(f"Whoever is reached is reached {often:.2f} times on average.")
        if self.needed > 1:
            lines.append(
                f"At least {self.needed} exposures: {_with_interval(self.needed_reach)}"
                f"{self._of(self.needed_reach.value)}."
            )
        return "\n".join([*lines, *self.notes])

    def _of(self, share: float) -> str:
        if self.universe_people is None:
            return ""
        return f", {share * self.universe_people:,.0f} of {self.universe_people:,.0f} people"

    def _people(self, name: str, share: float) -> dict[str, Cell]:
        return {} if self.universe_people is None else {name: round(share * self.universe_people)}


def _with_interval(found: Estimate) -> str:
    value, low, high = (100 * share for share in (found.value, found.low, found.high))
    return f"{value:.1f} % ({low:.1f} to {high:.1f} %, 90 % interval)"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
