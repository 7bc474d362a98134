"""What several sources say of one share, put together on the logit scale."""

from dataclasses import dataclass

import numpy as np

from signoff.errors import ModelError
from signoff.stats.reach import Array

__all__ = [
    "DISAGREEMENT_SCALE",
    "PooledLogit",
    "cluster_effective_n",
    "kish_effective_n",
    "pool_logits",
    "share_logit",
    "wilson_interval",
]

DISAGREEMENT_SCALE = 0.35
"""How far sources of one share lie apart beyond their own errors, on the logit scale: the scale of
a half-normal, an assumption. One German study put digital trade media at 40.1 % in 2022 and at
23.7 % in 2024, a distance of 0.77; two reports of one Canadian study gave 39 % and 36 %, 0.13."""

_N_GRID = 121
_WIDEST = 4.0  # scales up to which the disagreement is looked for


def kish_effective_n(weights: Array) -> float:
    """Respondents that a weighted sample is worth.

    Args:
        weights: Weight of each respondent, 0 or more, not all 0.

    Returns:
        Sum squared over sum of squares: from 1 to the number of respondents.

    Raises:
        ModelError: a weight below 0, or no weight above 0.

    Source: Kish (1965), Survey Sampling; the design effect is respondents over this number.

    >>> kish_effective_n(np.array([1.0, 1.0, 2.0, 0.0]))
    2.6666666666666665
    """
    values = np.asarray(weights, dtype=np.float64)
    if not (values >= 0).all() or not values.sum() > 0:
        raise ModelError(
            what=f"{len(values)} weights that sum to {values.sum()}",
            why="a respondent counts for nothing or more, and somebody must count",
            fix="give weights of 0 or more, at least one above 0",
        )
    return float(values.sum() ** 2 / (values**2).sum())


def cluster_effective_n(
    *, n: int, hits: int, n_clusters: int, hits_squared: int, products: int, n_squared: int
) -> float:
    """People that a share is worth when they come in clusters, such as people of one account.

    Args:
        n: People.
        hits: Those of whom the thing is true.
        n_clusters: Clusters.
        hits_squared: Sum over clusters of hits squared.
        products: Sum over clusters of hits times people.
        n_squared: Sum over clusters of people squared.

    Returns:
        From 1 to `n`; the number of clusters where all or none are hits, since the likeness inside
        a cluster cannot be seen then.

    Source: linearised variance of a ratio over clusters (Cochran 1977, Sampling Techniques).

    >>> cluster_effective_n(n=4, hits=2, n_clusters=2, hits_squared=4, products=4, n_squared=8)
    1.0
    """
    if n == 0 or hits in (0, n) or n_clusters < 2:
        return float(max(min(n_clusters, n), 1))
    share = hits / n
    spread = hits_squared - 2 * share * products + share**2 * n_squared
    variance = spread / n**2 * n_clusters / (n_clusters - 1)
    return float(np.clip(share * (1 - share) / variance, 1.0, n)) if variance > 0 else float(n)


def wilson_interval(
    share: float, *, n_effective: float, level_share: float = 0.9
) -> tuple[float, float]:
    """Give the interval of a share that was counted in a sample.

    Args:
        share: Share found, 0 to 1.
        n_effective: Respondents it is worth, above 0.
        level_share: Level of the interval, above 0, below 1.

    Returns:
        Lower and upper end, 0 to 1.

    Source: Wilson (1927).

    >>> low, high = wilson_interval(0.2, n_effective=100, level_share=0.95)
    >>> round(low, 4), round(high, 4)
    (0.1334, 0.2888)
    """
    from scipy.special import ndtri

    z = float(ndtri(0.5 + level_share / 2))
    middle = share + z**2 / (2 * n_effective)
    half = z * np.sqrt(share * (1 - share) / n_effective + z**2 / (4 * n_effective**2))
    total = 1 + z**2 / n_effective
    return max(float((middle - half) / total), 0.0), min(float((middle + half) / total), 1.0)


def share_logit(share: float, *, n_effective: float) -> tuple[float, float]:
    """Logit of a counted share with its standard error; none and all of a sample have one too.

    Args:
        share: Share found, 0 to 1.
        n_effective: Respondents it is worth, above 0.

    Returns:
        Logit and standard error; half a person is added on each side.

    Source: Haldane (1956) and Anscombe (1956).

    >>> logit, error = share_logit(0.5, n_effective=100)
    >>> logit, round(error, 4)
    (0.0, 0.199)
    """
    hits, misses = share * n_effective + 0.5, (1 - share) * n_effective + 0.5
    return float(np.log(hits / misses)), float(np.sqrt(1 / hits + 1 / misses))


@dataclass(frozen=True)
class PooledLogit:
    """What sources say together.

    Attributes:
        logit: Best single value.
        spread: Its standard deviation.
        disagreement: Standard deviation between sources beyond their own errors.
        weights: Weight of each source, and last of the prior if there is one; they sum to 1.
    """

    logit: float
    spread: float
    disagreement: float
    weights: tuple[float, ...]


def pool_logits(
    logits: Array,
    spreads: Array,
    *,
    prior: tuple[float, float] | None = None,
    scale: float = DISAGREEMENT_SCALE,
) -> PooledLogit:
    """Put sources together by precision, keeping how far they disagree.

    Args:
        logits: What each source says.
        spreads: Standard error of each, above 0.
        prior: Logit and standard deviation of what is believed without the sources; no error of a
            source is added to it. None: nothing is believed beforehand.
        scale: Scale of the half-normal of the disagreement between sources, above 0.

    Returns:
        The pooled logit. Sources that lie further apart than their errors explain widen it.

    Raises:
        ModelError: no source, or a spread not above 0.

    Source: normal random-effects model with a half-normal heterogeneity, integrated over a grid
    (Röver 2020, Journal of Statistical Software 93).

    >>> found = pool_logits(np.array([-1.0, -1.0]), np.array([0.5, 0.5]))
    >>> round(found.logit, 6), found.spread < 0.5, round(found.weights[0], 6)
    (-1.0, True, 0.5)
    """
    centres, errors = np.asarray(logits, dtype=np.float64), np.asarray(spreads, dtype=np.float64)
    if not len(centres) or not (errors > 0).all() or not scale > 0:
        raise ModelError(
            what=f"{len(centres)} sources with errors {errors.tolist()}, scale {scale}",
            why="sources are weighed by their errors, which lie above 0",
            fix="give at least one source, each with an error above 0",
        )
    tau = np.linspace(0.0, _WIDEST * scale, _N_GRID)[:, None]
    variance = errors**2 + tau**2
    precision = 1 / variance
    if prior is not None:
        centres = np.append(centres, prior[0])
        variance = np.hstack([variance, np.full((_N_GRID, 1), prior[1] ** 2)])
        precision = 1 / variance
    total = precision.sum(axis=1)
    middle = precision @ centres / total
    misfit = (precision * (centres - middle[:, None]) ** 2).sum(axis=1)
    logs = -0.5 * (
        np.log(variance).sum(axis=1) + np.log(total) + misfit + tau[:, 0] ** 2 / scale**2
    )
    chance = np.exp(logs - logs.max())
    chance /= chance.sum()
    logit = float(chance @ middle)
    return PooledLogit(
        logit=logit,
        spread=float(np.sqrt(chance @ (1 / total + (middle - logit) ** 2))),
        disagreement=float(np.sqrt(chance @ tau[:, 0] ** 2)),
        weights=tuple((chance @ (precision / total[:, None])).tolist()),
    )
