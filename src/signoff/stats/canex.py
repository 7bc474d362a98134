"""Exposures to a schedule of several venues by the canonical expansion of Danaher (1991)."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from signoff.errors import ModelError
from signoff.stats.frequency import beta_binomial_count_shares
from signoff.stats.reach import Array

__all__ = ["CanexShares", "canex_count_shares"]

MOST_CELLS = 2_000_000


@dataclass(frozen=True, eq=False)
class CanexShares:
    """A distribution of exposures, and how far the expansion had to be mended.

    Attributes:
        shares: Share of people with 0, 1, 2 … exposures; sums to 1.
        negative_share: Sum of the cells that the expansion made negative and that were set to 0;
            the rest was scaled to 1, which changes means by as much.
    """

    shares: Array
    negative_share: float

    @property
    def reach_share(self) -> float:
        """Share of people with at least one exposure."""
        return float(1.0 - self.shares[0])


def canex_count_shares(
    first_share: Array, *, second_share: Array, n_insertions: Array, both_share: Array
) -> CanexShares:
    """Share of people with 0, 1, 2 … exposures, as the published model gives them.

    Args:
        first_share: Reach of one insertion of each venue, above 0 and below 1.
        second_share: Reach of two.
        n_insertions: Insertions in each, 1 or more.
        both_share: Square matrix: share of people who meet one insertion of each of two venues.
            Its diagonal is not used.

    Returns:
        The distribution of all exposures together.

    Raises:
        ModelError: more than two million cells; each venue multiplies them by insertions plus 1.

    Source: Danaher (1991), Journal of Marketing Research 28(3), 361-367: beta-binomial margins
    times 1 + sum of r_ij z_i z_j, with r the correlation of one insertion of each; terms beyond
    pairs are left out, negative cells are set to 0 and the rest scaled.

    >>> pair = np.array([[1.0, 0.0157], [0.0157, 1.0]])
    >>> found = canex_count_shares(
    ...     np.array([0.4902, 0.033]), second_share=np.array([0.5805, 0.0502]),
    ...     n_insertions=np.array([2, 2]), both_share=pair,
    ... )
    >>> round(found.reach_share, 6)
    0.602057
    """
    sizes = np.asarray(n_insertions, dtype=np.int64)
    if np.prod(sizes + 1.0) > MOST_CELLS:
        raise ModelError(
            what=f"{len(sizes)} venues and {sizes.sum()} insertions make over two million cells",
            why="the canonical expansion looks at every combination of exposures",
            fix="leave it to the model that is integrated by points, or take fewer insertions",
        )
    first = np.asarray(first_share, dtype=np.float64)
    cells, totals = np.ones(1), np.zeros(1, dtype=np.int64)
    scores: list[Array] = []
    for share, second, size in zip(first, second_share, sizes, strict=True):
        margin = beta_binomial_count_shares(share, second_share=second, n_insertions=int(size))
        count = np.arange(size + 1.0)
        spread = np.sqrt(margin @ (count - size * share) ** 2)
        score = (count - size * share) / spread if spread > 0 else np.zeros(size + 1)
        cells = np.multiply.outer(cells, margin).ravel()
        totals = np.add.outer(totals, np.arange(size + 1)).ravel()
        scores = [np.repeat(one, size + 1) for one in scores]
        scores.append(np.tile(score, len(cells) // (size + 1)))
    pairs = np.zeros(len(cells))
    for i, j in combinations(range(len(first)), 2):
        covariance = both_share[i, j] - first[i] * first[j]
        spread = np.sqrt(first[i] * (1 - first[i]) * first[j] * (1 - first[j]))
        pairs += covariance / spread * scores[i] * scores[j]
    cells = cells * (1 + pairs)
    kept = np.maximum(cells, 0.0)
    shares = np.bincount(totals, weights=kept, minlength=int(sizes.sum()) + 1)
    return CanexShares(shares / shares.sum(), float(kept.sum() - cells.sum()))
