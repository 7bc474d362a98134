"""Measure the audience: 100,000 accounts, 200,000 contacts and 300,000 deals, all generated.

Usage: python benchmarks/bench_audience.py
"""

import csv
import resource
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from signoff.audience import classify_titles, study_audience
from signoff.brief import Brief, read_brief, starter_brief
from signoff.store.engines.duck import DuckEngine, fill_table, fresh_session
from signoff.store.schemas import LAKE_TABLES

N_ACCOUNTS, N_PEOPLE, N_DEALS, N_TITLES = 100_000, 200_000, 300_000, 20_000
FIRST_WORDS = ["Senior", "Junior", "Group", "Deputy", "Head of", "Responsable", "Directrice", "VP"]
LAST_WORDS = [
    "achats",
    "finance",
    "IT",
    "informatique",
    "HR",
    "operations",
    "sales",
    "legal",
    "lab",
]


def write_csv(path: Path, columns: dict[str, list[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def generated_tables(folder: Path, brief: Brief) -> None:
    chance = np.random.default_rng(1)
    ids = [f"a{n:06d}" for n in range(N_ACCOUNTS)]
    codes = ["6201Z", "2511Z", "4690Z", "7022Z", "8610Z", "8531Z"]
    staff = np.exp(chance.normal(4, 1.5, N_ACCOUNTS)).astype(int)
    write_csv(
        folder / "account.csv",
        {
            "account_id": ids,
            "name": [f"Firm {n}" for n in range(N_ACCOUNTS)],
            "industry_scheme": ["naf"] * N_ACCOUNTS,
            "industry_code": chance.choice(codes, N_ACCOUNTS).tolist(),
            "employees": staff.tolist(),
            "country": chance.choice(brief.market.countries, N_ACCOUNTS).tolist(),
            "city": [f"City {n}" for n in chance.integers(0, 5000, N_ACCOUNTS)],
        },
    )
    titles = [f"{a} {b} {n}" for a in FIRST_WORDS for b in LAST_WORDS for n in range(300)]
    employer = chance.integers(0, N_ACCOUNTS, N_PEOPLE)
    write_csv(
        folder / "person_fact.csv",
        {
            "person_id": [f"p{n:06d}" for n in range(N_PEOPLE)],
            "account_id": [ids[n] for n in employer],
            "title": chance.choice(titles[:N_TITLES], N_PEOPLE).tolist(),
            "origin": ["generated"] * N_PEOPLE,
        },
    )
    buyer = chance.integers(0, N_ACCOUNTS, N_DEALS)
    won = chance.random(N_DEALS) < 1 / (1 + np.exp(4 - np.log(staff[buyer] + 1)))
    days = chance.integers(0, 700, N_DEALS)
    write_csv(
        folder / "opportunity.csv",
        {
            "opportunity_id": [f"o{n:06d}" for n in range(N_DEALS)],
            "account_id": [ids[n] for n in buyer],
            "product": chance.choice(["A", "B", "C"], N_DEALS).tolist(),
            "stage": np.where(won, "won", "lost").tolist(),
            "began_on": [date(2023, 1, 1) + timedelta(int(n)) for n in days],
            "closed_on": [date(2023, 2, 1) + timedelta(int(n)) for n in days],
        },
    )


def measure_study() -> None:
    starter = read_brief(starter_brief())
    wide = {"employees_min": None, "employees_max": None}
    brief = starter.model_copy(update={"market": starter.market.model_copy(update=wide)})
    session = fresh_session()
    with tempfile.TemporaryDirectory() as name:
        generated_tables(Path(name), brief)
        for table in LAKE_TABLES.values():
            fill_table(session, table.name, columns=table.columns, rows=[])
            path = Path(name) / f"{table.name}.csv"
            if path.exists():
                session.execute(
                    f"INSERT INTO {table.name} BY NAME SELECT * FROM read_csv('{path}', "
                    "header = true, all_varchar = true)"
                )
    began, worked = time.perf_counter(), time.process_time()
    study = study_audience(
        DuckEngine(lambda: session),
        brief=brief,
        suppressed_account_ids=(),
        holdout_account_ids=(),
        today=date(2026, 1, 1),
        rng=np.random.default_rng(1),
    )
    spent, work = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(study.text())
    print(
        f"study of {study.n_accounts:,} accounts: {spent:.1f} s ({work:.1f} s of processor), "
        f"peak {peak:,.0f} MB"
    )


def measure_titles() -> None:
    titles = [f"{a} {b} {n}" for a in FIRST_WORDS for b in LAST_WORDS for n in range(400)]
    began = time.perf_counter()
    n_read = sum(1 for _ in classify_titles(titles))
    print(f"titles: {n_read / (time.perf_counter() - began):,.0f} a second")


if __name__ == "__main__":
    measure_titles()
    measure_study()
