"""Time and memory of the venue plan: 85 accounts, and 100,000 accounts x 6 roles x 40 venues.

Accounts, committees, venues and prices are generated (seed 1), with 5 countries, 20 industries and
1 to 4 people in each role; in two cases 8 packages of two or three venues besides. Run with the
name of a case, or with none to run every case in a process of its own: python
benchmarks/bench_plan.py
"""

import json
import resource
import subprocess
import sys
import time
from typing import Any

import numpy as np

from signoff.brief import Brief, read_brief, starter_brief
from signoff.store.engines import Statement, duckdb_engine_on
from signoff.units import CommitteeRole
from signoff.venues import plan_venues

ROLES = tuple(CommitteeRole)[:6]
CASES = {
    "85 accounts, every level": (85, "conversions", "every_level"),
    "100,000 accounts, every level": (100_000, "conversions", "every_level"),
    "100,000 accounts, mean": (100_000, "conversions", "mean"),
    "100,000 accounts, quorum": (100_000, "conversions", "quorum"),
    "100,000 accounts, uplift": (100_000, "conversions", "uplift"),
    "100,000 accounts, leads": (100_000, "leads", "any"),
    "100,000 accounts, every level, 8 packages": (100_000, "conversions", "every_level"),
    "100,000 accounts, mean, 8 packages": (100_000, "conversions", "mean"),
}
ACCOUNTS = Statement(
    name="generated accounts",
    sql="""
        SELECT CAST(i AS VARCHAR) AS account_id, CAST(i AS VARCHAR) AS name,
               'C' || CAST(hash(i) % 5 AS VARCHAR) AS country,
               CAST(20 + hash(i, 1) % 20 AS VARCHAR) AS segment, 'prospect' AS relationship,
               0.5 + (hash(i, 2) % 3) / 4.0 AS market_fit_share, CAST(NULL AS DOUBLE) AS win_share,
               0.05 * (0.5 + (hash(i, 2) % 3) / 4.0) AS value_weight, i % 10 = 0 AS is_holdout
        FROM range(CAST(:n_accounts AS BIGINT)) AS accounts(i)
    """,
    reads=(),
)
COMMITTEES = Statement(
    name="generated committees",
    sql="""
        SELECT a.account_id, r.role, 0 AS n_known,
               1 + CASE WHEN hash(a.account_id, r.role) % 10 < 7 THEN 0
                        ELSE hash(r.role, a.account_id) % 4 END AS n_planned
        FROM market_account AS a CROSS JOIN committee_roles AS r
    """,
    reads=("market_account", "committee_roles"),
)


def make_brief(aim: str, rule: str, *, budget: int) -> Brief:
    brief = read_brief(starter_brief()).model_dump()
    roles = [
        {"role": role, "approval_level": 1 + i // 2, "people_expected": 1, "uplift": 0.5}
        for i, role in enumerate(ROLES)
    ]
    numbers = {"approval_rule": rule, "quorum_roles": 3, "base_share": 0.05}
    committee = {**brief["committee"], **numbers, "roles": roles}
    money = {**brief["money"], "budget": budget}
    objective = {"aim": aim, "target": 10}
    return Brief.model_validate(
        {**brief, "committee": committee, "money": money, "objective": objective}
    )


def make_venues(n_venues: int) -> dict[str, list[dict[str, Any]]]:
    rng = np.random.default_rng(1)
    tables: dict[str, list[dict[str, Any]]] = {"venue": [], "rate": [], "venue_audience": []}
    for v in range(n_venues):
        sold = {"contacts_per_unit": 1000.0, "on_target_share": 0.05} if v % 3 == 0 else {}
        response = {f"response{part}_share": 0.004 * x for part, x in PARTS.items()}
        tables["venue"].append(
            {"venue_id": f"v{v:02}", "name": f"Venue {v}", "kind": "other", "unit": "insertion"}
            | {"currency": "EUR", "exposures_per_unit": 1.0, "basis": "prior", **sold, **response}
        )
        price = float(rng.uniform(20, 60)) if sold else float(rng.uniform(800, 6000))
        steps = ((1, 1.0), (4, 0.9), (8, 0.8)) if not sold else ((1, 1.0), (200, 0.9))
        for units_from, part in steps:
            tables["rate"].append(
                {"venue_id": f"v{v:02}", "units_from": units_from, "currency": "EUR"}
                | {"unit_price": f"{price * part:.2f}", "minimum_units": 1}
                | {"maximum_units": 2000 if sold else 26}
            )
        for segment in ("*", str(20 + v % 20), str(20 + (7 * v) % 20)):
            for role in rng.choice(ROLES, 3, replace=False):
                share = float(rng.beta(1.0, 6.0))
                reach = {f"reach{part}_share": min(1.0, share * x) for part, x in PARTS.items()}
                tables["venue_audience"].append(
                    {"venue_id": f"v{v:02}", "country": "*", "segment": segment, "role": str(role)}
                    | {"basis": "prior", **reach}
                )
    return tables


def make_packages(rates: list[dict[str, Any]], n_packages: int) -> list[dict[str, Any]]:
    """Sell two or three venues together, up to four insertions of each, for 60 to 95 % of it."""
    rng = np.random.default_rng(2)
    singly = {row["venue_id"]: float(row["unit_price"]) for row in reversed(rates)}
    titles = sorted(row["venue_id"] for row in rates if row["maximum_units"] == 26)
    rows: list[dict[str, Any]] = []
    for p in range(n_packages):
        held = sorted(rng.choice(sorted(set(titles)), int(rng.integers(2, 4)), replace=False))
        units = {str(venue): int(rng.integers(1, 5)) for venue in held}
        price = sum(n * singly[venue] for venue, n in units.items()) * rng.uniform(0.6, 0.95)
        rows += [
            {"package_id": f"p{p}", "name": f"Package {p}", "venue_id": venue, "units": n}
            | {"package_price": f"{price:.2f}", "currency": "EUR", "maximum_packages": 4}
            for venue, n in units.items()
        ]
    return rows


PARTS = {"_low": 0.5, "": 1.0, "_high": 1.8}


def run_case(name: str) -> dict[str, Any]:
    n_accounts, aim, rule = CASES[name]
    brief = make_brief(aim, rule, budget=150_000)
    tables = make_venues(40)
    if "packages" in name:
        tables["venue_package"] = make_packages(tables["rate"], 8)
    with duckdb_engine_on(tables) as engine:
        engine.define("market_account", ACCOUNTS, n_accounts=n_accounts)
        engine.define("committee_roles", Statement("roles", ROLE_VALUES, ()))
        engine.define("account_role", COMMITTEES)
        began, worked = time.perf_counter(), time.process_time()
        plan = plan_venues(engine, brief=brief, seed=1)
        seconds, processor = time.perf_counter() - began, time.process_time() - worked
    return {
        "case": name,
        "seconds": round(seconds, 1),
        "processor_seconds": round(processor, 1),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "result": round(plan.result.value, 3),
        "bound": round(plan.bound, 3),
        "gap_share": round(plan.gap_share, 3),
        "n_lines": sum(line.in_plan for line in plan.lines),
        "n_packages": sum(line.packages for line in plan.packages),
    }


ROLE_VALUES = " UNION ALL ".join(f"SELECT '{role}' AS role" for role in ROLES)

if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(run_case(sys.argv[1])))
    else:
        for case in CASES:
            subprocess.run([sys.executable, __file__, case], check=True)
