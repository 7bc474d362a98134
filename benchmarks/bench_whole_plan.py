"""Time and memory of `make_plan` from a workspace's files to the kept plan, nothing left out.

    python benchmarks/bench_whole_plan.py [N_ACCOUNTS ...]

Accounts, contacts, deals, venues and prices are generated (seed 1) and imported as users import
them; then a fresh process makes the plan: market, fit, committees, venues, messages, measurement.
"""

import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from bench_plan import make_brief, make_venues
from signoff.brief import Brief, write_brief
from signoff.plan import PlanOptions, make_plan
from signoff.store.imports import ImportOptions, import_file
from signoff.store.settings import Settings
from signoff.store.workspace import create_workspace, open_workspace

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
COUNTRIES = ("FR", "DE", "BE", "ES", "IT")
TITLES = ("CFO", "Buyer", "Operations Manager", "IT Director", "Engineer", "Assistant", "CEO")


def main(sizes: list[int]) -> None:
    """Print one line for each number of accounts."""
    for n_accounts in sizes:
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            fill(Path(folder), n_accounts)
            filled = time.perf_counter() - began
            command = [sys.executable, __file__, "--plan", folder]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                sys.exit(done.stderr)
            print(json.dumps({**json.loads(done.stdout), "import_seconds": round(filled, 1)}))


def fill(folder: Path, n_accounts: int) -> None:
    """Make a workspace and import everything into it."""
    made = create_workspace(folder / "w", settings=Settings(name="Bench"), at=AT)
    rng = np.random.default_rng(1)
    tables = {"account": accounts(n_accounts, rng), "contact": contacts(n_accounts, rng)}
    tables["opportunity"] = deals(n_accounts, rng)
    tables |= {name: iter(rows) for name, rows in distinct(make_venues(40)).items()}
    for table, rows in tables.items():
        path = folder / f"{table}.csv"
        first = next(rows)
        names = list(dict.fromkeys([*first, *VENUE_COLUMNS])) if table == "venue" else list(first)
        with path.open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, names)
            writer.writeheader()
            writer.writerow(first)
            writer.writerows(rows)
        options = ImportOptions(table=table, by="bench", at=AT)
        receipt = import_file(made, path, options=options)
        if receipt.n_rejected:
            sys.exit(f"{table}: {receipt.n_rejected} rows given back, see {receipt.rejected_path}")
    brief = make_brief("conversions", "every_level", budget=150_000).model_dump()
    market = {"countries": COUNTRIES, "relationships": ("prospect", "client", "lost")}
    wide = Brief.model_validate({**brief, "market": market})
    (folder / "brief.toml").write_text(write_brief(wide), encoding="utf-8")


VENUE_COLUMNS = ("contacts_per_unit", "on_target_share")


def distinct(tables: dict[str, list[dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    """Keep the first audience of each venue, segment and role: a table holds it once."""
    audiences = {(a["venue_id"], a["segment"], a["role"]): a for a in tables["venue_audience"]}
    return {**tables, "venue_audience": list(audiences.values())}


def accounts(n: int, rng: np.random.Generator) -> Iterator[dict[str, object]]:
    """Give generated accounts in five countries and twenty industries."""
    for i in range(n):
        yield {
            "name": f"Account {i}",
            "domain": f"account{i}.example",
            "industry_scheme": "own",
            "industry_code": str(20 + int(rng.integers(20))),
            "employees": int(rng.lognormal(4.5, 1.2)) + 1,
            "country": COUNTRIES[int(rng.integers(5))],
            "relationship": "prospect",
        }


def contacts(n_accounts: int, rng: np.random.Generator) -> Iterator[dict[str, object]]:
    """Give one generated contact for each account, at random accounts."""
    for i in range(n_accounts):
        yield {
            "email": f"person{i}@generated.example",
            "last_name": f"Generated {i}",
            "title": TITLES[int(rng.integers(len(TITLES)))],
            "domain": f"account{int(rng.integers(n_accounts))}.example",
            "origin": "generated",
        }


def deals(n_accounts: int, rng: np.random.Generator) -> Iterator[dict[str, object]]:
    """Give half as many generated deals as accounts, half of them won, without a signal."""
    for i in range(n_accounts // 2):
        began = date(2024, 1, 1).toordinal() + int(rng.integers(700))
        yield {
            "external_id": f"d{i}",
            "account": f"Account {int(rng.integers(n_accounts))}",
            "stage": "won" if rng.random() < 0.5 else "lost",
            "began_on": date.fromordinal(began).isoformat(),
            "closed_on": date.fromordinal(began + 60).isoformat(),
        }


def plan(folder: Path) -> None:
    """Make the plan and print what it took."""
    workspace = open_workspace(folder / "w")
    began = time.perf_counter()
    options = PlanOptions(seed=1, as_of=date(2026, 11, 23), by="bench", at=AT)
    made = make_plan(workspace, brief=folder / "brief.toml", options=options)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    n_accounts = made.audience.n_accounts
    figures = {"n_accounts": n_accounts, "seconds": round(seconds, 1), "peak_mb": round(peak)}
    figures["processor_seconds"] = round(time.process_time(), 1)
    print(json.dumps(figures))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--plan"]:
        plan(Path(sys.argv[2]))
    else:
        main([int(n) for n in sys.argv[1:]] or [85, 100_000])
