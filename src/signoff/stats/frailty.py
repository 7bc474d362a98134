"""Why people who see one venue see others too: one hidden appetite per person and account.

Each person has an appetite G, gamma distributed with mean 1. A venue of reach R has a person in its
audience with probability 1 - exp(-rate x G), the rate being such that the average is R. Who reads
much is thus in many audiences, and net reach falls below independence. People of one account share
a part of G: G = A x B with A gamma per account and B beta per person, which leaves G a gamma.
"""

from dataclasses import dataclass

import numpy as np

from signoff.errors import ModelError
from signoff.stats.reach import Array

__all__ = [
    "DEFAULT_CORRELATION_SHARE",
    "DEFAULT_SHAPE",
    "FrailtyNodes",
    "audience_rate",
    "fit_frailty_shape",
    "frailty_duplication_share",
    "frailty_nodes",
    "frailty_reach_share",
    "gamma_points",
    "membership_share",
]

DEFAULT_SHAPE = 0.6
"""Gives the 13 titles of BE:Europe 2009 a net reach of 41 %, where independence gives 54 %; the
wave before published 40 % for all international titles."""
DEFAULT_CORRELATION_SHARE = 0.1
"""Share of the variance of appetite that people of one account have in common: an assumption."""

_TABLE_LOGITS = np.linspace(-16.0, 16.0, 3201)


def audience_rate(reach_share: Array, *, shape: float) -> Array:
    """Rate at which appetite puts people into an audience, exactly for a gamma appetite.

    Args:
        reach_share: Share of people in the audience, 0 to below 1.
        shape: Shape of the gamma, above 0.

    Returns:
        Rates, shaped as `reach_share`.

    Raises:
        ModelError: a share below 0, or of 1 and more, or a shape not above 0.

    Source: inverse of the Laplace transform of a gamma with mean 1.

    >>> audience_rate(np.array([0.5]), shape=1.0)
    array([1.])
    """
    shares = np.asarray(reach_share, dtype=np.float64)
    if not shape > 0 or not np.all((shares >= 0) & (shares < 1)):
        raise ModelError(
            what=f"reach of {shares.min(initial=0.0)} to {shares.max(initial=0.0)}, shape {shape}",
            why="an audience is a share from 0 to below 1, and appetite has a shape above 0",
            fix="give shares, not percent: 0.12 for 12 %",
        )
    return np.asarray(shape * np.expm1(-np.log1p(-shares) / shape))


def frailty_reach_share(reach_shares: Array, *, shape: float) -> float:
    """Net reach of several audiences of people who differ in appetite.

    Args:
        reach_shares: Reach of each venue, 0 to below 1.
        shape: Shape of the appetite, above 0; large: independence.

    Returns:
        Share of people in at least one of the audiences.

    Source: product of exponentials under one gamma (shared frailty; Hougaard 2000).

    >>> round(frailty_reach_share(np.array([0.5, 0.5]), shape=1.0), 4)
    0.6667
    """
    rate = audience_rate(reach_shares, shape=shape).sum()
    return float(1.0 - (1.0 + rate / shape) ** -shape)


def frailty_duplication_share(first: Array, second: Array, *, shape: float) -> Array:
    """Share of people in both of two audiences.

    Args:
        first: Reach of the one venue, 0 to below 1.
        second: Reach of the other, same shape.
        shape: Shape of the appetite, above 0.

    Returns:
        Shares, shaped as the inputs; above first x second.

    >>> round(float(frailty_duplication_share(np.array(0.5), np.array(0.5), shape=1.0)), 4)
    0.3333
    """
    rate = audience_rate(first, shape=shape) + audience_rate(second, shape=shape)
    return np.asarray(first + second - (1.0 - (1.0 + rate / shape) ** -shape))


def fit_frailty_shape(first: Array, second: Array, *, both_share: Array) -> float:
    """Shape of appetite that comes nearest to measured duplications.

    Args:
        first: Reach of one venue of each pair, 0 to below 1.
        second: Reach of the other.
        both_share: Measured share of people in both audiences.

    Returns:
        Shape from 0.2 (heavy duplication) to 50 (near independence), by least squares.

    >>> both = frailty_duplication_share(np.array([0.3]), np.array([0.2]), shape=1.5)
    >>> round(fit_frailty_shape(np.array([0.3]), np.array([0.2]), both_share=both), 2)
    1.5
    """
    from scipy.optimize import minimize_scalar

    def misfit(log_shape: float) -> float:
        both = frailty_duplication_share(first, second, shape=float(np.exp(log_shape)))
        return float(np.sum((both - both_share) ** 2))

    found = minimize_scalar(
        misfit, bounds=(np.log(0.2), np.log(50.0)), method="bounded", options={"xatol": 1e-6}
    )
    return float(np.exp(found.x))


@dataclass(frozen=True, eq=False)
class FrailtyNodes:
    """A few points that stand for all appetites.

    Attributes:
        appetite: Appetite at each point, shape (accounts points, people points), mean 1.
        account_weight: Weight of each account point, sums to 1.
        person_weight: Weight of each person point within an account point, sums to 1.
    """

    appetite: Array
    account_weight: Array
    person_weight: Array

    @property
    def weight(self) -> Array:
        """Weight of each point, shaped as `appetite`."""
        return np.outer(self.account_weight, self.person_weight)


