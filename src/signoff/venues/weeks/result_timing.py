"""When a plan's result comes: week by week, with intervals, and how much of it comes late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from signoff.results import Estimate, Result, Row

__all__ = ["ResultTiming", "VenueLag", "WeekResult"]


@dataclass(frozen=True)
class WeekResult:
    """What one week brings.

    Attributes:
        starts_on: First of its seven days.
        result: Result that comes in it, in the unit of the objective.
        so_far: Result that has come by its end.
        is_after_period: Whether it begins after the brief's last day.
    """

    starts_on: date
    result: Estimate
    so_far: Estimate
    is_after_period: bool


@dataclass(frozen=True)
class VenueLag:
    """How long one venue of the plan works on.

    Attributes:
        venue_id: Venue.
        carry_over_share: Part of the effect kept from week to week.
        peak_week: Weeks from an exposure to its largest effect; 0: at once.
        late_share: Share of what it brings that comes after the brief's last day.
        basis: measured, or prior where one of the first two is assumed.
        source: What the two rest on, in words.
    """

    venue_id: str
    carry_over_share: Estimate
    peak_week: Estimate
    late_share: Estimate
    basis: str
    source: str


@dataclass(frozen=True)
class ResultTiming(Result):
    """When a plan's result comes.

    Attributes:
        weeks: One entry for each week from the brief's first day on, until nearly all has come.
        later: Result that comes after the last of these weeks.
        within_period: Result that has come by the brief's last day.
        after_period: Result that comes after it; it is part of the plan's result.
        after_share: Share of the result that comes after it.
        half_weeks: Weeks after the first appearance by which half of the result has come.
        most_weeks: Weeks after the first appearance by which nine tenths of it have come.
        counts_approval: Whether the weeks are those of the final yes, not of the last exposure
            that counts.
        n_draws: Draws behind the intervals.
        lags: How long each venue of the plan works on.
    """

    weeks: tuple[WeekResult, ...]
    later: Estimate
    within_period: Estimate
    after_period: Estimate
    after_share: Estimate
    half_weeks: Estimate
    most_weeks: Estimate
    counts_approval: bool
    n_draws: int
    lags: tuple[VenueLag, ...]

    def rows(self) -> Sequence[Row]:
        """Give one row for each week."""
        return [
            {
                "starts_on": week.starts_on,
                "result": week.result.value,
                "result_low": week.result.low,
                "result_high": week.result.high,
                "so_far": week.so_far.value,
                "so_far_low": week.so_far.low,
                "so_far_high": week.so_far.high,
                "is_after_period": week.is_after_period,
            }
            for week in self.weeks
        ]

    def text(self) -> str:
        """Say when most of it comes, and how much after the brief's last day."""
        half, most = self.half_weeks, self.most_weeks
        late = self.after_share
        return (
            f"Half of it comes within {half.value:.1f} weeks of the first appearance "
            f"({half.low:.1f} to {half.high:.1f}), nine tenths within {most.value:.1f} weeks "
            f"({most.low:.1f} to {most.high:.1f}); {100 * late.value:.0f} % of it "
            f"({100 * late.low:.0f} to {100 * late.high:.0f} %) after the period of the brief."
        )
