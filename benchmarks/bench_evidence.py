"""How often the 90 % interval of a share put together from several sources holds the truth.

Surveys of 20 to 400 people of one share, each off by the disagreement between sources besides its
own error; the disagreement is drawn as the model assumes, or is 0, the scale or twice the scale:
python benchmarks/bench_evidence.py [trials]
"""

import sys

import numpy as np

from signoff.stats.evidence import DISAGREEMENT_SCALE, pool_logits, share_logit
from signoff.stats.shares import Z90

N_TRIALS = 2_000
N_SOURCES = (1, 2, 3, 5)
DISAGREEMENTS = {
    "drawn as assumed": None,
    "none": 0.0,
    "the scale": DISAGREEMENT_SCALE,
    "twice the scale": 2 * DISAGREEMENT_SCALE,
}


def covered_share(n_sources: int, *, disagreement: float | None, n_trials: int) -> float:
    """Share of trials whose interval holds the truth."""
    rng, n_held = np.random.default_rng(n_sources), 0
    for _ in range(n_trials):
        truth = rng.normal(-1.5, 1.0)
        apart = abs(rng.normal(0, DISAGREEMENT_SCALE)) if disagreement is None else disagreement
        asked = rng.integers(20, 400, n_sources)
        shares = 1 / (1 + np.exp(-(truth + rng.normal(0, apart, n_sources))))
        found = [
            share_logit(rng.binomial(n, share) / n, n_effective=float(n))
            for n, share in zip(asked, shares, strict=True)
        ]
        logits, errors = np.array(found).T
        pooled = pool_logits(logits, errors)
        n_held += abs(pooled.logit - truth) <= Z90 * pooled.spread
    return n_held / n_trials


def main() -> None:
    """Print target and measured coverage by number of sources."""
    n_trials = int(sys.argv[1]) if len(sys.argv) > 1 else N_TRIALS
    for name, disagreement in DISAGREEMENTS.items():
        target = "88 to 93 %" if disagreement is None else "none"
        shares = [covered_share(n, disagreement=disagreement, n_trials=n_trials) for n in N_SOURCES]
        measured = ", ".join(f"{100 * share:.0f} %" for share in shares)
        print(f"disagreement {name}: target {target}; {N_SOURCES} sources {measured}")


if __name__ == "__main__":
    main()
