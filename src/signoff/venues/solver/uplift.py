"""What reached roles add to the chance of approval where each makes it likelier."""

import numpy as np

from signoff.stats.reach import Array

__all__ = ["is_uplift_concave", "most_uplift", "uplift_gain", "uplift_slopes"]


def uplift_gain(hits: Array, *, base_share: float, uplifts: tuple[float, ...]) -> Array:
    """Give by how much reached roles raise the chance of approval above what it is without them.

    Args:
        hits: Chance that a role is reached, roles on the first axis.
        base_share: Chance of approval without any reached role.
        uplifts: By role, by which share of itself a reached role raises the chance.

    Returns:
        base_share x (product of (1 + uplift x hit) - 1): exactly the mean of the product, since
        roles are independent given the account's appetite. The other axes are those of `hits`.

    >>> uplift_gain(np.array([[0.5], [1.0]]), base_share=0.1, uplifts=(1.0, 0.2)).round(6)
    array([0.08])
    """
    total = np.zeros(hits.shape[1:])
    for hit, uplift in zip(hits, uplifts, strict=True):
        total += uplift * hit * (1.0 + total)
    return np.asarray(base_share * total)


def uplift_slopes(hits: Array, *, base_share: float, uplifts: tuple[float, ...]) -> Array:
    """Give what each role's chance adds to the gain.

    Args:
        hits: Chance that a role is reached, roles on the first axis.
        base_share: Chance of approval without any reached role.
        uplifts: By role, by which share of itself a reached role raises the chance.

    Returns:
        Derivatives, shaped as `hits`.

    >>> hits = np.array([[0.5], [1.0]])
    >>> uplift_slopes(hits, base_share=0.1, uplifts=(1.0, 0.2)).ravel().round(6)
    array([0.12, 0.03])
    """
    by_role = np.array(uplifts).reshape(-1, *(1,) * (hits.ndim - 1))
    factors = 1.0 + by_role * hits
    return np.asarray(base_share * factors.prod(axis=0) * (by_role / factors))


def most_uplift(base_share: float, uplifts: tuple[float, ...]) -> float:
    """Give the gain with every role reached.

    Args:
        base_share: Chance of approval without any reached role.
        uplifts: By role, by which share of itself a reached role raises the chance.

    >>> round(most_uplift(0.1, (1.0, 0.2)), 6)
    0.14
    """
    return base_share * float(np.expm1(np.log1p(np.array(uplifts)).sum()))


def is_uplift_concave(uplifts: tuple[float, ...]) -> bool:
    """Say whether the gain is concave in units, one exposure being needed.

    Args:
        uplifts: By role, by which share of itself a reached role raises the chance.

    Returns:
        Whether the sum of uplift / (1 + uplift) is at most 1. With u = -log(1 - hit), concave in
        units, the matrix of second derivatives is the product's value times a a' - diag(a + a^2)
        with a = uplift exp(-u) / (1 + uplift hit); that is nowhere above 0 if the sum of
        a / (1 + a) = uplift exp(-u) / (1 + uplift) is at most 1.

    >>> is_uplift_concave((0.5, 0.5, 0.5)), is_uplift_concave((1.0, 1.0, 1.0))
    (True, False)
    """
    return float(sum(uplift / (1.0 + uplift) for uplift in uplifts)) <= 1.0
