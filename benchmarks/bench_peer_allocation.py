"""Split a budget over 10 venues and 4,000 draws, against pymc-marketing's optimiser, in one run.

Usage: python benchmarks/bench_peer_allocation.py [--python PYTHON_WITH_PEER] [--draws N]

PYTHON_WITH_PEER is the interpreter of an environment of its own with pymc-marketing 0.19.2;
without it one is made in a folder that goes at the end, by the pip of the machine. Target: at least
50 times faster at an equal or better objective.

The problem: one result, logistic saturation, adstock settled, no fixed costs; the mean over drawn
posteriors of the sum of the venues' responses. Both splits are judged by the same function below.
The peer's time is that of its public `optimize_budget`, its model built and compiled before or
within as it does by itself; ours that of `allocate_budget`, imports of scipy included.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from signoff.venues import CurveShape, ResponseCurve, allocate_budget

PEER_PACKAGE = "pymc-marketing==0.19.2"
N_VENUES, BUDGET = 10, 10
PEER = """
import json, sys, time, warnings
warnings.filterwarnings("ignore")
import arviz, numpy, pandas
from pymc_marketing.mmm import GeometricAdstock, LogisticSaturation
from pymc_marketing.mmm.multidimensional import MMM, MultiDimensionalBudgetOptimizerWrapper
drawn = numpy.load(sys.argv[1])
rate, ceiling = drawn["rate"], drawn["ceiling"]
names = [f"v{v}" for v in range(rate.shape[1])]
rng = numpy.random.default_rng(1)
past = pandas.DataFrame(rng.uniform(0.1, 1, (60, len(names))), columns=names)
past.iloc[0] = 1.0  # scales are the largest values: 1, so that its numbers are ours
past.insert(0, "date", pandas.date_range("2024-01-01", periods=60, freq="W-MON"))
result = pandas.Series(rng.uniform(0.5, 1, 60), name="y")
result.iloc[0] = 1.0
model = MMM(date_column="date", target_column="y", channel_columns=names,
            adstock=GeometricAdstock(l_max=1), saturation=LogisticSaturation())
model.build_model(past, result)
dims = {v.name: list(model.model.named_vars_to_dims.get(v.name, ())) for v in model.model.free_RVs}
draws = {"saturation_lam": rate, "saturation_beta": ceiling}
posterior = {
    name: draws.get(name, numpy.full((len(rate), *[len(names)] * bool(dims[name])), 0.5))[None]
    for name in dims
}
model.idata = arviz.from_dict(posterior=posterior, coords={"channel": names}, dims=dims)
began, before = time.perf_counter(), time.process_time()
wrapper = MultiDimensionalBudgetOptimizerWrapper(
    model=model, start_date="2025-03-03", end_date="2025-03-03"
)
split, found = wrapper.optimize_budget(budget=float(drawn["budget"]))
print(json.dumps({"seconds": time.perf_counter() - began,
                  "processor": time.process_time() - before,
                  "spend": split.values.tolist(), "said": str(found.message)}))
"""


def main(python: Path, n_draws: int) -> None:
    """Split the budget by both and print how they compare."""
    rng = np.random.default_rng(1)
    middle = np.log(rng.uniform(0.5, 6, N_VENUES)), np.log(rng.uniform(0.05, 0.3, N_VENUES))
    rate = 1 / rng.lognormal(middle[0], 0.4, (n_draws, N_VENUES))
    ceiling = rng.lognormal(middle[1], 0.3, (n_draws, N_VENUES))
    ours = run_ours(rate, ceiling)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "draws.npz"
        np.savez(path, rate=rate, ceiling=ceiling, budget=BUDGET)
        said = subprocess.run(
            [str(python), "-c", PEER, str(path)], capture_output=True, text=True, check=False
        )
    if said.returncode:
        sys.exit(said.stderr)
    peer = json.loads(said.stdout.splitlines()[-1])
    for name, run in (("ours", ours), ("peer", peer)):
        objective = judge(np.array(run["spend"]), rate, ceiling)
        print(
            f"{name}: {run['seconds']:.3f} s by the clock, {run['processor']:.3f} s of processor, "
            f"objective {objective:.9f}, spent {sum(run['spend']):.6f} of {BUDGET}; {run['said']}"
        )
    times, busy = (peer[part] / ours[part] for part in ("seconds", "processor"))
    print(
        f"{times:.0f} times faster by the clock, {busy:.0f} times by the processor (target 50); "
        f"load {os.getloadavg()[0]:.1f}"
    )


def run_ours(rate: Any, ceiling: Any) -> dict[str, Any]:
    """Split by `allocate_budget`, in money of which the peer's has 100,000: cents are fine then."""
    curves = [
        ResponseCurve(f"v{v}", CurveShape.LOGISTIC, ceiling[:, v], 100_000 / rate[:, v])
        for v in range(N_VENUES)
    ]
    began, before = time.perf_counter(), time.process_time()
    split = allocate_budget(curves, budget=Decimal(BUDGET) * 100_000)
    return {
        "seconds": time.perf_counter() - began,
        "processor": time.process_time() - before,
        "spend": [float(line.spend) / 100_000 for line in split.lines],
        "said": f"proven gap {100 * split.gap_share:.6f} %",
    }


def judge(spend: Any, rate: Any, ceiling: Any) -> float:
    """Mean over draws of the sum of logistic responses."""
    z = np.exp(-rate * spend)
    return float((ceiling * (1 - z) / (1 + z)).sum(axis=1).mean())


def make_peer(folder: Path) -> Path:
    """Make an environment with pymc-marketing, apart from ours: it takes 789 MB."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", PEER_PACKAGE]
    subprocess.run(install, check=True)
    return python


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", type=Path)
    parser.add_argument("--draws", type=int, default=4_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as peer_folder:
        main(given.python or make_peer(Path(peer_folder)), given.draws)
