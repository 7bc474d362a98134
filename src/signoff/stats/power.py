"""How many are needed to see a difference between two shares, and which difference can be seen.

Sizes by Cohen's arcsine difference (1988), which allows arms of unequal size; by the normal
approximation that R's power.prop.test uses, as a cross-check; and exactly, for few accounts.
"""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from signoff.errors import ModelError

__all__ = [
    "arcsine_difference",
    "design_effect",
    "exact_power_share",
    "n_per_arm",
    "n_per_arm_pooled",
    "power_share",
    "power_share_pooled",
    "smallest_permutation_pvalue",
    "visible_share",
]


def arcsine_difference(share: float, *, other_share: float) -> float:
    """Give the distance between two shares on the scale where their variance is constant.

    Args:
        share: First share, 0 to 1.
        other_share: Second share, 0 to 1.

    Returns:
        2 asin(sqrt(share)) - 2 asin(sqrt(other_share)); R's pwr calls it ES.h.

    Raises:
        ModelError: a share outside 0 to 1.

    Source: Cohen (1988), Statistical Power Analysis, section 6.2.

    >>> round(arcsine_difference(0.15, other_share=0.10), 4)
    0.1519
    """
    _check_share("share", share)
    _check_share("other_share", other_share)
    return 2 * math.asin(math.sqrt(share)) - 2 * math.asin(math.sqrt(other_share))


def design_effect(n_per_cluster: float, *, intra_cluster_correlation: float) -> float:
    """Give how many times more people are needed because colleagues answer alike.

    Args:
        n_per_cluster: People measured per account, at least 1.
        intra_cluster_correlation: Correlation of two colleagues, 0 to 1.

    Returns:
        1 + (n - 1) correlation.

    Raises:
        ModelError: a value outside its range.

    Source: Kish (1965), Survey Sampling, section 5.4.

    >>> design_effect(6, intra_cluster_correlation=0.1)
    1.5
    """
    _check_share("intra_cluster_correlation", intra_cluster_correlation)
    if not 1 <= n_per_cluster < math.inf:
        raise ModelError(
            f"n_per_cluster is {n_per_cluster}",
            why="an account that is measured has at least one person",
            fix="give 1 or more",
        )
    return 1 + (n_per_cluster - 1) * intra_cluster_correlation


def n_per_arm(share: float, *, other_share: float, alpha: float, power: float) -> float:
    """Give how many are needed in each of two equal arms to see a difference of shares.

    Args:
        share: Share in one arm, 0 to 1.
        other_share: Share in the other arm.
        alpha: Two-sided chance of a false alarm, 0 to 1.
        power: Chance of seeing the difference, 0 to 1.

    Returns:
        Number per arm, not rounded, as R's pwr.2p.test gives it.

    Raises:
        ModelError: equal shares, or a value outside its range.

    Source: Cohen (1988), section 6.4.

    >>> round(n_per_arm(0.10, other_share=0.15, alpha=0.05, power=0.8))
    680
    """
    distance = abs(arcsine_difference(share, other_share=other_share))
    _check_different(distance)
    return 2 * (_quantiles(alpha, power) / distance) ** 2


def power_share(
    share: float, *, other_share: float, n: float, n_other: float, alpha: float
) -> float:
    """Give the chance of seeing a difference of shares between two arms of any sizes.

    Args:
        share: Share in one arm, 0 to 1.
        other_share: Share in the other arm.
        n: Size of the one arm.
        n_other: Size of the other arm.
        alpha: Two-sided chance of a false alarm.

    Returns:
        Chance from 0 to 1, as R's pwr.2p2n.test gives it.

    Raises:
        ModelError: a value outside its range.

    Source: Cohen (1988), section 6.3.

    >>> round(power_share(0.10, other_share=0.15, n=680.35, n_other=680.35, alpha=0.05), 3)
    0.8
    """
    from scipy.stats import norm

    _check_sizes(n, n_other)
    distance = abs(arcsine_difference(share, other_share=other_share))
    signal = distance * math.sqrt(n * n_other / (n + n_other))
    quantile = norm.isf(_checked_alpha(alpha) / 2)
    return float(norm.cdf(signal - quantile) + norm.cdf(-signal - quantile))


