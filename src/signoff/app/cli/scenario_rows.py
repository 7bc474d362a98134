"""Scenarios side by side as rows to be read at a terminal: a column for each."""

from typing import TYPE_CHECKING

from signoff.app.cli.venues.advice_rows import spoken
from signoff.results import Estimate, Row

if TYPE_CHECKING:
    from signoff.plan import ScenarioColumn, ScenarioTable

__all__ = ["side_by_side"]


def side_by_side(found: "ScenarioTable") -> list[Row]:
    """Give one row for each thing compared, a column for the plan and for each scenario.

    Args:
        found: The plan and its scenarios.
    """
    heads = [f"{place}. {column.title}" for place, column in enumerate(found.columns)]
    said = [_said(column, found) for column in found.columns]
    return [
        {"": what, **{head: one[what] for head, one in zip(heads, said, strict=True)}}
        for what in said[0]
    ]


def _said(column: "ScenarioColumn", found: "ScenarioTable") -> dict[str, str]:
    """Give what is told of a plan or scenario, under its words."""
    lines = {
        "budget": f"{column.budget:,} {column.currency}",
        "spend": f"{column.total_spend:,} {column.currency}",
        "counted": column.objective,
        "expected": _estimate(column.result),
        "difference": _estimate(column.difference),
        "no plan exceeds": spoken(column.bound),
        "best brings more, at most": f"{column.gap_share:.1%}",
        "accounts covered": _estimate(column.covered_accounts),
    }
    for role in found.roles:
        lines[f"reach, {role.value}"] = _share(column.reach_by_role.get(role))
    for venue_id, name in found.venue_names.items():
        lines[f"units, {name} ({venue_id})"] = f"{column.units.get(venue_id, 0):,}"
    return lines


def _estimate(estimate: Estimate | None) -> str:
    if estimate is None:
        return "-"
    low, high = spoken(estimate.low), spoken(estimate.high)
    return f"{spoken(estimate.value)} ({low} to {high})"


def _share(estimate: Estimate | None) -> str:
    if estimate is None:
        return "-"
    return f"{estimate.value:.0%} ({estimate.low:.0%} to {estimate.high:.0%})"
