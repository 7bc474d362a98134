"""What is assumed of a kind of venue where nothing is known of the venue itself."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from signoff.results import Result, Row
from signoff.units import VenueKind

__all__ = [
    "KindPrior",
    "KindPriors",
    "PriorMeasure",
    "PriorOrigin",
    "find_kind_prior",
    "list_kind_priors",
]

CLICK = "click"


class PriorMeasure(StrEnum):
    """What is assumed."""

    REACH = "reach_share"
    VISITS = "visits_per_exposure"
    HANDS = "hands_per_visit"
    WINS = "wins_per_hand"
    CARRY_OVER = "carry_over_share"
    PEAK = "peak_week"


class PriorOrigin(StrEnum):
    """What an assumption stands on: a published number, one that bounds it, or judgement alone."""

    SOURCE = "source"
    BOUND = "bound"
    ASSUMPTION = "assumption"


@dataclass(frozen=True)
class KindPrior:
    """One assumption of one kind of venue.

    Attributes:
        kind: Kind of venue; click for what holds wherever a click is the unit.
        measure: What is assumed.
        value: Best single value.
        low: Lower end of its 90 % interval.
        high: Upper end.
        unit: Unit of the three.
        origin: What it stands on.
        source: The published number, with who published it; empty for judgement alone.
        source_url: Address of that.
        remark: What to know about it.
    """

    kind: str
    measure: PriorMeasure
    value: float
    low: float
    high: float
    unit: str
    origin: PriorOrigin
    source: str
    source_url: str
    remark: str

    @property
    def publisher(self) -> str:
        """Who published the number that it stands on; empty for judgement alone."""
        return self.source.partition(": ")[0]


@dataclass(frozen=True)
class KindPriors(Result):
    """All assumptions of kinds of venues.

    Attributes:
        priors: One entry for each kind and measure.
    """

    priors: tuple[KindPrior, ...]

    def rows(self) -> Sequence[Row]:
        """Give one row for each kind and measure."""
        return [vars(prior) for prior in self.priors]

    def text(self) -> str:
        """Say how many of them stand on a published number."""
        n_kinds = len({prior.kind for prior in self.priors} - {CLICK})
        counts = {
            origin: sum(prior.origin is origin for prior in self.priors) for origin in PriorOrigin
        }
        return (
            f"{len(self.priors)} assumptions on {n_kinds} kinds of venues, each with a wide 90 % "
            "interval: "
            f"{counts[PriorOrigin.SOURCE]} centred on a published number, "
            f"{counts[PriorOrigin.BOUND]} bounded by one, "
            f"{counts[PriorOrigin.ASSUMPTION]} judgement alone."
        )


def list_kind_priors(kind: VenueKind | None = None) -> KindPriors:
    """Give what is assumed of each kind of venue where nothing is known, with its source.

    Args:
        kind: One kind; None: all of them.

    Returns:
        Reach, response and carry-over by kind, each with a wide 90 % interval.

    >>> found = list_kind_priors()
    >>> found.priors[0].kind, found.priors[0].measure.value, found.priors[0].origin.value
    ('trade_title', 'reach_share', 'source')
    """
    found = _priors().values()
    return KindPriors(tuple(prior for prior in found if kind is None or prior.kind == kind))


def find_kind_prior(kind: str, *, measure: PriorMeasure, unit: str = "") -> KindPrior:
    """Give what is assumed of one kind of venue.

    Args:
        kind: Kind of venue; one that the table lacks counts as other.
        measure: What to assume.
        unit: What is sold there; where that is a click, an exposure is a click.

    Returns:
        The assumption with its interval and source.

    >>> find_kind_prior("search", measure=PriorMeasure.VISITS).value
    0.051
    >>> find_kind_prior("search", measure=PriorMeasure.VISITS, unit="click").value
    0.8
    """
    priors = _priors()
    for name in (CLICK if unit == CLICK else kind, kind):
        if (name, measure) in priors:
            return priors[name, measure]
    return priors["other", measure]


@cache
def _priors() -> Mapping[tuple[str, PriorMeasure], KindPrior]:
    path = resources.files("signoff.venues").joinpath("data/kind_priors.csv")
    with path.open(encoding="utf-8") as lines:
        found = [_prior(row) for row in csv.DictReader(lines)]
    return {(prior.kind, prior.measure): prior for prior in found}


def _prior(row: Mapping[str, str]) -> KindPrior:
    return KindPrior(
        kind=row["kind"],
        measure=PriorMeasure(row["measure"]),
        value=float(row["value"]),
        low=float(row["low"]),
        high=float(row["high"]),
        unit=row["unit"],
        origin=PriorOrigin(row["origin"]),
        source=row["source"],
        source_url=row["source_url"],
        remark=row["remark"],
    )
