"""What an exposure does: by the card, or assumed of the kind, and by what campaigns showed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from signoff.errors import Fault
from signoff.stats.shares import Z90, logit_spread
from signoff.store.engines.engine import Statement
from signoff.units import VenueKind
from signoff.venues.market.evidence import AudienceSource
from signoff.venues.market.priors import PriorMeasure, find_kind_prior

__all__ = ["POSTERIOR_ROWS", "Response", "ResponseFinder", "chain_shares", "find_posterior_faults"]

MEASURED, PRIOR = "measured", "prior"
VENUE, KIND = "venue", "kind"
DATA = "data"
KIND_SPREAD = 0.5
"""Standard deviation, on the logit scale, of venues of one kind around what is estimated of the
kind: an assumption."""
SUREST, SMALLEST = 0.02, 1e-6
MOST_WEEKS = 26
_ON_CARD = {PriorMeasure.VISITS: "response", PriorMeasure.HANDS: "raised_hand"}

POSTERIOR_ROWS = Statement(
    name="what campaigns showed of venues",
    sql="""
        SELECT scope, item, measure, value, low, high, grounds, estimated_at, run_id, source
        FROM posterior ORDER BY scope, item, measure
    """,
    reads=("posterior",),
)

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Response:
    """What an exposure, or a visit, brings at one venue.

    Attributes:
        share: Best single value, 0 to 1.
        low_share: Lower end of its 90 % interval.
        high_share: Upper end.
        basis: measured or prior.
        sources: Everything that it rests on.
    """

    share: float
    low_share: float
    high_share: float
    basis: str
    sources: tuple[AudienceSource, ...]


class ResponseFinder:
    """Finds what is known of each venue's response, or of another share of its.

    Args:
        rows: Rows of posterior.
        measure: Visits per exposure, or raised hands per visit.
    """

    def __init__(self, rows: Sequence[Row], *, measure: PriorMeasure = PriorMeasure.VISITS) -> None:
        self._measure = measure
        self._rows: dict[tuple[str, str], Row] = {
            (row["scope"], row["item"]): row for row in rows if row["measure"] == measure.value
        }

    def find(self, venue: Row) -> Response:
        """Give the response of one venue.

        Args:
            venue: A row of venue.

        Returns:
            The card's number, or what is assumed of the kind where the card has none, put together
            by precision with what campaigns showed of the venue and, less sure, of its kind. An
            estimate that holds a prior already stands in its place.
        """
        believed = self._believed(venue)
        of_kind = self._rows.get((KIND, venue["kind"]))
        if of_kind is not None:
            has_card = believed.sources[0].method == "card"
            replaces = of_kind["grounds"] != DATA and not has_card
            believed = _put_together(believed, of_kind, spread=KIND_SPREAD, replaces=replaces)
        own = self._rows.get((VENUE, venue["venue_id"]))
        if own is not None:
            replaces = own["grounds"] != DATA
            believed = _put_together(believed, own, spread=0.0, replaces=replaces)
        return believed

    def _believed(self, venue: Row) -> Response:
        name = _ON_CARD.get(self._measure)
        if name is not None and venue.get(f"{name}_share") is not None:
            card = AudienceSource("card", venue["source"] or "", venue["basis"])
            share, low, high = (float(venue[f"{name}{end}_share"]) for end in ("", "_low", "_high"))
            return Response(share, low, high, venue["basis"], (card,))
        prior = find_kind_prior(venue["kind"], measure=self._measure, unit=venue["unit"])
        source = AudienceSource(KIND, venue["kind"], PRIOR)
        return Response(prior.value, prior.low, prior.high, PRIOR, (source,))


def chain_shares(first: Response, then: Response) -> Response:
    """Give what an exposure brings in two steps, such as a visit and then a raised hand.

    Args:
        first: What an exposure brings.
        then: What each of those brings.

    Returns:
        The product. The two are independent, so the ratios of its ends to its value are theirs
        added as variances are, on the logarithmic scale, on each side by itself. An end at 0
        counts as a hundredth of its value.

    >>> sources = (AudienceSource("card", "a test", "measured"),)
    >>> visits = Response(0.02, 0.01, 0.04, "measured", sources)
    >>> hands = Response(0.1, 0.05, 0.2, "measured", sources)
    >>> found = chain_shares(visits, hands)
    >>> round(found.share, 6), round(found.low_share, 6), round(found.high_share, 6)
    (0.002, 0.00075, 0.00533)
    """
    basis = PRIOR if PRIOR in {first.basis, then.basis} else first.basis
    sources = tuple(dict.fromkeys((*first.sources, *then.sources)))
    share = first.share * then.share
    if share <= 0:
        return Response(0.0, 0.0, first.high_share * then.high_share, basis, sources)
    parts = (first, then)
    below = np.hypot(*(np.log(p.share / max(p.low_share, p.share / 100)) for p in parts))
    above = np.hypot(*(np.log(p.high_share / p.share) for p in parts))
    low, high = float(share * np.exp(-below)), float(share * np.exp(above))
    return Response(share, low, high, basis, sources)


def find_posterior_faults(rows: Sequence[Row], *, known: set[str]) -> Iterator[Fault]:
    """Find estimates of campaigns that cannot be used.

    Args:
        rows: Rows of posterior.
        known: All venue ids.

    Yields:
        Each fault, row by row.
    """
    kinds = {kind.value for kind in VenueKind}
    for row in rows:
        where = f"posterior, {row['scope']} {row['item']}, {row['measure']}"
        names = known if row["scope"] == VENUE else kinds
        if row["item"] not in names:
            yield Fault(
                what=f"an estimate of the {row['scope']} {row['item']}, which there is not",
                why="nothing of the plan would use it",
                fix="import the venue too, or mend scope or item",
                where=where,
            )
        most = MOST_WEEKS if row["measure"] == PriorMeasure.PEAK.value else 1
        if not 0 <= row["low"] <= row["value"] <= row["high"] <= most:
            yield _bad_number(row, where=where)


def _bad_number(row: Row, *, where: str) -> Fault:
    what = f"an estimate of {row['value']}, interval {row['low']} to {row['high']}"
    if row["measure"] == PriorMeasure.PEAK.value:
        return Fault(
            what=what,
            why=f"a peak lies 0 to {MOST_WEEKS} weeks after the exposure, and inside its interval",
            fix="write weeks after the exposure, with the lower end first",
            where=where,
        )
    return Fault(
        what=what,
        why="shares lie between 0 and 1, and inside their interval",
        fix="write shares, not percent: 0.12 for 12 %, with the lower end first",
        where=where,
    )


def _put_together(believed: Response, row: Row, *, spread: float, replaces: bool) -> Response:
    source = AudienceSource("campaigns", row["source"] or row["run_id"] or row["item"], MEASURED)
    centre, error = _logit(row["value"], row["low"], row["high"])
    error = float(np.hypot(error, spread))
    if replaces:
        return _response(centre, error, (source,))
    before, doubt = _logit(believed.share, believed.low_share, believed.high_share)
    weights = np.array([doubt**-2, error**-2])
    pooled = float(weights @ [before, centre] / weights.sum())
    return _response(pooled, float(weights.sum() ** -0.5), (*believed.sources, source))


def _response(logit: float, spread: float, sources: tuple[AudienceSource, ...]) -> Response:
    low, share, high = (
        float(1 / (1 + np.exp(-(logit + side * Z90 * spread)))) for side in (-1, 0, 1)
    )
    return Response(share, low, high, MEASURED, sources)


def _logit(share: float, low: float, high: float) -> tuple[float, float]:
    ends = logit_spread(np.array(share), low=np.array(low), high=np.array(high))
    bounded = min(max(float(share), SMALLEST), 1 - SMALLEST)
    return float(np.log(bounded / (1 - bounded))), max(float(ends.mean()), SUREST)
