"""Measure the table of missing roles: 100,000 accounts with 200,000 contacts, all generated.

Usage: python benchmarks/bench_committees.py
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from signoff.audience import (
    count_coverage,
    coverage_table,
    export_coverage,
    list_coverage,
    study_coverage,
)
from signoff.brief import BuyingRole, Committee
from signoff.store.browse import Filter, Sort, TableRequest, shown
from signoff.store.engines import duckdb_engine_on

N_ACCOUNTS, N_PEOPLE, TARGET_MS = 100_000, 200_000, 400
TITLES = ("DAF", "Acheteuse", "Responsable achats", "Directeur général", "Comptable", "Developer")
COMMITTEE = Committee(
    approval_rule="every_level",
    purchase_months=6,
    roles=(
        BuyingRole(role="user", levels=("staff", "specialist")),
        BuyingRole(role="decider", approval_level=2),
        BuyingRole(role="approver", functions=("finance",), approval_level=3),
    ),
)


def generated_tables() -> dict[str, list[dict[str, object]]]:
    employer = np.random.default_rng(1).integers(0, N_ACCOUNTS, N_PEOPLE)
    return {
        "account": [
            {"account_id": f"a{n:06d}", "name": f"Firm {n}", "country": ("FR", "DE")[n % 2]}
            for n in range(N_ACCOUNTS)
        ],
        "person_fact": [
            {
                "person_id": f"p{n}",
                "account_id": f"a{employer[n]:06d}",
                "title": TITLES[n % len(TITLES)],
                "origin": "generated",
            }
            for n in range(N_PEOPLE)
        ],
    }


def tell(what: str, task: Callable[[], object]) -> None:
    task()
    times = []
    for _ in range(5):
        begin = time.perf_counter()
        task()
        times.append(1000 * (time.perf_counter() - begin))
    print(f"{what}: {statistics.median(times):.0f} ms (target {TARGET_MS} ms)")


def main() -> None:
    with duckdb_engine_on(generated_tables()) as engine, TemporaryDirectory() as folder:
        begin = time.perf_counter()
        coverage_table(COMMITTEE).bring(engine)
        print(f"the table made once for all readers: {time.perf_counter() - begin:.1f} s")
        # the pool of the web application keeps the table; this engine alone would make it again
        shown.prepare_table = lambda _engine, _table: True
        missing = (Filter("approver_state", "is", "unknown"),)
        asks = {
            "a page, worth most first": TableRequest(sort=(Sort("next_value_share", "desc"),)),
            "a page, filtered and sorted": TableRequest(filters=missing, sort=(Sort("name"),)),
            "a page, searched": TableRequest(search="firm 99"),
        }
        for what, asked in asks.items():
            tell(what, lambda asked=asked: list_coverage(engine, asked, committee=COMMITTEE))
        filtered = TableRequest(filters=missing)
        tell("its filters counted", lambda: count_coverage(engine, filtered, committee=COMMITTEE))
        tell("gaps and whom to find", lambda: study_coverage(engine, committee=COMMITTEE))
        for form in ("csv", "xlsx"):
            begin = time.perf_counter()
            path = Path(folder) / f"roles.{form}"
            export_coverage(engine, TableRequest(), form=form, path=path, committee=COMMITTEE)
            print(f"export as {form}: {time.perf_counter() - begin:.1f} s")


if __name__ == "__main__":
    main()
