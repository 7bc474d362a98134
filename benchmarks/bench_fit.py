"""Plain histories: leads of Olist tried on later periods, and a placebo that must be refused.

Reads the data sets olist_funnel and crm from the folder in SIGNOFF_DATA. Run with
`python benchmarks/bench_fit.py`.
"""

import csv
import os
from datetime import date
from pathlib import Path

import numpy as np

from signoff.audience import HistoryFit, fit_history

DATA = Path(os.environ.get("SIGNOFF_DATA", Path(__file__).parents[1].parent / "shared" / "data"))
SHARES = (0.7, 0.75, 0.8, 0.83)
"""At .83 the constant errs by the .323 that the target names."""
Rows = list[dict[str, str]]


def read(path: Path) -> Rows:
    """Give the rows of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def leads() -> Rows:
    """Give the leads with their closed deals beside them, leaks and all."""
    folder = DATA / "olist_funnel"
    closed = {row["mql_id"]: row for row in read(folder / "olist_closed_deals_dataset.csv")}
    blank = dict.fromkeys(next(iter(closed.values())), "")
    return [
        {**closed.get(row["mql_id"], blank), **row, "won": str(int(row["mql_id"] in closed))}
        for row in read(folder / "olist_marketing_qualified_leads_dataset.csv")
    ]


def deals() -> Rows:
    """Give the deals with what is known of their accounts, products and teams."""
    joined = read(DATA / "crm" / "sales_pipeline.csv")
    for name, key in (
        ("accounts", "account"),
        ("products", "product"),
        ("sales_teams", "sales_agent"),
    ):
        others = {row[key]: row for row in read(DATA / "crm" / f"{name}.csv")}
        blank = dict.fromkeys(next(iter(others.values())), "")
        joined = [{**others.get(row[key], blank), **row} for row in joined]
    return joined


def figures(found: HistoryFit) -> str:
    """Give the figures of a trial on one line."""
    if not (found.auc and found.log_loss and found.calibration_error):
        return found.reason
    return (
        f"{'usable' if found.usable else 'NO USABLE SIGNAL'}; from {found.split_on}: area "
        f"{found.auc.text(digits=3)}; log loss {found.log_loss.text(digits=3)} (constant "
        f"{found.log_loss_constant:.3f}); calibration error "
        f"{found.calibration_error.text(digits=3)}"
    )


def main() -> None:
    """Print what was found beside the targets."""
    print("olist, target: area >= .70, log loss < .323 and the constant's, calibration <= .03")
    rows = leads()
    splits: tuple[date | float, ...] = (*SHARES, date(2018, 4, 1), date(2018, 5, 1))
    for split in splits:
        found = fit_history(rows, outcome="won", split=split, rng=np.random.default_rng(1))
        print(f"  split {split}: {figures(found)}; {len(found.leaks)} columns left out")
    print("crm, target: no usable signal")
    joined = deals()
    for said, table, time in (
        ("sales_pipeline alone", read(DATA / "crm" / "sales_pipeline.csv"), None),
        (
            "sales_pipeline, --time engage_date",
            read(DATA / "crm" / "sales_pipeline.csv"),
            "engage_date",
        ),
        ("joined", joined, None),
        (
            "joined, without days",
            [{k: v for k, v in row.items() if not k.endswith("_date")} for row in joined],
            None,
        ),
    ):
        found = fit_history(table, outcome="deal_stage", time=time, rng=np.random.default_rng(1))
        print(f"  {said}: {figures(found)}")


if __name__ == "__main__":
    main()
