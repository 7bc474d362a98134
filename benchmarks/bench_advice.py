"""Advice on a plan of venues: how long it takes, and how right it is.

Times: the generated markets of bench_plan.py (85 accounts, and 100,000 accounts x 6 roles x 40
venues) with four limits. Shadow prices: the same market with 8 venues, each limit priced against a
plan made anew without it, and the shadow price of the budget against the difference that a little
more money makes where units can be broken. Value of learning: markets of three venues, against a
simulation in which all schedules that spend the budget are judged in nested draws. Run with the
name of a part, or with none to run every part in a process of its own:
python benchmarks/bench_advice.py
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

import numpy as np

from bench_plan import ACCOUNTS, CASES, COMMITTEES, ROLE_VALUES, make_brief, make_venues
from signoff.brief import Brief, VenueTerms
from signoff.store.engines import Statement, duckdb_engine_on
from signoff.venues import (
    PresentSpend,
    VenueFacts,
    VenuePlan,
    compare_present,
    find_budget,
    fit_facts,
    list_facts,
    plan_facts,
    price_limits,
    value_learning,
)
from signoff.venues.advice import LimitCost, LimitKind, Research
from signoff.venues.advice.market import PlanMarket, open_market
from signoff.venues.solver.continuous import find_optima
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.relaxation import relax_money

BUDGET = 150_000
LIMITS = (
    VenueTerms(venue="v01", floor=Decimal(12_000)),
    VenueTerms(venue="v02", fixed_spend=Decimal(9_000)),
    VenueTerms(venue="v04", ceiling=Decimal(4_000)),
    VenueTerms(venue="v05", exclude=True),
)
N_PRICED, N_OUTER, N_INNER = 6, 24, 30


def make_facts(
    brief: Brief, *, n_accounts: int, tables: dict[str, list[dict[str, Any]]]
) -> VenueFacts:
    with duckdb_engine_on(tables) as engine:
        engine.define("market_account", ACCOUNTS, n_accounts=n_accounts)
        engine.define("committee_roles", Statement("roles", ROLE_VALUES, ()))
        engine.define("account_role", COMMITTEES)
        return list_facts(engine, brief=brief)


def under(brief: Brief, *terms: VenueTerms) -> Brief:
    return brief.model_copy(update={"venues": terms})


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = time.process_time()
    made = work()
    return made, time.process_time() - began


def time_case(name: str) -> dict[str, Any]:
    """Time each kind of advice on one plan."""
    n_accounts, aim, rule = CASES[name]
    brief = under(make_brief(aim, rule, budget=BUDGET), *LIMITS)
    tables = make_venues(40)
    facts = make_facts(brief, n_accounts=n_accounts, tables=tables)
    opened = make_facts(under(brief, *LIMITS[:-1]), n_accounts=n_accounts, tables=tables)
    plan, plan_seconds = timed(lambda: plan_facts(facts, brief=brief, seed=1).plan)
    spent = PresentSpend({f"v{v:02}": Decimal(15_000) for v in range(0, 40, 4)})
    limits, limit_seconds = timed(
        lambda: price_limits(facts, brief=brief, plan=plan, opened=opened)
    )
    learning, learn_seconds = timed(lambda: value_learning(facts, brief=brief, plan=plan))
    _, present_seconds = timed(
        lambda: compare_present(facts, brief=brief, plan=plan, present=spent)
    )
    fitted, fit_seconds = timed(lambda: fit_facts(facts, brief=brief, plan=plan))
    wanted = 0.8 * plan.result.value
    _, budget_seconds = timed(lambda: find_budget(fitted, wanted=wanted))
    seconds = {
        "plan": plan_seconds,
        "limits": limit_seconds,
        "learning": learn_seconds,
        "present": present_seconds,
        "fit": fit_seconds,
        "budget": budget_seconds,
    }
    return {
        "part": name,
        **{f"{key}_processor_seconds": round(value, 2) for key, value in seconds.items()},
        "n_limits": len(limits.limits),
        "n_researches": len(learning.values),
    }


def price_case() -> dict[str, Any]:
    """Price limits, and make a plan anew without each: the gains should be the same."""
    shares, above = [], 0
    for seed in range(N_PRICED):
        rule = ("mean", "every_level", "any")[seed % 3]
        aim = "leads" if rule == "any" else "conversions"
        rng = np.random.default_rng(seed)
        budget = int(rng.uniform(20_000, 60_000))
        terms = (
            VenueTerms(venue="v01", floor=Decimal(int(rng.uniform(8_000, 14_000)))),
            VenueTerms(venue="v02", ceiling=Decimal(int(rng.uniform(3_000, 6_000)))),
            VenueTerms(venue="v04", exclude=True),
        )
        free, tables = make_brief(aim, rule, budget=budget), make_venues(8)
        brief = under(free, *terms)
        facts = make_facts(brief, n_accounts=60, tables=tables)
        opened = make_facts(under(free, *terms[:-1]), n_accounts=60, tables=tables)
        plan = plan_facts(facts, brief=brief, seed=1).plan
        costs = price_limits(facts, brief=brief, plan=plan, opened=opened)
        for limit in costs.limits:
            anew = _planned_without(limit, brief, tables=tables, budget=budget)
            gain = anew.result.value - plan.result.value
            shares.append((gain - limit.gain) / plan.result.value)
            above += limit.gain > gain + 1e-9 * plan.result.value
    missed = np.array(shares)
    return {
        "part": "limits against plans made anew",
        "n_limits": len(shares),
        "same_within_0.1_percent_of_the_result": int((np.abs(missed) <= 1e-3).sum()),
        "most_missed_share_of_result": round(float(missed.max()), 4),
        "mean_missed_share_of_result": round(float(np.maximum(missed, 0).mean()), 5),
        "priced_higher_than_the_plan_made_anew": above,
    }


def _planned_without(
    limit: LimitCost, brief: Brief, *, tables: dict[str, list[dict[str, Any]]], budget: int
) -> VenuePlan:
    terms = tuple(entry for entry in brief.venues if entry.venue != limit.venue_id)
    free = under(brief, *terms)
    if limit.kind is LimitKind.BUDGET:
        money = brief.money.model_copy(update={"budget": Decimal(budget) * Decimal("1.1")})
        free = brief.model_copy(update={"money": money})
    return plan_facts(make_facts(free, n_accounts=60, tables=tables), brief=free, seed=1).plan


def shadow_case() -> dict[str, Any]:
    """Compare the slope at the best broken units with what 0.1 % more money brings there."""
    apart = []
    for seed in range(N_PRICED):
        budget = int(np.random.default_rng(seed).uniform(20_000, 90_000))
        brief = make_brief("conversions", "mean", budget=budget)
        brief = brief.model_copy(
            update={"committee": brief.committee.model_copy(update={"exposures_needed": 1})}
        )
        facts = make_facts(brief, n_accounts=60, tables=make_venues(8))
        plan = plan_facts(facts, brief=brief, seed=1).plan
        problem = open_market(facts, brief=brief, plan=plan).problem
        ends = []
        for cents in (problem.budget_cents, round(1.001 * problem.budget_cents)):
            model, rng = ResultModel(problem), np.random.default_rng(0)
            money = relax_money(replace(problem, budget_cents=cents))
            best = max(find_optima(model, money, rng=rng), key=lambda o: model.value(o.units))
            ends.append((model.value(best.units), best.units))
        difference = (ends[1][0] - ends[0][0]) / (0.001 * budget) * 1000
        limits = price_limits(facts, brief=brief, plan=plan).limits
        (own,) = (limit for limit in limits if limit.kind is LimitKind.BUDGET)
        apart.append(own.per_1000 / difference - 1)
    found = np.abs(apart)
    return {
        "part": "shadow price of the budget against finite differences",
        "n": len(apart),
        "median_apart_share": round(float(np.median(found)), 3),
        "most_apart_share": round(float(found.max()), 3),
    }


def learn_case() -> dict[str, Any]:
    """Compare the value of knowing one thing with nested draws over all schedules."""
    rows = []
    for seed, rule in enumerate(("mean", "any", "every_level")):
        brief = make_brief(
            "leads" if rule == "any" else "conversions", rule, budget=12_000 + 3_000 * seed
        )
        facts = make_facts(brief, n_accounts=40, tables=_three_venues(seed))
        plan = plan_facts(facts, brief=brief, seed=1).plan
        found = value_learning(facts, brief=brief, plan=plan)
        market = open_market(facts, brief=brief, plan=plan)
        schedules = _all_schedules(market)
        for value in found.values:
            if value.research is Research.SURVEY:
                true = _simulated(market, schedules, venue_id=value.venue_id)
                rows.append((value.gain / plan.result.value, true / plan.result.value))
    said, true = np.array(rows).T
    return {
        "part": "value of learning against a simulation over all schedules",
        "n": len(rows),
        "said_shares_of_result": [round(x, 4) for x in said.tolist()],
        "simulated_shares_of_result": [round(x, 4) for x in true.tolist()],
        "most_apart_share_of_result": round(float(np.abs(said - true).max()), 4),
        "correlation": round(float(np.corrcoef(said, true)[0, 1]), 3),
    }


def _three_venues(seed: int) -> dict[str, list[dict[str, Any]]]:
    """Give three titles of the generated market, the uncertainty of each drawn."""
    kept = ("v01", "v02", "v04")
    tables = {
        name: [row for row in rows if row["venue_id"] in kept]
        for name, rows in make_venues(6).items()
    }
    rng = np.random.default_rng(seed)
    wide = dict(zip(kept, rng.uniform(1.2, 5.0, len(kept)), strict=True))
    for row in tables["venue_audience"]:
        share, far = row["reach_share"], wide[row["venue_id"]]
        row["reach_low_share"], row["reach_high_share"] = share / far, min(share * far, 0.95)
    return tables


def _all_schedules(market: PlanMarket) -> list[np.ndarray]:
    """Give every schedule within the budget to which no unit can be added."""
    problem = market.problem
    most = [option.most_units(problem.budget_cents) for option in problem.options]
    within = [
        units
        for n in product(*(range(m + 1) for m in most))
        if problem.cost_cents(units := np.array(n)) <= problem.budget_cents
    ]
    keys = {tuple(units.tolist()) for units in within}
    steps = np.eye(len(most), dtype=np.int64)
    return [u for u in within if not any(tuple((u + step).tolist()) in keys for step in steps)]


def _simulated(market: PlanMarket, schedules: list[np.ndarray], *, venue_id: str) -> float:
    """Give what knowing one audience is worth: the best for each, less the best for all."""
    place = [venue.venue_id for venue in market.book.venues].index(venue_id)
    rng = np.random.default_rng(7)
    inner = market.normals(N_INNER)
    means = np.zeros((N_OUTER, len(schedules)))
    # the middles of equally likely stretches stand for all that could come to be known
    known = np.sort(rng.standard_normal(N_OUTER * 3_000)).reshape(N_OUTER, -1).mean(axis=1)
    for o, z in enumerate(known):
        for normal in inner:
            drawn = normal.copy()
            drawn[0, place] = z
            model = market.drawn(drawn)
            means[o] += [model.value(units.astype(np.float64)) for units in schedules]
    means /= len(inner)
    return float(means.max(axis=1).mean() - means.mean(axis=0).max())


PARTS: dict[str, Callable[[], dict[str, Any]]] = {
    "85 accounts, every level": lambda: time_case("85 accounts, every level"),
    "100,000 accounts, every level": lambda: time_case("100,000 accounts, every level"),
    "limits": price_case,
    "shadow prices": shadow_case,
    "learning": learn_case,
}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(PARTS[sys.argv[1]]()))
    else:
        for part in PARTS:
            subprocess.run([sys.executable, __file__, part], check=True)
