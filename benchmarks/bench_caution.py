"""How often the cautious planner finds the plan whose worst draws bring most, of all plans.

The problems of bench_enumeration.py, each with draws in which every venue's audience and answers
are off by a factor of their own, some venues much less sure than others. Every plan of whole units
that keeps all limits is judged in all draws: python benchmarks/bench_caution.py 90
"""

import sys
import time
from dataclasses import dataclass, replace

import numpy as np

from bench_enumeration import KINDS, draw_problem, every_plan
from signoff.brief import ApprovalRule
from signoff.stats.worst_draws import worst_mean
from signoff.units import Objective
from signoff.venues.caution.drawn_problems import ListedProblems
from signoff.venues.caution.search import find_cautious
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.schedule import solve_plan

SHARE, N_DRAWS, MOST_PLANS = 0.2, 40, 1500


@dataclass(frozen=True)
class Trial:
    """One problem: mean over the worst draws of the plans found, of the best, and the bound."""

    found: float
    expected: float
    best: float
    bound: float
    keeps_limits: bool
    seconds: tuple[float, float]


def draw_draws(problem: PlanProblem, *, seed: int) -> ListedProblems:
    """Draw audiences and answers by venue."""
    rng = np.random.default_rng([seed, 5])
    spread = rng.uniform(0.05, 1.2, (2, len(problem.options)))
    drawn = []
    for _ in range(N_DRAWS):
        audience, answers = np.exp(spread * rng.normal(size=spread.shape) - spread**2 / 2)
        options = tuple(
            replace(option, response_share=min(option.response_share * factor, 0.9))
            for option, factor in zip(problem.options, answers.tolist(), strict=True)
        )
        membership = np.clip(problem.membership * audience[:, None, None, None], 0, 0.98)
        drawn.append(replace(problem, membership=membership, options=options))
    return ListedProblems(tuple(drawn))


def try_problem(seed: int) -> Trial | None:
    """Plan and enumerate; None where no plan keeps all limits, or too many do."""
    problem = draw_problem(seed)
    plans = [np.array(units, dtype=np.float64) for units in every_plan(problem)]
    if not 1 < len(plans) <= MOST_PLANS:
        return None
    draws = draw_draws(problem, seed=seed)
    began = time.process_time()
    start = solve_plan(problem, rng=np.random.default_rng(0))
    planned = time.process_time()
    found = find_cautious(problem, draws, share=SHARE, start=start, rng=np.random.default_rng(1))
    ended = time.process_time()
    judged = draws.judge(plans)
    results = dict(zip([tuple(units.tolist()) for units in plans], judged, strict=True))
    return Trial(
        found=found.worst_mean,
        expected=worst_mean(results[tuple(map(float, start.units))], share=SHARE),
        best=max(worst_mean(each, share=SHARE) for each in judged),
        bound=found.bound,
        keeps_limits=tuple(map(float, found.schedule.units)) in results,
        seconds=(planned - began, ended - planned),
    )


def main(n_problems: int) -> None:
    """Try so many problems and print rates by objective and rule."""
    trials = {seed: trial for seed in range(n_problems) if (trial := try_problem(seed))}
    for objective in (Objective.LEADS, Objective.TRAFFIC):
        _print(objective.value, [t for s, t in trials.items() if _kind(s)[0] is objective])
    for rule in ApprovalRule:
        wanted = (Objective.CONVERSIONS, rule)
        _print(f"conversions, {rule.value}", [t for s, t in trials.items() if _kind(s) == wanted])
    _print("all", list(trials.values()))


def _kind(seed: int) -> tuple[Objective, ApprovalRule]:
    return KINDS[seed % len(KINDS)][:2]


def _print(label: str, trials: list[Trial]) -> None:
    if not trials:
        return
    losses = np.array([1 - t.found / t.best if t.best > 0 else 0.0 for t in trials])
    before = np.array([1 - t.expected / t.best if t.best > 0 else 0.0 for t in trials])
    gaps = np.array([1 - t.best / t.bound if t.bound > 0 else 0.0 for t in trials])
    broken = sum(t.bound < t.best * (1 - 1e-9) or not t.keeps_limits for t in trials)
    ratio = sum(t.seconds[1] for t in trials) / sum(t.seconds[0] for t in trials)
    print(
        f"{label}: {len(trials)} problems, best plan {100 * np.mean(losses < 1e-9):.1f} % "
        f"(expected plan {100 * np.mean(before < 1e-9):.1f} %), largest loss "
        f"{100 * losses.max():.2f} % (expected plan {100 * before.max():.1f} %), bound above the "
        f"best by {100 * np.median(gaps):.1f} % (median), bounds or limits broken {broken}, "
        f"{ratio:.1f} times the expected plan's seconds"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 90)
