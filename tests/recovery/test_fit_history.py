"""Histories drawn without a signal are refused, and those with one are not."""

from datetime import date, timedelta

import numpy as np

from signoff.audience import fit_history

N_HISTORIES = 40


def usable(seed: int, *, signal: float) -> bool:
    chance = np.random.default_rng(seed)
    kind, size = chance.integers(0, 12, 600), chance.normal(size=600)
    won = chance.random(600) < 1 / (1 + np.exp(0.8 - signal * size))
    rows = [
        {
            "began": date(2025, 1, 1) + timedelta(place),
            "kind": f"kind {kind[place]}",
            "size": f"{size[place]:.4f}",
            "won": int(won[place]),
        }
        for place in range(600)
    ]
    return fit_history(rows, outcome="won", rng=chance).usable


def test_fit_history_refuses_histories_without_a_signal_at_the_promised_rate() -> None:
    # 2.5 % of 40 are 1; 5 or more have a chance of 0.3 %.
    assert sum(usable(seed, signal=0.0) for seed in range(N_HISTORIES)) <= 4


def test_fit_history_finds_a_signal_that_is_there() -> None:
    assert all(usable(seed, signal=1.0) for seed in range(10))
