"""Logistic regression on cells: equal cases stand together with how many were won and lost."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signoff.errors import ModelError

__all__ = ["LogisticFit", "fit_logistic", "logistic"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class LogisticFit:
    """A fitted line on the log-odds scale.

    Attributes:
        intercept: Log odds where all features are 0.
        weights: Change of the log odds for one unit of each feature.
    """

    intercept: float
    weights: tuple[float, ...]

    def log_odds(self, features: Floats) -> Floats:
        """Give the log odds of each row of features.

        >>> LogisticFit(1.0, (2.0,)).log_odds(np.array([[3.0]]))
        array([7.])
        """
        return self.intercept + features @ np.array(self.weights, dtype=np.float64)


def logistic(log_odds: Floats) -> Floats:
    """Give the probability that belongs to log odds, without overflow.

    Args:
        log_odds: Any shape, any real number.

    Returns:
        Probabilities, same shape, 0 to 1.

    Source: the standard logistic function, in its hyperbolic form.

    >>> logistic(np.array([0.0, 800.0]))
    array([0.5, 1. ])
    """
    return 0.5 * (1.0 + np.tanh(0.5 * log_odds))


def fit_logistic(
    features: Floats, *, n_won: Floats, n_lost: Floats, inverse_penalty: float
) -> LogisticFit:
    """Fit log odds as a sum of features, with a ridge penalty on all but the intercept.

    Args:
        features: Shape (cells, features), standardised, so that one penalty suits all.
        n_won: Won cases of each cell.
        n_lost: Lost cases of each cell.
        inverse_penalty: Above 0; the smaller, the nearer to 0 are the weights.

    Returns:
        The fitted line. The order of the cells does not matter beyond rounding.

    Raises:
        ModelError: no won case or no lost case, no penalty, or a feature that is not finite.

    Source: scikit-learn's LogisticRegression, solver newton-cholesky; the objective is
    half the squared weights plus inverse_penalty times the summed log loss.

    >>> fit = fit_logistic(np.array([[-1.0], [1.0]]), n_won=np.array([20.0, 80.0]),
    ...     n_lost=np.array([80.0, 20.0]), inverse_penalty=1e6)
    >>> round(fit.weights[0], 3)  # log(4)
    1.386
    """
    if n_won.sum() <= 0 or n_lost.sum() <= 0:
        raise ModelError(
            "there are no cases of one outcome",
            why="what tells won from lost can only be learned from both",
            fix="give a longer period, or more deals",
        )
    if inverse_penalty <= 0 or not np.isfinite(features).all():
        raise ModelError(
            f"a penalty of 1/{inverse_penalty} or a feature without a finite value",
            why="the weights would not be defined",
            fix="give an inverse_penalty above 0, and fill or drop unknown values",
        )
    if features.shape[1] == 0:
        return LogisticFit(float(np.log(n_won.sum() / n_lost.sum())), ())
    from sklearn.linear_model import LogisticRegression

    outcome = np.concatenate([np.ones(len(features)), np.zeros(len(features))])
    weight = np.concatenate([n_won, n_lost])
    met = weight > 0
    model = LogisticRegression(
        C=inverse_penalty, solver="newton-cholesky", tol=1e-9, max_iter=200
    ).fit(np.vstack([features, features])[met], outcome[met], sample_weight=weight[met])
    return LogisticFit(float(model.intercept_[0]), tuple(float(w) for w in model.coef_[0]))