def frailty_nodes(
    *, shape: float, correlation_share: float, n_account: int = 3, n_person: int = 5
) -> FrailtyNodes:
    """Give Gauss points for the appetite of accounts and of the people in them.

    Args:
        shape: Shape of a person's appetite, above 0.
        correlation_share: Part of its variance that people of one account share, above 0, below 1.
        n_account: Points for accounts.
        n_person: Points for people within an account.

    Returns:
        Points whose mean is 1 and whose second moment is that of the gamma.

    Raises:
        ModelError: shape or correlation outside its range.

    Source: Gauss-Laguerre and Gauss-Jacobi rules by Golub and Welsch (1969), whose weights stay
    finite where appetites hardly differ; gamma(a) x beta(k, a - k) is gamma(k).

    >>> nodes = frailty_nodes(shape=0.6, correlation_share=0.1)
    >>> round(float((nodes.weight * nodes.appetite).sum()), 9)
    1.0
    """
    if not shape > 0 or not 0 < correlation_share < 1:
        raise ModelError(
            what=f"shape {shape}, correlation {correlation_share}",
            why="appetite has a shape above 0, and its correlation lies between 0 and 1",
            fix="use the defaults, or measured duplications",
        )
    account_shape = shape / correlation_share
    account, account_weight = _laguerre_points(n_account, alpha=account_shape - 1)
    root, person_weight = _jacobi_points(n_person, alpha=account_shape - shape - 1, beta=shape - 1)
    person = (1 + root) / 2 * account_shape / shape
    return FrailtyNodes(
        appetite=np.outer(account / account_shape, person),
        account_weight=account_weight,
        person_weight=person_weight,
    )


def gamma_points(shape: float, *, n_points: int) -> tuple[Array, Array]:
    """Give a few points that stand for a gamma of mean 1.

    Args:
        shape: Its shape, above 0.
        n_points: How many.

    Returns:
        Points and their weights; the weights sum to 1, the weighted points too.

    Raises:
        ModelError: a shape not above 0.

    Source: Gauss-Laguerre rule by Golub and Welsch (1969).

    >>> points, weights = gamma_points(0.6, n_points=5)
    >>> round(float(points @ weights), 9), round(float(points**2 @ weights), 6)  # 1 + 1 / shape
    (1.0, 2.666667)
    """
    if not shape > 0:
        raise ModelError(
            what=f"a gamma of shape {shape}",
            why="a gamma has a shape above 0",
            fix="give a shape such as 0.6; the larger, the more alike",
        )
    points, weights = _laguerre_points(n_points, alpha=shape - 1)
    return points / shape, weights


def membership_share(reach_share: Array, nodes: FrailtyNodes) -> Array:
    """Chance of being in an audience at each appetite; the average is the reach.

    Args:
        reach_share: Reach, 0 to 1, any shape; above 1 - 10^-6 counts as that.
        nodes: Points of appetite.

    Returns:
        Chances, to one in a million: shape of `reach_share` and a last axis of all points.

    >>> nodes = frailty_nodes(shape=0.6, correlation_share=0.1)
    >>> chance = membership_share(np.array([0.2]), nodes)
    >>> round(float(chance[0] @ nodes.weight.ravel()), 6)
    0.2
    """
    shares = np.clip(np.asarray(reach_share, dtype=np.float64), 0.0, 1.0 - 1e-6)
    log_rates = _TABLE_LOGITS
    reached = 1.0 - np.exp(-np.outer(np.exp(log_rates), nodes.appetite.ravel()))
    table = np.maximum.accumulate(reached @ nodes.weight.ravel())
    positive = np.maximum(shares, 1e-7)
    rate = np.exp(np.interp(_log_odds(positive), _log_odds(table), log_rates))
    chance = 1.0 - np.exp(-rate[..., None] * nodes.appetite.ravel())
    return np.where(shares[..., None] > 0, chance, 0.0)


def _laguerre_points(n_points: int, *, alpha: float) -> tuple[Array, Array]:
    """Give points and weights for the density x ** alpha exp(-x) on x above 0."""
    step: Array = np.arange(1.0, n_points)
    middle: Array = 2 * np.arange(float(n_points)) + 1 + alpha
    return _points(middle, step * (step + alpha))


def _jacobi_points(n_points: int, *, alpha: float, beta: float) -> tuple[Array, Array]:
    """Give points and weights for the density (1 - x) ** alpha (1 + x) ** beta on -1 to 1."""
    total = alpha + beta
    middle: Array = np.full(n_points, (beta - alpha) / (total + 2))
    step: Array = np.arange(1.0, n_points)
    both = 2 * step + total
    middle[1:] *= (beta + alpha) / both * (total + 2) / (both + 2)
    width: Array = 4 * step * (step + alpha) * (step + beta) / (both**2 * (both + 1))
    width[1:] *= (step[1:] + total) / (both[1:] - 1)
    return _points(middle, width)


def _points(middle: Array, width: Array) -> tuple[Array, Array]:
    """Give the points and weights of orthogonal polynomials by their recurrence."""
    side = np.sqrt(width)
    points, vectors = np.linalg.eigh(np.diag(middle) + np.diag(side, 1) + np.diag(side, -1))
    weights = vectors[0] ** 2
    return points, weights / weights.sum()


def _log_odds(share: Array) -> Array:
    bounded = np.clip(share, 1e-12, 1 - 1e-12)
    return np.asarray(np.log(bounded) - np.log1p(-bounded))
