"""The cautious plan beside the expected one: what its worst draws bring, and what that costs."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

import numpy as np

from signoff.results import Estimate
from signoff.stats.reach import Array
from signoff.stats.shares import middle_interval
from signoff.stats.worst_draws import worst_interval, worst_mean
from signoff.venues.caution.drawn_problems import DrawnProblems
from signoff.venues.caution.search import CautiousSchedule, find_cautious
from signoff.venues.solver.gap import share_above
from signoff.venues.solver.package_search import buy_plan
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.schedule import Schedule
from signoff.venues.weeks.plan_weeks import WeekLine, solve_in_time

__all__ = ["CautiousChoice", "CautiousResult", "choose_cautious"]

Place = Callable[[Schedule], tuple[WeekLine, ...]]


@dataclass(frozen=True)
class CautiousResult:
    """What a cautious plan brings in its worst draws, beside the plan of highest expected result.

    Attributes:
        share: Share of the draws, the worst for a plan, whose mean result was maximised.
        n_draws: Draws.
        n_worst: How many of them are the worst.
        result: Mean result of the plan over its worst draws; the interval says how far it may lie
            off because the draws are so many.
        bound: What no plan within the budget can exceed there, by proof.
        gap_share: How much more the most cautious plan could bring there, as a share of it.
        expected_plan_worst: The same mean for the plan of highest expected result, over the draws
            that are worst for that one.
        expected_plan_result: Expected result of that plan, at the best single numbers.
        cost: Expected result that caution costs: that plan's less this one's, draw by draw.
        is_expected_plan: Whether both are the same plan.
    """

    share: float
    n_draws: int
    n_worst: int
    result: Estimate
    bound: float
    gap_share: float
    expected_plan_worst: Estimate
    expected_plan_result: float
    cost: Estimate
    is_expected_plan: bool

    def text(self) -> str:
        """Say what the worst draws bring, how good that is, and what it costs."""
        worst = f"the worst {100 * self.share:g} % of {self.n_draws} draws"
        proof = (
            f"no plan can bring more there than {self.bound:.3f}, so the best one there brings at "
            f"most {ceil(1000 * self.gap_share) / 10:.1f} % more."
        )
        if self.is_expected_plan:
            return (
                f"Over {worst} it brings {self.result.text(digits=3)} on average; {proof} No plan "
                "was found that brings more there than the plan of highest expected result."
            )
        return (
            f"Chosen for caution: over {worst} it brings {self.result.text(digits=3)} on average; "
            f"{proof} The plan of highest expected result brings "
            f"{self.expected_plan_worst.value:.3f} in its own worst draws. Caution costs "
            f"{self.cost.text(digits=3)} of expected result."
        )


@dataclass(frozen=True, eq=False)
class CautiousChoice:
    """The plan chosen, with its weeks and what is known of it.

    Attributes:
        schedule: Units and money.
        weeks: The same by week.
        caution: What it brings in its worst draws.
    """

    schedule: Schedule
    weeks: tuple[WeekLine, ...]
    caution: CautiousResult


def choose_cautious(
    problem: PlanProblem,
    drawn: DrawnProblems,
    *,
    share: float,
    expected: tuple[Schedule, tuple[WeekLine, ...]],
    place: Place,
    rng: np.random.Generator,
) -> CautiousChoice:
    """Choose the plan whose worst draws bring most on average.

    Args:
        problem: The problem at the best single values.
        drawn: The same as each draw has it.
        share: Share of the draws that count, above 0, below 1.
        expected: The plan of highest expected result, with its weeks.
        place: Places a schedule in weeks, or raises a BriefError.
        rng: Source of the starts.

    Returns:
        The plan; its worst draws never bring less on average than those of the expected plan.
    """
    found: list[CautiousSchedule] = []

    def solve(problem: PlanProblem, *, rng: np.random.Generator) -> Schedule:
        fits = sum(expected[0].spend_cents) <= problem.budget_cents
        start = expected[0] if fits else buy_plan(problem, rng=rng)
        found.append(find_cautious(problem, drawn, share=share, start=start, rng=rng))
        return found[-1].schedule

    schedule, weeks = solve_in_time(problem, place=place, rng=rng, solve=solve)
    both = [np.array(each.units, dtype=np.float64) for each in (schedule, expected[0])]
    ours, theirs = drawn.judge(both)
    if worst_mean(ours, share=share) < worst_mean(theirs, share=share):
        (schedule, weeks), ours = expected, theirs
    return CautiousChoice(
        schedule,
        weeks,
        _result((schedule, expected[0]), (ours, theirs), share=share, bound=found[0].bound),
    )


def _result(
    schedules: tuple[Schedule, Schedule],
    results: tuple[Array, Array],
    *,
    share: float,
    bound: float,
) -> CautiousResult:
    (plan, expected), (ours, theirs) = schedules, results
    worst = _worst(ours, share=share)
    most = max(bound, worst.value)
    cost = expected.result - plan.result
    low, high = middle_interval(theirs - ours)
    return CautiousResult(
        share=share,
        n_draws=len(ours),
        n_worst=max(ceil(share * len(ours) - 1e-9), 1),
        result=worst,
        bound=most,
        gap_share=share_above(worst.value, most),
        expected_plan_worst=_worst(theirs, share=share),
        expected_plan_result=expected.result,
        cost=Estimate(cost, min(low, cost), max(high, cost)),
        is_expected_plan=plan.units == expected.units,
    )


def _worst(results: Array, *, share: float) -> Estimate:
    value = worst_mean(results, share=share)
    low, high = worst_interval(results, share=share)
    return Estimate(value, max(min(low, value), 0.0), max(high, value))
