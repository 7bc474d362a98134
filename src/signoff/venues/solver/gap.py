"""How far the best plan can be from one that was found."""

__all__ = ["share_above"]


def share_above(result: float, bound: float) -> float:
    """Give how much more than a plan the best one could bring, as a share of the plan.

    Args:
        result: What the plan brings.
        bound: What no plan can exceed.

    Returns:
        Share of the result, 0 or more; 1 where the plan brings nothing and another might.

    >>> share_above(4.0, 5.0), share_above(0.0, 5.0), share_above(0.0, 0.0)
    (0.25, 1.0, 0.0)
    """
    if result <= 0:
        return 1.0 if bound > 0 else 0.0
    return max(0.0, bound / result - 1.0)
