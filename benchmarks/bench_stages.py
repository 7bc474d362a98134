"""Race the durations of a million drawn deals against lifelines' Cox model, in the same run.

Usage: python benchmarks/bench_stages.py [--python PYTHON_WITH_LIFELINES] [--deals N]

PYTHON_WITH_LIFELINES is the interpreter of an environment of its own with lifelines 0.30.3;
without it one is made in a folder that goes at the end, by the pip of the machine. Target: at
least 100 times faster, every weight within 2 standard errors of Cox's.

Ours starts from the table of deals (counting in DuckDB, fitting, every outcome and the times);
lifelines from a file of numbers, for wins alone, and only fitting is counted: once on whole days,
where its method for tied times is quick, and once on moments, as a CRM with times of day has them.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from signoff.audience.timing.stages import StageStudy, fit_stages
from signoff.store.engines.duck import DuckEngine, fill_table, fresh_session
from signoff.store.schemas import LAKE_TABLES

TODAY = date(2026, 1, 1)
LIFELINES = "lifelines==0.30.3"
WEIGHTS = {"B": 0.3, "C": -0.4, "web": 0.25, "fair": -0.2, "school": -0.5}
"""Drawn truth: log of the wins a day, against product A, source mail and companies."""
DRAWN = """
    INSERT INTO opportunity BY NAME
    SELECT opportunity_id, account_id, product, lead_source, 'USD' AS currency, apart AS value,
        DATE '2026-01-01' - age AS began_on,
        CASE WHEN least(to_win, to_loss) > age THEN 'open' WHEN to_win <= to_loss THEN 'won'
            ELSE 'lost' END AS stage,
        CASE WHEN least(to_win, to_loss) > age THEN NULL
            ELSE DATE '2026-01-01' - age + least(to_win, to_loss) END AS closed_on
    FROM (
        SELECT *, CAST(floor(150 * pow(-ln(1 - u), 1 / 1.4) / exp(effect / 1.4)) AS INT) AS to_win,
            CAST(floor(200 * -ln(1 - v) / exp(0.2 * (product = 'B')::INT)) AS INT) AS to_loss
        FROM (
            SELECT *, 0.3 * (product = 'B')::INT - 0.4 * (product = 'C')::INT
                + 0.25 * (lead_source = 'web')::INT - 0.2 * (lead_source = 'fair')::INT
                - 0.5 * (account_id = 'school')::INT AS effect
            FROM (
                SELECT 'o' || n AS opportunity_id,
                    CASE WHEN random() < .5 THEN 'A' WHEN random() < .6 THEN 'B' ELSE 'C' END
                        AS product,
                    CASE WHEN random() < .5 THEN 'mail' WHEN random() < .6 THEN 'web'
                        ELSE 'fair' END AS lead_source,
                    CASE WHEN random() < .7 THEN 'company' ELSE 'school' END AS account_id,
                    CAST(random() AS DECIMAL(18, 9)) AS apart, random() AS u, random() AS v,
                    CAST(floor(700 * random()) AS INT) AS age
                FROM range({deals}) AS one(n)
            )
        )
    )
"""
NUMBERS = """
    COPY (
        SELECT coalesce(closed_on, DATE '2026-01-01') - began_on + 0.5 AS days,
            coalesce(closed_on, DATE '2026-01-01') - began_on + value AS moments,
            (stage = 'won')::INT AS won, (product = 'B')::INT AS "B", (product = 'C')::INT AS "C",
            (lead_source = 'web')::INT AS web, (lead_source = 'fair')::INT AS fair,
            (account_id = 'school')::INT AS school
        FROM opportunity
    ) TO '{path}' (HEADER)
"""
PEER = """
import json, sys, time
import pandas
from lifelines import CoxPHFitter
table = pandas.read_csv(sys.argv[1]).drop(columns="moments" if sys.argv[2] == "days" else "days")
began = time.perf_counter()
fit = CoxPHFitter().fit(table, sys.argv[2], "won")
print(json.dumps({"seconds": time.perf_counter() - began, "weights": fit.params_.to_dict(),
    "errors": fit.standard_errors_.to_dict()}))
"""


def main(python: Path, deals: int) -> None:
    session = fresh_session()
    for table in LAKE_TABLES.values():
        fill_table(session, table.name, columns=table.columns, rows=[])
    session.execute("SELECT setseed(0.5)")
    session.execute("SET threads = 1")  # so that the seed gives the same deals again
    session.execute(DRAWN.format(deals=deals))
    session.execute(
        "INSERT INTO account BY NAME SELECT k AS account_id, k AS name, k AS kind "
        "FROM (VALUES ('company'), ('school')) AS one(k)"
    )
    session.execute("RESET threads")
    began = time.perf_counter()
    study = fit_stages(DuckEngine(lambda: session), today=TODAY)
    ours = time.perf_counter() - began
    print(study.text())
    print(f"ours: {ours:.2f} s for {deals:,} deals", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deals.csv"
        session.execute(NUMBERS.format(path=path))
        for grain in ("days", "moments"):
            compare(study, run_peer(python, path, grain), ours, grain)


def make_peer(folder: Path) -> Path:
    """Make an environment with lifelines, apart from ours, since it brings pandas."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", LIFELINES]
    subprocess.run(install, check=True)
    return python


def run_peer(python: Path, path: Path, grain: str) -> dict[str, Any]:
    command = [str(python), "-c", PEER, str(path), grain]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(said.stdout.splitlines()[-1])
    return found


def compare(study: StageStudy, peer: dict[str, Any], ours: float, grain: str) -> None:
    times = peer["seconds"] / ours
    print(f"lifelines, wins alone, {grain}: {peer['seconds']:.1f} s, {times:.0f} times ours")
    effects = {effect.item: effect for effect in study.effects}
    for item, truth in WEIGHTS.items():
        one, weight, error = effects[item], peer["weights"][item], peer["errors"][item]
        apart = abs(one.won_weight - weight) / error
        print(
            f"{item:8s} truth {truth:+.3f}  ours {one.won_weight:+.4f} ({one.won_error:.4f})  "
            f"Cox {weight:+.4f} ({error:.4f})  {apart:.2f} standard errors apart",
            flush=True,
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", type=Path)
    parser.add_argument("--deals", type=int, default=1_000_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as peer_folder:
        main(given.python or make_peer(Path(peer_folder)), given.deals)
