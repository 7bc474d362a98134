"""Two plans side by side: what each buys, and where they part."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from signoff.plan.campaign import CampaignPlan
from signoff.results import Result, Row
from signoff.venues import VenueLine

__all__ = ["LinePair", "PlanComparison", "compare_plans"]


@dataclass(frozen=True)
class LinePair:
    """One venue in two plans.

    Attributes:
        venue_id: Venue.
        name: Name as the trade knows it.
        kind: Kind of venue.
        unit: What a unit is.
        units: Units in the one plan.
        other_units: Units in the other.
        spend: Money in the one plan, in its currency.
        other_spend: Money in the other, in its own.
    """

    venue_id: str
    name: str
    kind: str
    unit: str
    units: int
    other_units: int
    spend: Decimal
    other_spend: Decimal


@dataclass(frozen=True)
class PlanComparison(Result):
    """Two plans side by side.

    Attributes:
        lines: One entry for each venue that either plan buys, the largest spend first.
        is_same_objective: Whether both maximise the same thing in the same unit, so that their
            results can be compared.
        is_same_currency: Whether their money can be compared.
        is_same_snapshot: Whether both were made from the same facts.
        is_same_brief: Whether both were made from the same version of the same brief.
        are_overlapping: Whether the intervals of their results overlap.
    """

    lines: tuple[LinePair, ...]
    is_same_objective: bool
    is_same_currency: bool
    is_same_snapshot: bool
    is_same_brief: bool
    are_overlapping: bool

    def rows(self) -> Sequence[Row]:
        """Give one row for each venue."""
        return [
            {
                "venue_id": pair.venue_id,
                "name": pair.name,
                "kind": pair.kind,
                "unit": pair.unit,
                "units": pair.units,
                "other_units": pair.other_units,
                "units_difference": pair.other_units - pair.units,
                "spend": pair.spend,
                "other_spend": pair.other_spend,
                "spend_difference": pair.other_spend - pair.spend
                if self.is_same_currency
                else None,
            }
            for pair in self.lines
        ]


def compare_plans(plan: CampaignPlan, other: CampaignPlan) -> PlanComparison:
    """Put two plans side by side.

    Args:
        plan: The one plan.
        other: The other; differences are this one less the first.

    Returns:
        Venues with what each buys, and whether results and money can be compared at all.

    Call it with kept plans: `compare_plans(load_plan(workspace, run_id=one),
    load_plan(workspace, run_id=other))`.
    """
    one, two = plan.venues, other.venues
    return PlanComparison(
        lines=_pairs(one.lines, two.lines),
        is_same_objective=(one.objective, one.result_unit) == (two.objective, two.result_unit),
        is_same_currency=one.currency == two.currency,
        is_same_snapshot=plan.lake_snapshot == other.lake_snapshot,
        is_same_brief=(plan.brief_name, plan.brief_version)
        == (other.brief_name, other.brief_version),
        are_overlapping=one.result.low <= two.result.high and two.result.low <= one.result.high,
    )


def _pairs(lines: Sequence[VenueLine], others: Sequence[VenueLine]) -> tuple[LinePair, ...]:
    ours = {line.venue_id: line for line in lines}
    theirs = {line.venue_id: line for line in others}
    made = []
    for venue_id in {**ours, **theirs}:
        one, two = ours.get(venue_id), theirs.get(venue_id)
        known = one or two
        if known is None or not any(line and line.in_plan for line in (one, two)):
            continue
        made.append(
            LinePair(
                venue_id=venue_id,
                name=known.name,
                kind=known.kind,
                unit=known.unit,
                units=one.units if one else 0,
                other_units=two.units if two else 0,
                spend=one.spend if one else Decimal(0),
                other_spend=two.spend if two else Decimal(0),
            )
        )
    made.sort(key=lambda pair: (-max(pair.spend, pair.other_spend), pair.name))
    return tuple(made)