def visible_share(
    baseline_share: float, *, n_treated: float, n_control: float, alpha: float, power: float
) -> float | None:
    """Give the lowest share above the baseline that would be told from it.

    Args:
        baseline_share: Share in the control arm, 0 to 1.
        n_treated: Size of the treated arm, in independent units.
        n_control: Size of the control arm, in independent units.
        alpha: Two-sided chance of a false alarm.
        power: Chance of seeing the difference.

    Returns:
        The share, or None when not even all of the treated arm would be enough.

    Raises:
        ModelError: a value outside its range.

    Source: Cohen (1988), solved for the second share.

    >>> round(visible_share(0.1, n_treated=680.35, n_control=680.35, alpha=0.05, power=0.8), 4)
    0.15
    """
    _check_share("baseline_share", baseline_share)
    _check_sizes(n_treated, n_control)
    root = math.sqrt(1 / n_treated + 1 / n_control)
    angle = 2 * math.asin(math.sqrt(baseline_share)) + _quantiles(alpha, power) * root
    return math.sin(angle / 2) ** 2 if angle < math.pi else None


def power_share_pooled(share: float, *, other_share: float, n: float, alpha: float) -> float:
    """Give the chance of seeing a difference of shares between equal arms, as R does.

    Args:
        share: Share in one arm, 0 to 1.
        other_share: Share in the other arm.
        n: Size of each arm.
        alpha: Two-sided chance of a false alarm.

    Returns:
        Chance from 0 to 1, equal to R's power.prop.test.

    Raises:
        ModelError: a value outside its range.

    Source: R, stats::power.prop.test (strict = FALSE).

    >>> round(power_share_pooled(0.5, other_share=0.75, n=50, alpha=0.05), 3)
    0.74
    """
    from scipy.stats import norm

    _check_share("share", share)
    _check_share("other_share", other_share)
    _check_sizes(n, n)
    pooled = (share + other_share) / 2
    apart = share * (1 - share) + other_share * (1 - other_share)
    if apart == 0:
        return 1.0 if share != other_share else _checked_alpha(alpha) / 2
    quantile = norm.isf(_checked_alpha(alpha) / 2)
    signal = math.sqrt(n) * abs(share - other_share)
    noise = quantile * math.sqrt(2 * pooled * (1 - pooled))
    return float(norm.cdf((signal - noise) / math.sqrt(apart)))


def n_per_arm_pooled(share: float, *, other_share: float, alpha: float, power: float) -> float:
    """Give how many are needed in each of two equal arms, as R does.

    Args:
        share: Share in one arm, 0 to 1.
        other_share: Share in the other arm.
        alpha: Two-sided chance of a false alarm.
        power: Chance of seeing the difference.

    Returns:
        Number per arm, not rounded, equal to R's power.prop.test.

    Raises:
        ModelError: equal shares, or a value outside its range.

    Source: R, stats::power.prop.test (strict = FALSE), solved for n.

    >>> round(n_per_arm_pooled(0.5, other_share=0.75, alpha=0.05, power=0.9), 1)
    76.7
    """
    from scipy.stats import norm

    _check_share("share", share)
    _check_share("other_share", other_share)
    _check_different(share - other_share)
    _check_open("power", power)
    pooled = (share + other_share) / 2
    apart = share * (1 - share) + other_share * (1 - other_share)
    alarm = norm.isf(_checked_alpha(alpha) / 2) * math.sqrt(2 * pooled * (1 - pooled))
    signal = norm.ppf(power) * math.sqrt(apart)
    return float(((alarm + signal) / (share - other_share)) ** 2)


