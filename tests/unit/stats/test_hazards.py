"""Rates of competing outcomes, learned from cells."""

import numpy as np
import pytest

from signoff.errors import ModelError
from signoff.stats.hazards import HazardCells, HazardFit, count_cells, fit_hazards

STARTS = (0.0, 1.0, 2.0, 4.0, 8.0)
RATES = (0.20, 0.05)  # a day, of either outcome, where the feature is 0
EFFECTS = (0.7, -0.4)  # what the feature adds to the log rates
CENSORED_AFTER = 12.0


def drawn(n_spells: int, *, seed: int) -> HazardCells:
    """Draw spells whose truth is known, by the rates above, and count them."""
    rng = np.random.default_rng(seed)
    feature = rng.integers(0, 2, n_spells)
    rates = np.array(RATES) * np.exp(np.outer(feature, EFFECTS))
    waits = rng.exponential(1 / rates)
    days = np.minimum(waits.min(axis=1), CENSORED_AFTER)
    outcome = np.where(days < CENSORED_AFTER, waits.argmin(axis=1), -1)
    interval = np.searchsorted(STARTS, days, side="right") - 1
    return count_cells(
        np.array([[0.0], [1.0]]),
        pattern=feature,
        interval=interval,
        outcome=outcome,
        n_spells=np.ones(n_spells),
        days_within=days - np.array(STARTS)[interval],
        starts=STARTS,
        n_outcomes=2,
    )


def test_fit_hazards_finds_the_rates_that_spells_were_drawn_by() -> None:
    fit = fit_hazards(drawn(40_000, seed=1))
    far = np.abs(fit.weights[:, 0] - EFFECTS) / fit.errors[:, 0]
    assert (far < 3).all(), fit.weights
    assert np.exp(fit.log_rates[0]) == pytest.approx(RATES[0], rel=0.1)
    assert np.exp(fit.log_rates[1]) == pytest.approx(RATES[1], rel=0.15)


def test_fit_hazards_standard_errors_say_how_far_weights_are_off() -> None:
    within = [
        abs(fit.weights[0, 0] - EFFECTS[0]) < 1.645 * fit.errors[0, 0]
        for fit in (fit_hazards(drawn(800, seed=seed)) for seed in range(200))
    ]
    assert 0.84 < np.mean(within) < 0.96


def test_fit_hazards_of_an_outcome_never_seen_expects_none() -> None:
    cells = drawn(2_000, seed=3)
    ended = cells.n_ended.copy()
    ended[:, :, 1] = 0
    fit = fit_hazards(HazardCells(cells.starts, cells.features, cells.days, ended))
    assert fit.final_shares(np.array([[0.0]]))[0, 1] < 1e-9


def test_fit_hazards_nothing_ended_is_refused() -> None:
    nothing = HazardCells((0.0,), np.zeros((1, 0)), np.array([[5.0]]), np.zeros((1, 1, 1)))
    with pytest.raises(ModelError, match="no spell ended"):
        fit_hazards(nothing)


def test_shares_ended_rise_to_the_final_ones_and_quantiles_turn_them_round() -> None:
    fit = HazardFit(STARTS, np.log(np.outer(RATES, (1, 3, 1, 0.5, 2))), np.array([[0.5], [0.0]]),
                    np.zeros((2, 1)))  # fmt: skip
    rows = np.array([[0.0], [1.0]])
    shares = fit.shares_ended(rows, days=np.array([0.0, 0.5, 1.5, 3.0, 7.0, 500.0]))
    assert (np.diff(shares, axis=1) >= 0).all()
    assert shares[:, 0].max() == 0
    assert shares[:, -1] == pytest.approx(fit.final_shares(rows))
    assert fit.final_shares(rows).sum(axis=1) == pytest.approx(1)
    for share in (0.05, 0.5, 0.9):
        days = fit.quantiles(rows, outcome=0, shares=(share,))
        there = fit.shares_ended(rows, days=days[:, 0])[[0, 1], [0, 1], 0]
        assert there == pytest.approx(share * fit.final_shares(rows)[:, 0])
