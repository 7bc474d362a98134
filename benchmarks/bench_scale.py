"""Ten million accounts x 8 roles x 200 venues: cells, value and gradient, plan, memory.

Usage: python benchmarks/bench_scale.py [--accounts N] [--folder FOLDER] [--spark]

Accounts and the roles of their committees are generated (seeded by hashes) as two Parquet files in
FOLDER, or in one that goes at the end, before anything is timed: 10 countries, 50 industries, a
tenth in the holdout, 0 to 3 people in each role (one in 78 % of them), ids as the lake has them.
Half of the venues are confined to one country. The eighth role is one that the vocabulary of roles
does not have. Each part runs in a process of its own, whose peak memory is printed.

`--spark` makes the cells of a smaller market (200,000 accounts) on DuckDB and on a local Spark, and
compares them: Spark on one machine shows that the answer is the same, not that it is fast.
"""

import argparse
import json
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np

from bench_plan import PARTS, make_brief
from signoff.brief import Brief
from signoff.store.engines import duckdb_engine_on
from signoff.store.engines.duck import DuckEngine, fresh_session
from signoff.store.engines.spark import SparkEngine, local_spark
from signoff.units import CommitteeRole
from signoff.venues.book import VenueBook, list_venues
from signoff.venues.facts import VenueFacts
from signoff.venues.market.cells import MarketCells, count_cells
from signoff.venues.plan import plan_facts
from signoff.venues.solver.exposure import make_problem, match_audience
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.relaxation import relax_money

N_VENUES, BUDGET, SPARK_ACCOUNTS = 200, 2_000_000, 200_000
TABLES = ("market_account", "account_role")


class EighthRole(StrEnum):
    """A role beside those of the vocabulary."""

    EVALUATOR = "evaluator"


ROLES = (*CommitteeRole, *EighthRole)
ACCOUNTS = """
    COPY (
        SELECT md5(CAST(i AS VARCHAR)) AS account_id, 'C' || hash(i) % 10 AS country,
            CAST(20 + hash(i, 1) % 50 AS VARCHAR) AS segment,
            0.05 * (0.5 + (hash(i, 2) % 3) / 4.0) AS value_weight, i % 10 = 0 AS is_holdout
        FROM range({n}) AS accounts(i)
    ) TO '{folder}/market_account.parquet'
"""
COMMITTEES = """
    COPY (
        SELECT account_id, role, 0 AS n_known,
            CASE WHEN hash(account_id, role) % 10 < 7 THEN 1
                ELSE (hash(account_id, role) // 10) % 4 END AS n_planned
        FROM read_parquet('{folder}/market_account.parquet')
        CROSS JOIN (SELECT unnest({roles}) AS role) AS roles
    ) TO '{folder}/account_role.parquet'
"""


def main(folder: Path, n_accounts: int) -> None:
    """Generate, then run each part in a process of its own."""
    generate(folder, n_accounts)
    print(f"{n_accounts:,} accounts x {len(ROLES)} roles x {N_VENUES} venues")
    for part in ("cells", "gradient", "plan"):
        command = [sys.executable, __file__, "--folder", str(folder), "--part", part]
        subprocess.run(command, check=True)


def generate(folder: Path, n_accounts: int) -> None:
    with fresh_session() as session:
        session.execute("SET memory_limit = '4GB'")
        session.execute(ACCOUNTS.format(n=n_accounts, folder=folder))
        roles = [str(role) for role in ROLES]
        session.execute(COMMITTEES.format(roles=roles, folder=folder))