def smallest_permutation_pvalue(n_treated: int, *, n_control: int) -> float:
    """Give the smallest p-value that permuting whole accounts can ever give.

    Args:
        n_treated: Treated accounts, at least 1.
        n_control: Accounts left out, at least 1.

    Returns:
        One over the number of ways to draw the control arm.

    Raises:
        ModelError: an empty arm.

    Source: Fisher (1935), The Design of Experiments, chapter II.

    >>> smallest_permutation_pvalue(9, n_control=1)
    0.1
    """
    _check_sizes(n_treated, n_control)
    return 1 / math.comb(n_treated + n_control, n_control)


def exact_power_share(
    share: float, *, other_share: float, n: int, n_other: int, alpha: float
) -> float:
    """Give the exact chance of seeing a difference of shares by permuting whole accounts.

    Each account either does what is measured or does not, so permuting accounts is Fisher's exact
    test; every possible outcome of both arms is weighed by its probability.

    Args:
        share: Share in one arm, 0 to 1.
        other_share: Share in the other arm.
        n: Accounts in the one arm; the work grows as n times n_other.
        n_other: Accounts in the other arm.
        alpha: Two-sided chance of a false alarm.

    Returns:
        Chance from 0 to 1.

    Raises:
        ModelError: a value outside its range.

    Source: Fisher (1935); power by full enumeration.

    >>> round(exact_power_share(0.9, other_share=0.1, n=5, n_other=5, alpha=0.05), 3)
    0.736
    """
    from scipy.stats import binom

    _check_share("share", share)
    _check_share("other_share", other_share)
    _check_sizes(n, n_other)
    is_rejected = _exact_pvalues(n, n_other) <= _checked_alpha(alpha)
    chances = np.outer(
        binom.pmf(np.arange(n + 1), n, share),
        binom.pmf(np.arange(n_other + 1), n_other, other_share),
    )
    return float(chances[is_rejected].sum())


@lru_cache(maxsize=8)
def _exact_pvalues(n: int, n_other: int) -> NDArray[np.float64]:
    """Give Fisher's two-sided p-value for every pair of counts, shape (n + 1, n_other + 1)."""
    from scipy.stats import hypergeom

    pvalues = np.ones((n + 1, n_other + 1))
    for total in range(n + n_other + 1):
        counts = np.arange(max(0, total - n_other), min(n, total) + 1)
        chances = hypergeom.pmf(counts, n + n_other, total, n)
        order = np.argsort(chances, kind="stable")
        ranked = chances[order]
        ends = np.searchsorted(ranked, ranked * (1 + 1e-7), side="right") - 1
        tails = np.empty_like(chances)
        tails[order] = np.cumsum(ranked)[ends]
        pvalues[counts, total - counts] = tails
    pvalues.flags.writeable = False
    return pvalues


def _quantiles(alpha: float, power: float) -> float:
    from scipy.stats import norm

    _check_open("power", power)
    return float(norm.isf(_checked_alpha(alpha) / 2) + norm.ppf(power))


def _checked_alpha(alpha: float) -> float:
    _check_open("alpha", alpha)
    return alpha


def _check_open(name: str, value: float) -> None:
    if not 0 < value < 1:
        raise ModelError(
            f"{name} is {value}", why="it is a chance", fix="give a value between 0 and 1"
        )


def _check_share(name: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise ModelError(f"{name} is {value}", why="it is a share", fix="give a value from 0 to 1")


def _check_different(distance: float) -> None:
    if distance == 0:
        raise ModelError(
            "the two shares are equal",
            why="no number is large enough to see a difference that is not there",
            fix="give the share that you hope for beside the share without advertising",
        )


def _check_sizes(n: float, n_other: float) -> None:
    if not (0 < n < math.inf and 0 < n_other < math.inf):
        raise ModelError(
            f"the arms have {n} and {n_other} members",
            why="two arms are needed to compare",
            fix="give each arm at least one",
        )
