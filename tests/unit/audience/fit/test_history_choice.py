"""Boosted trees are used only where they prove better on later rows learned from."""

from datetime import date, timedelta
from typing import Any

import numpy as np

from signoff.audience import HistoryFit, fit_history

KINDS, PLACES = ("school", "firm"), ("north", "south")


def fitted(*, together: bool, n: int = 1_200) -> HistoryFit:
    """Fit cases that are won by kind and place together, or by the kind alone."""
    chance = np.random.default_rng(5)
    rows: list[dict[str, Any]] = []
    for place in range(n):
        kind, side = (int(chance.integers(2)) for _ in range(2))
        good = (kind ^ side) if together else kind
        rows.append(
            {
                "began": (date(2025, 1, 1) + timedelta(place // 4)).isoformat(),
                "kind": KINDS[kind],
                "side": PLACES[side],
                "staff": str(int(chance.integers(1, 90))),
                "won": "yes" if chance.random() < (0.8 if good else 0.2) else "no",
            }
        )
    return fit_history(rows, outcome="won", rng=np.random.default_rng(7))


def test_fit_history_where_traits_act_together_uses_boosted_trees() -> None:
    found = fitted(together=True)
    assert found.usable
    assert found.auc
    assert found.auc.value > 0.7
    assert found.model.startswith("boosted trees: on the latest part of the rows learned from")
    assert any("raises the odds" in reason for score in found.scores for reason in score.reasons)


def test_fit_history_where_one_trait_tells_keeps_the_line() -> None:
    found = fitted(together=False)
    assert found.usable
    assert found.model.startswith("a line: ")
    assert "Model: a line: on the latest part" in found.text()