def report(part: str, target: str, **found: Any) -> None:
    """Print what was measured, with the memory of this process and the load of the machine."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    found |= {"peak_gigabytes": round(peak, 2), "load": round(os.getloadavg()[0], 1)}
    print(json.dumps({"part": part, "target": target, **found}), flush=True)


def run_cells(folder: Path) -> None:
    began = time.perf_counter()
    cells = duck_cells(folder)
    seconds = time.perf_counter() - began
    (folder / "cells.pickle").write_bytes(pickle.dumps(cells))
    report(
        "cells",
        "60 s, 8 GB",
        seconds=round(seconds, 1),
        processor_seconds=round(time.process_time(), 1),
        n_cells=len(cells.n_accounts),
        n_accounts=int(cells.n_accounts.sum()),
        drawn_share=round(cells.drawn_share, 3),
        error_share=round(cells.error_share, 5),
    )


def duck_cells(folder: Path) -> MarketCells:
    with fresh_session() as session:
        session.execute("SET memory_limit = '6GB'")
        for name in TABLES:
            session.execute(f"CREATE VIEW {name} AS FROM read_parquet('{folder / name}.parquet')")
        return count_cells(DuckEngine(lambda: session), roles=ROLES)


def run_gradient(folder: Path) -> None:
    brief, facts = load(folder)
    began = time.perf_counter()
    audience = match_audience(facts.book, facts.cells, brief=brief)
    problem = make_problem(audience, facts.book, brief=brief)
    model, money = ResultModel(problem), relax_money(problem)
    prepared = time.perf_counter() - began
    rng = np.random.default_rng(1)
    for name, share in (("a third of the venues bought", 0.33), ("all bought", 1.0)):
        units = money.scaled((rng.random(N_VENUES) < share).astype(np.float64))
        model.gradient(units)
        clock, processor = [], []
        for _ in range(20):
            began, before = time.perf_counter(), time.process_time()
            model.gradient(units)
            clock.append(time.perf_counter() - began)
            processor.append(time.process_time() - before)
        report(
            f"value and gradient, {name}",
            "50 ms",
            median_milliseconds=round(1000 * float(np.median(clock)), 1),
            processor_milliseconds=round(1000 * float(np.median(processor)), 1),
            membership=list(problem.membership.shape),
            n_cells=len(problem.cells.profile),
            prepared_seconds=round(prepared, 1),
        )


def run_plan(folder: Path) -> None:
    brief, facts = load(folder)
    began, before = time.perf_counter(), time.process_time()
    plan = plan_facts(facts, brief=brief, seed=1).plan
    report(
        "plan",
        "60 s, 8 GB",
        seconds=round(time.perf_counter() - began, 1),
        processor_seconds=round(time.process_time() - before, 1),
        result=round(plan.result.value, 1),
        bound=round(plan.bound, 1),
        gap_share=round(plan.gap_share, 3),
        n_lines=sum(line.in_plan for line in plan.lines),
        caution=plan.cautions[-1],
    )


def load(folder: Path) -> tuple[Brief, VenueFacts]:
    cells = pickle.loads((folder / "cells.pickle").read_bytes())  # noqa: S301 - written above
    brief = make_brief("conversions", "every_level", budget=BUDGET)
    first = brief.committee.roles[0]
    roles = tuple(
        first.model_copy(update={"role": role, "approval_level": 1 + i // 2})
        for i, role in enumerate(ROLES)
    )
    committee = brief.committee.model_copy(update={"roles": roles})
    brief = brief.model_copy(update={"committee": committee})
    return brief, VenueFacts(make_book(brief), cells)


def make_book(brief: Brief) -> VenueBook:
    """Give the venues; rows of the eighth role are added once the others have been read."""
    tables = make_venues()
    rows = tables["venue_audience"]
    tables["venue_audience"] = [row for row in rows if row["role"] != EighthRole.EVALUATOR]
    with duckdb_engine_on(tables) as engine:
        book = list_venues(engine, brief=brief)
    venues = []
    for venue in book.venues:
        added = [
            replace(venue.audience[0], **{name: row[name] for name in SHARES}, role=row["role"])
            for row in rows
            if row["venue_id"] == venue.venue_id and row["role"] == EighthRole.EVALUATOR
        ]
        venues.append(replace(venue, audience=(*venue.audience, *added)))
    return replace(book, venues=tuple(venues))


SHARES = ("segment", "reach_share", "reach_low_share", "reach_high_share")


def make_venues() -> dict[str, list[dict[str, Any]]]:
    rng = np.random.default_rng(1)
    tables: dict[str, list[dict[str, Any]]] = {"venue": [], "rate": [], "venue_audience": []}
    for v in range(N_VENUES):
        name, is_sold = f"v{v:03}", v % 3 == 0
        sold = {"contacts_per_unit": 1000.0, "on_target_share": 0.05} if is_sold else {}
        response = {f"response{part}_share": 0.004 * x for part, x in PARTS.items()}
        tables["venue"].append(
            {"venue_id": name, "name": f"Venue {v}", "kind": "other", "unit": "insertion"}
            | {"country": f"C{v // 2 % 10}" if v % 2 else None, "currency": "EUR"}
            | {"exposures_per_unit": 1.0, "basis": "prior", **sold, **response}
        )
        price = float(rng.uniform(20, 60)) if is_sold else float(rng.uniform(800, 6000))
        steps = ((1, 1.0), (200, 0.9)) if is_sold else ((1, 1.0), (4, 0.9), (8, 0.8))
        tables["rate"] += [
            {"venue_id": name, "units_from": units, "currency": "EUR", "minimum_units": 1}
            | {"unit_price": f"{price * part:.2f}", "maximum_units": 200_000 if is_sold else 26}
            for units, part in steps
        ]
        for segment in sorted({"*", str(20 + v % 50), str(20 + (7 * v + 1) % 50)}):
            for role in rng.choice([str(role) for role in ROLES], 3, replace=False):
                share = float(rng.beta(1.0, 6.0))
                reach = {f"reach{part}_share": min(1.0, share * x) for part, x in PARTS.items()}
                tables["venue_audience"].append(
                    {"venue_id": name, "country": "*", "segment": segment, "role": str(role)}
                    | {"basis": "prior", **reach}
                )
    return tables


def run_spark(folder: Path) -> None:
    """Make the cells of a smaller market on both engines and compare them."""
    generate(folder, SPARK_ACCOUNTS)
    began = time.perf_counter()
    duck = duck_cells(folder)
    between = time.perf_counter()
    engine = SparkEngine(local_spark(threads=2))
    for name in TABLES:
        engine.read(name, folder / f"{name}.parquet")
    spark = count_cells(engine, roles=ROLES)
    names = ("group", "people", "n_accounts", "weight_billionths")
    report(
        f"cells of {SPARK_ACCOUNTS:,} accounts on DuckDB and Spark",
        "equal",
        equal=duck.groups == spark.groups
        and all(np.array_equal(getattr(duck, n), getattr(spark, n)) for n in names),
        duckdb_seconds=round(between - began, 1),
        spark_seconds=round(time.perf_counter() - between, 1),
        n_cells=len(duck.n_accounts),
    )
    engine.close()


RUNS = {"cells": run_cells, "gradient": run_gradient, "plan": run_plan, "spark": run_spark}

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, default=10_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--part", choices=RUNS)
    parser.add_argument("--spark", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        chosen = given.folder or Path(made)
        if given.part or given.spark:
            RUNS[given.part or "spark"](chosen)
        else:
            main(chosen, given.accounts)
