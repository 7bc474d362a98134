"""Advice on a plan as rows to be read at a terminal: words, units, and no more digits than help."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from signoff.results import Row

if TYPE_CHECKING:
    from signoff.venues import (
        FittedVenues,
        Learning,
        LimitCosts,
        PresentComparison,
        VenueLine,
        VenueUnits,
    )

__all__ = [
    "curve_rows",
    "learning_rows",
    "limit_rows",
    "margin_rows",
    "present_rows",
    "spoken",
    "unit_rows",
]

KINDS = {
    "budget": "the budget (a tenth more)",
    "floor": "spend at least",
    "ceiling": "spend at most",
    "fixed": "spend exactly",
    "excluded": "left out",
    "group_floor": "group: spend at least",
    "group_ceiling": "group: spend at most",
}
MOST_POINTS = 20


def spoken(number: float | None) -> str:
    """Give a number with three digits that count, thousands set apart; a dash for none.

    Args:
        number: Any number.

    >>> spoken(0.000283369), spoken(12345.6), spoken(2.0), spoken(0.0), spoken(None)
    ('0.000283', '12,346', '2.00', '0', '-')
    """
    if number is None:
        return "-"
    if number == 0:
        return "0"
    if abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:#.3g}"


def limit_rows(costs: "LimitCosts") -> list[Row]:
    """Give each limit with what it costs, the dearest first.

    Args:
        costs: Limits of a plan.
    """
    unit, currency = costs.objective, costs.currency
    return [
        {
            "limit": KINDS[limit.kind.value],
            "on": limit.name or "-",
            f"amount {currency}": _money(limit.amount),
            f"spend {currency}": _money(limit.spend),
            f"gain without it ({unit})": spoken(limit.gain),
            "from": spoken(limit.gain_estimate.low if limit.gain_estimate else None),
            "to": spoken(limit.gain_estimate.high if limit.gain_estimate else None),
            f"gain by 1,000 {currency}": spoken(limit.per_1000),
        }
        for limit in costs.limits
    ]


def margin_rows(lines: Iterable["VenueLine"], *, objective: str) -> list[Row]:
    """Give what 1,000 more would add at each venue.

    Args:
        lines: Venues of the plan, in the order to show.
        objective: What is counted.
    """
    return [
        {
            "venue": line.name,
            f"spend {line.currency}": _money(line.spend),
            f"gain by 1,000 more ({objective})": spoken(line.marginal_result_per_1000),
        }
        for line in lines
    ]


def learning_rows(learning: "Learning") -> list[Row]:
    """Give what is worth learning, most first.

    Args:
        learning: What was found.
    """
    unit, currency = learning.objective, learning.currency
    has_sales = any(value.deal_worth is not None for value in learning.values)
    rows: list[Row] = []
    for value in learning.values:
        row = {
            "research": value.research.value,
            "on": value.name,
            f"worth on average ({unit})": spoken(value.gain),
            "stands out from chance": "yes" if value.is_clear else "no",
            f"as budget {currency}": _money(value.budget_worth),
        }
        rows.append({**row, f"as sales {currency}": _money(value.deal_worth)} if has_sales else row)
    return rows


def present_rows(found: "PresentComparison") -> list[Row]:
    """Give each venue of the plan or of the present.

    Args:
        found: The comparison.
    """
    currency = found.currency
    return [
        {
            "venue": line.name,
            f"spend now {currency}": _money(line.spend),
            "units for it": f"{line.units:,}",
            f"spend in the plan {currency}": _money(line.plan_spend),
            "units in the plan": f"{line.plan_units:,}",
        }
        for line in found.lines
    ]


def unit_rows(
    lines: Sequence["VenueUnits"], *, names: Mapping[str, str], currency: str
) -> list[Row]:
    """Give what an answer buys beside the plan, venues that neither buys left out.

    Args:
        lines: One for each venue.
        names: Name by venue.
        currency: Currency of the spend.
    """
    return [
        {
            "venue": names.get(line.venue_id, line.venue_id),
            "units": f"{line.units:,}",
            "units in the plan": f"{line.plan_units:,}",
            f"spend {currency}": _money(line.spend),
        }
        for line in lines
        if line.units or line.plan_units or line.spend
    ]


def curve_rows(fitted: "FittedVenues") -> list[Row]:
    """Give what budgets bring, about twenty of them; the plan's budget is among them.

    Args:
        fitted: A plan that was fitted.
    """
    curve, own = fitted.curve, fitted.plan.budget_cents
    step = max(len(curve) // MOST_POINTS, 1)
    return [
        {
            f"budget {fitted.currency}": _money(point.budget),
            f"spend {fitted.currency}": _money(point.total_spend),
            fitted.objective: spoken(point.result.value),
            "at least": spoken(point.result.low),
            "at most": spoken(point.result.high),
            "no plan exceeds": spoken(point.bound),
            "": "the plan" if round(point.budget * 100) == own else "",
        }
        for place, point in enumerate(curve)
        if place % step == 0 or round(point.budget * 100) == own or place == len(curve) - 1
    ]


def _money(amount: Decimal | None) -> str:
    return "-" if amount is None else f"{amount:,.2f}".removesuffix(".00")
