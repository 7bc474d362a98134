"""Shares put together from several sources: the interval holds the truth as often as it says."""

import numpy as np
import pytest

from signoff.stats.evidence import pool_logits, share_logit
from signoff.stats.shares import Z90

N_TRIALS = 1_500


def covered(rng: np.random.Generator, *, n_sources: int, disagreement: float | None) -> float:
    """Share of trials whose 90 % interval holds the truth; None: disagreement as assumed."""
    hits = 0
    for _ in range(N_TRIALS):
        truth = rng.normal(-1.5, 1.0)
        tau = abs(rng.normal(0, 0.35)) if disagreement is None else disagreement
        logits, errors = [], []
        for _ in range(n_sources):
            n = int(rng.integers(20, 400))
            share = 1 / (1 + np.exp(-(truth + rng.normal(0, tau))))
            logit, error = share_logit(rng.binomial(n, share) / n, n_effective=n)
            logits.append(logit)
            errors.append(error)
        found = pool_logits(np.array(logits), np.array(errors))
        hits += abs(found.logit - truth) <= Z90 * found.spread
    return hits / N_TRIALS


@pytest.mark.parametrize("n_sources", [1, 2, 3, 5])
def test_pool_logits_interval_covers_at_its_rate(n_sources: int) -> None:
    found = covered(np.random.default_rng(n_sources), n_sources=n_sources, disagreement=None)
    assert 0.88 <= found <= 0.95


@pytest.mark.parametrize(("disagreement", "least"), [(0.0, 0.9), (0.35, 0.86)])
def test_pool_logits_interval_holds_where_disagreement_is_other_than_assumed(
    disagreement: float, least: float
) -> None:
    found = covered(np.random.default_rng(7), n_sources=2, disagreement=disagreement)
    assert found >= least
