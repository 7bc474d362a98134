import numpy as np
import pytest
from scipy.optimize import minimize

from signoff.errors import ModelError
from signoff.stats.logistic import LogisticFit, fit_logistic, logistic


def test_fit_logistic_minimises_the_penalised_loss() -> None:
    chance = np.random.default_rng(1)
    features = chance.normal(size=(40, 3))
    won, lost = (chance.integers(0, 6, 40).astype(float) for _ in range(2))

    def loss(line: np.ndarray) -> float:
        odds = line[0] + features @ line[1:]
        surprise = won * np.logaddexp(0, -odds) + lost * np.logaddexp(0, odds)
        return float(0.5 * (line[1:] ** 2).sum() + 0.1 * surprise.sum())

    expected = minimize(loss, np.zeros(4), method="BFGS", tol=1e-10).x
    fit = fit_logistic(features, n_won=won, n_lost=lost, inverse_penalty=0.1)
    assert [fit.intercept, *fit.weights] == pytest.approx(list(expected), abs=1e-5)


def test_fit_logistic_in_another_order_gives_the_same_line() -> None:
    chance = np.random.default_rng(2)
    features = chance.normal(size=(30, 2))
    won, lost = chance.integers(1, 9, 30).astype(float), chance.integers(1, 9, 30).astype(float)
    order = chance.permutation(30)
    one = fit_logistic(features, n_won=won, n_lost=lost, inverse_penalty=1.0)
    other = fit_logistic(features[order], n_won=won[order], n_lost=lost[order], inverse_penalty=1.0)
    assert one.weights == pytest.approx(other.weights, rel=1e-9)


def test_fit_logistic_of_one_outcome_is_refused() -> None:
    with pytest.raises(ModelError, match="no cases of one outcome"):
        fit_logistic(np.ones((2, 1)), n_won=np.ones(2), n_lost=np.zeros(2), inverse_penalty=1.0)


def test_logistic_and_log_odds_agree() -> None:
    line = LogisticFit(0.5, (1.0, -1.0))
    odds = line.log_odds(np.array([[1.0, 2.0]]))
    assert logistic(odds)[0] == pytest.approx(1 / (1 + np.exp(0.5)))
