"""Time from a slider's budget to its answer, once a plan of venues is fitted, and how good it is.

The generated markets of bench_plan.py: 85 accounts, and 100,000 accounts x 6 roles x 40 venues.
Run with the name of a case, or with none to run every case in a process of its own:
python benchmarks/bench_slider.py
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np

from bench_plan import ACCOUNTS, CASES, COMMITTEES, ROLE_VALUES, make_brief, make_venues
from signoff.brief import Brief
from signoff.store.engines import Statement, duckdb_engine_on
from signoff.venues import (
    FittedVenues,
    VenueFacts,
    VenuePlan,
    fit_facts,
    list_facts,
    pack_venues,
    plan_facts,
    unpack_venues,
)
from signoff.venues.forecast import forecast_schedule
from signoff.venues.solver.exposure import make_problem, match_audience
from signoff.venues.solver.schedule import solve_plan

N_BUDGETS, N_JUDGED = 400, 6
BUDGET = 150_000


def run_case(name: str) -> dict[str, Any]:
    n_accounts, aim, rule = CASES[name]
    brief = make_brief(aim, rule, budget=BUDGET)
    with duckdb_engine_on(make_venues(40)) as engine:
        engine.define("market_account", ACCOUNTS, n_accounts=n_accounts)
        engine.define("committee_roles", Statement("roles", ROLE_VALUES, ()))
        engine.define("account_role", COMMITTEES)
        facts = list_facts(engine, brief=brief)
    plan, plan_seconds = timed(lambda: plan_facts(facts, brief=brief, seed=1).plan)
    fitted, fit_seconds = timed(lambda: fit_facts(facts, brief=brief, plan=plan))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    packed = pack_venues(fitted)
    loaded, load_seconds = timed(lambda: unpack_venues(packed))
    _, curve_seconds = timed(lambda: loaded.curve)
    return {
        "case": name,
        "plan_seconds": round(plan_seconds, 1),
        "fit_seconds": round(fit_seconds, 1),
        "peak_megabytes": round(peak / 1024),
        "kilobytes": round(len(packed) / 1000),
        "load_ms": round(1000 * load_seconds, 1),
        "first_curve_ms": round(1000 * curve_seconds, 1),
        **answer_times(loaded),
        "n_schedules": len(fitted.rungs),
        **judge(fitted, facts, brief=brief, plan=plan),
    }


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    made = work()
    return made, time.perf_counter() - began


def answer_times(fitted: FittedVenues) -> dict[str, float]:
    """Time answers to drawn budgets, each with the curve that the page draws again."""
    rng = np.random.default_rng(1)
    low, high = float(fitted.lowest_budget), float(fitted.highest_budget)
    budgets = [Decimal(f"{b:.2f}") for b in rng.uniform(low, high, N_BUDGETS)]
    taken = [timed(lambda b=budget: (fitted.at_budget(b), fitted.curve))[1] for budget in budgets]
    p50, p95 = np.quantile(taken, [0.5, 0.95])
    times = {"answer_p50_ms": p50, "answer_p95_ms": p95, "answer_max_ms": max(taken)}
    return {name: round(1000 * float(seconds), 2) for name, seconds in times.items()}


def judge(
    fitted: FittedVenues, facts: VenueFacts, *, brief: Brief, plan: VenuePlan
) -> dict[str, float]:
    """Compare answers with a whole solution of the same budget, and intervals with own draws."""
    audience = match_audience(facts.book, facts.cells, brief=brief)
    problem = make_problem(audience, facts.book, brief=brief)
    losses, gaps, ends = [], [], []
    for share in np.random.default_rng(2).uniform(0.2, 2.4, N_JUDGED):
        cents = round(problem.budget_cents * share)
        answer = fitted.at_budget(Decimal(cents) / 100)
        whole = solve_plan(replace(problem, budget_cents=cents), rng=np.random.default_rng(1))
        losses.append(1 - answer.result.value / whole.result)
        gaps.append(answer.bound / whole.bound - 1)
        units = np.array([line.units for line in answer.lines], dtype=np.int64)
        _, draws, _ = np.random.default_rng(plan.seed).spawn(3)
        own = forecast_schedule(audience, facts.book, brief=brief, units=units, rng=draws).result
        ends += [answer.result.low / own.low - 1, answer.result.high / own.high - 1]
    return {
        "worst_loss_share": round(max(losses), 4),
        "mean_loss_share": round(float(np.mean(losses)), 4),
        "worst_bound_above_own_share": round(max(gaps), 4),
        "worst_interval_end_apart_share": round(float(np.abs(ends).max()), 4),
    }


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(run_case(sys.argv[1])))
    else:
        for case in CASES:
            subprocess.run([sys.executable, __file__, case], check=True)
